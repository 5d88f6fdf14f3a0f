/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_refine.h"

#include "mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rs_tile_refine {
    struct rs_tile_worker *worker;
    struct rs_tile_missing *missing; /* NULL when nothing is missing */
    struct rs_tile_scratch *scratch;
    size_t width;     /* columns of a panel */
    size_t wide;      /* columns of a block of x */
    double *column;   /* [n] */
    size_t y_base;    /* place of the first column of y_panels in the list */
    size_t n_y;       /* columns of y_panels, whole panels */
    double *y_panels; /* [n_y / width][n][width] */
    bool *y_ready;    /* [n_y] prepared for this tile */
    double *x_block;  /* [wide / width][n][width] */
    uint32_t *x_of;   /* [wide] columns of the tile in it */
    size_t n_x;
    double *c; /* [RS_BLOCK_Y][wide] */
};

enum rs_status rs_tile_refine_new(struct rs_tile_refine **out,
                                  struct rs_tile_worker *worker,
                                  struct rs_tile_missing *missing,
                                  struct rs_error *err)
{
    const struct rs_kernel *kernel = worker->kernel;
    size_t n = worker->data->basis.n;
    struct rs_tile_refine *f = rs_alloc(1, sizeof *f, err);

    if (f == NULL)
        return RS_ERR_NOMEM;
    f->worker = worker;
    f->missing = missing;
    f->width = kernel->width;
    f->wide = kernel->width * kernel->x_panels;
    f->n_y = (worker->high / f->width + 2) * f->width;
    f->scratch =
        rs_tile_scratch_new(&worker->data->basis, &worker->data->patterns, err);
    f->column = rs_alloc(n, sizeof *f->column, err);
    f->y_panels = rs_alloc(f->n_y * n, sizeof *f->y_panels, err);
    f->y_ready = rs_alloc(f->n_y, sizeof *f->y_ready, err);
    f->x_block = rs_alloc(f->wide * n, sizeof *f->x_block, err);
    f->x_of = rs_alloc(f->wide, sizeof *f->x_of, err);
    f->c = rs_alloc(RS_BLOCK_Y * f->wide, sizeof *f->c, err);
    if (f->scratch == NULL || f->column == NULL || f->y_panels == NULL ||
        f->y_ready == NULL || f->x_block == NULL || f->x_of == NULL ||
        f->c == NULL) {
        rs_tile_refine_free(f);
        return RS_ERR_NOMEM;
    }
    *out = f;
    return RS_OK;
}

void rs_tile_refine_free(struct rs_tile_refine *f)
{
    if (f == NULL)
        return;
    rs_tile_scratch_free(f->scratch);
    free(f->column);
    free(f->y_panels);
    free(f->y_ready);
    free(f->x_block);
    free(f->x_of);
    free(f->c);
    free(f);
}

/* ---- columns ----------------------------------------------------- */

/* First row of column `at` of some panels. */
static double *place(double *panels, size_t at, size_t width, size_t n)
{
    return &panels[at / width * width * n + at % width];
}

static void put_column(struct rs_tile_refine *f, double *out, size_t column)
{
    size_t n = f->worker->data->basis.n;
    struct rs_tile_column ignored;

    (void)rs_tile_column_make(&ignored, NULL, f->column, f->scratch, column);
    for (size_t k = 0; k < n; k++)
        out[k * f->width] = f->column[k];
}

static void need_y(struct rs_tile_refine *f, size_t y_ix)
{
    size_t at = y_ix - f->y_base;

    if (f->y_ready[at])
        return;
    put_column(f, place(f->y_panels, at, f->width, f->worker->data->basis.n),
               f->worker->env.plan->y[y_ix]);
    f->y_ready[at] = true;
}

/* Takes the x of hits from `first` on into a block until it is full; returns
 * the first hit whose x is not in it. */
static size_t fill_block(struct rs_tile_refine *f,
                         const struct rs_tile_hits *hits,
                         const struct rs_tile *tile, size_t first)
{
    size_t n = f->worker->data->basis.n;
    size_t h = first;

    f->n_x = 0;
    memset(f->x_block, 0, f->wide * n * sizeof *f->x_block);
    for (; h < hits->n; h++) {
        uint32_t x = hits->items[h].x;
        if (isnan(hits->items[h].r) || (f->n_x > 0 && f->x_of[f->n_x - 1] == x))
            continue;
        if (f->n_x == f->wide)
            break;
        put_column(f, place(f->x_block, f->n_x, f->width, n),
                   f->worker->env.plan->x[tile->x0 + x]);
        f->x_of[f->n_x++] = x;
    }
    return h;
}

/* ---- hits -------------------------------------------------------- */

/* Products of the block of x with the y at [y_ix, y_ix + RS_BLOCK_Y). */
static void multiply(struct rs_tile_refine *f, size_t y_ix)
{
    size_t n = f->worker->data->basis.n;
    size_t step = rs_row_step(n);
    const double *y = place(f->y_panels, y_ix - f->y_base, f->width, n);

    for (size_t row = 0; row < n; row += step)
        f->worker->kernel->product(
            f->c, f->wide, y + row * f->width, f->x_block + row * f->width,
            n * f->width, n - row < step ? n - row : step, row > 0, NULL);
}

/* Where values are missing: the terms of hit h over its common rows. */
static void find_terms(struct rs_tile_refine *f, struct rs_tile_hits *hits,
                       size_t h, const struct rs_tile *tile, size_t x_at)
{
    struct rs_tile_hit *hit = &hits->items[h];
    size_t n = f->worker->data->basis.n;
    size_t y_ix = tile->y0 + hit->y;
    const struct rs_tile_two two = {
        .y = place(f->y_panels, y_ix - f->y_base, f->width, n),
        .x = place(f->x_block, x_at, f->width, n),
        .y_step = f->width,
        .x_step = f->width,
        .product = hit->r,
    };

    hit->terms = h;
    (void)rs_tile_missing_pair(&hits->terms[h], f->missing, y_ix,
                               tile->x0 + hit->x, &two);
}

/* Hits [first, end), whose x are in the block, that have a y in the block
 * of y at y_ix. */
static void take_products(struct rs_tile_refine *f, struct rs_tile_hits *hits,
                          const struct rs_tile *tile, size_t first, size_t end,
                          size_t y_ix)
{
    size_t x_at = 0;

    for (size_t h = first; h < end; h++) {
        struct rs_tile_hit *hit = &hits->items[h];
        size_t y = tile->y0 + hit->y;
        if (isnan(hit->r))
            continue;
        while (f->x_of[x_at] != hit->x)
            x_at++;
        if (y < y_ix || y >= y_ix + RS_BLOCK_Y)
            continue;
        hit->r = f->c[(y - y_ix) * f->wide + x_at];
        if (f->missing != NULL)
            find_terms(f, hits, h, tile, x_at);
    }
}

static int compare_by_x(const void *left, const void *right)
{
    const struct rs_tile_hit *a = left;
    const struct rs_tile_hit *b = right;

    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return a->y < b->y ? -1 : a->y > b->y;
}

static bool make_room(struct rs_tile_hits *hits)
{
    struct rs_tile_terms *terms = NULL;

    if (hits->n <= hits->room_terms)
        return true;
    terms = realloc(hits->terms, hits->n * sizeof *terms);
    if (terms == NULL)
        return false;
    hits->terms = terms;
    hits->room_terms = hits->n;
    return true;
}

bool rs_tile_refine(struct rs_tile_refine *f, struct rs_tile_hits *hits,
                    const struct rs_tile *tile)
{
    size_t first_y = tile->y0 / RS_BLOCK_Y * RS_BLOCK_Y;

    if (f->missing != NULL && !make_room(hits))
        return false;
    f->y_base = tile->y0 / f->width * f->width;
    memset(f->y_ready, 0, f->n_y * sizeof *f->y_ready);
    if (hits->n > 1)
        qsort(hits->items, hits->n, sizeof *hits->items, compare_by_x);
    for (size_t first = 0; first < hits->n;) {
        size_t end = fill_block(f, hits, tile, first);
        for (size_t y_ix = first_y; y_ix < tile->y1; y_ix += RS_BLOCK_Y) {
            bool any = false;
            for (size_t h = first; h < end; h++) {
                size_t y = tile->y0 + hits->items[h].y;
                if (isnan(hits->items[h].r) || y < y_ix ||
                    y >= y_ix + RS_BLOCK_Y)
                    continue;
                need_y(f, y);
                any = true;
            }
            if (any) {
                multiply(f, y_ix);
                take_products(f, hits, tile, first, end, y_ix);
            }
        }
        first = end;
    }
    return true;
}

const double *rs_tile_refine_y(struct rs_tile_refine *f, size_t y_ix, size_t y)
{
    need_y(f, y);
    return place(f->y_panels, y_ix - f->y_base, f->width,
                 f->worker->data->basis.n);
}
