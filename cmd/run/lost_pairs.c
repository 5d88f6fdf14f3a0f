/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lost_pairs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOT = 4096, NAMED = 3 };

struct refit {
    const struct rs_sweep *sweep;
    const struct rs_lost_pair *pairs; /* [n_jobs] */
    struct rs_lost_pairs again;       /* lost once more */
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

    return refit->sweep->engine->open(state, &refit->sweep->env,
                                      refit->sweep->shared, err);
}

static void worker_close(void *ctx, void *state)
{
    const struct refit *refit = ctx;

    refit->sweep->engine->close(state);
}

static bool begin_pair(void *ctx, uint64_t item)
{
    return rs_out_item_begin(ctx, item);
}

static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    const struct refit *refit = ctx;
    const struct rs_sweep *sweep = refit->sweep;
    const struct rs_lost_pair *pair = &refit->pairs[job];
    const struct rs_tile tile = {pair->y_ix, pair->y_ix + 1, pair->x_ix,
                                 pair->x_ix + 1};
    struct rs_values own = *sweep->values;
    struct rs_tally tally = {0};
    double cell = NAN;
    const struct rs_emitter emit = {
        .ctx = out,
        .begin = begin_pair,
        .tally = &tally,
        .values = sweep->histogram != NULL ? &own : sweep->values,
        .sample = sweep->sample,
    };
    enum rs_status status = RS_OK;

    own.cells = &cell;
    own.y0 = tile.y0;
    own.x0 = tile.x0;
    own.n_x = 1;
    status = sweep->engine->fit_tile(state, &tile, &emit, err);
    rs_out_item_end(out);
    if (status == RS_OK && sweep->histogram != NULL)
        rs_out_put(out, &cell, sizeof cell);
    rs_tally_send(out, &tally);
    return status;
}

/* ---- in the parent ----------------------------------------------- */

static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    const struct refit *refit = ctx;

    (void)job;
    (void)last;
    (void)err;
    if (refit->sweep->histogram != NULL)
        rs_sweep_count_values(refit->sweep->histogram, bytes, n_bytes);
    return RS_OK;
}

static enum rs_status given_up(void *ctx, uint64_t job, uint64_t item,
                               struct rs_error *err)
{
    struct refit *refit = ctx;
    const struct rs_lost_pair *pair = &refit->pairs[job];

    (void)item;
    return rs_lost_pairs_add(&refit->again, pair->y_ix, pair->x_ix, err);
}

/* Each of the n pairs was counted once, and kept, as lost. */
static void correct_tally(struct rs_tally *tally, const struct rs_tally *own,
                          size_t n)
{
    uint64_t *counts = rs_tally_counts(tally);
    uint64_t more[RS_TALLY_COUNTS];

    tally->outcomes[RS_FIT_WORKER_LOST] -= n;
    tally->kept -= n;
    memcpy(more, own, sizeof more);
    for (size_t i = 0; i < RS_TALLY_COUNTS; i++)
        counts[i] += more[i];
}

enum rs_status rs_lost_pairs_refit(struct rs_lost_pairs *lost,
                                   const struct rs_sweep *sweep,
                                   struct rs_run_stats *stats,
                                   struct rs_error *err)
{
    struct refit refit = {.sweep = sweep, .pairs = lost->pairs};
    struct rs_run_stats own;
    const struct rs_pool_task task = {
        .n_jobs = lost->n,
        .n_workers = sweep->n_workers,
        .slot_bytes = SLOT,
        .n_counts = RS_TALLY_COUNTS,
        .counts = rs_tally_counts(&own.tally),
        .ctx = &refit,
        .worker_open = worker_open,
        .work = work,
        .worker_close = worker_close,
        .commit = commit,
        .given_up = given_up,
        .stop = sweep->stop,
    };
    enum rs_status status = RS_OK;

    if (lost->n == 0)
        return RS_OK;
    status = rs_pool_run(sweep->pool, &task, &own.pool, err);
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
