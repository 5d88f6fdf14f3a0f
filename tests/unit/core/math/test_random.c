/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random.h"

#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* The published known answers of Philox 4x32-10. */
static const struct {
    uint32_t counter[4], key[2], out[4];
} known[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

START_TEST(test_known_answers)
{
    uint32_t out[4];

    rs_random_block(out, known[_i].counter, known[_i].key);
    for (size_t w = 0; w < 4; w++)
        ck_assert_uint_eq(out[w], known[_i].out[w]);
}
END_TEST

/* A stream is the blocks of its counters, beyond one buffer too. */
START_TEST(test_stream)
{
    const uint64_t seed = 0x0123456789abcdefU;
    const uint64_t stream = 0xfedcba9876543210U;
    const uint32_t key[2] = {0x89abcdef, 0x01234567};
    struct rs_random random;

    rs_random_start(&random, seed, RS_RANDOM_BOOTSTRAP, stream);
    for (uint32_t block = 0; block < 40; block++) {
        const uint32_t counter[4] = {block, RS_RANDOM_BOOTSTRAP, 0x76543210,
                                     0xfedcba98};
        uint32_t out[4];
        rs_random_block(out, counter, key);
        for (size_t w = 0; w < 4; w++)
            ck_assert_uint_eq(rs_random_bits(&random), out[w]);
    }
}
END_TEST

START_TEST(test_streams_differ)
{
    struct rs_random a;
    struct rs_random b;

    rs_random_start(&a, 1, RS_RANDOM_PERMUTE, 7);
    rs_random_start(&b, 1, RS_RANDOM_BOOTSTRAP, 7);
    ck_assert_uint_ne(rs_random_bits(&a), rs_random_bits(&b));
    rs_random_start(&a, 1, RS_RANDOM_PERMUTE, 7);
    rs_random_start(&b, 2, RS_RANDOM_PERMUTE, 7);
    ck_assert_uint_ne(rs_random_bits(&a), rs_random_bits(&b));
    rs_random_start(&b, 1, RS_RANDOM_PERMUTE, 7);
    rs_random_start(&a, 1, RS_RANDOM_PERMUTE, 7);
    ck_assert_uint_eq(rs_random_bits(&a), rs_random_bits(&b));
}
END_TEST

/* Pearson's chi-squared about its mean, in standard deviations. */
static double excess(const unsigned *counts, size_t n, unsigned draws)
{
    double expected = draws / (double)n;
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    return (sum - (double)(n - 1)) / sqrt(2.0 * (double)(n - 1));
}

START_TEST(test_below)
{
    enum { N = 37, DRAWS = 370000 };
    unsigned counts[N] = {0};
    struct rs_random random;

    rs_random_start(&random, 3, RS_RANDOM_PERMUTE, 0);
    for (unsigned i = 0; i < DRAWS; i++) {
        uint32_t k = rs_random_below(&random, N);
        ck_assert_uint_lt(k, N);
        counts[k]++;
    }
    ck_assert_double_lt(fabs(excess(counts, N, DRAWS)), 4.0);
    ck_assert_uint_eq(rs_random_below(&random, 1), 0);
}
END_TEST

/* Where a quarter of all words must be rejected: without that the parts of
 * the range would not be equally likely. */
START_TEST(test_below_rejects)
{
    const uint32_t n = 0xc0000000U;
    unsigned counts[3] = {0};
    struct rs_random random;

    rs_random_start(&random, 4, RS_RANDOM_PERMUTE, 0);
    for (unsigned i = 0; i < 90000; i++)
        counts[rs_random_below(&random, n) / 0x40000000U]++;
    ck_assert_double_lt(fabs(excess(counts, 3, 90000)), 4.0);
    ck_assert_uint_lt(random.block, (uint32_t)(90000 * 1.4 / 4));
    ck_assert_uint_gt(random.block, (uint32_t)(90000 * 1.3 / 4));
}
END_TEST

START_TEST(test_permutations)
{
    enum { DRAWS = 24000 };
    unsigned counts[256] = {0}; /* by the four places as base-4 digits */
    unsigned found[24];
    size_t n = 0;

    for (uint64_t b = 0; b < DRAWS; b++) {
        struct rs_random random;
        uint32_t rows[4];
        bool seen[4] = {false};
        rs_random_start(&random, 11, RS_RANDOM_PERMUTE, b);
        rs_random_permutation(rows, 4, &random);
        for (size_t i = 0; i < 4; i++)
            seen[rows[i]] = true;
        ck_assert(seen[0] && seen[1] && seen[2] && seen[3]);
        counts[rows[0] * 64 + rows[1] * 16 + rows[2] * 4 + rows[3]]++;
    }
    for (size_t i = 0; i < 256; i++)
        if (counts[i] > 0 && n < 24)
            found[n++] = counts[i];
    ck_assert_uint_eq(n, 24);
    ck_assert_double_lt(fabs(excess(found, 24, DRAWS)), 4.0);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_known_answers, sizeof known / sizeof known[0]},
    {&test_stream, 1},
    {&test_streams_differ, 1},
    {&test_below, 1},
    {&test_below_rejects, 1},
    {&test_permutations, 1},
};
SUITE(random, tests)
