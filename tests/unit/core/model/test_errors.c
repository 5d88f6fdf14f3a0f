/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errors.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>

/*
 * Kinds by hand: six rows, one or two estimates, of u and e whose scores are
 *     row      0   1   2   3   4   5
 *     u_0 e    1   2  -1   3  -2   1
 *     u_1 e    1   0   1   0   1   0
 */
enum { ROWS = 6 };

static const double e[ROWS] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0};
static double first[ROWS] = {1.0, 2.0, -1.0, 3.0, -2.0, 1.0};
static double second[ROWS] = {1.0, 0.0, 1.0, 0.0, 1.0, 0.0};

/* Columns of levels: clusters, others, times, strata. */
static int32_t codes[4][ROWS] = {{0, 0, 1, 1, 2, 2},
                                 {0, 1, 0, 1, 0, 1},
                                 {5, 4, 3, 2, 1, 0},
                                 {0, 0, 0, 0, 1, 1}};

struct setup {
    struct rs_factor factors[4];
    struct rs_column columns[4];
    struct rs_dataset data;
    struct rs_errors_ask ask;
    struct rs_spec spec;
    struct rs_errors_room room;
};

static void setup_init(struct setup *s, const char *kind,
                       const struct rs_errors_ask *ask)
{
    *s = (struct setup){.ask = *ask};
    for (size_t j = 0; j < 4; j++) {
        s->factors[j] = (struct rs_factor){.n_levels = ROWS, .codes = codes[j]};
        s->columns[j].levels = &s->factors[j];
    }
    s->data = (struct rs_dataset){
        .n_rows = ROWS, .n_columns = 4, .columns = s->columns};
    s->spec = (struct rs_spec){.data = &s->data,
                               .errors = rs_errors_find(kind),
                               .errors_ask = &s->ask};
    ck_assert_int_eq(rs_errors_room_init(&s->room, &s->spec, ROWS, 2, NULL),
                     RS_OK);
    for (size_t i = 0; i < ROWS; i++) {
        s->room.u[0][i] = first[i];
        s->room.u[1][i] = second[i];
        s->room.own[0][i] = rs_dd_of(first[i]);
        s->room.own[1][i] = rs_dd_of(second[i]);
        s->room.rest[i] = rs_dd_of(e[i]);
        s->room.e[i] = e[i];
        s->room.left[i] = 0.5;
        s->room.times[i] = i == 0 ? 3.0 : 1.0;
        s->room.row[i] = i;
    }
    s->room.norm[0] = 1.0;
    s->room.norm[1] = 2.0;
}

static const struct rs_errors_ask none = {
    .time = RS_NO_COLUMN, .strata = RS_NO_COLUMN, .psu = RS_NO_COLUMN};

/* The covariance of both estimates, of k = 2 coefficients. */
static enum rs_outcome find(struct setup *s, double *v, double *df)
{
    const struct rs_errors_fit fit = {
        .n_estimates = 2, .n = ROWS, .n_all = ROWS, .k = 2.0};

    return rs_errors_covariance(v, df, &s->room, &fit);
}

static void check(struct setup *s, double of_0, double of_01, double of_1,
                  double wanted_df)
{
    double v[4] = {0.0};
    double df = 0.0;

    ck_assert_int_eq(find(s, v, &df), RS_FIT_OK);
    ck_assert_double_eq_tol(v[0], of_0, 1e-14 * fabs(of_0));
    ck_assert_double_eq_tol(v[1], of_01 / 2.0, 1e-14);
    ck_assert_double_eq(v[1], v[2]);
    ck_assert_double_eq_tol(v[3], of_1 / 4.0, 1e-14);
    ck_assert_double_eq(df, wanted_df);
    rs_errors_room_clear(&s->room);
}

/* Scores squared: 20, -2, 3; what leverage leaves is 1/2 in all rows. */
START_TEST(test_rows)
{
    const struct {
        const char *kind;
        double factor;
    } kinds[] = {{"hc0", 1.0},
                 {"hc1", 6.0 / 4.0},
                 {"hc2", 2.0},
                 {"hc3", 4.0},
                 {"hc4", 2.8284271247461900976}}; /* (1/2)^-(6/4) */
    struct setup s;

    setup_init(&s, kinds[_i].kind, &none);
    check(&s, 20.0 * kinds[_i].factor, -2.0 * kinds[_i].factor,
          3.0 * kinds[_i].factor, 4.0);
}
END_TEST

/* A row of leverage 1 has no part in what divides by what is left. */
START_TEST(test_leverage)
{
    const char *const kinds[] = {"hc0", "hc1", "hc2", "hc3", "hc4"};
    struct setup s;
    double v[4];
    double df = 0.0;

    setup_init(&s, kinds[_i], &none);
    s.room.left[3] = 1e-25;
    ck_assert_int_eq(find(&s, v, &df),
                     _i < 2 ? RS_FIT_OK : RS_FIT_LEVERAGE_ONE);
    rs_errors_room_clear(&s.room);
}
END_TEST

/* Sums 3, 2, -1 and 1, 1, 1: G / (G - 1) (n - 1) / (n - k) = 15 / 8. */
START_TEST(test_clusters)
{
    struct rs_errors_ask ask = none;
    struct setup s;

    ask.n_clusters = 1;
    setup_init(&s, "cluster", &ask);
    check(&s, 14.0 * 1.875, 4.0 * 1.875, 3.0 * 1.875, 2.0);
}
END_TEST

/* The other way sums -2, 6 and 3, 0, factor 5/2; all rows for themselves 6/4:
 * 40 2.5 + 14 1.875 - 20 1.5, and so on. */
START_TEST(test_two_ways)
{
    struct rs_errors_ask ask = none;
    struct setup s;

    ask.n_clusters = 2;
    ask.clusters[1] = 1;
    setup_init(&s, "cluster", &ask);
    check(&s, 96.25, -15.0 + 7.5 + 3.0, 22.5 + 5.625 - 4.5, 1.0);
}
END_TEST

START_TEST(test_one_cluster)
{
    struct rs_errors_ask ask = none;
    struct setup s;
    double v[4];
    double df = 0.0;

    ask.n_clusters = 1;
    ask.clusters[0] = 3;
    setup_init(&s, "cluster", &ask);
    for (size_t i = 0; i < ROWS; i++)
        s.room.row[i] = i % 4; /* rows of the first level alone */
    ck_assert_int_eq(find(&s, v, &df), RS_FIT_ONE_CLUSTER);
    ck_assert_double_eq(df, 0.0);
    rs_errors_room_clear(&s.room);
}
END_TEST

/* One lag: 20 + 2/2 (2 - 2 - 3 - 6 - 2) n/(n-k); the other way round the
 * products are the same. */
START_TEST(test_lags)
{
    struct rs_errors_ask ask = none;
    struct setup s;

    ask.lag = 1;
    ask.time = _i == 0 ? RS_NO_COLUMN : 2;
    setup_init(&s, "hac", &ask);
    /* s_0t s_1,t-1 and s_0,t-1 s_1t: 2 + 3 + 1, -1 + 2 + 3 + ... */
    check(&s, (20.0 - 11.0) * 1.5, (-2.0 + 0.5 * (6.0 + 5.0)) * 1.5, 3.0 * 1.5,
          4.0);
}
END_TEST

/* Stratum 0: PSUs 0, 1 of two rows; of the file it has 3, one without rows.
 * Totals 3, 2, 0 and 1, 1, 0. Stratum 1: rows 4, 5, PSU 2 alone. */
START_TEST(test_survey)
{
    const size_t n_psus[ROWS] = {3, 2};
    struct rs_errors_ask ask = none;
    struct setup s;

    ask.strata = 3;
    ask.psu = 0;
    ask.n_psus = n_psus;
    setup_init(&s, "survey", &ask);
    s.spec.errors_ask = &ask;
    {
        const struct rs_errors_fit fit = {
            .n_estimates = 2, .n = ROWS, .n_all = ROWS, .k = 1.0};
        double v[4];
        double df = 0.0;
        ck_assert_int_eq(rs_errors_covariance(v, &df, &s.room, &fit),
                         RS_FIT_OK);
        /* 3/2 (13 - 25/3) + 2 (1 - 1/2), 3/2 (5 - 10/3) + 2 (-1 + 1/2) */
        ck_assert_double_eq_tol(v[0], 8.0, 1e-14);
        ck_assert_double_eq_tol(v[1], 1.5 / 2.0, 1e-14);
        ck_assert_double_eq_tol(v[3], 2.0 / 4.0, 1e-14);
        ck_assert_double_eq(df, 1.0);
    }
    rs_errors_room_clear(&s.room);
}
END_TEST

START_TEST(test_lonely)
{
    /* of stratum 1 the square of -1; two strata, one of which counts */
    const double wanted[] = {NAN, 7.0, 7.0, 8.0, 14.0};
    const size_t n_psus[ROWS] = {3, 1};
    struct rs_errors_ask ask = none;
    const struct rs_errors_fit fit = {
        .n_estimates = 1, .n = ROWS, .n_all = ROWS, .k = 1.0};
    struct setup s;
    double v = 0.0;
    double df = 0.0;

    ask.strata = 3;
    ask.psu = 0;
    ask.n_psus = n_psus;
    ask.lonely = (enum rs_lonely)_i;
    setup_init(&s, "survey", &ask);
    ck_assert_int_eq(rs_errors_covariance(&v, &df, &s.room, &fit),
                     _i == RS_LONELY_FAIL ? RS_FIT_LONELY_PSU : RS_FIT_OK);
    if (_i != RS_LONELY_FAIL)
        ck_assert_double_eq_tol(v, wanted[_i], 1e-14);
    rs_errors_room_clear(&s.room);
}
END_TEST

START_TEST(test_count_psus)
{
    struct rs_errors_ask ask = none;
    size_t *n = NULL;
    struct setup s;

    setup_init(&s, "hc0", &none);
    ask.strata = 3;
    ask.psu = 1;
    ck_assert_int_eq(rs_errors_count_psus(&n, &s.data, &ask, NULL), RS_OK);
    ck_assert_uint_eq(n[0], 2);
    ck_assert_uint_eq(n[1], 2);
    free(n);
    ask = none;
    ck_assert_int_eq(rs_errors_count_psus(&n, &s.data, &ask, NULL), RS_OK);
    ck_assert_uint_eq(n[0], ROWS);
    free(n);
    rs_errors_room_clear(&s.room);
}
END_TEST

/* Row 0 stands for three: its square counts so often, or its score. */
START_TEST(test_counts)
{
    const struct rs_errors_fit fit = {
        .n_estimates = 1, .n = ROWS, .counts = true, .n_all = 8.0, .k = 2.0};
    struct rs_errors_ask ask = none;
    struct setup s;
    double v = 0.0;
    double df = 0.0;

    ask.n_clusters = 1;
    setup_init(&s, _i == 0 ? "hc1" : "cluster", &ask);
    ck_assert_int_eq(rs_errors_covariance(&v, &df, &s.room, &fit), RS_FIT_OK);
    /* 22 8/6; sums 5, 2, -1, times 3/2 7/6 */
    ck_assert_double_eq_tol(v, _i == 0 ? 22.0 * 8.0 / 6.0 : 52.5, 1e-13);
    rs_errors_room_clear(&s.room);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_rows, 5},     {&test_leverage, 5},    {&test_clusters, 1},
    {&test_two_ways, 1}, {&test_one_cluster, 1}, {&test_lags, 2},
    {&test_survey, 1},   {&test_lonely, 5},      {&test_count_psus, 1},
    {&test_counts, 2},
};
SUITE(errors, tests)
