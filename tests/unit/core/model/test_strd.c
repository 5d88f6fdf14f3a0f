/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * NIST's Statistical Reference Datasets for linear regression and one-way
 * analysis of variance (tests/nist): the digits of the certified values that
 * are right, by the least squares of the exact engine alone.
 */
#include "lsq.h"
#include "run_suite.h"
#include "table_file.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 8, ROWS = 64, LEVELS = 16, SMALL = 2001, TREATMENTS = 9 };

/* Numbers of a fit under the names that the certified values have: term and
 * column, as in "x^2 se"; " sigma". */
struct numbers {
    char name[2 * MOST + 5][32];
    double value[2 * MOST + 5];
    size_t n;
};

static void add(struct numbers *out, const char *term, const char *column,
                double value)
{
    (void)snprintf(out->name[out->n], sizeof out->name[0], "%s %s", term,
                   column);
    out->value[out->n++] = value;
}

static void add_term(struct numbers *out, const char *name,
                     const struct rs_lsq_term *term)
{
    add(out, name, "beta", term->estimate);
    add(out, name, "se", term->se);
}

static void add_model(struct numbers *out, const struct rs_lsq_result *result,
                      double df1)
{
    add(out, "", "r2", result->r2);
    add(out, "", "sigma",
        result->outcome == RS_FIT_PERFECT ? 0.0 : result->sigma);
    add(out, "", "f", result->r2 / (1.0 - result->r2) * result->df / df1);
}

/* Name of a column of a set: x, x^2, ...; x1, x2, ... */
static void name_column(char out[24], size_t j, size_t n_x)
{
    if (n_x > 1)
        (void)snprintf(out, 24, "x%zu", j + 1);
    else if (j > 0)
        (void)snprintf(out, 24, "x^%zu", j + 1);
    else
        (void)snprintf(out, 24, "x");
}

/* Fits y on k columns given as plain values, which are n_x columns or powers of
 * one. */
static void fit_all(struct numbers *out, const double *y,
                    double columns[][ROWS], size_t k, size_t n_x, size_t n,
                    bool intercept)
{
    char name[24];
    struct rs_lsq_column prepared[MOST + 1];
    const struct rs_lsq_column *base[MOST];
    struct rs_lsq_term terms[MOST];
    struct rs_lsq_result result;
    struct rs_lsq *lsq = NULL;

    out->n = 0;
    ck_assert_int_eq(rs_lsq_new(&lsq, n, k - 1, intercept, NULL), RS_OK);
    for (size_t j = 0; j <= k; j++) {
        ck_assert_int_eq(rs_lsq_column_init(&prepared[j], n, NULL), RS_OK);
        rs_lsq_column_set(&prepared[j], j < k ? columns[j] : y, n, NULL,
                          intercept);
        if (j < k)
            base[j] = &prepared[j];
    }
    rs_lsq_base(lsq, base, k - 1, n);
    rs_lsq_response(lsq, &prepared[k]);
    rs_lsq_fit(lsq, &result, &prepared[k - 1]);
    rs_lsq_terms(lsq, terms, &result, NULL);
    terms[k - 1] = result.x;
    if (intercept)
        add_term(out, "(intercept)", &result.intercept);
    for (size_t j = 0; j < k; j++) {
        name_column(name, j, n_x);
        add_term(out, name, &terms[j]);
    }
    add_model(out, &result, (double)k);
    if (result.outcome == RS_FIT_PERFECT) /* certified as 0 */
        for (size_t i = 0; i < out->n; i++)
            if (isnan(out->value[i]))
                out->value[i] = 0.0;
    for (size_t j = 0; j <= k; j++)
        rs_lsq_column_clear(&prepared[j]);
    rs_lsq_free(lsq);
}

/* Digits that agree with the certified value. */
static double digits(double ours, double certified)
{
    if (ours == certified)
        return 99.0;
    return -log10(fabs(ours - certified) /
                  (certified == 0.0 ? 1.0 : fabs(certified)));
}

/* Cuts a line at its commas. */
static size_t cut(char *field[], size_t most, char *line)
{
    size_t n = 0;

    for (char *at = line; at != NULL && n < most; n++) {
        field[n] = at;
        at = strchr(at, ',');
        if (at != NULL)
            *at++ = '\0';
    }
    return n;
}

/* Our value of a name; fails the test when there is none. */
static double value_of(const struct numbers *ours, const char *name)
{
    for (size_t i = 0; i < ours->n; i++)
        if (strcmp(ours->name[i], name) == 0)
            return ours->value[i];
    ck_abort_msg("no value '%s'", name);
    return NAN;
}

/* Holds the numbers against each line of certified.csv of one set, but F where
 * it has not the digits (README.md there); how many those are. */
static size_t compare(const struct numbers *ours, const char *set)
{
    char line[256];
    char name[48];
    char *field[5];
    size_t n = 0;
    double least = 99.0;
    FILE *file = fopen(tests_path("nist/certified.csv"), "r");

    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        double found = 0.0;
        if (cut(field, 5, line) < 5 || strcmp(field[0], set) != 0)
            continue;
        n++;
        (void)snprintf(name, sizeof name, "%s %s", field[1], field[2]);
        if (strcmp(name, " f") == 0 && value_of(ours, " r2") > 0.999)
            continue;
        found = digits(value_of(ours, name), strtod(field[3], NULL));
        ck_assert_msg(found >= strtod(field[4], NULL),
                      "%s %s: %.17g against %s: %.2f digits of %s", set, name,
                      value_of(ours, name), field[3], found, field[4]);
        least = fmin(least, found);
    }
    (void)fclose(file);
    (void)printf("%s: %zu values, least digits %.1f\n", set, n, least);
    (void)fflush(stdout);
    return n;
}

/* name, table, y, number of x ("x", or "x1" and on), powers of x, whether it
 * has an intercept, values certified */
static const struct {
    const char *name;
    const char *table;
    const char *y;
    size_t n_x;
    size_t powers;
    bool intercept;
    size_t n_values;
} sets[] = {
    {"Norris", "norris", "y", 1, 1, true, 7},
    {"Pontius", "pontius", "y", 1, 2, true, 9},
    {"NoInt1", "noint1", "y", 1, 1, false, 5},
    {"NoInt2", "noint2", "y", 1, 1, false, 5},
    {"Longley", "longley", "y", 6, 1, true, 17},
    {"Wampler1", "wampler", "y1", 1, 5, true, 14},
    {"Wampler2", "wampler", "y2", 1, 5, true, 14},
    {"Wampler3", "wampler", "y3", 1, 5, true, 15},
    {"Wampler4", "wampler", "y4", 1, 5, true, 15},
    {"Wampler5", "wampler", "y5", 1, 5, true, 15},
};

START_TEST(test_certified)
{
    double columns[MOST][ROWS];
    char name[64];
    struct rs_dataset *data = NULL;
    struct numbers ours;
    size_t k = 0;

    (void)snprintf(name, sizeof name, "nist/%s.csv", sets[_i].table);
    data = load_table(tests_path(name));
    ck_assert_uint_le(data->n_rows, ROWS);
    for (size_t j = 0; j < sets[_i].n_x; j++) {
        const struct rs_column *x = NULL;
        name_column(name, j, sets[_i].n_x);
        x = table_column(data, name);
        for (size_t p = 1; p <= sets[_i].powers; p++, k++)
            for (size_t i = 0; i < data->n_rows; i++) {
                /* the power of a whole number, rounded once */
                long double power = 1.0L;
                for (size_t q = 0; q < p; q++)
                    power *= (long double)x->values[i];
                columns[k][i] = (double)power;
            }
    }
    fit_all(&ours, table_column(data, sets[_i].y)->values, columns, k,
            sets[_i].n_x, data->n_rows, sets[_i].intercept);
    ck_assert_uint_eq(compare(&ours, sets[_i].name), sets[_i].n_values);
    rs_dataset_free(data);
}
END_TEST

/* ---- one-way analyses of variance, as 0/1 columns ---------------- */

/* y of n rows, whose levels count from 1 */
static void fit_levels(struct numbers *out, const double *y,
                       const double *level, size_t n)
{
    struct rs_lsq_column prepared[LEVELS + 1];
    const struct rs_lsq_column *base[LEVELS];
    struct rs_lsq_result result;
    struct rs_lsq *lsq = NULL;
    double *dummy = calloc(n, sizeof *dummy);
    size_t k = 0; /* columns, for levels 2 to k + 1 */

    ck_assert_ptr_nonnull(dummy);
    for (size_t i = 0; i < n; i++)
        k = level[i] - 1.0 > (double)k ? (size_t)level[i] - 1 : k;
    ck_assert(k > 0 && k <= LEVELS);
    for (size_t j = 0; j <= k; j++) {
        for (size_t i = 0; i < n; i++)
            dummy[i] = level[i] == (double)(j + 2) ? 1.0 : 0.0;
        ck_assert_int_eq(rs_lsq_column_init(&prepared[j], n, NULL), RS_OK);
        rs_lsq_column_set(&prepared[j], j < k ? dummy : y, n, NULL, true);
        if (j < k)
            base[j] = &prepared[j];
    }
    ck_assert_int_eq(rs_lsq_new(&lsq, n, k - 1, true, NULL), RS_OK);
    rs_lsq_base(lsq, base, k - 1, n);
    rs_lsq_response(lsq, &prepared[k]);
    rs_lsq_fit(lsq, &result, &prepared[k - 1]);
    ck_assert_int_eq(result.outcome, RS_FIT_OK);
    out->n = 0;
    add_model(out, &result, (double)k);
    for (size_t j = 0; j <= k; j++)
        rs_lsq_column_clear(&prepared[j]);
    rs_lsq_free(lsq);
    free(dummy);
}

START_TEST(test_resistance)
{
    struct rs_dataset *data = load_table(tests_path("nist/sirstv.csv"));
    struct numbers ours;

    fit_levels(&ours, table_column(data, "resistance")->values,
               table_column(data, "instrument")->values, data->n_rows);
    ck_assert_uint_eq(compare(&ours, "SiRstv"), 3);
    rs_dataset_free(data);
}
END_TEST

/* Made by their rule (see sets.py): leading digits, rows of a treatment. */
static const struct {
    const char *name;
    const char *leading;
    size_t n;
} small_sets[] = {
    {"SmLs01", "1", 21},        {"SmLs02", "1", 201},
    {"SmLs03", "1", SMALL},     {"SmLs04", "1000000", 21},
    {"SmLs05", "1000000", 201}, {"SmLs07", "1000000000000", 21},
};

/* The i-th response of a treatment: tenths that go down and up by turns. */
static double response(const char *leading, size_t treatment, size_t i)
{
    char text[32];
    size_t middle = treatment == 1 ? 4 : treatment % 2 == 0 ? 3 : 5;

    (void)snprintf(text, sizeof text, "%s.%zu", leading,
                   i == 0       ? middle
                   : i % 2 == 1 ? middle - 1
                                : middle + 1);
    return strtod(text, NULL);
}

START_TEST(test_treatments)
{
    static double y[TREATMENTS * SMALL];
    static double level[TREATMENTS * SMALL];
    struct numbers ours;
    size_t n = 0;

    for (size_t t = 1; t <= TREATMENTS; t++)
        for (size_t i = 0; i < small_sets[_i].n; i++, n++) {
            y[n] = response(small_sets[_i].leading, t, i);
            level[n] = (double)t;
        }
    fit_levels(&ours, y, level, n);
    ck_assert_uint_eq(compare(&ours, small_sets[_i].name), 3);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_certified, sizeof sets / sizeof sets[0]},
    {&test_resistance, 1},
    {&test_treatments, sizeof small_sets / sizeof small_sets[0]},
};
SUITE(strd, tests)
