/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * permute_bench WORKERS N_Y N_X N COVARIATES PERMUTATIONS - permutation tests
 * of made-up columns. Prints: permutations a second, and the GF/s of their
 * products, to be held against dgemm_bare on the same numbers.
 */
#include "clock.h"
#include "mem.h"
#include "numerics.h"
#include "permute.h"
#include "random.h"
#include "row_set.h"

#include <stdio.h>
#include <stdlib.h>

static bool fill(struct rs_dataset *data, double *values, uint64_t *valid)
{
    struct rs_random random;

    data->columns = calloc(data->n_columns, sizeof *data->columns);
    if (data->columns == NULL)
        return false;
    rs_rows_fill(valid, data->n_rows);
    for (size_t j = 0; j < data->n_columns; j++) {
        double *column = values + j * data->n_rows;
        rs_random_start(&random, 1, RS_RANDOM_PERMUTE, j);
        for (size_t i = 0; i < data->n_rows; i++)
            column[i] = (double)rs_random_bits(&random) * 0x1p-32;
        data->columns[j].values = column;
        data->columns[j].valid = valid;
    }
    return true;
}

static enum rs_status run(const struct rs_engine_env *env,
                          const struct rs_permute_ask *ask, unsigned n_workers,
                          struct rs_error *err)
{
    const struct rs_permute_run how = {.pool = &rs_pool_fork,
                                       .n_workers = n_workers};
    const struct rs_plan *plan = env->plan;
    struct rs_permute *permute = NULL;
    struct rs_pool_stats stats;
    double begin = 0.0;
    double seconds = 0.0;
    enum rs_status status = rs_permute_new(&permute, env, ask, n_workers, err);

    begin = rs_clock_now();
    if (status == RS_OK)
        status = rs_permute_run(permute, &how, &stats, err);
    seconds = rs_clock_now() - begin;
    if (status == RS_OK)
        (void)printf("%.3f s, %.2f permutations/s, %.1f GF/s\n", seconds,
                     (double)ask->n_permutations / seconds,
                     2e-9 * (double)plan->n_y * (double)plan->n_x *
                         (double)env->spec->data->n_rows *
                         (double)ask->n_permutations / seconds);
    rs_permute_free(permute);
    return status;
}

int main(int argc, char **argv)
{
    size_t number[6] = {0};
    struct rs_dataset data = {0};
    struct rs_spec spec = {.data = &data, .intercept = true};
    struct rs_plan plan = {0};
    struct rs_engine_env env = {.plan = &plan, .spec = &spec};
    struct rs_permute_ask ask = {.seed = 1};
    const struct rs_tile_shape shape = {.y = 1, .x = 1};
    struct rs_error err = {0};
    double *values = NULL;
    uint64_t *valid = NULL;
    size_t *columns = NULL;
    enum rs_status status = RS_ERR_NOMEM;

    for (int i = 1; i < argc && i < 7; i++)
        number[i - 1] = strtoul(argv[i], NULL, 10);
    if (argc != 7 || number[0] == 0 || number[1] == 0 || number[2] == 0) {
        (void)fputs("usage: permute_bench WORKERS N_Y N_X N COVARIATES "
                    "PERMUTATIONS\n",
                    stderr);
        return EXIT_FAILURE;
    }
    data.n_rows = number[3];
    data.n_columns = number[1] + number[2] + number[4];
    ask.n_permutations = number[5];
    values = malloc(data.n_columns * data.n_rows * sizeof *values);
    valid = malloc(rs_bit_words(data.n_rows) * sizeof *valid);
    columns = malloc(data.n_columns * sizeof *columns);
    if (values != NULL && valid != NULL && columns != NULL &&
        fill(&data, values, valid)) {
        for (size_t j = 0; j < data.n_columns; j++)
            columns[j] = j;
        spec.covariates = columns + number[1] + number[2];
        spec.n_covariates = number[4];
        env.model = &rs_model_ols;
        env.kernel = rs_kernel_find(NULL);
        rs_numerics_enter();
        status = rs_plan_init(
            &plan,
            &(struct rs_plan_ask){.pairs = RS_PAIRS_ALL,
                                  .y = columns,
                                  .x = columns + number[1],
                                  .n_y = number[1],
                                  .n_x = number[2],
                                  .covariates = spec.covariates,
                                  .n_covariates = spec.n_covariates,
                                  .shape = shape},
            &err);
        if (status == RS_OK)
            status = run(&env, &ask, (unsigned)number[0], &err);
        rs_plan_clear(&plan);
    }
    if (status != RS_OK) {
        rs_error_unmark(&err);
        (void)fprintf(stderr, "permute_bench: %s\n", err.text);
    }
    free(data.columns);
    free(columns);
    free(valid);
    free(values);
    return status == RS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
