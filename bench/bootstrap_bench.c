/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bootstrap_bench N_Y N_X N COVARIATES RESAMPLES MISSING - intervals of all
 * pairs of made-up columns, MISSING cells of each x missing. Prints: pairs a
 * second in one process.
 */
#include "bootstrap.h"
#include "clock.h"
#include "mem.h"
#include "random.h"
#include "row_set.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct job {
    size_t n_y, n_x, n, n_z, n_resamples, n_missing;
};

/* Each column holds a fifth of the one before it. */
static bool fill(struct rs_dataset *data, double *values, uint64_t *valid,
                 const struct job *job)
{
    size_t n_words = rs_bit_words(job->n);
    struct rs_random random;

    data->columns = calloc(data->n_columns, sizeof *data->columns);
    if (data->columns == NULL)
        return false;
    rs_random_start(&random, 1, RS_RANDOM_PERMUTE, 0);
    for (size_t i = 0; i < data->n_columns * job->n; i++)
        values[i] = (double)rs_random_bits(&random) * 0x1p-32 +
                    (i >= job->n ? 0.2 * values[i - job->n] : 0.0);
    for (size_t j = 0; j < data->n_columns; j++) {
        bool is_x = j >= job->n_y && j < job->n_y + job->n_x;
        uint64_t *bits = valid + j * n_words;
        rs_rows_fill(bits, job->n);
        for (size_t m = 0; is_x && m < job->n_missing; m++) {
            size_t i = rs_random_below(&random, (uint32_t)job->n);
            values[j * job->n + i] = NAN;
            bits[i / 64] &= ~((uint64_t)1 << (i % 64));
        }
        data->columns[j].n_missing = is_x ? job->n_missing : 0;
        data->columns[j].values = values + j * job->n;
        data->columns[j].valid = bits;
    }
    return true;
}

static enum rs_status run(const struct rs_spec *spec, const struct job *job,
                          struct rs_error *err)
{
    const struct rs_bootstrap_ask ask = {job->n_resamples, 1, 0.95};
    const struct rs_fit fit = {.outcome = RS_FIT_OK};
    struct rs_bootstrap *bootstrap = NULL;
    struct rs_bootstrap_limits limits = {0};
    double begin = 0.0;
    enum rs_status status = rs_bootstrap_open(&bootstrap, spec, &ask, err);

    if (status != RS_OK)
        return status;
    begin = rs_clock_now();
    for (size_t i = 0; i < job->n_y; i++)
        for (size_t j = 0; j < job->n_x; j++)
            rs_bootstrap_interval(bootstrap, &limits, i, job->n_y + j, &fit);
    begin = rs_clock_now() - begin;
    (void)printf("%.3f s, %.0f pairs/s; the last from %g to %g\n", begin,
                 (double)(job->n_y * job->n_x) / begin, limits.bca_low,
                 limits.bca_high);
    rs_bootstrap_close(bootstrap);
    return RS_OK;
}

int main(int argc, char **argv)
{
    struct job job = {0};
    size_t *const fields[] = {&job.n_y, &job.n_x,         &job.n,
                              &job.n_z, &job.n_resamples, &job.n_missing};
    struct rs_dataset data = {0};
    struct rs_error err = {0};
    double *values = NULL;
    uint64_t *valid = NULL;
    size_t *columns = NULL;
    enum rs_status status = RS_ERR_NOMEM;

    for (int i = 1; i < argc && i < 7; i++)
        *fields[i - 1] = strtoul(argv[i], NULL, 10);
    if (argc != 7 || job.n_y == 0 || job.n_x == 0 || job.n == 0) {
        (void)fputs("usage: bootstrap_bench N_Y N_X N COVARIATES RESAMPLES "
                    "MISSING\n",
                    stderr);
        return EXIT_FAILURE;
    }
    data.n_rows = job.n;
    data.n_columns = job.n_y + job.n_x + job.n_z;
    values = malloc(data.n_columns * job.n * sizeof *values);
    valid = malloc(data.n_columns * rs_bit_words(job.n) * sizeof *valid);
    columns = malloc((job.n_z + 1) * sizeof *columns);
    if (values != NULL && valid != NULL && columns != NULL &&
        fill(&data, values, valid, &job)) {
        const struct rs_spec spec = {.data = &data,
                                     .covariates = columns,
                                     .n_covariates = job.n_z,
                                     .intercept = true,
                                     .cache_bytes = (size_t)6 << 20};
        for (size_t j = 0; j < job.n_z; j++)
            columns[j] = job.n_y + job.n_x + j;
        status = run(&spec, &job, &err);
    }
    if (status != RS_OK) {
        rs_error_unmark(&err);
        (void)fprintf(stderr, "bootstrap_bench: %s\n", err.text);
    }
    free(data.columns);
    free(columns);
    free(valid);
    free(values);
    return status == RS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
