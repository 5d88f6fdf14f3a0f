/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "best.h"

#include "mem.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum rs_status rs_best_new(struct rs_top **out, struct rs_error *err)
{
    return rs_top_new(out, 1, RS_BEST_PAIRS, err);
}

enum rs_status rs_best_offer(struct rs_top *best, const struct rs_top_fit *fit,
                             struct rs_error *err)
{
    if (!rs_top_would_take(best, &fit->fit) ||
        (fit->fit.outcome != RS_FIT_PERFECT && isnan(fit->fit.log_p)))
        return RS_OK;
    return rs_top_offer(best, 0, fit, err);
}

static struct rs_collector *inner_of(const struct rs_collector *base)
{
    return ((const struct rs_best *)base)->inner;
}

/* ---- workers ----------------------------------------------------- */

struct worker {
    const struct rs_collector_ops *inner;
    void *state;         /* the other's */
    size_t part;         /* its number */
    struct rs_top *best; /* of a tile */
};

static void close_worker(void *state)
{
    struct worker *worker = state;

    if (worker == NULL)
        return;
    worker->inner->close(worker->state);
    rs_top_free(worker->best);
    free(worker);
}

static enum rs_status open_worker(void **state, const struct rs_collector *base,
                                  const struct rs_run_part *part,
                                  struct rs_error *err)
{
    const struct rs_collector *inner = inner_of(base);
    struct worker *worker = rs_alloc(1, sizeof *worker, err);
    enum rs_status status = RS_OK;

    *state = worker;
    if (worker == NULL)
        return RS_ERR_NOMEM;
    worker->inner = inner->ops;
    worker->part = part->number;
    status = inner->ops->open(&worker->state, inner, part, err);
    return status == RS_OK ? rs_best_new(&worker->best, err) : status;
}

static enum rs_status offer(void *state, struct rs_out *out, size_t y_ix,
                            size_t x_ix, const struct rs_fit *fit,
                            struct rs_error *err)
{
    struct worker *worker = state;
    enum rs_status status =
        worker->inner->row(worker->state, out, y_ix, x_ix, fit, err);

    return status == RS_OK
               ? rs_best_offer(
                     worker->best,
                     &(struct rs_top_fit){worker->part, y_ix, x_ix, *fit}, err)
               : status;
}

/* Puts the best behind all else of the tile: fits, and how many they are. */
static enum rs_status send(struct rs_top *best, struct rs_out *out,
                           struct rs_error *err)
{
    size_t n = 0;
    const struct rs_top_fit *fits = rs_top_sorted(best, &n, err);
    char *room = NULL;

    if (fits == NULL)
        return RS_ERR_NOMEM;
    room = rs_out_reserve(out, n * sizeof *fits + sizeof n);
    memcpy(room, fits, n * sizeof *fits);
    memcpy(room + n * sizeof *fits, &n, sizeof n);
    rs_out_advance(out, n * sizeof *fits + sizeof n);
    rs_top_clear(best);
    return RS_OK;
}

static enum rs_status end(void *state, struct rs_out *out, struct rs_error *err)
{
    struct worker *worker = state;
    enum rs_status status = worker->inner->end(worker->state, out, err);

    return status == RS_OK ? send(worker->best, out, err) : status;
}

/* ---- parent ------------------------------------------------------ */

static size_t slot_bytes(const struct rs_collector *base,
                         const struct rs_run_part *part, unsigned n_workers)
{
    const struct rs_collector *inner = inner_of(base);

    return inner->ops->slot_bytes(inner, part, n_workers);
}

static enum rs_status started(struct rs_collector *base, struct rs_error *err)
{
    struct rs_collector *inner = inner_of(base);

    return inner->ops->started(inner, err);
}

/*
 * Takes the best from a job's last piece.
 * n_bytes  inout  of the piece; then those before the best
 */
static enum rs_status take_best(struct rs_top *best, const char *bytes,
                                size_t *n_bytes, struct rs_error *err)
{
    enum rs_status status = RS_OK;
    struct rs_top_fit fit;
    size_t n = 0;

    assert(*n_bytes >= sizeof n);
    memcpy(&n, bytes + *n_bytes - sizeof n, sizeof n);
    assert(n <= RS_BEST_PAIRS && *n_bytes >= n * sizeof fit + sizeof n);
    *n_bytes -= n * sizeof fit + sizeof n;
    for (size_t i = 0; i < n && status == RS_OK; i++) {
        memcpy(&fit, bytes + *n_bytes + i * sizeof fit, sizeof fit);
        status = rs_top_offer(best, 0, &fit, err);
    }
    return status;
}

static enum rs_status take(struct rs_collector *base,
                           const struct rs_run_part *part, const char *bytes,
                           size_t n_bytes, bool last, struct rs_error *err)
{
    struct rs_collector *inner = inner_of(base);
    enum rs_status status =
        last ? take_best(part->best, bytes, &n_bytes, err) : RS_OK;

    return status == RS_OK
               ? inner->ops->take(inner, part, bytes, n_bytes, last, err)
               : status;
}

static enum rs_status settle(struct rs_collector *base, uint64_t n_jobs,
                             struct rs_error *err)
{
    struct rs_collector *inner = inner_of(base);

    return inner->ops->settle(inner, n_jobs, err);
}

static const struct rs_collector_ops best_ops = {
    .slot_bytes = slot_bytes,
    .open = open_worker,
    .close = close_worker,
    .row = offer,
    .end = end,
    .started = started,
    .take = take,
    .settle = settle,
};

void rs_best_init(struct rs_best *self, struct rs_collector *inner)
{
    *self = (struct rs_best){{&best_ops}, inner};
}
