/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ols_shared.h"
#include "term_numbers.h"

#include <math.h>

/* The terms of a block at work. */
struct at_work {
    struct rs_ols *self;
    const struct rs_lsq_result *result;
    const struct rs_factor *x, *z; /* NULL: numbers */
    size_t y_column, x_column;
    struct rs_block block;
    struct rs_term_block numbers;
    size_t first; /* number of the block's first term */
    struct rs_term *out;
    size_t n; /* in out */
};

/* True when the rows lack the level that contrasts are with. */
static bool lacks(const struct rs_factor *factor, const size_t *levels)
{
    return factor != NULL && factor->n_levels > 0 &&
           levels[factor->reference] == 0;
}

/* Rows that have a level of x, and the mean of y in them. */
static void find_level(const struct at_work *w, struct rs_term *term,
                       size_t level)
{
    const struct rs_base_columns *base = &w->self->base;
    const double *values = base->spec.data->columns[w->y_column].values;
    struct rs_dd sum = {0.0, 0.0};
    struct rs_dd total = {0.0, 0.0};

    for (size_t i = 0; i < base->n_rows; i++) {
        double weight = base->weight_all == NULL ? 1.0 : base->weight_all[i];
        if (!rs_rows_has(w->self->rows, i) || w->x->codes[i] != (int32_t)level)
            continue;
        sum = rs_dd_add(sum, rs_two_product(weight, values[i]));
        total = rs_dd_add(total, rs_dd_of(weight));
    }
    term->n_level = w->self->there.x_levels[level];
    term->mean_level = rs_dd_double(rs_dd_div(sum, total));
}

static struct rs_term *add(struct at_work *w, size_t number,
                           enum rs_term_kind kind)
{
    struct rs_term *term = &w->out[w->n++];

    *term = (struct rs_term){
        .term = number, .estimate = NAN, .se = NAN, .kind = kind, .f = NAN};
    return term;
}

/* Place of column j among those of the rows; SIZE_MAX: it is none. */
static size_t place_of(const struct at_work *w, size_t j)
{
    const struct rs_block_there *there = &w->self->there;

    for (size_t i = 0; i < there->n; i++)
        if (there->columns[i] == j)
            return i;
    return SIZE_MAX;
}

/* Number of the kept column that place i is; SIZE_MAX: none. */
static size_t kept_of(const struct at_work *w, size_t i)
{
    return i == SIZE_MAX ? SIZE_MAX
                         : rs_lsq_kept(w->self->lsq, w->self->base.n_used + i);
}

/* The F of x's own levels, where products are tested beside them or with. */
static void add_own_joint(struct at_work *w)
{
    size_t n = 0;

    for (size_t i = 0; i < w->self->there.n; i++) {
        size_t j = w->self->there.columns[i];
        size_t kept = kept_of(w, i);
        if (!rs_block_column(&w->self->base.spec, w->x_column, j).product &&
            kept != SIZE_MAX)
            w->self->kept[n++] = kept;
    }
    w->out[w->n++] =
        rs_ols_joint(w->self, RS_TERM_X, w->result, w->self->kept, n);
}

/* True when the rows lack what a column is a contrast with, or where it is
 * looked at: a slope of x is that at the reference of z. */
static bool no_reference(const struct at_work *w,
                         const struct rs_block_column *column)
{
    const struct rs_block_there *there = &w->self->there;

    if (lacks(w->z, there->z_levels))
        return true;
    return column->level != RS_NO_LEVEL && lacks(w->x, there->x_levels) &&
           (column->product || !rs_block_has_all_levels(&w->self->base.spec));
}

static void add_column(struct at_work *w, size_t j)
{
    const struct rs_block_there *there = &w->self->there;
    struct rs_block_column column =
        rs_block_column(&w->self->base.spec, w->x_column, j);
    bool is_tested = !w->block.by_f && j + 1 == w->block.n_columns;
    bool is_x = column.level == RS_NO_LEVEL && !column.product && j == 0;
    size_t place = place_of(w, j);
    struct rs_term *term = NULL;

    if ((column.level != RS_NO_LEVEL && there->x_levels[column.level] == 0) ||
        (column.z_level != RS_NO_LEVEL && there->z_levels[column.z_level] == 0))
        return;
    term = add(w, is_x ? RS_TERM_X : w->first + w->numbers.first + j,
               is_tested ? RS_TERM_PAIR : RS_TERM_COEFFICIENT);
    term->no_reference = no_reference(w, &column);
    if (column.level != RS_NO_LEVEL && !column.product)
        find_level(w, term, column.level);
    if (is_tested || place == SIZE_MAX || term->no_reference)
        return;
    term->estimate = w->self->covariates[w->self->base.n_used + place].estimate;
    term->se = w->self->covariates[w->self->base.n_used + place].se;
}

static void add_reference(struct at_work *w)
{
    struct rs_term *term = NULL;

    if (w->x == NULL || !w->self->base.spec.reference_rows ||
        rs_block_has_all_levels(&w->self->base.spec) ||
        lacks(w->x, w->self->there.x_levels))
        return;
    term = add(w, w->first + w->numbers.reference, RS_TERM_REFERENCE);
    find_level(w, term, w->x->reference);
}

/* Number of the kept column of a level; SIZE_MAX: it is what the others are
 * contrasts with. False: the level has no coefficient. */
static bool find_kept(const struct at_work *w, size_t *kept, size_t level)
{
    const struct rs_spec *spec = &w->self->base.spec;
    const size_t *there = w->self->there.x_levels;

    *kept = SIZE_MAX;
    if (there[level] == 0)
        return false;
    for (size_t i = 0; i < w->self->there.n; i++)
        if (rs_block_column(spec, w->x_column, w->self->there.columns[i])
                .level == level) {
            *kept = kept_of(w, i);
            return *kept != SIZE_MAX;
        }
    return true;
}

/* The differences of all levels, the later less the earlier. */
static void add_pairwise(struct at_work *w)
{
    size_t first = w->first + w->numbers.pairwise;
    bool wanted = w->block.by_f && w->x != NULL &&
                  w->self->base.spec.pairwise != RS_PAIRWISE_NONE;
    size_t of_a = 0;
    size_t of_b = 0;

    for (size_t b = 1; wanted && b < w->x->n_levels; b++)
        for (size_t a = 0; a < b; a++) {
            struct rs_lsq_term difference = {NAN, NAN, RS_FIT_OK};
            struct rs_term *term = NULL;
            if (w->self->there.x_levels[a] == 0 ||
                w->self->there.x_levels[b] == 0)
                continue;
            if (w->result->outcome == RS_FIT_OK && find_kept(w, &of_a, a) &&
                find_kept(w, &of_b, b) &&
                !rs_lsq_difference(w->self->lsq, &difference, w->result,
                                   rs_ols_term_room(w->self, w->result), of_b,
                                   of_a))
                w->self->no_memory = true;
            term = add(w, first + rs_term_pair(a, b), RS_TERM_PAIRWISE);
            term->estimate = difference.estimate;
            term->se = difference.se;
            term->outcome = difference.outcome;
        }
}

size_t rs_ols_block_terms(struct rs_ols *self, struct rs_term *out,
                          const struct rs_lsq_result *result, size_t y,
                          size_t x)
{
    const struct rs_spec *spec = &self->base.spec;
    const struct rs_column *columns = spec->data->columns;
    struct at_work w = {
        .self = self,
        .result = result,
        .x = columns[x].factor,
        .z = spec->interact == NULL ? NULL : columns[*spec->interact].factor,
        .y_column = y,
        .x_column = x,
        .block = rs_block_of(spec, x),
        .numbers = rs_term_block_of(spec, x),
        .first = self->block_terms[x],
        .out = out,
    };
    bool of_levels = w.x != NULL && spec->interact == NULL;

    if (w.block.plain) {
        (void)add(&w, RS_TERM_X, RS_TERM_PAIR);
        return w.n;
    }
    if (w.block.by_f)
        (void)add(&w, of_levels ? RS_TERM_X : w.first, RS_TERM_PAIR);
    if (w.x != NULL && w.x->n_levels > 2 && !of_levels)
        add_own_joint(&w);
    add_reference(&w);
    for (size_t j = 0; j < w.block.n_columns; j++)
        add_column(&w, j);
    add_pairwise(&w);
    return w.n;
}
