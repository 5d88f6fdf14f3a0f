/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Numbers to text. A value times a power of ten, of which the library Dragonbox
 * (J. Jeon, 2020) has a table of 128 bits each, gives most values their
 * digits, the shortest as well as a number of them, with an error bound. What
 * that leaves open (ties, powers of two, extremes) goes to Dragonbox itself
 * or to <charconv>; so do whole numbers of 16 digits and more. All of it
 * equals <charconv> byte for byte.
 *
 * There are few branches: digits are random, and a branch on them is guessed
 * wrong half the time.
 */
#include "numtext.h"

#include <charconv>
#include <cstdint>
#include <cstring>
#include <dragonbox/dragonbox.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace
{

using std::uint32_t;
using std::uint64_t;
__extension__ using uint128_t = unsigned __int128;

namespace library = jkj::dragonbox;

enum { MAX_DIGITS = 17 };

const uint64_t powers_of_ten[MAX_DIGITS + 1] = {1,
                                                10,
                                                100,
                                                1000,
                                                10000,
                                                100000,
                                                1000000,
                                                10000000,
                                                100000000,
                                                1000000000,
                                                10000000000,
                                                100000000000,
                                                1000000000000,
                                                10000000000000,
                                                100000000000000,
                                                1000000000000000,
                                                10000000000000000,
                                                100000000000000000};

/* ---- digits ------------------------------------------------------ */

/* Stores eight bytes, the lowest first. */
inline void store(char *out, uint64_t bytes)
{
    if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
        bytes = __builtin_bswap64(bytes);
    std::memcpy(out, &bytes, sizeof bytes);
}

const uint64_t ascii_zeros = 0x3030303030303030u;

/* The eight digits of a number below 10^8, one in a byte, the first in the
 * lowest. Halves, quarters and eighths of a word are divided side by side;
 * rest - q d becomes the upper part and q the lower in one step. */
inline uint64_t eight_digits(uint32_t number)
{
    uint64_t word = number;
    uint64_t quotient = number / 10000;

    word = (word << 32) - quotient * ((uint64_t{10000} << 32) - 1);
    quotient = (word * 5243 >> 19) & 0x0000007f0000007fu; /* / 100 */
    word = (word << 16) - quotient * ((100u << 16) - 1);
    quotient = (word * 103 >> 10) & 0x000f000f000f000fu; /* / 10 */
    return (word << 8) - quotient * ((10u << 8) - 1);
}

/* Sixteen digits in memory order, and which of them are not 0. */
struct sixteen {
    uint64_t first; /* eight digits */
    uint64_t second;
    uint32_t mask; /* bit i: digit i is not 0 */
};

#ifdef __SSE2__

/* As eight_digits for two numbers at once. */
inline sixteen sixteen_digits(uint32_t first, uint32_t second)
{
    __m128i number = _mm_set_epi64x(second, first);
    __m128i quotient = _mm_srli_epi64(
        _mm_mul_epu32(number, _mm_set1_epi64x(3518437209)), 45); /* / 10^4 */
    __m128i rest =
        _mm_sub_epi32(number, _mm_mul_epu32(quotient, _mm_set1_epi64x(10000)));
    number = _mm_or_si128(quotient, _mm_slli_epi64(rest, 32));
    quotient = _mm_srli_epi16(_mm_mulhi_epu16(number, _mm_set1_epi16(5243)),
                              3); /* / 100 */
    rest =
        _mm_sub_epi16(number, _mm_mullo_epi16(quotient, _mm_set1_epi16(100)));
    number = _mm_or_si128(quotient, _mm_slli_epi32(rest, 16));
    quotient = _mm_mulhi_epu16(number, _mm_set1_epi16(6554)); /* / 10 */
    number =
        _mm_sub_epi16(_mm_slli_epi16(number, 8),
                      _mm_mullo_epi16(quotient, _mm_set1_epi16((10 << 8) - 1)));
    __m128i zeros = _mm_cmpeq_epi8(number, _mm_setzero_si128());
    return sixteen{static_cast<uint64_t>(_mm_cvtsi128_si64(number)),
                   static_cast<uint64_t>(
                       _mm_cvtsi128_si64(_mm_unpackhi_epi64(number, number))),
                   static_cast<uint32_t>(_mm_movemask_epi8(zeros)) ^ 0xffffu};
}

#else

/* Bit i of the result: byte i, at most 9, is not 0. */
inline uint32_t not_zero(uint64_t digits)
{
    uint64_t bits = (digits + 0x7f7f7f7f7f7f7f7fu) & 0x8080808080808080u;

    return static_cast<uint32_t>((bits >> 7) * 0x0102040810204080u >> 56);
}

inline sixteen sixteen_digits(uint32_t first, uint32_t second)
{
    sixteen digits{eight_digits(first), eight_digits(second), 0};

    digits.mask = not_zero(digits.first) | not_zero(digits.second) << 8;
    return digits;
}

#endif

/* d.ddd... times a power of ten, 17 digits, the first not 0. */
struct decimal {
    uint64_t first;  /* eight digits, one in a byte */
    uint64_t second; /* the next eight */
    uint32_t last;   /* one digit */
    int exponent;
    int n_digits; /* without zeros at the end */
};

/* number  in  [10^8, 10^9), in front of eight zeros */
inline void split_short(decimal &d, uint32_t number)
{
    uint32_t tenth = number / 10;

    d.first = eight_digits(tenth);
    d.second = number - tenth * 10;
    d.last = 0;
    /* Zeros are counted from below: all x86 do that fast. */
    d.n_digits = d.second != 0
                     ? 9
                     : 8 - (__builtin_ctzll(__builtin_bswap64(d.first)) >> 3);
}

/* number  in  [10^16, 10^17) */
inline void split(decimal &d, uint64_t number)
{
    const uint32_t billion = 1000000000;
    auto high = static_cast<uint32_t>(number / billion);
    auto low = static_cast<uint32_t>(number - uint64_t{high} * billion);
    uint32_t middle = low / 10;
    sixteen digits = sixteen_digits(high, middle);
    uint32_t last = low - middle * 10;

    d.first = digits.first;
    d.second = digits.second;
    d.last = last;
    d.n_digits = 32 - __builtin_clz(digits.mask |
                                    static_cast<uint32_t>(last != 0) << 16);
}

/* ---- layout ------------------------------------------------------ */

/* Opens a gap of one byte behind the first n < 8 bytes of a word; the last
 * byte falls out. */
inline uint64_t insert(uint64_t bytes, int n, uint64_t byte)
{
    int shift = 8 * n;
    uint64_t behind = bytes >> shift << shift;

    return (bytes ^ behind) | byte << shift | behind << 8;
}

enum { LEAST_EXPONENT = -324, MOST_EXPONENT = 308 };

/* e+05 or e-300 for every exponent: its bytes, and in the top byte their
 * number. */
struct suffix_table {
    uint64_t words[MOST_EXPONENT - LEAST_EXPONENT + 1];
};

constexpr suffix_table make_suffixes()
{
    suffix_table table{};

    for (int i = LEAST_EXPONENT; i <= MOST_EXPONENT; i++) {
        auto size = static_cast<uint64_t>(i < 0 ? -i : i);
        uint64_t length = size < 100 ? 4 : 5;
        uint64_t word = '0' + size % 10;

        word = word << 8 | ('0' + size / 10 % 10);
        if (size >= 100)
            word = word << 8 | ('0' + size / 100);
        word = word << 8 | (i < 0 ? '-' : '+');
        word = word << 8 | 'e';
        table.words[i - LEAST_EXPONENT] = word | length << 56;
    }
    return table;
}

constexpr suffix_table suffixes = make_suffixes();

/* How a number is laid out: zeros in front, digits before the point. */
struct layout {
    unsigned char n_front;
    unsigned char gap;    /* digits in front of the inserted character */
    unsigned char insert; /* the point; in 0.00ddd, what precedes digits */
};

enum { LEAST_FIXED = -4, MOST_FIXED = 14 };

/* By exponent, from LEAST_FIXED. */
const layout layouts[] = {
    {4, 0, '0'},  {3, 0, '0'},  {2, 0, '0'},  {1, 0, '.'},  {0, 1, '.'},
    {0, 2, '.'},  {0, 3, '.'},  {0, 4, '.'},  {0, 5, '.'},  {0, 6, '.'},
    {0, 7, '.'},  {0, 8, '.'},  {0, 9, '.'},  {0, 10, '.'}, {0, 11, '.'},
    {0, 12, '.'}, {0, 13, '.'}, {0, 14, '.'}, {0, 15, '.'}};

/*
 * Writes a decimal; touches at most RS_NUMTEXT_MAX - 1 bytes. Stores
 * overlap; the later one wins.
 * fixed  in  exponent in LEAST_FIXED..MOST_FIXED, no e behind the number
 */
inline char *lay_out(char *out, const decimal &d, bool fixed)
{
    const layout &l = layouts[(fixed ? d.exponent : 0) - LEAST_FIXED];
    uint64_t suffix = suffixes.words[d.exponent - LEAST_EXPONENT];
    uint64_t first = d.first | ascii_zeros;
    uint64_t second = d.second | ascii_zeros;
    int gap = l.gap;

    std::memcpy(out, "0.000000", 8);
    out += l.n_front;
    if (gap < 8) {
        store(out + 1, first);
        store(out, insert(first, gap, l.insert));
        store(out + 9, second);
    } else {
        store(out, first);
        store(out + 9, second);
        store(out + 8, insert(second, gap - 8, l.insert));
        out[16] = static_cast<char>(second >> 56);
    }
    out[17] = static_cast<char>('0' | d.last);
    out += d.n_digits > gap ? d.n_digits + 1 : gap;
    if (fixed)
        return out;
    store(out, suffix);
    return out + (suffix >> 56);
}

/* ---- the two ways to digits -------------------------------------- */

inline uint64_t bits_of(double value)
{
    uint64_t bits = 0;

    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Whether <charconv> writes the shortest digits in fixed notation: when that
 * is not longer. */
inline bool shortest_is_fixed(const decimal &d)
{
    int single = d.n_digits == 1 ? 1 : 0; /* no point in 1e5 */

    return (d.exponent >= single - 4) & (d.exponent <= d.n_digits + 4 - single);
}

/* The library's own names for its tables (1.1.3), not part of its interface. */
using powers = library::detail::cache_holder<library::ieee754_binary64>;
using library::detail::log::floor_log10_pow2;
using library::detail::log::floor_log2_pow10;

/* 10^k is this / 2^127 * 2^floor_log2_pow10(k); k from powers::min_k. */
inline const powers::cache_entry_type &power_of_ten(int k)
{
    return powers::cache[k - powers::min_k];
}

/* A value taken apart: m / 2^63 * 2^log2, 2^63 <= m < 2^64. */
struct binary {
    uint64_t m;
    int log2;
};

/* False outside of the range in which the table has all powers needed. */
inline bool take_apart(binary &b, double value)
{
    uint64_t bits = bits_of(value);
    int biased = static_cast<int>(bits >> 52 & 0x7ff);

    b.m = uint64_t{1} << 63 | bits << 11;
    b.log2 = biased - 1023;
    return biased >= 63 && biased <= 1983;
}

/* A value times 10^k, below 2^57. */
struct scaled {
    uint64_t whole;
    uint64_t behind; /* the point, in 2^-64 */
    int shift;       /* of the product */
};

/*
 * With c 2^r the power of ten, c of 128 bits, the upper 128 bits of m c are a
 * fixed-point number with at least 70 bits behind the point. c is off by less
 * than 1 in its last bit: behind is off by less than 2.
 */
inline scaled scale(const binary &b, const powers::cache_entry_type &c,
                    int log2)
{
    uint128_t product =
        uint128_t{b.m} * c.high() + (uint128_t{b.m} * c.low() >> 64);
    auto high = static_cast<uint64_t>(product >> 64);
    auto low = static_cast<uint64_t>(product);
    int shift = 62 - b.log2 - log2; /* in 7..63 */

    return scaled{high >> shift, high << (-shift & 63) | low >> shift, shift};
}

/* Whether two numbers are too near to say which is larger. */
inline bool near(uint64_t a, uint64_t b)
{
    return a - b + 4 <= 8;
}

const uint64_t half = uint64_t{1} << 63; /* of one, in 2^-64 */

/*
 * The shortest digits, or false where this cannot decide.
 *
 * Scaled so that the distance to the next double is in [1, 10), the numbers
 * that read back to the value are those nearer to it than half of that. Of
 * the multiples of ten at most one is among them, and it is the shortest
 * (Giulietti's Schubfach, 2020); else the nearest whole number is. Bounds
 * are known to 2^-60: what is nearer to one goes to Dragonbox, and so do
 * powers of two, whose distances down and up differ.
 */
inline bool shortest_by_scaling(decimal &d, double value)
{
    const uint64_t one = uint64_t{1} << 60; /* of tens, in 2^-60 */
    binary b;

    if (!take_apart(b, value) || b.m == half)
        return false;
    int k = -floor_log10_pow2(b.log2 - 52);
    scaled x = scale(b, power_of_ten(k), floor_log2_pow10(k));
    uint64_t radius = power_of_ten(k).high() >> (x.shift - 6);
    uint64_t tens = x.whole / 10 * 10;
    uint64_t down = (x.whole - tens) * one | x.behind >> 4;
    uint64_t up = 10 * one - down;
    uint64_t number = x.whole + (x.behind >> 63);
    if (near(down, radius) | near(up, radius) | near(x.behind, half))
        return false;
    number = down < radius ? tens : number;
    number = up < radius ? tens + 10 : number;
    auto shorter = uint64_t{number < powers_of_ten[MAX_DIGITS - 1]};
    split(d, number + (number * 9 & -shorter)); /* a branch would be wrong */
    d.exponent = MAX_DIGITS - 1 - k - static_cast<int>(shorter);
    return true;
}

/*
 * Rounds to so many digits; false where this cannot decide, as with ties.
 *
 * The value is between two powers of ten; which, its binary exponent leaves
 * open at times, and both scales are looked up ahead. Where a power of ten has
 * more than 64 bits, its upper 64 never end in eleven zeros as m does:
 * comparing them is enough.
 */
inline bool rounded(decimal &d, double value, int digits)
{
    binary b;

    if (!take_apart(b, value))
        return false;
    int exponent = floor_log10_pow2(b.log2);
    int k = digits - 1 - exponent;
    powers::cache_entry_type c = power_of_ten(k);
    int c_log2 = floor_log2_pow10(k);
    const auto &next = power_of_ten(exponent + 1);
    if (static_cast<int>(floor_log2_pow10(exponent + 1) == b.log2) &
        static_cast<int>(b.m >= next.high())) {
        c = power_of_ten(k - 1);
        c_log2 = floor_log2_pow10(k - 1);
        exponent++;
    }
    scaled x = scale(b, c, c_log2);
    uint64_t number = x.whole + (x.behind >> 63);
    if (near(x.behind, half))
        return false;
    if (number == powers_of_ten[digits]) {
        number = powers_of_ten[digits - 1];
        exponent++;
    }
    if (digits <= 9)
        split_short(d, static_cast<uint32_t>(number) *
                           static_cast<uint32_t>(powers_of_ten[9 - digits]));
    else
        split(d, number * powers_of_ten[MAX_DIGITS - digits]);
    d.exponent = exponent;
    return true;
}

inline std::size_t write(char *out, double value, const decimal &d, bool fixed)
{
    char *at = out + (bits_of(value) >> 63);

    *out = '-';
    return static_cast<std::size_t>(lay_out(at, d, fixed) - out);
}

__attribute__((noinline, cold)) std::size_t write_by_charconv(char *out,
                                                              double value)
{
    return static_cast<std::size_t>(
        std::to_chars(out, out + RS_NUMTEXT_MAX, value).ptr - out);
}

__attribute__((noinline, cold)) std::size_t
write_by_charconv(char *out, double value, int digits)
{
    return static_cast<std::size_t>(
        std::to_chars(out, out + RS_NUMTEXT_MAX, value,
                      std::chars_format::general, digits)
            .ptr -
        out);
}

/* The shortest digits by Dragonbox, which decides every case. */
__attribute__((noinline)) std::size_t write_by_dragonbox(char *out,
                                                         double value)
{
    decimal d;
    int n = 1;

    if (value == 0.0)
        return write_by_charconv(out, value);
    auto found = library::to_decimal(value, library::policy::sign::ignore,
                                     library::policy::trailing_zero::ignore);
    while (n < MAX_DIGITS && found.significand >= powers_of_ten[n])
        n++;
    split(d, found.significand * powers_of_ten[MAX_DIGITS - n]);
    d.exponent = found.exponent + n - 1;
    bool fixed = shortest_is_fixed(d);
    if (fixed && d.exponent > MOST_FIXED)
        return write_by_charconv(out, value);
    return write(out, value, d, fixed);
}

} // namespace

extern "C" std::size_t rs_number_write(char *out, double value)
{
    decimal d;

    if (!shortest_by_scaling(d, value))
        return write_by_dragonbox(out, value);
    bool fixed = shortest_is_fixed(d);
    if (fixed && d.exponent > MOST_FIXED) /* an integer: all of its digits */
        return write_by_charconv(out, value);
    return write(out, value, d, fixed);
}

extern "C" std::size_t rs_number_write_digits(char *out, double value,
                                              int digits)
{
    decimal d;

    if (!rounded(d, value, digits))
        return write_by_charconv(out, value, digits);
    bool fixed = (d.exponent >= LEAST_FIXED) & (d.exponent < digits);
    if (fixed && d.exponent > MOST_FIXED)
        return write_by_charconv(out, value, digits);
    return write(out, value, d, fixed);
}

extern "C" std::size_t rs_count_write(char *out, uint64_t value)
{
    uint64_t digits = 0;
    int n_zeros = 0;

    if (value >= powers_of_ten[8])
        return static_cast<std::size_t>(
            std::to_chars(out, out + RS_NUMTEXT_MAX, value).ptr - out);
    digits = eight_digits(static_cast<uint32_t>(value));
    n_zeros = __builtin_ctzll(digits | uint64_t{1} << 56) / 8;
    store(out, (digits | ascii_zeros) >> 8 * n_zeros);
    return static_cast<std::size_t>(8 - n_zeros);
}
