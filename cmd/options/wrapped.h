/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_WRAPPED_H
#define RS_WRAPPED_H

#include <stddef.h>

enum { RS_WRAPPED_WIDTH = 79 };

/* Prints text on standard output from column `indent` on, broken at blanks,
 * with the end of the line. used: bytes that the line has already; where they
 * leave no room before the indent, a new one begins. */
void rs_wrapped_print(const char *text, size_t indent, size_t used);

#endif
