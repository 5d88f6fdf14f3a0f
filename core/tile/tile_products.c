/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_products.h"

#include "vector_code.h"

#include <string.h>

/* Product k by rows. */
static void find_product(double *c, const struct rs_tile_worker *w,
                         const struct rs_tile_grid *grid, unsigned k)
{
    const struct rs_tile_data *data = w->data;
    size_t width = w->kernel->width;
    size_t n = data->basis.n;
    size_t step = rs_row_step(n);

    for (size_t row = 0; row < n; row += step) {
        size_t rows = n - row < step ? n - row : step;
        for (size_t b = grid->block0; b < grid->block1; b++) {
            const double *x =
                rs_tile_face(data, &data->x, rs_tile_faces_of[k].x,
                             b * w->block_x) +
                row * width;
            if (!rs_tile_any_column(data, b * w->block_x, w->block_x))
                continue;
            for (size_t p = grid->panel0; p < grid->panel1; p++)
                if (rs_tile_grid_wants(grid, p, b))
                    w->kernel->product(
                        &c[(p - grid->panel0) * RS_BLOCK_Y * w->wide +
                           (b - grid->block0) * w->block_x],
                        w->wide,
                        rs_tile_face(data, &data->y, rs_tile_faces_of[k].y,
                                     p * RS_BLOCK_Y) +
                            row * width,
                        x, n * width, rows, row > 0, NULL);
        }
    }
}

/* ---- clusters ---------------------------------------------------- */

/* Where a block of products is. */
struct place {
    double *c, *open;   /* its first */
    size_t wide, cells; /* from row to row, from product to product */
};

/* Adds the squares of a block's sums over one cluster, of which open is 8 of y
 * by 8 of x, x_sums [8] those of x~^2 times the factor. */
RS_WIDE static void add_sums(const struct place *at, const double *x_sums,
                             double factor, bool find_r, bool find_size)
{
    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        const double *restrict sum = &at->open[i * at->wide];
        double *restrict c = &at->c[i * at->wide];
        for (size_t l = 0; l < 8; l++) {
            c[RS_PRODUCT_SQUARES * at->cells + l] += factor * sum[l] * sum[l];
            c[RS_PRODUCT_ACROSS * at->cells + l] += x_sums[l] * sum[l];
        }
        for (size_t l = 0; find_r && l < 8; l++)
            c[l] += sum[l];
        for (size_t l = 0; find_size && l < 8; l++)
            c[RS_PRODUCT_SIZE * at->cells + l] -= factor * sum[l] * sum[l];
    }
}

/* The same of r alone: adds all sums of a block, [RS_BLOCK_Y][n]. */
RS_WIDE static void add_r(const struct place *at, size_t n)
{
    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        const double *restrict sum = &at->open[i * at->wide];
        double *restrict c = &at->c[i * at->wide];
        for (size_t l = 0; l < n; l++)
            c[l] += sum[l];
    }
}

/* Columns of a block, packed by a split. */
struct columns {
    const double *y, *x, *sums;
    const struct rs_tile_split *split;
    size_t n;       /* rows */
    size_t width;   /* of a panel */
    size_t block_x; /* columns */
    bool find_r;    /* r as well */
    bool r_alone;   /* nothing else */
};

/* One block and the rows [row, end) of a split, whose first cluster is g. */
static void multiply(const struct place *at, const struct rs_kernel *kernel,
                     const struct columns *of, size_t row, size_t end, size_t g)
{
    const struct rs_tile_split *split = of->split;
    size_t width = of->width;
    size_t begin = g == 0 ? 0 : split->ends[g - 1];

    for (; row < end; g++) {
        size_t stop = split->ends[g] < end ? split->ends[g] : end;
        kernel->product(at->open, at->wide, of->y + row * width,
                        of->x + row * width, of->n * width, stop - row,
                        row > begin, NULL);
        row = begin = stop;
        if (stop < split->ends[g])
            return;
        if (of->r_alone)
            add_r(at, of->block_x);
        for (size_t j = 0; j < of->block_x && !of->r_alone; j += 8) {
            const struct place part = {at->c + j, at->open + j, at->wide,
                                       at->cells};
            add_sums(&part,
                     of->sums + j / width * width * split->n + j % width +
                         g * width,
                     split->factor, of->find_r, split->factor < 0.0);
        }
    }
}

/* The sums by clusters of one split. */
static void find_split(double *c, double *open, const struct rs_tile_worker *w,
                       const struct rs_tile_grid *grid, unsigned split_ix,
                       bool r_alone)
{
    const struct rs_tile_data *data = w->data;
    const struct rs_tile_split *split = &data->clusters.splits[split_ix];
    unsigned face = rs_tile_split_face(data, split_ix);
    size_t n = data->basis.n;
    size_t step = rs_row_step(n);
    size_t g = 0;

    for (size_t row = 0; row < n; row += step) {
        size_t end = n - row < step ? n : row + step;
        while (split->ends[g] <= row)
            g++;
        for (size_t b = grid->block0; b < grid->block1; b++)
            for (size_t p = grid->panel0; p < grid->panel1; p++) {
                size_t at = (p - grid->panel0) * RS_BLOCK_Y * w->wide +
                            (b - grid->block0) * w->block_x;
                const struct place place = {c + at, open + at, w->wide,
                                            w->high * w->wide};
                const struct columns columns = {
                    rs_tile_face(data, &data->y, face, p * RS_BLOCK_Y),
                    rs_tile_face(data, &data->x, face, b * w->block_x),
                    rs_tile_sums(data, &data->x, split_ix, b * w->block_x),
                    split,
                    n,
                    w->kernel->width,
                    w->block_x,
                    split_ix == 0,
                    r_alone};
                if (rs_tile_grid_wants(grid, p, b))
                    multiply(&place, w->kernel, &columns, row, end, g);
            }
    }
}

/* True when some pair of the tile has no missing values. */
static bool any_complete(const struct rs_tile_data *data,
                         const struct rs_tile *tile)
{
    bool y = false;
    bool x = false;

    if (!data->any_missing)
        return true;
    for (size_t i = tile->y0; i < tile->y1; i++)
        y = y || data->y.columns[i].pattern == 0;
    for (size_t j = tile->x0; j < tile->x1; j++)
        x = x || data->x.columns[j].pattern == 0;
    return y && x;
}

void rs_tile_products(double *c, double *open, const struct rs_tile_worker *w,
                      const struct rs_tile_grid *grid,
                      const struct rs_tile *tile)
{
    const struct rs_tile_data *data = w->data;
    unsigned n_products = rs_tile_n_products(data);
    unsigned n_splits = (unsigned)data->clusters.n_splits;
    bool complete = any_complete(data, tile); /* else r alone is wanted */

    if (n_splits == 0) {
        for (unsigned k = 0; k < (complete ? n_products : 1); k++)
            find_product(&c[k * w->high * w->wide], w, grid, k);
        return;
    }
    /* r has the bits of the first split's order, whoever else is in a tile */
    memset(c, 0, n_products * w->high * w->wide * sizeof *c);
    for (unsigned split = 0; split < (complete ? n_splits : 1); split++)
        find_split(c, open, w, grid, split, !complete);
}

void rs_tile_products_block(double *c, double *open,
                            const struct rs_tile_worker *w,
                            const struct rs_tile_block *block)
{
    const struct rs_tile_data *data = w->data;
    size_t wide = w->kernel->width * w->kernel->x_panels;
    size_t n = data->basis.n;
    size_t step = rs_row_step(n);
    size_t g = 0;
    const struct place place = {c, open, wide, RS_BLOCK_Y * wide};
    const struct columns columns = {
        block->y[0], block->x[0],      block->sums, &data->clusters.splits[0],
        n,           w->kernel->width, wide,        true,
        false};

    if (data->clusters.n_splits == 0) {
        for (unsigned k = 0; k < rs_tile_n_products(data); k++)
            rs_kernel_block(w->kernel, &c[k * RS_BLOCK_Y * wide], wide,
                            block->y[rs_tile_faces_of[k].y],
                            block->x[rs_tile_faces_of[k].x], n);
        return;
    }
    memset(c, 0, rs_tile_n_products(data) * RS_BLOCK_Y * wide * sizeof *c);
    for (size_t row = 0; row < n; row += step) {
        while (columns.split->ends[g] <= row)
            g++;
        multiply(&place, w->kernel, &columns, row,
                 n - row < step ? n : row + step, g);
    }
}
