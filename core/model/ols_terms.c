/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_errors.h"
#include "mem.h"
#include "ols_shared.h"
#include "term_numbers.h"

#include <math.h>
#include <stdlib.h>

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
    struct rs_errors_room *room = rs_ols_term_room(self, result);

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
    return (struct rs_term){.term = term,
                            .estimate = fitted->estimate,
                            .se = fitted->se,
                            .outcome = fitted->outcome};
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

/* The same workspace without covariate number i; NULL: no memory. */
static struct rs_ols *find_without(struct rs_ols *self, size_t i)
{
    struct rs_spec spec = self->base.spec;
    size_t *rest = &self->rest[i * spec.n_covariates];
    size_t n = 0;
    void *state = NULL;

    if (self->without[i] != NULL)
        return self->without[i];
    for (size_t j = 0; j < spec.n_covariates; j++)
        if (j != i)
            rest[n++] = spec.covariates[j];
    spec.covariates = rest;
    spec.n_covariates = n;
    spec.cache_bytes = 0;
    if (rs_ols_open(&state, &spec, NULL) == RS_OK)
        self->without[i] = state;
    return self->without[i];
}

/* F of an absorbed factor, number i of the covariates: of the squares that a
 * model without it does not explain. They are differences of double-doubles. */
static struct rs_term absorbed_joint(struct rs_ols *self,
                                     const struct rs_lsq_result *result,
                                     size_t i, size_t y, size_t x)
{
    struct rs_term out =
        rs_ols_joint(self, rs_term_joint(&self->base.spec, i), result, NULL, 0);
    struct rs_ols *other = find_without(self, i);
    struct rs_lsq_result without;
    struct rs_dd more;

    if (other == NULL ||
        !rs_ols_fit_on(other, &without, self->rows, self->n, y, x)) {
        self->no_memory = true;
        return out;
    }
    out.df1 = result->rank > without.rank ? result->rank - without.rank : 0;
    if (out.df1 == 0 || result->outcome != RS_FIT_OK ||
        without.outcome != RS_FIT_OK)
        return out;
    more = rs_dd_sub(rs_lsq_rss(other->lsq), rs_lsq_rss(self->lsq));
    out.f = rs_dd_double(rs_dd_div(more, rs_lsq_rss(self->lsq))) * result->df /
            (double)out.df1;
    return out;
}

/* F of a factor that has columns, whose terms are [first, end). */
static struct rs_term dense_joint(struct rs_ols *self,
                                  const struct rs_lsq_result *result, size_t i,
                                  size_t first, size_t end)
{
    size_t n = 0;

    for (size_t l = 0; l < rs_lsq_base_rank(self->lsq); l++) {
        size_t ix = rs_lsq_base_column(self->lsq, l);
        if (ix < self->base.n_used && self->base.terms[ix] >= first &&
            self->base.terms[ix] < end)
            self->kept[n++] = l;
    }
    return rs_ols_joint(self, rs_term_joint(&self->base.spec, i), result,
                        self->kept, n);
}

/* True when the rows lack the reference of covariate number i, whose levels
 * are counted. */
static bool lacks_reference(struct rs_ols *self, size_t i)
{
    const struct rs_spec *spec = &self->base.spec;
    const struct rs_factor *factor = rs_covariate_factor(spec, i);

    if (factor == NULL || factor->n_levels == 0 ||
        rs_covariate_keeps_all(spec, i))
        return false;
    rs_factor_count(self->levels, factor, self->rows, self->base.n_words);
    return self->levels[factor->reference] == 0;
}

/* True when products have covariate number i looked at where x has its
 * reference, and the rows lack that. */
static bool lacks_x(const struct rs_ols *self, size_t i, size_t x)
{
    const struct rs_spec *spec = &self->base.spec;
    const struct rs_factor *factor = spec->data->columns[x].factor;

    return spec->interact != NULL && *spec->interact == spec->covariates[i] &&
           factor != NULL && self->there.x_levels[factor->reference] == 0;
}

/* Levels of a factor whose rows lack the reference: no numbers. */
static size_t levels_alone(struct rs_ols *self, struct rs_term *out,
                           const struct rs_factor *factor, size_t first)
{
    size_t n = 0;

    for (size_t level = 0; level < factor->n_levels; level++)
        if (self->levels[level] > 0)
            out[n++] = (struct rs_term){.term = first + level,
                                        .estimate = NAN,
                                        .se = NAN,
                                        .no_reference = true};
    return n;
}

/* The terms of one covariate; dense: its first column of the base. */
static size_t terms_of(struct rs_ols *self, struct rs_term *out,
                       const struct rs_lsq_result *result,
                       const struct rs_base_terms *at, size_t dense)
{
    const struct rs_base_columns *base = &self->base;
    size_t used = 0;

    for (size_t level = 0; at->absorbed && level < at->n; level++)
        if (find_level(self, &out[used], result, at->factor, level,
                       at->first + level))
            used++;
    for (; dense < base->n_used && base->terms[dense] < at->first + at->n;
         dense++)
        out[used++] = term_of(base->terms[dense], &self->covariates[dense]);
    return used;
}

/* The F of a factor among the covariates. */
static struct rs_term joint_of(struct rs_ols *self,
                               const struct rs_lsq_result *result,
                               const struct rs_base_terms *at, size_t y,
                               size_t x)
{
    size_t i = at->covariate;

    return at->absorbed
               ? absorbed_joint(self, result, i, y, x)
               : dense_joint(self, result, i, at->first, at->first + at->n);
}

/* Terms of the covariates, in their order; returns how many. */
static size_t covariate_terms(struct rs_ols *self, struct rs_term *out,
                              const struct rs_lsq_result *result, size_t y,
                              size_t x)
{
    const struct rs_base_columns *base = &self->base;
    struct rs_base_terms at = {0};
    size_t used = 0;
    size_t dense = 0;

    while (rs_base_terms_next(&at, &base->spec)) {
        size_t begin = 0;
        if (rs_term_has_joint(&base->spec, at.covariate) &&
            !(at.absorbed && rs_errors_robust(&base->spec)))
            out[used++] = joint_of(self, result, &at, y, x);
        begin = used;
        used +=
            lacks_reference(self, at.covariate)
                ? levels_alone(self, &out[used],
                               rs_covariate_factor(&base->spec, at.covariate),
                               at.first)
                : terms_of(self, &out[used], result, &at, dense);
        for (size_t k = begin; lacks_x(self, at.covariate, x) && k < used; k++)
            out[k].no_reference = true;
        while (dense < base->n_used && base->terms[dense] < at.first + at.n)
            dense++;
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

/* Room for the errors of all coefficients that are tested together. */
static bool make_errors(struct rs_ols *self)
{
    const struct rs_spec *spec = &self->base.spec;
    size_t most = self->block_most;

    for (size_t i = 0; i < spec->n_covariates; i++)
        if (rs_term_has_joint(spec, i) && !rs_base_absorbs(spec, i) &&
            rs_covariate_terms(spec, i) > most)
            most = rs_covariate_terms(spec, i);
    return rs_ols_errors_room(self, most + 1);
}

/* What terms need besides fits. */
static bool make_room(struct rs_ols *self)
{
    const struct rs_spec *spec = &self->base.spec;
    size_t c = spec->n_covariates;
    size_t most = 0;

    if (self->block_terms == NULL) {
        for (size_t i = 0; i < c; i++)
            if (rs_covariate_terms(spec, i) > most)
                most = rs_covariate_terms(spec, i);
        self->block_terms = rs_alloc(spec->data->n_columns + 1,
                                     sizeof *self->block_terms, NULL);
        self->levels = rs_alloc(most, sizeof *self->levels, NULL);
        self->without = rs_alloc(c, sizeof *self->without, NULL);
        self->rest = rs_alloc(c * c, sizeof *self->rest, NULL);
        if (self->block_terms != NULL)
            rs_term_blocks(self->block_terms, spec);
    }
    if (self->kept == NULL)
        self->kept = rs_alloc(self->base.n_max + self->block_most,
                              sizeof *self->kept, NULL);
    return self->block_terms != NULL && self->levels != NULL &&
           self->without != NULL && self->rest != NULL && self->kept != NULL &&
           make_errors(self);
}

/* Errors that need the rows of the fit. */
static void begin_errors(struct rs_ols *self,
                         const struct rs_lsq_result *result)
{
    if (rs_ols_term_room(self, result) == NULL)
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
    struct rs_lsq_result result;
    size_t used = 0;
    size_t n = 0;

    if (!rs_ols_solve(self, &result, &n, y, x) ||
        (result.outcome != RS_FIT_OK && result.outcome != RS_FIT_PERFECT) ||
        !set_contrast(self))
        return 0;
    if (!make_room(self)) {
        self->no_memory = true;
        return 0;
    }
    begin_errors(self, &result);
    rs_lsq_terms(self->lsq, self->covariates, &result,
                 rs_ols_term_room(self, &result));
    reorder(self, &result);
    if (self->base.spec.intercept)
        out[used++] = term_of(RS_TERM_INTERCEPT, &result.intercept);
    used += rs_ols_block_terms(self, &out[used], &result, y, x);
    return used + covariate_terms(self, &out[used], &result, y, x);
}
