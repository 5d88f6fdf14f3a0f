/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * p-values in bulk: tail_bench [DF] - nanoseconds a value for ln P, for two
 * ranges of |t|, beside one call of rs_t_log_p; and the time to make a table.
 * Best of several rounds.
 */
#include "clock.h"
#include "tail_table.h"
#include "tails.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 4096, ROUNDS = 400, TABLES = 2000 };

static double r[N];
static double rest[N];
static double t[N];
static double log_p[N];

static double least(double a, double b)
{
    return a < b ? a : b;
}

static void measure(const struct rs_tail_table *table, double low, double high)
{
    double df = rs_tail_table_df(table);
    double best = INFINITY;
    double single = 0.0;

    for (size_t i = 0; i < N; i++) { /* scattered, as those of a sweep are */
        t[i] = low + (high - low) * (double)(i * 2654435761U % N) / N;
        rest[i] = 1.0 / (1.0 + t[i] * t[i] / df);
        r[i] = t[i] / sqrt(df + t[i] * t[i]);
    }
    for (int round = 0; round < ROUNDS; round++) {
        double begin = rs_clock_now();
        rs_tail_table_log_p(table, log_p, r, rest, N);
        best = least(best, rs_clock_now() - begin);
    }
    single = rs_clock_now();
    for (size_t i = 0; i < N; i++)
        log_p[i] = rs_t_log_p(t[i], df);
    single = rs_clock_now() - single;
    (void)printf("df %g, |t| %g..%g: ln P %.2f ns a value; rs_t_log_p %.0f\n",
                 df, low, high, best / N * 1e9, single / N * 1e9);
}

int main(int argc, char **argv)
{
    double df = argc > 1 ? strtod(argv[1], NULL) : 998.0;
    struct rs_tail_table *table = NULL;
    struct rs_error err;
    double begin = 0.0;

    if (rs_tail_table_new(&table, df, &err) != RS_OK)
        return EXIT_FAILURE;
    measure(table, 0.0, 5.0);
    measure(table, 5.0, 50.0);
    begin = rs_clock_now();
    for (int i = 0; i < TABLES; i++) {
        rs_tail_table_free(table);
        if (rs_tail_table_new(&table, df + i, &err) != RS_OK)
            return EXIT_FAILURE;
    }
    (void)printf("a table: %.1f us\n", (rs_clock_now() - begin) / TABLES * 1e6);
    rs_tail_table_free(table);
    return EXIT_SUCCESS;
}
