/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "correlation_table.h"
#include "run_suite.h"
#include "tail_table.h"
#include "tails.h"

#include <check.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
enum { MANY = 1000 };

static const double all_df[] = {1,  2,  3,  4,     5,   7,   10,   20,  29, 30,
                                31, 50, 98, 100.5, 298, 998, 9998, 1e5, 1e6};

static struct rs_tail_table *table_of(double df)
{
    struct rs_tail_table *table = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_tail_table_new(&table, df, &err), RS_OK);
    ck_assert_double_eq(rs_tail_table_df(table), df);
    return table;
}

/* Relative, and none where both are 0 or the same infinity. */
static double relative(double ours, double reference)
{
    return ours == reference ? 0.0 : fabs((ours - reference) / reference);
}

static void worsen(double *worst, double error)
{
    *worst = error > *worst ? error : *worst;
}

/* Exact values, of the very doubles r and rest: by mpmath. */
START_TEST(test_exact_table)
{
    double worst[2] = {0.0, 0.0};

    for (size_t i = 0; i < LENGTH(correlation_table); i++) {
        double r = correlation_table[i].r;
        double rest = correlation_table[i].rest;
        double df = correlation_table[i].df;
        double reference = correlation_table[i].log_p;
        struct rs_tail_table *table = table_of(df);
        double log_p = 0.0;
        rs_tail_table_log_p(table, &log_p, &r, &rest, 1);
        worsen(&worst[0], relative(log_p, reference));
        ck_assert_msg(relative(log_p, reference) <= 1e-14,
                      "r %.17g df %g: ln p %.17g, not %.17g", r, df, log_p,
                      reference);
        /* the distance of p, free of the rounding of exp */
        if (reference > -690.0) {
            double error = fabs(expm1(log_p - reference));
            worsen(&worst[1], error);
            ck_assert_msg(error <= 1e-12, "r %.17g df %g: p off by %g", r, df,
                          error);
        }
        rs_tail_table_free(table);
    }
    (void)printf("worst error of ln p %.2g, of p %.2g\n", worst[0], worst[1]);
}
END_TEST

/* A dense grid of |t| from the least to P = 1e-4000 and on to the largest
 * odds, against the continued fraction of tails.c. */
START_TEST(test_dense)
{
    struct rs_tail_table *table = table_of(all_df[_i]);
    double df = all_df[_i];
    double worst[2] = {0.0, 0.0};

    for (double t = 1e-12; t < 1e150;
         t *= t < 1e-2 ? 1.2 : (t < 200.0 ? 1.003 : 1.2)) {
        double rest = 1.0 / (1.0 + t * (t / df));
        double r = rest < 0.5 ? sqrt(1.0 - rest) : t / sqrt(df + t * t);
        double reference = rs_t_log_p(r * sqrt(df / rest), df);
        double log_p = 0.0;
        rs_tail_table_log_p(table, &log_p, &r, &rest, 1);
        worsen(&worst[0], relative(log_p, reference));
        if (reference > -690.0)
            worsen(&worst[1], fabs(expm1(log_p - reference)));
        ck_assert_msg(worst[0] <= 1e-12 && worst[1] <= 1e-12,
                      "t %.17g df %g: ln p %.17g, not %.17g", t, df, log_p,
                      reference);
    }
    rs_tail_table_free(table);
}
END_TEST

/* No jump where the formulas change hands: r^2 = 0.29 and every y = r / c
 * with 1 + y at an edge of its logarithm; and never up as r grows. */
START_TEST(test_no_jumps)
{
    struct rs_tail_table *table = table_of(all_df[_i]);
    double c = 4.0 / sqrt(all_df[_i]);
    double before = 0.0;

    for (size_t i = 0; i < 12; i++) {
        double edge =
            i == 0
                ? sqrt(0.29)
                : c * ((i == 1 ? 1.41 : sqrt(0.5) * ldexp(1.0, (int)i)) - 1.0);
        double r[2] = {edge * (1.0 - 1e-15), edge * (1.0 + 1e-15)};
        double rest[2] = {(1.0 - r[0]) * (1.0 + r[0]),
                          (1.0 - r[1]) * (1.0 + r[1])};
        double log_p[2] = {0.0, 0.0};
        if (edge >= 0.999)
            continue;
        rs_tail_table_log_p(table, log_p, r, rest, 2);
        ck_assert_double_le(relative(log_p[0], log_p[1]), 3e-14);
    }
    for (size_t i = 0; i < 20000; i++) {
        double r = (double)i / 20000.0;
        double rest = (1.0 - r) * (1.0 + r);
        double log_p = 0.0;
        rs_tail_table_log_p(table, &log_p, &r, &rest, 1);
        ck_assert_double_le(log_p, before);
        before = log_p;
    }
    rs_tail_table_free(table);
}
END_TEST

/* Pairs r, rest by operations that round alike everywhere. */
static void make_pairs(double *r, double *rest)
{
    for (size_t i = 0; i < MANY; i++) {
        r[i] = (double)(i * 7 % MANY) / MANY;
        rest[i] = (1.0 - r[i]) * (1.0 + r[i]);
    }
}

/* Of every length, in place or not, together or one by one: the same bits. */
START_TEST(test_places)
{
    static double r[MANY];
    static double rest[MANY];
    static double log_p[MANY];
    static double out[MANY];
    struct rs_tail_table *table = table_of(998.0);

    make_pairs(r, rest);
    for (size_t i = 0; i < MANY; i++)
        rs_tail_table_log_p(table, &log_p[i], &r[i], &rest[i], 1);
    for (size_t n = 0; n <= MANY; n += n < 300 ? 1 : 100) {
        memset(out, 0x55, sizeof out);
        rs_tail_table_log_p(table, out, r, rest, n);
        ck_assert_mem_eq(out, log_p, n * sizeof *out);
        if (n < MANY)
            ck_assert_double_ne(out[n], log_p[n]); /* untouched */
        memcpy(out, r, sizeof out);
        rs_tail_table_log_p(table, out, out, rest, n);
        ck_assert_mem_eq(out, log_p, n * sizeof *out);
        memcpy(out, rest, sizeof out);
        rs_tail_table_log_p(table, out, r, out, n);
        ck_assert_mem_eq(out, log_p, n * sizeof *out);
    }
    rs_tail_table_free(table);
}
END_TEST

/* FNV-1a over the bytes of numbers, least byte first. */
static uint64_t hash_of(uint64_t hash, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t bits = 0;
        memcpy(&bits, &values[i], sizeof bits);
        for (unsigned shift = 0; shift < 64; shift += 8) {
            hash ^= bits >> shift & 0xff;
            hash *= 0x100000001b3;
        }
    }
    return hash;
}

/* The same bits on every machine and with every compiler: no run of this can
 * take two instruction sets, so all are held to one hash. */
START_TEST(test_same_everywhere)
{
    static double r[MANY];
    static double rest[MANY];
    static double out[MANY];
    uint64_t hash = 0xcbf29ce484222325;

    make_pairs(r, rest);
    for (size_t i = 0; i < LENGTH(all_df); i++) {
        struct rs_tail_table *table = table_of(all_df[i]);
        rs_tail_table_log_p(table, out, r, rest, MANY);
        hash = hash_of(hash, out, MANY);
        rs_tail_table_free(table);
    }
    ck_assert_msg(hash == 0xd28305e6b10584d7, "hash %016llx",
                  (unsigned long long)hash);
}
END_TEST

START_TEST(test_corners)
{
    static const double bad[] = {0.0, 0.999, -1.0, INFINITY, NAN};
    struct rs_tail_table *table = table_of(5.0);
    struct rs_error err;
    double r[] = {0.0, 1.0, NAN, 0.5, 0.9, 0.1, 1e-300, 0.6};
    double rest[] = {1.0, 0.0, 0.5, NAN, -0.1, -1.0, 1.0, 0.64};
    double log_p[8];

    rs_tail_table_log_p(table, log_p, r, rest, 8);
    ck_assert_double_eq(log_p[0], 0.0);
    ck_assert_int_eq(signbit(log_p[0]), 0);
    ck_assert_double_eq(log_p[1], -INFINITY);
    for (size_t i = 2; i < 6; i++)
        ck_assert_double_nan(log_p[i]);
    ck_assert(log_p[6] < 0.0 && log_p[6] > -2e-300);
    ck_assert_double_le(
        relative(log_p[7], rs_t_log_p(0.6 * sqrt(5.0 / 0.64), 5.0)), 1e-14);
    rs_tail_table_free(table);
    rs_tail_table_free(NULL);
    for (size_t i = 0; i < LENGTH(bad); i++) {
        table = (struct rs_tail_table *)&err;
        ck_assert_int_eq(rs_tail_table_new(&table, bad[i], &err),
                         RS_ERR_INTERNAL);
        ck_assert_ptr_null(table);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_exact_table, 1},           {&test_dense, LENGTH(all_df)},
    {&test_no_jumps, LENGTH(all_df)}, {&test_places, 1},
    {&test_same_everywhere, 1},       {&test_corners, 1},
};
SUITE(tail_table, tests)
