/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes a random table as CSV: make_table ROWS COLUMNS DIGITS SEED [OPTION]...
 * DIGITS 0: values 0, 1, 2 as in genotypes; else so many significant digits,
 * or 6-17: from 6 to 17, each as often as the others.
 * Columns are called c1, c2, ...; all share a little of one common part.
 *   common=W      weight of the common part (default 0.3)
 *   scattered=P   each cell is missing (NA) with probability P
 *   patterns=K:P  K sets of missing rows, each row in each with probability
 *                 P; column j has set j modulo K
 * What is missing changes no other value of the same seed.
 */
#include "numtext.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct table {
    long rows;
    long columns;
    int digits, most_digits;
    uint64_t state;        /* of the values */
    uint64_t hidden_state; /* of what is missing */
    double common;
    double scattered;
    double in_pattern;
    int n_patterns;
};

static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u; /* splitmix64 */

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double uniform(uint64_t *state)
{
    return (double)(next_bits(state) >> 11) * 0x1p-53;
}

/* Roughly normal: the sum of four uniforms, scaled to variance 1. */
static double normal(uint64_t *state)
{
    double sum = 0.0;

    for (int i = 0; i < 4; i++)
        sum += uniform(state) - 0.5;
    return sum * sqrt(3.0);
}

static size_t cell_text(struct table *table, double common, char *out)
{
    uint64_t *state = &table->state;
    int digits = table->digits;

    if (table->most_digits > digits)
        digits += (int)(next_bits(state) %
                        (uint64_t)(table->most_digits - digits + 1));
    if (digits == 0) {
        int copies =
            (uniform(state) < 0.3 ? 1 : 0) + (uniform(state) < 0.3 ? 1 : 0);
        out[0] = (char)('0' + copies);
        return 1;
    }
    return (size_t)rs_number_write_digits(
        out, normal(state) + table->common * common, digits);
}

/* Which of the patterns hide the row that begins. */
static uint64_t hidden_patterns(struct table *table)
{
    uint64_t hidden = 0;

    for (int k = 0; k < table->n_patterns; k++)
        if (uniform(&table->hidden_state) < table->in_pattern)
            hidden |= (uint64_t)1 << k;
    return hidden;
}

static bool cell_missing(struct table *table, long column, uint64_t hidden)
{
    if (table->n_patterns > 0)
        return (hidden >> (column % table->n_patterns) & 1) != 0;
    return table->scattered > 0 &&
           uniform(&table->hidden_state) < table->scattered;
}

static void put_row(struct table *table)
{
    double common = normal(&table->state);
    uint64_t hidden = hidden_patterns(table);
    char text[RS_NUMTEXT_MAX];

    for (long j = 1; j <= table->columns; j++) {
        size_t len = cell_text(table, common, text);
        if (cell_missing(table, j, hidden))
            (void)fputs("NA", stdout);
        else
            (void)fwrite(text, 1, len, stdout);
        (void)putchar(j < table->columns ? ',' : '\n');
    }
}

static bool take_option(struct table *table, const char *option)
{
    char *end = NULL;

    if (strncmp(option, "common=", 7) == 0) {
        table->common = strtod(option + 7, &end);
    } else if (strncmp(option, "scattered=", 10) == 0) {
        table->scattered = strtod(option + 10, &end);
    } else if (strncmp(option, "patterns=", 9) == 0) {
        table->n_patterns = (int)strtol(option + 9, &end, 10);
        if (*end != ':' || table->n_patterns < 1 || table->n_patterns > 64)
            return false;
        table->in_pattern = strtod(end + 1, &end);
    }
    return end != NULL && *end == '\0';
}

static bool take_arguments(struct table *table, int argc, char **argv)
{
    char *end = NULL;

    if (argc < 5)
        return false;
    table->rows = strtol(argv[1], NULL, 10);
    table->columns = strtol(argv[2], NULL, 10);
    table->digits = (int)strtol(argv[3], &end, 10);
    if (*end == '-')
        table->most_digits = (int)strtol(end + 1, NULL, 10);
    table->state = strtoull(argv[4], NULL, 10);
    table->hidden_state = ~table->state;
    for (int i = 5; i < argc; i++)
        if (!take_option(table, argv[i]))
            return false;
    return table->rows > 0 && table->columns > 0;
}

int main(int argc, char **argv)
{
    struct table table = {.common = 0.3};

    if (!take_arguments(&table, argc, argv)) {
        (void)fputs("usage: make_table ROWS COLUMNS DIGITS SEED [common=W] "
                    "[scattered=P | patterns=K:P]\n",
                    stderr);
        return EXIT_FAILURE;
    }
    for (long j = 1; j <= table.columns; j++)
        (void)printf("c%ld%c", j, j < table.columns ? ',' : '\n');
    for (long i = 0; i < table.rows; i++)
        put_row(&table);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
