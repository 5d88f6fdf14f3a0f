/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ols_shared.h"
#include "row.h"

#include <math.h>

/* The coefficient that a term's contrast makes, after the order of terms has
 * been heeded. */
static struct rs_lsq_term find_sum(struct rs_ols *self,
                                   const struct rs_lsq_result *result,
                                   size_t term, size_t kept, int exponent)
{
    struct rs_lsq_sum sum = {&self->contrast, self->spreads[term], kept,
                             exponent};

    rs_base_order_apply(&self->base.order, term, &self->contrast);
    if (isnan(sum.spread)) {
        sum.spread = rs_absorb_spread(self->base.absorb, self->base.work,
                                      &self->contrast);
        self->spreads[term] = sum.spread;
        self->any_spread = true;
    }
    return rs_lsq_sum_term(self->lsq, &sum, result);
}

/* The term of an absorbed level; false when it has none. */
static bool find_level(struct rs_ols *self, struct rs_term *out,
                       const struct rs_lsq_result *result, size_t factor,
                       size_t level, size_t term)
{
    struct rs_lsq_term fitted = {NAN, NAN};
    enum rs_level_state state =
        rs_absorb_level(self->base.absorb, factor, level, &self->contrast);

    if (state == RS_LEVEL_ABSENT || state == RS_LEVEL_REFERENCE)
        return false;
    if (state == RS_LEVEL_FITTED &&
        !rs_base_order_ends(&self->base.order, term))
        fitted = find_sum(self, result, term, SIZE_MAX, 0);
    *out = (struct rs_term){term, fitted.estimate, fitted.se};
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
            out[used++] = (struct rs_term){base->terms[dense],
                                           self->covariates[dense].estimate,
                                           self->covariates[dense].se};
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
    rs_lsq_terms(self->lsq, self->covariates, &result);
    reorder(self, &result);
    if (base->spec.intercept)
        out[used++] = (struct rs_term){
            RS_TERM_INTERCEPT, result.intercept.estimate, result.intercept.se};
    out[used++] = (struct rs_term){RS_TERM_X, result.x.estimate, result.x.se};
    used += covariate_terms(self, &out[used], &result);
    return used;
}
