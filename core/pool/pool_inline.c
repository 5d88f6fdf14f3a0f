/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool.h"

#include "clock.h"
#include "mem.h"
#include "pool_shared.h"

#include <stdlib.h>
#include <string.h>

/* One run in the caller's process. */
struct inline_run {
    struct rs_out out; /* of the job under way */
    const struct rs_pool_task *task;
    struct rs_pool_stats *stats;
    uint64_t job;
    enum rs_status status; /* of commits */
    struct rs_error error; /* of the one that failed */
    double last_tick;
};

static void tick(struct inline_run *run, bool at_once)
{
    double t = rs_clock_now();

    if (run->task->tick == NULL ||
        (!at_once && t - run->last_tick < rs_pool_tick_seconds))
        return;
    run->last_tick = t;
    run->task->tick(run->task->ctx, run->stats);
}

static enum rs_status look_at_stop(const struct rs_pool_task *task,
                                   struct rs_error *err)
{
    return task->stop != NULL && *task->stop != 0
               ? rs_error_set(err, RS_ERR_INTERRUPTED, "interrupted")
               : RS_OK;
}

/* After a failure there is nobody to take what the job still has to say. */
static void commit(struct inline_run *run, bool last)
{
    double begin = rs_clock_now();

    if (run->status == RS_OK)
        run->status = run->task->commit(run->task->ctx, run->job, run->out.data,
                                        run->out.used, last, &run->error);
    if (run->status == RS_OK)
        run->stats->bytes_committed += run->out.used;
    run->stats->commit_seconds += rs_clock_now() - begin;
    run->out.used = 0;
}

static void flush(struct rs_out *out)
{
    struct inline_run *run = (struct inline_run *)out;

    commit(run, false);
    tick(run, false);
}

/* Then nobody waits for the rest of a long job, either. */
static bool item_begin(struct rs_out *out, uint64_t item)
{
    struct inline_run *run = (struct inline_run *)out;

    (void)item;
    if (run->status == RS_OK)
        run->status = look_at_stop(run->task, &run->error);
    return run->status == RS_OK;
}

static void item_end(struct rs_out *out)
{
    (void)out;
}

static const struct rs_out_ops inline_ops = {flush, item_begin, item_end};

static enum rs_status run_job(struct inline_run *run, void *state,
                              struct rs_error *err)
{
    const struct rs_pool_task *task = run->task;
    struct rs_out *out = &run->out;
    enum rs_status status = RS_OK;

    if (out->n_counts > 0)
        memset(out->counts, 0, out->n_counts * sizeof *out->counts);
    status = task->work(task->ctx, state, run->job, out, err);
    if (status != RS_OK)
        return status;
    commit(run, true);
    if (run->status != RS_OK) {
        if (err != NULL)
            *err = run->error;
        return run->status;
    }
    run->stats->jobs_committed++;
    for (unsigned i = 0; i < out->n_counts; i++)
        task->counts[i] += out->counts[i];
    return RS_OK;
}

static enum rs_status run_jobs(struct inline_run *run, void *state,
                               struct rs_error *err)
{
    const struct rs_pool_task *task = run->task;
    enum rs_status status = RS_OK;

    for (uint64_t i = 0; i < task->n_jobs && status == RS_OK; i++) {
        status = look_at_stop(task, err);
        if (status != RS_OK)
            break;
        run->job = task->first_job + i;
        status = run_job(run, state, err);
        tick(run, false);
    }
    if (status == RS_OK)
        tick(run, true);
    return status;
}

static enum rs_status room_for(struct rs_out *out,
                               const struct rs_pool_task *task,
                               struct rs_error *err)
{
    out->ops = &inline_ops;
    out->room = rs_pool_slot_room(task);
    out->n_counts = task->n_counts;
    out->data = rs_alloc(out->room, 1, err);
    out->counts = rs_alloc(out->n_counts, sizeof *out->counts, err);
    return out->data == NULL || out->counts == NULL ? RS_ERR_NOMEM : RS_OK;
}

static enum rs_status run_inline(const struct rs_pool *self,
                                 const struct rs_pool_task *task,
                                 struct rs_pool_stats *stats,
                                 struct rs_error *err)
{
    struct inline_run run = {
        .task = task, .stats = stats, .last_tick = rs_clock_now()};
    void *state = NULL;
    bool opened = false;
    enum rs_status status = room_for(&run.out, task, err);

    (void)self;
    if (status == RS_OK && task->worker_open != NULL)
        status = task->worker_open(task->ctx, &state, err);
    opened = status == RS_OK;
    if (status == RS_OK && task->started != NULL)
        status = task->started(task->ctx, err);
    if (status == RS_OK)
        status = run_jobs(&run, state, err);
    if (opened && task->worker_close != NULL)
        task->worker_close(task->ctx, state);
    free(run.out.data);
    free(run.out.counts);
    return status;
}

const struct rs_pool rs_pool_inline = {run_inline};
