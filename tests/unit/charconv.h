/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TEST_CHARCONV_H
#define RS_TEST_CHARCONV_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* std::to_chars(value), the reference for rs_number_write. Returns the number
 * of bytes in out[n], not terminated; 0 without room. */
size_t charconv_shortest(char *out, size_t n, double value);

#ifdef __cplusplus
}
#endif

#endif
