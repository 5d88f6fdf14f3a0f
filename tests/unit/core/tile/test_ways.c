/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine_tile.h"
#include "errors.h"
#include "made_sweep.h"
#include "run_suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every way of the tile engine, on designs of each kind, against the exact
 * engine, and how many pairs that had to fit. Screened: the counts and rows of
 * a sweep that stores all. */

enum { ROWS = 210, N_Y = 11, N_X = 53, N_PAIRS = N_Y * N_X };

static const struct kind {
    const char *name;
    size_t n_clusters;
} kinds[] = {{"hc0", 0}, {"hc1", 0},     {"hc2", 0},    {"hc3", 0},
             {"hc4", 0}, {"cluster", 1}, {"cluster", 2}};
enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

static const struct design {
    size_t n_z, n_levels;
    bool weighted, through_0, outliers;
    double missing;
} designs[] = {
    {0, 0, false, false, false, 0.0}, {2, 0, true, false, false, 0.0},
    {1, 18, true, false, false, 0.0}, {0, 0, false, false, true, 0.0},
    {1, 0, false, true, false, 0.0},  {0, 0, false, false, false, 0.05},
    {4, 0, true, false, false, 0.05}, {1, 18, false, false, false, 0.05},
    {1, 0, false, true, true, 0.05},
};
enum { N_DESIGNS = sizeof designs / sizeof designs[0] };

struct setup {
    struct made_sweep sweep;
    struct rs_model model;
    struct rs_errors_ask ask;
    struct rs_tally tally;
    struct rs_fit fits[N_PAIRS]; /* outcome WORKER_LOST: no row */
};

static size_t fitted_exactly;

static void counted_fit(void *state, size_t y, size_t x, struct rs_fit *out)
{
    fitted_exactly++;
    rs_model_ols.fit(state, y, x, out);
}

/* Columns by which rows go together: one of 20 unequal clusters, and one of
 * 70. */
static void make_clusters(struct setup *s, size_t first)
{
    for (size_t c = 0; c < 2; c++) {
        struct rs_column *column = &s->sweep.data->columns[first + c];
        struct rs_factor *covariate = column->factor;
        made_factor(column, ROWS, c == 0 ? 20 : 70);
        column->levels = column->factor;
        column->factor = covariate;
        s->ask.clusters[c] = first + c;
    }
}

static void fill_clusters(struct made_sweep *s, size_t first)
{
    uint64_t seed = 77;

    for (size_t i = 0; i < ROWS; i++) {
        double u = made_uniform(&seed);
        s->values[first * ROWS + i] = floor(20.0 * u * u);
        s->values[(first + 1) * ROWS + i] = floor(70.0 * made_uniform(&seed));
    }
}

static void setup_init(struct setup *s, const struct kind *kind,
                       const struct design *d, uint64_t seed)
{
    struct made_sweep *sweep = &s->sweep;

    memset(s, 0, sizeof *s);
    made_sweep_init(sweep, &(struct made_ask){.n = ROWS,
                                              .n_y = N_Y + 2,
                                              .n_x = N_X,
                                              .n_z = d->n_z,
                                              .n_levels = d->n_levels,
                                              .weighted = d->weighted,
                                              .through_0 = d->through_0,
                                              .missing = d->missing,
                                              .tile = {N_Y, 40},
                                              .seed = seed});
    fill_clusters(sweep, N_Y);
    for (size_t j = 0; d->outliers && j < N_X; j++)
        sweep->values[(N_Y + 2 + j) * ROWS + 3 * j] *= 40.0 * (double)(j + 1);
    made_sweep_load(sweep);
    make_clusters(s, N_Y);
    sweep->n_y = N_Y;
    rs_plan_clear(&sweep->plan);
    memmove(&sweep->columns[N_Y], &sweep->columns[N_Y + 2],
            (sweep->n_columns - N_Y - 2) * sizeof *sweep->columns);
    sweep->spec.covariates = &sweep->columns[N_Y + N_X];
    if (d->weighted)
        sweep->spec.weights = &sweep->columns[sweep->n_columns - 3];
    made_sweep_plan(sweep, RS_PAIRS_ALL);
    s->ask.n_clusters = kind->n_clusters;
    s->ask.time = RS_NO_COLUMN;
    sweep->spec.errors = rs_errors_find(kind->name);
    sweep->spec.errors_ask = &s->ask;
    s->model = rs_model_ols;
    s->model.fit = counted_fit;
    sweep->env.model = &s->model;
    for (size_t k = 0; k < N_PAIRS; k++)
        s->fits[k].outcome = RS_FIT_WORKER_LOST;
}

static void take(void *ctx, size_t y, size_t x, const struct rs_fit *fit)
{
    struct setup *s = ctx;

    s->fits[y * N_X + x] = *fit;
}

static void sweep(struct setup *s)
{
    const struct rs_emitter emit = {
        .ctx = s, .begin = made_sweep_begin, .row = take, .tally = &s->tally};

    fitted_exactly = 0;
    made_sweep_run(&s->sweep, &rs_engine_tile, &emit);
}

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-10 * fabs(b) || (isnan(a) && isnan(b));
}

static void same_fit(const struct rs_fit *a, const struct rs_fit *b)
{
    ck_assert_int_eq(a->outcome, b->outcome);
    ck_assert_uint_eq(a->n, b->n);
    ck_assert(is_near(a->df, b->df));
    ck_assert(is_near(rs_fit_tail_df(a), rs_fit_tail_df(b)));
    ck_assert(is_near(a->n_coef, b->n_coef));
    ck_assert(is_near(a->beta, b->beta));
    ck_assert(is_near(a->intercept, b->intercept));
    ck_assert(is_near(a->r, b->r));
    ck_assert(is_near(a->r2, b->r2));
    ck_assert(is_near(a->sigma, b->sigma));
    ck_assert(is_near(a->se, b->se));
    ck_assert(is_near(a->stat, b->stat));
    ck_assert(is_near(a->log_p, b->log_p));
}

START_TEST(test_exact)
{
    struct setup *s = malloc(sizeof *s);
    const struct design *d = &designs[_i % N_DESIGNS];
    void *state = NULL;

    ck_assert_ptr_nonnull(s);
    setup_init(s, &kinds[_i / N_DESIGNS], d, (uint64_t)_i + 1);
    sweep(s);
    if (fitted_exactly > N_PAIRS / 20)
        (void)printf("ways: %s, design %d: %zu exactly\n",
                     kinds[_i / N_DESIGNS].name, _i % N_DESIGNS,
                     fitted_exactly);
    ck_assert_int_eq(rs_model_ols.open(&state, &s->sweep.spec, NULL), RS_OK);
    for (size_t k = 0; k < N_PAIRS; k++) {
        struct rs_fit exact;
        rs_model_ols.fit(state, s->sweep.plan.y[k / N_X],
                         s->sweep.plan.x[k % N_X], &exact);
        rs_fit_find_p(&exact);
        same_fit(&s->fits[k], &exact);
    }
    rs_model_ols.close(state);
    made_sweep_clear(&s->sweep);
    free(s);
}
END_TEST

/* Fits of a sweep that keeps some: those that it would keep of one that stores
 * all, with their bits. */
static void same_rows(const struct setup *all, const struct setup *some)
{
    for (size_t k = 0; k < N_PAIRS; k++) {
        const struct rs_fit *a = &all->fits[k];
        const struct rs_fit *b = &some->fits[k];
        bool keeps = a->outcome != RS_FIT_WORKER_LOST &&
                     rs_keep_fit(&some->sweep.keep, a);
        ck_assert_int_eq(keeps, b->outcome != RS_FIT_WORKER_LOST);
        if (keeps) {
            ck_assert_double_eq(a->se, b->se);
            ck_assert_double_eq(a->stat, b->stat);
            ck_assert_double_eq(a->log_p, b->log_p);
        }
    }
}

START_TEST(test_screened)
{
    struct setup *s = calloc(2, sizeof *s);
    const struct design *d = &designs[_i % N_DESIGNS];

    ck_assert_ptr_nonnull(s);
    for (size_t k = 0; k < 2; k++) {
        setup_init(&s[k], &kinds[_i / N_DESIGNS], d, (uint64_t)_i + 1);
        s[k].sweep.keep.p_max = k == 0 ? 1.0 : 0.01;
        sweep(&s[k]);
    }
    ck_assert_mem_eq(&s[0].tally.outcomes, &s[1].tally.outcomes,
                     sizeof s[0].tally.outcomes);
    for (unsigned k = 0; k < RS_P_EDGES; k++)
        ck_assert_uint_eq(s[0].tally.at_most[k], s[1].tally.at_most[k]);
    same_rows(&s[0], &s[1]);
    made_sweep_clear(&s[0].sweep);
    made_sweep_clear(&s[1].sweep);
    free(s);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_exact, N_KINDS *N_DESIGNS},
    {&test_screened, N_KINDS *N_DESIGNS},
};
SUITE(ways, tests)
