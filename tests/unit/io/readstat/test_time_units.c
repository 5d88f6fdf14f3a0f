/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "time_units.h"

#include "run_suite.h"

#include <check.h>
#include <stddef.h>

START_TEST(test_formats)
{
    static const struct {
        enum rs_program program;
        const char *format, *unit;
    } known[] = {
        {RS_PROGRAM_SAS, "DATE9", "days since 1960-01-01"},
        {RS_PROGRAM_SAS, "DATE9.", "days since 1960-01-01"},
        {RS_PROGRAM_SAS, "DATETIME20.2", "seconds since 1960-01-01"},
        {RS_PROGRAM_SAS, "E8601DA10", "days since 1960-01-01"},
        {RS_PROGRAM_SAS, "TIME8.", "seconds"},
        {RS_PROGRAM_SPSS, "DATE11", "seconds since 1582-10-14"},
        {RS_PROGRAM_SPSS, "DATETIME20", "seconds since 1582-10-14"},
        {RS_PROGRAM_STATA, "%td", "days since 1960-01-01"},
        {RS_PROGRAM_STATA, "%-tdD_m_Y", "days since 1960-01-01"},
        {RS_PROGRAM_STATA, "%d", "days since 1960-01-01"},
        {RS_PROGRAM_STATA, "%tcDDmonCCYY_HH:MM:SS",
         "milliseconds since 1960-01-01"},
    };
    static const char *const others[] = {"",        "8.",    "BEST12.", "F8.2",
                                         "%9.0g",   "%8.2f", "DOLLAR8", "$20",
                                         "COMMA9.", "%s",    "D8.2"};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        ck_assert_pstr_eq(rs_time_unit(known[i].program, known[i].format),
                          known[i].unit);
    ck_assert_ptr_null(rs_time_unit(RS_PROGRAM_SAS, NULL));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        for (int p = RS_PROGRAM_SAS; p <= RS_PROGRAM_STATA; p++)
            ck_assert_ptr_null(rs_time_unit((enum rs_program)p, others[i]));
}
END_TEST

static const struct suite_test tests[] = {{&test_formats, 1}};
SUITE(time_units, tests)
