/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_tile.h"
#include "run_suite.h"
#include "tails.h"
#include "tile_grid.h"
#include "tile_level.h"

#include <math.h>

static double log_p_of(double r, double df)
{
    return rs_t_log_p(r * sqrt(df / (1.0 - r * r)), df);
}

/* Edges as |r|, with the floats beside them; least_r; ln p. Levels do not
 * depend on which others were made before. */
START_TEST(test_levels)
{
    const struct made_ask ask = {.n = 60, .n_y = 3, .n_x = 3, .missing = 0.1};
    struct made_tile t;

    made_tile_init(&t, &ask);
    t.sweep.keep.p_max = 0.003;
    made_tile_prepare(&t, RS_TILE_STORE);
    for (size_t n = _i == 0 ? 5 : 60; n >= 5 && n <= 60;
         n += _i == 0 ? 11 : (size_t)-11) {
        struct rs_tile_level *level = rs_tile_level_of(&t.worker, n);
        double error = t.worker.single_error;
        ck_assert_ptr_nonnull(level);
        ck_assert_ptr_eq(rs_tile_level_of(&t.worker, n), level);
        ck_assert_double_eq(level->df, (double)n - 2.0);
        ck_assert_double_eq_tol(log_p_of(level->least_r, level->df), log(0.003),
                                1e-7);
        for (unsigned k = 0; k < RS_P_EDGES; k++) {
            double edge = level->edges[k];
            if (edge < 1.0 - 1e-9)
                ck_assert_double_eq_tol(
                    log_p_of(edge, level->df) / log(rs_p_edge(k)), 1.0, 1e-7);
            /* a true |r| beyond the edge has no float on the wrong side */
            ck_assert((double)level->below[k] <= edge - error || edge <= error);
            ck_assert((double)level->above[k] >= edge + error);
        }
        for (double r = 0.0; r < 0.999; r += 0.013)
            ck_assert_double_le(
                fabs(expm1(rs_tile_log_p(level, r) - log_p_of(r, level->df))),
                1e-11);
    }
    made_tile_clear(&t);
}
END_TEST

/* What may be r is not missed, and not much more is looked at. */
START_TEST(test_maybe)
{
    const struct made_ask ask = {.n = 200, .n_y = 2, .n_x = 2};
    struct made_tile t;

    made_tile_init(&t, &ask);
    made_tile_prepare(&t, RS_TILE_SCREEN);
    for (double r = 0.01; r < 1.0; r += 0.01) {
        double maybe = (double)rs_tile_maybe(&t.worker, r);
        ck_assert_double_le(maybe, r - t.worker.single_error);
        ck_assert_double_ge(maybe, r - 2.0 * t.worker.single_error - 1e-6);
    }
    made_tile_clear(&t);
}
END_TEST

/* The blocks of a grid hold the tile, and no row of blocks more; of unique
 * pairs those below the diagonal are left out. */
START_TEST(test_grid)
{
    const struct made_ask ask = {.n = 8, .n_y = 400, .tile = {37, 91}};
    struct made_tile t;

    made_tile_init(&t, &ask);
    made_sweep_plan(&t.sweep, _i == 0 ? RS_PAIRS_ALL : RS_PAIRS_UNIQUE);
    made_tile_prepare(&t, RS_TILE_STORE);
    for (uint64_t k = 0; k < t.sweep.plan.n_tiles; k++) {
        struct rs_tile tile = rs_plan_tile(&t.sweep.plan, k);
        struct rs_tile_grid grid = rs_tile_grid_of(&t.worker, &tile);
        size_t block = t.worker.block_x;
        ck_assert(grid.panel0 * RS_BLOCK_Y <= tile.y0 &&
                  tile.y0 < (grid.panel0 + 1) * RS_BLOCK_Y);
        ck_assert(grid.panel1 * RS_BLOCK_Y >= tile.y1 &&
                  grid.panel1 * RS_BLOCK_Y < tile.y1 + RS_BLOCK_Y);
        ck_assert(grid.block1 * block >= tile.x1 &&
                  grid.block1 * block < tile.x1 + block);
        ck_assert_uint_eq(grid.y_first, grid.panel0 * RS_BLOCK_Y);
        ck_assert_uint_eq(grid.x_first, grid.block0 * block);
        for (size_t i = tile.y0; i < tile.y1; i++)
            for (size_t j = tile.x0; j < tile.x1; j++)
                if (rs_plan_has(&t.sweep.plan, i, j))
                    ck_assert_uint_ge(j, grid.x_first);
        if (_i == 0)
            ck_assert_uint_lt(tile.x0, (grid.block0 + 1) * block);
        else
            ck_assert(grid.block0 >= grid.block1 ||
                      (grid.block0 + 1) * block > tile.y0 + 1);
    }
    made_tile_clear(&t);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_levels, 2},
    {&test_maybe, 1},
    {&test_grid, 2},
};
SUITE(tile_level, tests)
