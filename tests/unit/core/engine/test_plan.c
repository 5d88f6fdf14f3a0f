/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "plan.h"
#include "run_suite.h"

#include <check.h>
#include <stdlib.h>

/* Tiles of all kinds of shapes. */
static struct rs_tile_shape shape_of(uint64_t n)
{
    const struct rs_tile_shape shape = {1 + (size_t)n / 3, 1 + (size_t)n % 5,
                                        0};

    return shape;
}

/* Lists without covariates. tile: the number of a shape */
static struct rs_plan_ask ask_of(enum rs_pairs pairs, const size_t *y,
                                 size_t n_y, const size_t *x, size_t n_x,
                                 uint64_t tile)
{
    const struct rs_plan_ask ask = {.pairs = pairs,
                                    .y = y,
                                    .x = x,
                                    .n_y = n_y,
                                    .n_x = n_x,
                                    .shape = shape_of(tile)};

    return ask;
}

static struct rs_plan_ask without(struct rs_plan_ask ask,
                                  const size_t *covariates, size_t n)
{
    ask.covariates = covariates;
    ask.n_covariates = n;
    return ask;
}

static enum rs_status make(struct rs_plan *plan, struct rs_plan_ask ask,
                           struct rs_error *err)
{
    return rs_plan_init(plan, &ask, err);
}

/* Walks all tiles and checks that every pair is met exactly once, at its
 * number, and that tiles follow each other y by y where the plan says so. */
static void check_walk(const struct rs_plan *plan)
{
    unsigned char *seen = calloc(plan->n_pairs, 1);
    bool in_order = plan->tiles_wide == 1 || plan->tile_y == 1;
    uint64_t n = 0;

    ck_assert_ptr_nonnull(seen);
    for (uint64_t t = 0; t < plan->n_tiles; t++) {
        struct rs_tile tile = rs_plan_tile(plan, t);
        ck_assert_uint_eq(rs_plan_pairs_before(plan, t), n);
        ck_assert_uint_le(tile.y1, plan->n_y);
        ck_assert_uint_le(tile.x1, plan->n_x);
        for (size_t i = tile.y0; i < tile.y1; i++)
            for (size_t j = tile.x0; j < tile.x1; j++) {
                size_t y = 0;
                size_t x = 0;
                uint64_t pair = 0;
                if (!rs_plan_has(plan, i, j))
                    continue;
                ck_assert_uint_ne(plan->y[i], plan->x[j]);
                pair = rs_plan_pair(plan, i, j);
                if (in_order)
                    ck_assert_uint_eq(pair, n);
                ck_assert_uint_lt(pair, plan->n_pairs);
                ck_assert_uint_eq(seen[pair], 0);
                seen[pair] = 1;
                rs_plan_cell(&y, &x, plan, pair);
                ck_assert_uint_eq(y, i);
                ck_assert_uint_eq(x, j);
                n++;
            }
    }
    ck_assert_uint_eq(n, plan->n_pairs);
    ck_assert_uint_eq(rs_plan_pairs_before(plan, plan->n_tiles), n);
    free(seen);
}

START_TEST(test_all_disjoint)
{
    const size_t y[] = {0, 1, 2};
    const size_t x[] = {3, 4, 5, 6, 7};
    struct rs_plan plan;

    for (uint64_t tile = 1; tile < 20; tile++) {
        ck_assert_int_eq(
            make(&plan, ask_of(RS_PAIRS_ALL, y, 3, x, 5, tile), NULL), RS_OK);
        ck_assert_uint_eq(plan.n_pairs, 15);
        ck_assert_uint_eq(plan.n_self, 0);
        check_walk(&plan);
        rs_plan_clear(&plan);
    }
}
END_TEST

START_TEST(test_all_overlapping)
{
    const size_t y[] = {4, 1, 9};
    const size_t x[] = {1, 2, 3, 4};
    struct rs_plan plan;

    for (uint64_t tile = 1; tile < 14; tile++) {
        ck_assert_int_eq(
            make(&plan, ask_of(RS_PAIRS_ALL, y, 3, x, 4, tile), NULL), RS_OK);
        ck_assert_uint_eq(plan.n_pairs, 10);
        ck_assert_uint_eq(plan.n_self, 2);
        check_walk(&plan);
        rs_plan_clear(&plan);
    }
}
END_TEST

START_TEST(test_unique)
{
    const size_t list[] = {5, 3, 8, 0, 2, 7};
    struct rs_plan plan;

    for (uint64_t tile = 1; tile < 40; tile += 3) {
        ck_assert_int_eq(
            make(&plan, ask_of(RS_PAIRS_UNIQUE, list, 6, list, 6, tile), NULL),
            RS_OK);
        ck_assert_uint_eq(plan.n_pairs, 15);
        check_walk(&plan);
        rs_plan_clear(&plan);
    }
}
END_TEST

START_TEST(test_matched)
{
    const size_t y[] = {0, 1, 2, 3};
    const size_t x[] = {4, 1, 6, 7};
    struct rs_plan plan;

    for (uint64_t tile = 1; tile < 6; tile++) {
        ck_assert_int_eq(
            make(&plan, ask_of(RS_PAIRS_MATCHED, y, 4, x, 4, tile), NULL),
            RS_OK);
        ck_assert_uint_eq(plan.n_pairs, 3);
        ck_assert_uint_eq(plan.n_self, 1);
        check_walk(&plan);
        rs_plan_clear(&plan);
    }
}
END_TEST

START_TEST(test_covariates_leave_the_grid)
{
    const size_t y[] = {0, 1, 2};
    const size_t x[] = {2, 3, 4};
    const size_t covariates[] = {1, 4};
    struct rs_plan plan;

    ck_assert_int_eq(
        make(&plan,
             without(ask_of(RS_PAIRS_ALL, y, 3, x, 3, 100), covariates, 2),
             NULL),
        RS_OK);
    ck_assert_uint_eq(plan.n_pairs, 3); /* {0,2} x {2,3} less (2,2) */
    ck_assert_uint_eq(plan.n_covariate, 5);
    ck_assert_uint_eq(plan.n_self, 1);
    check_walk(&plan);
    rs_plan_clear(&plan);
}
END_TEST

START_TEST(test_refused)
{
    const size_t y[] = {0, 1};
    const size_t x[] = {2};
    const size_t same[] = {0};
    struct rs_plan plan;
    struct rs_error err;

    ck_assert_int_eq(make(&plan, ask_of(RS_PAIRS_MATCHED, y, 2, x, 1, 9), &err),
                     RS_ERR_USAGE);
    ck_assert_str_ne(err.text, "");
    ck_assert_int_eq(make(&plan, ask_of(RS_PAIRS_UNIQUE, y, 2, x, 1, 9), &err),
                     RS_ERR_USAGE);
    ck_assert_int_eq(
        make(&plan, ask_of(RS_PAIRS_ALL, same, 1, same, 1, 9), &err),
        RS_ERR_USAGE);
    ck_assert_int_eq(
        make(&plan, without(ask_of(RS_PAIRS_ALL, y, 2, x, 1, 9), x, 1), &err),
        RS_ERR_USAGE);
}
END_TEST

/* ---- lists ------------------------------------------------------- */

enum { LIST_Y = 7, LIST_X = 40, LIST_COLUMNS = LIST_Y + LIST_X };

/* A list over columns [0, LIST_COLUMNS), of which the first are the y: about
 * one in `one_in` of the pairs, in an order of its own. */
struct made_list {
    struct rs_pair_list list;
    size_t y[LIST_Y];
    uint64_t starts[LIST_Y + 1];
    uint32_t x[LIST_Y * LIST_COLUMNS];
    bool has[LIST_Y][LIST_COLUMNS]; /* by column */
};

static void make_list(struct made_list *made, uint64_t seed, uint64_t one_in)
{
    uint64_t n = 0;

    *made = (struct made_list){.list = {.n_y = LIST_Y}};
    made->list.y = made->y;
    made->list.starts = made->starts;
    made->list.x = made->x;
    for (size_t i = 0; i < LIST_Y; i++) {
        size_t y = (i * 3 + 2) % LIST_Y;
        made->y[i] = y;
        for (size_t k = 0; k < LIST_COLUMNS; k++) {
            size_t x = (k * 11 + i) % LIST_COLUMNS;
            if (made_uniform(&seed) * (double)one_in > 1.0)
                continue;
            made->x[n++] = (uint32_t)x;
            made->has[y][x] = true;
        }
        made->starts[i + 1] = n;
    }
}

static void check_listed(const struct rs_plan *plan,
                         const struct made_list *made)
{
    for (size_t i = 0; i < plan->n_y; i++) {
        size_t next = 0;
        for (size_t j = 0; j < plan->n_x; j++) {
            bool want =
                made->has[plan->y[i]][plan->x[j]] && plan->y[i] != plan->x[j];
            ck_assert_int_eq(rs_plan_has(plan, i, j), want);
            for (; want && next <= j; next++)
                ck_assert_uint_eq(rs_plan_next(plan, i, next), j);
        }
        ck_assert_uint_eq(rs_plan_next(plan, i, next), plan->n_x);
    }
}

/* No tile is empty, nor larger than was asked. */
static void check_tiles(const struct rs_plan *plan, size_t most)
{
    size_t largest = 0;

    for (uint64_t t = 0; t < plan->n_tiles; t++) {
        struct rs_tile tile = rs_plan_tile(plan, t);
        uint64_t n =
            rs_plan_pairs_before(plan, t + 1) - rs_plan_pairs_before(plan, t);
        ck_assert_uint_gt(n, 0);
        ck_assert_uint_le(tile.x1 - tile.x0, plan->tile_x);
        ck_assert_uint_le(tile.y1 - tile.y0, plan->tile_y);
        if (most > 0 && tile.x1 - tile.x0 > 1)
            ck_assert_uint_le(n, most);
        largest = n > largest ? n : largest;
    }
    ck_assert_uint_eq(rs_plan_most_pairs(plan), largest);
}

START_TEST(test_list)
{
    const uint64_t one_in[] = {1, 2, 10, 60};
    size_t columns[LIST_COLUMNS];
    struct made_list made;

    for (size_t j = 0; j < LIST_COLUMNS; j++)
        columns[j] = j;
    make_list(&made, (uint64_t)_i + 3, one_in[_i % 4]);
    for (uint64_t tile = 1; tile < 30; tile += 4) {
        struct rs_plan_ask ask =
            ask_of(RS_PAIRS_LIST, columns, LIST_Y, columns, LIST_COLUMNS, tile);
        struct rs_plan plan;
        struct rs_plan other;
        ask.list = &made.list;
        ask.shape.x *= 5;
        ask.shape.pairs = tile % 3;
        ck_assert_int_eq(make(&plan, ask, NULL), RS_OK);
        check_walk(&plan);
        check_listed(&plan, &made);
        check_tiles(&plan, ask.shape.pairs);
        ck_assert_int_eq(rs_plan_reshape(&other, &plan,
                                         (struct rs_tile_shape){2, 9, 0}, NULL),
                         RS_OK);
        check_walk(&other);
        check_tiles(&other, 0);
        rs_plan_clear_reshaped(&other);
        rs_plan_clear(&plan);
    }
}
END_TEST

/* What is not in the lists of the plan goes; what is left out, and why. */
START_TEST(test_list_of_some)
{
    const size_t list_y[] = {5, 0};
    const uint64_t starts[] = {0, 4, 6};
    const uint32_t list_x[] = {3, 5, 2, 4, 2, 1};
    const size_t y[] = {0, 5, 6};
    const size_t x[] = {1, 2, 4, 5};
    const size_t covariate[] = {2};
    const struct rs_pair_list list = {2, (size_t *)list_y, (uint64_t *)starts,
                                      (uint32_t *)list_x};
    struct rs_plan_ask ask =
        without(ask_of(RS_PAIRS_LIST, y, 3, x, 4, 100), covariate, 1);
    struct rs_plan plan;

    ask.list = &list;
    ck_assert_int_eq(make(&plan, ask, NULL), RS_OK);
    ck_assert_uint_eq(plan.n_pairs, 2); /* (0, 1), (5, 4) */
    ck_assert_uint_eq(plan.n_self, 1);
    ck_assert_uint_eq(plan.n_covariate, 2);
    check_walk(&plan);
    rs_plan_clear(&plan);
    ask.x = covariate;
    ask.n_x = 1;
    ck_assert_int_eq(make(&plan, ask, NULL), RS_ERR_USAGE);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_all_disjoint, 1},
    {&test_all_overlapping, 1},
    {&test_unique, 1},
    {&test_matched, 1},
    {&test_covariates_leave_the_grid, 1},
    {&test_refused, 1},
    {&test_list, 8},
    {&test_list_of_some, 1},
};
SUITE(plan, tests)
