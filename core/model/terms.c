/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "terms.h"

#include "mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers and names ------------------------------------------- */

static const struct rs_column *covariate(const struct rs_spec *spec, size_t i)
{
    return &spec->data->columns[spec->covariates[i]];
}

size_t rs_term_count(const struct rs_spec *spec)
{
    size_t n = RS_TERM_COVARIATES;

    for (size_t i = 0; i < spec->n_covariates; i++)
        n += rs_covariate_terms(spec, i);
    return n;
}

size_t rs_term_most(const struct rs_spec *spec)
{
    size_t n = spec->intercept ? 2 : 1;
    bool keep_all = !spec->intercept;

    for (size_t i = 0; i < spec->n_covariates; i++) {
        const struct rs_factor *factor = covariate(spec, i)->factor;
        if (factor == NULL) {
            n++;
            continue;
        }
        n += factor->n_levels;
        if (!keep_all && factor->n_levels > 0)
            n--;
        keep_all = false;
    }
    return n;
}

/* `name`, with a level NAME=LEVEL. */
static char *text_of(const char *name, const char *level, struct rs_error *err)
{
    size_t size = strlen(name) + (level == NULL ? 0 : strlen(level) + 1) + 1;
    char *text = rs_alloc(size, 1, err);

    if (text != NULL)
        (void)snprintf(text, size, "%s%s%s", name, level == NULL ? "" : "=",
                       level == NULL ? "" : level);
    return text;
}

enum rs_status rs_term_names_init(struct rs_term_names *names,
                                  const struct rs_spec *spec,
                                  struct rs_error *err)
{
    size_t term = RS_TERM_COVARIATES;
    bool whole = true;

    names->n = rs_term_count(spec);
    names->texts = rs_alloc(names->n, sizeof *names->texts, err);
    if (names->texts == NULL)
        return RS_ERR_NOMEM;
    names->texts[RS_TERM_INTERCEPT] = text_of("(intercept)", NULL, err);
    whole = names->texts[RS_TERM_INTERCEPT] != NULL;
    for (size_t i = 0; i < spec->n_covariates; i++) {
        const struct rs_column *column = covariate(spec, i);
        size_t n = rs_covariate_terms(spec, i);
        for (size_t level = 0; level < n; level++) {
            const char *text =
                column->factor == NULL ? NULL : column->factor->levels[level];
            names->texts[term] = text_of(column->name, text, err);
            whole = whole && names->texts[term] != NULL;
            term++;
        }
    }
    if (whole)
        return RS_OK;
    rs_term_names_clear(names);
    return RS_ERR_NOMEM;
}

/* The first term of a covariate. */
static size_t term_of(const struct rs_spec *spec, size_t column)
{
    size_t term = RS_TERM_COVARIATES;

    for (size_t i = 0; spec->covariates[i] != column; i++)
        term += rs_covariate_terms(spec, i);
    return term;
}

void rs_term_places(size_t *places, const struct rs_spec *spec,
                    const struct rs_spec *among)
{
    size_t term = 0;

    for (; term < RS_TERM_COVARIATES; term++)
        places[term] = term;
    for (size_t i = 0; i < spec->n_covariates; i++) {
        size_t first = term_of(among, spec->covariates[i]);
        for (size_t k = 0; k < rs_covariate_terms(spec, i); k++)
            places[term++] = first + k;
    }
}

void rs_term_names_clear(struct rs_term_names *names)
{
    for (size_t i = 0; names->texts != NULL && i < names->n; i++)
        free(names->texts[i]);
    free(names->texts);
    names->texts = NULL;
    names->n = 0;
}

/* ---- fits -------------------------------------------------------- */

struct rs_term_fits {
    const struct rs_model *model;
    void *state;
    struct rs_term *terms;    /* [rs_term_most] */
    struct rs_term_fit *fits; /* [rs_term_most] */
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
    if (self->terms == NULL || self->fits == NULL)
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
    free(self);
}

/* A coefficient's numbers in the place of x's. */
static void set_numbers(struct rs_fit *fit, const struct rs_term *term)
{
    double estimate =
        term->term == RS_TERM_INTERCEPT ? fit->intercept : term->estimate;

    if (rs_outcome_lacks_error(fit->outcome)) /* x's own */
        fit->outcome = RS_FIT_OK;
    fit->beta = NAN;
    fit->se = NAN;
    fit->stat = NAN;
    fit->log_p = NAN;
    if (isnan(estimate)) {
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
        self->terms[0].term = RS_TERM_X;
    }
    for (size_t i = 0; i < *n; i++) {
        self->fits[i].term = self->terms[i].term;
        self->fits[i].fit = *pair;
        if (self->terms[i].term != RS_TERM_X)
            set_numbers(&self->fits[i].fit, &self->terms[i]);
    }
    return self->fits;
}

enum rs_status rs_term_fits_check(const struct rs_term_fits *self,
                                  struct rs_error *err)
{
    return rs_model_check(self->model, self->state, err);
}
