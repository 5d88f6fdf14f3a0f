/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dry_run.h"

#include "clock.h"
#include "corrections_cost.h"
#include "human.h"
#include "mem.h"
#include "npy.h"
#include "pair_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tiles that are fitted to learn from. */
enum { SAMPLE_TILES = 3 };

struct sample {
    const struct rs_plan *plan;
    const struct rs_sink *sink;
    struct rs_pair_rows pair_rows;
    uint64_t pairs;
    uint64_t kept;
    struct rs_top_fit fits[RS_COST_PAIRS]; /* the first ones kept */
    double seconds;                        /* of all */
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
    const struct rs_plan *plan = sample->plan;
    const struct rs_sink *sink = sample->sink;
    size_t y = plan->y[y_ix];
    size_t x = plan->x[x_ix];
    const struct rs_row pair = {y, x, RS_NO_TERM, fit, NULL};
    char *room = rs_alloc(sink->ops->row_bound(sink, y, x), 1, sample->err);
    size_t n = 0;
    const struct rs_row *rows = NULL;

    if (sample->kept < RS_COST_PAIRS)
        sample->fits[sample->kept] = (struct rs_top_fit){y_ix, x_ix, *fit};
    sample->kept++;
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
                                 const struct rs_run_part *part,
                                 struct rs_error *err)
{
    const struct rs_plan *plan = part->env.plan;
    enum rs_status status = RS_OK;

    *values = *part->values;
    status = rs_pages_new(
        pages, rs_npy_bytes(plan->n_y, plan->n_x, values->matched), err);
    values->cells = pages->base;
    return status;
}

static enum rs_status take_sample(struct sample *out,
                                  const struct rs_run_setup *setup,
                                  struct rs_error *err)
{
    const struct rs_run_part *part = &setup->part;
    const struct rs_plan *plan = part->env.plan;
    uint64_t n = plan->n_tiles < SAMPLE_TILES ? plan->n_tiles : SAMPLE_TILES;
    struct rs_tally tally;
    struct rs_values values;
    struct rs_pages pages = {0};
    const struct rs_emitter emit = {
        .ctx = out,
        .begin = always,
        .row = measure_row,
        .tally = &tally,
        .values = part->values == NULL ? NULL : &values,
    };
    void *engine = NULL;
    double begin = 0.0;
    enum rs_status status =
        part->engine->open(&engine, &part->env, part->prepared, err);

    if (status == RS_OK && part->values != NULL)
        status = lend_cells(&values, &pages, part, err);
    memset(out, 0, sizeof *out);
    memset(&tally, 0, sizeof tally);
    out->plan = plan;
    out->sink = setup->sink;
    out->err = err;
    if (status == RS_OK)
        status = rs_pair_rows_init(&out->pair_rows, setup->rows,
                                   part->env.model, part->env.spec, err);
    begin = rs_clock_now();
    for (uint64_t i = 0; i < n && status == RS_OK; i++) {
        const struct rs_tile tile = rs_plan_tile(plan, plan->n_tiles / n * i);
        status = part->engine->fit_tile(engine, &tile, &emit, err);
        if (status == RS_OK)
            status = out->status;
    }
    out->seconds = rs_clock_now() - begin;
    for (unsigned i = 0; i < RS_FIT_N_OUTCOMES; i++)
        out->pairs += tally.outcomes[i];
    part->engine->close(engine);
    rs_pair_rows_clear(&out->pair_rows);
    rs_pages_free(&pages);
    return status;
}

/* Rows of pairs that the whole run writes, when what the sample kept is a
 * share of all: --top keeps no more than it says. */
static double most_pairs(const struct rs_run_setup *setup, double kept)
{
    const struct rs_keep *keep = &setup->keep;
    const struct rs_plan *plan = &setup->plan;
    double most = (double)keep->top;

    if (keep->top_of == RS_TOP_NONE)
        return kept;
    if (keep->top_of == RS_TOP_PER_Y)
        most *= (double)plan->n_y;
    if (keep->top_of == RS_TOP_PER_X)
        most *= (double)plan->n_x;
    return most < kept ? most : kept;
}

static void print_table(const struct rs_run_setup *setup,
                        const struct rs_input *input, double more_bytes)
{
    const struct rs_plan *plan = &setup->plan;
    const struct rs_slots slots = rs_sweep_slots(&setup->sweep, &setup->part);
    double data = (double)input->data->numbers.bytes +
                  (double)input->data->bits.bytes +
                  (double)input->data->copies.bytes;
    double buffers = (double)slots.bytes * slots.n;
    struct rs_human a;
    struct rs_human b;
    struct rs_human c;

    (void)printf("rows         %s\n", rs_human_count(&a, input->data->n_rows));
    (void)printf("dependent    %s\n", rs_human_count(&a, plan->n_y));
    (void)printf("independent  %s\n", rs_human_count(&a, plan->n_x));
    (void)printf("covariates   %s\n", rs_human_count(&a, input->n_covariates));
    (void)printf("pairs        %s\n", rs_human_count(&a, plan->n_pairs));
    (void)printf("tiles        %s, of up to %s pairs\n",
                 rs_human_count(&a, plan->n_tiles),
                 rs_human_count(&b, (uint64_t)plan->tile_y * plan->tile_x));
    (void)printf("workers      %u\n", setup->sweep.crew.n_workers);
    (void)printf("memory       %s data, %s buffers", rs_human_bytes(&a, data),
                 rs_human_bytes(&b, buffers));
    if (more_bytes > 0.0)
        (void)printf(", %s tests", rs_human_bytes(&c, more_bytes));
    (void)putchar('\n');
}

/* The parts of the time, where there are several. */
static void print_time(const struct rs_corrections *corrections,
                       const struct rs_corrections_cost *cost, double sweep,
                       double first, double pairs, unsigned n_workers)
{
    double permute = cost->permute / n_workers;
    bool known = !isnan(cost->bootstrap);
    double bootstrap = known ? cost->bootstrap * pairs / n_workers : 0.0;
    struct rs_human text;

    (void)printf("time         about %s",
                 rs_human_time(&text, sweep + first + permute + bootstrap));
    if (first > 0.0)
        (void)printf(", %s of it for the p of all tests",
                     rs_human_time(&text, first));
    if (corrections->permutations.n_permutations > 0)
        (void)printf(", %s for permutations", rs_human_time(&text, permute));
    if (corrections->bootstrap.n_resamples > 0 && known)
        (void)printf(", %s for the bootstrap", rs_human_time(&text, bootstrap));
    else if (corrections->bootstrap.n_resamples > 0)
        (void)printf(", without the bootstrap, which takes long beside a "
                     "covariate of many levels");
    (void)putchar('\n');
}

enum rs_status rs_dry_run(const struct rs_run_setup *setup,
                          const struct rs_input *input, struct rs_error *err)
{
    const struct rs_corrections *corrections = &setup->corrections;
    const struct rs_plan *plan = &setup->plan;
    const struct rs_values *values = setup->part.values;
    unsigned n_workers = setup->sweep.crew.n_workers;
    struct rs_corrections_sample some = {&setup->part, n_workers, NULL, 0};
    struct rs_corrections_cost cost;
    struct rs_human a;
    struct sample sample;
    enum rs_status status = take_sample(&sample, setup, err);
    double scale = 0.0; /* from the sample to all pairs */
    double kept = 0.0;
    double output = 0.0;
    double seconds = 0.0;

    some.fits = sample.fits;
    some.n = sample.kept < RS_COST_PAIRS ? (size_t)sample.kept : RS_COST_PAIRS;
    if (status == RS_OK)
        status = rs_corrections_cost_find(&cost, corrections, &some, err);
    if (status != RS_OK)
        return status;
    if (sample.pairs > 0)
        scale = (double)plan->n_pairs / (double)sample.pairs;
    kept = most_pairs(setup, (double)sample.kept * scale);
    if (values != NULL)
        output = (double)rs_npy_bytes(plan->n_y, plan->n_x, values->matched);
    else if (sample.kept > 0)
        output = sample.bytes / (double)sample.kept * kept;
    seconds = sample.seconds * scale / n_workers;
    print_table(setup, input, cost.bytes);
    (void)printf("output       %s %s%s\n",
                 corrections->log_q_max < 0.0 && values == NULL
                     ? "without --q-max about"
                     : "about",
                 rs_human_bytes(&a, output),
                 setup->sink == NULL || setup->sink->packing == NULL
                     ? ""
                     : " before compression");
    print_time(corrections, &cost, seconds,
               corrections->methods == 0 ? 0.0 : seconds, kept, n_workers);
    (void)printf("bonferroni   p < %.3g for a family-wise level of 0.05\n",
                 0.05 / (double)plan->n_pairs);
    return RS_OK;
}
