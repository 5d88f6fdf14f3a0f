/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "values.h"

#include <math.h>

double rs_values_of(const struct rs_values *values, const struct rs_fit *fit)
{
    if (values->field != RS_VALUE_LOG_P)
        return rs_fit_value(fit, (enum rs_field)values->field,
                            values->conf_level);
    return fit->outcome == RS_FIT_PERFECT ? -INFINITY : fit->log_p;
}

void rs_values_blank(const struct rs_values *values, const struct rs_tile *tile)
{
    for (size_t i = tile->y0; i < tile->y1; i++) {
        if (values->list != NULL) {
            for (size_t j = rs_plan_next(values->list, i, tile->x0);
                 j < tile->x1; j = rs_plan_next(values->list, i, j + 1))
                *rs_values_cell(values, i, j) = NAN;
            continue;
        }
        /* of matched pairs a tile is a square, of which there is a diagonal */
        size_t first = values->matched ? i : tile->x0;
        size_t last = values->matched ? i + 1 : tile->x1;
        double *row = rs_values_cell(values, i, first);
        for (size_t j = first; j < last; j++)
            row[j - first] = NAN;
    }
}
