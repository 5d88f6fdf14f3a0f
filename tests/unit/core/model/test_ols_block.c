/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "run_suite.h"
#include "terms.h"

#include <math.h>

enum { ROWS = 120, COLUMNS = 8 };
enum { Y, NUMBER, Z, TWO, TWO_FACTOR, FACTOR, MANY, PRODUCT };

/* y, numbers, 0/1 as numbers and as a factor, factors of 4 and of 24 levels,
 * NUMBER times Z. */
struct setup {
    double values[COLUMNS][ROWS];
    struct rs_dataset *data;
    struct rs_spec spec;
};

static const size_t just_number[] = {NUMBER};
static const size_t just_z[] = {Z};
static const size_t just_factor[] = {FACTOR};
static const size_t just_many[] = {MANY};
static const size_t number_and_z[] = {NUMBER, Z};

static void set_up(struct setup *s)
{
    uint64_t seed = 29;

    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < COLUMNS; j++)
            s->values[j][i] = made_normal(&seed);
        s->values[Z][i] = floor(8.0 * s->values[Z][i]); /* products exact */
        s->values[NUMBER][i] = floor(8.0 * s->values[NUMBER][i]);
        s->values[PRODUCT][i] = s->values[NUMBER][i] * s->values[Z][i];
        s->values[TWO][i] = made_uniform(&seed) < 0.4 ? 1.0 : 0.0;
        s->values[TWO_FACTOR][i] = s->values[TWO][i];
        s->values[FACTOR][i] = floor(made_uniform(&seed) * 4.0);
        s->values[MANY][i] = (double)(i % 24);
    }
    for (size_t i = 0; i < ROWS; i += 11)
        s->values[FACTOR][i] = NAN;
    s->data = made_data(&s->values[0][0], ROWS, COLUMNS);
    made_factor(&s->data->columns[TWO_FACTOR], ROWS, 2);
    made_factor(&s->data->columns[FACTOR], ROWS, 4);
    made_factor(&s->data->columns[MANY], ROWS, 24);
    s->spec = (struct rs_spec){.data = s->data, .intercept = true};
}

static void with(struct setup *s, const size_t *covariates, size_t n)
{
    s->spec.covariates = covariates;
    s->spec.n_covariates = n;
}

static struct rs_fit fit_of(const struct setup *s, size_t x)
{
    struct rs_fit fit;
    void *state = NULL;

    ck_assert_int_eq(rs_model_ols.open(&state, &s->spec, NULL), RS_OK);
    rs_model_ols.fit(state, Y, x, &fit);
    rs_fit_find_p(&fit);
    ck_assert(!rs_model_ols.lacked_memory(state));
    rs_model_ols.close(state);
    return fit;
}

static void check_near(double a, double b)
{
    ck_assert_msg(fabs(a - b) <= 1e-12 * fabs(b), "%.17g, not %.17g", a, b);
}

static void check_line(struct rs_fit a, struct rs_fit b)
{
    ck_assert_int_eq(a.outcome, RS_FIT_OK);
    ck_assert(a.statistic == RS_STAT_T && a.df1 == 1.0);
    ck_assert_uint_eq(a.n, b.n);
    check_near(a.beta, b.beta);
    check_near(a.se, b.se);
    check_near(a.stat, b.stat);
    check_near(a.intercept, b.intercept);
    check_near(a.r2, b.r2);
    check_near(a.df, b.df);
}

START_TEST(test_lines)
{
    struct rs_fit block;
    struct setup s;

    set_up(&s);
    check_line(fit_of(&s, TWO_FACTOR), fit_of(&s, TWO));
    with(&s, number_and_z, 2);
    struct rs_fit plain = fit_of(&s, PRODUCT);
    with(&s, just_z, 1);
    s.spec.interact = just_z;
    block = fit_of(&s, NUMBER);
    check_line(block, plain);
    rs_dataset_free(s.data);
}
END_TEST

/* The term of that number; its fit is returned. */
static struct rs_fit term_of(const struct setup *s, size_t x, size_t term)
{
    struct rs_term_fits *terms = NULL;
    struct rs_fit pair = fit_of(s, x);
    struct rs_fit out;
    const struct rs_term_fit *fits = NULL;
    size_t n = 0;

    rs_fit_clear(&out, RS_FIT_WORKER_LOST, 0);
    ck_assert_int_eq(rs_term_fits_new(&terms, &rs_model_ols, &s->spec, NULL),
                     RS_OK);
    fits = rs_term_fits_of(terms, &n, Y, x, &pair);
    ck_assert_uint_le(n, rs_term_most(&s->spec));
    for (size_t i = 0; i < n; i++)
        if (fits[i].term == term)
            out = fits[i].fit;
    ck_assert_int_eq(rs_term_fits_check(terms, NULL), RS_OK);
    rs_term_fits_free(terms);
    return out;
}

/* F of an x is that of the same factor beside another, absorbed or not. */
START_TEST(test_f)
{
    static const size_t *const lists[] = {just_factor, just_many};
    static const double df1[] = {3.0, 23.0};
    struct setup s;

    set_up(&s);
    for (size_t k = 0; k < 2; k++) {
        with(&s, just_number, 1);
        struct rs_fit fit = fit_of(&s, lists[k][0]);
        with(&s, lists[k], 1);
        struct rs_fit joint = term_of(&s, NUMBER, rs_term_joint(&s.spec, 0));
        ck_assert_int_eq(fit.outcome, RS_FIT_OK);
        ck_assert(fit.statistic == RS_STAT_F && isnan(fit.beta));
        ck_assert_double_eq(fit.df1, df1[k]);
        ck_assert_double_eq(joint.df1, df1[k]);
        check_near(joint.stat, fit.stat);
        check_near(joint.log_p, fit.log_p);
        check_near(fit.r * fit.r / (1.0 - fit.r * fit.r) * fit.df / fit.df1,
                   fit.stat);
    }
    rs_dataset_free(s.data);
}
END_TEST

/* Takes the reference of FACTOR out of y. */
static void lose_reference(struct setup *s)
{
    struct rs_column *y = &s->data->columns[Y];
    uint64_t *valid = (uint64_t *)(uintptr_t)y->valid;

    for (size_t i = 0; i < ROWS; i++)
        if (s->data->columns[FACTOR].factor->codes[i] == 0) {
            rs_rows_remove(valid, i);
            y->n_missing++;
        }
}

START_TEST(test_no_reference)
{
    size_t blocks[COLUMNS + 1];
    struct rs_fit term;
    struct setup s;

    set_up(&s);
    lose_reference(&s);
    s.spec.pairwise = RS_PAIRWISE_HOLM;
    rs_term_blocks(blocks, &s.spec);
    ck_assert_double_eq(fit_of(&s, FACTOR).df1, 2.0);
    for (size_t j = 0; j < 3; j++) {
        term = term_of(&s, FACTOR, blocks[FACTOR] + 1 + j);
        ck_assert_int_eq(term.outcome, RS_FIT_NO_REFERENCE);
        ck_assert(isnan(term.beta) && isnan(term.log_p));
    }
    size_t pairs = blocks[FACTOR] + rs_term_block_of(&s.spec, FACTOR).pairwise;
    term = term_of(&s, FACTOR, pairs + rs_term_pair(1, 2));
    ck_assert_int_eq(term.outcome, RS_FIT_OK);
    ck_assert(term.log_p <= 0.0);
    term = term_of(&s, FACTOR, pairs + rs_term_pair(0, 1));
    ck_assert_int_eq(term.outcome, RS_FIT_WORKER_LOST); /* there is none */
    rs_dataset_free(s.data);
}
END_TEST

/* A workspace goes from blocks to columns and back. */
START_TEST(test_mixed)
{
    static const size_t xs[] = {FACTOR, NUMBER, MANY, Z, FACTOR, NUMBER};
    struct setup s;
    void *state = NULL;

    set_up(&s);
    ck_assert_int_eq(rs_model_ols.open(&state, &s.spec, NULL), RS_OK);
    for (size_t i = 0; i < sizeof xs / sizeof xs[0]; i++) {
        struct rs_fit alone = fit_of(&s, xs[i]);
        struct rs_fit fit;
        rs_model_ols.fit(state, Y, xs[i], &fit);
        ck_assert_int_eq(fit.outcome, alone.outcome);
        ck_assert_double_eq(fit.stat, alone.stat);
        ck_assert_double_eq(fit.intercept, alone.intercept);
    }
    rs_model_ols.close(state);
    rs_dataset_free(s.data);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_lines, 1},
    {&test_f, 1},
    {&test_no_reference, 1},
    {&test_mixed, 1},
};
SUITE(ols_block, tests)
