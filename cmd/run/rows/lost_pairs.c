/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lost_pairs.h"

#include "fitter.h"
#include "slots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED = 3 };

struct refit {
    const struct rs_run_part *part;
    struct rs_collector *collector;
    struct rs_lost_pairs again; /* lost once more */
};

/* ---- the list ---------------------------------------------------- */

enum rs_status rs_lost_pairs_add(struct rs_lost_pairs *lost, size_t y_ix,
                                 size_t x_ix, struct rs_error *err)
{
    struct rs_lost_pair *more =
        realloc(lost->pairs, (lost->n + 1) * sizeof *more);

    if (more == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    lost->pairs = more;
    lost->pairs[lost->n++] = (struct rs_lost_pair){y_ix, x_ix};
    return RS_OK;
}

void rs_lost_pairs_clear(struct rs_lost_pairs *lost)
{
    free(lost->pairs);
    *lost = (struct rs_lost_pairs){0};
}

void rs_lost_pairs_names(char *text, size_t size,
                         const struct rs_lost_pairs *lost,
                         const struct rs_engine_env *env)
{
    const struct rs_column *columns = env->spec->data->columns;
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < lost->n && i < NAMED && used + 1 < size; i++) {
        const struct rs_lost_pair *pair = &lost->pairs[i];
        int len =
            snprintf(text + used, size - used, "%s'%s' on '%s'%s",
                     i == 0 ? "" : ", ", columns[env->plan->y[pair->y_ix]].name,
                     columns[env->plan->x[pair->x_ix]].name,
                     i + 1 == NAMED && lost->n > NAMED ? ", ..." : "");
        used += len > 0 ? (size_t)len : 0;
    }
}

/* ---- in a worker ------------------------------------------------- */

static enum rs_status worker_open(void *ctx, void **state, struct rs_error *err)
{
    const struct refit *refit = ctx;
    struct rs_fitter *fitter = NULL;
    enum rs_status status = rs_fitter_new(&fitter, refit->collector, err);

    *state = fitter;
    return status == RS_OK ? rs_fitter_enter(fitter, refit->part, err) : status;
}

static void worker_close(void *ctx, void *state)
{
    (void)ctx;
    rs_fitter_free(state);
}

/* A pair is a tile of one. */
static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    const struct refit *refit = ctx;
    const struct rs_lost_pair *pair = &refit->part->lost->pairs[job];
    const struct rs_tile tile = {pair->y_ix, pair->y_ix + 1, pair->x_ix,
                                 pair->x_ix + 1};

    return rs_fitter_fit(state, &tile, out, err);
}

/* ---- in the parent ----------------------------------------------- */

static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    const struct refit *refit = ctx;

    (void)job;
    return refit->collector->ops->take(refit->collector, refit->part, bytes,
                                       n_bytes, last, err);
}

static enum rs_status given_up(void *ctx, uint64_t job, uint64_t item,
                               struct rs_error *err)
{
    struct refit *refit = ctx;
    const struct rs_lost_pair *pair = &refit->part->lost->pairs[job];

    (void)item;
    return rs_lost_pairs_add(&refit->again, pair->y_ix, pair->x_ix, err);
}

/* Each of the n pairs was counted once, and kept, as lost. */
static void correct_tally(struct rs_tally *tally, const struct rs_tally *own,
                          size_t n)
{
    tally->outcomes[RS_FIT_WORKER_LOST] -= n;
    tally->kept -= n;
    rs_tally_merge(tally, own);
}

enum rs_status rs_lost_pairs_refit(const struct rs_run_part *part,
                                   struct rs_collector *collector,
                                   const struct rs_crew *crew,
                                   struct rs_run_stats *stats,
                                   struct rs_error *err)
{
    struct refit refit = {part, collector, {0}};
    struct rs_lost_pairs *lost = part->lost;
    struct rs_run_stats own;
    const struct rs_pool_task task = {
        .n_jobs = lost->n,
        .n_workers = crew->n_workers,
        .slot_bytes = RS_SLOT_NOTHING,
        .n_counts = RS_TALLY_COUNTS,
        .counts = rs_tally_counts(&own.tally),
        .ctx = &refit,
        .worker_open = worker_open,
        .work = work,
        .worker_close = worker_close,
        .commit = commit,
        .given_up = given_up,
        .stop = crew->stop,
    };
    enum rs_status status = RS_OK;

    if (lost->n == 0)
        return RS_OK;
    status = rs_pool_run(crew->pool, &task, &own.pool, err);
    rs_pool_stats_add(&stats->pool, &own.pool);
    if (status == RS_OK) {
        correct_tally(&stats->tally, &own.tally, lost->n);
        rs_lost_pairs_clear(lost);
        *lost = refit.again;
        refit.again = (struct rs_lost_pairs){0};
    }
    rs_lost_pairs_clear(&refit.again);
    return status;
}
