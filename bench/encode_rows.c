/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Speed of the sinks' encode alone, on one core: encode_rows [ROUNDS]
 * Rows are y, x, n, six numbers and status, with numbers such as a sweep of
 * n = 1000 gives. p is not computed here: its values stand in sigma's column.
 * Prints the median of the rounds for each sink and number of digits.
 */
#define _POSIX_C_SOURCE 200809L
#include "clock.h"
#include "sink_jsonl.h"
#include "sink_text.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { N_NAMES = 128, N_FITS = 16384, N_PASSES = 8, MAX_ROUNDS = 101 };

static const enum rs_field fields[] = {
    RS_FIELD_Y,    RS_FIELD_X,     RS_FIELD_N,    RS_FIELD_INTERCEPT,
    RS_FIELD_BETA, RS_FIELD_SE,    RS_FIELD_STAT, RS_FIELD_SIGMA,
    RS_FIELD_R2,   RS_FIELD_STATUS};

static const char *const titles[] = {
    "y", "x", "n", "intercept", "beta", "se", "stat", "sigma", "r2", "status"};

static const struct rs_output_kind *const kinds[] = {&rs_output_csv,
                                                     &rs_output_jsonl};

static double uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u; /* splitmix64 */

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double normal(uint64_t *state)
{
    double radius = sqrt(-2.0 * log(1.0 - uniform(state)));

    return radius * cos(6.283185307179586 * uniform(state));
}

static void fill(struct rs_fit *fit, uint64_t *state)
{
    double n = 1000.0;
    double z = normal(state);
    double t = uniform(state) < 0.1 ? 5.0 * z : z;

    rs_fit_clear(fit, RS_FIT_OK, (uint64_t)n);
    fit->df = n - 2.0;
    fit->stat = t;
    fit->se = (0.9 + 0.2 * uniform(state)) / sqrt(n);
    fit->beta = t * fit->se;
    fit->intercept = 0.05 * normal(state);
    fit->r2 = t * t / (t * t + fit->df);
    fit->sigma = erfc(fabs(t) / sqrt(2.0)); /* p */
    fit->n_coef = 2.0;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* One round: nanoseconds a row; bytes gets the mean length. */
static double encode(const struct rs_sink *sink, const struct rs_fit *fits,
                     char *out, double *bytes)
{
    double begin = rs_clock_now();
    size_t total = 0;

    for (size_t pass = 0; pass < N_PASSES; pass++) {
        char *at = out; /* a slot of the pool: stays in the cache */
        for (size_t i = 0; i < N_FITS; i++) {
            if (i % 4096 == 0)
                at = out;
            const struct rs_row row = {.y = pass,
                                       .x = i % N_NAMES,
                                       .term = RS_NO_TERM,
                                       .fit = &fits[i]};
            at += sink->ops->encode(sink, at, &row);
            total += (size_t)(at - out) * (i % 4096 == 4095);
        }
    }
    *bytes = (double)total / (N_FITS * N_PASSES);
    return (rs_clock_now() - begin) * 1e9 / (N_FITS * N_PASSES);
}

static void measure(size_t kind, const struct rs_dataset *data,
                    const struct rs_fit *fits, char *out, int digits,
                    int rounds)
{
    const struct rs_sink_config config = {
        .rows = {.data = data,
                 .which = RS_ROWS_PAIRS,
                 .pairs = {fields, titles, sizeof fields / sizeof fields[0]},
                 .conf_level = 0.95,
                 .model_name = "ols",
                 .digits = digits}};
    struct rs_sink *sink = NULL;
    struct rs_error err;
    double times[MAX_ROUNDS];
    double bytes = 0.0;

    if (kinds[kind]->make(&sink, &config, &err) != RS_OK)
        exit(EXIT_FAILURE);
    for (int i = 0; i < rounds; i++)
        times[i] = encode(sink, fits, out, &bytes);
    qsort(times, (size_t)rounds, sizeof times[0], compare);
    (void)printf("%s, %2d digits%s: %.1f ns a row, %.2f M rows/s, %.0f bytes\n",
                 kinds[kind]->what, digits, digits == 0 ? " (shortest)" : "",
                 times[rounds / 2], 1e3 / times[rounds / 2], bytes);
    sink->ops->free(sink);
}

int main(int argc, char **argv)
{
    static const int digits[] = {0, 6, 9, 15, 17};
    static struct rs_column columns[N_NAMES];
    static char names[N_NAMES][16];
    static char out[4096 * 1024];
    struct rs_dataset data = {.n_columns = N_NAMES, .columns = columns};
    struct rs_fit *fits = calloc(N_FITS, sizeof *fits);
    int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 15;
    uint64_t state = 1;

    if (fits == NULL || rounds < 1 || rounds > MAX_ROUNDS)
        return EXIT_FAILURE;
    for (size_t j = 0; j < N_NAMES; j++) {
        (void)snprintf(names[j], sizeof names[j], "c%zu", j + 1);
        columns[j].name = names[j];
    }
    for (size_t i = 0; i < N_FITS; i++)
        fill(&fits[i], &state);
    for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++)
        for (size_t i = 0; i < sizeof digits / sizeof digits[0]; i++)
            measure(kind, &data, fits, out, digits[i], rounds);
    free(fits);
    return EXIT_SUCCESS;
}
