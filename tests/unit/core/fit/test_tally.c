/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "run_suite.h"
#include "tails.h"
#include "tally.h"

#include <math.h>
#include <string.h>

enum { FITS = 2000 };

static struct rs_fit fit_with(enum rs_outcome outcome, double log_p)
{
    struct rs_fit fit;

    rs_fit_clear(&fit, outcome, 10);
    fit.log_p = log_p;
    return fit;
}

START_TEST(test_edges)
{
    static const double known[RS_P_EDGES] = {
        0.9,  0.8,  0.7,  0.6,  0.5,  0.4,  0.3,  0.2,  0.1,  0.05,
        1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10};

    for (unsigned k = 0; k < RS_P_EDGES; k++)
        ck_assert_double_eq(rs_p_edge(k), known[k]);
}
END_TEST

/* A correlation at an edge has the p of the edge. */
START_TEST(test_edges_r)
{
    static const double dfs[] = {1, 2, 3, 10, 97, 1000, 1e6};

    for (size_t d = 0; d < sizeof dfs / sizeof dfs[0]; d++) {
        double r[RS_P_EDGES];
        rs_p_edges_r(r, dfs[d]);
        for (unsigned k = 0; k < RS_P_EDGES; k++) {
            double rest = (1.0 - r[k]) * (1.0 + r[k]);
            double p = 0.0;
            ck_assert(r[k] > 0.0 && r[k] <= 1.0);
            ck_assert(k == 0 || r[k] >= r[k - 1]);
            if (rest < 1e-6)
                continue; /* r says too little of t */
            p = rs_t_p(r[k] * sqrt(dfs[d] / rest), dfs[d]);
            ck_assert_double_le(fabs(p / rs_p_edge(k) - 1.0), 1e-8);
        }
    }
}
END_TEST

/* The short way gives the same, or says that it does not lead there. */
START_TEST(test_edges_near)
{
    static const double dfs[] = {29, 30, 57, 97, 940, 1000, 1e6};
    size_t n = sizeof dfs / sizeof dfs[0];
    unsigned found = 0;

    for (size_t d = 0; d < n * n; d++) {
        double near_df = dfs[d / n];
        double df = dfs[d % n];
        double near[RS_P_EDGES];
        double known[RS_P_EDGES];
        double r[RS_P_EDGES];
        struct rs_tail_table *tail = NULL;
        ck_assert(rs_tail_table_new(&tail, df, NULL) == RS_OK);
        rs_p_edges_r(near, near_df);
        rs_p_edges_r(known, df);
        if (rs_p_edges_r_near(r, tail, near, near_df)) {
            ck_assert(df >= 30.0 && near_df >= 30.0);
            found++;
            for (unsigned k = 0; k < RS_P_EDGES; k++)
                ck_assert_double_le(fabs(r[k] / known[k] - 1.0), 1e-13);
        }
        rs_tail_table_free(tail);
    }
    ck_assert_uint_ge(found, 20);
}
END_TEST

/* Every kind of fit, counted again by the definition. */
START_TEST(test_counts)
{
    uint64_t at_most[RS_P_EDGES] = {0};
    uint64_t outcomes[RS_FIT_N_OUTCOMES] = {0};
    struct rs_tally tally;
    uint64_t seed = 3;

    memset(&tally, 0, sizeof tally);
    for (size_t i = 0; i < FITS; i++) {
        enum rs_outcome outcome =
            i % 3 == 0 ? (enum rs_outcome)(i / 3 % RS_FIT_N_OUTCOMES)
                       : RS_FIT_OK;
        double log_p =
            outcome == RS_FIT_OK ? -30.0 * pow(made_uniform(&seed), 4.0) : NAN;
        struct rs_fit fit = fit_with(outcome, log_p);
        double p = outcome == RS_FIT_PERFECT ? 0.0 : exp(log_p);
        rs_tally_add(&tally, &fit);
        outcomes[outcome]++;
        for (unsigned k = 0; k < RS_P_EDGES; k++)
            at_most[k] += p <= rs_p_edge(k) ? 1 : 0;
    }
    ck_assert_mem_eq(tally.at_most, at_most, sizeof at_most);
    ck_assert_mem_eq(tally.outcomes, outcomes, sizeof outcomes);
    ck_assert_uint_gt(at_most[RS_P_EDGES - 1], outcomes[RS_FIT_PERFECT]);
    ck_assert_uint_eq(rs_tally_tests(&tally),
                      outcomes[RS_FIT_OK] + outcomes[RS_FIT_PERFECT]);
}
END_TEST

/* What is pooled of groups is a pair and no test, also where it is lost. */
START_TEST(test_pooled)
{
    struct rs_fit fit = fit_with(RS_FIT_OK, log(0.01));
    struct rs_tally tally = {0};
    struct rs_tally own = {0};

    rs_tally_add(&tally, &fit);
    own = tally;
    fit.pooled = 3.0;
    rs_tally_add(&tally, &fit);
    rs_tally_add(&tally, &fit);
    ck_assert_uint_eq(rs_tally_pairs(&tally), 3);
    ck_assert_uint_eq(tally.outcomes[RS_FIT_OK], 3);
    ck_assert_uint_eq(rs_tally_tests(&tally), 1);
    ck_assert_mem_eq(tally.at_most, own.at_most, sizeof own.at_most);
    rs_tally_lose(&tally, &fit);
    ck_assert_uint_eq(rs_tally_tests(&tally), 1);
    ck_assert_mem_eq(tally.at_most, own.at_most, sizeof own.at_most);
    fit.pooled = NAN;
    rs_tally_lose(&tally, &fit);
    ck_assert_uint_eq(tally.outcomes[RS_FIT_WORKER_LOST], 2);
    ck_assert_uint_eq(rs_tally_tests(&tally), 0);
    ck_assert_uint_eq(tally.at_most[0], 0);
}
END_TEST

/* A p at an edge counts; p = 1 and a fit without p count nowhere. */
START_TEST(test_at_an_edge)
{
    struct rs_fit fit = fit_with(RS_FIT_OK, log(0.5));
    struct rs_tally tally;

    ck_assert_double_eq(exp(fit.log_p), 0.5);
    memset(&tally, 0, sizeof tally);
    rs_tally_add_p(&tally, &fit);
    for (unsigned k = 0; k < RS_P_EDGES; k++)
        ck_assert_uint_eq(tally.at_most[k], rs_p_edge(k) >= 0.5 ? 1 : 0);
    ck_assert_uint_eq(rs_tally_tests(&tally), 0);

    memset(&tally, 0, sizeof tally);
    fit = fit_with(RS_FIT_OK, 0.0);
    rs_tally_add_p(&tally, &fit);
    fit = fit_with(RS_FIT_CONSTANT_X, NAN);
    rs_tally_add_p(&tally, &fit);
    ck_assert_uint_eq(tally.at_most[0], 0);
}
END_TEST

/* Many statistics are counted as one by one, and as their p. */
START_TEST(test_clear)
{
    enum { DF = 40 };
    double edges[RS_P_EDGES];
    double stats[FITS];
    struct rs_tally all, ones, by_p;
    uint64_t seed = 11;

    rs_p_edges_r(edges, DF);
    memset(&all, 0, sizeof all);
    memset(&ones, 0, sizeof ones);
    memset(&by_p, 0, sizeof by_p);
    for (size_t i = 0; i < FITS; i++) {
        double r = i % 7 == 0 ? -1.0 : made_uniform(&seed);
        struct rs_fit fit =
            fit_with(RS_FIT_OK, log(rs_t_p(r * sqrt(DF / (1.0 - r * r)), DF)));
        stats[i] = r;
        ck_assert(rs_tally_clear_one(&ones, r, edges));
        if (r >= 0.0)
            rs_tally_add_p(&by_p, &fit);
    }
    ck_assert(rs_tally_clear(&all, stats, FITS, edges));
    ck_assert_mem_eq(&all, &ones, sizeof all);
    ck_assert_mem_eq(all.at_most, by_p.at_most, sizeof all.at_most);
    ck_assert_uint_gt(all.at_most[RS_P_EDGES - 1], 0);
}
END_TEST

/* One that is too near to an edge: nothing is counted. */
START_TEST(test_not_clear)
{
    double edges[RS_P_EDGES];
    double stats[] = {0.9, 0.0, 0.5};
    struct rs_tally tally, none;

    rs_p_edges_r(edges, 40.0);
    memset(&tally, 0, sizeof tally);
    memset(&none, 0, sizeof none);
    for (unsigned k = 0; k < RS_P_EDGES; k++)
        for (int side = -1; side <= 1; side++) {
            stats[1] = edges[k] * (1.0 + 5e-10 * side);
            ck_assert(!rs_tally_clear(&tally, stats, 3, edges));
            ck_assert(!rs_tally_clear_one(&tally, stats[1], edges));
            ck_assert_mem_eq(&tally, &none, sizeof tally);
        }
    stats[1] = edges[3] * (1.0 + 2e-9);
    ck_assert(rs_tally_clear(&tally, stats, 3, edges));
    ck_assert_uint_ge(tally.at_most[3], 2);
}
END_TEST

static void add(struct rs_tally *tally, size_t n, double p)
{
    struct rs_fit fit = fit_with(RS_FIT_OK, log(p));

    for (size_t i = 0; i < n; i++)
        rs_tally_add(tally, &fit);
}

/* The median is found between the edges where it is. */
START_TEST(test_median)
{
    struct rs_tally tally;

    memset(&tally, 0, sizeof tally);
    ck_assert(isnan(rs_tally_median_p(&tally)));
    for (size_t i = 0; i < 1000; i++)
        add(&tally, 1, ((double)i + 0.5) / 1000.0);
    ck_assert_double_eq_tol(rs_tally_median_p(&tally), 0.5, 1e-12);
    add(&tally, 500, 0.01); /* two thirds of 1500 uniform, one at 0.01 */
    ck_assert_double_eq_tol(rs_tally_median_p(&tally), 0.25, 3e-3);

    memset(&tally, 0, sizeof tally);
    add(&tally, 60, 0.37);
    add(&tally, 50, 0.97);
    ck_assert_double_ge(rs_tally_median_p(&tally), 0.3);
    ck_assert_double_le(rs_tally_median_p(&tally), 0.4);
    add(&tally, 30, 0.32); /* 90 up to 0.4, none up to 0.3, half of all: 70 */
    ck_assert_double_eq_tol(rs_tally_median_p(&tally), 0.3 + 0.1 * 70 / 90,
                            1e-12);
    add(&tally, 80, 0.97);
    ck_assert_double_ge(rs_tally_median_p(&tally), 0.9);
    ck_assert_double_le(rs_tally_median_p(&tally), 1.0);
    add(&tally, 500, 1e-200);
    ck_assert_double_ge(rs_tally_median_p(&tally), 0.0);
    ck_assert_double_le(rs_tally_median_p(&tally), 1e-10);
}
END_TEST

/* R: (qnorm(p / 2) / qnorm(1 / 4))^2 */
START_TEST(test_lambda)
{
    static const double known[][2] = {{0.5, 1.0},
                                      {0.4, 1.5569786563662802},
                                      {0.05, 8.4439465065307804},
                                      {0.9, 0.034709847994036883},
                                      {1e-10, 91.928133777429352},
                                      {1e-300, 3019.9222603490975}};
    struct rs_tally tally;

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        ck_assert_double_eq_tol(
            rs_genomic_lambda(log(known[i][0])) / known[i][1], 1.0, 1e-12);
    ck_assert_double_eq(rs_genomic_lambda(0.0), 0.0);
    ck_assert_double_eq(rs_genomic_lambda(-INFINITY), INFINITY);
    ck_assert_double_nan(rs_genomic_lambda(NAN));
    /* twice ln p is about twice the square */
    ck_assert_double_eq_tol(
        rs_genomic_lambda(-20000.0) / rs_genomic_lambda(-10000.0), 2.0, 1e-3);

    memset(&tally, 0, sizeof tally);
    ck_assert(isnan(rs_tally_lambda(&tally)));
    for (size_t i = 0; i < 1000; i++)
        add(&tally, 1, ((double)i + 0.5) / 1000.0);
    ck_assert_double_eq_tol(rs_tally_lambda(&tally), 1.0, 1e-12);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_edges, 1},     {&test_edges_r, 1},    {&test_edges_near, 1},
    {&test_counts, 1},    {&test_at_an_edge, 1}, {&test_pooled, 1},
    {&test_median, 1},    {&test_lambda, 1},     {&test_clear, 1},
    {&test_not_clear, 1},
};
SUITE(tally, tests)
