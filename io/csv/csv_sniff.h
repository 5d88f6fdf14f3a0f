/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CSV_SNIFF_H
#define RS_CSV_SNIFF_H

#include "error.h"

#include <stddef.h>

/*
 * First looks at an input: what separates its fields.
 */

/* Length of a UTF-8 byte order mark at the beginning, or 0. */
size_t rs_sniff_mark(const char *bytes, size_t n);

/* The separator that a first line `sep=;` names, as Excel knows it, quoted or
 * not; NUL: it is no such line. */
char rs_sniff_sep_line(const char *bytes, size_t n);

/*
 * The delimiter among comma, tab, semicolon and pipe that cuts the first
 * lines into the same number of fields, the most if there are several; by
 * the first line alone if none does. A single column gives the comma.
 * decimal  in  '.' or ','; a decimal comma is taken for the delimiter where
 *              no other cuts all lines alike, and a single column gives the
 *              semicolon
 */
char rs_sniff_delimiter(const char *bytes, size_t n, char decimal);

#endif
