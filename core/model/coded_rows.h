/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CODED_ROWS_H
#define RS_CODED_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows sorted by two codes, as of levels of factors: those of one cluster, of
 * one PSU of a stratum, of one time lie together. */
struct rs_coded_row {
    int32_t a, b;
    size_t row;
};

/* By a, then b, then the row's number. */
void rs_coded_rows_sort(struct rs_coded_row *rows, size_t n);

/* True when row number i of those sorted has other codes than the one before.
 */
static inline bool rs_coded_rows_begins(const struct rs_coded_row *rows,
                                        size_t i)
{
    return i == 0 || rows[i].a != rows[i - 1].a || rows[i].b != rows[i - 1].b;
}

#endif
