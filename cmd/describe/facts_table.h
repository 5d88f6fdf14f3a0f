/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FACTS_TABLE_H
#define RS_FACTS_TABLE_H

#include "facts.h"

#include <stdbool.h>

/* A description for people, on standard output, in 80 columns. facts: [n] */
void rs_facts_table_print(const struct rs_facts *facts, size_t n);

/*
 * Texts of a column as one line: "FEMALE* MALE", with commas where one has a
 * blank; the reference of few levels marked. Exported for tests.
 * out    out  [cap]
 * width  in   columns there are; "..." stands for what has no room
 */
void rs_facts_levels_text(char *out, size_t cap, const struct rs_factor *factor,
                          size_t width);

/* A number in so many digits, and few characters: 51944, 0.0012, 1.2e-9.
 * Exported for tests. */
enum { RS_FACTS_NUMBER = 32 };
void rs_facts_number_text(char out[RS_FACTS_NUMBER], double value, int digits);

#endif
