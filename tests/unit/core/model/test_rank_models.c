/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "model.h"
#include "ranked.h"
#include "run_suite.h"

#include <math.h>

enum { ROWS = 90, COLUMNS = 6 };

/* Columns that hang together: one in two of few values, the last two with
 * missing cells. */
static struct rs_dataset *make(double *values, uint64_t seed)
{
    for (size_t i = 0; i < ROWS; i++) {
        double common = made_normal(&seed);
        for (size_t j = 0; j < COLUMNS; j++) {
            double value = made_normal(&seed) + common;
            double *cell = &values[j * ROWS + i];
            *cell = j % 2 == 0 ? value : floor(1.5 * value);
            if (j >= 4 && made_uniform(&seed) < 0.2)
                *cell = NAN;
        }
    }
    values[3] = INFINITY;
    return made_data(values, ROWS, COLUMNS);
}

static bool both(const double *y, const double *x, size_t i)
{
    return !isnan(y[i]) && !isnan(x[i]);
}

/* ---- by hand ----------------------------------------------------- */

static double rank_of(const double *y, const double *x, size_t i)
{
    double rank = 0.5;

    for (size_t k = 0; k < ROWS; k++)
        if (both(y, x, k))
            rank += y[k] < y[i] ? 1.0 : y[k] == y[i] ? 0.5 : 0.0;
    return rank;
}

/* Pearson's r of the ranks; *n rows. */
static double rho(const double *y, const double *x, size_t *n)
{
    double yy = 0.0;
    double xx = 0.0;
    double xy = 0.0;

    *n = 0;
    for (size_t i = 0; i < ROWS; i++)
        *n += both(y, x, i) ? 1 : 0;
    for (size_t i = 0; i < ROWS; i++) {
        double middle = 0.5 * ((double)*n + 1.0);
        if (!both(y, x, i))
            continue;
        yy += pow(rank_of(y, x, i) - middle, 2.0);
        xx += pow(rank_of(x, y, i) - middle, 2.0);
        xy += (rank_of(y, x, i) - middle) * (rank_of(x, y, i) - middle);
    }
    return xy / sqrt(xx * yy);
}

static int sign(double a, double b)
{
    return a > b ? 1 : a < b ? -1 : 0;
}

static double tau(const double *y, const double *x)
{
    double s = 0.0;
    double in_y = 0.0;
    double in_x = 0.0;

    for (size_t i = 0; i < ROWS; i++)
        for (size_t k = 0; k < i; k++)
            if (both(y, x, i) && both(y, x, k)) {
                s += sign(y[i], y[k]) * sign(x[i], x[k]);
                in_y += y[i] != y[k] ? 1.0 : 0.0;
                in_x += x[i] != x[k] ? 1.0 : 0.0;
            }
    return s / sqrt(in_y * in_x);
}

/* ---- models ------------------------------------------------------ */

static void check_rho(const struct rs_fit *fit, const double *y,
                      const double *x)
{
    size_t n = 0;
    double r = rho(y, x, &n);

    ck_assert_int_eq(fit->outcome, RS_FIT_OK);
    ck_assert_uint_eq(fit->n, n);
    ck_assert_double_eq(fit->df, (double)n - 2.0);
    ck_assert_double_eq_tol(fit->stat, r * sqrt(fit->df / (1.0 - r * r)),
                            1e-12);
    ck_assert(isnan(fit->beta) && isnan(fit->se) && isnan(fit->r2) &&
              isnan(fit->intercept) && isnan(fit->sigma));
}

/* With a cache, without, and with ranks that are shared. */
static void fit_all(const struct rs_model *model, const struct rs_spec *spec,
                    const double *values)
{
    struct rs_fit fit;
    void *state = NULL;

    ck_assert_int_eq(model->open(&state, spec, NULL), RS_OK);
    for (size_t y = 0; y < COLUMNS; y++)
        for (size_t x = 0; x < COLUMNS; x++) {
            if (x == y)
                continue;
            model->fit(state, y, x, &fit);
            if (model == &rs_model_spearman)
                check_rho(&fit, values + y * ROWS, values + x * ROWS);
            else
                ck_assert_double_eq_tol(
                    fit.r, tau(values + y * ROWS, values + x * ROWS), 1e-14);
        }
    model->close(state);
}

START_TEST(test_all)
{
    static const size_t columns[] = {0, 1, 2, 3, 4, 5, 0};
    static const struct rs_model *const models[] = {&rs_model_spearman,
                                                    &rs_model_kendall};
    double values[COLUMNS * ROWS];
    struct rs_spec spec = {.intercept = true};
    struct rs_dataset *data = make(values, 5);
    struct rs_ranked *ranked = NULL;

    spec.data = data;
    fit_all(models[_i], &spec, values);
    spec.cache_bytes = 1000;
    fit_all(models[_i], &spec, values);
    spec.cache_bytes = 1000000;
    fit_all(models[_i], &spec, values);
    ck_assert_int_eq(rs_ranked_new(&ranked, &spec, columns, 7, 2, NULL), RS_OK);
    ck_assert_double_eq(rs_ranked_values(ranked, 0)[3], (double)ROWS);
    ck_assert_ptr_null(rs_ranked_values(ranked, 5));
    spec.ranks = ranked;
    fit_all(models[_i], &spec, values);
    rs_ranked_free(ranked);
    rs_dataset_free(data);
}
END_TEST

/* Half of the rows are missing for all, by spec->rows or by a covariate. */
START_TEST(test_rows)
{
    static const size_t covariate = 5;
    double values[COLUMNS * ROWS];
    struct rs_spec spec = {
        .intercept = true, .covariates = &covariate, .n_covariates = 1};
    struct rs_ranked *ranked = NULL;
    struct rs_fit fits[2];
    void *states[2] = {NULL, NULL};

    spec.data = make(values, 9);
    ck_assert_int_eq(
        rs_ranked_new(&ranked, &spec, (const size_t[]){0, 1, 2}, 3, 1, NULL),
        RS_OK);
    ck_assert_ptr_nonnull(rs_ranked_values(ranked, covariate));
    ck_assert_int_eq(rs_model_spearman.open(&states[0], &spec, NULL), RS_OK);
    spec.ranks = ranked;
    ck_assert_int_eq(rs_model_spearman.open(&states[1], &spec, NULL), RS_OK);
    for (size_t x = 1; x < 5; x++) {
        for (int k = 0; k < 2; k++)
            rs_model_spearman.fit(states[k], 0, x, &fits[k]);
        ck_assert_double_eq(fits[0].df, (double)fits[0].n - 3.0);
        ck_assert_double_eq(fits[0].stat, fits[1].stat);
    }
    rs_model_spearman.close(states[0]);
    rs_model_spearman.close(states[1]);
    rs_ranked_free(ranked);
    rs_dataset_free((struct rs_dataset *)(uintptr_t)spec.data);
}
END_TEST

static struct rs_fit fit_few(const struct rs_model *model, const double *values,
                             size_t n_rows)
{
    struct rs_dataset *data = made_data(values, n_rows, 2);
    struct rs_spec spec = {.data = data, .intercept = true};
    struct rs_fit fit;
    void *state = NULL;

    ck_assert_int_eq(model->open(&state, &spec, NULL), RS_OK);
    model->fit(state, 0, 1, &fit);
    model->close(state);
    rs_dataset_free(data);
    return fit;
}

START_TEST(test_outcomes)
{
    static const double two[] = {1.0, 2.0, 1.0, 3.0};
    static const double constant[] = {1.0, 2.0, 4.0, 3.0, 3.0, 3.0};
    static const double other[] = {3.0, 3.0, 3.0, 1.0, 2.0, 4.0};
    static const double falling[] = {1.0, 2.0, 4.0, 8.0, 0.3, 0.2, 0.1, 0.0};
    struct rs_fit fit;

    ck_assert_int_eq(fit_few(&rs_model_kendall, two, 2).outcome,
                     RS_FIT_N_TOO_SMALL);
    ck_assert_int_eq(fit_few(&rs_model_spearman, two, 2).outcome,
                     RS_FIT_N_TOO_SMALL);
    ck_assert_int_eq(fit_few(&rs_model_kendall, constant, 3).outcome,
                     RS_FIT_CONSTANT_X);
    ck_assert_int_eq(fit_few(&rs_model_kendall, other, 3).outcome,
                     RS_FIT_CONSTANT_Y);
    ck_assert_int_eq(fit_few(&rs_model_spearman, other, 3).outcome,
                     RS_FIT_CONSTANT_Y);
    fit = fit_few(&rs_model_spearman, falling, 4);
    ck_assert_int_eq(fit.outcome, RS_FIT_PERFECT);
    ck_assert_double_eq(fit.r, -1.0);
    fit = fit_few(&rs_model_kendall, falling, 4);
    ck_assert_int_eq(fit.outcome, RS_FIT_OK);
    ck_assert_double_eq(fit.r, -1.0);
    /* S = -6, var S = 4 * 3 * 13 / 18 */
    ck_assert_double_eq_tol(fit.stat, -6.0 / sqrt(26.0 / 3.0), 1e-15);
}
END_TEST

/* One of 100000 values differs: what is left of the variance is 1e-10 of its
 * terms. Of the n places of the other column's odd value n - 1 give S = -1
 * and one n - 1, so that E S = 0 and var S = n - 1. */
START_TEST(test_all_but_one_tied)
{
    enum { MANY = 100000 };
    static double values[2 * MANY];
    struct rs_fit fit;
    double n = MANY;

    values[10] = 1.0;
    values[MANY + 20] = 1.0;
    fit = fit_few(&rs_model_kendall, values, MANY);
    ck_assert_double_eq_tol(fit.r, -1.0 / (n - 1.0), 1e-19);
    ck_assert_double_eq_tol(fit.stat, -1.0 / sqrt(n - 1.0), 1e-17);
}
END_TEST

static const struct suite_test tests[] = {{&test_all, 2},
                                          {&test_rows, 1},
                                          {&test_outcomes, 1},
                                          {&test_all_but_one_tied, 1}};
SUITE(rank_models, tests)
