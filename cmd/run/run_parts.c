/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_parts.h"

#include "engines.h"
#include "mem.h"
#include "pair_rows.h"
#include "parallel.h"
#include "part_view.h"
#include "run_kinds.h"
#include "run_labels.h"
#include "tile_shape.h"

#include <stdatomic.h>
#include <stdlib.h>

/* ---- making ------------------------------------------------------ */

static void set_part(struct rs_run *run, size_t i)
{
    const struct rs_row_groups *groups = &run->input.groups;
    const struct rs_run_kind *kind = &run->kinds[i % run->n_kinds];
    size_t group = i / run->n_kinds;
    bool pooled = groups->n > 0 && group == groups->n;
    struct rs_plan *plan = &run->plans[i];

    plan->pairs = run->input.pairs;
    run->parts[i] = (struct rs_run_part){
        .number = i,
        .rows = groups->n == 0 || pooled ? (struct rs_row_range){0}
                                         : groups->rows[group],
        .group = group,
        .set = kind->set,
        .pooled = pooled,
        .env = {plan, run->asked.model, &kind->spec, &run->keep, NULL, NULL},
        .lost = &run->lost[i],
    };
    if (!pooled && kind->compare.ctx != NULL)
        run->parts[i].adders[RS_ADDS_COMPARED] = &kind->compare;
}

enum rs_status rs_run_parts_new(struct rs_run *run, struct rs_error *err)
{
    size_t n_groups = run->input.groups.n == 0 ? 1 : run->input.groups.n;
    bool pooled = run->settings->selecting.pool_groups != RS_POOLING_NONE;
    size_t n = (n_groups + pooled) * run->n_kinds;

    run->parts = rs_alloc(n, sizeof *run->parts, err);
    run->plans = rs_alloc(n, sizeof *run->plans, err);
    run->lost = rs_alloc(n, sizeof *run->lost, err);
    run->views = rs_alloc(n, sizeof *run->views, err);
    if (pooled)
        run->pooled = rs_alloc(run->n_kinds, sizeof *run->pooled, err);
    if (run->parts == NULL || run->plans == NULL || run->lost == NULL ||
        run->views == NULL || (pooled && run->pooled == NULL))
        return RS_ERR_NOMEM;
    run->n_parts = n;
    for (size_t i = 0; i < n; i++)
        set_part(run, i);
    return rs_run_labels_make(&run->labels, &run->input, run->parts, n, err);
}

/* The parts of the groups that a pooled one is made of. */
static enum rs_status pool(struct rs_run *run, size_t kind,
                           struct rs_error *err)
{
    size_t n = run->input.groups.n;
    struct rs_run_part *groups = rs_alloc(n, sizeof *groups, err);
    struct rs_run_part *part = &run->parts[n * run->n_kinds + kind];

    if (groups == NULL)
        return RS_ERR_NOMEM;
    for (size_t g = 0; g < n; g++)
        groups[g] = run->parts[g * run->n_kinds + kind];
    run->pooled[kind] = (struct rs_pooled_groups){
        (enum rs_pooling)run->settings->selecting.pool_groups, groups, n};
    part->engine = &rs_engine_pooled;
    part->prepared = &run->pooled[kind];
    return RS_OK;
}

enum rs_status rs_run_parts_pool(struct rs_run *run, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t k = 0; run->pooled != NULL && k < run->n_kinds; k++)
        if (status == RS_OK)
            status = pool(run, k, err);
    return status;
}

static void clear_pooled(struct rs_run *run)
{
    for (size_t k = 0; run->pooled != NULL && k < run->n_kinds; k++)
        free((void *)run->pooled[k].parts);
    free(run->pooled);
    run->pooled = NULL;
}

void rs_run_parts_clear(struct rs_run *run)
{
    rs_run_parts_second(run);
    for (size_t i = 0; i < run->n_parts; i++) {
        if (run->views[i].of == NULL) /* else it is the view's */
            rs_run_part_release(&run->parts[i]);
        rs_part_view_clear(&run->views[i]);
        rs_lost_pairs_clear(&run->lost[i]);
        rs_plan_clear_reshaped(&run->plans[i]);
        if (run->first_plans != NULL)
            rs_plan_clear_reshaped(&run->first_plans[i]);
    }
    clear_pooled(run);
    free(run->parts);
    free(run->firsts);
    free(run->first_plans);
    free(run->plans);
    free(run->lost);
    free(run->views);
    rs_run_labels_clear(&run->labels);
    run->parts = NULL;
    run->firsts = NULL;
    run->first_plans = NULL;
    run->plans = NULL;
    run->lost = NULL;
    run->views = NULL;
    run->n_parts = 0;
}

/* ---- tiles ------------------------------------------------------- */

static bool column_complete(const struct rs_column *column,
                            const struct rs_run_part *part)
{
    const struct rs_row_range *rows = &part->rows;

    if (column->n_missing == 0 || rows->n == 0)
        return column->n_missing == 0;
    for (size_t i = rows->first; i < rows->first + rows->n; i++)
        if (!rs_column_has(column, i))
            return false;
    return true;
}

/* True when no column of the list has missing values in the part's rows.
 * by  in  the column that each is; NULL: itself */
static bool complete(const struct rs_run_part *part, const size_t *columns,
                     size_t n, const size_t *by)
{
    const struct rs_dataset *data = part->env.spec->data;

    for (size_t i = 0; i < n; i++) {
        size_t column = by == NULL ? columns[i] : by[columns[i]];
        if (!column_complete(&data->columns[column], part))
            return false;
    }
    return true;
}

/* The pairs of a list; 0: there is none. */
static uint64_t n_listed(const struct rs_run_kind *kind)
{
    const struct rs_plan *plan =
        kind->plan.n_pairs > 0 ? &kind->plan : &kind->first;

    return plan->pairs == RS_PAIRS_LIST ? plan->n_pairs : 0;
}

/* The shape of a part's tiles. */
static struct rs_tile_shape shape_of(const struct rs_run *run,
                                     const struct rs_run_part *part,
                                     bool screened, bool matrix)
{
    const struct rs_input *input = &run->input;
    const struct rs_run_kind *kind = rs_run_kind_of(run, part);
    const size_t *filled = input->missing.filled;
    const struct rs_tile_shape_ask ask = {
        .n_y = kind->n_y,
        .n_x = kind->n_x,
        .n_listed = n_listed(kind),
        .n_rows = part->rows.n == 0 ? input->data->n_rows : part->rows.n,
        .n_covariates = part->env.spec->n_covariates,
        .rows_per_pair = rs_pair_rows_most(run->asked.rows, part->env.spec),
        .by_tile = rs_engine_choose(&part->env)->by_tile,
        .screened = screened,
        .matrix = matrix,
        .complete = screened && complete(part, kind->y, kind->n_y, NULL) &&
                    complete(part, kind->x, kind->n_x, filled),
    };

    return part->pooled
               ? rs_pooled_shape(rs_tile_shape_for(&ask), input->groups.n)
               : rs_tile_shape_for(&ask);
}

enum rs_status rs_run_parts_cut(struct rs_run *run, bool screened, bool matrix,
                                struct rs_error *err)
{
    uint64_t n_jobs = 0;

    for (size_t i = 0; i < run->n_parts; i++) {
        struct rs_run_part *part = &run->parts[i];
        enum rs_status status =
            rs_plan_reshape(&run->plans[i], &rs_run_kind_of(run, part)->plan,
                            shape_of(run, part, screened, matrix), err);
        if (status != RS_OK)
            return status;
        part->first_job = n_jobs;
        n_jobs += run->plans[i].n_tiles;
    }
    return RS_OK;
}

/* ---- two passes -------------------------------------------------- */

enum rs_status rs_run_parts_first(struct rs_run *run, struct rs_error *err)
{
    static const struct rs_keep all = {.p_max = 1.0};
    uint64_t n_jobs = 0;

    run->firsts = rs_alloc(run->n_parts, sizeof *run->firsts, err);
    run->first_plans = rs_alloc(run->n_parts, sizeof *run->first_plans, err);
    if (run->firsts == NULL || run->first_plans == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < run->n_parts; i++) {
        struct rs_run_part *first = &run->firsts[i];
        struct rs_plan *plan = &run->first_plans[i];
        enum rs_status status = RS_OK;
        *first = run->parts[i];
        status = rs_plan_reshape(plan, &rs_run_kind_of(run, first)->first,
                                 shape_of(run, first, false, true), err);
        if (status != RS_OK)
            return status;
        first->env.plan = plan;
        first->env.keep = &all;
        first->first_job = n_jobs;
        n_jobs += plan->n_tiles;
    }
    return RS_OK;
}

void rs_run_parts_second(struct rs_run *run)
{
    for (size_t i = 0; run->firsts != NULL && i < run->n_parts; i++) {
        struct rs_run_part *first = &run->firsts[i];
        if (first->prepared != NULL && run->views[i].of == NULL)
            run->parts[i].prepared = first->prepared;
        first->prepared = NULL;
    }
}

/* ---- columns ----------------------------------------------------- */

/* Parts of so many rows on the average, and so few of them, are prepared
 * once for all workers: what it takes besides the columns is little then. */
enum { SHARED_ROWS = 256, SHARED_PARTS = 4096 };

struct preparing {
    struct rs_run *run;
    struct rs_run_part *parts;
    unsigned n_threads; /* for each */
    atomic_bool failed;
    struct rs_error *err; /* NULL: of several threads */
};

static void prepare_part(void *ctx, size_t i)
{
    struct preparing *self = ctx;
    struct rs_run *run = self->run;
    struct rs_run_part *part = &self->parts[i];
    enum rs_status status = RS_OK;

    if (part->rows.n == 0) {
        status = rs_run_part_prepare(part, self->n_threads, self->err);
    } else {
        status = rs_part_view_enter(&run->views[i], part, self->n_threads,
                                    self->err);
        part->prepared = run->views[i].part.prepared;
    }
    if (status != RS_OK)
        atomic_store(&self->failed, true);
}

enum rs_status rs_run_parts_prepare(struct rs_run *run,
                                    struct rs_run_part *parts,
                                    struct rs_error *err)
{
    const struct rs_crew *crew = &run->sweep.crew;
    unsigned n_threads = crew->n_workers;
    bool many = run->n_parts > n_threads;
    struct preparing self = {.run = run,
                             .parts = parts,
                             .n_threads = many ? 1 : n_threads,
                             .err = many ? NULL : err};

    if (run->parts->engine->prepare == NULL)
        return RS_OK;
    if (run->n_parts > SHARED_PARTS ||
        run->n_parts > 1 + run->input.data->n_rows / SHARED_ROWS)
        return RS_OK;
    rs_ticker_stage(crew->ticker, "preparing");
    rs_parallel(many ? n_threads : 1, run->n_parts, &self, prepare_part);
    rs_ticker_end(crew->ticker);
    if (!atomic_load(&self.failed))
        return RS_OK;
    return many ? rs_error_set(err, RS_ERR_NOMEM, "out of memory for columns")
                : RS_ERR_NOMEM;
}

/* ---- how many ---------------------------------------------------- */

/* Pairs of the first parts. */
static uint64_t count_pairs(const struct rs_run *run, size_t n_parts)
{
    uint64_t n = 0;

    for (size_t i = 0; i < n_parts; i++)
        n += run->plans[i].n_pairs;
    return n;
}

size_t rs_run_n_own_parts(const struct rs_run *run)
{
    return run->n_parts - (run->pooled == NULL ? 0 : run->n_kinds);
}

uint64_t rs_run_n_tests(const struct rs_run *run)
{
    return count_pairs(run, rs_run_n_own_parts(run));
}

uint64_t rs_run_n_pairs(const struct rs_run *run)
{
    return count_pairs(run, run->n_parts);
}

uint64_t rs_run_n_tiles(const struct rs_run *run)
{
    return rs_run_part_end(&run->parts[run->n_parts - 1]);
}

uint64_t rs_run_pairs_before(const struct rs_run *run, uint64_t tiles)
{
    uint64_t n = 0;
    size_t i = 0;

    for (; i < run->n_parts && rs_run_part_end(&run->parts[i]) <= tiles; i++)
        n += run->plans[i].n_pairs;
    return i == run->n_parts
               ? n
               : n + rs_plan_pairs_before(&run->plans[i],
                                          tiles - run->parts[i].first_job);
}
