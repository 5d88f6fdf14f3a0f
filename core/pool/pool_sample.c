/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool_sample.h"

#include "clock.h"
#include "mem.h"
#include "pool_shared.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PLACES = 8, /* at most */
    JOBS = 4    /* at each */
};

struct sampling {
    struct rs_out out; /* of the job under way */
    const struct rs_pool_task *task;
    struct rs_pool_stats *stats;
    uint64_t job;
    double end;    /* when the time of all is over */
    double commit; /* seconds, of the job */
    enum rs_status status;
    struct rs_error *err;
};

static void commit(struct sampling *run, bool last)
{
    double begin = rs_clock_now();

    if (run->status == RS_OK)
        run->status = run->task->commit(run->task->ctx, run->job, run->out.data,
                                        run->out.used, last, run->err);
    run->stats->bytes_committed += run->out.used;
    run->commit += rs_clock_now() - begin;
    run->out.used = 0;
}

static void flush(struct rs_out *out)
{
    commit((struct sampling *)out, false);
}

static bool item_begin(struct rs_out *out, uint64_t item)
{
    const struct sampling *run = (const struct sampling *)out;

    (void)item;
    return run->status == RS_OK && rs_clock_now() < run->end;
}

static void item_end(struct rs_out *out)
{
    (void)out;
}

static const struct rs_out_ops sample_ops = {flush, item_begin, item_end};

static void add_counts(uint64_t *into, const struct rs_out *out)
{
    for (unsigned i = 0; into != NULL && i < out->n_counts; i++)
        into[i] += out->counts[i];
}

static enum rs_status run_job(struct sampling *run, void *state,
                              struct rs_pool_taken *taken)
{
    const struct rs_pool_task *task = run->task;
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    run->commit = 0.0;
    if (run->out.n_counts > 0)
        memset(run->out.counts, 0, run->out.n_counts * sizeof *run->out.counts);
    status = task->work(task->ctx, state, run->job, &run->out, run->err);
    if (status != RS_OK)
        return status;
    commit(run, true);
    taken->n_jobs++;
    taken->commit += run->commit;
    taken->work += rs_clock_now() - begin - run->commit;
    add_counts(taken->counts, &run->out);
    add_counts(task->counts, &run->out);
    run->stats->jobs_committed++;
    return run->status;
}

/* Each place has its share of the time. */
static enum rs_status run_places(struct sampling *run, void *state,
                                 struct rs_pool_taken *taken, double seconds)
{
    const struct rs_pool_task *task = run->task;
    uint64_t n = task->n_jobs;
    uint64_t places = n <= PLACES * JOBS ? 1 : PLACES;
    uint64_t jobs = n <= PLACES * JOBS ? n : JOBS;
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    run->end = begin + seconds;
    for (uint64_t k = 0; k < places && status == RS_OK; k++)
        for (uint64_t i = 0; i < jobs && status == RS_OK; i++) {
            double share =
                seconds * (double)(k * jobs + i) / (double)(places * jobs);
            if (i > 0 && rs_clock_now() - begin > share)
                continue;
            run->job = task->first_job + k * (n / places) + i;
            status = run_job(run, state, &taken[i == 0 ? 0 : 1]);
        }
    return status;
}

/* ---- workers beside ---------------------------------------------- */

struct beside {
    pid_t *pids; /* [n] */
    unsigned n;
};

static void drop(struct rs_out *out)
{
    out->used = 0;
}

static bool any_item(struct rs_out *out, uint64_t item)
{
    (void)out;
    (void)item;
    return true;
}

static const struct rs_out_ops beside_ops = {drop, any_item, item_end};

/* Works until it is killed, at a place of its own; what it makes is lost. */
static _Noreturn void work_beside(const struct rs_pool_task *task,
                                  struct rs_out *out, void *state,
                                  uint64_t place)
{
    enum rs_status status = RS_OK;

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    out->ops = &beside_ops;
    for (uint64_t i = place; status == RS_OK; i++) {
        out->used = 0;
        status = task->work(task->ctx, state,
                            task->first_job + i % task->n_jobs, out, NULL);
    }
    _exit(0);
}

/* Memory is shared by all who work: a tile takes what it takes among them. One
 * that cannot be started is none. */
static void start_beside(struct beside *beside, unsigned n,
                         const struct rs_pool_task *task, struct rs_out *out,
                         void *state)
{
    beside->pids = rs_alloc(n, sizeof *beside->pids, NULL);
    for (unsigned w = 0; w < n && beside->pids != NULL; w++) {
        pid_t pid = fork();
        if (pid == 0)
            work_beside(task, out, state, task->n_jobs * (w + 1) / (n + 1));
        if (pid < 0)
            return;
        beside->pids[beside->n++] = pid;
    }
}

static void end_beside(struct beside *beside)
{
    for (unsigned w = 0; w < beside->n; w++)
        (void)kill(beside->pids[w], SIGKILL);
    for (unsigned w = 0; w < beside->n; w++)
        (void)waitpid(beside->pids[w], NULL, 0);
    free(beside->pids);
}

/* ---- the pool ---------------------------------------------------- */

static enum rs_status run_sample(const struct rs_pool *base,
                                 const struct rs_pool_task *task,
                                 struct rs_pool_stats *stats,
                                 struct rs_error *err)
{
    const struct rs_pool_sample *self = (const struct rs_pool_sample *)base;
    struct sampling run = {.out = {.ops = &sample_ops,
                                   .room = rs_pool_slot_room(task),
                                   .n_counts = task->n_counts},
                           .task = task,
                           .stats = stats,
                           .err = err};
    struct beside beside = {0};
    void *state = NULL;
    double begin = rs_clock_now();
    enum rs_status status = RS_ERR_NOMEM;

    if (*self->done)
        return rs_pool_inline.run(&rs_pool_inline, task, stats, err);
    *self->done = true;
    run.out.data = rs_alloc(run.out.room, 1, err);
    run.out.counts = rs_alloc(run.out.n_counts, sizeof *run.out.counts, err);
    if (run.out.data != NULL && run.out.counts != NULL)
        status = task->worker_open(task->ctx, &state, err);
    *self->open = rs_clock_now() - begin;
    if (status == RS_OK && task->started != NULL)
        status = task->started(task->ctx, err);
    if (status == RS_OK) {
        start_beside(&beside, self->n_beside, task, &run.out, state);
        status = run_places(&run, state, self->taken, self->seconds);
        end_beside(&beside);
    }
    task->worker_close(task->ctx, state);
    free(run.out.data);
    free(run.out.counts);
    return status;
}

void rs_pool_sample_init(struct rs_pool_sample *pool)
{
    pool->base.run = run_sample;
}
