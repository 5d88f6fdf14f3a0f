/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The yardstick: gsl_loop FILE NY NX - one process, the first NY columns on
 * the next NX, each by a plain call of gsl_fit_linear. Reading is not timed.
 * Prints the seconds of the loop.
 */
#include "clock.h"
#include "csv.h"

#include <gsl/gsl_fit.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    static const char *const na[] = {"", "NA"};
    const struct rs_csv_options options = {.decimal = '.',
                                           .has_header = true,
                                           .na = na,
                                           .n_na = 2,
                                           .n_threads = 4};
    struct rs_dataset *data = NULL;
    struct rs_csv *csv = NULL;
    struct rs_error err;
    size_t *columns = NULL;
    size_t n_y = argc == 4 ? strtoul(argv[2], NULL, 10) : 0;
    size_t n_x = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
    double begin = 0.0;
    double sum = 0.0;

    if (n_y == 0 || n_x == 0 ||
        rs_csv_open(&csv, argv[1], &options, &err) != RS_OK)
        return EXIT_FAILURE;
    columns = calloc(n_y + n_x, sizeof *columns);
    for (size_t j = 0; columns != NULL && j < n_y + n_x; j++)
        columns[j] = j;
    if (columns == NULL ||
        rs_csv_load(&data, csv, columns, n_y + n_x, &err) != RS_OK)
        return EXIT_FAILURE;
    begin = rs_clock_now();
    for (size_t i = 0; i < n_y; i++)
        for (size_t j = n_y; j < n_y + n_x; j++) {
            double c0 = 0.0;
            double c1 = 0.0;
            double v00 = 0.0;
            double v01 = 0.0;
            double v11 = 0.0;
            double rss = 0.0;
            (void)gsl_fit_linear(data->columns[j].values, 1,
                                 data->columns[i].values, 1, data->n_rows, &c0,
                                 &c1, &v00, &v01, &v11, &rss);
            sum += c1;
        }
    (void)printf("%.6f\n", rs_clock_now() - begin);
    rs_dataset_free(data);
    rs_csv_close(csv);
    free(columns);
    return sum == sum ? EXIT_SUCCESS : EXIT_FAILURE;
}
