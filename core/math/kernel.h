/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_KERNEL_H
#define RS_KERNEL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Products of packed columns: the innermost loops of the tile engine.
 *
 * Columns are packed in panels: a panel holds `width` columns, row by row,
 * panel[row * width + column], so that a product reads memory in one
 * direction only. A block is the product of RS_BLOCK_Y neighbouring columns
 * of a y panel with x_panels neighbouring x panels.
 *
 * There is one kernel for products in double precision, and one in single
 * precision for screening: twice as fast, and right to a known bound.
 */
enum {
    RS_BLOCK_Y = 8,       /* dependents of a block */
    RS_BLOCK_X_MOST = 64, /* independents of any kernel's block, at most */
    RS_SINGLE_RUN = 64,   /* rows that single precision sums in one go */
    RS_PIECE_ROWS = 1280  /* rows of a piece, at most: x panels of this length
                             stay in the second-level cache while all blocks
                             of y pass by */
};

/* Rows of each piece that products of n rows are made in, but the last one,
 * which may have fewer. Whoever multiplies goes by these steps, so that the
 * sums of a pair have the same bits everywhere. 0: there are no rows */
static inline size_t rs_row_step(size_t n)
{
    size_t pieces = (n + RS_PIECE_ROWS - 1) / RS_PIECE_ROWS;

    return pieces == 0 ? 0 : (n + pieces - 1) / pieces;
}

/*
 * c (+)= Y'X for one block.
 * c         inout  [RS_BLOCK_Y][x_panels * width], rows ldc apart
 * y         in     [n] rows of RS_BLOCK_Y, `width` apart
 * x         in     x_panels panels of [n][width], x_stride apart
 * n         in     rows
 * add       in     add to c instead of setting it
 * prefetch  in     n rows of a panel that will be needed soon; NULL: nothing
 * Notes: in double precision a call sums its rows from 0 and adds the sum to
 * c once, in single precision every RS_SINGLE_RUN rows: rows in blocks round
 * less than in one piece.
 */
typedef void rs_product(double *c, size_t ldc, const double *y, const double *x,
                        size_t x_stride, size_t n, bool add,
                        const double *prefetch);
typedef void rs_product_single(float *c, size_t ldc, const float *y,
                               const float *x, size_t x_stride, size_t n,
                               bool add, const float *prefetch);

struct rs_kernel {
    const char *name;
    size_t width;    /* columns of a panel of doubles, a multiple of 8 */
    size_t x_panels; /* x panels of a block */
    rs_product *product;
    size_t single_width; /* likewise of floats */
    size_t single_x_panels;
    rs_product_single *product_single;
    bool by_avx512;
};

/* c = Y'X for one block in doubles, of all its n rows, by the steps above;
 * arguments as of rs_product, the panels of x one behind the other. */
static inline void rs_kernel_block(const struct rs_kernel *kernel, double *c,
                                   size_t ldc, const double *y, const double *x,
                                   size_t n)
{
    size_t width = kernel->width;
    size_t step = rs_row_step(n);

    for (size_t row = 0; row < n; row += step)
        kernel->product(c, ldc, y + row * width, x + row * width, n * width,
                        n - row < step ? n - row : step, row > 0, NULL);
}

/*
 * Bound of |single - true| for a product in single precision of n rows of
 * two columns of length 1: every input rounded to a float, every sum of
 * products of floats (Higham 2002, chapter 3).
 */
double rs_single_error(size_t n);

/*
 * The kernel of that name (avx512, avx2, blas); NULL: the fastest one that
 * this machine can run. Returns NULL when there is none of that name, or
 * the machine cannot run it.
 */
const struct rs_kernel *rs_kernel_find(const char *name);

#endif
