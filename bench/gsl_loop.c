/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The yardstick: gsl_loop FILE NY NX [JOBS] - the first NY columns on the next
 * NX, each by a plain call of gsl_fit_linear. Without JOBS in one process and
 * nothing else; with JOBS in so many forked processes that share the
 * dependents out, and with r2 and p by GSL for each pair. Neither reading nor
 * any output is timed. Prints the seconds of the loop.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "clock.h"
#include "source.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct loop {
    const struct rs_dataset *data;
    size_t n_y;
    size_t n_x;
    bool with_p;
};

/* The sum of what was computed, so that nothing can be left out. */
static double fit_row(const struct loop *loop, size_t i)
{
    size_t n = loop->data->n_rows;
    const double *y = loop->data->columns[i].values;
    double sum = 0.0;

    for (size_t j = loop->n_y; j < loop->n_y + loop->n_x; j++) {
        double c0 = 0.0;
        double c1 = 0.0;
        double v00 = 0.0;
        double v01 = 0.0;
        double v11 = 0.0;
        double rss = 0.0;
        (void)gsl_fit_linear(loop->data->columns[j].values, 1, y, 1, n, &c0,
                             &c1, &v00, &v01, &v11, &rss);
        sum += c1;
        if (loop->with_p) {
            double r2 = 1.0 - rss / gsl_stats_tss(y, 1, n);
            double t = fabs(c1) / sqrt(v11);
            sum += r2 + 2.0 * gsl_cdf_tdist_Q(t, (double)n - 2.0);
        }
    }
    return sum;
}

/* Takes dependents from the counter until there are none; false on NaN. */
static bool work(const struct loop *loop, atomic_size_t *next)
{
    double sum = 0.0;

    for (;;) {
        size_t i = atomic_fetch_add(next, 1);
        if (i >= loop->n_y)
            return sum == sum;
        sum += fit_row(loop, i);
    }
}

static bool run(const struct loop *loop, int jobs)
{
    atomic_size_t *next = mmap(NULL, sizeof *next, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    bool ok = next != MAP_FAILED;
    int status = 0;

    if (!ok || jobs == 0)
        return ok && work(loop, next);
    for (int k = 0; k < jobs; k++) {
        pid_t child = fork();
        if (child == 0)
            _exit(work(loop, next) ? EXIT_SUCCESS : EXIT_FAILURE);
        ok = ok && child > 0;
    }
    while (wait(&status) > 0)
        ok = ok && status == 0;
    return ok;
}

int main(int argc, char **argv)
{
    static const char *const na[] = {"", "NA"};
    const struct rs_source_options options = {
        .csv = {.decimal = '.',
                .has_header = true,
                .cells = {.na = na, .n_na = 2},
                .n_threads = 4}};
    struct rs_dataset *data = NULL;
    struct rs_source *source = NULL;
    struct rs_error err;
    struct loop loop = {.with_p = argc == 5};
    size_t *columns = NULL;
    double begin = 0.0;
    bool ok = false;

    loop.n_y = argc >= 4 ? strtoul(argv[2], NULL, 10) : 0;
    loop.n_x = argc >= 4 ? strtoul(argv[3], NULL, 10) : 0;
    if (loop.n_y == 0 || loop.n_x == 0 ||
        rs_source_open(&source, argv[1], &options, &err) != RS_OK)
        return EXIT_FAILURE;
    columns = calloc(loop.n_y + loop.n_x, sizeof *columns);
    for (size_t j = 0; columns != NULL && j < loop.n_y + loop.n_x; j++)
        columns[j] = j;
    if (columns == NULL || rs_source_load(&data, source, columns,
                                          loop.n_y + loop.n_x, &err) != RS_OK)
        return EXIT_FAILURE;
    loop.data = data;
    begin = rs_clock_now();
    ok = run(&loop, loop.with_p ? (int)strtol(argv[4], NULL, 10) : 0);
    (void)printf("%.6f\n", rs_clock_now() - begin);
    rs_dataset_free(data);
    rs_source_close(source);
    free(columns);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
