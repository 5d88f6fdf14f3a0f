/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charconv.h"

#include <charconv>
#include <system_error>

extern "C" std::size_t charconv_shortest(char *out, std::size_t n, double value)
{
    auto result = std::to_chars(out, out + n, value);

    return result.ec == std::errc() ? static_cast<std::size_t>(result.ptr - out)
                                    : 0;
}
