/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "condition.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Column 0 is numbers, column 1 text; row 3 lacks both, row 4 the text. */
enum { N = 6, NUMBERS = 0, TEXTS = 1 };
static const double numbers[N] = {1.0, 2.0, -INFINITY, NAN, 3.0, 2.0};
static const uint64_t has_number = 0x37, has_text = 0x27;
static int32_t codes[N] = {0, 2, 1, -1, -1, 2};
static char *levels[] = {"B", "a", "\xc3\xa4"};
static struct rs_factor factor = {
    .n_levels = 3, .levels = levels, .codes = codes};
static struct rs_column columns[] = {
    {.type = RS_TYPE_NUMERIC, .values = numbers, .valid = &has_number},
    {.type = RS_TYPE_TEXT, .valid = &has_text, .levels = &factor}};
static const struct rs_dataset data = {
    .n_rows = N, .n_columns = 2, .columns = columns};

#define NUMBER(relates, value)                                                 \
    {                                                                          \
        .kind = RS_CONDITION_NUMBER, .relation = RS_RELATION_##relates,        \
        .column = NUMBERS, .number = (value)                                   \
    }
#define TEXT(relates, value)                                                   \
    {                                                                          \
        .kind = RS_CONDITION_TEXT, .relation = RS_RELATION_##relates,          \
        .column = TEXTS, .text = (value)                                       \
    }
#define MISSING(which)                                                         \
    {                                                                          \
        .kind = RS_CONDITION_MISSING, .column = (which)                        \
    }
#define NOT                                                                    \
    {                                                                          \
        .kind = RS_CONDITION_NOT                                               \
    }
#define AND                                                                    \
    {                                                                          \
        .kind = RS_CONDITION_AND                                               \
    }
#define OR                                                                     \
    {                                                                          \
        .kind = RS_CONDITION_OR                                                \
    }

static const struct {
    struct rs_condition_part parts[6];
    size_t n;
    uint64_t rows; /* bits */
} cases[] = {
    {{NUMBER(EQ, 2.0)}, 1, 0x22},
    {{NUMBER(NE, 2.0)}, 1, 0x15},
    {{NUMBER(LT, 2.0)}, 1, 0x05},
    {{NUMBER(LE, 2.0)}, 1, 0x27},
    {{NUMBER(GT, 2.0)}, 1, 0x10},
    {{NUMBER(GE, 2.0)}, 1, 0x32},
    {{TEXT(EQ, "a")}, 1, 0x04},
    {{TEXT(NE, "a")}, 1, 0x23},
    {{TEXT(LT, "a")}, 1, 0x01},
    {{TEXT(GT, "a")}, 1, 0x22}, /* by bytes, not signed ones */
    {{TEXT(GE, "zz")}, 1, 0x22},
    {{MISSING(NUMBERS)}, 1, 0x08},
    {{MISSING(TEXTS), NOT}, 2, 0x27},
    /* what is not known is not known either when it is denied */
    {{NUMBER(EQ, 2.0), NOT}, 2, 0x15},
    {{NUMBER(EQ, 2.0), NOT, NOT}, 3, 0x22},
    {{TEXT(EQ, "a"), NUMBER(EQ, 3.0), OR}, 3, 0x14},
    {{TEXT(EQ, "a"), NUMBER(EQ, 3.0), AND, NOT}, 4, 0x27},
    {{TEXT(EQ, "a"), NUMBER(NE, 3.0), AND, NOT}, 4, 0x33},
    {{MISSING(TEXTS), MISSING(NUMBERS), AND, NUMBER(GE, 3.0), OR}, 5, 0x18},
};

START_TEST(test_rows)
{
    uint64_t rows = 0;

    ck_assert_int_eq(
        rs_condition_rows(&rows, &data, cases[_i].parts, cases[_i].n, NULL),
        RS_OK);
    ck_assert_uint_eq(rows, cases[_i].rows);
}
END_TEST

/* Levels that no row has go, and codes follow. */
START_TEST(test_trim)
{
    static const int32_t some[] = {3, -1, 1, 3, 1};
    static const int32_t want[] = {1, -1, 0, 1, 0};
    struct rs_factor *made = calloc(1, sizeof *made);

    made->n_levels = 5;
    made->reference = 3;
    made->levels = calloc(5, sizeof *made->levels);
    made->codes = malloc(sizeof some);
    memcpy(made->codes, some, sizeof some);
    for (size_t k = 0; k < 5; k++) {
        char text[] = {(char)('a' + k), '\0'};
        made->levels[k] = strdup(text);
    }
    ck_assert_int_eq(rs_factor_trim(made, 5, NULL), RS_OK);
    ck_assert_uint_eq(made->n_levels, 2);
    ck_assert_str_eq(made->levels[0], "b");
    ck_assert_str_eq(made->levels[1], "d");
    ck_assert_uint_eq(made->reference, 0);
    ck_assert_mem_eq(made->codes, want, sizeof want);
    rs_factor_free(made);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_rows, sizeof cases / sizeof cases[0]},
    {&test_trim, 1},
};
SUITE(condition, tests)
