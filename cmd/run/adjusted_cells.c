/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adjusted_cells.h"

#include "parallel.h"

#include <math.h>

struct filling {
    struct rs_values *values;
    const struct rs_corrected_part *part;
    enum rs_adjust method;
    const atomic_int *stop; /* NULL allowed */
};

static void fill_row(void *ctx, size_t y_ix)
{
    const struct filling *filling = ctx;
    const struct rs_values *values = filling->values;
    const struct rs_corrected_part *part = filling->part;

    if (filling->stop != NULL && *filling->stop != 0)
        return;
    for (size_t j = 0; j < values->n_x; j++) {
        size_t x_ix = values->matched ? y_ix : j;
        double *cell = rs_values_cell(values, y_ix, x_ix);
        *cell =
            isfinite(*cell)
                ? exp(rs_adjust_log(
                      rs_families_of(part->all->families, part->ix, y_ix, x_ix),
                      filling->method,
                      rs_corrections_log_p(part, y_ix, x_ix, *cell)))
                : NAN;
    }
}

void rs_adjusted_cells(struct rs_values *values, size_t n_y,
                       const struct rs_corrected_part *part, int field,
                       unsigned n_threads, const atomic_int *stop)
{
    struct filling filling = {
        .values = values,
        .part = part,
        .method = (enum rs_adjust)(field - RS_FIELD_P_BONFERRONI),
        .stop = stop};

    rs_parallel(n_threads, n_y, &filling, fill_row);
}
