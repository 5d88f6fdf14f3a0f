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

/* Where it is measured. */
struct rs_corrections_sample {
    const struct rs_run_part *parts; /* [n_parts] of the run */
    size_t n_parts;
    unsigned n_workers;
    const struct rs_top_fit *fits; /* [n] of pairs that have a row, by the
                                      numbers of their parts */
    size_t n;
};

/*
 * Measures one permutation, and resamples of pairs.
 * Errors: those of permute.h and bootstrap.h.
 */
enum rs_status
rs_corrections_cost_find(struct rs_corrections_cost *out,
                         const struct rs_corrections *corrections,
                         const struct rs_corrections_sample *sample,
                         struct rs_error *err) RS_MUST_CHECK;

#endif
