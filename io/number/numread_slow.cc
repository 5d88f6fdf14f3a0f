/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numread.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <system_error>

namespace
{

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool equals_word(const char *text, std::size_t n, const char *word)
{
    if (n != std::strlen(word))
        return false;
    for (std::size_t i = 0; i < n; i++)
        if ((text[i] | 0x20) != word[i])
            return false;
    return true;
}

/* What a scan of the grammar has seen. */
struct parts {
    std::uint64_t mantissa; /* its first 19 significant digits */
    int n_significant;      /* significant digits met */
    int exponent;           /* of ten, for the mantissa */
    bool negative;
    bool zero;  /* no digit but 0 */
    bool whole; /* nothing behind the point but 0, and no exponent */
};

/* Digits into the mantissa; each beyond the 19th only moves the exponent. */
const char *scan_digits(parts &p, const char *at, const char *end,
                        bool fraction)
{
    for (; at != end && is_digit(*at); at++) {
        p.whole = p.whole && (!fraction || *at == '0');
        if (p.n_significant > 0 || *at != '0') {
            p.n_significant++;
            if (p.n_significant <= 19)
                p.mantissa =
                    p.mantissa * 10 + static_cast<std::uint64_t>(*at - '0');
        }
        if (fraction && p.n_significant <= 19)
            p.exponent--;
        else if (!fraction && p.n_significant > 19)
            p.exponent++;
    }
    return at;
}

/* The exponent behind an e; false when there are no digits. */
bool scan_exponent(parts &p, const char *at, const char *end)
{
    bool negative = false;
    int value = 0;

    if (at != end && (*at == '+' || *at == '-'))
        negative = *at++ == '-';
    if (at == end)
        return false;
    for (; at != end; at++) {
        if (!is_digit(*at))
            return false;
        if (value < 100000)
            value = value * 10 + (*at - '0');
    }
    p.exponent += negative ? -value : value;
    return true;
}

/* Checks [+-]digits[.digits][e[+-]digits] and takes it apart. */
bool scan_number(parts &p, const char *at, const char *end, char decimal)
{
    std::size_t n_digits = 0;
    const char *from = nullptr;

    p = parts{};
    p.whole = true;
    if (at != end && (*at == '+' || *at == '-'))
        p.negative = *at++ == '-';
    from = at;
    at = scan_digits(p, at, end, false);
    n_digits = static_cast<std::size_t>(at - from);
    if (at != end && *at == decimal) {
        from = ++at;
        at = scan_digits(p, at, end, true);
        n_digits += static_cast<std::size_t>(at - from);
    }
    if (n_digits == 0)
        return false;
    p.zero = p.n_significant == 0;
    if (at == end)
        return true;
    p.whole = false;
    return (*at == 'e' || *at == 'E') && scan_exponent(p, at + 1, end);
}

/* The library's conversion; it wants a point and no plus sign. */
rs_number_result convert_slow(double *value, const parts &p, const char *text,
                              std::size_t n, char decimal)
{
    char copy[512];
    std::from_chars_result result{};
    const char *from = text + (text[0] == '+' ? 1 : 0);

    n -= static_cast<std::size_t>(from - text);
    if (decimal != '.') {
        char *mark = nullptr;
        if (n > sizeof copy) /* a number of 500 digits: not worth a heap */
            return RS_NUMBER_INVALID;
        std::memcpy(copy, from, n);
        mark = static_cast<char *>(std::memchr(copy, decimal, n));
        if (mark != nullptr)
            *mark = '.';
        from = copy;
    }
    result = std::from_chars(from, from + n, *value);
    if (result.ec == std::errc::result_out_of_range) {
        /* Out of range both ways; which, the exponent tells. */
        if (p.exponent + (p.n_significant < 19 ? p.n_significant : 19) > 0)
            return RS_NUMBER_OUT_OF_RANGE;
        *value = p.negative ? -0.0 : 0.0;
        return RS_NUMBER_TOO_SMALL;
    }
    return result.ec == std::errc() && result.ptr == from + n
               ? RS_NUMBER_OK
               : RS_NUMBER_INVALID;
}

/* True when the whole number that [at, end) says is not this double. */
bool is_rounded(double value, const char *at, const char *end)
{
    char digits[320]; /* the largest double has 309 */
    const char *from = nullptr;
    std::to_chars_result result{};

    if (std::fabs(value) < 9007199254740992.0)
        return false;
    while (*at == '+' || *at == '-' || *at == '0')
        at++;
    for (from = at; at != end && is_digit(*at); at++)
        ;
    result = std::to_chars(digits, digits + sizeof digits, std::fabs(value),
                           std::chars_format::fixed, 0);
    return at - from != result.ptr - digits ||
           std::memcmp(digits, from, static_cast<std::size_t>(at - from)) != 0;
}

} // namespace

extern "C" enum rs_number_result rs_number_read_slow(double *value,
                                                     const char *text,
                                                     std::size_t n,
                                                     char decimal)
{
    parts p;

    if (scan_number(p, text, text + n, decimal)) {
        if (p.zero) {
            *value = p.negative ? -0.0 : 0.0;
            return RS_NUMBER_OK;
        }
        rs_number_result result = convert_slow(value, p, text, n, decimal);
        return result == RS_NUMBER_OK && p.whole &&
                       is_rounded(*value, text, text + n)
                   ? RS_NUMBER_ROUNDED
                   : result;
    }
    if (equals_word(text, n, "nan") || equals_word(text, n, "-nan"))
        return RS_NUMBER_NAN;
    if (n > 1 && (text[0] == '+' || text[0] == '-')) {
        p.negative = text[0] == '-';
        text++;
        n--;
    }
    if (equals_word(text, n, "inf") || equals_word(text, n, "infinity")) {
        *value = p.negative ? -std::numeric_limits<double>::infinity()
                            : std::numeric_limits<double>::infinity();
        return RS_NUMBER_OK;
    }
    return RS_NUMBER_INVALID;
}
