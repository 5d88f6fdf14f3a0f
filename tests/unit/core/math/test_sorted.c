/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "run_suite.h"
#include "sorted.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;

    return *x < *y ? -1 : *x > *y;
}

static double made_value(uint64_t *seed, unsigned kind, size_t i)
{
    double u = made_uniform(seed);

    switch (kind) {
    case 0:
        return log(1.0 - u);
    case 1: /* over all magnitudes and both signs */
        return (u < 0.5 ? -1.0 : 1.0) *
               exp(1400.0 * (made_uniform(seed) - 0.5));
    case 2: /* half are ties, in runs */
        return i % 1000 < 500 ? -7.0 : u;
    case 3:
        return u < 0.2   ? -INFINITY
               : u < 0.3 ? INFINITY
               : u < 0.4 ? -0.0
               : u < 0.5 ? 0.0
               : u < 0.6 ? NAN
               : u < 0.7 ? -DBL_MIN * made_uniform(seed)
                         : -u;
    case 4:
        return 42.0;
    case 5: /* sorted already, apart by the least bit */
        return 1.0 + (double)i * DBL_EPSILON;
    default: /* skewed: most lie in one of the sampled ranges */
        return i % 4096 == 0 ? u : 1e-9 * u;
    }
}

static void check(size_t n, unsigned kind, unsigned n_threads)
{
    double *in = calloc(n + 1, sizeof *in);
    double *out = calloc(n + 1, sizeof *out);
    double *expected = calloc(n + 1, sizeof *expected);
    uint64_t seed = 7 * n + kind;
    size_t m = 0;
    size_t n_out = 0;

    for (size_t i = 0; i < n; i++) {
        in[i] = made_value(&seed, kind, i);
        if (!isnan(in[i]))
            expected[m++] = in[i] + 0.0;
    }
    qsort(expected, m, sizeof *expected, compare);
    ck_assert_int_eq(rs_sorted_copy(out, &n_out, in, n, n_threads, NULL),
                     RS_OK);
    ck_assert_uint_eq(n_out, m);
    ck_assert(memcmp(out, expected, m * sizeof *out) == 0);
    free(in);
    free(out);
    free(expected);
}

START_TEST(test_small)
{
    for (size_t n = 0; n < 100; n++)
        for (unsigned kind = 0; kind < 7; kind++)
            check(n, kind, 1);
}
END_TEST

START_TEST(test_large)
{
    static const size_t sizes[] = {1000, 65535, 65536, 65537, 300000};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (unsigned kind = 0; kind < 7; kind++)
            for (unsigned n_threads = 0; n_threads < 4; n_threads += 3)
                check(sizes[i], kind, n_threads);
}
END_TEST

START_TEST(test_all_missing)
{
    enum { N = 70000 };
    double *in = calloc(N, sizeof *in);
    double *out = calloc(N, sizeof *out);
    size_t n_out = 1;

    for (size_t i = 0; i < N; i++)
        in[i] = NAN;
    ck_assert_int_eq(rs_sorted_copy(out, &n_out, in, N, 2, NULL), RS_OK);
    ck_assert_uint_eq(n_out, 0);
    in[N / 3] = 2.0;
    ck_assert_int_eq(rs_sorted_copy(out, &n_out, in, N, 2, NULL), RS_OK);
    ck_assert_uint_eq(n_out, 1);
    ck_assert_double_eq(out[0], 2.0);
    free(in);
    free(out);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_small, 1},
    {&test_large, 1},
    {&test_all_missing, 1},
};
SUITE(sorted, tests)
