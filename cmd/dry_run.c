/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dry_run.h"

#include "clock.h"
#include "human.h"
#include "mem.h"

#include <stdio.h>
#include <stdlib.h>

enum { SAMPLE_PAIRS = 64 };

struct sample {
    double seconds; /* per pair */
    double bytes;   /* per row */
};

static enum rs_status take_sample(struct sample *out,
                                  const struct rs_sweep *sweep,
                                  struct rs_error *err)
{
    const struct rs_plan *plan = sweep->env.plan;
    const struct rs_sink *sink = sweep->sink;
    uint64_t n = plan->n_pairs < SAMPLE_PAIRS ? plan->n_pairs : SAMPLE_PAIRS;
    void *fits = NULL;
    char *row = NULL;
    size_t bytes = 0;
    double begin = 0.0;
    enum rs_status status = sweep->env.model->open(&fits, sweep->env.spec, err);

    if (status != RS_OK)
        return status;
    begin = rs_clock_now();
    for (uint64_t i = 0; i < n; i++) {
        struct rs_fit fit;
        size_t y = 0;
        size_t x = 0;
        rs_plan_cell(&y, &x, plan, plan->n_pairs / n * i);
        y = plan->y[y];
        x = plan->x[x];
        sweep->env.model->fit(fits, y, x, &fit);
        rs_fit_find_p(&fit);
        free(row);
        row = rs_alloc(sink->ops->row_bound(sink, y, x), 1, err);
        if (row == NULL) {
            status = RS_ERR_NOMEM;
            break;
        }
        bytes += sink->ops->encode(sink, row, y, x, &fit);
    }
    out->seconds = (rs_clock_now() - begin) / (double)n;
    out->bytes = (double)bytes / (double)n;
    free(row);
    sweep->env.model->close(fits);
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

    if (status != RS_OK)
        return status;
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
    (void)printf("output       about %s\n",
                 rs_human_bytes(&a, sample.bytes * (double)plan->n_pairs));
    (void)printf("time         about %s\n",
                 rs_human_time(&a, sample.seconds * (double)plan->n_pairs /
                                       sweep->n_workers));
    (void)printf("bonferroni   p < %.3g for a family-wise level of 0.05\n",
                 0.05 / (double)plan->n_pairs);
    return RS_OK;
}
