/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "run_suite.h"
#include "tile_cut.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The cut against sorting: of each group the best come through, and what it
 * asks is the worst of the best so far. */

enum { TALL = 16, WIDE = 40, CELLS = TALL * WIDE, MOST = 5 };

static struct rs_tile_cut *make(struct rs_keep *keep, enum rs_top_of of,
                                uint64_t top)
{
    struct rs_tile_data data = {.any_missing = false};
    struct rs_tile_worker worker = {
        .env = {.keep = keep}, .data = &data, .wide = WIDE, .high = TALL};
    struct rs_tile_cut *cut = NULL;

    *keep = (struct rs_keep){.p_max = 1.0, .top = top, .top_of = of};
    ck_assert_int_eq(rs_tile_cut_new(&cut, &worker, NULL), RS_OK);
    return cut;
}

static size_t group_of(enum rs_top_of of, size_t cell)
{
    return of == RS_TOP_PER_Y   ? cell / WIDE
           : of == RS_TOP_PER_X ? cell % WIDE
                                : 0;
}

/* How many earlier cells of its group are better than a cell. */
static size_t better(const double *r, enum rs_top_of of, size_t cell)
{
    size_t n = 0;

    for (size_t i = 0; i < cell; i++)
        n += group_of(of, i) == group_of(of, cell) && r[i] > r[cell];
    return n;
}

static void fill(double *r, uint64_t seed)
{
    for (size_t i = 0; i < CELLS; i++)
        r[i] = made_uniform(&seed);
}

START_TEST(test_passes)
{
    static const enum rs_top_of groups[] = {RS_TOP_ALL, RS_TOP_PER_Y,
                                            RS_TOP_PER_X};
    enum rs_top_of of = groups[_i];
    struct rs_keep keep;
    struct rs_tile_cut *cut = make(&keep, of, MOST);
    double r[CELLS];

    ck_assert_ptr_nonnull(cut);
    for (uint64_t seed = 1; seed < 4; seed++) { /* a tile each */
        rs_tile_cut_clear(cut);
        fill(r, seed);
        for (size_t i = 0; i < CELLS; i++)
            ck_assert_int_eq(
                rs_tile_cut_passes(cut, i / WIDE, i % WIDE, r[i], 0.0),
                better(r, of, i) < MOST);
    }
    rs_tile_cut_free(cut);
}
END_TEST

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return x > y ? -1 : x < y;
}

START_TEST(test_least)
{
    struct rs_keep keep;
    struct rs_tile_cut *cut = make(&keep, RS_TOP_ALL, MOST);
    struct rs_tile_cut *per_x = make(&keep, RS_TOP_PER_X, MOST);
    double r[CELLS];

    fill(r, 7);
    ck_assert_double_eq(rs_tile_cut_least(cut, 0), 0.0);
    for (size_t i = 0; i < CELLS; i++) {
        (void)rs_tile_cut_passes(cut, i / WIDE, i % WIDE, r[i], 0.0);
        (void)rs_tile_cut_passes(per_x, i / WIDE, i % WIDE, r[i], 0.0);
    }
    qsort(r, CELLS, sizeof *r, falling);
    ck_assert_double_eq(rs_tile_cut_least(cut, 8), r[MOST - 1]);
    ck_assert_double_eq(rs_tile_cut_least(per_x, 8), 0.0); /* of no row */
    /* what rounding could lift over the cut passes, and changes nothing */
    ck_assert(rs_tile_cut_passes(cut, 0, 0, r[MOST - 1] - 1e-3, 1e-2));
    ck_assert(!rs_tile_cut_passes(cut, 0, 0, r[MOST - 1] - 1e-3, 1e-4));
    ck_assert_double_eq(rs_tile_cut_least(cut, 8), r[MOST - 1]);
    rs_tile_cut_free(cut);
    rs_tile_cut_free(per_x);
}
END_TEST

START_TEST(test_none)
{
    struct rs_keep keep;

    ck_assert_ptr_null(make(&keep, RS_TOP_NONE, 0));
    ck_assert_ptr_null(make(&keep, RS_TOP_PER_X, (uint64_t)1 << 19));
    rs_tile_cut_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tile_cut");
    TCase *tests = tcase_create("tile_cut");

    tcase_add_loop_test(tests, test_passes, 0, 3);
    tcase_add_test(tests, test_least);
    tcase_add_test(tests, test_none);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
