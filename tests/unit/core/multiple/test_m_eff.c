/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "m_eff.h"
#include "made_data.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>

static struct rs_m_eff m_eff_of(const double *values, size_t n_rows, size_t n)
{
    struct rs_dataset *data = made_data(values, n_rows, n);
    struct rs_m_eff out = {0};
    size_t columns[64];

    for (size_t i = 0; i < n; i++)
        columns[i] = n - 1 - i;
    ck_assert_int_eq(rs_m_eff(&out, data, columns, n, NULL), RS_OK);
    rs_dataset_free(data);
    return out;
}

/* Rows of Hadamard's matrix of 8 are orthogonal: every column counts. */
static void fill_hadamard(double *out, size_t n)
{
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < 8; i++)
            out[8 * k + i] = __builtin_parityll((k + 1) & i) != 0 ? -1.0 : 1.0;
}

START_TEST(test_independent)
{
    double values[5 * 8];
    struct rs_m_eff found;

    fill_hadamard(values, 5);
    for (size_t i = 0; i < 8; i++)
        values[8 + i] = 1e200 * values[8 + i]; /* squares overflow */
    for (size_t i = 0; i < 8; i++)
        values[16 + i] = 1e6 + values[16 + i];
    found = m_eff_of(values, 8, 5);
    ck_assert_uint_eq(found.n_columns, 5);
    ck_assert_uint_eq(found.n_missing, 0);
    ck_assert_double_eq_tol(found.nyholt, 5.0, 1e-9);
    ck_assert_double_eq_tol(found.li_ji, 5.0, 1e-9);
}
END_TEST

/* Copies of one column, and of its negative, are one test: one eigenvalue of
 * 6, which Li and Ji count as 1. */
START_TEST(test_copies)
{
    double values[6 * 30];
    struct rs_m_eff found;
    uint64_t seed = 4;

    for (size_t i = 0; i < 30; i++) {
        double value = made_normal(&seed);
        for (size_t k = 0; k < 6; k++)
            values[30 * k + i] = ((double)k - 2.5) * value + (double)k;
    }
    found = m_eff_of(values, 30, 6);
    ck_assert_double_eq_tol(found.nyholt, 1.0, 1e-9);
    ck_assert_double_eq_tol(found.li_ji, 1.0, 1e-9);
}
END_TEST

/* Three columns of common correlation 1/2 have eigenvalues 2, 1/2, 1/2. Each
 * is the sum of two of four orthogonal ones, of which one is shared. */
START_TEST(test_common_correlation)
{
    double base[4 * 8];
    double values[3 * 8];
    struct rs_m_eff found;

    fill_hadamard(base, 4);
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < 8; i++)
            values[8 * k + i] = base[i] + base[8 * (k + 1) + i];
    found = m_eff_of(values, 8, 3);
    /* variance of the eigenvalues (1 + 1/4 + 1/4) / 2 = 3/4 */
    ck_assert_double_eq_tol(found.nyholt, 1.0 + 2.0 * (1.0 - 0.25), 1e-12);
    ck_assert_double_eq_tol(found.li_ji, 1.0 + 0.5 + 0.5, 1e-12);
}
END_TEST

/* More columns than rows: the same numbers from the matrix of rows as from
 * that of columns, here summed from squared correlations. */
START_TEST(test_wide)
{
    enum { ROWS = 10, COLUMNS = 40 };
    double values[ROWS * COLUMNS];
    double squares = 0.0;
    uint64_t seed = 9;
    struct rs_m_eff found;

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        values[i] = made_normal(&seed);
    for (size_t a = 0; a < COLUMNS; a++) {
        for (size_t b = 0; b < COLUMNS; b++) {
            const double *x = &values[ROWS * a];
            const double *y = &values[ROWS * b];
            double sx = 0.0, sy = 0.0, sxx = 0.0, syy = 0.0, sxy = 0.0;
            for (size_t i = 0; i < ROWS; i++) {
                sx += x[i];
                sy += y[i];
                sxx += x[i] * x[i];
                syy += y[i] * y[i];
                sxy += x[i] * y[i];
            }
            sxy -= sx * sy / ROWS;
            squares +=
                sxy * sxy / (sxx - sx * sx / ROWS) / (syy - sy * sy / ROWS);
        }
    }
    found = m_eff_of(values, ROWS, COLUMNS);
    ck_assert_double_eq_tol(found.nyholt,
                            1.0 + (COLUMNS - 1) - (squares - COLUMNS) / COLUMNS,
                            1e-9);
    ck_assert_double_ge(found.li_ji, 1.0);
    ck_assert_double_le(found.li_ji, 2.0 * ROWS);
}
END_TEST

/* Constants and columns of nothing are left out; a missing value is the mean:
 * it adds nothing to the products. */
START_TEST(test_left_out)
{
    static const double values[] = {
        1.0, 2.0, 4.0, 8.0, NAN,  0.1,  0.1, 0.1, 0.1, 0.1, NAN, NAN, NAN,
        NAN, NAN, 3.0, 6.0, 12.0, 24.0, NAN, NAN, NAN, NAN, NAN, 7.0};
    struct rs_m_eff found = m_eff_of(values, 5, 5);

    ck_assert_uint_eq(found.n_columns, 2);
    ck_assert_uint_eq(found.n_missing, 2);
    ck_assert_double_eq_tol(found.nyholt, 1.0, 1e-12);
    ck_assert_double_eq_tol(found.li_ji, 1.0, 1e-12);
    found = m_eff_of(values + 5, 5, 2);
    ck_assert_uint_eq(found.n_columns, 0);
    ck_assert_double_eq(found.nyholt, 0.0);
    ck_assert_double_eq(found.li_ji, 0.0);
    found = m_eff_of(values, 5, 1);
    ck_assert_double_eq(found.nyholt, 1.0);
    ck_assert_double_eq(found.li_ji, 1.0);
}
END_TEST

START_TEST(test_too_many)
{
    struct rs_dataset data = {.n_rows = RS_M_EFF_MOST + 1};
    struct rs_m_eff out = {.n_columns = 77};
    struct rs_error err = {0};

    ck_assert_int_eq(rs_m_eff(&out, &data, NULL, RS_M_EFF_MOST + 1, &err),
                     RS_ERR_INCONSISTENT);
    ck_assert_int_eq(err.status, RS_ERR_INCONSISTENT);
    ck_assert_uint_eq(out.n_columns, 77);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_independent, 1}, {&test_copies, 1},   {&test_common_correlation, 1},
    {&test_wide, 1},        {&test_left_out, 1}, {&test_too_many, 1},
};
SUITE(m_eff, tests)
