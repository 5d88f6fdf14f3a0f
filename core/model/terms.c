/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "terms.h"

#include "mem.h"
#include "tukey.h"

#include <math.h>
#include <stdlib.h>

struct rs_term_fits {
    const struct rs_model *model;
    void *state;
    struct rs_term *terms;    /* [rs_term_most] */
    struct rs_term_fit *fits; /* [rs_term_most] */
    struct rs_fit **pairwise; /* [rs_term_most] of the differences of levels */
    enum rs_pairwise method;
};

enum rs_status rs_term_fits_new(struct rs_term_fits **out,
                                const struct rs_model *model,
                                const struct rs_spec *spec,
                                struct rs_error *err)
{
    struct rs_term_fits *self = rs_alloc(1, sizeof *self, err);
    size_t most = rs_term_most(spec);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->model = model;
    self->terms = rs_alloc(most, sizeof *self->terms, err);
    self->fits = rs_alloc(most, sizeof *self->fits, err);
    self->pairwise = rs_alloc(most, sizeof(struct rs_fit *), err);
    self->method = spec->pairwise;
    if (self->terms == NULL || self->fits == NULL || self->pairwise == NULL)
        status = RS_ERR_NOMEM;
    else
        status = model->open(&self->state, spec, err);
    if (status == RS_OK)
        *out = self;
    else
        rs_term_fits_free(self);
    return status;
}

void rs_term_fits_free(struct rs_term_fits *self)
{
    if (self == NULL)
        return;
    self->model->close(self->state);
    free(self->terms);
    free(self->fits);
    free(self->pairwise);
    free(self);
}

/* F of several coefficients in the place of the pair's test. */
static void set_joint(struct rs_fit *fit, const struct rs_term *term)
{
    fit->statistic = RS_STAT_F;
    fit->df1 = term->df1 > 0 ? (double)term->df1 : NAN;
    if (rs_outcome_lacks_error(fit->outcome)) /* the pair's own */
        fit->outcome = RS_FIT_OK;
    if (fit->outcome != RS_FIT_OK)
        return;
    if (term->df1 == 0)
        fit->outcome = RS_FIT_COLLINEAR;
    else if (isnan(term->f))
        fit->outcome =
            term->outcome == RS_FIT_OK ? RS_FIT_NO_CONVERGENCE : term->outcome;
    fit->stat = term->f;
    rs_fit_find_p(fit);
}

/* A coefficient's, likewise. */
static void set_coefficient(struct rs_fit *fit, const struct rs_term *term)
{
    double estimate =
        term->term == RS_TERM_INTERCEPT ? fit->intercept : term->estimate;

    fit->statistic = fit->statistic == RS_STAT_F ? RS_STAT_T : fit->statistic;
    fit->df1 = 1.0;
    if (rs_outcome_lacks_error(fit->outcome)) /* x's own */
        fit->outcome = RS_FIT_OK;
    if (term->no_reference) {
        fit->outcome = RS_FIT_NO_REFERENCE;
    } else if (isnan(estimate)) {
        fit->outcome = RS_FIT_COLLINEAR;
    } else if (isinf(estimate) || isinf(term->se)) {
        fit->outcome = RS_FIT_NON_FINITE;
    } else if (fit->outcome == RS_FIT_OK && isnan(term->se)) {
        fit->beta = estimate;
        fit->outcome =
            term->outcome == RS_FIT_OK ? RS_FIT_NO_CONVERGENCE : term->outcome;
    } else {
        fit->beta = estimate;
        if (fit->outcome != RS_FIT_OK)
            return;
        fit->se = term->se;
        fit->stat = estimate / term->se;
        rs_fit_find_p(fit);
    }
}

/* A term's numbers in the place of the pair's. */
static void set_numbers(struct rs_fit *fit, const struct rs_term *term)
{
    fit->beta = NAN;
    fit->se = NAN;
    fit->stat = NAN;
    fit->log_p = NAN;
    switch (term->kind) {
    case RS_TERM_JOINT:
        set_joint(fit, term);
        break;
    case RS_TERM_REFERENCE:
        fit->statistic = RS_STAT_T;
        fit->df1 = NAN;
        fit->beta = 0.0;
        break;
    default:
        set_coefficient(fit, term);
    }
}

/* What is known of the level that a term is of. */
static void set_added(double *added, const struct rs_term *term)
{
    double *n = &added[RS_FIELD_N_LEVEL - RS_ADDED_FIRST];
    double *mean = &added[RS_FIELD_MEAN_LEVEL - RS_ADDED_FIRST];

    for (size_t k = 0; k < RS_N_ADDED; k++)
        added[k] = NAN;
    if (term->n_level == 0)
        return;
    *n = (double)term->n_level;
    *mean = term->mean_level;
}

/* By Tukey's range: of all k levels, that of the two is the largest. */
static void adjust_tukey(struct rs_fit *const *all, size_t n)
{
    double k = 0.5 * (1.0 + sqrt(1.0 + 8.0 * (double)n));

    for (size_t i = 0; i < n; i++)
        if (!isnan(all[i]->log_p))
            all[i]->log_p = rs_tukey_log_p(sqrt(2.0) * fabs(all[i]->stat), k,
                                           rs_fit_tail_df(all[i]));
}

/* By rising p; NaN last. */
static int by_p(const void *a, const void *b)
{
    double p = (*(struct rs_fit *const *)a)->log_p;
    double q = (*(struct rs_fit *const *)b)->log_p;

    if (isnan(p) || isnan(q))
        return (isnan(p) ? 1 : 0) - (isnan(q) ? 1 : 0);
    return (p > q) - (p < q);
}

/* Holm's: the least p times their number, the next times one less, and none
 * below one before it. */
static void adjust_holm(struct rs_fit **all, size_t n)
{
    double before = -INFINITY;

    qsort(all, n, sizeof(struct rs_fit *), by_p);
    for (size_t i = 0; i < n; i++) {
        double log_p = all[i]->log_p + log((double)(n - i));
        if (isnan(log_p))
            return;
        before = fmax(before, fmin(log_p, 0.0));
        all[i]->log_p = before;
    }
}

/* The p of the differences of levels. */
static void adjust_pairwise(struct rs_term_fits *self, size_t n)
{
    size_t n_pairwise = 0;

    for (size_t i = 0; i < n; i++)
        if (self->terms[i].kind == RS_TERM_PAIRWISE)
            self->pairwise[n_pairwise++] = &self->fits[i].fit;
    if (self->method == RS_PAIRWISE_TUKEY)
        adjust_tukey(self->pairwise, n_pairwise);
    else
        adjust_holm(self->pairwise, n_pairwise);
}

const struct rs_term_fit *rs_term_fits_of(struct rs_term_fits *self, size_t *n,
                                          size_t y, size_t x,
                                          const struct rs_fit *pair)
{
    *n = 0;
    if (pair->outcome == RS_FIT_OK || pair->outcome == RS_FIT_PERFECT ||
        rs_outcome_lacks_error(pair->outcome))
        *n = self->model->terms(self->state, y, x, self->terms);
    if (*n == 0) {
        *n = 1;
        self->terms[0] =
            (struct rs_term){.term = RS_TERM_X, .kind = RS_TERM_PAIR};
    }
    for (size_t i = 0; i < *n; i++) {
        self->fits[i].term = self->terms[i].term;
        self->fits[i].fit = *pair;
        set_added(self->fits[i].added, &self->terms[i]);
        if (self->terms[i].kind != RS_TERM_PAIR)
            set_numbers(&self->fits[i].fit, &self->terms[i]);
    }
    adjust_pairwise(self, *n);
    return self->fits;
}

enum rs_status rs_term_fits_check(const struct rs_term_fits *self,
                                  struct rs_error *err)
{
    return rs_model_check(self->model, self->state, err);
}
