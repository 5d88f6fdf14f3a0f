/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engines.h"
#include "made_tile.h"
#include "run_suite.h"
#include "tile_hits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The two ways of the tile engine, against each other and the exact engine. */

static const struct made_ask asks[] = {
    {.n = 90, .n_y = 23, .n_x = 75, .tile = {20, 60}},
    {.n = 90, .n_y = 23, .n_x = 75, .n_z = 2, .tile = {20, 60}},
    {.n = 90, .n_y = 60, .pairs = RS_PAIRS_UNIQUE, .tile = {20, 60}},
    {.n = 90, .n_y = 23, .n_x = 75, .missing = 0.05, .tile = {20, 60}},
    {.n = 90,
     .n_y = 23,
     .n_x = 75,
     .missing = 0.05,
     .n_z = 1,
     .tile = {20, 60}},
    {.n = 90, .n_y = 23, .n_x = 75, .weighted = true, .tile = {20, 60}},
    {.n = 90,
     .n_y = 23,
     .n_x = 75,
     .through_0 = true,
     .missing = 0.05,
     .tile = {20, 60}},
    {.n = 3000, .n_y = 9, .n_x = 40, .tile = {8, 24}}, /* rows in pieces */
};
enum { N_ASKS = sizeof asks / sizeof asks[0] };

/* What a sweep gives. */
struct results {
    const struct rs_plan *plan;
    struct rs_fit *fits; /* [n_y][n_x] */
    bool *there;         /* likewise */
    size_t n, last;
    struct rs_tally tally;
};

static void take(void *ctx, size_t y_ix, size_t x_ix, const struct rs_fit *fit)
{
    struct results *r = ctx;
    size_t at = y_ix * r->plan->n_x + x_ix;

    ck_assert(!r->there[at]);
    r->fits[at] = *fit;
    r->there[at] = true;
    r->n++;
}

static void results_init(struct results *r, const struct made_sweep *s,
                         const struct rs_engine *engine)
{
    size_t n = s->plan.n_y * s->plan.n_x;
    const struct rs_emitter emit = {
        .ctx = r, .begin = made_sweep_begin, .row = take, .tally = &r->tally};

    *r = (struct results){.plan = &s->plan};
    r->fits = calloc(n, sizeof *r->fits);
    r->there = calloc(n, sizeof *r->there);
    ck_assert(r->fits != NULL && r->there != NULL);
    made_sweep_run(s, engine, &emit);
}

static void results_clear(struct results *r)
{
    free(r->fits);
    free(r->there);
}

/* A sweep with columns that are perfect, constant, infinite, or all alike. */
static void odd_sweep(struct made_sweep *s, const struct made_ask *ask)
{
    double *y = NULL;
    double *x = NULL;

    made_sweep_init(s, ask);
    y = s->values;
    x = y + (ask->n_x == 0 ? 20 : ask->n_y) * s->n;
    for (size_t i = 0; i < s->n; i++) {
        x[3 * s->n + i] = y[s->n + i];
        x[4 * s->n + i] = 2.5;
        y[4 * s->n + i] = 2.5;
        x[6 * s->n + i] = y[2 * s->n + i] + 1e-3 * x[6 * s->n + i];
        x[7 * s->n + i] += 0.6 * y[5 * s->n + i];
        x[9 * s->n + i] += 0.4 * y[7 * s->n + i];
    }
    x[8 * s->n + 2] = INFINITY;
    made_sweep_load(s);
}

static double off(double got, double want)
{
    return got == want || (isnan(got) && isnan(want))
               ? 0.0
               : fabs(got - want) / fmax(fabs(got), fabs(want));
}

START_TEST(test_stored)
{
    struct made_sweep s;
    struct results exact;
    struct results stored;

    odd_sweep(&s, &asks[_i]);
    results_init(&exact, &s, &rs_engine_exact);
    results_init(&stored, &s, &rs_engine_tile);
    ck_assert_uint_eq(exact.n, s.plan.n_pairs);
    ck_assert_uint_eq(stored.n, s.plan.n_pairs);
    for (size_t i = 0; i < s.plan.n_y * s.plan.n_x; i++) {
        const struct rs_fit *a = &stored.fits[i];
        const struct rs_fit *b = &exact.fits[i];
        ck_assert(stored.there[i] == exact.there[i]);
        ck_assert_int_eq(a->outcome, b->outcome);
        ck_assert_uint_eq(a->n, b->n);
        if (a->outcome == RS_FIT_OK)
            ck_assert_double_le(
                fmax(fmax(off(a->beta, b->beta), off(a->se, b->se)),
                     fmax(off(a->r2, b->r2), off(a->stat, b->stat))),
                1e-10);
    }
    ck_assert_mem_eq(stored.tally.outcomes, exact.tally.outcomes,
                     sizeof exact.tally.outcomes);
    ck_assert_mem_eq(stored.tally.at_most, exact.tally.at_most,
                     sizeof exact.tally.at_most);
    results_clear(&stored);
    results_clear(&exact);
    made_sweep_clear(&s);
}
END_TEST

/* What is screened and refined has the bits of what is stored, and is what
 * meets the condition; the counts are the same. */
START_TEST(test_refined)
{
    struct made_sweep s;
    struct results stored;
    struct results screened;
    size_t n = 0;

    odd_sweep(&s, &asks[_i]);
    results_init(&stored, &s, &rs_engine_tile);
    s.keep.p_max = 0.008;
    results_init(&screened, &s, &rs_engine_tile);
    for (size_t i = 0; i < s.plan.n_y * s.plan.n_x; i++) {
        const struct rs_fit *fit = &stored.fits[i];
        bool kept = stored.there[i] && rs_keep_fit(&s.keep, fit);
        ck_assert(kept == screened.there[i]);
        if (kept)
            ck_assert_mem_eq(&screened.fits[i].beta, &fit->beta,
                             sizeof fit->beta);
        if (kept && fit->outcome == RS_FIT_OK) {
            ck_assert_mem_eq(&screened.fits[i].stat, &fit->stat,
                             sizeof fit->stat);
            ck_assert_mem_eq(&screened.fits[i].log_p, &fit->log_p,
                             sizeof fit->log_p);
            ck_assert_mem_eq(&screened.fits[i].r2, &fit->r2, sizeof fit->r2);
            ck_assert_mem_eq(&screened.fits[i].se, &fit->se, sizeof fit->se);
        }
        n += kept ? 1 : 0;
    }
    ck_assert_uint_eq(screened.n, n);
    ck_assert(n > 3 && n < s.plan.n_pairs / 4);
    ck_assert_uint_eq(screened.tally.kept, n);
    ck_assert_mem_eq(screened.tally.outcomes, stored.tally.outcomes,
                     sizeof stored.tally.outcomes);
    ck_assert_mem_eq(screened.tally.at_most, stored.tally.at_most,
                     sizeof stored.tally.at_most);
    results_clear(&screened);
    results_clear(&stored);
    made_sweep_clear(&s);
}
END_TEST

/* ---- hits -------------------------------------------------------- */

static void in_order(void *ctx, size_t y_ix, size_t x_ix,
                     const struct rs_fit *fit)
{
    struct results *r = ctx;
    size_t at = y_ix * r->plan->n_x + x_ix;

    ck_assert(r->n == 0 || at > r->last);
    r->last = at;
    take(ctx, y_ix, x_ix, fit);
}

/* Hits in any order come out in that of the plan; those without r are fitted
 * exactly. */
START_TEST(test_hits)
{
    const struct made_ask ask = {
        .n = 50, .n_y = 17, .n_x = 30, .tile = {17, 30}};
    struct made_tile t;
    struct rs_tile_hits hits = {0};
    struct results r = {0};
    const struct rs_emitter emit = {.ctx = &r,
                                    .begin = made_sweep_begin,
                                    .row = in_order,
                                    .tally = &r.tally};
    struct rs_tile tile;

    made_tile_init(&t, &ask);
    made_tile_prepare(&t, RS_TILE_STORE);
    tile = made_tile_all(&t);
    r.plan = &t.sweep.plan;
    r.fits = calloc(17 * 30, sizeof *r.fits);
    r.there = calloc(17 * 30, sizeof *r.there);
    for (size_t k = 0; k < 17 * 30; k += 3) {
        size_t at = k * 217 % (17 * 30); /* all of them once, mixed */
        struct rs_fit fit;
        made_sweep_fit(&t.sweep, at / 30, at % 30, &fit);
        ck_assert(rs_tile_hits_add(
            &hits, at / 30, at % 30,
            k % 2 == 0 ? NAN : fit.stat / sqrt(fit.df + fit.stat * fit.stat)));
    }
    ck_assert_uint_eq(hits.n, 170);
    rs_tile_hits_emit(&hits, &t.worker, NULL, &tile, &emit);
    ck_assert_uint_eq(r.n, 170);
    for (size_t k = 0; k < 17 * 30; k += 3) {
        size_t at = k * 217 % (17 * 30);
        struct rs_fit fit;
        made_sweep_fit(&t.sweep, at / 30, at % 30, &fit);
        ck_assert(r.there[at]);
        ck_assert_double_le(off(r.fits[at].beta, fit.beta),
                            k % 2 == 0 ? 0.0 : 1e-9);
    }
    rs_tile_hits_clear(&hits);
    results_clear(&r);
    made_tile_clear(&t);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_stored, N_ASKS},
    {&test_refined, N_ASKS},
    {&test_hits, 1},
};
SUITE(tile_screen, tests)
