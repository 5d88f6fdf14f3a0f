/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CSV_SNIFF_H
#define RS_CSV_SNIFF_H

#include "error.h"

#include <stddef.h>

/*
 * First looks at an input: what it is, and what separates its fields.
 */

/*
 * Refuses what is no text table: UTF-16.
 * mark  out  length of a UTF-8 byte order mark at the beginning, or 0
 */
enum rs_status rs_sniff_kind(size_t *mark, const char *bytes, size_t n,
                             const char *path,
                             struct rs_error *err) RS_MUST_CHECK;

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
