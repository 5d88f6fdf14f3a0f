/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_refine.h"

#include "mem.h"
#include "tile_products.h"

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
    double *c;    /* [products][RS_BLOCK_Y][wide] */
    double *open; /* [RS_BLOCK_Y][wide] */
    /* of other errors: faces of column, of y_panels and of x_block, and sums by
     * clusters of both of x */
    double *faces[RS_TILE_MOST_FACES], *y_faces[RS_TILE_MOST_FACES],
        *x_faces[RS_TILE_MOST_FACES];
    double *sums, *x_sums; /* [clusters], [clusters][wide] */
    double *own;           /* [wide] */
};

/* Room for what other errors need. */
static enum rs_status meat_new(struct rs_tile_refine *f, struct rs_error *err)
{
    const struct rs_tile_data *data = f->worker->data;
    size_t n = data->basis.n;
    size_t n_clusters = data->clusters.splits[0].n;
    bool fine = true;

    f->own = rs_alloc(f->wide, sizeof *f->own, err);
    f->open = rs_alloc(RS_BLOCK_Y * f->wide, sizeof *f->open, err);
    f->sums = rs_alloc(n_clusters, sizeof *f->sums, err);
    f->x_sums = rs_alloc(n_clusters * f->wide, sizeof *f->x_sums, err);
    for (unsigned k = 1; k < rs_tile_n_faces(data, true) && fine; k++) {
        f->faces[k] = rs_alloc(n, sizeof(double), err);
        f->x_faces[k] = rs_alloc(f->wide * n, sizeof(double), err);
        fine = f->faces[k] != NULL && f->x_faces[k] != NULL;
    }
    for (unsigned k = 1; k < rs_tile_n_faces(data, false) && fine; k++) {
        f->y_faces[k] = rs_alloc(f->n_y * n, sizeof(double), err);
        fine = f->y_faces[k] != NULL;
    }
    return fine && f->own != NULL && f->open != NULL && f->sums != NULL &&
                   f->x_sums != NULL
               ? RS_OK
               : RS_ERR_NOMEM;
}

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
    f->c = rs_alloc(RS_TILE_PRODUCTS * RS_BLOCK_Y * f->wide, sizeof *f->c, err);
    if (f->scratch == NULL || f->column == NULL || f->y_panels == NULL ||
        f->y_ready == NULL || f->x_block == NULL || f->x_of == NULL ||
        f->c == NULL || meat_new(f, err) != RS_OK) {
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
    free(f->open);
    free(f->own);
    free(f->sums);
    free(f->x_sums);
    for (unsigned k = 0; k < RS_TILE_MOST_FACES; k++) {
        free(f->faces[k]);
        free(f->y_faces[k]);
        free(f->x_faces[k]);
    }
    free(f);
}

/* ---- columns ----------------------------------------------------- */

/* First row of column `at` of some panels. */
static double *place(double *panels, size_t at, size_t width, size_t n)
{
    return &panels[at / width * width * n + at % width];
}

/* Column number `at` of the panels of y, or of the block of x. */
static void put_column(struct rs_tile_refine *f, size_t at, size_t column,
                       bool of_x)
{
    const struct rs_tile_data *data = f->worker->data;
    const struct rs_tile_split *split = &data->clusters.splits[0];
    size_t n = data->basis.n;
    double *out = place(of_x ? f->x_block : f->y_panels, at, f->width, n);
    double own = 0.0;
    struct rs_tile_column ignored;

    (void)rs_tile_column_make(&ignored, NULL, f->column, f->scratch, column);
    for (size_t k = 0; k < n; k++)
        out[(split->place == NULL ? k : split->place[k]) * f->width] =
            f->column[k];
    if (data->way->by_r)
        return;
    (void)rs_tile_meat_faces(&f->faces[1], &f->sums, &own, f->column, data,
                             of_x);
    for (unsigned l = 1; l < rs_tile_n_faces(data, of_x); l++) {
        out = place(of_x ? f->x_faces[l] : f->y_faces[l], at, f->width, n);
        for (size_t k = 0; k < n; k++)
            out[k * f->width] = f->faces[l][k];
    }
    if (!of_x)
        return;
    f->own[at] = own;
    out = place(f->x_sums, at, f->width, split->n);
    for (size_t g = 0; g < split->n; g++)
        out[g * f->width] = f->sums[g];
}

static void need_y(struct rs_tile_refine *f, size_t y_ix)
{
    size_t at = y_ix - f->y_base;

    if (f->y_ready[at])
        return;
    put_column(f, at, f->worker->env.plan->y[y_ix], false);
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
        put_column(f, f->n_x, f->worker->env.plan->x[tile->x0 + x], true);
        f->x_of[f->n_x++] = x;
    }
    return h;
}

/* ---- hits -------------------------------------------------------- */

/* Products of the block of x with the y at [y_ix, y_ix + RS_BLOCK_Y). */
static void multiply(struct rs_tile_refine *f, size_t y_ix)
{
    const struct rs_tile_data *data = f->worker->data;
    size_t n = data->basis.n;
    struct rs_tile_block block = {
        {place(f->y_panels, y_ix - f->y_base, f->width, n)},
        {f->x_block},
        f->x_sums};

    for (unsigned k = 1; k < rs_tile_n_faces(data, false); k++)
        block.y[k] = place(f->y_faces[k], y_ix - f->y_base, f->width, n);
    for (unsigned k = 1; k < rs_tile_n_faces(data, true); k++)
        block.x[k] = f->x_faces[k];
    rs_tile_products_block(f->c, f->open, f->worker, &block);
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
        if (f->worker->data->way->by_r)
            continue;
        hit->terms = h;
        rs_tile_meat_of(&hits->meats[h], f->worker->data,
                        &f->c[(y - y_ix) * f->wide + x_at],
                        RS_BLOCK_Y * f->wide, f->own[x_at]);
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

static bool make_meats(struct rs_tile_hits *hits)
{
    struct rs_tile_meat *meats = NULL;

    if (hits->n <= hits->room_meats)
        return true;
    meats = realloc(hits->meats, hits->n * sizeof *meats);
    if (meats == NULL)
        return false;
    hits->meats = meats;
    hits->room_meats = hits->n;
    return true;
}

bool rs_tile_refine(struct rs_tile_refine *f, struct rs_tile_hits *hits,
                    const struct rs_tile *tile)
{
    size_t first_y = tile->y0 / RS_BLOCK_Y * RS_BLOCK_Y;

    if (f->missing != NULL && !make_room(hits))
        return false;
    if (!f->worker->data->way->by_r && !make_meats(hits))
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
