/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_single_products.h"

#include "vector_code.h"

#include <string.h>

static void multiply_rows(const struct rs_tile_singles *out,
                          const struct rs_tile_worker *w,
                          const struct rs_tile_grid *grid, size_t block,
                          unsigned k)
{
    const struct rs_tile_data *data = w->data;
    size_t n = data->basis.n;
    size_t width = w->kernel->single_width;
    size_t step = rs_row_step(n);
    const float *x = rs_tile_single_face(data, &data->x, rs_tile_faces_of[k].x,
                                         block * w->block_x);

    for (size_t row = 0; row < n; row += step) {
        size_t rows = n - row < step ? n - row : step;
        for (size_t p = grid->panel0; p < grid->panel1; p++)
            w->kernel->product_single(
                &out->products[k * out->cells +
                               (p - grid->panel0) * RS_BLOCK_Y * w->block_x],
                w->block_x,
                rs_tile_single_face(data, &data->y, rs_tile_faces_of[k].y,
                                    p * RS_BLOCK_Y) +
                    row * width,
                x + row * width, n * width, rows, row > 0, NULL);
    }
}

/* Adds sums over a cluster and their squares, 8 columns of a block. */
RS_WIDE static void add_sums(float *restrict c, const float *restrict open,
                             const float *restrict x_sums, size_t wide,
                             size_t cells, float factor)
{
    for (size_t i = 0; i < RS_BLOCK_Y; i++)
        for (size_t l = 0; l < 8; l++) {
            float sum = open[i * wide + l];
            float *at = &c[i * wide + l];
            at[RS_PRODUCT_R * cells] += sum;
            at[RS_PRODUCT_ACROSS * cells] += x_sums[l] * sum;
            at[RS_PRODUCT_SQUARES * cells] += factor * sum * sum;
        }
}

/* A block, and the rows [row, end) of it, whose first cluster is g. */
struct block {
    size_t at; /* of its products */
    size_t y_ix, x_ix;
    size_t row, end, g;
};

static void multiply_block(const struct rs_tile_singles *out,
                           const struct rs_tile_worker *w,
                           const struct block *block)
{
    const struct rs_tile_data *data = w->data;
    const struct rs_tile_split *split = &data->clusters.splits[0];
    size_t width = w->kernel->single_width;
    size_t n = data->basis.n;
    const float *y = rs_tile_single(data, &data->y, block->y_ix, false);
    const float *x = rs_tile_single(data, &data->x, block->x_ix, false);
    size_t at = block->at;
    size_t row = block->row;
    size_t g = block->g;
    size_t begin = g == 0 ? 0 : split->ends[g - 1];

    for (; row < block->end; g++) {
        size_t stop = split->ends[g] < block->end ? split->ends[g] : block->end;
        w->kernel->product_single(out->open + at, w->block_x, y + row * width,
                                  x + row * width, n * width, stop - row,
                                  row > begin, NULL);
        row = begin = stop;
        if (stop < split->ends[g])
            return;
        for (size_t j = 0; j < w->block_x; j += 8)
            add_sums(&out->products[at + j], &out->open[at + j],
                     rs_tile_single_sums(data, &data->x, block->x_ix + j) +
                         g * width,
                     w->block_x, out->cells, (float)split->factor);
    }
}

static void multiply_clusters(const struct rs_tile_singles *out,
                              const struct rs_tile_worker *w,
                              const struct rs_tile_grid *grid, size_t block)
{
    const struct rs_tile_split *split = &w->data->clusters.splits[0];
    size_t n = w->data->basis.n;
    size_t step = rs_row_step(n);
    size_t g = 0;

    memset(out->products, 0, 3 * out->cells * sizeof(float));
    for (size_t row = 0; row < n; row += step) {
        size_t end = n - row < step ? n : row + step;
        while (split->ends[g] <= row)
            g++;
        for (size_t p = grid->panel0; p < grid->panel1; p++) {
            const struct block of = {(p - grid->panel0) * RS_BLOCK_Y *
                                         w->block_x,
                                     p * RS_BLOCK_Y,
                                     block * w->block_x,
                                     row,
                                     end,
                                     g};
            multiply_block(out, w, &of);
        }
    }
}

void rs_tile_single_products(const struct rs_tile_singles *out,
                             const struct rs_tile_worker *w,
                             const struct rs_tile_grid *grid, size_t block)
{
    if (w->data->way->by_cluster) {
        multiply_clusters(out, w, grid, block);
        return;
    }
    for (unsigned k = 0; k < rs_tile_n_products(w->data); k++)
        multiply_rows(out, w, grid, block, k);
}
