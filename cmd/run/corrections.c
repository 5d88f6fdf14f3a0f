/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "corrections.h"

#include "clock.h"
#include "engine_tile.h"
#include "mem.h"
#include "sweep.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/* Each p, and another while families are made. */
enum { BYTES_A_TEST = 16 };

void rs_corrections_init(struct rs_corrections *c, const struct rs_asked *asked)
{
    const struct rs_testing_settings *testing = &asked->settings->testing;

    memset(c, 0, sizeof *c);
    c->methods = asked->adjust.methods;
    c->q_method = asked->adjust.q_method;
    c->log_q_max = testing->q_max < 1.0 ? log(testing->q_max) : 0.0;
    c->family = (enum rs_family)testing->family;
    c->most_bytes = testing->test_memory << 20;
    c->permutations =
        (struct rs_permute_ask){.family = c->family,
                                .n_permutations = testing->permute,
                                .seed = testing->seed};
    c->bootstrap =
        (struct rs_bootstrap_ask){testing->bootstrap, testing->seed,
                                  asked->settings->modelling.conf_level};
}

bool rs_corrections_wanted(const struct rs_corrections *c)
{
    return c->methods != 0 || c->permutations.n_permutations > 0 ||
           c->bootstrap.n_resamples > 0;
}

/* ---- the first pass ---------------------------------------------- */

static size_t count_cells(const struct rs_plan *plan)
{
    return plan->pairs == RS_PAIRS_MATCHED ? plan->n_y : plan->n_y * plan->n_x;
}

static enum rs_status map_cells(struct rs_corrections *c, size_t n,
                                struct rs_error *err)
{
    void *base = NULL;

    c->cells_bytes = n * sizeof(double);
    base = mmap(NULL, c->cells_bytes, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED)
        return rs_error_set_os(err, RS_ERR_NOMEM, NULL, errno,
                               "no room for the p of %zu tests", n);
    c->values.cells = base;
    return RS_OK;
}

/* A sweep of all pairs, whatever is kept later. */
static enum rs_status sweep_all(struct rs_corrections *c,
                                struct rs_run_part *part,
                                const struct rs_crew *crew,
                                struct rs_p_histogram *histogram,
                                struct rs_error *err)
{
    struct rs_sweep sweep = {.crew = *crew, .histogram = histogram};
    enum rs_status status = RS_OK;

    part->values = &c->values;
    part->lost = &c->lost;
    sweep.parts = rs_parts_one(part);
    sweep.crew.what = "testing";
    status = rs_run_part_prepare(part, crew->n_workers, err);
    rs_stop_begin(c->stop);
    if (status == RS_OK)
        status = rs_sweep_run(&sweep, &c->pass_stats, err);
    return rs_stop_end(c->stop, status, err);
}

static enum rs_status by_histogram(struct rs_corrections *c,
                                   struct rs_run_part *part,
                                   const struct rs_crew *crew,
                                   struct rs_error *err)
{
    struct rs_pages pages = {0};
    double begin = rs_clock_now();
    enum rs_status status =
        rs_pages_new(&pages, sizeof(struct rs_p_histogram), err);

    if (status == RS_OK)
        status = sweep_all(c, part, crew, pages.base, err);
    c->times.pass = rs_clock_now() - begin;
    if (status == RS_OK)
        status = rs_families_new_histogram(&c->families, pages.base, c->methods,
                                           err);
    c->times.families = rs_clock_now() - begin - c->times.pass;
    rs_pages_free(&pages);
    return status;
}

static enum rs_status adjust(struct rs_corrections *c, struct rs_run_part *part,
                             const struct rs_crew *crew, struct rs_error *err)
{
    const struct rs_plan *plan = part->env.plan;
    size_t n = count_cells(plan);
    struct rs_families_ask ask = {
        .family = c->family,
        .n_y = plan->n_y,
        .methods = c->methods,
        .n_threads = crew->n_workers,
        .most_bytes = c->most_bytes,
    };
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    c->values = (struct rs_values){
        .field = RS_VALUE_LOG_P,
        .matched = plan->pairs == RS_PAIRS_MATCHED,
        .n_x = plan->pairs == RS_PAIRS_MATCHED ? 1 : plan->n_x};
    ask.n_x = c->values.n_x;
    if (c->values.matched && c->family == RS_FAMILY_X)
        ask.family = RS_FAMILY_Y; /* the same: each pair is a family */
    if (n > c->most_bytes / BYTES_A_TEST)
        return by_histogram(c, part, crew, err);
    status = map_cells(c, n, err);
    if (status == RS_OK)
        status = sweep_all(c, part, crew, NULL, err);
    c->times.pass = rs_clock_now() - begin;
    if (status == RS_OK)
        status = rs_families_new(&c->families, c->values.cells, &ask, err);
    c->times.families = rs_clock_now() - begin - c->times.pass;
    return status;
}

/* ---- the condition on q ------------------------------------------ */

double rs_corrections_log_p(const struct rs_corrections *c, size_t y_ix,
                            size_t x_ix, double own)
{
    double first =
        c->values.cells == NULL ? own : *rs_values_cell(&c->values, y_ix, x_ix);

    return isnan(first) ? own : first;
}

static double log_p_of(const struct rs_corrections *c, size_t y_ix, size_t x_ix,
                       const struct rs_fit *fit)
{
    return rs_corrections_log_p(c, y_ix, x_ix, rs_values_of(&c->values, fit));
}

static bool meets_q(const void *ctx, size_t y_ix, size_t x_ix,
                    const struct rs_fit *fit)
{
    const struct rs_corrections *c = ctx;
    const struct rs_adjust_curve *curve =
        rs_families_of(c->families, y_ix, x_ix);

    return rs_adjust_log(curve, c->q_method, log_p_of(c, y_ix, x_ix, fit)) <=
           c->log_q_max;
}

/* No test beyond the largest p that any family keeps need be looked at. */
static void limit_p(struct rs_corrections *c, struct rs_keep *keep)
{
    double largest = -INFINITY;
    double p = 0.0;

    for (size_t i = 0; i < rs_families_n(c->families); i++) {
        double most = rs_adjust_log_p_max(rs_families_curve(c->families, i),
                                          c->q_method, c->log_q_max);
        if (most > largest)
            largest = most;
    }
    /* the margin covers the rounding of exp; meets_q decides */
    p = fmin(exp(largest) * (1.0 + 1e-12), 1.0);
    keep->p_max = fmin(keep->p_max, fmax(p, 1e-300));
    c->q = (struct rs_keep_q){c, false, meets_q};
    c->q.by_p = c->family == RS_FAMILY_ALL ||
                (c->family == RS_FAMILY_Y && keep->top_of == RS_TOP_PER_Y) ||
                (c->family == RS_FAMILY_X && keep->top_of == RS_TOP_PER_X);
    keep->q = &c->q;
}

/* ---- numbers of rows --------------------------------------------- */

static enum rs_status open_adder(const void *ctx, void **state,
                                 struct rs_error *err)
{
    const struct rs_corrections *c = ctx;
    struct rs_bootstrap *bootstrap = NULL;
    enum rs_status status = RS_OK;

    if (c->bootstrap.n_resamples > 0)
        status = rs_bootstrap_open(&bootstrap, c->spec, &c->bootstrap, err);
    *state = bootstrap;
    return status;
}

static void close_adder(void *state)
{
    rs_bootstrap_close(state);
}

static void add_intervals(const struct rs_corrections *c,
                          struct rs_bootstrap *bootstrap, double *added,
                          size_t y_ix, size_t x_ix, const struct rs_fit *fit)
{
    double *at = &added[RS_FIELD_BOOT_LOW - RS_ADDED_FIRST];
    struct rs_bootstrap_limits limits;

    rs_bootstrap_interval(bootstrap, &limits, c->plan->y[y_ix],
                          c->plan->x[x_ix], fit);
    at[0] = limits.low;
    at[1] = limits.high;
    at[2] = limits.bca_low;
    at[3] = limits.bca_high;
}

static void add(const void *ctx, void *state, double *added, size_t y_ix,
                size_t x_ix, const struct rs_fit *fit)
{
    const struct rs_corrections *c = ctx;
    double logs[RS_ADJUST_COUNT];

    if (state != NULL)
        add_intervals(c, state, added, y_ix, x_ix, fit);
    if (isnan(fit->log_p)) /* no p is shown: none is adjusted */
        return;
    if (c->families != NULL) {
        rs_families_log(logs, c->families, y_ix, x_ix,
                        log_p_of(c, y_ix, x_ix, fit));
        for (int i = 0; i < RS_ADJUST_COUNT; i++)
            added[RS_FIELD_P_BONFERRONI + i - RS_ADDED_FIRST] = exp(logs[i]);
    }
    if (c->permute != NULL)
        added[RS_FIELD_P_PERM - RS_ADDED_FIRST] =
            rs_permute_p(c->permute, y_ix, x_ix, fit);
}

/* ---- all of it --------------------------------------------------- */

static void tick(void *ctx, const struct rs_pool_stats *stats)
{
    const struct rs_ticker *const *ticker = ctx;

    rs_ticker_count(*ticker, "permute", "permutations", stats->jobs_committed,
                    stats->n_jobs);
}

static enum rs_status permute(struct rs_corrections *c,
                              struct rs_run_part *part,
                              const struct rs_crew *crew, struct rs_error *err)
{
    struct rs_permute_ask ask = c->permutations;
    const struct rs_ticker *ticker = crew->ticker;
    const struct rs_permute_run run = {.pool = crew->pool,
                                       .n_workers = crew->n_workers,
                                       .stop = crew->stop,
                                       .ctx = &ticker,
                                       .tick = tick};
    enum rs_status status = rs_run_part_prepare(part, crew->n_workers, err);

    if (status != RS_OK)
        return status;
    ask.columns = rs_engine_tile_columns(part->engine, part->prepared);
    status =
        rs_permute_new(&c->permute, &part->env, &ask, crew->n_workers, err);
    if (status != RS_OK)
        return status;
    rs_ticker_count(ticker, "permute", "permutations", 0,
                    c->permutations.n_permutations);
    rs_stop_begin(c->stop);
    status = rs_permute_run(c->permute, &run, &c->permute_stats, err);
    status = rs_stop_end(c->stop, status, err);
    rs_ticker_end(ticker);
    return status;
}

size_t rs_corrections_bytes(const struct rs_corrections *c,
                            const struct rs_plan *plan)
{
    size_t n = count_cells(plan);

    if (c->methods == 0)
        return 0;
    return n > c->most_bytes / BYTES_A_TEST ? sizeof(struct rs_p_histogram)
                                            : n * BYTES_A_TEST;
}

enum rs_status rs_corrections_check(const struct rs_corrections *c,
                                    const struct rs_engine_env *env,
                                    struct rs_error *err)
{
    size_t n = count_cells(env->plan);

    if (c->methods != 0 && c->family != RS_FAMILY_ALL &&
        n > c->most_bytes / BYTES_A_TEST)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{test-memory}: families of y or x need %zu MiB "
                            "for %zu tests",
                            n * BYTES_A_TEST / 1024 / 1024 + 1, n);
    if (c->permutations.n_permutations > 0)
        return rs_permute_check(env, &c->permutations, err);
    return RS_OK;
}

enum rs_status rs_corrections_find(struct rs_corrections *c,
                                   struct rs_run_part *part,
                                   const struct rs_crew *crew,
                                   struct rs_keep *keep, struct rs_error *err)
{
    static const struct rs_keep all = {.p_max = 1.0};
    double begin = 0.0;
    enum rs_status status = RS_OK;

    part->env.keep = &all;
    c->plan = part->env.plan;
    c->spec = part->env.spec;
    c->adder = (struct rs_adder){c, open_adder, add, close_adder};
    if (c->methods != 0)
        status = adjust(c, part, crew, err);
    if (status == RS_OK && c->log_q_max < 0.0)
        limit_p(c, keep);
    begin = rs_clock_now();
    if (status == RS_OK && c->permutations.n_permutations > 0) {
        status = permute(c, part, crew, err);
        c->times.permute = rs_clock_now() - begin;
    }
    return status;
}

void rs_corrections_clear(struct rs_corrections *c)
{
    if (c->values.cells != NULL)
        (void)munmap(c->values.cells, c->cells_bytes);
    rs_families_free(c->families);
    rs_permute_free(c->permute);
    rs_lost_pairs_clear(&c->lost);
    c->values.cells = NULL;
    c->families = NULL;
    c->permute = NULL;
}
