/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "tile_shape.h"

#include <stdlib.h>

enum { PANEL = 8, BLOCKS = 192, ROWS_IN_SLOT = 16384 };

static const size_t sizes[] = {
    1,    2,    3,    7,    8,    9,    23,   24,    63,    64,
    65,   191,  192,  193,  383,  384,  385,  420,   500,   1000,
    1920, 2048, 2049, 2500, 4991, 4992, 4993, 10000, 20000, 1000000};
static const size_t rows[] = {1, 3, 20, 250, 251, 1280, 1281, 5000, 1000000};

enum {
    N_SIZES = sizeof sizes / sizeof sizes[0],
    N_ROWS = sizeof rows / sizeof rows[0]
};

static size_t ceil_div(size_t a, size_t b)
{
    return a / b + (a % b != 0);
}

static bool is_power_of_2(size_t n)
{
    return (n & (n - 1)) == 0;
}

/* Tiles by panels and blocks: none of these is cut by a tile's edge, except
 * where a tile is less than a panel high, and at the end of the grid. */
static void check_tile(const struct rs_tile_shape_ask *ask,
                       struct rs_tile_shape shape)
{
    size_t tiles = ceil_div(ask->n_y, shape.y) * ceil_div(ask->n_x, shape.x);

    ck_assert(shape.y % PANEL == 0 || PANEL % shape.y == 0);
    ck_assert(is_power_of_2(shape.y));
    ck_assert(shape.x == ask->n_x || shape.x % BLOCKS == 0);
    ck_assert_uint_le(shape.x, ask->n_x);
    if (ask->matrix) /* nothing is handed over, but products are stored */
        ck_assert_uint_le(shape.x, 5 * BLOCKS);
    else if (!ask->screened)
        ck_assert_uint_le(shape.x * shape.y, ROWS_IN_SLOT);
    /* enough tiles for every worker, or so small that more are no use */
    ck_assert_msg(tiles >= 64 || shape.x * shape.y < 1024 ||
                      (shape.y == 1 && shape.x < 2 * BLOCKS),
                  "%zu x %zu in tiles of %zu x %zu", ask->n_y, ask->n_x,
                  shape.y, shape.x);
}

/* Tiles of pairs by themselves: pieces of a row, or whole rows. */
static void check_pairs(const struct rs_tile_shape_ask *ask,
                        struct rs_tile_shape shape)
{
    ck_assert(shape.y == 1 || shape.x == ask->n_x);
    ck_assert_uint_le(shape.x, ask->n_x);
    ck_assert_uint_le(shape.x * shape.y, 4096);
}

/* The plan's tiles: every cell is in one. */
static void check_cover(const struct rs_tile_shape_ask *ask,
                        struct rs_tile_shape shape)
{
    size_t *list = calloc(ask->n_y + ask->n_x, sizeof *list);
    struct rs_plan plan;
    uint64_t cells = 0;
    bool good = true; /* an assertion for each tile would take most time */

    ck_assert_ptr_nonnull(list);
    for (size_t i = 0; i < ask->n_y + ask->n_x; i++)
        list[i] = i;
    ck_assert_int_eq(rs_plan_init(&plan,
                                  &(struct rs_plan_ask){.pairs = RS_PAIRS_ALL,
                                                        .y = list,
                                                        .x = list + ask->n_y,
                                                        .n_y = ask->n_y,
                                                        .n_x = ask->n_x,
                                                        .shape = shape},
                                  NULL),
                     RS_OK);
    for (uint64_t t = 0; t < plan.n_tiles; t++) {
        struct rs_tile tile = rs_plan_tile(&plan, t);
        good = good && tile.y0 < tile.y1 && tile.y1 <= ask->n_y &&
               tile.x0 < tile.x1 && tile.x1 <= ask->n_x &&
               tile.y0 % shape.y == 0 && tile.x0 % shape.x == 0;
        cells += (uint64_t)(tile.y1 - tile.y0) * (tile.x1 - tile.x0);
    }
    ck_assert(good);
    ck_assert_uint_eq(cells, (uint64_t)ask->n_y * ask->n_x);
    rs_plan_clear(&plan);
    free(list);
}

static void check(const struct rs_tile_shape_ask *ask)
{
    struct rs_tile_shape shape = rs_tile_shape_for(ask);

    ck_assert_uint_ge(shape.y, 1);
    ck_assert_uint_ge(shape.x, 1);
    if (ask->by_tile)
        check_tile(ask, shape);
    else
        check_pairs(ask, shape);
    if (ask->n_y * ask->n_x <= 10000 ||
        (ask->n_y == 1000000 && ask->n_rows == 20))
        check_cover(ask, shape);
}

START_TEST(test_shapes)
{
    for (size_t i = 0; i < N_SIZES; i++)
        for (size_t j = 0; j < N_SIZES; j++)
            for (size_t k = 0; k < N_ROWS; k++) {
                const struct rs_tile_shape_ask ask = {
                    .n_y = sizes[i],
                    .n_x = sizes[j],
                    .n_rows = rows[k],
                    .n_covariates = k % 4,
                    .by_tile = (_i & 1) != 0,
                    .screened = (_i & 2) != 0,
                    .complete = (_i & 4) != 0,
                    .matrix = _i >= 8,
                };
                if (ask.n_y == 1000000 && ask.n_x > 3)
                    continue; /* its plan would be long to walk */
                check(&ask);
            }
}
END_TEST

/* Short complete columns, screened: wide tiles, which need not be stored. */
START_TEST(test_wide)
{
    struct rs_tile_shape_ask ask = {.n_y = 20000,
                                    .n_x = 20000,
                                    .n_rows = 200,
                                    .by_tile = true,
                                    .screened = true,
                                    .complete = true};
    size_t wide = rs_tile_shape_for(&ask).x;

    ask.complete = false;
    ck_assert_uint_lt(rs_tile_shape_for(&ask).x, wide);
    ask.complete = true;
    ask.n_rows = 5000;
    ck_assert_uint_lt(rs_tile_shape_for(&ask).x, wide);
}
END_TEST

/* The more rows a pair has, the fewer pairs: a slot holds the rows. */
START_TEST(test_rows_per_pair)
{
    static const size_t per_pair[] = {2, 3, 7, 10, 11, 100, 100000};

    for (size_t i = 0; i < N_SIZES; i++)
        for (size_t k = 0; k < N_ROWS; k++)
            for (size_t r = 0; r < sizeof per_pair / sizeof per_pair[0]; r++) {
                const struct rs_tile_shape_ask ask = {
                    .n_y = 1000,
                    .n_x = sizes[i],
                    .n_rows = rows[k],
                    .rows_per_pair = per_pair[r],
                    .by_tile = _i == 1,
                };
                struct rs_tile_shape shape = rs_tile_shape_for(&ask);
                size_t most = ROWS_IN_SLOT / per_pair[r];
                check(&ask);
                if (most < PANEL * BLOCKS && ask.by_tile)
                    most = PANEL * BLOCKS; /* less would be a waste */
                ck_assert_uint_le(shape.y * shape.x, most < 1 ? 1 : most);
            }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_shapes, 12},
    {&test_wide, 1},
    {&test_rows_per_pair, 2},
};
SUITE(tile_shape, tests)
