/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_single.h"

#include "vector_code.h"

#include <math.h>

double rs_tile_precise(const struct rs_tile_data *data, size_t y_ix,
                       size_t x_ix)
{
    const float *y = rs_tile_single(data, &data->y, y_ix, false);
    const float *x = rs_tile_single(data, &data->x, x_ix, false);
    const float *y_rest = rs_tile_single(data, &data->y, y_ix, true);
    const float *x_rest = rs_tile_single(data, &data->x, x_ix, true);
    size_t step = data->x.width;
    size_t n = data->basis.n;
    double sum[4] = {0.0};

    for (size_t k = 0; k < n; k++) {
        size_t at = k * step;
        sum[k & 3] += ((double)y[at] + (double)y_rest[at]) *
                      ((double)x[at] + (double)x_rest[at]);
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

double rs_tile_rounded(const struct rs_tile_data *data, size_t y_ix,
                       size_t x_ix)
{
    const float *y = rs_tile_single(data, &data->y, y_ix, false);
    const float *x = rs_tile_single(data, &data->x, x_ix, false);
    size_t step = data->x.width;
    size_t n = data->basis.n;
    double sum[4] = {0.0};
    size_t k = 0;

    for (; k + 4 <= n; k += 4)
        for (size_t l = 0; l < 4; l++)
            sum[l] += (double)y[(k + l) * step] * (double)x[(k + l) * step];
    for (; k < n; k++)
        sum[0] += (double)y[k * step] * (double)x[k * step];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* True when every cell of the block is a pair of the tile, as far as the
 * diagonal and a column itself do not matter. */
static bool is_inside(const struct rs_tile_worker *self,
                      const struct rs_tile *tile, size_t y_ix, size_t x_ix)
{
    if (self->env.plan->pairs == RS_PAIRS_UNIQUE && x_ix < y_ix + RS_BLOCK_Y)
        return false;
    return y_ix >= tile->y0 && y_ix + RS_BLOCK_Y <= tile->y1 &&
           x_ix >= tile->x0 && x_ix + self->block_x <= tile->x1;
}

void rs_tile_blank(const struct rs_tile_worker *self, float *a,
                   const struct rs_tile *tile, size_t y_ix, size_t x_ix)
{
    const struct rs_plan *plan = self->env.plan;
    size_t wide = self->block_x;
    bool inside = is_inside(self, tile, y_ix, x_ix);

    for (size_t i = 0; inside && i < RS_BLOCK_Y; i++) {
        size_t self_x = plan->self_x[y_ix + i];
        if (self_x >= x_ix && self_x < x_ix + wide)
            a[i * wide + self_x - x_ix] = -1.0F;
    }
    for (size_t i = 0; !inside && i < RS_BLOCK_Y * wide; i++) {
        size_t y = y_ix + i / wide;
        size_t x = x_ix + i % wide;
        if (y < tile->y0 || y >= tile->y1 || x < tile->x0 || x >= tile->x1 ||
            !rs_plan_has(plan, y, x))
            a[i] = -1.0F;
    }
}

/* |r| of n pairs side by side; of cells that are no tests, 0. */
RS_WIDE_INTEGER static void keep_r(float *restrict cells,
                                   const float *restrict a, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        float r = a[j] > 1e-30F ? a[j] : 1e-30F;
        cells[j] = a[j] >= 0.0F ? r : 0.0F;
    }
}

void rs_tile_sample_block(const struct rs_tile_worker *self,
                          const struct rs_p_sample *sample,
                          const struct rs_tile *tile, const float *a,
                          size_t y_ix, size_t x_ix)
{
    size_t wide = self->block_x;
    size_t x0 = x_ix > tile->x0 ? x_ix : tile->x0;
    size_t x1 = x_ix + wide < tile->x1 ? x_ix + wide : tile->x1;
    uint64_t at = x0 % sample->step;

    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        const float *row = &a[i * wide];
        size_t y = y_ix + i;
        uint64_t first = rs_p_sample_first(sample, y);
        if (y < tile->y0 || y >= tile->y1)
            continue;
        if (sample->step == 1) {
            keep_r(rs_p_sample_cell(sample, y, x0), row + x0 - x_ix, x1 - x0);
            continue;
        }
        first += x0 - at + (first < at ? sample->step : 0);
        for (size_t j = (size_t)first; j < x1; j += (size_t)sample->step)
            keep_r(rs_p_sample_cell(sample, y, j), &row[j - x_ix], 1);
    }
}
