/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "run_suite.h"
#include "toy_transform.h"

#include <float.h>
#include <math.h>

/* A transform more, in the place of core's own table. */
const struct rs_transform *const rs_transforms[] = {
    &rs_transform_center, &rs_transform_log, &toy_transform, NULL};

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

static void apply(const struct rs_transform *by, double *values, size_t n)
{
    by->apply(values, n);
}

START_TEST(test_find)
{
    const struct rs_transform *found = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_transform_find(&found, "log(x)", 3, &err), RS_OK);
    ck_assert_ptr_eq(found, &rs_transform_log);
    ck_assert_int_eq(rs_transform_find(&found, "negate", 6, &err), RS_OK);
    ck_assert_ptr_eq(found, &toy_transform);
    ck_assert_int_eq(rs_transform_find(&found, "lo", 2, &err), RS_ERR_USAGE);
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text,
                     "transform: no transform 'lo'; did you mean 'log'?");
    ck_assert_int_eq(rs_transform_find(&found, "boxcox", 6, &err),
                     RS_ERR_USAGE);
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text, "transform: no transform 'boxcox'; there are "
                               "center, log, negate");
}
END_TEST

/* Bits, counts and names follow; other columns stay. */
START_TEST(test_columns)
{
    static const size_t columns[] = {0, 2};
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
    ck_assert_int_eq(
        rs_transform_apply(&lost, data, &rs_transform_log, columns, 2, 3, NULL),
        RS_OK);
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
    ck_assert_int_eq(
        rs_transform_apply(&lost, data, &toy_transform, columns, 1, 1, NULL),
        RS_OK);
    ck_assert_uint_eq(lost, 0);
    ck_assert_str_eq(data->columns[0].name, "negate(log(a))");
    ck_assert_double_eq(data->columns[0].values[3], -log(3.0));
    rs_dataset_free(data);
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
    {&test_find, 1},   {&test_columns, 1}, {&test_log, 1},
    {&test_center, 1}, {&test_zscore, 1},
};
SUITE(transform, tests)
