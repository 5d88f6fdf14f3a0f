/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_permute.h"

#include "dataset_new.h"
#include "made_data.h"
#include "random.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void slow_init(struct made_sweep *b, size_t n, size_t n_y, size_t n_x,
               size_t n_z, bool intercept)
{
    const struct made_ask ask = {.n = n,
                                 .n_y = n_y,
                                 .n_x = n_x,
                                 .n_z = n_z,
                                 .through_0 = !intercept,
                                 .seed = 5 * n + n_y + n_x + n_z};

    made_sweep_init(b, &ask);
    for (size_t i = 0; i < n; i++) {
        double *row = b->values + i;
        row[n_y * n] += 0.5 * row[0];
        for (size_t j = 0; n_z > 0 && j < n_y; j++)
            row[j * n] += 3.0 + 2.0 * row[(b->n_columns - 1) * n];
    }
    made_sweep_load(b);
}

struct rs_permute *slow_permute(const struct made_sweep *b,
                                enum rs_family family, uint64_t n_permutations)
{
    const struct rs_permute_ask ask = {
        .family = family, .n_permutations = n_permutations, .seed = 42};
    struct rs_permute *permute = NULL;
    struct rs_error err;

    made_data_refill(b->data, b->values);
    ck_assert_int_eq(rs_permute_new(&permute, &b->env, &ask, 2, &err), RS_OK);
    return permute;
}

struct rs_permute_worker *slow_worker(const struct rs_permute *permute)
{
    struct rs_permute_worker *worker = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_permute_open(&worker, permute, &err), RS_OK);
    return worker;
}

/* ---- the slow reference ------------------------------------------ */

/* Takes k orthonormal vectors out of one, twice. */
static void take_out(long double *left, long double basis[][SLOW_ROWS],
                     size_t k, size_t n)
{
    for (size_t l = 0; l < 2 * k; l++) {
        long double c = 0.0L;
        for (size_t i = 0; i < n; i++)
            c += basis[l % k][i] * left[i];
        for (size_t i = 0; i < n; i++)
            left[i] -= c * basis[l % k][i];
    }
}

/* Column number j of a regression: intercept, covariates, then x and its
 * powers. */
static long double cell_of(const struct made_sweep *b, const double *x,
                           size_t j, size_t i)
{
    const double *z = b->values + (b->n_y + b->n_x) * b->n;

    if (j == 0)
        return 1.0L;
    return j <= b->n_z ? (long double)z[(j - 1) * b->n + i]
                       : powl((long double)x[i], (long double)(j - b->n_z));
}

/* Splits a column into its regression on intercept, covariates and the first
 * powers of x, by Gram-Schmidt in long double, and the rest; out: fitted and
 * rest, the latter permuted. */
static void permute_rest(const struct made_sweep *b, double *out,
                         const double *v, const double *x, size_t n_powers,
                         const uint32_t *rows)
{
    static long double basis[SLOW_COLUMNS][SLOW_ROWS];
    size_t n = b->n;
    size_t k = 0;
    long double left[SLOW_ROWS];

    for (size_t j = b->spec.intercept ? 0 : 1; j <= b->n_z + n_powers;
         j++, k++) {
        long double norm = 0.0L;
        for (size_t i = 0; i < n; i++)
            left[i] = cell_of(b, x, j, i);
        take_out(left, basis, k, n);
        for (size_t i = 0; i < n; i++)
            norm += left[i] * left[i];
        for (size_t i = 0; i < n; i++)
            basis[k][i] = left[i] / sqrtl(norm);
    }
    for (size_t i = 0; i < n; i++)
        left[i] = (long double)v[i];
    take_out(left, basis, k, n);
    for (size_t i = 0; i < n; i++)
        out[i] = (double)((long double)v[i] - left[i] + left[rows[i]]);
}

void slow_r(const struct made_sweep *b, const uint32_t *rows, double *r)
{
    size_t m = b->n_y + b->n_x + b->n_z;
    double *values = calloc(m * b->n, sizeof *values);
    size_t n_beside =
        b->spec.poly > 1 && !b->spec.test_all ? b->spec.poly - 1 : 0;
    struct rs_spec spec = b->spec;
    struct rs_dataset *data = NULL;
    void *state = NULL;
    struct rs_error err;

    ck_assert_ptr_nonnull(values);
    memcpy(values, b->values, m * b->n * sizeof *values);
    for (size_t j = 0; j < b->n_y; j++)
        permute_rest(b, values + j * b->n, b->values + j * b->n, NULL, 0, rows);
    data = made_data(values, b->n, m);
    spec.data = data;
    ck_assert_int_eq(rs_model_ols.open(&state, &spec, &err), RS_OK);
    for (size_t i = 0; i < b->plan.n_y; i++)
        for (size_t j = 0; j < b->plan.n_x; j++) {
            struct rs_fit fit;
            /* x of a pair is never permuted, though it may be a y as well */
            double *x = rs_dataset_cells(data, b->plan.x[j]);
            double kept[SLOW_ROWS];
            size_t y_row = b->plan.y[i];
            r[i * b->plan.n_x + j] = 0.0;
            if (!rs_plan_has(&b->plan, i, j))
                continue;
            memcpy(kept, x, b->n * sizeof *kept);
            memcpy(x, b->values + b->plan.x[j] * b->n, b->n * sizeof *kept);
            if (n_beside > 0)
                permute_rest(b, rs_dataset_cells(data, y_row),
                             b->values + y_row * b->n, x, n_beside, rows);
            rs_model_ols.close(state);
            ck_assert_int_eq(rs_model_ols.open(&state, &spec, &err), RS_OK);
            rs_model_ols.fit(state, y_row, b->plan.x[j], &fit);
            memcpy(x, kept, b->n * sizeof *kept);
            if (fit.outcome == RS_FIT_OK)
                r[i * b->plan.n_x + j] =
                    fit.statistic == RS_STAT_F
                        ? sqrt(fit.stat / (fit.stat + fit.df / fit.df1))
                        : fabs(fit.stat) / hypot(fit.stat, sqrt(fit.df));
            else if (fit.outcome == RS_FIT_PERFECT)
                r[i * b->plan.n_x + j] = 1.0;
        }
    rs_model_ols.close(state);
    rs_dataset_free(data);
    free(values);
}

size_t slow_family(enum rs_family family, size_t y, size_t x)
{
    return family == RS_FAMILY_Y ? y : family == RS_FAMILY_X ? x : 0;
}

void slow_largest(const struct made_sweep *b, enum rs_family family,
                  const double *r, double *maxima, size_t n_families)
{
    for (size_t f = 0; f < n_families; f++)
        maxima[f] = 0.0;
    for (size_t i = 0; i < b->plan.n_y; i++)
        for (size_t j = 0; j < b->plan.n_x; j++) {
            size_t f = slow_family(family, i, j);
            maxima[f] = fmax(maxima[f], r[i * b->plan.n_x + j]);
        }
}

enum { DRAWN = 30 };

void slow_check_drawn(const struct made_sweep *b, enum rs_family family)
{
    struct rs_permute *permute = slow_permute(b, family, DRAWN);
    struct rs_permute_worker *worker = slow_worker(permute);
    size_t n_families = rs_permute_families(permute);
    double *r = calloc(b->plan.n_y * b->plan.n_x, sizeof *r);
    double *maxima = calloc(n_families, sizeof *maxima);

    ck_assert(r != NULL && maxima != NULL);
    for (uint64_t number = 0; number < DRAWN; number += 10) {
        const double *got = rs_permute_work(worker, number);
        struct rs_random random;
        uint32_t rows[SLOW_ROWS];
        rs_random_start(&random, 42, RS_RANDOM_PERMUTE, number);
        rs_random_permutation(rows, (uint32_t)b->n, &random);
        slow_r(b, rows, r);
        slow_largest(b, family, r, maxima, n_families);
        for (size_t f = 0; f < n_families; f++)
            ck_assert_double_eq_tol(got[f], maxima[f], 1e-12);
    }
    free(maxima);
    free(r);
    rs_permute_close(worker);
    rs_permute_free(permute);
}
