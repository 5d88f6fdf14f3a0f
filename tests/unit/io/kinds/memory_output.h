/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MEMORY_OUTPUT_H
#define MEMORY_OUTPUT_H

#include "output_kind.h"

/*
 * A kind of output that is nowhere but in these tests, memory:NAME, made of
 * one file: lines of the names and of beta, in memory.
 */
extern const struct rs_output_kind memory_output;

/* What is there: the lines of settled tiles. */
const char *memory_output_text(const struct rs_sink *sink);

#endif
