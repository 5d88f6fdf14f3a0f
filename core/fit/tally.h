/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TALLY_H
#define RS_TALLY_H

#include "fit.h"
#include "tail_table.h"

#include <stdint.h>

/*
 * What is counted of all pairs, kept or not: outcomes, and how many p lie at
 * or below a list of edges. From these follow the number of tests, the
 * histogram of p, and thresholds for multiple testing.
 */
enum {
    RS_P_EVEN = 10,  /* p <= 0.9, 0.8, ... 0.1, and 0.05 */
    RS_P_TENTHS = 9, /* p <= 1e-2, 1e-3, ... 1e-10 */
    RS_P_EDGES = RS_P_EVEN + RS_P_TENTHS
};

struct rs_tally {
    uint64_t outcomes[RS_FIT_N_OUTCOMES]; /* pairs */
    uint64_t kept;                        /* pairs that are written */
    uint64_t pooled; /* pairs whose p is of groups, which are the tests */
    uint64_t at_most[RS_P_EDGES]; /* tests with p <= rs_p_edge(k) */
};

/* The edges, falling. k below RS_P_EDGES. */
double rs_p_edge(unsigned k);

/*
 * The edges as correlations.
 * r   out  [RS_P_EDGES] |r| >= r[k] has p <= rs_p_edge(k), rising
 * df  in   degrees of freedom
 */
void rs_p_edges_r(double *r, double df);

/*
 * The same to 1e-13, twenty times as fast, from those of other degrees of
 * freedom. Returns false where that does not lead there.
 * tail     in  of the df asked for
 * near     in  [RS_P_EDGES] edges of near_df
 * near_df  in  like the df asked for, at least 30
 */
bool rs_p_edges_r_near(double *r, const struct rs_tail_table *tail,
                       const double *near, double near_df);

/* Counts a fit: its outcome, and its p (a perfect fit's is 0), unless that is
 * of pooled groups. */
void rs_tally_add(struct rs_tally *tally, const struct rs_fit *fit);

/* Takes a fit back that was counted, and kept: it was lost after all. */
void rs_tally_lose(struct rs_tally *tally, const struct rs_fit *fit);

/* Counts only p. */
void rs_tally_add_p(struct rs_tally *tally, const struct rs_fit *fit);

/*
 * Counts p by statistics that are clear of the edges.
 * stat   in  [n] |r| or z; -1: not to be counted
 * edges  in  [RS_P_EDGES] of stat, rising
 * Returns: false when one is too near to an edge; nothing is counted then.
 */
bool rs_tally_clear(struct rs_tally *tally, const double *restrict stat,
                    size_t n, const double *edges);
bool rs_tally_clear_one(struct rs_tally *tally, double stat,
                        const double *edges);

/* All pairs that were counted. */
uint64_t rs_tally_pairs(const struct rs_tally *tally);

/* Pairs that have a p: the tests of the run. What is pooled of groups says
 * again what they say, and is none of these. */
uint64_t rs_tally_tests(const struct rs_tally *tally);

/*
 * The median p, interpolated between the edges so that its lambda is that of
 * the tests where all are inflated alike, and within 2 % of it where a part
 * are effects; below the last edge, 1e-10, no more than a hint. NaN without
 * tests. Exported for tests.
 */
double rs_tally_median_p(const struct rs_tally *tally);

/*
 * Genomic control's lambda (Devlin and Roeder 1999): the upper quantile of
 * chi-square with one degree of freedom at the median p, over that at 1/2;
 * 1 where all hypotheses are true.
 * log_median  in  ln of the median p
 * Returns: infinity for a median of 0, NaN for a NaN.
 */
double rs_genomic_lambda(double log_median);

/* The same at the tally's interpolated median. */
double rs_tally_lambda(const struct rs_tally *tally);

#endif
