/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers to text against other writers, byte for byte: std::to_chars for the
 * shortest text, printf for a number of digits. */
#include "charconv.h"
#include "numtext.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_KINDS = 10, N_VALUES = 2000000, ROOM = 64 };

static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u; /* splitmix64 */

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Whole, in [0, n). */
static int below(uint64_t *state, int n)
{
    return (int)(next_bits(state) % (uint64_t)n);
}

static double uniform(uint64_t *state)
{
    return (double)(next_bits(state) >> 11) * 0x1p-53;
}

static double of_bits(uint64_t bits)
{
    double value = 0.0;

    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The double some steps away. */
static double beside(double value, int steps)
{
    uint64_t bits = 0;

    memcpy(&bits, &value, sizeof bits);
    return of_bits(bits + (uint64_t)(int64_t)steps);
}

static double decimal(int mantissa, int exponent)
{
    char text[32];

    (void)snprintf(text, sizeof text, "%de%d", mantissa, exponent);
    return strtod(text, NULL);
}

static double value_of_kind(uint64_t *state, int kind)
{
    char text[ROOM];

    switch (kind) {
    case 0: /* any bits */
        return of_bits(next_bits(state));
    case 1: /* statistics */
        return (uniform(state) - 0.5) * exp(20.0 * (uniform(state) - 0.5));
    case 2: /* whole numbers of any size */
        return (double)(next_bits(state) >> below(state, 64));
    case 3: /* short decimals */
        return decimal(1 + below(state, 1000), below(state, 640) - 330);
    case 4: /* subnormals */
        return of_bits(next_bits(state) >> (12 + below(state, 52)));
    case 5: /* few bits: ties */
        return ldexp(below(state, 2000001) - 1000000, -below(state, 25));
    case 6: /* powers of two and their neighbours */
        return beside(ldexp(1.0, below(state, 2096) - 1072),
                      below(state, 5) - 2);
    case 7: /* powers of ten and theirs */
        return beside(decimal(1, below(state, 630) - 321), below(state, 9) - 4);
    case 8: /* decimals of 1 to 17 digits */
        (void)snprintf(text, sizeof text, "%.*g", 1 + below(state, 17),
                       (uniform(state) - 0.5) *
                           exp(30.0 * (uniform(state) - 0.5)));
        return strtod(text, NULL);
    default: /* p-values */
        return exp(-700.0 * uniform(state));
    }
}

static double next_value(uint64_t *state, int i)
{
    double value = value_of_kind(state, i % N_KINDS);

    return isfinite(value) ? value : 0.0;
}

/* Under valgrind a hundredth is enough. */
static int n_values(void)
{
    return getenv("REGSWEEP_TEST_FEW") == NULL ? N_VALUES : N_VALUES / 100;
}

/* Whether n bytes are the wanted ones, and none was written past the room. */
static bool same(const char *text, size_t n, const char *wanted,
                 size_t n_wanted)
{
    for (size_t i = RS_NUMTEXT_MAX; i < ROOM; i++)
        if (text[i] != '#')
            return false;
    return n == n_wanted && memcmp(text, wanted, n) == 0;
}

START_TEST(test_shortest)
{
    char text[ROOM];
    char wanted[ROOM];
    uint64_t state = 1;

    memset(text, '#', sizeof text);
    for (int i = 0; i < n_values(); i++) {
        double value = next_value(&state, i);
        size_t n_wanted = charconv_shortest(wanted, sizeof wanted, value);
        size_t n = rs_number_write(text, value);
        if (!same(text, n, wanted, n_wanted))
            ck_abort_msg("%a: %.*s, wanted %.*s", value, (int)n, text,
                         (int)n_wanted, wanted);
    }
}
END_TEST

START_TEST(test_digits)
{
    char text[ROOM];
    char wanted[ROOM];
    uint64_t state = 2;

    memset(text, '#', sizeof text);
    for (int i = 0; i < n_values(); i++) {
        double value = next_value(&state, i);
        int digits = 1 + below(&state, 17);
        int n_wanted = snprintf(wanted, sizeof wanted, "%.*g", digits, value);
        size_t n = rs_number_write_digits(text, value, digits);
        if (!same(text, n, wanted, (size_t)n_wanted))
            ck_abort_msg("%a to %d digits: %.*s, wanted %s", value, digits,
                         (int)n, text, wanted);
    }
}
END_TEST

/* Every number of digits for ties and almost ties: k + 1/2 of the last place,
 * and the doubles beside it. */
START_TEST(test_ties)
{
    char text[ROOM];
    char wanted[ROOM];
    uint64_t state = 3;

    memset(text, '#', sizeof text);
    for (int i = 0; i < n_values() / 20; i++) {
        double tie =
            (below(&state, 1 << 30) + 0.5) * ldexp(1.0, -below(&state, 20));
        for (int steps = -1; steps <= 1; steps++)
            for (int digits = 1; digits <= 17; digits += 1 + (i % 3)) {
                double value = beside(tie, steps);
                int n_wanted =
                    snprintf(wanted, sizeof wanted, "%.*g", digits, value);
                size_t n = rs_number_write_digits(text, value, digits);
                if (!same(text, n, wanted, (size_t)n_wanted))
                    ck_abort_msg("%a to %d digits: %.*s, wanted %s", value,
                                 digits, (int)n, text, wanted);
            }
    }
}
END_TEST

START_TEST(test_known)
{
    static const struct {
        double value;
        const char *text;
    } known[] = {{0.0, "0"},
                 {-0.0, "-0"},
                 {1.0, "1"},
                 {-3.0, "-3"},
                 {0.1, "0.1"},
                 {1e5, "1e+05"},
                 {123456.0, "123456"},
                 {1e-4, "1e-04"},
                 {0.00012, "0.00012"},
                 {0.000012, "1.2e-05"},
                 {1e-300, "1e-300"},
                 {5e-324, "5e-324"},
                 {1.7976931348623157e308, "1.7976931348623157e+308"},
                 {0x1p60, "1152921504606846976"},
                 {123456789012345.6, "123456789012345.6"},
                 {0x1p-44, "5.684341886080802e-14"}};
    char text[RS_NUMTEXT_MAX];

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        size_t n = rs_number_write(text, known[i].value);
        ck_assert_uint_eq(n, strlen(known[i].text));
        ck_assert_mem_eq(text, known[i].text, n);
    }
}
END_TEST

START_TEST(test_counts)
{
    char text[ROOM];
    char wanted[ROOM];
    uint64_t state = 4;

    memset(text, '#', sizeof text);
    for (int i = 0; i < n_values() / 20; i++) {
        uint64_t value =
            i < 20000 ? (uint64_t)i : next_bits(&state) >> below(&state, 64);
        int n_wanted =
            snprintf(wanted, sizeof wanted, "%llu", (unsigned long long)value);
        size_t n = rs_count_write(text, value);
        if (!same(text, n, wanted, (size_t)n_wanted))
            ck_abort_msg("%s: %.*s", wanted, (int)n, text);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_known, 1}, {&test_shortest, 1}, {&test_digits, 1},
    {&test_ties, 1},  {&test_counts, 1},
};
SUITE(numwrite, tests)
