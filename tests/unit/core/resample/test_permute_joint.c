/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permute_joint.h"

#include "random.h"
#include "run_suite.h"
#include "slow_permute.h"

#include <math.h>
#include <string.h>

/*
 * Two groups of other rows, and so other degrees of freedom: the maxima are the
 * least p of both, each permuted by itself, made by the exact engine.
 */
enum { N_Y = 3, N_X = 4, B = 40, PARTS = 2, MOST = 2 * N_X };

static const size_t n_rows[PARTS] = {17, 40};

static struct fixture {
    struct made_sweep made[PARTS];
    struct rs_family_map map;
    struct rs_permute_joint *joint;
    struct rs_permute *permute[PARTS];
} fix;

static void setup(enum rs_family family)
{
    struct rs_family_part parts[PARTS];

    memset(&fix, 0, sizeof fix);
    for (size_t i = 0; i < PARTS; i++) {
        const struct rs_plan *plan = &fix.made[i].plan;
        slow_init(&fix.made[i], n_rows[i], N_Y, N_X, 1, true);
        parts[i] = (struct rs_family_part){.y = plan->y,
                                           .x = plan->x,
                                           .n_y = plan->n_y,
                                           .n_x = plan->n_x,
                                           .group = i};
    }
    ck_assert_int_eq(rs_family_map_init(&fix.map, family, parts, PARTS, NULL),
                     RS_OK);
    ck_assert_int_eq(rs_permute_joint_new(&fix.joint, &fix.map, B, NULL),
                     RS_OK);
}

static void teardown(void)
{
    for (size_t i = 0; i < PARTS; i++) {
        rs_permute_free(fix.permute[i]);
        made_sweep_clear(&fix.made[i]);
    }
    rs_permute_joint_free(fix.joint);
    rs_family_map_clear(&fix.map);
}

/* All permutations of the parts. */
static void permute_all(enum rs_family family)
{
    const struct rs_permute_run run = {.pool = &rs_pool_inline};

    for (size_t i = 0; i < PARTS; i++) {
        const struct rs_permute_ask ask = {
            .family = (enum rs_family)((unsigned)family &
                                       (RS_FAMILY_Y | RS_FAMILY_X)),
            .n_permutations = B,
            .seed = 42,
            .joint = fix.joint,
            .part = i,
            .group = i};
        struct rs_pool_stats stats;
        ck_assert_int_eq(
            rs_permute_new(&fix.permute[i], &fix.made[i].env, &ask, 1, NULL),
            RS_OK);
        ck_assert_int_eq(rs_permute_run(fix.permute[i], &run, &stats, NULL),
                         RS_OK);
    }
    rs_permute_joint_finish(fix.joint);
}

/* The least ln p of each family in permutation b. */
static void least_p(double *least, uint64_t b)
{
    for (size_t f = 0; f < fix.map.n; f++)
        least[f] = 0.0;
    for (size_t i = 0; i < PARTS; i++) {
        struct rs_random random;
        uint32_t rows[SLOW_ROWS];
        double r[N_Y * N_X];
        rs_random_start(&random, 42, RS_RANDOM_PERMUTE, (uint64_t)i << 32 | b);
        rs_random_permutation(rows, (uint32_t)n_rows[i], &random);
        slow_r(&fix.made[i], rows, r);
        for (size_t c = 0; c < N_Y * N_X; c++) {
            size_t f = rs_family_map_of(&fix.map, i, c / N_X, c % N_X);
            double df = (double)n_rows[i] - 3.0;
            double log_p = -rs_permute_joint_stat(r[c], 1.0, df);
            least[f] = fmin(least[f], log_p);
        }
    }
}

/* _i: a family, alone and within groups */
START_TEST(test_two_groups)
{
    static const unsigned families[] = {RS_FAMILY_ALL, RS_FAMILY_Y, RS_FAMILY_X,
                                        RS_FAMILY_GROUP,
                                        RS_FAMILY_GROUP | RS_FAMILY_Y};
    enum rs_family family = (enum rs_family)families[_i];
    static double least[B][MOST];

    setup(family);
    ck_assert_uint_le(fix.map.n, MOST);
    permute_all(family);
    for (uint64_t b = 0; b < B; b++)
        least_p(least[b], b);
    for (size_t i = 0; i < PARTS; i++)
        for (size_t c = 0; c < N_Y * N_X; c++) {
            size_t f = rs_family_map_of(&fix.map, i, c / N_X, c % N_X);
            struct rs_fit fit;
            unsigned reached = 0;
            made_sweep_fit(&fix.made[i], c / N_X, c % N_X, &fit);
            rs_fit_find_p(&fit);
            for (uint64_t b = 0; b < B; b++)
                reached += least[b][f] <= fit.log_p;
            ck_assert_double_eq(
                rs_permute_p(fix.permute[i], c / N_X, c % N_X, &fit),
                (reached + 1.0) / (B + 1.0));
        }
    teardown();
}
END_TEST

/* What one part has lost counts in no family. */
START_TEST(test_lost)
{
    double r[B];

    setup(RS_FAMILY_GROUP);
    for (size_t b = 0; b < B; b++)
        r[b] = b == 7 ? NAN : 0.5;
    rs_permute_joint_add(fix.joint, 0, r, 14.0, NULL, 1);
    r[7] = 0.9;
    rs_permute_joint_add(fix.joint, 1, r, 37.0, NULL, 1);
    rs_permute_joint_finish(fix.joint);
    ck_assert_uint_eq(rs_permute_joint_lost(fix.joint), 1);
    ck_assert_double_eq(
        rs_permute_joint_p(fix.joint, 1, 0, 0,
                           rs_permute_joint_stat(0.6, 1.0, 37.0)),
        1.0 / B);
    teardown();
}
END_TEST

static const struct suite_test tests[] = {{&test_two_groups, 5},
                                          {&test_lost, 1}};
SUITE(permute_joint, tests)
