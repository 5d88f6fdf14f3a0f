/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "ranks.h"
#include "run_suite.h"

#include <math.h>

enum { MOST = 300 };

/* 1 + how many are less + half of the others that are equal. */
static double rank_by_counting(const double *values, size_t n, double value)
{
    double rank = 0.5;

    for (size_t i = 0; i < n; i++)
        rank += values[i] < value ? 1.0 : values[i] == value ? 0.5 : 0.0;
    return rank;
}

static double made_value(uint64_t *seed, int kind)
{
    double u = made_uniform(seed);

    if (kind == 0)
        return u;
    if (kind == 1)
        return floor(4.0 * u);
    return u < 0.2   ? NAN
           : u < 0.4 ? INFINITY
           : u < 0.5 ? -INFINITY
           : u < 0.6 ? -0.0
           : u < 0.7 ? 0.0
                     : u;
}

START_TEST(test_ranks)
{
    double values[MOST] = {0.0};
    double ranks[MOST];
    double room[RS_RANKS_ROOM * MOST];
    uint64_t seed = 7;

    for (size_t n = 0; n < MOST; n += 1 + n / 3) {
        size_t present = 0;
        for (size_t i = 0; i < n; i++) {
            values[i] = made_value(&seed, _i);
            present += isnan(values[i]) ? 0 : 1;
        }
        ck_assert_uint_eq(rs_ranks(ranks, values, n, room), present);
        for (size_t i = 0; i < n; i++)
            ck_assert(isnan(values[i])
                          ? isnan(ranks[i])
                          : ranks[i] == rank_by_counting(values, n, values[i]));
    }
}
END_TEST

static const struct suite_test tests[] = {{&test_ranks, 3}};
SUITE(ranks, tests)
