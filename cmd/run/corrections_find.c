/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "corrections.h"

#include "clock.h"
#include "corrected_rows.h"
#include "engine_tile.h"
#include "mem.h"
#include "part_view.h"
#include "sweep.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
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
    c->family = asked->family;
    c->most_bytes = testing->test_memory << 20;
    c->permutations = (struct rs_permute_ask){
        .n_permutations = testing->permute, .seed = testing->seed};
    c->bootstrap =
        (struct rs_bootstrap_ask){testing->bootstrap, testing->seed,
                                  asked->settings->modelling.conf_level};
}

bool rs_corrections_wanted(const struct rs_corrections *c)
{
    return c->methods != 0 || c->permutations.n_permutations > 0 ||
           c->bootstrap.n_resamples > 0;
}

/* ---- parts ------------------------------------------------------- */

static enum rs_status take_parts(struct rs_corrections *c,
                                 struct rs_run_part *parts, size_t n,
                                 struct rs_error *err)
{
    c->parts = rs_alloc(n, sizeof *c->parts, err);
    if (c->parts == NULL)
        return RS_ERR_NOMEM;
    c->n_parts = n;
    for (size_t i = 0; i < n; i++) {
        struct rs_corrected_part *part = &c->parts[i];
        const struct rs_plan *plan = parts[i].env.plan;
        bool matched = plan->pairs == RS_PAIRS_MATCHED;
        bool listed = plan->pairs == RS_PAIRS_LIST;
        part->all = c;
        part->ix = i;
        part->plan = plan;
        part->spec = parts[i].env.spec;
        part->values = (struct rs_values){.field = RS_VALUE_LOG_P,
                                          .matched = matched,
                                          .n_x = matched ? 1 : plan->n_x,
                                          .list = listed ? plan : NULL};
        part->adder = rs_corrected_adder(part);
    }
    return RS_OK;
}

/* ---- the first pass ---------------------------------------------- */

static enum rs_status map_cells(struct rs_corrections *c, struct rs_error *err)
{
    void *base = NULL;

    c->cells_bytes = c->map.n_cells * sizeof(double);
    base = mmap(NULL, c->cells_bytes, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED)
        return rs_error_set_os(err, RS_ERR_NOMEM, NULL, errno,
                               "no room for the p of %zu tests",
                               c->map.n_cells);
    c->cells = base;
    for (size_t i = 0; i < c->n_parts; i++)
        c->parts[i].values.cells = c->cells + c->map.blocks[i].first;
    return RS_OK;
}

/* A part of all rows is prepared here, as it will serve the second pass. */
static enum rs_status prepare(struct rs_run_part *part,
                              const struct rs_crew *crew, struct rs_error *err)
{
    return part->rows.n == 0 ? rs_run_part_prepare(part, crew->n_workers, err)
                             : RS_OK;
}

/* A sweep of all pairs, whatever is kept later.
 * histograms  in  [map.n], each family's; NULL: cells are filled */
static enum rs_status sweep_all(struct rs_corrections *c,
                                struct rs_run_part *parts,
                                const struct rs_crew *crew,
                                struct rs_p_histogram *histograms,
                                struct rs_error *err)
{
    struct rs_sweep sweep = {.parts = rs_parts_all(parts, c->n_parts),
                             .crew = *crew,
                             .counted = histograms != NULL};
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < c->n_parts && status == RS_OK; i++) {
        parts[i].values = &c->parts[i].values;
        parts[i].lost = &c->parts[i].lost;
        if (histograms != NULL)
            parts[i].histogram = &histograms[c->map.blocks[i].of[0]];
        status = prepare(&parts[i], crew, err);
    }
    sweep.crew.what = "testing";
    rs_stop_begin(c->stop);
    if (status == RS_OK)
        status = rs_sweep_run(&sweep, &c->pass_stats, err);
    return rs_stop_end(c->stop, status, err);
}

/* True when p are not kept one by one. */
static bool is_counted(const struct rs_corrections *c)
{
    return c->map.n_cells > c->most_bytes / BYTES_A_TEST;
}

static enum rs_status by_histograms(struct rs_corrections *c,
                                    struct rs_run_part *parts,
                                    const struct rs_crew *crew,
                                    const struct rs_families_ask *ask,
                                    struct rs_error *err)
{
    struct rs_pages pages = {0};
    double begin = rs_clock_now();
    enum rs_status status =
        rs_pages_new(&pages, c->map.n * sizeof(struct rs_p_histogram), err);

    if (status == RS_OK)
        status = sweep_all(c, parts, crew, pages.base, err);
    c->times.pass = rs_clock_now() - begin;
    if (status == RS_OK)
        status = rs_families_new_histograms(&c->families, pages.base, ask, err);
    c->times.families = rs_clock_now() - begin - c->times.pass;
    rs_pages_free(&pages);
    return status;
}

static enum rs_status adjust(struct rs_corrections *c,
                             struct rs_run_part *parts,
                             const struct rs_crew *crew, struct rs_error *err)
{
    const struct rs_families_ask ask = {
        .map = &c->map,
        .methods = c->methods,
        .n_threads = crew->n_workers,
        .most_bytes = c->most_bytes,
    };
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    if (is_counted(c))
        return by_histograms(c, parts, crew, &ask, err);
    status = map_cells(c, err);
    if (status == RS_OK)
        status = sweep_all(c, parts, crew, NULL, err);
    c->times.pass = rs_clock_now() - begin;
    if (status == RS_OK)
        status = rs_families_new(&c->families, c->cells, &ask, err);
    c->times.families = rs_clock_now() - begin - c->times.pass;
    return status;
}

/* ---- permutations ------------------------------------------------ */

struct ticking {
    const struct rs_ticker *ticker;
    uint64_t before, total; /* permutations of parts */
};

static void tick(void *ctx, const struct rs_pool_stats *stats)
{
    const struct ticking *ticking = ctx;

    rs_ticker_count(ticking->ticker, "permute", "permutations",
                    ticking->before + stats->jobs_committed, ticking->total);
}

/* The permutations of a part, whose maxima go to those of all. */
static enum rs_status permute_part(struct rs_corrections *c, size_t i,
                                   const struct rs_run_part *part,
                                   const struct rs_permute_run *run,
                                   struct rs_error *err)
{
    struct rs_permute_ask ask = c->permutations;
    struct rs_pool_stats own = {0};
    enum rs_status status = RS_OK;

    ask.family =
        (enum rs_family)((unsigned)c->family & (RS_FAMILY_Y | RS_FAMILY_X));
    ask.columns = rs_engine_tile_columns(part->engine, part->prepared);
    ask.joint = c->joint;
    ask.part = i;
    ask.group = part->group;
    status = rs_permute_new(&c->parts[i].permute, &part->env, &ask,
                            run->n_workers, err);
    if (status == RS_OK)
        status = rs_permute_run(c->parts[i].permute, run, &own, err);
    rs_pool_stats_add(&c->permute_stats, &own);
    return status;
}

static enum rs_status permute(struct rs_corrections *c,
                              struct rs_run_part *parts,
                              const struct rs_crew *crew, struct rs_error *err)
{
    uint64_t n = c->permutations.n_permutations;
    struct ticking ticking = {crew->ticker, 0, n * c->n_parts};
    const struct rs_permute_run run = {.pool = crew->pool,
                                       .n_workers = crew->n_workers,
                                       .stop = crew->stop,
                                       .ctx = &ticking,
                                       .tick = tick};
    struct rs_part_view view = {0};
    enum rs_status status = rs_permute_joint_new(&c->joint, &c->map, n, err);

    rs_ticker_count(crew->ticker, "permute", "permutations", 0, ticking.total);
    rs_stop_begin(c->stop);
    for (size_t i = 0; i < c->n_parts && status == RS_OK; i++) {
        status = prepare(&parts[i], crew, err);
        if (status == RS_OK)
            status = rs_part_view_enter(&view, &parts[i], crew->n_workers, err);
        if (status == RS_OK)
            status = permute_part(c, i, &view.part, &run, err);
        ticking.before += n;
    }
    rs_part_view_clear(&view);
    status = rs_stop_end(c->stop, status, err);
    rs_ticker_end(crew->ticker);
    if (status == RS_OK)
        rs_permute_joint_finish(c->joint);
    return status;
}

/* ---- all of it --------------------------------------------------- */

size_t rs_corrections_bytes(const struct rs_corrections *c)
{
    if (c->methods == 0)
        return 0;
    return is_counted(c) ? c->map.n * sizeof(struct rs_p_histogram)
                         : c->map.n_cells * BYTES_A_TEST;
}

/* Histograms are of whole parts, and few. */
static enum rs_status check_counted(const struct rs_corrections *c,
                                    struct rs_error *err)
{
    const struct rs_family_map *map = &c->map;

    if (map->n <= 1 ||
        (rs_family_of_parts(c->family) &&
         map->n <= c->most_bytes / sizeof(struct rs_p_histogram)))
        return RS_OK;
    return rs_error_set(err, RS_ERR_USAGE,
                        "{test-memory}: families of y or x need %zu MiB for "
                        "%zu tests",
                        map->n_cells * BYTES_A_TEST / 1024 / 1024 + 1,
                        map->n_cells);
}

enum rs_status rs_corrections_check(struct rs_corrections *c,
                                    const struct rs_run_part *parts, size_t n,
                                    struct rs_error *err)
{
    enum rs_status status = rs_run_parts_map(&c->map, c->family, parts, n, err);

    if (status == RS_OK && c->methods != 0 && is_counted(c))
        status = check_counted(c, err);
    for (size_t i = 0; i < n && status == RS_OK; i++) {
        const struct rs_engine_env *env = &parts[i].env;
        if (c->permutations.n_permutations > 0)
            status = rs_permute_check(env, &c->permutations, err);
        if (status == RS_OK && c->bootstrap.n_resamples > 0)
            status = rs_bootstrap_check(env->spec, env->plan->x, env->plan->n_x,
                                        err);
    }
    return status;
}

enum rs_status rs_corrections_find(struct rs_corrections *c,
                                   struct rs_run_part *parts, size_t n,
                                   const struct rs_crew *crew,
                                   struct rs_keep *keep, struct rs_error *err)
{
    double begin = 0.0;
    enum rs_status status = take_parts(c, parts, n, err);

    if (status == RS_OK && c->methods != 0)
        status = adjust(c, parts, crew, err);
    if (status == RS_OK && c->log_q_max < 0.0)
        rs_corrected_keep(c, keep);
    begin = rs_clock_now();
    if (status == RS_OK && c->permutations.n_permutations > 0) {
        status = permute(c, parts, crew, err);
        c->times.permute = rs_clock_now() - begin;
    }
    return status;
}

size_t rs_corrections_lost(const struct rs_corrections *c)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n_parts; i++)
        n += c->parts[i].lost.n;
    return n;
}

size_t rs_corrections_left_out(const struct rs_corrections *c)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n_parts; i++)
        if (c->parts[i].permute != NULL)
            n += rs_permute_left_out(c->parts[i].permute);
    return n;
}

void rs_corrections_clear(struct rs_corrections *c)
{
    if (c->cells != NULL)
        (void)munmap(c->cells, c->cells_bytes);
    for (size_t i = 0; i < c->n_parts; i++) {
        rs_permute_free(c->parts[i].permute);
        rs_lost_pairs_clear(&c->parts[i].lost);
    }
    free(c->parts);
    rs_families_free(c->families);
    rs_permute_joint_free(c->joint);
    rs_family_map_clear(&c->map);
    c->parts = NULL;
    c->n_parts = 0;
    c->cells = NULL;
    c->families = NULL;
    c->joint = NULL;
}
