/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_errors.h"
#include "ols_shared.h"
#include "row.h"

#include <math.h>

/* Where the errors of a kind come from; NULL: classical ones, or none. */
static struct rs_errors_room *term_room(struct rs_ols *self,
                                        const struct rs_lsq_result *result)
{
    return result->outcome == RS_FIT_OK && rs_errors_robust(&self->base.spec)
               ? &self->errors
               : NULL;
}

/* Fills the room with a contrast of levels. */
static bool find_levels(struct rs_ols *self, const struct rs_contrast *contrast)
{
    return rs_absorb_influence(self->base.absorb, self->base.work,
                               self->errors.level_hi, self->errors.level_lo,
                               contrast);
}

static struct rs_lsq_term no_error(struct rs_lsq_term term)
{
    term.se = NAN;
    term.outcome = RS_FIT_NO_CONVERGENCE;
    return term;
}

/* The coefficient that a term's contrast makes, after the order of terms has
 * been heeded. */
static struct rs_lsq_term find_sum(struct rs_ols *self,
                                   const struct rs_lsq_result *result,
                                   size_t term, size_t kept, int exponent)
{
    struct rs_lsq_sum sum = {&self->contrast, self->spreads[term], kept,
                             exponent};
    struct rs_errors_room *room = term_room(self, result);

    rs_base_order_apply(&self->base.order, term, &self->contrast);
    if (room != NULL && !find_levels(self, &self->contrast))
        return no_error(rs_lsq_sum_term(self->lsq, &sum, result, NULL));
    if (room == NULL && isnan(sum.spread)) {
        sum.spread = rs_absorb_spread(self->base.absorb, self->base.work,
                                      &self->contrast);
        self->spreads[term] = sum.spread;
        self->any_spread = true;
    }
    return rs_lsq_sum_term(self->lsq, &sum, result, room);
}

static struct rs_term term_of(size_t term, const struct rs_lsq_term *fitted)
{
    return (struct rs_term){term, fitted->estimate, fitted->se,
                            fitted->outcome};
}

/* The term of an absorbed level; false when it has none. */
static bool find_level(struct rs_ols *self, struct rs_term *out,
                       const struct rs_lsq_result *result, size_t factor,
                       size_t level, size_t term)
{
    struct rs_lsq_term fitted = {NAN, NAN, RS_FIT_OK};
    enum rs_level_state state =
        rs_absorb_level(self->base.absorb, factor, level, &self->contrast);

    if (state == RS_LEVEL_ABSENT || state == RS_LEVEL_REFERENCE)
        return false;
    if (state == RS_LEVEL_FITTED &&
        !rs_base_order_ends(&self->base.order, term))
        fitted = find_sum(self, result, term, SIZE_MAX, 0);
    *out = term_of(term, &fitted);
    return true;
}

/* Columns that stand beside the absorbed factors, where a level is dropped in
 * the place of one of them. */
static void reorder(struct rs_ols *self, const struct rs_lsq_result *result)
{
    const struct rs_base_columns *base = &self->base;
    size_t kept = 0;

    for (size_t j = 0; j < base->n_used && base->order.n > 0; j++) {
        bool is_kept = kept < rs_lsq_base_rank(self->lsq) &&
                       rs_lsq_base_column(self->lsq, kept) == j;
        self->contrast.n = 0;
        if (is_kept || base->order.kept[j])
            self->covariates[j] =
                find_sum(self, result, base->terms[j],
                         is_kept ? kept : SIZE_MAX, base->use[j]->exponent);
        kept += is_kept ? 1 : 0;
    }
}

/* Terms of the covariates, in their order; returns how many. */
static size_t covariate_terms(struct rs_ols *self, struct rs_term *out,
                              const struct rs_lsq_result *result)
{
    const struct rs_base_columns *base = &self->base;
    struct rs_base_terms at = {0};
    size_t used = 0;
    size_t dense = 0;

    while (rs_base_terms_next(&at, &base->spec)) {
        size_t end = at.first + at.n;
        for (size_t level = 0; at.absorbed && level < at.n; level++)
            if (find_level(self, &out[used], result, at.factor, level,
                           at.first + level))
                used++;
        for (; dense < base->n_used && base->terms[dense] < end; dense++)
            out[used++] = term_of(base->terms[dense], &self->covariates[dense]);
    }
    return used;
}

static bool set_contrast(struct rs_ols *self)
{
    rs_contrast_clear(&self->contrast);
    if (self->base.absorb == NULL)
        return true;
    if (rs_contrast_init(&self->contrast, self->base.absorb,
                         self->base.order.n + 1, NULL) != RS_OK)
        self->no_memory = true;
    return !self->no_memory;
}

/* Errors that need the rows of the fit. */
static void begin_errors(struct rs_ols *self,
                         const struct rs_lsq_result *result)
{
    if (term_room(self, result) == NULL)
        return;
    rs_ols_base_left(self);
    rs_lsq_rows_of_terms(self->lsq, &self->errors);
    if (self->base.absorb != NULL && self->base.spec.intercept &&
        !find_levels(self, &self->base.intercept))
        self->no_memory = true;
}

size_t rs_ols_terms(void *state, size_t y, size_t x, struct rs_term *out)
{
    struct rs_ols *self = state;
    const struct rs_base_columns *base = &self->base;
    struct rs_lsq_result result;
    size_t used = 0;
    size_t n = 0;

    if (!rs_ols_solve(self, &result, &n, y, x) ||
        (result.outcome != RS_FIT_OK && result.outcome != RS_FIT_PERFECT) ||
        !set_contrast(self))
        return 0;
    begin_errors(self, &result);
    rs_lsq_terms(self->lsq, self->covariates, &result,
                 term_room(self, &result));
    reorder(self, &result);
    if (base->spec.intercept)
        out[used++] = term_of(RS_TERM_INTERCEPT, &result.intercept);
    out[used++] = term_of(RS_TERM_X, &result.x);
    used += covariate_terms(self, &out[used], &result);
    return used;
}
