/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * NIST's Statistical Reference Datasets for linear regression and one-way
 * analysis of variance: how many
 * digits of the certified values are right, against the most that doubles
 * allow (attainable.csv, column lre_float64), at most 13, less half a digit.
 */
#include "lsq.h"
#include "refdata.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 8, ROWS = 64, LEVELS = 16 };

/* Numbers of a fit under the names that the certified values have. */
struct numbers {
    char name[2 * MOST + 2][24]; /* "B0", "B0.sd", ..., "r_squared" */
    double value[2 * MOST + 2];
    size_t n;
};

static void add(struct numbers *out, const char *name, double value)
{
    (void)snprintf(out->name[out->n], sizeof out->name[0], "%s", name);
    out->value[out->n++] = value;
}

static void add_term(struct numbers *out, size_t ix,
                     const struct rs_lsq_term *term)
{
    char name[24];

    (void)snprintf(name, sizeof name, "B%zu", ix);
    add(out, name, term->estimate);
    (void)snprintf(name, sizeof name, "B%zu.sd", ix);
    add(out, name, term->se);
}

/* Fits y on k columns given as plain values. */
static void fit_all(struct numbers *out, const double *y,
                    double columns[][ROWS], size_t k, size_t n, bool intercept)
{
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
        add_term(out, 0, &result.intercept);
    for (size_t j = 0; j < k; j++)
        add_term(out, j + 1, &terms[j]);
    add(out, "r_squared", result.r2);
    add(out, "residual_sd",
        result.outcome == RS_FIT_PERFECT ? 0.0 : result.sigma);
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

/* Calls check for each line of attainable.csv of one dataset. */
static size_t compare(const struct numbers *ours, const char *dataset)
{
    char line[1024];
    size_t n = 0;
    double least = 99.0;
    const char *path = refdata_path("strd/attainable.csv");
    FILE *file = path == NULL ? NULL : fopen(path, "r");

    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char *field[8] = {line};
        char name[48];
        double wanted = 0.0;
        for (size_t i = 1; i < 8 && field[i - 1] != NULL; i++) {
            field[i] = strchr(field[i - 1], ',');
            if (field[i] != NULL)
                *field[i]++ = '\0';
        }
        if (field[7] == NULL || strcmp(field[0], dataset) != 0)
            continue;
        (void)snprintf(name, sizeof name, "%s%s", field[1],
                       strcmp(field[2], "sd") == 0 ? ".sd" : "");
        wanted = fmin(strtod(field[7], NULL), 13.0) - 0.5;
        for (size_t i = 0; i < ours->n; i++) {
            double found = digits(ours->value[i], strtod(field[3], NULL));
            if (strcmp(ours->name[i], name) != 0)
                continue;
            ck_assert_msg(found >= wanted,
                          "%s %s: %.17g against %s: %.2f digits, %.2f wanted",
                          dataset, name, ours->value[i], field[3], found,
                          wanted);
            least = found < least ? found : least;
            n++;
        }
    }
    (void)fclose(file);
    (void)printf("%s: %zu values, least digits %.1f\n", dataset, n, least);
    (void)fflush(stdout);
    return n;
}

/* name, x columns "x" or "x1..", powers of x, intercept, values certified */
static const struct {
    const char *name;
    size_t n_x;
    size_t powers;
    bool intercept;
    size_t n_values;
} sets[] = {
    {"Norris", 1, 1, true, 6},    {"Pontius", 1, 2, true, 8},
    {"NoInt1", 1, 1, false, 4},   {"Longley", 6, 1, true, 16},
    {"Wampler1", 1, 5, true, 14}, {"Wampler2", 1, 5, true, 14},
    {"Wampler4", 1, 5, true, 14},
};

START_TEST(test_certified)
{
    double columns[MOST][ROWS];
    char name[64];
    struct rs_dataset *data = NULL;
    struct numbers ours;
    const char *path = NULL;
    size_t k = 0;

    (void)snprintf(name, sizeof name, "strd/%s.csv", sets[_i].name);
    path = refdata_path(name);
    if (path == NULL)
        return;
    data = load_table(path);
    ck_assert_uint_le(data->n_rows, ROWS);
    for (size_t j = 0; j < sets[_i].n_x; j++) {
        const struct rs_column *x = NULL;
        (void)snprintf(name, sizeof name, "x%zu", j + 1);
        x = table_column(data, sets[_i].n_x == 1 ? "x" : name);
        for (size_t p = 1; p <= sets[_i].powers; p++, k++)
            for (size_t i = 0; i < data->n_rows; i++) {
                /* the power of a whole number, rounded once */
                long double power = 1.0L;
                for (size_t q = 0; q < p; q++)
                    power *= (long double)x->values[i];
                columns[k][i] = (double)power;
            }
    }
    fit_all(&ours, table_column(data, "y")->values, columns, k, data->n_rows,
            sets[_i].intercept);
    ck_assert_uint_eq(compare(&ours, sets[_i].name), sets[_i].n_values);
    rs_dataset_free(data);
}
END_TEST

/* The one-way analyses of variance, as regressions on 0/1 columns. */
static const char *const anova_sets[] = {"SiRstv", "SmLs01", "SmLs03", "SmLs04",
                                         "SmLs07"};

static void add_anova(struct numbers *out, const struct rs_lsq_result *result,
                      double df1)
{
    double rss = result->sigma * result->sigma * result->df;
    double explained = result->r2 / (1.0 - result->r2);

    out->n = 0;
    add(out, "r_squared", result->r2);
    add(out, "residual_sd", result->sigma);
    add(out, "residual_ss", rss);
    add(out, "regression_ss", explained * rss);
    add(out, "f_statistic", explained * result->df / df1);
}

START_TEST(test_anova)
{
    struct rs_lsq_column prepared[LEVELS + 1];
    const struct rs_lsq_column *base[LEVELS];
    struct rs_lsq_result result;
    struct rs_lsq *lsq = NULL;
    struct numbers ours;
    char name[64];
    const char *path = NULL;
    struct rs_dataset *data = NULL;
    const double *treatment = NULL;
    double *dummy = NULL;
    size_t n = 0;
    size_t k = 0; /* columns, for levels 2 to k + 1 */

    (void)snprintf(name, sizeof name, "strd/%s.csv", anova_sets[_i]);
    path = refdata_path(name);
    if (path == NULL)
        return;
    data = load_table(path);
    n = data->n_rows;
    treatment = table_column(data, "treatment")->values;
    for (size_t i = 0; i < n; i++)
        k = treatment[i] - 1.0 > (double)k ? (size_t)treatment[i] - 1 : k;
    ck_assert(k > 0 && k <= LEVELS);
    dummy = calloc(n, sizeof *dummy);
    ck_assert_ptr_nonnull(dummy);
    for (size_t j = 0; j <= k; j++) {
        for (size_t i = 0; i < n; i++)
            dummy[i] = treatment[i] == (double)(j + 2) ? 1.0 : 0.0;
        ck_assert_int_eq(rs_lsq_column_init(&prepared[j], n, NULL), RS_OK);
        rs_lsq_column_set(&prepared[j],
                          j < k ? dummy
                                : table_column(data, "response")->values,
                          n, NULL, true);
        if (j < k)
            base[j] = &prepared[j];
    }
    ck_assert_int_eq(rs_lsq_new(&lsq, n, k - 1, true, NULL), RS_OK);
    rs_lsq_base(lsq, base, k - 1, n);
    rs_lsq_response(lsq, &prepared[k]);
    rs_lsq_fit(lsq, &result, &prepared[k - 1]);
    ck_assert_int_eq(result.outcome, RS_FIT_OK);
    add_anova(&ours, &result, (double)k);
    ck_assert_uint_eq(compare(&ours, anova_sets[_i]), 5);
    for (size_t j = 0; j <= k; j++)
        rs_lsq_column_clear(&prepared[j]);
    rs_lsq_free(lsq);
    free(dummy);
    rs_dataset_free(data);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_certified, sizeof sets / sizeof sets[0]},
    {&test_anova, sizeof anova_sets / sizeof anova_sets[0]},
};
SUITE(strd, tests)
