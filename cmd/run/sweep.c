/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep.h"

#include "best.h"
#include "collect_top.h"
#include "collect_values.h"

/* The collector of a sweep, and what it may be made of. */
struct choice {
    struct rs_collector *collector;
    struct rs_outlet outlet;
    struct rs_collect_rows rows;
    struct rs_collect_top top;
    struct rs_best best;
    struct rs_collector values;
};

static void choose_values(struct choice *out, const struct rs_sweep *sweep)
{
    if (sweep->counted)
        rs_collect_histogram_init(&out->values);
    else
        rs_collect_matrix_init(&out->values);
    out->collector = &out->values;
}

static void choose_rows(struct choice *out, const struct rs_sweep *sweep)
{
    out->outlet.sink = sweep->sink;
    rs_collect_rows_init(&out->rows, &out->outlet, sweep->rows);
    rs_collect_top_init(&out->top, &out->outlet, sweep->rows);
    rs_best_init(&out->best, &out->rows.base);
    if (sweep->top) /* sees to part->best itself */
        out->collector = &out->top.base;
    else if (sweep->best)
        out->collector = &out->best.base;
    else
        out->collector = &out->rows.base;
}

/* Not to be moved. */
static void choose(struct choice *out, const struct rs_sweep *sweep)
{
    *out = (struct choice){0};
    if (sweep->sink == NULL)
        choose_values(out, sweep);
    else
        choose_rows(out, sweep);
}

enum rs_status rs_sweep_run(const struct rs_sweep *sweep,
                            struct rs_run_stats *stats, struct rs_error *err)
{
    struct choice choice;
    enum rs_status status = RS_OK;

    choose(&choice, sweep);
    status = rs_parts_run(&sweep->parts, choice.collector,
                          sweep->sink == NULL ? NULL : &choice.outlet,
                          &sweep->crew, stats, err);
    rs_collect_top_clear(&choice.top);
    return status;
}

struct rs_slots rs_sweep_slots(const struct rs_sweep *sweep,
                               const struct rs_run_part *part)
{
    struct choice choice;

    choose(&choice, sweep);
    return rs_slots_for(choice.collector, part, 1, sweep->crew.n_workers);
}
