/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * resampling DIRECTORY - cases for comparisons with R: made-up tables, the
 * permutations or resamples of rows by number, and what this program's core
 * makes of them. Files of case K:
 *   K.txt    what there is to it: kind, columns, model (see put_case)
 *   K.csv    the table
 *   K.rows   one permutation or resample a line, rows (or clusters, in the
 *            order in which complete rows have them) from 1
 *   K.out    of bootstrap: low high bca_low bca_high n_valid
 *            of permute: y x p, one pair a line
 */
#include "bootstrap.h"
#include "bootstrap_sums.h"
#include "errors.h"
#include "permute.h"
#include "random.h"
#include "row_set.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 60, MOST_COLUMNS = 12, RESAMPLES = 399, PERMUTATIONS = 199 };

struct table {
    size_t n, n_y, n_x, n_z;
    bool intercept, weighted, permute;
    size_t n_clusters; /* 0: rows are drawn */
    unsigned poly;
    bool interact;  /* with the last covariate */
    unsigned shape; /* of the numbers; see fill */
    double values[MOST_COLUMNS][MOST_ROWS];
    uint64_t valid[MOST_COLUMNS][1];
    struct rs_column columns[MOST_COLUMNS];
    struct rs_factor clusters;
    int32_t codes[MOST_ROWS];
    struct rs_errors_ask ask;
    struct rs_dataset data;
    size_t list[MOST_COLUMNS];
    struct rs_spec spec;
};

/* What the tables are like. */
enum { PLAIN, SKEWED, BINARY_X, MISSING };

static const struct table cases[] = {
    {.n = 30, .n_y = 1, .n_x = 1, .intercept = true},
    {.n = 25, .n_y = 1, .n_x = 1, .intercept = true, .shape = SKEWED},
    {.n = 40, .n_y = 1, .n_x = 1, .n_z = 2, .intercept = true},
    {.n = 50, .n_y = 1, .n_x = 1, .n_z = 5, .intercept = true, .shape = SKEWED},
    {.n = 30, .n_y = 1, .n_x = 1, .n_z = 1, .shape = SKEWED},
    {.n = 40,
     .n_y = 1,
     .n_x = 1,
     .n_z = 2,
     .intercept = true,
     .weighted = true},
    {.n = 40,
     .n_y = 1,
     .n_x = 1,
     .intercept = true,
     .weighted = true,
     .shape = SKEWED},
    {.n = 40, .n_y = 1, .n_x = 1, .intercept = true, .shape = BINARY_X},
    {.n = 40,
     .n_y = 1,
     .n_x = 1,
     .n_z = 2,
     .intercept = true,
     .shape = MISSING},
    {.n = 60, .n_y = 1, .n_x = 1, .intercept = true, .n_clusters = 17},
    {.n = 60,
     .n_y = 1,
     .n_x = 1,
     .n_z = 2,
     .intercept = true,
     .n_clusters = 12,
     .shape = MISSING},
    {.n = 60,
     .n_y = 1,
     .n_x = 1,
     .n_z = 1,
     .intercept = true,
     .weighted = true,
     .n_clusters = 20,
     .shape = SKEWED},
    {.n = 40, .n_y = 1, .n_x = 1, .intercept = true, .poly = 2},
    {.n = 60,
     .n_y = 1,
     .n_x = 1,
     .n_z = 2,
     .intercept = true,
     .poly = 3,
     .weighted = true},
    {.n = 50,
     .n_y = 1,
     .n_x = 1,
     .n_z = 2,
     .intercept = true,
     .interact = true,
     .shape = MISSING},
    {.n = 60,
     .n_y = 1,
     .n_x = 1,
     .n_z = 1,
     .interact = true,
     .n_clusters = 15,
     .shape = SKEWED},
    {.n = 30, .n_y = 3, .n_x = 4, .intercept = true, .permute = true},
    {.n = 30,
     .n_y = 3,
     .n_x = 4,
     .n_z = 2,
     .intercept = true,
     .permute = true,
     .shape = SKEWED},
    {.n = 20, .n_y = 2, .n_x = 3, .n_z = 1, .permute = true},
    {.n = 30,
     .n_y = 3,
     .n_x = 4,
     .intercept = true,
     .permute = true,
     .poly = 2},
    {.n = 40,
     .n_y = 3,
     .n_x = 3,
     .n_z = 2,
     .intercept = true,
     .permute = true,
     .poly = 3},
    {.n = 40,
     .n_y = 3,
     .n_x = 4,
     .n_z = 2,
     .intercept = true,
     .permute = true,
     .interact = true,
     .shape = SKEWED},

};

static double uniform(struct rs_random *random)
{
    return ((double)rs_random_bits(random) + 0.5) * 0x1p-32;
}

/* One more column, of clusters, which rows belong to in no order. */
static void add_clusters(struct table *t)
{
    size_t column = t->data.n_columns++;

    for (size_t i = 0; i < t->n; i++) {
        t->codes[i] = (int32_t)((7 * i + i / 9) % t->n_clusters);
        t->values[column][i] = t->codes[i];
    }
    rs_rows_fill(t->valid[column], t->n);
    t->clusters =
        (struct rs_factor){.n_levels = t->n_clusters, .codes = t->codes};
    t->columns[column] = (struct rs_column){.values = t->values[column],
                                            .valid = t->valid[column],
                                            .levels = &t->clusters};
    t->ask = (struct rs_errors_ask){.clusters = {column},
                                    .n_clusters = 1,
                                    .time = RS_NO_COLUMN,
                                    .strata = RS_NO_COLUMN,
                                    .psu = RS_NO_COLUMN};
    t->spec.errors_ask = &t->ask;
}

/* The columns of the values, some of which are missing. */
static void add_columns(struct table *t, size_t m)
{
    for (size_t j = 0; j < m; j++) {
        t->list[j] = j;
        rs_rows_fill(t->valid[j], t->n);
        for (size_t i = 3 + j; t->shape == MISSING && i < t->n; i += 13) {
            t->values[j][i] = NAN;
            t->valid[j][0] &= ~((uint64_t)1 << i);
            t->columns[j].n_missing++;
        }
        t->columns[j].values = t->values[j];
        t->columns[j].valid = t->valid[j];
    }
}

/* y, x, covariates, weights. */
static void fill(struct table *t, uint64_t number)
{
    struct rs_random random;
    size_t m = t->n_y + t->n_x + t->n_z + 1;

    rs_random_start(&random, 2026, RS_RANDOM_PERMUTE, number);
    for (size_t j = 0; j < m; j++)
        for (size_t i = 0; i < t->n; i++) {
            double u = uniform(&random);
            t->values[j][i] = t->shape == SKEWED ? -log(u) : u;
        }
    for (size_t i = 0; i < t->n; i++) {
        double *x = &t->values[t->n_y][i];
        if (t->shape == BINARY_X)
            *x = i < 3 ? 1.0 : 0.0;
        for (size_t k = 0; k < t->n_z; k++)
            *x += 0.3 * t->values[t->n_y + t->n_x + k][i];
        for (size_t j = 0; j < t->n_y; j++)
            t->values[j][i] +=
                0.5 * *x * *x + (t->n_z > 0 ? t->values[m - 2][i] : 0.0);
    }
    add_columns(t, m);
    t->data = (struct rs_dataset){
        .n_rows = t->n, .n_columns = m, .columns = t->columns};
    t->spec = (struct rs_spec){
        .data = &t->data,
        .covariates = t->list + t->n_y + t->n_x,
        .n_covariates = t->n_z,
        .intercept = t->intercept,
        .weights = t->weighted ? &t->list[m - 1] : NULL,
        .poly = t->poly,
        .interact = t->interact ? &t->list[m - 2] : NULL,
    };
    if (t->n_clusters > 0)
        add_clusters(t);
}

/* ---- files ------------------------------------------------------- */

static FILE *open_file(const char *directory, size_t number, const char *end)
{
    char path[4096];
    FILE *file = NULL;

    (void)snprintf(path, sizeof path, "%s/%zu.%s", directory, number, end);
    file = fopen(path, "w");
    if (file == NULL)
        perror(path);
    return file;
}

static void put_rows(FILE *file, const uint32_t *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        (void)fprintf(file, "%u%c", rows[i] + 1, i + 1 < n ? ' ' : '\n');
}

static void put_case(FILE *about, FILE *csv, const struct table *t)
{
    (void)fprintf(about, "%s %zu %zu %zu %d %d %zu %u %d\n",
                  t->permute ? "permute" : "bootstrap", t->n_y, t->n_x, t->n_z,
                  t->intercept ? 1 : 0, t->weighted ? 1 : 0, t->n_clusters,
                  t->poly, t->interact ? 1 : 0);
    for (size_t j = 0; j < t->data.n_columns; j++)
        (void)fprintf(csv, "%sV%zu", j > 0 ? "," : "", j + 1);
    for (size_t i = 0; i < t->n; i++)
        for (size_t j = 0; j < t->data.n_columns; j++)
            if (isnan(t->values[j][i]))
                (void)fprintf(csv, "%sNA", j > 0 ? "," : "\n");
            else
                (void)fprintf(csv, "%s%.17g", j > 0 ? "," : "\n",
                              t->values[j][i]);
    (void)fputc('\n', csv);
}

/* ---- cases ------------------------------------------------------- */

static bool fit_pair(const struct table *t, size_t y, size_t x,
                     struct rs_fit *fit)
{
    void *state = NULL;
    struct rs_error err;

    if (rs_model_ols.open(&state, &t->spec, &err) != RS_OK)
        return false;
    rs_model_ols.fit(state, y, x, fit);
    rs_model_ols.close(state);
    return fit->outcome == RS_FIT_OK;
}

/* What is drawn of n rows: them, or the clusters that complete rows have. */
static size_t count_units(const struct table *t, size_t n)
{
    bool seen[MOST_ROWS] = {false};
    size_t n_seen = 0;

    for (size_t i = 0; i < t->n && t->n_clusters > 0; i++) {
        bool complete = true;
        for (size_t j = 0; j < 2 + t->n_z; j++)
            complete = complete && !isnan(t->values[j][i]);
        n_seen += complete && !seen[t->codes[i]];
        seen[t->codes[i]] = seen[t->codes[i]] || complete;
    }
    return t->n_clusters > 0 ? n_seen : n;
}

static bool bootstrap(const struct table *t, FILE *rows, FILE *out)
{
    const struct rs_bootstrap_ask ask = {RESAMPLES, 7, 0.95};
    struct rs_bootstrap *state = NULL;
    struct rs_bootstrap_limits limits;
    struct rs_fit fit;
    struct rs_error err;
    size_t n_units = 0;

    if (!fit_pair(t, 0, 1, &fit) ||
        rs_bootstrap_open(&state, &t->spec, &ask, &err) != RS_OK)
        return false;
    rs_bootstrap_interval(state, &limits, 0, 1, &fit);
    rs_bootstrap_close(state);
    n_units = count_units(t, fit.n);
    for (uint64_t b = 0; b < RESAMPLES; b++) {
        uint32_t drawn[MOST_ROWS];
        rs_bootstrap_rows(drawn, (uint32_t)n_units, ask.seed, b);
        put_rows(rows, drawn, n_units);
    }
    (void)fprintf(out, "%.17g %.17g %.17g %.17g %llu\n", limits.low,
                  limits.high, limits.bca_low, limits.bca_high,
                  (unsigned long long)limits.n_valid);
    return true;
}

static bool permute(const struct table *t, FILE *rows, FILE *out)
{
    const struct rs_permute_ask ask = {.n_permutations = PERMUTATIONS,
                                       .seed = 7};
    const struct rs_permute_run run = {.pool = &rs_pool_fork, .n_workers = 2};
    const struct rs_tile_shape shape = {4, 4, 0};
    struct rs_plan plan = {0};
    const struct rs_engine_env env = {&plan, &rs_model_ols,        &t->spec,
                                      NULL,  rs_kernel_find(NULL), NULL};
    struct rs_permute *state = NULL;
    struct rs_pool_stats stats;
    struct rs_error err;
    bool ok = rs_plan_init(&plan,
                           &(struct rs_plan_ask){.pairs = RS_PAIRS_ALL,
                                                 .y = t->list,
                                                 .x = t->list + t->n_y,
                                                 .n_y = t->n_y,
                                                 .n_x = t->n_x,
                                                 .shape = shape},
                           &err) == RS_OK &&
              rs_permute_new(&state, &env, &ask, 1, &err) == RS_OK &&
              rs_permute_run(state, &run, &stats, &err) == RS_OK;

    for (uint64_t b = 0; b < PERMUTATIONS; b++) {
        struct rs_random random;
        uint32_t drawn[MOST_ROWS];
        rs_random_start(&random, ask.seed, RS_RANDOM_PERMUTE, b);
        rs_random_permutation(drawn, (uint32_t)t->n, &random);
        put_rows(rows, drawn, t->n);
    }
    for (size_t y = 0; ok && y < t->n_y; y++)
        for (size_t x = 0; ok && x < t->n_x; x++) {
            struct rs_fit fit;
            ok = fit_pair(t, y, t->n_y + x, &fit);
            (void)fprintf(out, "%zu %zu %.17g\n", y + 1, x + 1,
                          ok ? rs_permute_p(state, y, x, &fit) : NAN);
        }
    rs_permute_free(state);
    rs_plan_clear(&plan);
    return ok;
}

static bool run_case(const char *directory, size_t number)
{
    static struct table t;
    const char *const ends[] = {"txt", "csv", "rows", "out"};
    FILE *files[4] = {NULL};
    bool ok = true;

    t = cases[number];
    fill(&t, number);
    for (size_t i = 0; i < 4; i++) {
        files[i] = open_file(directory, number + 1, ends[i]);
        ok = ok && files[i] != NULL;
    }
    if (ok) {
        put_case(files[0], files[1], &t);
        ok = t.permute ? permute(&t, files[2], files[3])
                       : bootstrap(&t, files[2], files[3]);
    }
    for (size_t i = 0; i < 4; i++)
        ok = (files[i] == NULL || fclose(files[i]) == 0) && ok;
    return ok;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        (void)fputs("usage: resampling DIRECTORY\n", stderr);
        return EXIT_FAILURE;
    }
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++)
        if (!run_case(argv[1], k)) {
            (void)fprintf(stderr, "resampling: case %zu failed\n", k + 1);
            return EXIT_FAILURE;
        }
    return EXIT_SUCCESS;
}
