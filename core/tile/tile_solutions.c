/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_solutions.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

static size_t n_inverse(size_t c)
{
    return c * (c + 1) / 2;
}

static size_t n_values(size_t c)
{
    return 2 * c + n_inverse(c);
}

enum rs_status rs_tile_solutions_init(struct rs_tile_solutions *out, size_t c,
                                      size_t wide, struct rs_error *err)
{
    out->c = c;
    out->wide = wide;
    out->values =
        rs_alloc(RS_BLOCK_Y * wide * n_values(c), sizeof *out->values, err);
    out->inverse = rs_alloc(n_inverse(c), sizeof *out->inverse, err);
    return out->values == NULL || out->inverse == NULL ? RS_ERR_NOMEM : RS_OK;
}

void rs_tile_solutions_clear(struct rs_tile_solutions *solutions)
{
    free(solutions->values);
    free(solutions->inverse);
    memset(solutions, 0, sizeof *solutions);
}

/* Row by row from behind: row k of the inverse times L is unit vector k. */
void rs_tile_solutions_set(struct rs_tile_solutions *solutions,
                           const double *factor)
{
    size_t c = solutions->c;
    double *row = solutions->inverse;

    for (size_t k = 0; k < c; row += ++k)
        for (size_t l = k + 1; l-- > 0;) {
            double sum = l == k ? 1.0 : 0.0;
            for (size_t j = l + 1; j <= k; j++)
                sum -= row[j] * factor[j * c + l];
            row[l] = sum / factor[l * c + l];
        }
}

void rs_tile_solutions_keep(struct rs_tile_solutions *solutions, size_t row,
                            size_t column, const double *u_x, const double *u_y)
{
    size_t c = solutions->c;
    double *out =
        &solutions->values[(row * solutions->wide + column) * n_values(c)];

    memcpy(out, u_x, c * sizeof *out);
    memcpy(out + c, u_y, c * sizeof *out);
    memcpy(out + 2 * c, solutions->inverse, n_inverse(c) * sizeof *out);
}

const double *rs_tile_solutions_at(const struct rs_tile_solutions *solutions,
                                   size_t row, size_t column)
{
    return &solutions->values[(row * solutions->wide + column) *
                              n_values(solutions->c)];
}
