/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_P_HISTOGRAM_H
#define RS_P_HISTOGRAM_H

#include "adjust.h"
#include "mem.h"
#include "storey.h"

#include <stdint.h>

/*
 * A histogram of ln p, for families too large to keep each p of. From it
 * comes a curve whose adjusted values are never too small, and at most
 * curve.distance (relative) too large; of adjusted p below 1e-300 it only
 * says that they are below.
 *
 * With x = -ln p, [0, 1) is cut into 2^16 equal buckets, and so is each
 * [2^k, 2^(k+1)) up to 2^15: p is known to 2e-5 near 1, to 2e-4 at 1e-10, to
 * 1e-3 at 1e-30 and to 8e-3 at 1e-300. One bucket takes p below that, one
 * p = 0. A looked-up ln p is exact, only its rank is not: what counts is the
 * share of tests in a bucket among those with smaller p, so that where p are
 * sparse the values are exact.
 */
enum {
    RS_P_BUCKET_BITS = 16,
    RS_P_OCTAVES = 15,
    RS_P_BUCKETS = ((RS_P_OCTAVES + 1) << RS_P_BUCKET_BITS) + 2
};

/* Zeroed = empty. One for each worker, in shared memory perhaps; or one for
 * all that is filled under a lock. */
struct rs_p_histogram {
    uint64_t counts[RS_P_BUCKETS];
    uint64_t above[RS_LAMBDAS + 1]; /* tests with just k lambdas <= p */
};

/* Counts a test; NaN is none. */
void rs_p_histogram_add(struct rs_p_histogram *histogram, double log_p);

/* Adds the counts of another. Exported for tests. */
void rs_p_histogram_merge(struct rs_p_histogram *into,
                          const struct rs_p_histogram *from);

/*
 * The histogram of an array, filled by up to 16 threads, each its own of 8 MiB.
 * out    out  a mapping that begins with the histogram
 * log_p  in   [n] NaN = no test
 * Owns: the caller frees with rs_pages_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_p_histogram_of(struct rs_pages *out, const double *log_p,
                                 size_t n, unsigned n_threads,
                                 struct rs_error *err) RS_MUST_CHECK;

/*
 * Makes the curve.
 * curve  out  any content before; cleared on failure. log_p_largest,
 *             log_p_median is that of buckets; pi0 is exact
 * Owns: rs_adjust_clear frees what it holds. Errors: RS_ERR_NOMEM.
 * Notes: needs at most 72 MiB while it runs, and keeps at most 33 MiB for each
 * of the three kinds; in 0.1 s at most.
 */
enum rs_status rs_p_histogram_curve(struct rs_adjust_curve *curve,
                                    const struct rs_p_histogram *histogram,
                                    unsigned methods,
                                    struct rs_error *err) RS_MUST_CHECK;

/* The bucket of ln p, the smallest p last. */
size_t rs_p_bucket(double log_p);

/* The ln p between which it lies: *low < ln p <= *high. Exported for tests. */
void rs_p_bucket_ends(double *low, double *high, size_t bucket);

#endif
