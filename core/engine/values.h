/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_VALUES_H
#define RS_VALUES_H

#include "fields.h"
#include "plan.h"

#include <stddef.h>

/*
 * One number of every pair as a matrix, filled by the workers instead of
 * rows: the result as an array, or what a second pass over the pairs needs
 * to know of all of them.
 */
enum { RS_VALUE_LOG_P = RS_FIELD_COUNT }; /* ln p; a perfect fit's is -inf */

struct rs_values {
    int field;         /* enum rs_field, or RS_VALUE_LOG_P */
    double conf_level; /* of ci_low and ci_high */
    size_t n_x;        /* columns */
    double *cells;     /* [n_y][n_x] in the order of the plan's lists, shared
                          by the workers; NaN: no such pair, no value, or
                          not kept. Matched pairs: [n_y][1], of a list
                          [n_pairs] */
    size_t y0, x0;     /* the first cell's; not 0 where cells hold a part */
    bool matched;
    const struct rs_plan *list; /* of a list: cells are its pairs by their
                                   numbers; NULL: no list */
    int64_t *shift; /* of a list where cells hold a part: of row y0 on, what
                       takes a pair's number to its cell; NULL: nothing */
};

/* Where a pair's number is. */
static inline double *rs_values_cell(const struct rs_values *values,
                                     size_t y_ix, size_t x_ix)
{
    size_t row = y_ix - values->y0;

    if (values->list != NULL)
        return &values->cells[(int64_t)rs_plan_pair(values->list, y_ix, x_ix) +
                              (values->shift == NULL ? 0 : values->shift[row])];
    return values->matched
               ? &values->cells[row]
               : &values->cells[row * values->n_x + (x_ix - values->x0)];
}

/* Cells of a tile become NaN. */
void rs_values_blank(const struct rs_values *values,
                     const struct rs_tile *tile);

/* The number of a fit. */
double rs_values_of(const struct rs_values *values, const struct rs_fit *fit);

#endif
