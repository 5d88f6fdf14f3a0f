/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NUMTEXT_H
#define RS_NUMTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Numbers to text and back, correctly rounded both ways and independent of
 * the locale. C++ libraries stand behind these C functions: Dragonbox and
 * <charconv>.
 */

#ifdef __cplusplus
extern "C" {
#endif

/* Room that any number needs, no NUL. Writers may use all of it, beyond the
 * text that they report. */
enum { RS_NUMTEXT_MAX = 32 };

/*
 * Writes the shortest text that reads back to the same double, the nearest to
 * it of that length; without an exponent where that is not longer. The same
 * bytes as std::to_chars.
 * out     out  [RS_NUMTEXT_MAX] bytes, not terminated
 * value   in   finite
 * Returns the number of bytes, e.g. "0.1", "1e-300", "-3".
 */
size_t rs_number_write(char *out, double value);

/* As %.<digits>g; digits in 1..17. */
size_t rs_number_write_digits(char *out, double value, int digits);

/* A whole number. */
size_t rs_count_write(char *out, uint64_t value);

enum rs_number_result {
    RS_NUMBER_OK,
    RS_NUMBER_ROUNDED,      /* an integer beyond 2^53, written without an
                               exponent, that no double is */
    RS_NUMBER_TOO_SMALL,    /* other than 0, and rounded to it */
    RS_NUMBER_NAN,          /* the word nan or -nan, in any case */
    RS_NUMBER_OUT_OF_RANGE, /* too large for a double */
    RS_NUMBER_INVALID
};

/*
 * Reads a whole field as a number, by the grammar in csv_read.h.
 * value    out  set for the first three results only; inf is OK and infinite
 * text     in   [n] bytes
 * decimal  in   '.' or ','
 */
enum rs_number_result rs_number_read(double *value, const char *text, size_t n,
                                     char decimal);

#ifdef __cplusplus
}
#endif

#endif
