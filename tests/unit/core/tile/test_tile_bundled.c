/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine_tile.h"
#include "made_sweep.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An x of several columns by products against the model's own fits, over
 * designs of all kinds. */

enum { N_Y = 11, N_X = 29, ROWS = 160 };

/* What x brings. */
enum kind {
    FACTORS,     /* factors of 2 to 12 levels, numbers among them */
    PRODUCTS,    /* numbers times numbers */
    PRODUCTS_OF, /* factors and numbers times numbers */
    LEVELS,      /* both, times a factor */
    POWERS
};

struct design {
    enum kind kind;
    struct made_ask ask;
    bool test_all;
    double p_max; /* 0: all are kept */
};

#define ASK(...)                                                               \
    {                                                                          \
        .n = ROWS, .n_y = N_Y, .n_x = N_X, .tile = {8, 13}, __VA_ARGS__        \
    }

static const struct design designs[] = {
    {FACTORS, ASK(.seed = 1), false, 0.0},
    {FACTORS, ASK(.n_z = 3, .seed = 2), false, 0.0},
    {FACTORS, ASK(.n_z = 2, .n_levels = 4, .seed = 3), false, 0.0},
    {FACTORS, ASK(.n_z = 1, .n_levels = 20, .seed = 4), false, 0.0},
    {FACTORS, ASK(.weighted = true, .n_z = 1, .seed = 5), false, 0.0},
    {FACTORS, ASK(.n_z = 1, .seed = 6), false, 0.05},
    {PRODUCTS, ASK(.n_z = 1, .seed = 7), false, 0.0},
    {PRODUCTS, ASK(.n_z = 5, .seed = 8), false, 0.0},
    {PRODUCTS, ASK(.n_z = 2, .seed = 9), true, 0.0},
    {PRODUCTS, ASK(.n_z = 1, .weighted = true, .seed = 10), false, 0.0},
    {PRODUCTS, ASK(.n_z = 1, .seed = 11), false, 0.05},
    {PRODUCTS_OF, ASK(.n_z = 1, .seed = 12), false, 0.0},
    {PRODUCTS_OF, ASK(.n_z = 2, .weighted = true, .seed = 13), true, 0.0},
    {LEVELS, ASK(.n_levels = 2, .seed = 14), false, 0.0},
    {LEVELS, ASK(.n_z = 1, .n_levels = 3, .seed = 15), false, 0.0},
    {POWERS, ASK(.n_z = 1, .seed = 16), false, 0.0},
    {POWERS, ASK(.n_z = 1, .seed = 17), true, 0.0},
    {FACTORS, ASK(.missing = 0.05, .seed = 18), false, 0.0},
    {FACTORS, ASK(.missing = 0.1, .n_z = 3, .seed = 19), false, 0.0},
    {FACTORS, ASK(.missing = 0.05, .n_z = 2, .weighted = true, .seed = 20),
     false, 0.0},
    {FACTORS, ASK(.missing = 0.05, .n_z = 1, .seed = 21), false, 0.05},
    {PRODUCTS, ASK(.missing = 0.05, .n_z = 5, .seed = 22), false, 0.0},
    {PRODUCTS, ASK(.missing = 0.1, .n_z = 1, .seed = 23), true, 0.0},
    {PRODUCTS_OF, ASK(.missing = 0.05, .n_z = 2, .seed = 24), false, 0.0},
    {LEVELS, ASK(.missing = 0.05, .n_levels = 2, .seed = 25), false, 0.0},
    {POWERS, ASK(.missing = 0.05, .n_z = 1, .seed = 26), false, 0.0},
};
enum { N_DESIGNS = sizeof designs / sizeof designs[0] };

struct setup {
    struct made_sweep sweep;
    struct rs_model model;
    size_t interact;
    struct rs_fit fits[N_Y * N_X];
    bool there[N_Y * N_X];
    size_t n;
    struct rs_tally tally;
};

static size_t fitted_exactly;

static void counted_fit(void *state, size_t y, size_t x, struct rs_fit *out)
{
    fitted_exactly++;
    rs_model_ols.fit(state, y, x, out);
}

/* Levels of x number j; 0: it is numbers. */
static size_t n_levels(enum kind kind, size_t j)
{
    if (kind == PRODUCTS || kind == POWERS)
        return 0;
    return j % 5 == 4 ? 0 : 2 + j % 11;
}

/* A skewed level, so that some are rare, and y that depend on them. */
static void fill_levels(struct made_sweep *s, size_t j, size_t levels)
{
    double *x = &s->values[(N_Y + j) * s->n];
    uint64_t seed = 100 + j;

    for (size_t i = 0; i < s->n; i++) {
        double u = made_uniform(&seed);
        double level = floor((double)levels * u * sqrt(u));
        x[i] = isnan(x[i]) ? NAN : level;
        if (level == 1.0)
            s->values[(j % N_Y) * s->n + i] += 0.4;
    }
}

/* Some y that depend on a power of numbers, and on their product with z. */
static void bend(struct made_sweep *s)
{
    const double *z = &s->values[(N_Y + N_X + s->n_z - 1) * s->n];

    for (size_t j = 0; j < N_X; j += 4)
        for (size_t i = 0; i < s->n; i++) {
            double x = s->values[(N_Y + j) * s->n + i] - 4.0;
            double *y = &s->values[(j % N_Y) * s->n + i];
            if (!isnan(x))
                *y += 0.2 * x * x * x + 0.5 * x * (s->n_z > 0 ? z[i] : 0.0);
        }
}

static void setup_init(struct setup *s, const struct design *design)
{
    struct made_sweep *sweep = &s->sweep;

    memset(s, 0, sizeof *s);
    made_sweep_init(sweep, &design->ask);
    for (size_t k = 0; k < (N_Y + N_X) * sweep->n; k++)
        sweep->values[k] += 4.0;
    bend(sweep);
    for (size_t j = 0; j < N_X; j++)
        if (n_levels(design->kind, j) > 0)
            fill_levels(sweep, j, n_levels(design->kind, j));
    made_sweep_load(sweep);
    for (size_t j = 0; j < N_X; j++)
        if (n_levels(design->kind, j) > 0)
            made_factor(&sweep->data->columns[N_Y + j], sweep->n,
                        n_levels(design->kind, j));
    s->interact = N_Y + N_X + sweep->n_z - 1;
    if (design->kind != FACTORS && design->kind != POWERS)
        sweep->spec.interact = &s->interact;
    if (design->kind == POWERS)
        sweep->spec.poly = 3;
    sweep->spec.test_all = design->test_all;
    if (design->p_max > 0.0)
        sweep->keep.p_max = design->p_max;
    s->model = rs_model_ols;
    s->model.fit = counted_fit;
    sweep->env.model = &s->model;
}

static void take(void *ctx, size_t y, size_t x, const struct rs_fit *fit)
{
    struct setup *s = ctx;
    size_t at = y * N_X + x;

    ck_assert(!s->there[at]);
    s->there[at] = true;
    s->fits[at] = *fit;
    s->n++;
}

static void sweep(struct setup *s, const struct rs_engine *engine)
{
    const struct rs_emitter emit = {
        .ctx = s, .begin = made_sweep_begin, .row = take, .tally = &s->tally};

    memset(s->there, 0, sizeof s->there);
    memset(&s->tally, 0, sizeof s->tally);
    s->n = 0;
    made_sweep_run(&s->sweep, engine, &emit);
}

static void close_to(const char *what, size_t k, double a, double b)
{
    ck_assert_msg((isnan(a) && isnan(b)) || fabs(a - b) <= 1e-10 * fabs(b),
                  "%s of y %zu x %zu: %.17g, not %.17g", what, k / N_X, k % N_X,
                  a, b);
}

static void compare(size_t k, const struct rs_fit *a, const struct rs_fit *b)
{
    ck_assert_msg(a->outcome == b->outcome, "y %zu x %zu: outcome %d, not %d",
                  k / N_X, k % N_X, (int)a->outcome, (int)b->outcome);
    ck_assert_int_eq(a->statistic, b->statistic);
    ck_assert_uint_eq(a->n, b->n);
    close_to("df", k, a->df, b->df);
    close_to("df1", k, a->df1, b->df1);
    close_to("n_coef", k, a->n_coef, b->n_coef);
    close_to("beta", k, a->beta, b->beta);
    close_to("se", k, a->se, b->se);
    close_to("stat", k, a->stat, b->stat);
    close_to("r2", k, a->r2, b->r2);
    close_to("sigma", k, a->sigma, b->sigma);
    close_to("intercept", k, a->intercept, b->intercept);
    close_to("log_p", k, a->log_p, b->log_p);
    close_to("log_weight", k, a->log_weight, b->log_weight);
    if (!isnan(a->r) && !isnan(b->r))
        close_to("r", k, a->r, b->r);
}

/* A design by tiles, by some kernel, and pair by pair. */
static void meet(const struct design *design, const struct rs_kernel *kernel)
{
    struct setup tile;
    struct setup exact;

    setup_init(&tile, design);
    setup_init(&exact, design);
    tile.sweep.env.kernel = kernel;
    ck_assert(rs_engine_tile.can(&tile.sweep.env));
    sweep(&exact, &rs_engine_exact);
    fitted_exactly = 0;
    sweep(&tile, &rs_engine_tile);
    ck_assert_uint_le(fitted_exactly, N_Y * N_X / 8);
    ck_assert_uint_eq(tile.n, exact.n);
    for (size_t k = 0; k < N_Y * N_X; k++) {
        ck_assert(tile.there[k] == exact.there[k]);
        if (tile.there[k])
            compare(k, &tile.fits[k], &exact.fits[k]);
    }
    ck_assert_mem_eq(&tile.tally, &exact.tally, sizeof exact.tally);
    made_sweep_clear(&tile.sweep);
    made_sweep_clear(&exact.sweep);
}

START_TEST(test_designs)
{
    meet(&designs[_i], rs_kernel_find(NULL));
}
END_TEST

/* Other kernels have stacks of other widths. */
START_TEST(test_kernels)
{
    static const char *const names[] = {"avx2", "blas"};
    static const size_t some[] = {1, 5, 7, 12, 18, 21};

    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        const struct rs_kernel *kernel = rs_kernel_find(names[k]);
        for (size_t i = 0; kernel != NULL && i < sizeof some / sizeof some[0];
             i++) {
            struct design design = designs[some[i]];
            meet(&design, kernel);
            design.p_max = 0.008;
            meet(&design, kernel);
        }
    }
}
END_TEST

/* What is screened has the bits of what is stored, and is what meets the
 * condition; the counts are the same. */
START_TEST(test_screened)
{
    struct setup stored;
    struct setup screened;
    size_t n = 0;

    setup_init(&stored, &designs[_i]);
    stored.sweep.keep.p_max = 1.0;
    setup_init(&screened, &designs[_i]);
    screened.sweep.keep.p_max = 0.008;
    sweep(&stored, &rs_engine_tile);
    sweep(&screened, &rs_engine_tile);
    for (size_t k = 0; k < N_Y * N_X; k++) {
        const struct rs_fit *a = &screened.fits[k];
        const struct rs_fit *b = &stored.fits[k];
        bool kept = stored.there[k] && rs_keep_fit(&screened.sweep.keep, b);
        ck_assert(kept == screened.there[k]);
        if (!kept)
            continue;
        n++;
        ck_assert_mem_eq(&a->beta, &b->beta, sizeof a->beta);
        ck_assert_mem_eq(&a->stat, &b->stat, sizeof a->stat);
        ck_assert_mem_eq(&a->r2, &b->r2, sizeof a->r2);
        ck_assert_mem_eq(&a->log_p, &b->log_p, sizeof a->log_p);
        ck_assert_mem_eq(&a->intercept, &b->intercept, sizeof a->intercept);
    }
    ck_assert_uint_gt(n, 0);
    ck_assert_uint_eq(screened.tally.kept, n);
    ck_assert_mem_eq(screened.tally.outcomes, stored.tally.outcomes,
                     sizeof stored.tally.outcomes);
    ck_assert_mem_eq(screened.tally.at_most, stored.tally.at_most,
                     sizeof stored.tally.at_most);
    made_sweep_clear(&stored.sweep);
    made_sweep_clear(&screened.sweep);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_designs, N_DESIGNS},
    {&test_kernels, 1},
    {&test_screened, N_DESIGNS},
};
SUITE(tile_bundled, tests)
