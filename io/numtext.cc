/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numtext.h"

#include <charconv>

extern "C" std::size_t rs_number_write(char *out, double value)
{
    return static_cast<std::size_t>(
        std::to_chars(out, out + RS_NUMTEXT_MAX, value).ptr - out);
}

extern "C" std::size_t rs_number_write_digits(char *out, double value,
                                              int digits)
{
    return static_cast<std::size_t>(
        std::to_chars(out, out + RS_NUMTEXT_MAX, value,
                      std::chars_format::general, digits)
            .ptr -
        out);
}
