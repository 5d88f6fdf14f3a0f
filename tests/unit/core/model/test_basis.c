/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "basis.h"
#include "made_data.h"
#include "row_set.h"
#include "run_suite.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 180, LEVELS = 4, MOST = 8 };

/* Columns of the table. */
enum { AGE, PC, SITE, COPY, CLOSE, WEIGHT, Y, COLUMNS };

struct setup {
    double values[COLUMNS * ROWS];
    struct rs_dataset *data;
    size_t weights;
    struct rs_spec spec;
    struct rs_basis basis;
};

static const struct {
    size_t covariates[MOST];
    size_t n;
    size_t n_dropped; /* that depend on others */
} lists[] = {
    {{0}, 0, 0},
    {{AGE}, 1, 0},
    {{AGE, PC}, 2, 0},
    {{AGE, SITE, PC}, 3, 0},
    {{AGE, COPY, PC}, 3, 1},
    {{AGE, CLOSE, PC}, 3, 0}, /* nearly dependent */
    {{SITE, COPY, AGE, CLOSE}, 4, 1},
};

enum { N_LISTS = sizeof lists / sizeof lists[0] };

static void setup_init(struct setup *s, int which)
{
    uint64_t seed = 23;
    size_t list = (size_t)which % N_LISTS;

    memset(s, 0, sizeof *s);
    for (size_t i = 0; i < ROWS; i++) {
        double *v = &s->values[i];
        v[AGE * ROWS] = 50.0 + 10.0 * made_normal(&seed);
        v[PC * ROWS] = 0.01 * made_normal(&seed);
        v[SITE * ROWS] = floor(LEVELS * made_uniform(&seed));
        v[COPY * ROWS] = 3.0 * v[AGE * ROWS];
        v[CLOSE * ROWS] = v[AGE * ROWS] + 1e-5 * made_normal(&seed);
        v[WEIGHT * ROWS] = i == 9 ? 0.0 : 1e4 * exp(made_normal(&seed));
        v[Y * ROWS] = 3.0 + made_normal(&seed) + 0.1 * v[AGE * ROWS];
    }
    s->values[AGE * ROWS + 5] = NAN;
    s->values[SITE * ROWS + 6] = NAN;
    s->data = made_data(s->values, ROWS, COLUMNS);
    made_factor(&s->data->columns[SITE], ROWS, LEVELS);
    s->weights = WEIGHT;
    s->spec.data = s->data;
    s->spec.covariates = lists[list].covariates;
    s->spec.n_covariates = lists[list].n;
    s->spec.intercept = which / N_LISTS % 2 == 0;
    s->spec.weights = which / N_LISTS / 2 == 0 ? NULL : &s->weights;
    ck_assert_int_eq(rs_basis_init(&s->basis, &s->spec, NULL), RS_OK);
}

static void setup_clear(struct setup *s)
{
    rs_basis_clear(&s->basis);
    rs_dataset_free(s->data);
}

static long double dot(const double *a, const double *b, size_t n)
{
    long double sum = 0.0L;

    for (size_t i = 0; i < n; i++)
        sum += (long double)a[i] * b[i];
    return sum;
}

/* Vectors of length 1 at right angles; as many as columns that count. */
START_TEST(test_orthonormal)
{
    struct setup s;
    const struct rs_basis *b = &s.basis;
    size_t list = (size_t)_i % N_LISTS;
    size_t n_columns = 0;

    setup_init(&s, _i);
    n_columns = b->base.n_used - lists[list].n_dropped;
    ck_assert(b->finite);
    ck_assert_uint_eq(b->n_levels, s.spec.intercept ? 1 : 0);
    ck_assert_uint_eq(b->n_vectors, b->n_levels + n_columns);
    for (size_t k = 0; k < b->n_vectors; k++)
        for (size_t l = 0; l <= k; l++) {
            double off = (double)(dot(&b->vectors[k * b->n],
                                      &b->vectors[l * b->n], b->n) -
                                  (k == l ? 1.0L : 0.0L));
            ck_assert_double_le(fabs(off), 1e-15);
        }
    setup_clear(&s);
}
END_TEST

/* Rows, total and logarithms of the weights, by the cells. */
START_TEST(test_rows)
{
    struct setup s;
    long double total = 0.0L;
    long double logs = 0.0L;
    size_t at = 0;
    double most = 0.0;

    setup_init(&s, _i);
    for (size_t i = 0; i < ROWS; i++) {
        bool there = s.spec.weights == NULL || s.values[WEIGHT * ROWS + i] > 0;
        double w = s.spec.weights == NULL ? 1.0 : s.values[WEIGHT * ROWS + i];
        for (size_t j = 0; j < s.spec.n_covariates; j++)
            there = there && !isnan(s.values[s.spec.covariates[j] * ROWS + i]);
        most = fmax(most, w);
        if (!there)
            continue;
        total += w;
        logs += logl(w);
        ck_assert_double_eq(s.basis.log_weights[at], log(w));
        at++;
    }
    ck_assert_uint_eq(s.basis.n, at);
    ck_assert_double_eq_tol(ldexp(s.basis.total, 2 * s.basis.base.exponent) /
                                (double)total,
                            1.0, 1e-15);
    ck_assert_double_eq_tol(s.basis.log_weight, (double)logs, 1e-10);
    setup_clear(&s);
}
END_TEST

/* What a row is multiplied with. */
static double root_of(const struct rs_basis *basis, size_t i)
{
    return basis->base.root == NULL ? 1.0 : basis->base.root[i];
}

/* The vectors span the covariates: nothing of them is left. */
START_TEST(test_span)
{
    struct setup s;
    const struct rs_basis *b = &s.basis;

    setup_init(&s, _i);
    for (size_t j = 0; j < b->base.n_used; j++) {
        const struct rs_lsq_column *column = b->base.use[j];
        double *v = calloc(b->n, sizeof *v);
        double norm = sqrt(column->ss.hi);
        ck_assert_ptr_nonnull(v);
        for (size_t i = 0; i < b->n; i++)
            v[i] = rs_dd_double(rs_lsq_value(column, i)) * root_of(b, i);
        for (int round = 0; round < 2; round++)
            for (size_t l = 0; l < b->n_vectors; l++) {
                const double *u = &b->vectors[l * b->n];
                double c = (double)dot(u, v, b->n);
                for (size_t i = 0; i < b->n; i++)
                    v[i] -= c * u[i];
            }
        ck_assert_double_le(sqrt((double)dot(v, v, b->n)), 1e-14 * norm);
        free(v);
    }
    setup_clear(&s);
}
END_TEST

/* Intercept of y on the covariates from its coefficients on the basis,
 * against that of rs_lsq_residuals; reach is a bound on its own. */
START_TEST(test_level_and_reach)
{
    struct setup s;
    struct rs_basis *b = &s.basis;
    struct rs_lsq_column column;
    struct rs_lsq_residual residual;
    struct rs_lsq *lsq = NULL;
    double *v = calloc(ROWS, sizeof *v);
    double mean = 0.0;
    double size = 0.0;
    double reach = 1.0;

    ck_assert_ptr_nonnull(v);
    setup_init(&s, _i);
    ck_assert_int_eq(rs_lsq_column_init(&column, ROWS, NULL), RS_OK);
    rs_base_prepare(&b->base, &column, b->base.rows, Y);
    ck_assert_int_eq(
        rs_lsq_new(&lsq, b->n, b->base.n_used, s.spec.intercept, NULL), RS_OK);
    rs_lsq_base(lsq, b->base.use, b->base.n_used, b->n);
    ck_assert_uint_eq(rs_lsq_base_rank(lsq), b->n_vectors - b->n_levels);
    ck_assert(rs_lsq_residuals(lsq, v, &residual, &column));
    mean = rs_dd_double(column.mean);
    size = fabs(mean);
    for (size_t i = 0; i < b->n; i++)
        v[i] = rs_dd_double(rs_lsq_value(&column, i)) * root_of(b, i);
    for (size_t l = b->n_levels; l < b->n_vectors; l++) {
        double c = (double)dot(&b->vectors[l * b->n], v, b->n);
        mean += c * b->level[l];
        size += fabs(c * b->level[l]);
        reach += fabs(c) * b->reach[l];
    }
    ck_assert_double_le(fabs(mean - residual.mean), 1e-14 * size);
    ck_assert_double_ge(reach, residual.reach * (1.0 - 1e-12));
    if (b->n_vectors - b->n_levels <= 1)
        ck_assert_double_eq_tol(reach / residual.reach, 1.0, 1e-12);
    if (b->n_levels == 1) { /* a coefficient on vector 0 is an intercept */
        ck_assert_double_eq_tol(b->vectors[0], b->level[0] * root_of(b, 0),
                                1e-16);
    } else {
        ck_assert_double_eq(mean, 0.0);
    }
    rs_lsq_free(lsq);
    rs_lsq_column_clear(&column);
    setup_clear(&s);
    free(v);
}
END_TEST

/* An infinite covariate is seen. */
START_TEST(test_infinite)
{
    struct setup s;

    setup_init(&s, 2);
    rs_basis_clear(&s.basis);
    s.values[PC * ROWS + 11] = INFINITY;
    made_data_refill(s.data, s.values);
    ck_assert_int_eq(rs_basis_init(&s.basis, &s.spec, NULL), RS_OK);
    ck_assert(!s.basis.finite);
    setup_clear(&s);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_orthonormal, 4 * N_LISTS},
    {&test_rows, 4 * N_LISTS},
    {&test_span, 4 * N_LISTS},
    {&test_level_and_reach, 4 * N_LISTS},
    {&test_infinite, 1},
};
SUITE(basis, tests)
