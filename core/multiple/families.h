/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FAMILIES_H
#define RS_FAMILIES_H

#include "adjust.h"
#include "family.h"
#include "p_histogram.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The families of tests of a sweep, and their adjusted p. The p come as a
 * matrix of cells, one for each dependent and independent of the plan's lists.
 */
struct rs_families_ask {
    enum rs_family family;
    size_t n_y, n_x;     /* of the cells */
    unsigned methods;    /* set of methods, rs_adjust_bit */
    unsigned n_threads;  /* 0 = 1 */
    uint64_t most_bytes; /* for all curves, and for making them */
};

/* Constant once made: any thread, and processes forked later, may read. */
struct rs_families;

/*
 * Makes the curves of all families.
 * cells  in  [n_y][n_x] ln p; NaN = no test; -infinity = p is 0. Not needed
 *            afterwards
 * Owns: rs_families_free.
 * Errors: RS_ERR_NOMEM; of families y and x also when they need more than
 * most_bytes. One family of all then becomes a histogram, see p_histogram.h,
 * and its curve tells by `distance` how far its values may be off; that needs
 * 8 MiB a thread and up to 170 MiB, whatever most_bytes is.
 * Notes: making needs 8 bytes a cell for one family of all, and 8 MiB a thread
 * for the median of families y and x. Curves take 100 bytes a family and, in
 * each of the three kinds, 200 and 17 a step: next to nothing where there are
 * no effects, 5 bytes a test (bh) where a tenth are effects, 17 at worst.
 */
enum rs_status rs_families_new(struct rs_families **out, const double *cells,
                               const struct rs_families_ask *ask,
                               struct rs_error *err) RS_MUST_CHECK;

/* One family of all from a histogram of its p, where cells do not fit. */
enum rs_status rs_families_new_histogram(struct rs_families **out,
                                         const struct rs_p_histogram *histogram,
                                         unsigned methods,
                                         struct rs_error *err) RS_MUST_CHECK;

/* NULL allowed. */
void rs_families_free(struct rs_families *families);

/* The curve of the family of a cell. */
const struct rs_adjust_curve *rs_families_of(const struct rs_families *families,
                                             size_t y_ix, size_t x_ix);

/*
 * ln of the adjusted p of a cell.
 * out    out  [RS_ADJUST_COUNT] NaN for methods that were not asked for
 * log_p  in   what the cell holds, the very double
 */
void rs_families_log(double *out, const struct rs_families *families,
                     size_t y_ix, size_t x_ix, double log_p);

/* How many families there are, and each: [0, n) as the lists go. */
size_t rs_families_n(const struct rs_families *families);
const struct rs_adjust_curve *
rs_families_curve(const struct rs_families *families, size_t i);

/* Storey's pi0 of the families that have tests. */
struct rs_families_pi0 {
    double least, most;
    size_t n;         /* such families; 0: the others say nothing */
    size_t n_unsound; /* of these, without a sound estimate: 1 is taken */
};
struct rs_families_pi0 rs_families_pi0(const struct rs_families *families);

/* Over all families: tests; the largest distance; ln of the median p of all
 * tests, see rs_genomic_lambda in tally.h. */
uint64_t rs_families_tests(const struct rs_families *families);
double rs_families_distance(const struct rs_families *families);
double rs_families_log_median(const struct rs_families *families);

#endif
