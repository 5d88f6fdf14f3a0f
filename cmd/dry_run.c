/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dry_run.h"

#include "clock.h"
#include "human.h"
#include "mem.h"
#include "npy.h"
#include "pair_rows.h"
#include "sweep_slots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tiles that are fitted to learn from. */
enum { SAMPLE_TILES = 3 };

struct sample {
    const struct rs_sweep *sweep;
    struct rs_pair_rows pair_rows;
    uint64_t pairs;
    double seconds; /* of all */
    double bytes;   /* of the rows that are kept */
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
    const struct rs_plan *plan = sample->sweep->env.plan;
    const struct rs_sink *sink = sample->sweep->sink;
    size_t y = plan->y[y_ix];
    size_t x = plan->x[x_ix];
    const struct rs_row pair = {y, x, RS_NO_TERM, fit, NULL};
    char *room = rs_alloc(sink->ops->row_bound(sink, y, x), 1, sample->err);
    size_t n = 0;
    const struct rs_row *rows = NULL;

    if (room == NULL) {
        sample->status = RS_ERR_NOMEM;
        return;
    }
    rows = rs_pair_rows_of(&sample->pair_rows, &n, &pair);
    for (size_t i = 0; i < n; i++)
        sample->bytes += (double)sink->ops->encode(sink, room, &rows[i]);
    free(room);
}

/* A matrix of which only the sample's pages come to be. */
static enum rs_status lend_cells(struct rs_values *values,
                                 struct rs_pages *pages,
                                 const struct rs_sweep *sweep,
                                 struct rs_error *err)
{
    const struct rs_plan *plan = sweep->env.plan;
    enum rs_status status = RS_OK;

    *values = *sweep->values;
    status = rs_pages_new(
        pages, rs_npy_bytes(plan->n_y, plan->n_x, values->matched), err);
    values->cells = pages->base;
    return status;
}

static enum rs_status take_sample(struct sample *out,
                                  const struct rs_sweep *sweep,
                                  struct rs_error *err)
{
    const struct rs_plan *plan = sweep->env.plan;
    uint64_t n = plan->n_tiles < SAMPLE_TILES ? plan->n_tiles : SAMPLE_TILES;
    struct rs_tally tally;
    struct rs_values values;
    struct rs_pages pages = {0};
    const struct rs_emitter emit = {
        .ctx = out,
        .begin = always,
        .row = measure_row,
        .tally = &tally,
        .values = sweep->values == NULL ? NULL : &values,
    };
    void *engine = NULL;
    double begin = 0.0;
    enum rs_status status =
        sweep->engine->open(&engine, &sweep->env, sweep->shared, err);

    if (status == RS_OK && sweep->values != NULL)
        status = lend_cells(&values, &pages, sweep, err);
    memset(out, 0, sizeof *out);
    memset(&tally, 0, sizeof tally);
    out->sweep = sweep;
    out->err = err;
    if (status == RS_OK)
        status = rs_pair_rows_init(&out->pair_rows, sweep->rows,
                                   sweep->env.model, sweep->env.spec, err);
    begin = rs_clock_now();
    for (uint64_t i = 0; i < n && status == RS_OK; i++) {
        const struct rs_tile tile = rs_plan_tile(plan, plan->n_tiles / n * i);
        status = sweep->engine->fit_tile(engine, &tile, &emit, err);
        if (status == RS_OK)
            status = out->status;
    }
    out->seconds = rs_clock_now() - begin;
    for (unsigned i = 0; i < RS_FIT_N_OUTCOMES; i++)
        out->pairs += tally.outcomes[i];
    sweep->engine->close(engine);
    rs_pair_rows_clear(&out->pair_rows);
    rs_pages_free(&pages);
    return status;
}

enum rs_status rs_dry_run(const struct rs_sweep *sweep,
                          const struct rs_input *input, struct rs_error *err)
{
    const struct rs_plan *plan = sweep->env.plan;
    double data =
        (double)input->data->numbers.bytes + (double)input->data->bits.bytes;
    double buffers = (double)rs_sweep_buffer_bytes(sweep);
    struct rs_human a;
    struct rs_human b;
    struct sample sample;
    enum rs_status status = take_sample(&sample, sweep, err);
    double output = 0.0;
    double scale = 0.0; /* from the sample to all pairs */

    if (status != RS_OK)
        return status;
    if (sample.pairs > 0)
        scale = (double)plan->n_pairs / (double)sample.pairs;
    output = sweep->values == NULL
                 ? sample.bytes * scale
                 : (double)rs_npy_bytes(plan->n_y, plan->n_x,
                                        sweep->values->matched);
    (void)printf("rows         %s\n", rs_human_count(&a, input->data->n_rows));
    (void)printf("dependent    %s\n", rs_human_count(&a, plan->n_y));
    (void)printf("independent  %s\n", rs_human_count(&a, plan->n_x));
    (void)printf("covariates   %s\n", rs_human_count(&a, input->n_covariates));
    (void)printf("pairs        %s\n", rs_human_count(&a, plan->n_pairs));
    (void)printf("tiles        %s, of up to %s pairs\n",
                 rs_human_count(&a, plan->n_tiles),
                 rs_human_count(&b, (uint64_t)plan->tile_y * plan->tile_x));
    (void)printf("workers      %u\n", sweep->n_workers);
    (void)printf("memory       %s data, %s buffers\n", rs_human_bytes(&a, data),
                 rs_human_bytes(&b, buffers));
    (void)printf("output       about %s%s\n", rs_human_bytes(&a, output),
                 sweep->sink == NULL || sweep->sink->packing == NULL
                     ? ""
                     : " before compression");
    (void)printf("time         about %s\n",
                 rs_human_time(&a, sample.seconds * scale / sweep->n_workers));
    (void)printf("bonferroni   p < %.3g for a family-wise level of 0.05\n",
                 0.05 / (double)plan->n_pairs);
    return RS_OK;
}
