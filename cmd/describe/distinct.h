/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_DISTINCT_H
#define RS_DISTINCT_H

#include <stddef.h>
#include <stdint.h>

/*
 * How many different numbers there are, as far as RS_DISTINCT_MOST, in one
 * pass. 0 and -0 are one; NaN is none.
 */
enum { RS_DISTINCT_MOST = 1000, RS_DISTINCT_SLOTS = 4096 };

/* Scratch: numbers that were met. All zero at first. */
struct rs_distinct {
    double values[RS_DISTINCT_MOST]; /* [n] in the order they were met */
    size_t n;
    uint16_t slots[RS_DISTINCT_SLOTS]; /* place in values + 1; 0: free */
};

/* Returns how many of values [n] are different; RS_DISTINCT_MOST + 1: more. */
size_t rs_distinct_count(struct rs_distinct *out, const double *values,
                         size_t n);

#endif
