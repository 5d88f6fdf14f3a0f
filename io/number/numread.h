/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NUMREAD_H
#define RS_NUMREAD_H

#include "numtext.h"

/*
 * Private to numread*: the fast reader of runs of numbers, and the careful
 * one of single numbers that it leaves everything unusual to.
 */

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes behind the NUL of a text that may be looked at (not used). */
enum { RS_NUMBER_PAD = 24 };

struct rs_number_format {
    char delimiter;      /* no byte of a number, blank or line end */
    char decimal;        /* '.' or ',' */
    const bool *special; /* [256] first bytes of fields not to be read */
};

/*
 * Reads numbers that follow each other, each with the delimiter or one byte
 * of line end (LF or CR) behind it; a line end is the last byte taken.
 * Stops at whatever it is not sure of, and that is no fault: it reads
 * correctly rounded what it reads, but not all that rs_number_read would.
 * values  out  [n]
 * text    in   with a NUL somewhere, and RS_NUMBER_PAD bytes behind it
 * Returns how many were read; *next is the byte behind the last separator.
 */
size_t rs_numbers_read(double *values, size_t n, const char **next,
                       const char *text, const struct rs_number_format *format);

/* True when the byte cannot be a format's delimiter. */
bool rs_number_may_contain(char c);

/* rs_number_read without a fast path. */
enum rs_number_result rs_number_read_slow(double *value, const char *text,
                                          size_t n, char decimal);

#ifdef __cplusplus
}
#endif

#endif
