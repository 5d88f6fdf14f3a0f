/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "permute_shared.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* See rs_permute_p. */
static const double tie_part = 1e-9;
static const double tie_least = 1e-13;

/* ---- maxima ------------------------------------------------------ */

void rs_permute_take(struct rs_permute *permute, const void *bytes,
                     size_t n_bytes)
{
    const char *at = bytes;

    for (size_t i = 0; i < n_bytes; i += sizeof(double)) {
        assert(permute->taken_number < permute->ask.n_permutations);
        memcpy(&permute->maxima[permute->taken_family *
                                    permute->ask.n_permutations +
                                permute->taken_number],
               at + i, sizeof(double));
        if (++permute->taken_family == permute->n_values) {
            permute->taken_family = 0;
            permute->taken_number++;
        }
    }
}

void rs_permute_finish(struct rs_permute *permute)
{
    const double *stats =
        permute->n_values == permute->n_families
            ? NULL
            : permute->maxima +
                  permute->n_families * permute->ask.n_permutations;

    rs_permute_joint_add(permute->joint, permute->ask.part, permute->maxima,
                         permute->df, stats, permute->n_threads);
    free(permute->maxima);
    permute->maxima = NULL;
    rs_permute_drop(permute);
    if (permute->ask.joint == NULL)
        rs_permute_joint_finish(permute->joint);
}

uint64_t rs_permute_lost(const struct rs_permute *permute)
{
    return rs_permute_joint_lost(permute->joint);
}

double rs_permute_p(const struct rs_permute *permute, size_t y_ix, size_t x_ix,
                    const struct rs_fit *fit)
{
    double r = fit->statistic == RS_STAT_F
                   ? sqrt(fit->stat / (fit->stat + fit->df / fit->df1))
                   : fabs(fit->stat) / hypot(fit->stat, sqrt(fit->df));

    if (fit->outcome != RS_FIT_OK || isnan(r) || !permute->y_part[y_ix] ||
        !permute->x_part[x_ix])
        return NAN;
    r -= tie_part * r + tie_least;
    return rs_permute_joint_p(permute->joint, permute->ask.part, y_ix, x_ix,
                              rs_permute_joint_stat(r, fit->df1, fit->df));
}

/* ---- all of it --------------------------------------------------- */

struct run {
    struct rs_permute *permute;
    const struct rs_permute_run *ask;
    uint64_t *numbers; /* [n] of the permutations; NULL: all, in order */
    uint64_t *lost;    /* [n_lost] numbers */
    size_t n_lost;
};

static uint64_t number_of(const struct run *run, uint64_t job)
{
    return run->numbers == NULL ? job : run->numbers[job];
}

static enum rs_status worker_open(void *ctx, void **state, struct rs_error *err)
{
    const struct run *run = ctx;
    struct rs_permute_worker *worker = NULL;
    enum rs_status status = rs_permute_open(&worker, run->permute, err);

    *state = worker;
    return status;
}

static void worker_close(void *ctx, void *state)
{
    (void)ctx;
    rs_permute_close(state);
}

/* A permutation that was given up has no maxima. */
static enum rs_status work(void *ctx, void *state, uint64_t job,
                           struct rs_out *out, struct rs_error *err)
{
    static const double none = NAN;
    const struct run *run = ctx;
    size_t n = run->permute->n_values;
    const double *maxima = NULL;

    (void)err;
    if (rs_out_item_begin(out, 0))
        maxima = rs_permute_work(state, number_of(run, job));
    rs_out_item_end(out);
    if (maxima != NULL)
        rs_out_put(out, maxima, n * sizeof *maxima);
    for (size_t i = 0; maxima == NULL && i < n; i++)
        rs_out_put(out, &none, sizeof none);
    return RS_OK;
}

static enum rs_status commit(void *ctx, uint64_t job, const void *bytes,
                             size_t n_bytes, bool last, struct rs_error *err)
{
    const struct run *run = ctx;

    (void)last;
    (void)err;
    run->permute->taken_number = number_of(run, job);
    rs_permute_take(run->permute, bytes, n_bytes);
    return RS_OK;
}

static enum rs_status given_up(void *ctx, uint64_t job, uint64_t item,
                               struct rs_error *err)
{
    struct run *run = ctx;
    uint64_t *more = realloc(run->lost, (run->n_lost + 1) * sizeof *more);

    (void)item;
    if (more == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    run->lost = more;
    run->lost[run->n_lost++] = number_of(run, job);
    return RS_OK;
}

static void tick(void *ctx, const struct rs_pool_stats *stats)
{
    const struct run *run = ctx;

    if (run->ask->tick != NULL && run->numbers == NULL)
        run->ask->tick(run->ask->ctx, stats);
}

/* Works off n permutations. */
static enum rs_status run_some(struct run *run, uint64_t n,
                               struct rs_pool_stats *stats,
                               struct rs_error *err)
{
    enum { LEAST_SLOT = 4096 };
    size_t bytes = run->permute->n_values * sizeof(double);
    const struct rs_pool_task task = {
        .n_jobs = n,
        .n_workers = run->ask->n_workers,
        .slot_bytes = bytes > LEAST_SLOT ? bytes : LEAST_SLOT,
        .ctx = run,
        .worker_open = worker_open,
        .work = work,
        .worker_close = worker_close,
        .commit = commit,
        .given_up = given_up,
        .tick = tick,
        .stop = run->ask->stop,
    };

    return rs_pool_run(run->ask->pool, &task, stats, err);
}

/* Those that were given up once more, by fresh workers. */
static enum rs_status run_again(struct run *run, struct rs_pool_stats *stats,
                                struct rs_error *err)
{
    uint64_t n = run->n_lost;
    struct rs_pool_stats own;
    enum rs_status status = RS_OK;

    run->numbers = run->lost;
    run->lost = NULL;
    run->n_lost = 0;
    status = run_some(run, n, &own, err);
    rs_pool_stats_add(stats, &own);
    return status;
}

enum rs_status rs_permute_run(struct rs_permute *permute,
                              const struct rs_permute_run *ask,
                              struct rs_pool_stats *stats, struct rs_error *err)
{
    struct run run = {.permute = permute, .ask = ask};
    enum rs_status status =
        run_some(&run, permute->ask.n_permutations, stats, err);

    if (status == RS_OK && run.n_lost > 0)
        status = run_again(&run, stats, err);
    if (status == RS_OK)
        rs_permute_finish(permute);
    free(run.numbers);
    free(run.lost);
    return status;
}
