/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "block.h"
#include "made_data.h"
#include "run_suite.h"

#include <math.h>

enum { ROWS = 70, COLUMNS = 5, LEVELS = 3 };
enum { NUMBER = 1, Z = 2, FACTOR = 3, OTHER = 4 };

/* y, two numbers, two factors of three levels. */
struct setup {
    double values[COLUMNS][ROWS];
    struct rs_dataset *data;
    struct rs_spec spec;
    uint64_t rows[2];
    struct rs_block_there there;
};

static const size_t z_number = Z;
static const size_t z_factor = OTHER;

static void set_up(struct setup *s)
{
    uint64_t seed = 11;

    *s = (struct setup){0};
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < COLUMNS; j++)
            s->values[j][i] = made_normal(&seed);
        s->values[FACTOR][i] = (double)(i % LEVELS);
        s->values[OTHER][i] = (double)(i / LEVELS % LEVELS);
    }
    s->values[FACTOR][0] = NAN;
    s->data = made_data(&s->values[0][0], ROWS, COLUMNS);
    made_factor(&s->data->columns[FACTOR], ROWS, LEVELS);
    made_factor(&s->data->columns[OTHER], ROWS, LEVELS);
    s->spec = (struct rs_spec){.data = s->data, .intercept = true};
    (void)rs_rows_and(s->rows, s->data->columns[FACTOR].valid,
                      s->data->columns[OTHER].valid, 2);
}

static void tear_down(struct setup *s)
{
    rs_block_there_clear(&s->there);
    rs_dataset_free(s->data);
}

/* z is a covariate too. */
static void interact(struct setup *s, const size_t *z)
{
    s->spec.covariates = z;
    s->spec.n_covariates = 1;
    s->spec.interact = z;
}

static void check_block(const struct setup *s, size_t x, size_t n_columns,
                        size_t n_beside, bool plain, bool by_f)
{
    struct rs_block block = rs_block_of(&s->spec, x);

    ck_assert_uint_eq(block.n_columns, n_columns);
    ck_assert_uint_eq(block.n_beside, n_beside);
    ck_assert(block.plain == plain);
    ck_assert(block.by_f == by_f);
}

START_TEST(test_of)
{
    struct setup s;

    set_up(&s);
    check_block(&s, NUMBER, 1, 0, true, false);
    check_block(&s, FACTOR, 2, 0, false, true);
    s.data->columns[FACTOR].factor->n_levels = 2;
    check_block(&s, FACTOR, 1, 0, false, false);
    s.data->columns[FACTOR].factor->n_levels = LEVELS;
    s.spec.intercept = false;
    check_block(&s, FACTOR, 3, 0, false, true);
    interact(&s, &z_factor);
    check_block(&s, FACTOR, 6, 2, false, true);
    s.spec.intercept = true;
    check_block(&s, NUMBER, 3, 1, false, true);
    s.spec.test_all = true;
    check_block(&s, NUMBER, 3, 0, false, true);
    interact(&s, &z_number);
    check_block(&s, NUMBER, 2, 0, false, true);
    s.spec.test_all = false;
    check_block(&s, NUMBER, 2, 1, false, false);
    s.spec.intercept = false;
    check_block(&s, FACTOR, 5, 3, false, true);
    tear_down(&s);
}
END_TEST

START_TEST(test_powers)
{
    struct setup s;

    set_up(&s);
    s.spec.poly = 3;
    check_block(&s, NUMBER, 3, 2, false, false);
    ck_assert_uint_eq(rs_block_column(&s.spec, NUMBER, 2).power, 3);
    s.spec.test_all = true;
    check_block(&s, NUMBER, 3, 0, false, true);
    tear_down(&s);
}
END_TEST

static void check_column(const struct setup *s, size_t j, size_t level,
                         bool product, size_t z_level)
{
    struct rs_block_column column = rs_block_column(&s->spec, FACTOR, j);

    ck_assert_uint_eq(column.level, level);
    ck_assert(column.product == product);
    ck_assert_uint_eq(column.z_level, z_level);
    ck_assert_uint_eq(column.power, 1);
}

START_TEST(test_columns)
{
    struct setup s;

    set_up(&s);
    s.data->columns[FACTOR].factor->reference = 1;
    interact(&s, &z_factor);
    check_column(&s, 0, 0, false, RS_NO_LEVEL);
    check_column(&s, 1, 2, false, RS_NO_LEVEL);
    check_column(&s, 2, 0, true, 1);
    check_column(&s, 3, 2, true, 1);
    check_column(&s, 4, 0, true, 2);
    check_column(&s, 5, 2, true, 2);
    interact(&s, &z_number);
    s.spec.intercept = false;
    check_column(&s, 2, 2, false, RS_NO_LEVEL);
    check_column(&s, 3, 0, true, RS_NO_LEVEL);
    check_column(&s, 4, 2, true, RS_NO_LEVEL);
    tear_down(&s);
}
END_TEST

/* Takes the rows of a level out. */
static void drop_level(struct setup *s, size_t column, int32_t level)
{
    for (size_t i = 0; i < ROWS; i++)
        if (s->data->columns[column].factor->codes[i] == level)
            rs_rows_remove(s->rows, i);
}

static void check_there(struct setup *s, size_t x, const size_t *columns,
                        size_t n, size_t n_beside)
{
    struct rs_error err;

    ck_assert_int_eq(rs_block_find(&s->there, &s->spec, x, s->rows, &err),
                     RS_OK);
    ck_assert_uint_eq(s->there.n, n);
    ck_assert_uint_eq(s->there.n_beside, n_beside);
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(s->there.columns[i], columns[i]);
}

/* Where the reference is not there, the first level is it. */
START_TEST(test_there)
{
    struct setup s;

    set_up(&s);
    check_there(&s, NUMBER, (size_t[]){0}, 1, 0);
    check_there(&s, FACTOR, (size_t[]){0, 1}, 2, 0);
    s.data->columns[FACTOR].factor->reference = 2;
    drop_level(&s, FACTOR, 2);
    check_there(&s, FACTOR, (size_t[]){1}, 1, 0);
    ck_assert_uint_eq(s.there.n_levels, 2);
    interact(&s, &z_factor);
    check_there(&s, FACTOR, (size_t[]){1, 3, 5}, 3, 1);
    drop_level(&s, OTHER, 1);
    check_there(&s, FACTOR, (size_t[]){1, 5}, 2, 1);
    drop_level(&s, FACTOR, 0);
    check_there(&s, FACTOR, NULL, 0, 0);
    ck_assert_uint_eq(s.there.n_levels, 1);
    interact(&s, &z_number);
    s.spec.intercept = false;
    check_there(&s, FACTOR, (size_t[]){1}, 1, 1);
    tear_down(&s);
}
END_TEST

START_TEST(test_fill_levels)
{
    struct setup s;
    double room[3][ROWS];
    struct rs_block_values values = {.hi = room[0], .lo = room[1]};

    set_up(&s);
    interact(&s, &z_factor);
    rs_block_fill(&values, room[2], &s.spec, FACTOR, 5, s.rows);
    ck_assert(values.whole && values.finite && !values.low);
    ck_assert_double_eq(values.unit, 0.0);
    ck_assert_int_eq(values.exponent, 0);
    for (size_t i = 1; i < ROWS; i++) /* row 0 lacks x */
        ck_assert_double_eq(room[0][i - 1], s.values[FACTOR][i] == 2.0 &&
                                                    s.values[OTHER][i] == 2.0
                                                ? 1.0
                                                : 0.0);
    tear_down(&s);
}
END_TEST

/* hi + lo is the product to the last bit, also where it is beyond a double. */
START_TEST(test_fill_numbers)
{
    struct setup s;
    double room[3][ROWS];
    struct rs_block_values values = {.hi = room[0], .lo = room[1]};

    set_up(&s);
    interact(&s, &z_number);
    rs_block_fill(&values, room[2], &s.spec, NUMBER, 1, s.rows);
    ck_assert(values.low && !values.whole && values.finite);
    for (size_t i = 1; i < ROWS; i++) {
        double exact = s.values[NUMBER][i] * s.values[Z][i];
        double rest = fma(s.values[NUMBER][i], s.values[Z][i], -exact);
        ck_assert_double_eq(ldexp(room[0][i - 1], values.exponent), exact);
        ck_assert_double_eq(ldexp(room[1][i - 1], values.exponent), rest);
    }
    s.spec.interact = NULL;
    s.spec.poly = 3;
    for (size_t i = 0; i < ROWS; i++)
        s.values[NUMBER][i] = ldexp((double)(i + 1), 1000);
    made_data_refill(s.data, &s.values[0][0]);
    rs_block_fill(&values, room[2], &s.spec, NUMBER, 2, s.rows);
    ck_assert(values.finite && !values.low && !values.whole);
    ck_assert_double_eq(ldexp(room[0][2], values.exponent - 3000), 64.0);
    tear_down(&s);
}
END_TEST

START_TEST(test_fill_infinite)
{
    struct setup s;
    double room[3][ROWS];
    struct rs_block_values values = {.hi = room[0], .lo = room[1]};

    set_up(&s);
    s.values[NUMBER][5] = INFINITY;
    made_data_refill(s.data, &s.values[0][0]);
    rs_block_fill(&values, room[2], &s.spec, NUMBER, 0, s.rows);
    ck_assert(!values.finite);
    tear_down(&s);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_of, 1},
    {&test_powers, 1},
    {&test_columns, 1},
    {&test_there, 1},
    {&test_fill_levels, 1},
    {&test_fill_numbers, 1},
    {&test_fill_infinite, 1},
};
SUITE(block, tests)
