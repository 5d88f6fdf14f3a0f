/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "run_suite.h"
#include "terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 60, COLUMNS = 5, LEVELS = 3 };

/* y, x, a number, and two factors of three levels. */
struct setup {
    double values[COLUMNS][ROWS];
    struct rs_dataset *data;
    struct rs_spec spec;
};

static const size_t covariates[] = {3, 2, 4};

static void set_up(struct setup *s, bool intercept)
{
    uint64_t seed = 5;

    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < COLUMNS; j++)
            s->values[j][i] = made_normal(&seed);
        s->values[3][i] = (double)(i % LEVELS);
        s->values[4][i] = floor(made_uniform(&seed) * LEVELS);
    }
    s->values[3][0] = NAN;
    s->data = made_data(&s->values[0][0], ROWS, COLUMNS);
    made_name(s->data, 2, "num");
    made_name(s->data, 3, "f");
    made_name(s->data, 4, "g");
    made_factor(&s->data->columns[3], ROWS, LEVELS);
    made_factor(&s->data->columns[4], ROWS, LEVELS);
    s->spec = (struct rs_spec){.data = s->data,
                               .covariates = covariates,
                               .n_covariates = 3,
                               .intercept = intercept};
}

static void tear_down(struct setup *s)
{
    rs_dataset_free(s->data);
}

static void give_levels(struct rs_factor *factor, char **texts)
{
    factor->levels = texts;
}

/* Numbers are the same with and without intercept; the most terms are not. */
START_TEST(test_numbers)
{
    char *levels[] = {"a", "b=", "c,d"};
    static const char *const texts[] = {
        "(intercept)", NULL,   "f=a",   "f=b=", "f=c,d", "num",
        "g=a",         "g=b=", "g=c,d", "f",    "num",   "g"};
    struct rs_term_names names;
    struct setup s;

    set_up(&s, _i == 0);
    char **own_f = s.data->columns[3].factor->levels;
    char **own_g = s.data->columns[4].factor->levels;
    give_levels(s.data->columns[3].factor, levels);
    give_levels(s.data->columns[4].factor, levels);
    ck_assert_uint_eq(rs_term_count(&s.spec), 9);
    ck_assert_uint_eq(rs_term_most(&s.spec), 9);
    ck_assert_int_eq(rs_term_names_init(&names, &s.spec, NULL), RS_OK);
    ck_assert_uint_eq(names.n, 12);
    for (size_t i = 0; i < names.n; i++)
        ck_assert_pstr_eq(names.texts[i], texts[i]);
    rs_term_names_clear(&names);
    ck_assert_ptr_null(names.texts);
    rs_term_names_clear(&names);
    give_levels(s.data->columns[3].factor, own_f);
    give_levels(s.data->columns[4].factor, own_g);
    tear_down(&s);
}
END_TEST

/* The terms of real fits: order, levels, and x's own numbers. */
START_TEST(test_fits)
{
    static const size_t with[] = {0, 1, 9, 3, 4, 5, 11, 7, 8};
    static const size_t without[] = {1, 9, 2, 3, 4, 5, 11, 7, 8};
    struct rs_term_fits *fits = NULL;
    struct rs_fit pair = {0}; /* its padding is compared, too */
    struct setup s;
    void *state = NULL;
    size_t n = 0;

    set_up(&s, _i == 0);
    ck_assert_int_eq(rs_term_fits_new(&fits, &rs_model_ols, &s.spec, NULL),
                     RS_OK);
    ck_assert_int_eq(rs_model_ols.open(&state, &s.spec, NULL), RS_OK);
    rs_model_ols.fit(state, 0, 1, &pair);
    rs_fit_find_p(&pair);
    const struct rs_term_fit *terms = rs_term_fits_of(fits, &n, 0, 1, &pair);
    ck_assert_uint_eq(n, 9);
    for (size_t i = 0; i < n; i++) {
        const struct rs_fit *fit = &terms[i].fit;
        ck_assert_uint_eq(terms[i].term, _i == 0 ? with[i] : without[i]);
        ck_assert_int_eq(fit->outcome, RS_FIT_OK);
        ck_assert_uint_eq(fit->n, ROWS - 1);
        ck_assert(fit->r2 == pair.r2 && fit->df == pair.df);
        if (terms[i].term >= rs_term_count(&s.spec))
            ck_assert(fit->statistic == RS_STAT_F && isnan(fit->beta));
        else
            ck_assert_double_eq_tol(fit->stat, fit->beta / fit->se, 1e-12);
        ck_assert(fit->log_p < 0.0);
        if (terms[i].term == RS_TERM_X)
            ck_assert_mem_eq(fit, &pair, sizeof pair);
        if (terms[i].term == RS_TERM_INTERCEPT)
            ck_assert_double_eq(fit->beta, pair.intercept);
    }
    rs_model_ols.close(state);
    rs_term_fits_free(fits);
    rs_term_fits_free(NULL);
    tear_down(&s);
}
END_TEST

/* ---- what a model may say ---------------------------------------- */

static size_t n_calls;

static enum rs_status fake_open(void **state, const struct rs_spec *spec,
                                struct rs_error *err)
{
    (void)spec;
    (void)err;
    *state = NULL;
    return RS_OK;
}

static size_t fake_terms(void *state, size_t y, size_t x, struct rs_term *out)
{
    static const struct rs_term given[] = {
        {.term = RS_TERM_INTERCEPT, .estimate = 99.0, .se = 2.0},
        {.term = RS_TERM_X, .estimate = 99.0, .se = 99.0, .kind = RS_TERM_PAIR},
        {.term = 2, .estimate = NAN, .se = NAN},
        {.term = 3, .estimate = INFINITY, .se = 1.0},
        {.term = 4, .estimate = 1.0, .se = INFINITY},
        {.term = 5, .estimate = 3.0, .se = NAN},
        {.term = 7, .estimate = -6.0, .se = 2.0},
    };

    (void)state;
    (void)x;
    n_calls++;
    memcpy(out, given, sizeof given);
    return y == 0 ? sizeof given / sizeof given[0] : 0;
}

static void fake_close(void *state)
{
    (void)state;
}

static const struct rs_model fake = {.name = "fake",
                                     .can = RS_CAN_TERMS,
                                     .open = fake_open,
                                     .terms = fake_terms,
                                     .close = fake_close};

static void fake_pair(struct rs_fit *pair, enum rs_outcome outcome)
{
    rs_fit_clear(pair, outcome, 50);
    pair->df = 40.0;
    if (outcome != RS_FIT_OK && outcome != RS_FIT_PERFECT)
        return;
    pair->intercept = 4.0;
    pair->beta = 1.5;
    pair->r2 = outcome == RS_FIT_OK ? 0.25 : 1.0;
    if (outcome == RS_FIT_PERFECT)
        return;
    pair->se = 0.5;
    pair->stat = 3.0;
    rs_fit_find_p(pair);
}

static void check_term(const struct rs_term_fit *fit, enum rs_outcome outcome,
                       double beta, double se)
{
    ck_assert_int_eq(fit->fit.outcome, outcome);
    ck_assert(fit->fit.beta == beta || (isnan(fit->fit.beta) && isnan(beta)));
    ck_assert(fit->fit.se == se || (isnan(fit->fit.se) && isnan(se)));
    ck_assert_int_eq(isnan(fit->fit.stat), isnan(se));
    ck_assert_int_eq(isnan(fit->fit.log_p), isnan(se));
    ck_assert_uint_eq(fit->fit.n, 50);
}

START_TEST(test_outcomes)
{
    struct rs_term_fits *fits = NULL;
    const struct rs_term_fit *terms = NULL;
    struct rs_fit pair = {0}; /* its padding is compared, too */
    struct setup s;
    size_t n = 0;

    set_up(&s, true);
    ck_assert_int_eq(rs_term_fits_new(&fits, &fake, &s.spec, NULL), RS_OK);
    fake_pair(&pair, RS_FIT_OK);
    terms = rs_term_fits_of(fits, &n, 0, 1, &pair);
    ck_assert_uint_eq(n, 7);
    check_term(&terms[0], RS_FIT_OK, 4.0, 2.0);
    ck_assert_double_eq(terms[0].fit.stat, 2.0);
    ck_assert_mem_eq(&terms[1].fit, &pair, sizeof pair);
    check_term(&terms[2], RS_FIT_COLLINEAR, NAN, NAN);
    check_term(&terms[3], RS_FIT_NON_FINITE, NAN, NAN);
    check_term(&terms[4], RS_FIT_NON_FINITE, NAN, NAN);
    check_term(&terms[5], RS_FIT_NO_CONVERGENCE, 3.0, NAN);
    check_term(&terms[6], RS_FIT_OK, -6.0, 2.0);
    ck_assert_double_eq(terms[6].fit.stat, -3.0);
    ck_assert_double_eq(terms[6].fit.log_p, pair.log_p);

    fake_pair(&pair, RS_FIT_PERFECT);
    terms = rs_term_fits_of(fits, &n, 0, 1, &pair);
    ck_assert_uint_eq(n, 7);
    check_term(&terms[0], RS_FIT_PERFECT, 4.0, NAN);
    check_term(&terms[2], RS_FIT_COLLINEAR, NAN, NAN);
    check_term(&terms[6], RS_FIT_PERFECT, -6.0, NAN);
    rs_term_fits_free(fits);
    tear_down(&s);
}
END_TEST

/* A pair without a fit is not fitted again, and its row does not vanish. */
START_TEST(test_not_fitted)
{
    struct rs_term_fits *fits = NULL;
    struct setup s;

    set_up(&s, true);
    ck_assert_int_eq(rs_term_fits_new(&fits, &fake, &s.spec, NULL), RS_OK);
    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++) {
        enum rs_outcome outcome = (enum rs_outcome)i;
        bool fitted = outcome == RS_FIT_OK || outcome == RS_FIT_PERFECT ||
                      rs_outcome_lacks_error(outcome);
        struct rs_fit pair = {0};
        size_t n = 0;
        fake_pair(&pair, outcome);
        n_calls = 0;
        const struct rs_term_fit *terms =
            rs_term_fits_of(fits, &n, 9, 1, &pair); /* gives no terms */
        ck_assert_uint_eq(n, 1);
        ck_assert_uint_eq(n_calls, fitted ? 1 : 0);
        ck_assert_uint_eq(terms[0].term, RS_TERM_X);
        ck_assert_mem_eq(&terms[0].fit, &pair, sizeof pair);
    }
    rs_term_fits_free(fits);
    tear_down(&s);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_numbers, 2},
    {&test_fits, 2},
    {&test_outcomes, 1},
    {&test_not_fitted, 1},
};
SUITE(terms, tests)
