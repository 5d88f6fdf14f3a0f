/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numread.h"

#include <stdint.h>
#include <string.h>

/*
 * The fast reader. Eight digits at a time are recognised and converted in
 * one 64-bit word without a branch on how many there are, since lengths vary
 * from cell to cell and a mispredicted branch costs as much as the digits.
 * The mantissa is exact (19 digits fit in 64 bits), and it is scaled either
 * by one exact floating-point operation (W. D. Clinger, "How to read
 * floating point numbers accurately", PLDI 1990) or in 128-bit integers with
 * a sticky bit, rounded once. Both are correctly rounded.
 */

__extension__ typedef unsigned __int128 wide;

enum { WORD_DIGITS = 8, MOST_DIGITS = 19, MOST_POWER = 27 };

/* Powers of ten that a double holds exactly. */
static const double exact_powers[] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static const uint64_t powers[] = {1,      10,      100,      1000,     10000,
                                  100000, 1000000, 10000000, 100000000};

/* 5^0 to 5^27, the last that 64 bits hold. */
static const uint64_t fives[MOST_POWER + 1] = {
    UINT64_C(1),
    UINT64_C(5),
    UINT64_C(25),
    UINT64_C(125),
    UINT64_C(625),
    UINT64_C(3125),
    UINT64_C(15625),
    UINT64_C(78125),
    UINT64_C(390625),
    UINT64_C(1953125),
    UINT64_C(9765625),
    UINT64_C(48828125),
    UINT64_C(244140625),
    UINT64_C(1220703125),
    UINT64_C(6103515625),
    UINT64_C(30517578125),
    UINT64_C(152587890625),
    UINT64_C(762939453125),
    UINT64_C(3814697265625),
    UINT64_C(19073486328125),
    UINT64_C(95367431640625),
    UINT64_C(476837158203125),
    UINT64_C(2384185791015625),
    UINT64_C(11920928955078125),
    UINT64_C(59604644775390625),
    UINT64_C(298023223876953125),
    UINT64_C(1490116119384765625),
    UINT64_C(7450580596923828125),
};

/* ---- digits ------------------------------------------------------ */

/* Eight bytes, the first of them lowest, each XORed with '0': a digit is its
 * value then. */
static inline uint64_t load_word(const char *text)
{
    uint64_t word = 0;

    memcpy(&word, text, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word ^ UINT64_C(0x3030303030303030);
}

/* How many of the first bytes are digits. Bytes above 9 get their top bit
 * set; a carry disturbs bytes behind the first such one only. */
static inline unsigned leading_digits(uint64_t word)
{
    uint64_t others = ((word + UINT64_C(0x7676767676767676)) | word) &
                      UINT64_C(0x8080808080808080);

    return others == 0 ? WORD_DIGITS : (unsigned)__builtin_ctzll(others) / 8;
}

/* The number that the first n bytes say. They are moved to the end, behind
 * zeros (in two steps: all 64 bits cannot be shifted in one), and then added
 * up in pairs, fours and eights. */
static inline uint64_t word_value(uint64_t word, unsigned n)
{
    const uint64_t mask = UINT64_C(0x000000ff000000ff);
    unsigned half = 4 * (WORD_DIGITS - n);

    word = word << half << half;
    word = word * 10 + (word >> 8);
    return ((word & mask) * UINT64_C(0x000f424000000064) +
            (word >> 16 & mask) * UINT64_C(0x0000271000000001)) >>
           32;
}

/* What has been seen of a number. */
struct digits {
    uint64_t mantissa; /* modulo 2^64 */
    unsigned n;        /* digits, zeros in front too */
};

/* One word of digits; returns how many there were. */
static inline unsigned take_word(struct digits *d, const char *text)
{
    uint64_t word = load_word(text);
    unsigned n = leading_digits(word);

    d->mantissa = d->mantissa * powers[n] + word_value(word, n);
    d->n += n;
    return n;
}

static inline const char *take_digits(struct digits *d, const char *text)
{
    unsigned n = 0;

    do {
        n = take_word(d, text);
        text += n;
    } while (n == WORD_DIGITS);
    return text;
}

/* As take_digits, for digits that rarely are 16 or more: two words at once,
 * of which the second counts only if the first is full. */
static inline const char *take_fraction(struct digits *d, const char *text)
{
    uint64_t first = load_word(text);
    uint64_t second = load_word(text + WORD_DIGITS);
    unsigned n = leading_digits(first);
    unsigned more = leading_digits(second) * (n / WORD_DIGITS);

    d->mantissa = d->mantissa * powers[n] + word_value(first, n);
    d->mantissa = d->mantissa * powers[more] + word_value(second, more);
    d->n += n + more;
    text += n + more;
    return more == WORD_DIGITS ? take_digits(d, text) : text;
}

/* Zeros in front carry nothing, so they do not count as digits. */
static __attribute__((noinline)) unsigned
significant(unsigned n, const char *text, char decimal)
{
    for (; *text == '0' || *text == decimal; text++)
        n -= *text == '0';
    return n;
}

/* The exponent behind e, added to *exponent; NULL if it is none. Four digits
 * are more than any that is dealt with here. */
static inline const char *take_exponent(int *exponent, const char *text)
{
    bool negative = *text == '-';
    uint64_t word = 0;
    unsigned n = 0;

    text += *text == '-' || *text == '+';
    word = load_word(text);
    n = leading_digits(word);
    if (n == 0 || n > 4)
        return NULL;
    *exponent +=
        negative ? -(int)word_value(word, n) : (int)word_value(word, n);
    return text + n;
}

/* ---- scaling ----------------------------------------------------- */

/* q x 2^power, rounded once, when q's top bit is set (or nearly) and its
 * lowest says whether anything was lost below it. */
static double round_sticky(uint64_t q, int power)
{
    uint64_t bits = (uint64_t)(1023 + power) << 52;
    double scale = 0.0;

    memcpy(&scale, &bits, sizeof scale);
    return (double)q * scale; /* the conversion rounds, the product does not */
}

/* True when mantissa x 10^exponent is an integer that no double is: exponent
 * -k says k digits behind the point, which are 0 then, and three at most, as
 * 2^53 has 16 of the 19 digits. */
static bool is_rounded_integer(uint64_t mantissa, int exponent)
{
    if (mantissa == 0 || exponent > 0 || exponent < -3 ||
        mantissa % powers[-exponent] != 0)
        return false;
    mantissa /= powers[-exponent];
    return (mantissa & (UINT64_MAX >> 53 >> __builtin_clzll(mantissa))) != 0;
}

/* mantissa x 10^exponent for a mantissa above 0 and an exponent of at most
 * MOST_POWER either way. */
static __attribute__((noinline)) double scale_wide(uint64_t mantissa,
                                                   int exponent)
{
    int zeros = __builtin_clzll(mantissa);

    mantissa <<= zeros;
    if (exponent >= 0) {
        wide product = (wide)mantissa * fives[exponent];
        uint64_t high = (uint64_t)(product >> 64);
        int spare = 0;
        if (high == 0) /* 5^0 alone */
            return round_sticky(mantissa, -zeros);
        spare = __builtin_clzll(high);
        product <<= spare;
        high = (uint64_t)(product >> 64) | ((uint64_t)product != 0);
        return round_sticky(high, exponent + 64 - spare - zeros);
    }
    {
        uint64_t divisor = fives[-exponent];
        int room = __builtin_clzll(divisor);
        wide dividend = (wide)mantissa << 64;
        uint64_t quotient = 0;
        int halved = 0;
        divisor <<= room;
        halved = mantissa >= divisor; /* or the quotient takes 65 bits */
        dividend >>= halved;
        quotient = (uint64_t)(dividend / divisor);
        quotient |= (wide)quotient * divisor != dividend;
        return round_sticky(quotient, exponent - 64 + halved + room - zeros);
    }
}

/* Whether one exact operation scales the mantissa. */
static inline bool is_narrow(uint64_t mantissa, int exponent)
{
    return mantissa <= UINT64_C(1) << 53 && exponent >= -22 && exponent <= 22;
}

static inline double scale_narrow(uint64_t mantissa, int exponent)
{
    return exponent < 0 ? (double)(int64_t)mantissa / exact_powers[-exponent]
                        : (double)(int64_t)mantissa * exact_powers[exponent];
}

/* Without a branch: signs are as good as random. */
static inline double with_sign(double magnitude, bool negative)
{
    uint64_t bits = 0;

    memcpy(&bits, &magnitude, sizeof bits);
    bits |= (uint64_t)negative << 63;
    memcpy(&magnitude, &bits, sizeof magnitude);
    return magnitude;
}

/* ---- numbers ----------------------------------------------------- */

/* One number; NULL if it is none, or not one for this reader.
 * rounded  out  set when it is an integer written without an exponent that no
 *               double is; NULL: such a number is not one for this reader */
static inline __attribute__((always_inline)) const char *
take_number(double *value, bool *rounded, const char *text, char decimal)
{
    struct digits d = {0, 0};
    bool negative = *text == '-';
    const char *begin = text + (negative || *text == '+');
    const char *at = take_digits(&d, begin);
    const char *behind = NULL;
    int exponent = 0;

    if (*at == decimal) {
        unsigned whole = d.n;
        at = take_fraction(&d, at + 1);
        exponent = (int)whole - (int)d.n;
    }
    if (d.n == 0 ||
        (d.n > MOST_DIGITS && significant(d.n, begin, decimal) > MOST_DIGITS))
        return NULL;
    behind = at;
    if ((*at | 0x20) == 'e') {
        at = take_exponent(&exponent, at + 1);
        if (at == NULL)
            return NULL;
    }
    if (exponent < -MOST_POWER || exponent > MOST_POWER)
        return NULL;
    if (is_narrow(d.mantissa, exponent)) {
        *value = with_sign(scale_narrow(d.mantissa, exponent), negative);
        return at;
    }
    if (at == behind && is_rounded_integer(d.mantissa, exponent)) {
        if (rounded == NULL)
            return NULL;
        *rounded = true;
    }
    *value = with_sign(d.mantissa == 0 ? 0.0 : scale_wide(d.mantissa, exponent),
                       negative);
    return at;
}

size_t rs_numbers_read(double *values, size_t n, const char **next,
                       const char *text, const struct rs_number_format *format)
{
    const char delimiter = format->delimiter;
    const char decimal = format->decimal;
    const bool *special = format->special;
    size_t i = 0;

    while (i < n && !special[(unsigned char)*text]) {
        double value = 0.0;
        const char *end = take_number(&value, NULL, text, decimal);
        bool is_last = false;
        if (end == NULL)
            break;
        is_last = *end == '\n' || *end == '\r';
        if (*end != delimiter && !is_last)
            break;
        values[i++] = value;
        text = end + 1;
        if (is_last)
            break;
    }
    *next = text;
    return i;
}

bool rs_number_may_contain(char c)
{
    return (c >= '0' && c <= '9') || memchr("+-eE", c, 4) != NULL;
}

/* Whether no number begins like this: with a letter other than those of nan
 * and inf. Most cells of text are known by that. */
static bool is_word(char first)
{
    char small = (char)(first | 0x20);

    return small >= 'a' && small <= 'z' && small != 'n' && small != 'i';
}

enum rs_number_result rs_number_read(double *value, const char *text, size_t n,
                                     char decimal)
{
    char copy[40 + 1 + RS_NUMBER_PAD] = {0}; /* the text may end anywhere */
    double fast = 0.0;
    bool rounded = false;

    if (n > 0 && is_word(*text))
        return RS_NUMBER_INVALID;
    if (n > 0 && n <= 40) {
        memcpy(copy, text, n);
        if (take_number(&fast, &rounded, copy, decimal) == copy + n) {
            *value = fast;
            return rounded ? RS_NUMBER_ROUNDED : RS_NUMBER_OK;
        }
    }
    return rs_number_read_slow(value, text, n, decimal);
}
