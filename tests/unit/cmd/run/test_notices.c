/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notices.h"
#include "run_suite.h"

#include <string.h>

/* They keep their order and marks; warnings alone are refused. */
START_TEST(test_add)
{
    struct rs_notices notices = {0};
    struct rs_error err = {0};

    ck_assert_int_eq(
        rs_notices_add(&notices, RS_NOTICE_NOTE, &err, "%s: {na}", "a\nb"),
        RS_OK);
    ck_assert_int_eq(rs_notices_refuse(&notices, false, &err), RS_OK);
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(
            rs_notices_add(&notices, RS_NOTICE_WARNING, &err, "w%d", i), RS_OK);
    ck_assert_uint_eq(notices.n, 21);
    ck_assert_str_eq(notices.list[0].text, "a\\x0ab: \x0ena");
    ck_assert_str_eq(notices.list[20].text, "w19");
    ck_assert_int_eq(rs_notices_refuse(&notices, false, &err),
                     RS_ERR_INCONSISTENT);
    ck_assert_str_eq(err.text,
                     "\x0estrict: 20 warnings; nothing has been written");
    rs_notices_clear(&notices);
    ck_assert_uint_eq(notices.n, 0);
}
END_TEST

static const struct suite_test tests[] = {{&test_add, 1}};
SUITE(notices, tests)
