/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xport_check.h"

#include "run_suite.h"

#include <check.h>
#include <string.h>

enum { RECORDS = 3000, RECORD = 80 };

static const char member[] = "HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!";

/* A file of blanks of n bytes, with datasets at two records. */
static enum rs_status check(size_t n, size_t one, size_t other,
                            struct rs_error *err)
{
    struct rs_bytes bytes = {.fd = -1, .size = n};
    char *at = NULL;
    enum rs_status status = RS_OK;

    ck_assert_int_eq(rs_pages_new(&bytes.held, RECORDS * RECORD, NULL), RS_OK);
    at = bytes.held.base;
    memset(at, ' ', RECORDS * RECORD);
    memcpy(at + one * RECORD, member, sizeof member - 1);
    memcpy(at + other * RECORD, member, sizeof member - 1);
    status = rs_xport_check(&bytes, err);
    rs_bytes_close(&bytes);
    return status;
}

START_TEST(test_all)
{
    struct rs_error err = {0};

    ck_assert_int_eq(check(RECORDS * RECORD, 3, 3, &err), RS_OK);
    ck_assert_int_eq(check(RECORDS * RECORD, 3, RECORDS - 1, &err),
                     RS_ERR_MALFORMED);
    ck_assert_ptr_nonnull(strstr(err.text, "of 2 datasets"));
    ck_assert_int_eq(check(RECORDS * RECORD - 1, 3, 3, &err), RS_ERR_MALFORMED);
    ck_assert_ptr_nonnull(strstr(err.text, "cut"));
}
END_TEST

static const struct suite_test tests[] = {{&test_all, 1}};
SUITE(xport_check, tests)
