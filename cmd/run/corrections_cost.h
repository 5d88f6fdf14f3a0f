/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CORRECTIONS_COST_H
#define RS_CORRECTIONS_COST_H

#include "corrections.h"
#include "top.h"

/* Pairs from which the bootstrap is judged, at most. */
enum { RS_COST_PAIRS = 64 };

/* What multiple testing and resampling cost, besides the rows. */
struct rs_corrections_cost {
    double permute;   /* seconds of all permutations, on one worker */
    double bootstrap; /* seconds of a pair's intervals, on one worker */
    double bytes;     /* of memory until the end */
};

/*
 * Measures one permutation, and resamples of pairs.
 * sweep  in  of all pairs, as for rs_corrections_find
 * fits   in  [n] of pairs that have a row
 * Errors: those of permute.h and bootstrap.h.
 */
enum rs_status rs_corrections_cost_find(
    struct rs_corrections_cost *out, const struct rs_corrections *corrections,
    const struct rs_sweep *sweep, const struct rs_top_fit *fits, size_t n,
    struct rs_error *err) RS_MUST_CHECK;

#endif
