/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "made_data.h"
#include "p_median.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>

enum { ALL = (1 << RS_ADJUST_COUNT) - 1 };

/* Cells with effects, zeros, and no pairs on the diagonal. */
static double *made_cells(size_t n_y, size_t n_x)
{
    double *cells = calloc(n_y * n_x + 1, sizeof *cells);
    uint64_t seed = n_y + n_x;

    for (size_t i = 0; i < n_y * n_x; i++) {
        double u = 1.0 - made_uniform(&seed);
        cells[i] = i / n_x == i % n_x ? NAN
                   : u < 0.01         ? -INFINITY
                   : u < 0.2          ? -20.0 * made_uniform(&seed)
                                      : log(made_uniform(&seed) + 1e-12);
    }
    return cells;
}

/* The cells of family i, one behind the other. */
static size_t members(double *out, const double *cells,
                      const struct rs_families_ask *ask, size_t i)
{
    size_t n = 0;

    for (size_t y = 0; y < ask->n_y; y++)
        for (size_t x = 0; x < ask->n_x; x++)
            if (ask->family == RS_FAMILY_ALL ||
                (ask->family == RS_FAMILY_Y ? y : x) == i)
                out[n++] = cells[y * ask->n_x + x];
    return n;
}

/* Every family by itself gives the same bits. */
static void check(const struct rs_families_ask *ask)
{
    struct rs_adjust_ask alone = {.methods = ask->methods,
                                  .most_bytes = UINT64_MAX};
    double *cells = made_cells(ask->n_y, ask->n_x);
    double *values = calloc(ask->n_y * ask->n_x + 1, sizeof *values);
    struct rs_families *families = NULL;
    uint64_t m = 0;
    double median = 0.0;
    size_t wrong = 0;

    ck_assert_int_eq(rs_families_new(&families, cells, ask, NULL), RS_OK);
    for (size_t i = 0; i < rs_families_n(families); i++) {
        struct rs_adjust_curve curve;
        size_t n = members(values, cells, ask, i);
        ck_assert_int_eq(rs_adjust_make(&curve, values, n, &alone, NULL),
                         RS_OK);
        ck_assert_uint_eq(curve.m, rs_families_curve(families, i)->m);
        for (size_t c = 0; c < ask->n_y * ask->n_x; c++) {
            size_t y = c / ask->n_x;
            size_t x = c % ask->n_x;
            double ours[RS_ADJUST_COUNT];
            double theirs[RS_ADJUST_COUNT];
            if (rs_families_of(families, y, x) !=
                rs_families_curve(families, i))
                continue;
            rs_families_log(ours, families, y, x, cells[c]);
            rs_adjust_log_all(theirs, &curve, cells[c]);
            for (unsigned k = 0; k < RS_ADJUST_COUNT; k++)
                wrong +=
                    ours[k] == theirs[k] || (isnan(ours[k]) && isnan(theirs[k]))
                        ? 0
                        : 1;
        }
        m += curve.m;
        rs_adjust_clear(&curve);
    }
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_eq(rs_families_tests(families), m);
    ck_assert_double_eq(rs_families_distance(families), 0.0);
    ck_assert_int_eq(rs_p_median(&median, cells, ask->n_y * ask->n_x, 1, NULL),
                     RS_OK);
    ck_assert(rs_families_log_median(families) == median ||
              (isnan(median) && isnan(rs_families_log_median(families))));
    rs_families_free(families);
    free(values);
    free(cells);
}

START_TEST(test_each_alone)
{
    static const size_t shapes[][2] = {{1, 1},   {1, 300},   {300, 1},
                                       {7, 40},  {40, 7},    {60, 61},
                                       {33, 17}, {2, 70000}, {1, 70000}};

    for (unsigned family = 0; family < 3; family++) {
        for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
            struct rs_families_ask ask = {
                .family = (enum rs_family)family,
                .n_y = shapes[i][0],
                .n_x = shapes[i][1],
                .methods = i % 2 == 0 ? ALL : 1U << RS_ADJUST_BH,
                .n_threads = (unsigned)i % 4,
                .most_bytes = UINT64_MAX};
            if (family == RS_FAMILY_X && ask.n_x > 1000)
                continue; /* as many families as tests */
            check(&ask);
        }
    }
}
END_TEST

/* Without room for the cells' copy, or for the steps, the one family becomes
 * a histogram; many families do not. */
START_TEST(test_memory_limit)
{
    enum { N_Y = 200, N_X = 300 };
    double *cells = made_cells(N_Y, N_X);
    uint64_t limits[] = {1000, 8 * N_Y * N_X + 2000};

    for (size_t i = 0; i < 2; i++) {
        struct rs_families_ask ask = {.family = RS_FAMILY_ALL,
                                      .n_y = N_Y,
                                      .n_x = N_X,
                                      .methods = ALL,
                                      .n_threads = 2,
                                      .most_bytes = UINT64_MAX};
        struct rs_families *exact = NULL;
        struct rs_families *families = NULL;
        struct rs_error err = {0};
        double out[RS_ADJUST_COUNT];
        double least[RS_ADJUST_COUNT];
        size_t wrong = 0;
        ck_assert_int_eq(rs_families_new(&exact, cells, &ask, NULL), RS_OK);
        ask.most_bytes = limits[i];
        ck_assert_int_eq(rs_families_new(&families, cells, &ask, &err), RS_OK);
        ck_assert_int_eq(err.status, RS_OK);
        ck_assert_double_gt(rs_families_distance(families), 0.0);
        ck_assert_double_lt(rs_families_distance(families), 1e-2);
        for (size_t c = 0; c < N_Y * N_X; c++) {
            rs_families_log(out, families, c / N_X, c % N_X, cells[c]);
            rs_families_log(least, exact, c / N_X, c % N_X, cells[c]);
            for (unsigned k = 0; k < RS_ADJUST_COUNT; k++)
                wrong += out[k] < least[k] - 1e-13 ? 1 : 0;
        }
        ck_assert_uint_eq(wrong, 0);
        rs_families_free(families);
        rs_families_free(exact);
        ask.family = i == 0 ? RS_FAMILY_Y : RS_FAMILY_X;
        ask.most_bytes = 40000;
        ck_assert_int_eq(rs_families_new(&families, cells, &ask, &err),
                         RS_ERR_NOMEM);
        ck_assert_ptr_null(families);
        ck_assert_int_eq(err.status, RS_ERR_NOMEM);
    }
    free(cells);
}
END_TEST

START_TEST(test_from_histogram)
{
    struct rs_p_histogram *histogram = calloc(1, sizeof *histogram);
    struct rs_families *families = NULL;
    double out[RS_ADJUST_COUNT];

    rs_p_histogram_add(histogram, log(0.01));
    rs_p_histogram_add(histogram, log(0.8));
    ck_assert_int_eq(rs_families_new_histogram(&families, histogram, ALL, NULL),
                     RS_OK);
    ck_assert_uint_eq(rs_families_tests(families), 2);
    ck_assert_uint_eq(rs_families_n(families), 1);
    rs_families_log(out, families, 5, 7, log(0.01));
    ck_assert_double_eq_tol(exp(out[RS_ADJUST_BH]), 0.02, 1e-15);
    ck_assert_double_eq_tol(exp(rs_families_log_median(families)), 0.4, 0.4);
    rs_families_free(families);
    rs_families_free(NULL);
    free(histogram);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_each_alone, 1},
    {&test_memory_limit, 1},
    {&test_from_histogram, 1},
};
SUITE(families, tests)
