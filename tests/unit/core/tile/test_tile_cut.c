/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_tile.h"
#include "run_suite.h"
#include "tile_cut.h"

#include <math.h>
#include <stdlib.h>

/* The heaps of the best |r| against sorting all of them. */
enum { SIDE = 24, CELLS = SIDE * SIDE };

static int falling(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a < b) - (a > b);
}

static size_t group_of(enum rs_top_of of, size_t i)
{
    return of == RS_TOP_PER_Y ? i / SIDE : of == RS_TOP_PER_X ? i % SIDE : 0;
}

/* The k-th largest |r| of a group among the first n cells; 0: fewer are. */
static double best(const double *r, size_t n, enum rs_top_of of, size_t group,
                   size_t k)
{
    double sorted[CELLS];
    size_t m = 0;

    for (size_t i = 0; i < n; i++)
        if (group_of(of, i) == group)
            sorted[m++] = r[i];
    qsort(sorted, m, sizeof *sorted, falling);
    return m < k ? 0.0 : sorted[k - 1];
}

START_TEST(test_against_sorting)
{
    static const size_t most[] = {1, 2, 5, 16};
    const enum rs_top_of of = (enum rs_top_of)(RS_TOP_ALL + _i);
    const struct made_ask ask = {.n = 12, .n_y = SIDE, .n_x = SIDE};
    double r[CELLS];
    uint64_t seed = 9;

    for (size_t m = 0; m < sizeof most / sizeof most[0]; m++) {
        struct made_tile t;
        struct rs_tile_cut *cut = NULL;
        unsigned refused = 0;
        made_tile_init(&t, &ask);
        t.sweep.keep.top_of = of;
        t.sweep.keep.top = most[m];
        made_tile_prepare(&t, RS_TILE_SCREEN);
        ck_assert_int_eq(rs_tile_cut_new(&cut, &t.worker, NULL), RS_OK);
        ck_assert_ptr_nonnull(cut);
        for (int round = 0; round < 2; round++) { /* of two tiles */
            rs_tile_cut_clear(cut);
            for (size_t i = 0; i < CELLS; i++) {
                double worst = best(r, i, of, group_of(of, i), most[m]);
                bool passes = false;
                r[i] = floor(64.0 * made_uniform(&seed)) / 64.0; /* ties */
                passes = rs_tile_cut_passes(cut, i / SIDE, i % SIDE, r[i],
                                            1.5 / 64.0);
                ck_assert_int_eq(passes, r[i] >= worst - 1.5 / 64.0);
                refused += passes ? 0 : 1;
            }
            for (size_t y = 0; y < SIDE; y += RS_BLOCK_Y) {
                double least = INFINITY;
                for (size_t k = 0; k < RS_BLOCK_Y && y + k < SIDE; k++)
                    least = fmin(least,
                                 best(r, CELLS, of,
                                      group_of(of, (y + k) * SIDE), most[m]));
                if (y + RS_BLOCK_Y <= SIDE)
                    ck_assert_double_eq(rs_tile_cut_least(cut, y),
                                        of == RS_TOP_PER_X ? 0.0 : least);
            }
        }
        ck_assert_uint_gt(refused, CELLS / 16); /* it is of use */
        rs_tile_cut_free(cut);
        made_tile_clear(&t);
    }
}
END_TEST

/* Where |r| does not rank the pairs there is no cut. */
START_TEST(test_none)
{
    const struct made_ask ask = {.n = 12, .n_y = 4, .n_x = 4, .missing = 0.2};
    struct rs_tile_cut *cut = NULL;
    struct made_tile t;

    made_tile_init(&t, &ask);
    t.sweep.keep.top_of = RS_TOP_ALL;
    t.sweep.keep.top = 3;
    made_tile_prepare(&t, RS_TILE_SCREEN);
    ck_assert_int_eq(rs_tile_cut_new(&cut, &t.worker, NULL), RS_OK);
    ck_assert_ptr_null(cut);
    made_tile_clear(&t);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_against_sorting, 3},
    {&test_none, 1},
};
SUITE(tile_cut, tests)
