/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "tile_shared.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Screening finds pairs in single precision; those that are kept get the r
 * that a stored tile would give them, to the last bit: their columns are
 * prepared once more in doubles, packed, and multiplied by the same kernel.
 * The columns of y are kept for the whole tile; hits are taken x by x, so
 * that no column of x is prepared twice.
 */
struct rs_tile_refine {
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
    size_t room_terms;
};

enum rs_status rs_tile_refine_new(struct rs_tile_engine *self,
                                  struct rs_error *err)
{
    const struct rs_kernel *kernel = self->kernel;
    size_t n = self->data->basis.n;
    struct rs_tile_refine *f = rs_alloc(1, sizeof *f, err);

    if (f == NULL)
        return RS_ERR_NOMEM;
    self->refine = f;
    f->width = kernel->width;
    f->wide = kernel->width * kernel->x_panels;
    f->n_y = (self->c_rows / f->width + 2) * f->width;
    f->scratch = rs_tile_scratch_new(self->data, err);
    f->column = rs_alloc(n, sizeof *f->column, err);
    f->y_panels = rs_alloc(f->n_y * n, sizeof *f->y_panels, err);
    f->y_ready = rs_alloc(f->n_y, sizeof *f->y_ready, err);
    f->x_block = rs_alloc(f->wide * n, sizeof *f->x_block, err);
    f->x_of = rs_alloc(f->wide, sizeof *f->x_of, err);
    f->c = rs_alloc(RS_BLOCK_Y * f->wide, sizeof *f->c, err);
    if (f->scratch == NULL || f->column == NULL || f->y_panels == NULL ||
        f->y_ready == NULL || f->x_block == NULL || f->x_of == NULL ||
        f->c == NULL)
        return RS_ERR_NOMEM;
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

static void put_column(struct rs_tile_engine *self, double *out, size_t column)
{
    struct rs_tile_refine *f = self->refine;
    size_t n = self->data->basis.n;

    rs_tile_unpack(f->column, f->scratch, self->data, column);
    for (size_t k = 0; k < n; k++)
        out[k * f->width] = f->column[k];
}

static void need_y(struct rs_tile_engine *self, size_t y_ix)
{
    struct rs_tile_refine *f = self->refine;
    size_t at = y_ix - f->y_base;

    if (f->y_ready[at])
        return;
    put_column(self, place(f->y_panels, at, f->width, self->data->basis.n),
               self->env.plan->y[y_ix]);
    f->y_ready[at] = true;
}

/* Takes the x of hits from `first` on into a block until it is full; returns
 * the first hit whose x is not in it. */
static size_t fill_block(struct rs_tile_engine *self,
                         const struct rs_tile *tile, size_t first)
{
    struct rs_tile_refine *f = self->refine;
    size_t n = self->data->basis.n;
    size_t h = first;

    f->n_x = 0;
    memset(f->x_block, 0, f->wide * n * sizeof *f->x_block);
    for (; h < self->n_hits; h++) {
        uint32_t x = self->hits[h].x;
        if (isnan(self->hits[h].r) || (f->n_x > 0 && f->x_of[f->n_x - 1] == x))
            continue;
        if (f->n_x == f->wide)
            break;
        put_column(self, place(f->x_block, f->n_x, f->width, n),
                   self->env.plan->x[tile->x0 + x]);
        f->x_of[f->n_x++] = x;
    }
    return h;
}

/* ---- hits -------------------------------------------------------- */

/* Products of the block of x with the y at [y_ix, y_ix + RS_BLOCK_Y). */
static void multiply(struct rs_tile_engine *self, size_t y_ix)
{
    struct rs_tile_refine *f = self->refine;
    size_t n = self->data->basis.n;
    size_t pieces = (n + RS_TILE_ROWS - 1) / RS_TILE_ROWS;
    size_t step = (n + pieces - 1) / pieces;
    const double *y = place(f->y_panels, y_ix - f->y_base, f->width, n);

    for (size_t row = 0; row < n; row += step)
        self->kernel->product(f->c, f->wide, y + row * f->width,
                              f->x_block + row * f->width, n * f->width,
                              n - row < step ? n - row : step, row > 0, NULL);
}

/* Where values are missing: the terms of the hit over its common rows. */
static void find_terms(struct rs_tile_engine *self, struct rs_tile_hit *hit,
                       size_t y_ix, size_t x_ix, size_t x_at)
{
    struct rs_tile_refine *f = self->refine;
    size_t n = self->data->basis.n;
    const struct rs_tile_pair pair = {
        .y = place(f->y_panels, y_ix - f->y_base, f->width, n),
        .x = place(f->x_block, x_at, f->width, n),
        .y_step = f->width,
        .x_step = f->width,
        .product = hit->r,
    };

    hit->terms = (size_t)(hit - self->hits);
    (void)rs_tile_masked_pair(&self->hit_terms[hit->terms], self, y_ix, x_ix,
                              &pair);
}

/* Hits [first, end), whose x are in the block, that have a y in the block
 * of y at y_ix. */
static void take_products(struct rs_tile_engine *self,
                          const struct rs_tile *tile, size_t first, size_t end,
                          size_t y_ix)
{
    struct rs_tile_refine *f = self->refine;
    size_t x_at = 0;

    for (size_t h = first; h < end; h++) {
        struct rs_tile_hit *hit = &self->hits[h];
        size_t y = tile->y0 + hit->y;
        if (isnan(hit->r))
            continue;
        while (f->x_of[x_at] != hit->x)
            x_at++;
        if (y < y_ix || y >= y_ix + RS_BLOCK_Y)
            continue;
        hit->r = f->c[(y - y_ix) * f->wide + x_at];
        if (self->holes != NULL)
            find_terms(self, hit, y, tile->x0 + hit->x, x_at);
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

static bool make_room(struct rs_tile_engine *self)
{
    struct rs_tile_refine *f = self->refine;
    struct rs_tile_terms *terms = NULL;

    if (self->holes == NULL || self->n_hits <= f->room_terms)
        return true;
    terms = realloc(self->hit_terms, self->n_hits * sizeof *terms);
    if (terms == NULL)
        return false;
    self->hit_terms = terms;
    f->room_terms = self->n_hits;
    return true;
}

bool rs_tile_refine(struct rs_tile_engine *self, const struct rs_tile *tile)
{
    struct rs_tile_refine *f = self->refine;
    size_t first_y = tile->y0 / RS_BLOCK_Y * RS_BLOCK_Y;

    if (!make_room(self))
        return false;
    f->y_base = tile->y0 / f->width * f->width;
    memset(f->y_ready, 0, f->n_y * sizeof *f->y_ready);
    if (self->n_hits > 1)
        qsort(self->hits, self->n_hits, sizeof *self->hits, compare_by_x);
    for (size_t first = 0; first < self->n_hits;) {
        size_t end = fill_block(self, tile, first);
        for (size_t y_ix = first_y; y_ix < tile->y1; y_ix += RS_BLOCK_Y) {
            bool any = false;
            for (size_t h = first; h < end; h++) {
                size_t y = tile->y0 + self->hits[h].y;
                if (isnan(self->hits[h].r) || y < y_ix ||
                    y >= y_ix + RS_BLOCK_Y)
                    continue;
                need_y(self, y);
                any = true;
            }
            if (any) {
                multiply(self, y_ix);
                take_products(self, tile, first, end, y_ix);
            }
        }
        first = end;
    }
    return true;
}
