/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "run_suite.h"
#include "top.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N_Y = 13, N_X = 17, CELLS = N_Y * N_X };

static enum rs_top_of group_by; /* of the comparison */

/* ln p for the order: a perfect fit first, one without p last. */
static double rank_of(const struct rs_top_fit *fit)
{
    return fit->fit.outcome == RS_FIT_PERFECT ? -INFINITY
           : isnan(fit->fit.log_p)            ? INFINITY
                                              : fit->fit.log_p;
}

static size_t group_of(const struct rs_top_fit *fit)
{
    return group_by == RS_TOP_PER_Y   ? fit->y_ix
           : group_by == RS_TOP_PER_X ? fit->x_ix
                                      : 0;
}

static int compare(const void *left, const void *right)
{
    const struct rs_top_fit *a = left;
    const struct rs_top_fit *b = right;

    if (group_of(a) != group_of(b))
        return group_of(a) < group_of(b) ? -1 : 1;
    if (rank_of(a) != rank_of(b))
        return rank_of(a) < rank_of(b) ? -1 : 1;
    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    if (a->y_ix != b->y_ix)
        return a->y_ix < b->y_ix ? -1 : 1;
    return a->x_ix < b->x_ix ? -1 : a->x_ix > b->x_ix;
}

/* A grid of fits in random order, with ties, perfect ones, and some that
 * were lost. */
static void make_fits(struct rs_top_fit *fits, uint64_t seed)
{
    for (size_t i = 0; i < CELLS; i++) {
        double kind = made_uniform(&seed);
        memset(&fits[i], 0, sizeof fits[i]);
        fits[i].part = i % 3 == 2;
        fits[i].y_ix = i / N_X;
        fits[i].x_ix = i % N_X;
        rs_fit_clear(&fits[i].fit, RS_FIT_OK, 10);
        fits[i].fit.log_p = kind < 0.5 ? -floor(6.0 * made_uniform(&seed))
                                       : -1000.0 * made_uniform(&seed);
        if (kind > 0.95)
            rs_fit_clear(&fits[i].fit, RS_FIT_PERFECT, 10);
        else if (kind > 0.9)
            rs_fit_clear(&fits[i].fit, RS_FIT_WORKER_LOST, 0);
        fits[i].fit.beta = (double)i; /* to know it again */
    }
    for (size_t i = CELLS; i-- > 1;) {
        size_t j = (size_t)(made_uniform(&seed) * (double)(i + 1));
        struct rs_top_fit t = fits[i];
        fits[i] = fits[j];
        fits[j] = t;
    }
}

/* Offers all fits and compares with sorting them all. */
static void check(struct rs_top *top, const struct rs_top_fit *fits, size_t n,
                  size_t most)
{
    struct rs_top_fit sorted[CELLS];
    const struct rs_top_fit *got = NULL;
    size_t n_got = 0;
    size_t at = 0;
    size_t in_group = 0;

    for (size_t i = 0; i < n; i++)
        if (group_by != RS_TOP_ALL || rs_top_would_take(top, &fits[i].fit))
            ck_assert_int_eq(
                rs_top_offer(top, group_of(&fits[i]), &fits[i], NULL), RS_OK);
    memcpy(sorted, fits, n * sizeof *fits);
    qsort(sorted, n, sizeof *sorted, compare);
    got = rs_top_sorted(top, &n_got, NULL);
    ck_assert_ptr_nonnull(got);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && group_of(&sorted[i]) != group_of(&sorted[i - 1]))
            in_group = 0;
        if (in_group++ >= most)
            continue;
        ck_assert_uint_lt(at, n_got);
        ck_assert_uint_eq(got[at].y_ix, sorted[i].y_ix);
        ck_assert_uint_eq(got[at].x_ix, sorted[i].x_ix);
        ck_assert_double_eq(got[at].fit.beta, sorted[i].fit.beta);
        ck_assert_int_eq(got[at].fit.outcome, sorted[i].fit.outcome);
        at++;
    }
    ck_assert_uint_eq(at, n_got);
}

/* Any number of best ones, in any order of offering, again after a clear. */
START_TEST(test_against_sorting)
{
    static const size_t most[] = {1, 2, 7, 8, 9, 16, 17, 40, CELLS, 500};

    group_by = (enum rs_top_of)(RS_TOP_ALL + _i);
    for (size_t m = 0; m < sizeof most / sizeof most[0]; m++) {
        struct rs_top_fit fits[CELLS];
        struct rs_top *top = NULL;
        ck_assert_int_eq(rs_top_new(&top, N_X, most[m], NULL), RS_OK);
        for (uint64_t seed = 1; seed <= 20; seed++) {
            make_fits(fits, seed);
            check(top, fits, seed % 2 == 0 ? CELLS : CELLS / 3, most[m]);
            rs_top_clear(top);
        }
        rs_top_free(top);
    }
}
END_TEST

/* What is worse than all of a full heap is not worth an offer. */
START_TEST(test_would_take)
{
    struct rs_top_fit fit = {0};
    struct rs_top *top = NULL;

    ck_assert_int_eq(rs_top_new(&top, 1, 3, NULL), RS_OK);
    for (fit.x_ix = 0; fit.x_ix < 3; fit.x_ix++) {
        rs_fit_clear(&fit.fit, RS_FIT_OK, 10);
        ck_assert(rs_top_would_take(top, &fit.fit));
        fit.fit.log_p = -5.0 - (double)fit.x_ix;
        ck_assert_int_eq(rs_top_offer(top, 0, &fit, NULL), RS_OK);
    }
    fit.fit.log_p = -4.9;
    ck_assert(!rs_top_would_take(top, &fit.fit));
    fit.fit.log_p = NAN;
    ck_assert(!rs_top_would_take(top, &fit.fit));
    fit.fit.log_p = -5.0; /* may come earlier in the plan */
    ck_assert(rs_top_would_take(top, &fit.fit));
    rs_fit_clear(&fit.fit, RS_FIT_PERFECT, 10);
    ck_assert(rs_top_would_take(top, &fit.fit));
    rs_top_free(top);
}
END_TEST

START_TEST(test_nothing)
{
    struct rs_top *top = NULL;
    size_t n = 1;

    ck_assert_int_eq(rs_top_new(&top, 1, 3, NULL), RS_OK);
    ck_assert_ptr_nonnull(rs_top_sorted(top, &n, NULL));
    ck_assert_uint_eq(n, 0);
    rs_top_clear(top);
    rs_top_free(top);
    rs_top_free(NULL);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_against_sorting, RS_TOP_PER_X - RS_TOP_ALL + 1},
    {&test_would_take, 1},
    {&test_nothing, 1},
};
SUITE(top, tests)
