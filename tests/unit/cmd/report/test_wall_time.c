/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "wall_time.h"

/* What is named adds up, with what is too small in the fitting. */
START_TEST(test_text)
{
    static const struct {
        struct rs_wall_time parts;
        const char *text;
    } cases[] = {
        {{.reading = 1.1, .fitting = 1.9, .writing = 0.2},
         "3.20 s (reading 1.10 s, fitting 1.90 s, writing 0.200 s)"},
        {{.reading = 0.5, .preparing = 0.1, .fitting = 9.0, .writing = 0.4},
         "10.0 s (reading 0.500 s, fitting 9.50 s)"},
        {{.reading = 1.0,
          .preparing = 1.0,
          .adjusting = 2.0,
          .permuting = 3.0,
          .fitting = 4.0,
          .writing = 5.0,
          .checking = 6.0},
         "22.0 s (adjusting 2.00 s, permuting 3.00 s, fitting 6.00 s, "
         "writing 5.00 s, checking 6.00 s)"},
    };
    char text[RS_WALL_TIME_TEXT];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rs_wall_time_text(text, &cases[i].parts);
        ck_assert_str_eq(text, cases[i].text);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_text, 1},
};
SUITE(wall_time, tests)
