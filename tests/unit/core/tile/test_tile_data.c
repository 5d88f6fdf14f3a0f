/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_tile.h"
#include "run_suite.h"
#include "tile_single.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Columns packed, unpacked, and multiplied one by one. */

static const struct made_ask asks[] = {
    {.n = 130, .n_y = 19, .n_x = 45},
    {.n = 130, .n_y = 19, .n_x = 45, .n_z = 2},
    {.n = 130, .n_y = 19, .n_x = 45, .n_z = 1, .weighted = true},
    {.n = 130, .n_y = 19, .n_x = 45, .missing = 0.1},
    {.n = 61, .n_y = 9, .n_x = 33, .through_0 = true},
};
enum { N_ASKS = sizeof asks / sizeof asks[0] };

/* A column made once more has the bits that were packed; its length is one,
 * and it is orthogonal to the covariates. */
START_TEST(test_unpack)
{
    struct made_tile t;
    struct rs_tile_scratch *scratch = NULL;
    const struct rs_tile_side *side = NULL;
    double *v = NULL;

    made_tile_init(&t, &asks[_i]);
    made_tile_prepare(&t, RS_TILE_STORE);
    side = &t.data.x;
    scratch = rs_tile_scratch_new(&t.data.basis, &t.data.patterns, NULL);
    v = calloc(t.data.basis.n, sizeof *v);
    ck_assert(scratch != NULL && v != NULL);
    for (size_t j = 0; j < side->n; j++) {
        const double *packed = rs_tile_column(&t.data, side, j);
        struct rs_tile_column column;
        double squares = 0.0;
        ck_assert_int_eq(side->columns[j].kind, RS_TILE_PLAIN);
        ck_assert(
            rs_tile_column_make(&column, NULL, v, scratch, t.sweep.plan.x[j]));
        for (size_t i = 0; i < t.data.basis.n; i++) {
            ck_assert_mem_eq(&packed[i * side->width], &v[i], sizeof *v);
            squares += v[i] * v[i];
        }
        ck_assert_double_eq_tol(squares, 1.0, 1e-14);
    }
    free(v);
    rs_tile_scratch_free(scratch);
    made_tile_clear(&t);
}
END_TEST

/* Products of floats: both parts are the double's, the rounded ones alone are
 * as near as the bound says. */
START_TEST(test_single)
{
    struct made_tile stored;
    struct made_tile single;
    size_t n = 0;

    made_tile_init(&stored, &asks[_i]);
    made_tile_prepare(&stored, RS_TILE_STORE);
    made_tile_init(&single, &asks[_i]);
    made_tile_prepare(&single, RS_TILE_SCREEN);
    n = stored.data.basis.n;
    ck_assert(single.data.single);
    for (size_t i = 0; i < stored.data.y.n; i++)
        for (size_t j = 0; j < stored.data.x.n; j++) {
            const double *y = rs_tile_column(&stored.data, &stored.data.y, i);
            const double *x = rs_tile_column(&stored.data, &stored.data.x, j);
            double r = 0.0;
            double rounded = rs_tile_rounded(&single.data, i, j);
            for (size_t k = 0; k < n; k++)
                r += y[k * stored.data.y.width] * x[k * stored.data.x.width];
            ck_assert_double_le(fabs(rs_tile_precise(&single.data, i, j) - r),
                                1e-13);
            ck_assert_double_le(fabs(rounded - r), single.worker.single_error);
            ck_assert(rounded != r); /* floats are floats */
        }
    made_tile_clear(&single);
    made_tile_clear(&stored);
}
END_TEST

/* Cells of a block that are no pairs count nowhere. */
START_TEST(test_blank)
{
    const struct made_ask ask = {.n = 20, .n_y = 70, .pairs = RS_PAIRS_UNIQUE};
    struct made_tile t;
    struct rs_tile tile = {9, 61, 9, 61};
    float *a = NULL;

    made_tile_init(&t, &ask);
    made_tile_prepare(&t, RS_TILE_SCREEN);
    a = calloc(RS_BLOCK_Y * t.worker.block_x, sizeof *a);
    ck_assert_ptr_nonnull(a);
    for (size_t y = 0; y < 70; y += RS_BLOCK_Y)
        for (size_t x = 0; x < 70; x += t.worker.block_x) {
            for (size_t i = 0; i < RS_BLOCK_Y * t.worker.block_x; i++)
                a[i] = 0.25F;
            rs_tile_blank(&t.worker, a, &tile, y, x);
            for (size_t i = 0; i < RS_BLOCK_Y * t.worker.block_x; i++) {
                size_t row = y + i / t.worker.block_x;
                size_t column = x + i % t.worker.block_x;
                bool pair = row >= tile.y0 && row < tile.y1 &&
                            column >= tile.x0 && column < tile.x1 &&
                            row < column;
                ck_assert((a[i] == 0.25F) == pair && (a[i] == -1.0F) != pair);
            }
        }
    free(a);
    made_tile_clear(&t);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_unpack, N_ASKS},
    {&test_single, N_ASKS},
    {&test_blank, 1},
};
SUITE(tile_data, tests)
