/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_VERSION_H
#define RS_VERSION_H

#include "version_number.h"

#include <stdbool.h>
#include <stddef.h>

/* Prints `regsweep 0.1.0` and the licence; verbose: the libraries in use. */
void rs_version_print(bool verbose);

/* Names and versions of the libraries in use, with `between` between them;
 * cut at cap - 1 bytes. */
void rs_version_libraries(char *out, size_t cap, const char *between);

#endif
