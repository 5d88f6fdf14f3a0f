/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_slots.h"

#include "packer.h"
#include "pair_rows.h"

enum {
    NO_ROWS_SLOT = 4096,
    LEAST_SLOT = 64 * 1024,
    SCREENED_SLOT = 1024 * 1024
};

/* All slots together, as far as two for each worker allow. */
static const size_t all_slots = (size_t)64 << 20;

size_t rs_sweep_longest_row(const struct rs_sweep *sweep)
{
    const struct rs_plan *plan = sweep->env.plan;
    const struct rs_sink *sink = sweep->sink;
    size_t most_y = 0;
    size_t most_x = 0;

    if (sink == NULL)
        return 1;
    for (size_t i = 0; i < plan->n_y; i++) {
        size_t n = sink->ops->row_bound(sink, plan->y[i], plan->x[0]);
        most_y = n > most_y ? n : most_y;
    }
    for (size_t j = 0; j < plan->n_x; j++) {
        size_t n = sink->ops->row_bound(sink, plan->y[0], plan->x[j]);
        most_x = n > most_x ? n : most_x;
    }
    return most_y + most_x;
}

/* A row of output as long as most are: a slot should hold those of a tile.
 * Numbers are seldom as long as they can be, and the bound counts twice
 * what all rows have. Long names must not make large slots. */
static size_t usual_row(const struct rs_sweep *sweep)
{
    enum { USUAL = 160, MOST = 2 * USUAL };
    size_t row = rs_sweep_longest_row(sweep);
    size_t usual = row / 10 * 3;

    if (usual > MOST)
        return MOST;
    if (usual < USUAL)
        return row < USUAL ? row : USUAL;
    return usual;
}

bool rs_sweep_packs(const struct rs_sweep *sweep)
{
    return sweep->sink != NULL && sweep->sink->packing != NULL &&
           sweep->env.keep->top_of == RS_TOP_NONE;
}

size_t rs_sweep_slot_bytes(const struct rs_sweep *sweep)
{
    const struct rs_plan *plan = sweep->env.plan;
    size_t row = rs_sweep_longest_row(sweep);
    size_t usual = usual_row(sweep);
    size_t least =
        rs_sweep_packs(sweep) ? rs_packer_most(sweep->sink->packing, row) : row;
    size_t rows = rs_pair_rows_most(sweep->rows, sweep->env.spec);
    size_t size = plan->tile_y * plan->tile_x * usual * rows;

    if (sweep->values != NULL)
        return sweep->histogram != NULL ? LEAST_SLOT : NO_ROWS_SLOT;
    if (plan->pairs == RS_PAIRS_MATCHED)
        size = plan->tile_y * usual * rows;
    if (rows > 1 && size > all_slots / (sweep->n_workers + 2))
        size = all_slots / (sweep->n_workers + 2);
    if (rs_keep_some(sweep->env.keep) && size > SCREENED_SLOT)
        size = SCREENED_SLOT;
    if (size < LEAST_SLOT)
        size = LEAST_SLOT;
    return least > size ? least : size;
}

unsigned rs_sweep_slot_count(const struct rs_sweep *sweep)
{
    size_t most = all_slots / rs_sweep_slot_bytes(sweep);
    unsigned least = sweep->n_workers + 2;
    unsigned wanted = 2 * sweep->n_workers + 2;

    if (wanted > most)
        wanted = (unsigned)most;
    return wanted > least ? wanted : least;
}

size_t rs_sweep_buffer_bytes(const struct rs_sweep *sweep)
{
    return rs_sweep_slot_count(sweep) * rs_sweep_slot_bytes(sweep);
}
