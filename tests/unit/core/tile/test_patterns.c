/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cholesky.h"
#include "made_data.h"
#include "patterns.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Columns 0 and 1 are covariates, 2 the weights, the others are asked for. */
enum { ROWS = 151, FIRST = 3, ASKED = 400, COLUMNS = FIRST + ASKED };

struct setup {
    double *values;
    struct rs_dataset *data;
    size_t covariates[2];
    size_t weights;
    size_t asked[ASKED];
    struct rs_spec spec;
    struct rs_basis basis;
    struct rs_patterns patterns;
};

/* Kinds of columns: complete; missing only where the covariates are; one of
 * three shared patterns; hardly anything left; at random. */
static bool misses(size_t j, size_t i, uint64_t *seed)
{
    double any = made_uniform(seed);

    if (j < 2)
        return i % 29 == 3 + j;
    switch (j % 8) {
    case 3:
        return false;
    case 4:
        return i % 29 == 3 || i == 7; /* row 7 has weight 0 */
    case 5:
    case 6:
        return i % 5 == j % 3;
    case 7:
        return i % 47 != j % 11;
    default:
        return j > 2 && any < 0.1;
    }
}

static void setup_init(struct setup *s, bool weighted, bool intercept)
{
    uint64_t seed = 17;

    memset(s, 0, sizeof *s);
    s->values = calloc((size_t)COLUMNS * ROWS, sizeof *s->values);
    ck_assert_ptr_nonnull(s->values);
    for (size_t j = 0; j < COLUMNS; j++)
        for (size_t i = 0; i < ROWS; i++) {
            double value =
                j == 2 ? exp(made_normal(&seed)) : 10.0 + made_normal(&seed);
            s->values[j * ROWS + i] = misses(j, i, &seed) ? NAN : value;
        }
    s->values[2 * ROWS + 7] = 0.0;
    s->data = made_data(s->values, ROWS, COLUMNS);
    s->covariates[1] = 1;
    s->weights = 2;
    for (size_t k = 0; k < ASKED; k++)
        s->asked[k] = FIRST + (k * 7) % ASKED;
    s->spec.data = s->data;
    s->spec.covariates = s->covariates;
    s->spec.n_covariates = 2;
    s->spec.weights = weighted ? &s->weights : NULL;
    s->spec.intercept = intercept;
    ck_assert_int_eq(rs_basis_init(&s->basis, &s->spec, NULL), RS_OK);
    ck_assert_int_eq(
        rs_patterns_init(&s->patterns, &s->basis, s->asked, ASKED, NULL),
        RS_OK);
}

static void setup_clear(struct setup *s)
{
    rs_patterns_clear(&s->patterns);
    rs_basis_clear(&s->basis);
    rs_dataset_free(s->data);
    free(s->values);
}

/* Which rows of the basis a column has; by the cells. Gives how many. */
static size_t rows_of(bool *has, const struct setup *s, size_t column)
{
    const double *z = s->values;
    size_t at = 0;

    for (size_t i = 0; i < ROWS; i++)
        if (!isnan(z[i]) && !isnan(z[ROWS + i]) &&
            (s->spec.weights == NULL || z[2 * ROWS + i] > 0.0))
            has[at++] = !isnan(z[column * ROWS + i]);
    return at;
}

/* ln weights of the rows of the basis that a column has. */
static double log_weight_of(const struct setup *s, size_t column)
{
    const double *z = s->values;
    double sum = 0.0;

    for (size_t i = 0; i < ROWS && s->spec.weights != NULL; i++)
        if (!isnan(z[i]) && !isnan(z[ROWS + i]) && z[2 * ROWS + i] > 0.0 &&
            !isnan(z[column * ROWS + i]))
            sum += log(z[2 * ROWS + i]);
    return sum;
}

static void check_rows(const struct rs_pattern *pattern, const bool *has,
                       size_t n)
{
    size_t n_there = 0;
    size_t n_missing = 0;

    for (size_t i = 0; i < n; i++) {
        ck_assert(((pattern->bits[i / 64] >> (i % 64) & 1) != 0) == has[i]);
        n_there += has[i] ? 1 : 0;
        if (!has[i]) {
            ck_assert_uint_lt(n_missing, pattern->n_missing);
            ck_assert_uint_eq(pattern->missing[n_missing], i);
            n_missing++;
        }
    }
    ck_assert_uint_eq(pattern->n, n_there);
    ck_assert_uint_eq(pattern->n_missing, n_missing);
}

/* B'B row by row, its factor, and what the factor solves. */
static void check_gram(const struct setup *s, const struct rs_pattern *pattern,
                       const bool *has)
{
    const struct rs_basis *basis = &s->basis;
    size_t c = basis->n_vectors;
    double gram[9];
    double b[3] = {0.7, -1.3, 0.4};
    double solved[3];

    for (size_t k = 0; k < c * c; k++) {
        const double *u = &basis->vectors[k / c * basis->n];
        const double *v = &basis->vectors[k % c * basis->n];
        long double sum = 0.0L;
        for (size_t i = 0; i < basis->n; i++)
            sum += has[i] ? (long double)u[i] * v[i] : 0.0L;
        gram[k] = (double)sum;
        ck_assert_double_eq_tol(pattern->gram[k], gram[k], 1e-14);
    }
    if (!pattern->sound)
        return;
    rs_cholesky_forward(solved, pattern->factor, b, c);
    rs_cholesky_backward(solved, pattern->factor, solved, c);
    for (size_t a = 0; a < c; a++) {
        double sum = 0.0;
        for (size_t k = 0; k < c; k++)
            sum += gram[a * c + k] * solved[k];
        ck_assert_double_eq_tol(sum, b[a], 1e-10);
    }
}

START_TEST(test_patterns)
{
    struct setup s;
    size_t n_sound = 0;
    bool has[ROWS];
    bool other[ROWS];

    setup_init(&s, (_i & 1) != 0, (_i & 2) != 0);
    for (size_t k = 0; k < ASKED; k++) {
        size_t column = s.asked[k];
        size_t n = rows_of(has, &s, column);
        uint32_t ix = s.patterns.of_column[column];
        const struct rs_pattern *pattern = &s.patterns.patterns[ix];
        ck_assert_uint_eq(n, s.basis.n);
        ck_assert_uint_lt(ix, s.patterns.n_patterns);
        check_rows(pattern, has, n);
        check_gram(&s, pattern, has);
        n_sound += pattern->sound ? 1 : 0;
        ck_assert_double_eq_tol(pattern->log_weight, log_weight_of(&s, column),
                                1e-11);
        ck_assert((ix == 0) == (pattern->n_missing == 0));
        for (size_t l = 0; l < k; l += 3) { /* one pattern for equal rows */
            (void)rows_of(other, &s, s.asked[l]);
            ck_assert((memcmp(has, other, n * sizeof *has) == 0) ==
                      (s.patterns.of_column[s.asked[l]] == ix));
        }
    }
    ck_assert_uint_gt(n_sound, ASKED / 2);
    ck_assert(!s.spec.intercept || n_sound < ASKED);
    ck_assert_uint_gt(s.patterns.n_patterns, 128); /* the table has grown */
    ck_assert_uint_lt(s.patterns.n_patterns, ASKED / 8 * 5);
    setup_clear(&s);
}
END_TEST

/* Nothing asked, nothing missing. */
START_TEST(test_whole)
{
    struct rs_patterns none;
    struct setup s;

    setup_init(&s, false, true);
    ck_assert_int_eq(rs_patterns_init(&none, &s.basis, NULL, 0, NULL), RS_OK);
    ck_assert_uint_eq(none.n_patterns, 1);
    ck_assert_uint_eq(none.patterns[0].n, s.basis.n);
    ck_assert_uint_eq(none.patterns[0].n_missing, 0);
    ck_assert(none.patterns[0].sound);
    rs_patterns_clear(&none);
    setup_clear(&s);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_patterns, 4},
    {&test_whole, 1},
};
SUITE(patterns, tests)
