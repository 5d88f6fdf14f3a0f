/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stop.h"

#include "run_suite.h"

static atomic_int asked;
static int watching, watched;

static void begin(void)
{
    watching++;
    watched++;
}

static void end(void)
{
    watching--;
}

/* Work of one piece, between begin and end. */
static enum rs_status work(const struct rs_stop *stop, enum rs_status status,
                           struct rs_error *err)
{
    rs_stop_begin(stop);
    ck_assert_int_eq(watching, stop != NULL && stop->begin != NULL);
    status = rs_stop_end(stop, status, err);
    ck_assert_int_eq(watching, 0);
    return status;
}

START_TEST(test_asked)
{
    const struct rs_stop stop = {&asked, begin, end};
    struct rs_error err = {0};

    asked = 0;
    watched = 0;
    ck_assert_int_eq(work(&stop, RS_OK, &err), RS_OK);
    ck_assert_int_eq(work(&stop, RS_ERR_READ, &err), RS_ERR_READ);
    asked = 15;
    ck_assert_int_eq(work(&stop, RS_OK, &err), RS_ERR_INTERRUPTED);
    ck_assert_int_eq(err.status, RS_ERR_INTERRUPTED);
    ck_assert_str_eq(err.text, "interrupted");
    ck_assert_int_eq(watched, 3);
    ck_assert_int_eq(work(&stop, RS_OK, &err), RS_ERR_INTERRUPTED); /* stays */
    ck_assert_int_eq(work(&stop, RS_ERR_WRITE, &err), RS_ERR_WRITE);
}
END_TEST

/* Nobody asks, or nobody needs to know when somebody looks. */
START_TEST(test_none)
{
    const struct rs_stop quiet = {&asked, NULL, NULL};
    struct rs_error err = {0};

    asked = 2;
    ck_assert_int_eq(work(NULL, RS_OK, &err), RS_OK);
    ck_assert_int_eq(work(&quiet, RS_OK, &err), RS_ERR_INTERRUPTED);
    ck_assert_int_eq(work(&quiet, RS_OK, NULL), RS_ERR_INTERRUPTED);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_asked, 1},
    {&test_none, 1},
};
SUITE(stop, tests)
