/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes a random table as CSV: make_table ROWS COLUMNS DIGITS SEED
 * DIGITS 0: values 0, 1, 2 as in genotypes; else so many significant digits,
 * or 6-17: from 6 to 17, each as often as the others.
 * Columns are called c1, c2, ...; neighbours are correlated a little.
 */
#include "numtext.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

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

struct digits {
    int least, most;
};

static struct digits parse_digits(const char *text)
{
    struct digits digits;
    char *end = NULL;

    digits.least = (int)strtol(text, &end, 10);
    digits.most = *end == '-' ? (int)strtol(end + 1, NULL, 10) : digits.least;
    return digits;
}

static void put_cell(uint64_t *state, double common, struct digits range)
{
    char text[RS_NUMTEXT_MAX];
    int digits = range.least;

    if (range.most > range.least)
        digits +=
            (int)(next_bits(state) % (uint64_t)(range.most - range.least + 1));
    if (digits == 0) {
        int copies =
            (uniform(state) < 0.3 ? 1 : 0) + (uniform(state) < 0.3 ? 1 : 0);
        (void)putchar('0' + copies);
        return;
    }
    (void)fwrite(
        text, 1,
        rs_number_write_digits(text, normal(state) + 0.3 * common, digits),
        stdout);
}

int main(int argc, char **argv)
{
    long rows = argc == 5 ? strtol(argv[1], NULL, 10) : 0;
    long columns = argc == 5 ? strtol(argv[2], NULL, 10) : 0;
    struct digits digits = parse_digits(argc == 5 ? argv[3] : "0");
    uint64_t state = argc == 5 ? strtoull(argv[4], NULL, 10) : 0;

    if (rows <= 0 || columns <= 0) {
        (void)fputs("usage: make_table ROWS COLUMNS DIGITS SEED\n", stderr);
        return EXIT_FAILURE;
    }
    for (long j = 1; j <= columns; j++)
        (void)printf("c%ld%c", j, j < columns ? ',' : '\n');
    for (long i = 0; i < rows; i++) {
        double common = normal(&state);
        for (long j = 1; j <= columns; j++) {
            put_cell(&state, common, digits);
            (void)putchar(j < columns ? ',' : '\n');
        }
    }
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
