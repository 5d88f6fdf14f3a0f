/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engines.h"
#include "made_sweep.h"
#include "p_samples.h"
#include "run_suite.h"
#include "tails.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lambda out of the counts and the kept p of a sweep, by either engine and by
 * every way that the tile engine has, against that of all p. */
enum { ROWS = 40 };

struct bench {
    struct made_sweep made;
    struct rs_tally tally;
    struct rs_lambda lambda;
};

/* Columns of which some are constant, the same, infinite, or have holes, and
 * all share a part: p of all sizes. */
static void bench_init(struct bench *b, size_t n_columns, enum rs_pairs pairs,
                       double shared, double missing, bool odd)
{
    const struct made_ask ask = {
        .n = ROWS, .n_y = n_columns, .tile = {64, 256}};
    uint64_t seed = 3 + n_columns;
    double common[ROWS];
    double *numbers = NULL;

    memset(b, 0, sizeof *b);
    made_sweep_init(&b->made, &ask);
    numbers = b->made.values;
    for (size_t i = 0; i < ROWS; i++)
        common[i] = shared * made_normal(&seed);
    for (size_t j = 0; j < n_columns; j++)
        for (size_t i = 0; i < ROWS; i++) {
            double value = made_normal(&seed) + common[i];
            if (odd && j % 11 == 5)
                value = 2.5;
            else if (odd && j % 11 == 6)
                value = 3.0 * numbers[(j - 2) * ROWS + i];
            else if (odd && j % 11 == 7 && i == 9)
                value = INFINITY;
            if (j % 3 != 0 && made_uniform(&seed) < missing)
                value = NAN;
            numbers[j * ROWS + i] = value;
        }
    made_sweep_load(&b->made);
    made_sweep_plan(&b->made, pairs);
}

static void bench_clear(struct bench *b)
{
    made_sweep_clear(&b->made);
}

static void row(void *ctx, size_t y_ix, size_t x_ix, const struct rs_fit *fit)
{
    (void)ctx;
    (void)y_ix;
    (void)x_ix;
    (void)fit;
}

/* Sweeps into a sample. field: of a matrix; -1: rows. */
static void fill(struct bench *b, const struct rs_engine *engine, int field,
                 const struct rs_p_sample *sample)
{
    const struct rs_plan *plan = &b->made.plan;
    double *cells = malloc(plan->n_y * plan->n_x * sizeof *cells);
    const struct rs_values values = {
        .field = field, .conf_level = 0.95, .n_x = plan->n_x, .cells = cells};
    const struct rs_emitter emit = {.begin = made_sweep_begin,
                                    .row = row,
                                    .tally = &b->tally,
                                    .values = field < 0 ? NULL : &values,
                                    .sample = sample};

    memset(&b->tally, 0, sizeof b->tally);
    made_sweep_run(&b->made, engine, &emit);
    free(cells);
}

/* ctx: the benches. */
static enum rs_status enter(void *ctx, struct rs_p_sample_run *out, size_t part,
                            struct rs_error *err)
{
    const struct bench *b = (const struct bench *)ctx + part;

    (void)err;
    *out =
        (struct rs_p_sample_run){&b->made.plan, &rs_model_ols, &b->made.spec};
    return RS_OK;
}

/* The same, and finds lambda. */
static void sweep(struct bench *b, const struct rs_engine *engine, int field)
{
    struct rs_p_samples samples;
    const struct rs_p_samples_run run = {b, b->made.data, enter};

    ck_assert_int_eq(rs_p_samples_new(&samples, &b->made.plan, 1, NULL), RS_OK);
    fill(b, engine, field, samples.parts);
    ck_assert_int_eq(
        rs_p_samples_lambda(&b->lambda, &samples, &b->tally, &run, NULL),
        RS_OK);
    rs_p_samples_free(&samples);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

/* z^2 of the tests. Returns how many. */
static size_t squares(double *z2, struct bench *b)
{
    void *state = NULL;
    size_t m = 0;

    ck_assert_int_eq(rs_model_ols.open(&state, &b->made.spec, NULL), RS_OK);
    for (size_t i = 0; i < b->made.plan.n_y; i++)
        for (size_t j = 0; j < b->made.plan.n_x; j++) {
            struct rs_fit fit;
            if (!rs_plan_has(&b->made.plan, i, j))
                continue;
            rs_model_ols.fit(state, i, j, &fit);
            rs_fit_find_p(&fit);
            if (fit.outcome == RS_FIT_PERFECT)
                z2[m++] = INFINITY;
            else if (fit.outcome == RS_FIT_OK)
                z2[m++] = rs_genomic_lambda(fit.log_p);
        }
    rs_model_ols.close(state);
    return m;
}

/* The definition: the median of z^2 over that of true hypotheses, of all
 * benches [n] together. */
static double by_definition(struct bench *b, size_t n)
{
    double *z2 = NULL;
    size_t room = 0;
    size_t m = 0;
    double lambda = 0.0;

    for (size_t i = 0; i < n; i++)
        room += b[i].made.plan.n_pairs;
    z2 = malloc(room * sizeof *z2);
    for (size_t i = 0; i < n; i++)
        m += squares(z2 + m, &b[i]);
    qsort(z2, m, sizeof *z2, compare);
    lambda = m == 0 ? NAN : 0.5 * (z2[(m - 1) / 2] + z2[m / 2]);
    free(z2);
    return lambda;
}

/* The columns about their means, of length one: [n_columns][ROWS]. */
static double *unit_columns(const struct bench *b)
{
    double *unit = malloc(b->made.n_columns * ROWS * sizeof *unit);

    ck_assert_ptr_nonnull(unit);
    for (size_t j = 0; j < b->made.n_columns; j++) {
        const double *from = b->made.values + j * ROWS;
        double *to = unit + j * ROWS;
        double mean = 0.0;
        double norm = 0.0;
        for (size_t i = 0; i < ROWS; i++)
            mean += from[i] / ROWS;
        for (size_t i = 0; i < ROWS; i++)
            norm += (from[i] - mean) * (from[i] - mean);
        for (size_t i = 0; i < ROWS; i++)
            to[i] = (from[i] - mean) / sqrt(norm);
    }
    return unit;
}

/* Lambda of complete columns without covariates, quickly: the middle two of
 * |r| as sums of products say it. */
static double by_correlation(const struct bench *b)
{
    const size_t n = b->made.n_columns;
    double *unit = unit_columns(b);
    double *r = malloc(b->made.plan.n_pairs * sizeof *r);
    size_t m = 0;
    double lambda = 0.0;

    ck_assert_ptr_nonnull(r);
    for (size_t j = 0; j < n; j++)
        for (size_t k = 0; k < n; k++) {
            double dot = 0.0;
            for (size_t i = 0; i < ROWS; i++)
                dot += unit[j * ROWS + i] * unit[k * ROWS + i];
            if (k != j)
                r[m++] = fabs(dot);
        }
    ck_assert_uint_eq(m, b->made.plan.n_pairs);
    qsort(r, m, sizeof *r, compare);
    for (size_t i = 0; i < 2; i++) {
        double middle = r[(m - 1 + i) / 2];
        double t = middle * sqrt((ROWS - 2) / (1.0 - middle * middle));
        lambda += 0.5 * rs_genomic_lambda(rs_t_log_p(t, ROWS - 2));
    }
    free(unit);
    free(r);
    return lambda;
}

/* 0 where both are infinite, or there are no tests. */
static double distance(const struct bench *b, double exact)
{
    double lambda = b->lambda.value;

    if (lambda == exact || (isnan(lambda) && isnan(exact)))
        return 0.0;
    return fabs(lambda / exact - 1.0);
}

static const struct rs_keep keeps[] = {
    {.p_max = 1.0},
    {.p_max = 0.3},
    {.p_max = 0.001},
    {.p_max = 1.0, .r2_min = 0.2},
    {.p_max = 1.0, .top_of = RS_TOP_PER_Y, .top = 2},
};
enum { KEEPS = sizeof keeps / sizeof keeps[0] };

/* allowed: of lambda, relative; by a screen, where so many tests are near to
 * the median that they are not fitted again. */
static void check_all(struct bench *b, double allowed)
{
    double exact = by_definition(b, 1);

    for (size_t k = 0; k < KEEPS; k++)
        for (unsigned e = 0; e < 2; e++) {
            b->made.keep = keeps[k];
            sweep(b, e == 0 ? &rs_engine_exact : &rs_engine_tile, -1);
            ck_assert(b->lambda.exact);
            ck_assert_double_le(distance(b, exact), e == 0 ? 1e-11 : allowed);
        }
    b->made.keep = keeps[0];
    sweep(b, &rs_engine_tile, RS_FIELD_BETA);
    ck_assert_double_le(distance(b, exact), 1e-11);
    sweep(b, &rs_engine_tile, RS_FIELD_P);
    ck_assert_double_le(distance(b, exact), 1e-11);
}

START_TEST(test_exact)
{
    static const double parts[] = {0.0, 0.4, 1.0, 4.0};
    static const double missing[] = {0.0, 0.03};

    for (size_t n = 3; n < 130; n += n < 12 ? 1 : 39) {
        struct bench b;
        bench_init(&b, n, _i % 2 == 0 ? RS_PAIRS_ALL : RS_PAIRS_UNIQUE,
                   parts[_i / 2 % 4], missing[_i / 8], n % 2 == 1);
        check_all(&b, _i < 14 ? 1e-11 : 1e-6);
        bench_clear(&b);
    }
}
END_TEST

/* More pairs than are kept: within 1 %, whatever the distribution. */
START_TEST(test_sample)
{
    static const double parts[] = {0.0, 0.5, 3.0};
    struct bench b;
    double exact = 0.0;

    bench_init(&b, 1450, RS_PAIRS_ALL, parts[_i], 0.0, false);
    exact = by_correlation(&b);
    for (size_t k = 0; k < KEEPS; k += 2) {
        b.made.keep = keeps[k];
        sweep(&b, &rs_engine_tile, -1);
        ck_assert(!b.lambda.exact);
        ck_assert_double_le(distance(&b, exact), 0.003);
    }
    bench_clear(&b);
}
END_TEST

/* No tests, one, and matched pairs. */
START_TEST(test_few)
{
    struct bench b;

    bench_init(&b, 2, RS_PAIRS_UNIQUE, 0.0, 0.0, false);
    check_all(&b, 1e-11);
    bench_clear(&b);
    bench_init(&b, 2, RS_PAIRS_UNIQUE, 0.0, 0.0, false);
    for (size_t i = 0; i < ROWS; i++)
        b.made.values[i] = 1.0;
    made_sweep_load(&b.made);
    sweep(&b, &rs_engine_tile, -1);
    ck_assert_double_nan(b.lambda.value);
    bench_clear(&b);
}
END_TEST

START_TEST(test_matched)
{
    struct bench b;

    bench_init(&b, 102, RS_PAIRS_ALL, 0.7, 0.02, true);
    b.made.n_y = b.made.n_x = 51;
    made_sweep_plan(&b.made, RS_PAIRS_MATCHED);
    b.made.keep = keeps[2];
    sweep(&b, &rs_engine_exact, -1);
    ck_assert(b.lambda.exact);
    ck_assert(b.lambda.value > 0.0);
    bench_clear(&b);
}
END_TEST

/* Parts whose tests have other degrees of freedom: |r| of the one do not rank
 * among those of the other. _i: what is kept. */
START_TEST(test_parts)
{
    struct bench b[3];
    struct rs_plan plans[3];
    struct rs_p_samples samples;
    const struct rs_p_samples_run run = {b, NULL, enter};
    struct rs_p_samples_run again = run;
    struct rs_lambda lambda;
    struct rs_tally tally = {0};
    double exact = 0.0;

    bench_init(&b[0], 21, RS_PAIRS_ALL, 0.5, 0.0, false);
    bench_init(&b[1], 14, RS_PAIRS_UNIQUE, 1.0, 0.02, true);
    bench_init(&b[2], 9, RS_PAIRS_ALL, 0.2, 0.0, false);
    b[2].made.spec.intercept = false;
    for (size_t i = 0; i < 3; i++) {
        b[i].made.keep = keeps[_i];
        plans[i] = b[i].made.plan;
    }
    again.data = b[1].made.data;
    ck_assert_int_eq(rs_p_samples_new(&samples, plans, 3, NULL), RS_OK);
    for (unsigned e = 0; e < 2; e++) {
        memset(&tally, 0, sizeof tally);
        for (size_t i = 0; i < 3; i++) {
            fill(&b[i], e == 0 ? &rs_engine_exact : &rs_engine_tile, -1,
                 &samples.parts[i]);
            for (size_t k = 0; k < sizeof tally / sizeof(uint64_t); k++)
                ((uint64_t *)&tally)[k] += ((uint64_t *)&b[i].tally)[k];
        }
        exact = by_definition(b, 3);
        ck_assert_int_eq(
            rs_p_samples_lambda(&lambda, &samples, &tally, &again, NULL),
            RS_OK);
        ck_assert(lambda.exact);
        ck_assert_double_eq_tol(lambda.value, exact, 1e-11 * exact);
    }
    rs_p_samples_free(&samples);
    for (size_t i = 0; i < 3; i++)
        bench_clear(&b[i]);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_exact, 16}, {&test_parts, KEEPS}, {&test_sample, 3},
    {&test_few, 1},    {&test_matched, 1},
};
SUITE(p_sample, tests)
