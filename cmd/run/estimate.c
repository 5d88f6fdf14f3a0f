/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate.h"

#include "clock.h"
#include "matrix.h"
#include "mem.h"
#include "pair_rows.h"
#include "part_view.h"
#include "run_parts.h"

#include <stdlib.h>
#include <string.h>

/* Tiles that are fitted to learn from. */
enum { SAMPLE_TILES = 3 };

struct sample {
    const struct rs_sink *sink;
    struct rs_part_view view; /* of the part that is at work */
    void *engine;             /* its */
    struct rs_pair_rows pair_rows;
    const struct rs_adder *measures; /* NULL: rows have none */
    void *measured;                  /* its state */
    size_t held; /* bytes that an engine prepared, at most */
    uint64_t pairs;
    uint64_t kept;
    struct rs_top_fit fits[RS_COST_PAIRS]; /* the first ones kept */
    double seconds;                        /* of all */
    double entering;                       /* seconds, of several parts */
    size_t n_entered;                      /* parts */
    double bytes;                          /* of the rows that are kept */
    enum rs_status status;
    struct rs_error *err;
};

static bool always(void *ctx, uint64_t item)
{
    (void)ctx;
    (void)item;
    return true;
}

static void measure_row(void *ctx, size_t y_ix, size_t x_ix,
                        const struct rs_fit *fit)
{
    struct sample *sample = ctx;
    const struct rs_run_part *part = &sample->view.part;
    const struct rs_sink *sink = sample->sink;
    size_t y = part->env.plan->y[y_ix];
    size_t x = part->env.plan->x[x_ix];
    double added[RS_N_ADDED] = {0.0};
    const struct rs_row pair = {
        .y = y, .x = x, .term = RS_NO_TERM, .fit = fit, .part = part->number};
    char *room = rs_alloc(sink->ops->row_bound(sink, y, x), 1, sample->err);
    size_t n = 0;
    const struct rs_row *rows = NULL;

    if (sample->kept < RS_COST_PAIRS)
        sample->fits[sample->kept] =
            (struct rs_top_fit){part->number, y_ix, x_ix, *fit};
    sample->kept++;
    if (room == NULL) {
        sample->status = RS_ERR_NOMEM;
        return;
    }
    if (sample->measures != NULL)
        sample->measures->add(sample->measures->ctx, sample->measured, added,
                              y_ix, x_ix, fit);
    rows = rs_pair_rows_of(&sample->pair_rows, &n, &pair, part->term_shift);
    for (size_t i = 0; i < n; i++)
        sample->bytes += (double)sink->ops->encode(sink, room, &rows[i]);
    free(room);
}

/* A matrix of which only the sample's pages come to be. */
static enum rs_status lend_cells(struct rs_values *values,
                                 struct rs_pages *pages,
                                 const struct rs_run_part *part,
                                 struct rs_error *err)
{
    const struct rs_plan *plan = part->env.plan;
    enum rs_status status = RS_OK;

    *values = *part->values;
    status = rs_pages_new(
        pages, rs_matrix_bytes(plan->n_y, plan->n_x, values->matched), err);
    values->cells = pages->base;
    return status;
}

static void leave(struct sample *sample)
{
    if (sample->view.of == NULL)
        return;
    sample->view.part.engine->close(sample->engine);
    if (sample->measures != NULL)
        sample->measures->close(sample->measured);
    sample->measures = NULL;
    sample->measured = NULL;
    rs_pair_rows_clear(&sample->pair_rows);
    sample->engine = NULL;
    rs_part_view_leave(&sample->view);
}

/* What is known of a part, and what its rows are made with. */
static enum rs_status look_around(struct sample *sample, struct rs_error *err)
{
    const struct rs_run_part *here = &sample->view.part;
    const struct rs_adder *adder = here->adders[RS_ADDS_MEASURES];
    size_t held = here->engine->held == NULL || here->prepared == NULL
                      ? 0
                      : here->engine->held(here->prepared);

    sample->held = held > sample->held ? held : sample->held;
    if (adder == NULL)
        return RS_OK;
    sample->measures = adder;
    return adder->open(adder->ctx, &sample->measured, here->env.plan,
                       here->env.spec, err);
}

/* Enters a part unless it is there. */
static enum rs_status enter(struct sample *sample, const struct rs_run *run,
                            const struct rs_run_part *part,
                            struct rs_error *err)
{
    const struct rs_run_part *here = &sample->view.part;
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    if (sample->view.of == part)
        return RS_OK;
    leave(sample);
    status =
        rs_part_view_enter(&sample->view, part, run->sweep.crew.n_workers, err);
    if (status == RS_OK)
        status = here->engine->open(&sample->engine, &here->env, here->prepared,
                                    err);
    if (status == RS_OK)
        status = rs_pair_rows_init(&sample->pair_rows, run->asked.rows,
                                   here->env.model, here->env.spec, err);
    if (status == RS_OK)
        status = look_around(sample, err);
    sample->entering += run->n_parts > 1 ? rs_clock_now() - begin : 0.0;
    sample->n_entered++;
    return status;
}

/* Fits a tile of the run, and measures it. */
static enum rs_status fit_tile(struct sample *sample, const struct rs_run *run,
                               uint64_t job, const struct rs_emitter *emit,
                               struct rs_error *err)
{
    const struct rs_run_part *part =
        rs_run_part_of(run->parts, run->n_parts, job);
    const struct rs_tile tile = rs_run_part_tile(part, job);
    double begin = 0.0;
    enum rs_status status = enter(sample, run, part, err);

    begin = rs_clock_now();
    if (status == RS_OK)
        status = part->engine->fit_tile(sample->engine, &tile, emit, err);
    sample->seconds += rs_clock_now() - begin;
    return status == RS_OK ? sample->status : status;
}

/* Fits some tiles, spread over the run. */
static enum rs_status take_sample(struct sample *out, const struct rs_run *run,
                                  struct rs_error *err)
{
    const struct rs_run_part *first = run->parts;
    uint64_t n_tiles = rs_run_n_tiles(run);
    uint64_t n = n_tiles < SAMPLE_TILES ? n_tiles : SAMPLE_TILES;
    struct rs_tally tally;
    struct rs_values values;
    struct rs_pages pages = {0};
    const struct rs_emitter emit = {
        .ctx = out,
        .begin = always,
        .row = measure_row,
        .tally = &tally,
        .values = first->values == NULL ? NULL : &values,
    };
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    memset(&tally, 0, sizeof tally);
    out->sink = run->sink;
    out->err = err;
    if (first->values != NULL)
        status = lend_cells(&values, &pages, first, err);
    for (uint64_t i = 0; i < n && status == RS_OK; i++)
        status = fit_tile(out, run, n_tiles / n * i, &emit, err);
    out->pairs = rs_tally_pairs(&tally);
    leave(out);
    rs_part_view_clear(&out->view);
    rs_pages_free(&pages);
    return status;
}

/* Rows of pairs that the whole run writes, when what the sample kept is a
 * share of all: --top keeps no more than it says. */
static double most_pairs(const struct rs_run *run, double kept)
{
    const struct rs_keep *keep = &run->keep;
    double most = (double)keep->top;

    if (keep->top_of == RS_TOP_NONE)
        return kept;
    if (keep->top_of == RS_TOP_PER_Y)
        most *= (double)run->input.n_y;
    if (keep->top_of == RS_TOP_PER_X)
        most *= (double)run->input.n_x;
    return most < kept ? most : kept;
}

/* From the sample to all pairs. */
static void scale_up(struct rs_run_estimate *out, const struct rs_run *run,
                     const struct sample *sample)
{
    const struct rs_plan *plan = run->plans;
    const struct rs_values *values = run->parts->values;
    const struct rs_slots slots = rs_sweep_slots(&run->sweep, run->parts);
    double scale = 0.0;

    if (sample->pairs > 0)
        scale = (double)rs_run_n_pairs(run) / (double)sample->pairs;
    out->pairs = most_pairs(run, (double)sample->kept * scale);
    if (values != NULL)
        out->output =
            (double)rs_matrix_bytes(plan->n_y, plan->n_x, values->matched);
    else if (sample->kept > 0)
        out->output = sample->bytes / (double)sample->kept * out->pairs;
    out->sweep = sample->seconds * scale / run->sweep.crew.n_workers;
    out->sweep += sample->entering / (double)sample->n_entered *
                  (double)run->n_parts / run->sweep.crew.n_workers;
    out->data = (double)run->input.data->numbers.bytes +
                (double)run->input.data->bits.bytes +
                (double)run->input.data->copies.bytes;
    out->columns = (double)sample->held *
                   (run->n_parts > 1 ? run->sweep.crew.n_workers : 1);
    out->buffers = (double)slots.bytes * slots.n;
}

enum rs_status rs_run_estimate(struct rs_run_estimate *out,
                               const struct rs_run *run, struct rs_error *err)
{
    const struct rs_corrections *corrections = &run->corrections;
    struct rs_corrections_sample some = {.parts = run->parts,
                                         .n_parts = run->n_parts,
                                         .n_workers =
                                             run->sweep.crew.n_workers};
    struct sample sample;
    enum rs_status status = take_sample(&sample, run, err);

    *out = (struct rs_run_estimate){0};
    some.fits = sample.fits;
    some.n = sample.kept < RS_COST_PAIRS ? (size_t)sample.kept : RS_COST_PAIRS;
    if (status == RS_OK)
        status = rs_corrections_cost_find(&out->corrections, corrections, &some,
                                          err);
    if (status != RS_OK)
        return status;
    scale_up(out, run, &sample);
    out->first = corrections->methods == 0 ? 0.0 : out->sweep;
    return RS_OK;
}
