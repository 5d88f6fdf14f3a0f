/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_shape.h"

enum {
    PANEL = 8,            /* dependents that a block takes */
    BLOCKS = 192,         /* independents: whole blocks of every kernel */
    ROWS_IN_SLOT = 16384, /* rows of output that a slot holds */
    SCREENED_TALL = 128,
    WRITTEN_TALL = 64,
    MATRIX_TALL = 128,
    SCREENED_WIDE = 26 * BLOCKS,
    STORED_WIDE = 5 * BLOCKS, /* where the products must be stored */
    SHORT_ROWS = 1280,        /* data rows for which they need not */
    ENOUGH = 64,              /* tiles to keep every worker busy */
    LEAST_PAIRS = 512         /* that are worth a claim */
};

static size_t ceil_div(size_t a, size_t b)
{
    return a / b + (a % b != 0);
}

/* How many pairs have their rows in a slot. */
static size_t pairs_in_slot(const struct rs_tile_shape_ask *ask)
{
    return ask->rows_per_pair > 1 ? ROWS_IN_SLOT / ask->rows_per_pair
                                  : ROWS_IN_SLOT;
}

/* Fits one by one: a tile should take at least a quarter of a millisecond;
 * a pair takes about 2 ns for each row and column of its model. */
static struct rs_tile_shape by_pair(const struct rs_tile_shape_ask *ask)
{
    double pair_ns =
        2.0 * (double)(ask->n_rows + 50) * (double)(ask->n_covariates + 1);
    double least = 250e3 / pair_ns;
    size_t cells = ask->n_listed > 0 ? ask->n_listed : ask->n_y * ask->n_x;
    size_t wanted = cells / 1024; /* enough tiles for any machine */
    size_t pieces = 0;
    struct rs_tile_shape shape = {.y = 1, .x = 1};

    if ((double)wanted < least)
        wanted = (size_t)least;
    if (wanted > 4096)
        wanted = 4096;
    if (wanted > pairs_in_slot(ask))
        wanted = pairs_in_slot(ask);
    if (wanted < 1)
        wanted = 1;
    if (ask->n_listed > 0) { /* rows of the usual length */
        size_t usual = ceil_div(cells, ask->n_y);
        shape.y = wanted > usual ? wanted / usual : 1;
        shape.x = ask->n_x;
        shape.pairs = 2 * wanted;
        return shape;
    }
    if (wanted >= ask->n_x) {
        shape.y = wanted / ask->n_x;
        shape.x = ask->n_x;
        return shape;
    }
    pieces = ceil_div(ask->n_x, wanted);
    shape.x = ceil_div(ask->n_x, pieces);
    return shape;
}

/* Dependents of a tile whose rows are all written: more where columns are
 * long, because then it pays to read the independents less often. */
static struct rs_tile_shape written(const struct rs_tile_shape_ask *ask)
{
    struct rs_tile_shape shape = {.y = PANEL};
    size_t most = pairs_in_slot(ask);

    if (most < PANEL * BLOCKS)
        most = PANEL * BLOCKS;
    while (shape.y < WRITTEN_TALL && 250 * shape.y < ask->n_rows &&
           2 * shape.y * BLOCKS <= most)
        shape.y *= 2;
    shape.x = most / shape.y / BLOCKS * BLOCKS;
    if (ask->n_x * shape.y <= most)
        shape.x = ask->n_x;
    while (2 * shape.y * shape.x <= most && shape.y < ask->n_y)
        shape.y *= 2;
    return shape;
}

static struct rs_tile_shape screened(const struct rs_tile_shape_ask *ask)
{
    struct rs_tile_shape shape = {.y = SCREENED_TALL, .x = STORED_WIDE};

    if (ask->complete && ask->n_rows <= SHORT_ROWS)
        shape.x = SCREENED_WIDE;
    if (shape.x > ask->n_x)
        shape.x = ask->n_x;
    return shape;
}

/* Tiles of which nothing is handed over. */
static struct rs_tile_shape for_matrix(const struct rs_tile_shape_ask *ask)
{
    struct rs_tile_shape shape = {.y = MATRIX_TALL, .x = STORED_WIDE};

    if (shape.x > ask->n_x)
        shape.x = ask->n_x;
    return shape;
}

static size_t count_tiles(const struct rs_tile_shape *shape,
                          const struct rs_tile_shape_ask *ask)
{
    return ceil_div(ask->n_y, shape->y) * ceil_div(ask->n_x, shape->x);
}

struct rs_tile_shape rs_tile_shape_for(const struct rs_tile_shape_ask *ask)
{
    struct rs_tile_shape shape;

    if (!ask->by_tile)
        return by_pair(ask);
    if (ask->screened)
        shape = screened(ask);
    else
        shape = ask->matrix ? for_matrix(ask) : written(ask);
    while (count_tiles(&shape, ask) < ENOUGH &&
           shape.y * shape.x >= 2 * LEAST_PAIRS) {
        if (shape.y > PANEL || shape.x < 2 * BLOCKS)
            shape.y = (shape.y + 1) / 2;
        else
            shape.x = ceil_div(ceil_div(shape.x, 2), BLOCKS) * BLOCKS;
        if (shape.y == 1 && shape.x < 2 * BLOCKS)
            break;
    }
    return shape;
}
