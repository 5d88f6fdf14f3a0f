/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The same genotypes for both programs: make_genotypes ROWS PHENOTYPES
 * VARIANTS SEED PREFIX writes
 *   PREFIX.csv                   y1, y2, ... and v1, v2, ... (copies: 0, 1, 2)
 *   PREFIX.bed, .bim, .fam       the variants for plink (copies of ALT)
 *   PREFIX.pheno                 the phenotypes for plink, the same digits
 * Allele frequencies lie between 0.05 and 0.5. Phenotype k depends on variant
 * k (modulo their number) a little, so that small p-values occur too.
 */
#include "numtext.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { digits = 12 };

struct cohort {
    size_t n_rows;
    size_t n_phenotypes;
    size_t n_variants;
    uint64_t state;
    unsigned char *copies; /* a row of n_rows per variant */
    double *phenotypes;    /* a row of n_rows per phenotype */
};

static double uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u; /* splitmix64 */

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* Roughly normal: the sum of four uniforms, scaled to variance 1. */
static double normal(uint64_t *state)
{
    double sum = 0.0;

    for (int i = 0; i < 4; i++)
        sum += uniform(state) - 0.5;
    return sum * sqrt(3.0);
}

static void draw(struct cohort *c)
{
    for (size_t j = 0; j < c->n_variants; j++) {
        double frequency = 0.05 + 0.45 * uniform(&c->state);
        for (size_t i = 0; i < c->n_rows; i++)
            c->copies[j * c->n_rows + i] =
                (unsigned char)((uniform(&c->state) < frequency) +
                                (uniform(&c->state) < frequency));
    }
    for (size_t k = 0; k < c->n_phenotypes; k++) {
        const unsigned char *cause = c->copies + k % c->n_variants * c->n_rows;
        for (size_t i = 0; i < c->n_rows; i++)
            c->phenotypes[k * c->n_rows + i] =
                normal(&c->state) + 0.4 * cause[i];
    }
}

static FILE *open_output(const char *prefix, const char *suffix)
{
    char name[4096];
    FILE *file = NULL;

    (void)snprintf(name, sizeof name, "%s.%s", prefix, suffix);
    file = fopen(name, "wb");
    if (file == NULL)
        perror(name);
    return file;
}

static bool close_output(FILE *file)
{
    bool ok = ferror(file) == 0;

    return fclose(file) == 0 && ok;
}

/* The phenotypes of a row, with a spacer between them and, if leading, before.
 */
static void put_phenotypes(const struct cohort *c, size_t row, bool leading,
                           char spacer, FILE *file)
{
    char text[RS_NUMTEXT_MAX];

    for (size_t k = 0; k < c->n_phenotypes; k++) {
        size_t len = (size_t)rs_number_write_digits(
            text, c->phenotypes[k * c->n_rows + row], digits);
        if (leading || k > 0)
            (void)putc(spacer, file);
        (void)fwrite(text, 1, len, file);
    }
}

static bool write_csv(const struct cohort *c, const char *prefix)
{
    FILE *file = open_output(prefix, "csv");

    if (file == NULL)
        return false;
    for (size_t k = 1; k <= c->n_phenotypes; k++)
        (void)fprintf(file, "y%zu,", k);
    for (size_t j = 1; j <= c->n_variants; j++)
        (void)fprintf(file, "v%zu%c", j, j < c->n_variants ? ',' : '\n');
    for (size_t i = 0; i < c->n_rows; i++) {
        put_phenotypes(c, i, false, ',', file);
        for (size_t j = 0; j < c->n_variants; j++) {
            (void)putc(',', file);
            (void)putc('0' + c->copies[j * c->n_rows + i], file);
        }
        (void)putc('\n', file);
    }
    return close_output(file);
}

static bool write_pheno(const struct cohort *c, const char *prefix)
{
    FILE *file = open_output(prefix, "pheno");

    if (file == NULL)
        return false;
    (void)fputs("#IID", file);
    for (size_t k = 1; k <= c->n_phenotypes; k++)
        (void)fprintf(file, "\ty%zu", k);
    for (size_t i = 0; i < c->n_rows; i++) {
        (void)fprintf(file, "\ni%zu", i + 1);
        put_phenotypes(c, i, true, '\t', file);
    }
    (void)putc('\n', file);
    return close_output(file);
}

/* plink 1 binary, variant by variant; four people a byte, lowest bits first:
 * 00 two copies of the first allele of .bim, 10 one, 11 none. */
static bool write_bed(const struct cohort *c, const char *prefix)
{
    static const unsigned char code[] = {3, 2, 0};
    static const unsigned char magic[] = {0x6c, 0x1b, 0x01};
    FILE *file = open_output(prefix, "bed");

    if (file == NULL)
        return false;
    (void)fwrite(magic, 1, sizeof magic, file);
    for (size_t j = 0; j < c->n_variants; j++) {
        const unsigned char *copies = c->copies + j * c->n_rows;
        for (size_t i = 0; i < c->n_rows; i += 4) {
            int byte = 0;
            for (size_t k = 0; k < 4 && i + k < c->n_rows; k++)
                byte |= code[copies[i + k]] << 2 * k;
            (void)putc(byte, file);
        }
    }
    return close_output(file);
}

static bool write_names(const struct cohort *c, const char *prefix)
{
    FILE *bim = open_output(prefix, "bim");
    FILE *fam = open_output(prefix, "fam");
    bool ok = bim != NULL && fam != NULL;

    for (size_t j = 1; ok && j <= c->n_variants; j++)
        (void)fprintf(bim, "1\tv%zu\t0\t%zu\tC\tA\n", j, j);
    for (size_t i = 1; ok && i <= c->n_rows; i++)
        (void)fprintf(fam, "0\ti%zu\t0\t0\t0\t-9\n", i);
    ok = bim != NULL && close_output(bim) && ok;
    return fam != NULL && close_output(fam) && ok;
}

int main(int argc, char **argv)
{
    struct cohort c = {0};
    bool ok = false;

    if (argc == 6) {
        c.n_rows = strtoul(argv[1], NULL, 10);
        c.n_phenotypes = strtoul(argv[2], NULL, 10);
        c.n_variants = strtoul(argv[3], NULL, 10);
        c.state = strtoull(argv[4], NULL, 10);
    }
    if (c.n_rows == 0 || c.n_phenotypes == 0 || c.n_variants == 0) {
        (void)fputs("usage: make_genotypes ROWS PHENOTYPES VARIANTS SEED "
                    "PREFIX\n",
                    stderr);
        return EXIT_FAILURE;
    }
    c.copies = calloc(c.n_variants, c.n_rows);
    c.phenotypes = calloc(c.n_phenotypes * c.n_rows, sizeof *c.phenotypes);
    if (c.copies != NULL && c.phenotypes != NULL) {
        draw(&c);
        ok = write_csv(&c, argv[5]) && write_pheno(&c, argv[5]) &&
             write_bed(&c, argv[5]) && write_names(&c, argv[5]);
    }
    free(c.copies);
    free(c.phenotypes);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
