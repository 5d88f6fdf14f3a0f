/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "run_suite.h"
#include "toy_transform.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* A transform more, in the place of core's own table. */
const struct rs_transform *const rs_transforms[] = {
    &rs_transform_center, &rs_transform_lag,    &rs_transform_log,
    &toy_transform,       &rs_transform_winsor, NULL};

enum { ROWS = 70, COLUMNS = 3 };

/* A dataset whose columns are called a, b, c. */
static struct rs_dataset *named_data(const double *values, size_t n_rows)
{
    struct rs_dataset *data = made_data(values, n_rows, COLUMNS);

    made_name(data, 0, "a");
    made_name(data, 1, "b");
    made_name(data, 2, "c");
    return data;
}

static void apply_number(const struct rs_transform *by, double number,
                         double *values, size_t n)
{
    double spare[2 * ROWS];

    ck_assert(n <= ROWS && by->room <= 2);
    by->apply(values, n, number, spare);
}

static void apply(const struct rs_transform *by, double *values, size_t n)
{
    apply_number(by, 0.0, values, n);
}

/* To the last bit or two; NaN for NaN. */
static void check(const double *values, const double *expected, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(isnan(expected[i]) ? isnan(values[i])
                                         : fabs(values[i] - expected[i]) <=
                                               2.3e-16 * fabs(expected[i]),
                      "%zu: %.17g, not %.17g", i, values[i], expected[i]);
}

static void refuse(const char *text, const char *why)
{
    struct rs_transform_step found;
    struct rs_error err;

    ck_assert_int_eq(rs_transform_find(&found, text, strlen(text), &err),
                     RS_ERR_USAGE);
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text, why);
}

START_TEST(test_find)
{
    char label[RS_TRANSFORM_LABEL_SIZE];
    struct rs_transform_step found;

    ck_assert_int_eq(rs_transform_find(&found, "log(x)", 3, NULL), RS_OK);
    ck_assert_ptr_eq(found.by, &rs_transform_log);
    ck_assert_int_eq(rs_transform_find(&found, "negate", 6, NULL), RS_OK);
    ck_assert_ptr_eq(found.by, &toy_transform);
    ck_assert_int_eq(rs_transform_find(&found, "winsor:.050(x)", 11, NULL),
                     RS_OK);
    ck_assert_ptr_eq(found.by, &rs_transform_winsor);
    ck_assert_double_eq(found.number, 0.05);
    rs_transform_label(label, &found);
    ck_assert_str_eq(label, "winsor:0.05");
    ck_assert(rs_transform_is("winsor", 6) && rs_transform_is("log:7", 5));
    ck_assert(!rs_transform_is("lo", 2) && !rs_transform_is("", 0));
    refuse("lo", "transform: no transform 'lo'");
    refuse("boxcox:2", "transform: no transform 'boxcox'");
    refuse("log:2", "transform: 'log:2': log takes no number");
    refuse("winsor", "transform: 'winsor': winsor takes a number above 0 and "
                     "below 0.5, as in winsor:0.05(bmi)");
    refuse("winsor:0.5", "transform: 'winsor:0.5': winsor takes a number above "
                         "0 and below 0.5, as in winsor:0.05(bmi)");
    refuse("lag:1.5", "transform: 'lag:1.5': lag takes a whole number of rows "
                      "other than 0, as in lag:1(bmi)");
    refuse("lag:2x", "transform: 'lag:2x': lag takes a whole number of rows "
                     "other than 0, as in lag:1(bmi)");
}
END_TEST

/* Bits, counts and names follow; other columns stay. */
START_TEST(test_columns)
{
    static const size_t columns[] = {0, 2};
    struct rs_transform_ask ask = {.columns = columns, .n = 2};
    double values[COLUMNS * ROWS];
    struct rs_dataset *data = NULL;
    uint64_t lost = 0;

    for (size_t i = 0; i < COLUMNS * ROWS; i++)
        values[i] = (double)(i % ROWS);
    values[1] = NAN;
    values[2] = -1.0;
    values[65] = INFINITY;
    values[2 * ROWS + 69] = -INFINITY;
    data = named_data(values, ROWS);
    ask.step.by = &rs_transform_log;
    ck_assert_int_eq(rs_transform_apply(&lost, data, &ask, 3, NULL), RS_OK);
    ck_assert_uint_eq(lost, 4); /* 0 and -1 of a; 0 and -inf of c */
    ck_assert_str_eq(data->columns[0].name, "log(a)");
    ck_assert_str_eq(data->columns[1].name, "b");
    ck_assert_str_eq(data->columns[2].name, "log(c)");
    ck_assert_uint_eq(data->columns[0].n_missing, 3);
    ck_assert_uint_eq(data->columns[0].n_infinite, 1);
    ck_assert_uint_eq(data->columns[2].n_missing, 2);
    ck_assert_uint_eq(data->columns[2].n_infinite, 0);
    for (size_t i = 0; i < ROWS; i++) {
        const struct rs_column *a = &data->columns[0];
        ck_assert_int_eq(rs_column_has(a, i), i > 2);
        ck_assert(isnan(a->values[i]) == (i <= 2));
        if (i > 2 && i != 65)
            ck_assert_double_eq(a->values[i], log((double)i));
        ck_assert_double_eq(data->columns[1].values[i], (double)i);
    }
    ask.step.by = &toy_transform;
    ask.n = 1;
    ck_assert_int_eq(rs_transform_apply(&lost, data, &ask, 1, NULL), RS_OK);
    ck_assert_uint_eq(lost, 0);
    ck_assert_str_eq(data->columns[0].name, "negate(log(a))");
    ck_assert_double_eq(data->columns[0].values[3], -log(3.0));
    rs_dataset_free(data);
}
END_TEST

/* Rows of a group are as if they were all. */
START_TEST(test_ranges)
{
    static const size_t column = 1;
    static const struct rs_row_range groups[] = {
        {0, 2}, {2, 0}, {2, 3}, {5, ROWS - 5}};
    struct rs_transform_ask ask = {.step = {&rs_transform_lag, 1.0},
                                   .columns = &column,
                                   .n = 1,
                                   .groups = groups,
                                   .n_groups = 4};
    double values[COLUMNS * ROWS];
    struct rs_dataset *data = NULL;
    uint64_t lost = 0;

    for (size_t i = 0; i < COLUMNS * ROWS; i++)
        values[i] = (double)(i % ROWS);
    data = named_data(values, ROWS);
    ck_assert_int_eq(rs_transform_apply(&lost, data, &ask, 1, NULL), RS_OK);
    ck_assert_uint_eq(lost, 3);
    ck_assert_str_eq(data->columns[1].name, "lag:1(b)");
    for (size_t i = 0; i < ROWS; i++) {
        double value = data->columns[1].values[i];
        ck_assert(i == 0 || i == 2 || i == 5 ? isnan(value)
                                             : value == (double)(i - 1));
    }
    rs_dataset_free(data);
}
END_TEST

START_TEST(test_roots)
{
    double log10s[] = {1000.0, 0.0, -1.0, 2.0};
    double log2s[] = {8.0, -0.0, 10.0};
    double log1ps[] = {1e-20, -1.0, -0.5, NAN, INFINITY};
    double roots[] = {2.0, 0.0, -1e-300, INFINITY};

    apply(&rs_transform_log10, log10s, 4);
    check(log10s, (double[]){3.0, NAN, NAN, 0.30102999566398119521}, 4);
    apply(&rs_transform_log2, log2s, 3);
    check(log2s, (double[]){3.0, NAN, 3.3219280948873623479}, 3);
    apply(&rs_transform_log1p, log1ps, 4);
    check(log1ps, (double[]){1e-20, NAN, -0.69314718055994530942, NAN}, 4);
    ck_assert_double_eq(log1ps[4], INFINITY);
    apply(&rs_transform_sqrt, roots, 3);
    check(roots, (double[]){1.4142135623730950488, 0.0, NAN}, 3);
    ck_assert_double_eq(roots[3], INFINITY);
}
END_TEST

/* Of R 4's rank(), diff() and quantile(type = 7), on the same cells. */
static const double cells[] = {3.5, NAN, -1.25, 1e3, 7.0,  0.1,
                               7.0, 2.0, 2.5,   -8., 11.0, 0.3};
enum { CELLS = 12 };

static void check_cells(const struct rs_transform *by, double number,
                        const double *expected)
{
    double values[CELLS];

    memcpy(values, cells, sizeof values);
    apply_number(by, number, values, CELLS);
    check(values, expected, CELLS);
}

START_TEST(test_order)
{
    static const double ranks[] = {7.0, NAN, 2.0, 11.0, 8.5,  3.0,
                                   8.5, 5.0, 6.0, 1.0,  10.0, 4.0};
    static const double diffs[] = {NAN, NAN,  NAN, 1001.25, -993., -6.9,
                                   6.9, -5.0, 0.5, -10.5,   19.0,  -10.7};
    static const double lags[] = {NAN, NAN, 3.5, NAN, -1.25, 1e3,
                                  7.0, 0.1, 7.0, 2.0, 2.5,   -8.};
    static const double ends[] = {3.5, NAN, -1.25, 11.0,  7.0,  0.1,
                                  7.0, 2.0, 2.5,   -1.25, 11.0, 0.3};
    double none[CELLS];

    check_cells(&rs_transform_rank, 0.0, ranks);
    check_cells(&rs_transform_diff, 0.0, diffs);
    check_cells(&rs_transform_lag, 2.0, lags);
    check_cells(&rs_transform_lag, -8.0,
                (double[]){2.5, -8., 11.0, 0.3, NAN, NAN, NAN, NAN, NAN, NAN,
                           NAN, NAN});
    for (size_t i = 0; i < CELLS; i++)
        none[i] = NAN;
    check_cells(&rs_transform_lag, 1e15, none);
    check_cells(&rs_transform_winsor, 0.1, ends);
}
END_TEST

START_TEST(test_winsor_between)
{
    double some[] = {1.0, 2.0, 4.0, 8.0, NAN};
    double odd[] = {INFINITY, -INFINITY, 1.0, INFINITY, -0.0, NAN};
    double none[] = {NAN, NAN};

    apply_number(&rs_transform_winsor, 0.25, some, 5);
    check(some, (double[]){1.75, 2.0, 4.0, 5.0, NAN}, 5);
    apply_number(&rs_transform_winsor, 0.25, odd, 6);
    ck_assert_double_eq(odd[0], INFINITY);
    ck_assert_double_eq(odd[1], 0.0);
    ck_assert_double_eq(odd[2], 1.0);
    ck_assert(isnan(odd[5]));
    apply_number(&rs_transform_winsor, 0.25, none, 2);
    ck_assert(isnan(none[0]) && isnan(none[1]));
}
END_TEST

/* Blom's scores to the last bit: mpmath's erfinv, in 40 digits. */
START_TEST(test_rank_normal)
{
    double five[] = {30.0, 10.0, 20.0, NAN, 50.0, 40.0};
    double tied[] = {2.0, 1.0, 2.0, 7.0, 9.0};
    double one[] = {NAN, 4.0};

    apply(&rs_transform_rank_normal, five, 6);
    check(five,
          (double[]){0.0, -1.179761117611860953116, -0.4972005706815540483365,
                     NAN, 1.179761117611860953116, 0.4972005706815540483365},
          6);
    apply(&rs_transform_rank_normal, tied, 5);
    ck_assert_double_eq(tied[0], tied[2]);
    ck_assert(tied[1] < tied[0] && tied[0] < 0.0 && tied[3] > 0.0);
    apply(&rs_transform_rank_normal, one, 2);
    ck_assert_double_eq(one[1], 0.0);
}
END_TEST

START_TEST(test_log)
{
    double values[] = {1.0, DBL_MIN, 0.0, -0.0, -2.0, INFINITY, NAN};

    apply(&rs_transform_log, values, 7);
    ck_assert_double_eq(values[0], 0.0);
    ck_assert_double_eq_tol(values[1], -708.3964185322641, 1e-12);
    for (int i = 2; i < 5; i++)
        ck_assert(isnan(values[i]));
    ck_assert_double_eq(values[5], INFINITY);
    ck_assert(isnan(values[6]));
}
END_TEST

/* What is far from 0 keeps all digits; nothing overflows. */
START_TEST(test_center)
{
    double far[] = {1e9 + 0x1p-20, NAN, 1e9 + 0x1p-21, 1e9, 1e9 + 0x1p-21};
    double huge[] = {DBL_MAX, DBL_MAX, -DBL_MAX / 2, INFINITY};
    double none[] = {NAN, INFINITY};

    apply(&rs_transform_center, far, 5);
    ck_assert_double_eq(far[0], 0x1p-21);
    ck_assert(isnan(far[1]));
    ck_assert_double_eq(far[2], 0.0);
    ck_assert_double_eq(far[3], -0x1p-21);
    apply(&rs_transform_center, huge, 4);
    ck_assert_double_eq_tol(huge[0] / DBL_MAX, 0.5, 1e-15);
    ck_assert_double_eq_tol(huge[2] / DBL_MAX, -1.0, 1e-15);
    ck_assert_double_eq(huge[3], INFINITY);
    apply(&rs_transform_center, none, 2);
    ck_assert(isnan(none[0]));
    ck_assert_double_eq(none[1], INFINITY);
}
END_TEST

/* Numbers of R 4's scale(), of the same cells. */
START_TEST(test_zscore)
{
    double some[] = {3.5, NAN, -1.25, 1e3, 7.0, 0.1};
    double far[] = {1e9 + 1.0, 1e9 + 2.0, 1e9 + 4.0, 1e9 + 8.0};
    static const double some_r[] = {-0.44459663923178144, NAN,
                                    -0.45524257378010508, 1.78880836653758979,
                                    -0.43675226640670084, -0.45221688711900260};
    static const double far_r[] = {-0.888330138395973079, -0.565300997161073737,
                                   0.080757285308724822, 1.372873850248321981};
    double odd[] = {0.1, 0.1, 0.1, NAN, INFINITY};
    double one[] = {5.0, NAN};

    apply(&rs_transform_zscore, some, 6);
    for (int i = 0; i < 6; i++)
        ck_assert(i == 1 ? isnan(some[i])
                         : fabs(some[i] / some_r[i] - 1.0) < 1e-15);
    apply(&rs_transform_zscore, far, 4);
    for (int i = 0; i < 4; i++)
        ck_assert_double_eq_tol(far[i] / far_r[i], 1.0, 1e-14);
    apply(&rs_transform_zscore, odd, 5);
    apply(&rs_transform_zscore, one, 2);
    for (int i = 0; i < 5; i++)
        ck_assert(isnan(odd[i]));
    ck_assert(isnan(one[0]) && isnan(one[1]));
}
END_TEST

static const struct suite_test tests[] = {
    {&test_find, 1},        {&test_columns, 1},        {&test_ranges, 1},
    {&test_log, 1},         {&test_roots, 1},          {&test_order, 1},
    {&test_center, 1},      {&test_winsor_between, 1}, {&test_zscore, 1},
    {&test_rank_normal, 1},
};
SUITE(transform, tests)
