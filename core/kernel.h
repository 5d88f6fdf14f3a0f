/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_KERNEL_H
#define RS_KERNEL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Products of packed columns: the innermost loop of the tile engine.
 *
 * Columns are packed in panels: a panel holds `width` columns, row by row,
 * panel[row * width + column], so that a product reads memory in one
 * direction only. The dependents' panels are RS_Y_WIDTH wide. A block is the
 * product of one y panel with x_panels neighbouring x panels.
 */
enum { RS_Y_WIDTH = 8, RS_BLOCK_X_MOST = 64 };

struct rs_kernel {
    const char *name;
    size_t x_width;  /* columns of an x panel */
    size_t x_panels; /* x panels of a block */

    /*
     * c (+)= Y'X for one block.
     * c         inout  [RS_Y_WIDTH][x_panels * x_width], rows ldc apart
     * y         in     [n][RS_Y_WIDTH]
     * x         in     x_panels panels of [n][x_width], x_stride apart
     * n         in     rows
     * add       in     add to c instead of setting it
     * prefetch  in     n * 64 bytes that will be needed soon; NULL: nothing
     * Notes: each call sums its rows from 0 and adds the sum to c once, so
     * that rows given in blocks round less than in one piece.
     */
    void (*product)(double *c, size_t ldc, const double *y, const double *x,
                    size_t x_stride, size_t n, bool add,
                    const double *prefetch);
};

/*
 * The kernel of that name (avx512, avx2, dgemm); NULL: the fastest one that
 * this machine can run. Returns NULL when there is none of that name, or
 * the machine cannot run it.
 */
const struct rs_kernel *rs_kernel_find(const char *name);

#endif
