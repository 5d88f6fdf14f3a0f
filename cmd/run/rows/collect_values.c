/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "collect_values.h"

#include "mem.h"
#include "p_histogram.h"
#include "slots.h"

#include <stdlib.h>
#include <string.h>

struct worker {
    const struct rs_values *values; /* of the part */
    struct rs_values own;           /* of a tile, to be counted */
    size_t n_cells;                 /* of it */
};

static void close_worker(void *state)
{
    struct worker *worker = state;

    if (worker != NULL) {
        free(worker->own.cells);
        free(worker->own.shift);
    }
    free(worker);
}

static enum rs_status open_worker(void **state, const struct rs_collector *base,
                                  const struct rs_run_part *part,
                                  struct rs_error *err)
{
    struct worker *worker = rs_alloc(1, sizeof *worker, err);

    (void)base;
    *state = worker;
    if (worker == NULL)
        return RS_ERR_NOMEM;
    worker->values = part->values;
    return RS_OK;
}

static enum rs_status end_nothing(void *state, struct rs_out *out,
                                  struct rs_error *err)
{
    (void)state;
    (void)out;
    (void)err;
    return RS_OK;
}

/* ---- matrix ------------------------------------------------------ */

static size_t no_bytes(const struct rs_collector *base,
                       const struct rs_run_part *part, unsigned n_workers)
{
    (void)base;
    (void)part;
    (void)n_workers;
    return RS_SLOT_NOTHING;
}

static void fill_all(void *state, struct rs_emitter *emit,
                     const struct rs_tile *tile)
{
    const struct worker *worker = state;

    (void)tile;
    emit->values = worker->values;
}

static enum rs_status take_nothing(struct rs_collector *base,
                                   const struct rs_run_part *part,
                                   const char *bytes, size_t n_bytes, bool last,
                                   struct rs_error *err)
{
    (void)base;
    (void)part;
    (void)bytes;
    (void)n_bytes;
    (void)last;
    (void)err;
    return RS_OK;
}

static const struct rs_collector_ops matrix_ops = {
    .fits_again = true,
    .slot_bytes = no_bytes,
    .open = open_worker,
    .close = close_worker,
    .begin = fill_all,
    .end = end_nothing,
    .take = take_nothing,
};

void rs_collect_matrix_init(struct rs_collector *self)
{
    *self = (struct rs_collector){&matrix_ops};
}

/* ---- histogram --------------------------------------------------- */

static size_t least_bytes(const struct rs_collector *base,
                          const struct rs_run_part *part, unsigned n_workers)
{
    (void)base;
    (void)part;
    (void)n_workers;
    return RS_SLOT_LEAST;
}

static enum rs_status open_counter(void **state,
                                   const struct rs_collector *base,
                                   const struct rs_run_part *part,
                                   struct rs_error *err)
{
    const struct rs_plan *plan = part->env.plan;
    enum rs_status status = open_worker(state, base, part, err);
    struct worker *worker = *state;

    if (status != RS_OK)
        return status;
    worker->own = *part->values;
    worker->own.cells =
        rs_alloc(rs_plan_most_pairs(plan), sizeof *worker->own.cells, err);
    if (plan->pairs == RS_PAIRS_LIST) {
        worker->own.list = plan;
        worker->own.shift =
            rs_alloc(plan->tile_y, sizeof *worker->own.shift, err);
    }
    return worker->own.cells == NULL ||
                   (worker->own.list != NULL && worker->own.shift == NULL)
               ? RS_ERR_NOMEM
               : RS_OK;
}

/* Where the pairs of a list's tile are: row behind row. Returns how many. */
static size_t place_listed(struct rs_values *own, const struct rs_tile *tile)
{
    uint64_t n = 0;

    for (size_t i = tile->y0; i < tile->y1; i++) {
        uint64_t first = rs_plan_pairs_left(own->list, i, tile->x0);
        own->shift[i - tile->y0] = (int64_t)(n - first);
        n += rs_plan_pairs_left(own->list, i, tile->x1) - first;
    }
    return (size_t)n;
}

static void fill_own(void *state, struct rs_emitter *emit,
                     const struct rs_tile *tile)
{
    struct worker *worker = state;
    struct rs_values *own = &worker->own;

    own->y0 = tile->y0;
    own->x0 = tile->x0;
    own->n_x = own->matched ? 1 : tile->x1 - tile->x0;
    worker->n_cells = own->list != NULL ? place_listed(own, tile)
                                        : (tile->y1 - tile->y0) * own->n_x;
    emit->values = own;
}

static enum rs_status send_own(void *state, struct rs_out *out,
                               struct rs_error *err)
{
    const struct worker *worker = state;

    (void)err;
    rs_out_put(out, worker->own.cells,
               worker->n_cells * sizeof *worker->own.cells);
    return RS_OK;
}

/* Pieces of whole numbers. */
static enum rs_status count(struct rs_collector *base,
                            const struct rs_run_part *part, const char *bytes,
                            size_t n_bytes, bool last, struct rs_error *err)
{
    (void)base;
    (void)last;
    (void)err;
    for (size_t i = 0; i < n_bytes; i += sizeof(double)) {
        double value = 0.0;
        memcpy(&value, bytes + i, sizeof value);
        rs_p_histogram_add(part->histogram, value);
    }
    return RS_OK;
}

static const struct rs_collector_ops histogram_ops = {
    .fits_again = true,
    .slot_bytes = least_bytes,
    .open = open_counter,
    .close = close_worker,
    .begin = fill_own,
    .end = send_own,
    .take = count,
};

void rs_collect_histogram_init(struct rs_collector *self)
{
    *self = (struct rs_collector){&histogram_ops};
}
