/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ROW_SET_H
#define RS_ROW_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * Sets of rows as bits, one per row of the dataset, as in rs_column.valid.
 */

/* out = a and b; returns how many rows that is. */
static inline size_t rs_rows_and(uint64_t *out, const uint64_t *a,
                                 const uint64_t *b, size_t n_words)
{
    size_t n = 0;

    for (size_t i = 0; i < n_words; i++) {
        out[i] = a[i] & b[i];
        n += (size_t)__builtin_popcountll(out[i]);
    }
    return n;
}

/* True when row i is in the set. */
static inline bool rs_rows_has(const uint64_t *rows, size_t i)
{
    return (rows[i / 64] >> (i % 64) & 1) != 0;
}

static inline void rs_rows_add(uint64_t *rows, size_t i)
{
    rows[i / 64] |= (uint64_t)1 << (i % 64);
}

static inline void rs_rows_remove(uint64_t *rows, size_t i)
{
    rows[i / 64] &= ~((uint64_t)1 << (i % 64));
}

/* How many rows are in the set. */
static inline size_t rs_rows_count(const uint64_t *rows, size_t n_words)
{
    size_t n = 0;

    for (size_t i = 0; i < n_words; i++)
        n += (size_t)__builtin_popcountll(rows[i]);
    return n;
}

/* All of n_rows rows. */
static inline void rs_rows_fill(uint64_t *out, size_t n_rows)
{
    size_t whole = n_rows / 64;

    memset(out, 0xff, whole * sizeof *out);
    if (n_rows % 64 != 0)
        out[whole] = ((uint64_t)1 << (n_rows % 64)) - 1;
}

/* Copies the values of the rows in the set; returns how many. */
static inline size_t rs_rows_gather(double *out, const double *values,
                                    const uint64_t *rows, size_t n_words)
{
    size_t n = 0;

    for (size_t i = 0; i < n_words; i++)
        for (uint64_t bits = rows[i]; bits != 0; bits &= bits - 1)
            out[n++] = values[64 * i + (size_t)__builtin_ctzll(bits)];
    return n;
}

/* The numbers of the rows in the set, rising. */
static inline void rs_rows_numbers(size_t *out, const uint64_t *rows,
                                   size_t n_words)
{
    for (size_t i = 0; i < n_words; i++)
        for (uint64_t bits = rows[i]; bits != 0; bits &= bits - 1)
            *out++ = 64 * i + (size_t)__builtin_ctzll(bits);
}

#endif
