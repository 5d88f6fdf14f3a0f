/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libregsweep in 60 lines: two columns against three, all in memory.
 *
 *     cc embed.c $(pkg-config --cflags --libs regsweep) -o embed
 */
#include <regsweep.h>

#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 12 };

/* Children's height and weight; age, a cell that is missing, and the school. */
static const double height[ROWS] = {98,  105, 111, 118, 122, 128,
                                    131, 138, 142, 149, 155, 161};
static const double weight[ROWS] = {15, 17, 19, 22, 24, 27,
                                    28, 32, 36, 40, 45, 50};
static double age[ROWS] = {3.5, 4.4,  5.5,  6.4,  7.1,  8.2,
                           9.0, 10.1, 10.8, 11.9, 12.6, 13.8};
static const double shoe[ROWS] = {25, 26, 28, 29, 31, 32,
                                  33, 34, 36, 37, 38, 40};
static const char *const school[ROWS] = {"a", "a", "b", "b", "a", "b",
                                         "a", "b", "a", "b", "a", "b"};

static int print_row(void *ctx, const struct regsweep_row *row)
{
    FILE *out = ctx;

    return fprintf(out, "%-6s on %-4s n %2.0f  beta %8.4f  p %8.2e  %s\n",
                   regsweep_text(row, "y"), regsweep_text(row, "x"),
                   regsweep_number(row, "n"), regsweep_number(row, "beta"),
                   regsweep_number(row, "p"), regsweep_text(row, "status")) < 0;
}

static int ask(struct regsweep *run)
{
    age[4] = strtod("nan", NULL);
    return regsweep_set(run, "dependent", "height") ||
           regsweep_set(run, "dependent", "weight") ||
           regsweep_set(run, "independent", "age,shoe") ||
           regsweep_set(run, "covariates", "school") ||
           regsweep_add_column(run, "height", height, ROWS) ||
           regsweep_add_column(run, "weight", weight, ROWS) ||
           regsweep_add_column(run, "age", age, ROWS) ||
           regsweep_add_column(run, "shoe", shoe, ROWS) ||
           regsweep_add_texts(run, "school", school, ROWS);
}

int main(void)
{
    struct regsweep *run = NULL;
    int failed = regsweep_new(&run) != REGSWEEP_OK || ask(run) ||
                 regsweep_run(run, print_row, stdout) != REGSWEEP_OK;

    if (failed)
        (void)fprintf(stderr, "embed: %s\n",
                      run == NULL ? "out of memory" : regsweep_error(run));
    else
        printf("%.0f pairs\n", (double)regsweep_count(run, "pairs"));
    regsweep_free(run);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
