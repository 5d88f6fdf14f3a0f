/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numread.h"
#include "numtext.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Numbers read, against strtod bit by bit. Each text goes through both
 * readers: of single fields, and of runs.
 */

static const bool none_special[256] = {false};
static const struct rs_number_format format = {',', '.', none_special};

static uint64_t random_bits(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double double_of(uint64_t bits)
{
    double value = 0.0;

    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Check's assertions cost a system call each, passed or not. */
#define DEMAND(condition, ...)                                                 \
    do {                                                                       \
        if (!(condition))                                                      \
            ck_abort_msg(__VA_ARGS__);                                         \
    } while (0)

/* Whether a text without an exponent is a whole number beyond 2^53 other than
 * the double, by what printf has to say of that. */
static bool is_rounded(const char *text, double value)
{
    char digits[400];
    const char *point = strchr(text, '.');
    size_t n = 0;

    if (fabs(value) < 0x1p53 || strpbrk(text, "eE") != NULL)
        return false;
    if (point != NULL && point[1 + strspn(point + 1, "0")] != '\0')
        return false;
    n = (size_t)snprintf(digits, sizeof digits, "%.0f", fabs(value));
    text += strspn(text, "+-0");
    return strspn(text, "0123456789") != n || memcmp(text, digits, n) != 0;
}

static enum rs_number_result wanted(const char *text, double value)
{
    bool zero = text[strcspn(text, "123456789eE")] == '\0' ||
                strchr("eE", text[strcspn(text, "123456789eE")]) != NULL;

    if (isinf(value))
        return RS_NUMBER_OUT_OF_RANGE;
    if (value == 0.0 && !zero)
        return RS_NUMBER_TOO_SMALL;
    return is_rounded(text, value) ? RS_NUMBER_ROUNDED : RS_NUMBER_OK;
}

/* Returns whether the fast reader took it. */
static bool check_text(const char *text)
{
    static char run[1200]; /* what lies behind is looked at */
    size_t n = strlen(text);
    const char *next = NULL;
    double want = strtod(text, NULL);
    double one = 0.0;
    double many[2] = {0.0, 0.0};
    enum rs_number_result result = rs_number_read(&one, text, n, '.');

    DEMAND(result == wanted(text, want), "%s: result %d", text, (int)result);
    if (result == RS_NUMBER_OUT_OF_RANGE)
        return false;
    DEMAND(memcmp(&one, &want, sizeof one) == 0, "%s: %a, not %a", text, one,
           want);
    memcpy(run, text, n);
    run[n] = ',';
    memcpy(run + n + 1, text, n);
    memcpy(run + 2 * n + 1, "\n", 2);
    if (rs_numbers_read(many, 2, &next, run, &format) == 0) {
        DEMAND(next == run, "%s", text);
        return false;
    }
    DEMAND(result == RS_NUMBER_OK, "%s is taken in silence", text);
    DEMAND(memcmp(&many[0], &want, sizeof want) == 0 &&
               memcmp(&many[1], &want, sizeof want) == 0,
           "%s: %a and %a, not %a", text, many[0], many[1], want);
    DEMAND(next == run + 2 * n + 2, "%s", text);
    return true;
}

/* Doubles of every size, and of the sizes that tables hold. */
static double random_double(uint64_t *state)
{
    uint64_t bits = random_bits(state);
    double value = 0.0;

    switch (random_bits(state) % 4) {
    case 0:
        value = double_of(bits); /* any exponent, subnormals too */
        break;
    case 1:
        value = ((double)(bits >> 11) * 0x1p-53 - 0.5) * 8.0;
        break;
    case 2:
        value = (double)(int64_t)bits *
                pow(10.0, (double)(random_bits(state) % 50) - 35.0);
        break;
    default:
        value = (double)(bits % 2000000) / 1000.0;
        break;
    }
    return isfinite(value) ? value : 1.0 / 3.0;
}

START_TEST(test_printed_as_strtod)
{
    static const char *const formats[] = {"%.*g", "%.*e", "%+.*g", "%#.*g",
                                          "%.*G"};
    uint64_t state = 88172645463325252u + (uint64_t)_i;
    int n_fast = 0;

    for (int i = 0; i < 300000; i++) {
        double value = random_double(&state);
        int digits = 1 + (int)(random_bits(&state) % 20);
        char text[400];
        (void)snprintf(text, sizeof text, formats[random_bits(&state) % 5],
                       digits, value);
        n_fast += check_text(text);
        if (fabs(value) < 1e20 && i % 4 == 0) {
            (void)snprintf(text, sizeof text, i % 8 == 0 ? "%0*.*f" : "%*.*f",
                           i % 8 == 0 ? 30 : 0, digits, value);
            n_fast += check_text(text);
        }
    }
    ck_assert_int_gt(n_fast, 200000); /* it is of use */
}
END_TEST

/* Digits and exponents as they come, not the print of a double. */
START_TEST(test_random_digits)
{
    uint64_t state = 42 + (uint64_t)_i;

    for (int i = 0; i < 300000; i++) {
        char text[128];
        size_t n = 0;
        int whole = (int)(random_bits(&state) % 20);
        int fraction = (int)(random_bits(&state) % 24);
        uint64_t most = random_bits(&state) % 10 + 1; /* many zeros, or none */
        if (random_bits(&state) % 2 == 0)
            text[n++] = "+-"[random_bits(&state) % 2];
        for (int k = 0; k < whole; k++)
            text[n++] = (char)('0' + random_bits(&state) % most);
        if (whole == 0 || random_bits(&state) % 3 > 0) {
            text[n++] = '.';
            for (int k = 0; k < fraction + (whole == 0); k++)
                text[n++] = (char)('0' + random_bits(&state) % most);
        }
        text[n] = '\0';
        if (random_bits(&state) % 2 == 0)
            (void)snprintf(text + n, sizeof text - n, "e%d",
                           (int)(random_bits(&state) % 90) - 45);
        (void)check_text(text);
    }
}
END_TEST

/* Halfway between two doubles, a digit above and a digit below. */
START_TEST(test_halfway)
{
    uint64_t state = 7;

    for (int i = 0; i < 200000; i++) {
        uint64_t low = (UINT64_C(1) << 53) + 2 * (random_bits(&state) >> 12);
        char text[128];
        int n = snprintf(text, sizeof text, "%llu",
                         (unsigned long long)low + 1); /* a tie */
        (void)check_text(text);
        (void)snprintf(text + n, sizeof text - (size_t)n, "%s",
                       i % 2 == 0 ? ".0001" : ".0000");
        (void)check_text(text);
        (void)snprintf(text, sizeof text, "%llu.%de%d",
                       (unsigned long long)low + random_bits(&state) % 3,
                       (int)(random_bits(&state) % 1000),
                       (int)(random_bits(&state) % 56) - 28);
        (void)check_text(text);
    }
}
END_TEST

/* The edges of what is fast. */
START_TEST(test_edges)
{
    static const char *const mantissas[] = {
        "0",
        "1",
        "9",
        "9007199254740991",
        "9007199254740992",
        "9007199254740993",
        "9007199254740994",
        "9007199254740995",
        "18014398509481985",
        "9223372036854775807",
        "9223372036854775808",
        "9999999999999999999",
        "10000000000000000000",
        "18446744073709551615",
        "18446744073709551616",
        "00000000000000000000009007199254740993",
        "0.00000000000000000000000001",
        "0.00009007199254740993",
        "000.000000000000000000000000000000000000000001234567890123456789",
        "1234567890123456789012345678901234567890",
        "12345678",
        "1234567812345678",
        "12345678.12345678",
        "1234567.1234567812345678",
        "7.12345678123456781234567812345678",
        ".5",
        "5.",
        "2.2250738585072011",
        "1.7976931348623157",
        "1.7976931348623159",
        "4.9406564584124654",
        "2.4703282292062327",
        "2.4703282292062328",
    };
    char text[128];

    for (size_t k = 0; k < sizeof mantissas / sizeof mantissas[0]; k++)
        for (int exponent = -400; exponent <= 400; exponent++) {
            (void)snprintf(text, sizeof text, "%s", mantissas[k]);
            (void)check_text(text);
            (void)snprintf(text, sizeof text, "-%se%d", mantissas[k], exponent);
            (void)check_text(text);
            (void)snprintf(text, sizeof text, "%sE%+05d", mantissas[k],
                           exponent);
            (void)check_text(text);
        }
    for (size_t n = 1; n < 500; n++) { /* long ones */
        char digits[512] = "";
        memset(digits, n % 2 == 0 ? '9' : '0', n);
        digits[n / 2] = '.';
        digits[n] = '1';
        (void)check_text(digits);
    }
}
END_TEST

/* Where a run stops, and what it leaves. */
static const struct {
    const char *text;
    size_t n;    /* numbers read */
    size_t used; /* bytes */
} runs[] = {
    {"1,2,3\n4,5\n", 3, 6},
    {"1,2\r\n", 2, 4},
    {"1,2,", 2, 4},
    {"1,2", 1, 2}, /* who knows what follows */
    {"1,,2\n", 1, 2},
    {"1,x\n", 1, 2},
    {"1, 2\n", 1, 2},
    {"1,2 \n", 1, 2},
    {"1,\"2\"\n", 1, 2},
    {"1,nan\n", 1, 2},
    {"1,-5\n", 1, 2}, /* special, below */
    {"1,e5,", 1, 2},
    {"1,1e,", 1, 2},
    {"1,1e+,", 1, 2},
    {"1,1e5.,", 1, 2},
    {"1,.,", 1, 2},
    {"1,+,", 1, 2},
    {"1,1.2.3,", 1, 2},
    {"1,+-1,", 1, 2},
    {"1,0x10,", 1, 2},
    {"1,12345678x,", 1, 2},
    {"1,1.12345678x,", 1, 2},
    {"1,1.1234567812345678x,", 1, 2},
    {"\n", 0, 0},
    {"", 0, 0},
    {"1,2,3,4,5,6,7,8\n", 5, 10}, /* no more were asked for */
};

START_TEST(test_runs)
{
    char text[64 + RS_NUMBER_PAD] = "";
    bool special[256] = {false};
    const struct rs_number_format with_special = {',', '.', special};
    double values[5];
    const char *next = NULL;

    special['-'] = true;
    memset(text, '7', sizeof text); /* looked at, but not taken */
    memcpy(text, runs[_i].text, strlen(runs[_i].text) + 1);
    ck_assert_uint_eq(rs_numbers_read(values, 5, &next, text, &with_special),
                      runs[_i].n);
    ck_assert_uint_eq((size_t)(next - text), runs[_i].used);
    for (size_t i = 0; i < runs[_i].n; i++)
        ck_assert_double_eq(values[i], (double)(i + 1));
}
END_TEST

START_TEST(test_decimal_comma)
{
    static const struct rs_number_format comma = {';', ',', none_special};
    char text[64] = "1,5;-0,25e1;7;1.5\n";
    double values[5];
    const char *next = NULL;

    ck_assert_uint_eq(rs_numbers_read(values, 5, &next, text, &comma), 3);
    ck_assert_double_eq(values[0], 1.5);
    ck_assert_double_eq(values[1], -2.5);
    ck_assert_double_eq(values[2], 7.0);
    ck_assert_str_eq(next, "1.5\n");
}
END_TEST

/* ---- by numtext.h ------------------------------------------------ */

START_TEST(test_numbers_written_read_back)
{
    uint64_t state = 42;

    for (int i = 0; i < 400000; i++) {
        union {
            uint64_t bits;
            double value;
        } u = {random_bits(&state)};
        char text[RS_NUMTEXT_MAX];
        double back = 0.0;
        size_t n = 0;
        if (!isfinite(u.value))
            continue;
        n = rs_number_write(text, u.value);
        ck_assert_uint_le(n, 25);
        ck_assert_int_eq(rs_number_read(&back, text, n, '.'), RS_NUMBER_OK);
        ck_assert_mem_eq(&back, &u.value, sizeof back);
    }
}
END_TEST

static const struct {
    const char *text;
    enum rs_number_result result;
    double value;
} forms[] = {
    {"1", RS_NUMBER_OK, 1},
    {"+1.5", RS_NUMBER_OK, 1.5},
    {"1.", RS_NUMBER_OK, 1},
    {".25", RS_NUMBER_OK, 0.25},
    {"-0", RS_NUMBER_OK, -0.0},
    {"1E+2", RS_NUMBER_OK, 100},
    {"007", RS_NUMBER_OK, 7},
    {"1e-400", RS_NUMBER_TOO_SMALL, 0},
    {"-3.5e-324", RS_NUMBER_OK, -4.9e-324},
    {"2e-324", RS_NUMBER_TOO_SMALL, 0},
    {"0.0e-400", RS_NUMBER_OK, 0},
    {"9007199254740992", RS_NUMBER_OK, 9007199254740992},
    {"9007199254740993", RS_NUMBER_ROUNDED, 9007199254740992},
    {"-9007199254740993.000", RS_NUMBER_ROUNDED, -9007199254740992},
    {"+0009007199254740993.", RS_NUMBER_ROUNDED, 9007199254740992},
    {"9007199254740994.0", RS_NUMBER_OK, 9007199254740994},
    {"9007199254740993.5", RS_NUMBER_OK, 9007199254740994},
    {"9007199254740993e0", RS_NUMBER_OK, 9007199254740992},
    {"9007199254740993e1", RS_NUMBER_OK, 90071992547409930.0},
    {"1e23", RS_NUMBER_OK, 1e23},
    {"9999999999999999", RS_NUMBER_ROUNDED, 1e16},
    {"18446744073709551615", RS_NUMBER_ROUNDED, 18446744073709551616.0},
    {"18446744073709551616", RS_NUMBER_OK, 18446744073709551616.0},
    {"36893488147419103233", RS_NUMBER_ROUNDED, 36893488147419103232.0},
    {"123456789012345678901234567890.0000000000000000000000000",
     RS_NUMBER_ROUNDED, 123456789012345678901234567890.0},
    {"0e999999", RS_NUMBER_OK, 0},
    {"Infinity", RS_NUMBER_OK, INFINITY},
    {"-INF", RS_NUMBER_OK, -INFINITY},
    {"4.9e-324", RS_NUMBER_OK, 4.9e-324},
    {"2.2250738585072011e-308", RS_NUMBER_OK, 2.2250738585072011e-308},
    {"179769313486231570000000000000000000000e270", RS_NUMBER_OK,
     1.7976931348623157e308},
    {"1e400", RS_NUMBER_OUT_OF_RANGE, 0},
    {"-1e309", RS_NUMBER_OUT_OF_RANGE, 0},
    {"NaN", RS_NUMBER_NAN, 0},
    {"", RS_NUMBER_INVALID, 0},
    {".", RS_NUMBER_INVALID, 0},
    {"+", RS_NUMBER_INVALID, 0},
    {"e5", RS_NUMBER_INVALID, 0},
    {"1e", RS_NUMBER_INVALID, 0},
    {"1e+", RS_NUMBER_INVALID, 0},
    {"1,5", RS_NUMBER_INVALID, 0},
    {"0x10", RS_NUMBER_INVALID, 0},
    {"1d5", RS_NUMBER_INVALID, 0},
    {"--1", RS_NUMBER_INVALID, 0},
    {"1 2", RS_NUMBER_INVALID, 0},
    {"1.2.3", RS_NUMBER_INVALID, 0},
    {"infinit", RS_NUMBER_INVALID, 0},
};

START_TEST(test_number_forms)
{
    double value = 0.0;

    ck_assert_msg(rs_number_read(&value, forms[_i].text, strlen(forms[_i].text),
                                 '.') == forms[_i].result,
                  "'%s'", forms[_i].text);
    if (forms[_i].result <= RS_NUMBER_TOO_SMALL)
        ck_assert_mem_eq(&value, &forms[_i].value, sizeof value);
    ck_assert_int_eq(rs_number_read(&value, "-1,25", 5, ','), RS_NUMBER_OK);
    ck_assert_double_eq(value, -1.25);
    ck_assert_int_eq(rs_number_read(&value, "1.5", 3, ','), RS_NUMBER_INVALID);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_printed_as_strtod, 6},
    {&test_random_digits, 2},
    {&test_halfway, 1},
    {&test_edges, 1},
    {&test_runs, sizeof runs / sizeof runs[0]},
    {&test_decimal_comma, 1},
    {&test_numbers_written_read_back, 1},
    {&test_number_forms, sizeof forms / sizeof forms[0]},
};
SUITE(numread, tests)
