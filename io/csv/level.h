/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LEVEL_H
#define RS_LEVEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * When two cells are the same level of a categorical column: the one rule
 * for whatever puts rows together by what a cell says.
 *
 * In a column of numbers, cells are the same when their numbers are: 1, 1.0,
 * 01, +1 and 1e0 are one level. Numbers are compared as the decimals that
 * are written, not as the doubles they are read to, so that integers beyond
 * 2^53 and 1e-400 stay apart from their neighbours. In a column with text,
 * every cell is its bytes.
 */
enum rs_level_rule { RS_LEVEL_TEXT, RS_LEVEL_NUMBER };

/* A cell as a level; points into its text. */
struct rs_level {
    enum rs_level_rule rule;
    const char *text;
    size_t len;
    /* of a number */
    int rank;           /* -2: -inf, -1: below 0, 0, 1, 2: inf */
    int64_t magnitude;  /* power of ten of the first significant digit */
    const char *digits; /* from it to the last one that is not 0, maybe with
                           a decimal mark among them */
    size_t n_digits;    /* bytes of these */
};

/*
 * Reads a cell that is not missing.
 * text     in  [len] bytes, borrowed; NUMBER: by the grammar in csv_read.h
 * decimal  in  '.' or ','
 * Returns false for the word nan as a number: it is missing.
 * Notes: exponents beyond 10^15 either way count as that.
 */
bool rs_level_read(struct rs_level *out, const char *text, size_t len,
                   enum rs_level_rule rule, char decimal);

/* Below, at or above 0 as a comes before b, is b or comes after it: by value,
 * or by bytes. Both of one rule. */
int rs_level_compare(const struct rs_level *a, const struct rs_level *b);

/* A hash of what rs_level_compare compares: the same for equal levels. */
uint64_t rs_level_hash(const struct rs_level *level);

/* Whether a is the better name of two spellings of a level: the shorter one,
 * and of two as long the first by bytes. */
bool rs_level_is_plainer(const struct rs_level *a, const struct rs_level *b);

#endif
