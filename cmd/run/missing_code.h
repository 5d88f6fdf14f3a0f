/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MISSING_CODE_H
#define RS_MISSING_CODE_H

#include "dataset.h"

/*
 * Numbers that seem to say that a value is missing: one of -9 -99 -999 -9999 99
 * 999 9999 99999 in two cells or more, and -8 beside -9, that is below all
 * others, or above if positive, by more than these span, or negative where they
 * are not.
 */
enum { RS_MISSING_CODES = 9, RS_MISSING_CODE_TEXT = 512 };

struct rs_missing_codes {
    int values[RS_MISSING_CODES]; /* [n] */
    size_t n_cells[RS_MISSING_CODES];
    size_t n;
};

/*
 * Of a column of numbers; one whose file labels some of its numbers has none,
 * as that is told of it.
 * n_looked  in  about how many cells, spread over the rows, are looked at
 *               first, one of which must have a code: then all are
 */
void rs_missing_codes_find(struct rs_missing_codes *out,
                           const struct rs_column *column, size_t n_rows,
                           size_t n_looked);

/* "-9,-8", between them what `between` says. */
void rs_missing_codes_write(char out[RS_MISSING_CODE_TEXT],
                            const struct rs_missing_codes *codes,
                            const char *between);

/*
 * The value of {na} that makes texts missing in a column, in quotes: 'a=+-9';
 * in all columns, '+-9', where name is NULL or cannot be typed so.
 * texts  in  as in a list of {na}, at most 100 bytes
 */
void rs_missing_na(char out[RS_MISSING_CODE_TEXT], const char *name,
                   const char *texts);

#endif
