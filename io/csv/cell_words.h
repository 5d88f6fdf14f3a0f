/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CELL_WORDS_H
#define RS_CELL_WORDS_H

#include <stddef.h>

/*
 * Cells that say a number in another way, to the number as csv_read.h has it.
 *
 * out      out  [RS_CELL_ROOM] the number, NUL behind it
 * text     in   [len] bytes
 * decimal  in   '.' or ',', in text and out
 * Each returns the length of out, 0 where the cell says none. Blanks around
 * what is said do not count.
 */
enum { RS_CELL_ROOM = 80 };

/*
 * A number with thousands separators in whole groups of three (1,234.5; with
 * a decimal comma 1.234,5; blanks and apostrophes either way), a percent sign
 * (12 % is 0.12), a currency sign before or behind it, parentheses for a
 * minus, or a typographic minus; also a plain one with blanks around it. What
 * is a plain number is that: 1.234 with a decimal point is no thousand, and
 * 0,123 with one is nothing, as no group begins with 0. What is left is yet to
 * be read as a number, and may be none.
 */
size_t rs_cell_loose(char *out, const char *text, size_t len, char decimal);

/* true, t, yes, y, on: 1; false, f, no, n, off: 0; in any case. */
size_t rs_cell_truth(char *out, const char *text, size_t len);

/*
 * A date as days since 1970-01-01 (Gregorian, years 1 to 9999):
 *
 *     2024-01-31  2024/1/31  2024.1.31  20240131
 *     31.1.2024                           points: the day is first
 *     31 January 2024  31-Jan-2024  31JAN2024  Jan 31, 2024
 *
 * and behind it, after T, a blank or a colon, 23:59, 23:59:59 or 23:59:59.5,
 * as a part of a day, with Z or the distance to it (+01:00, +0100), to which
 * the day is moved. 31/1/2024 is none: others write the month first.
 */
size_t rs_cell_date(char *out, const char *text, size_t len, char decimal);

#endif
