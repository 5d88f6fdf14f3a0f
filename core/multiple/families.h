/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FAMILIES_H
#define RS_FAMILIES_H

#include "adjust.h"
#include "family_map.h"
#include "p_histogram.h"

#include <stdint.h>

/*
 * The families of tests of a run, and their adjusted p. The p come as the
 * cells of a map, part behind part.
 */
struct rs_families_ask {
    const struct rs_family_map *map; /* borrowed until rs_families_free */
    unsigned methods;                /* set of methods, rs_adjust_bit */
    unsigned n_threads;              /* 0 = 1 */
    uint64_t most_bytes;             /* for all curves, and for making them */
};

/* Constant once made: any thread, and processes forked later, may read. */
struct rs_families;

/*
 * Makes the curves of all families.
 * cells  in  [map->n_cells] ln p; NaN = no test; -infinity = p is 0. Not
 *            needed afterwards
 * Owns: rs_families_free.
 * Errors: RS_ERR_NOMEM; of several families also when they need more than
 * most_bytes. A single one then becomes a histogram, see p_histogram.h,
 * and its curve tells by `distance` how far its values may be off; that needs
 * 8 MiB a thread and up to 170 MiB, whatever most_bytes is.
 * Notes: making needs 8 bytes a cell for a single family, 16 a cell of those
 * that are made at once, one a thread, for several; and 8 MiB a thread
 * for the median of all. Curves take 100 bytes a family and, in
 * each of the three kinds, 200 and 17 a step: next to nothing where there are
 * no effects, 5 bytes a test (bh) where a tenth are effects, 17 at worst.
 */
enum rs_status rs_families_new(struct rs_families **out, const double *cells,
                               const struct rs_families_ask *ask,
                               struct rs_error *err) RS_MUST_CHECK;

/* From histograms of their p [map->n], where cells do not fit; most_bytes is
 * not heeded. */
enum rs_status rs_families_new_histograms(
    struct rs_families **out, const struct rs_p_histogram *histograms,
    const struct rs_families_ask *ask, struct rs_error *err) RS_MUST_CHECK;

/* NULL allowed. */
void rs_families_free(struct rs_families *families);

/* The curve of the family of a pair; y_ix, x_ix: places in the lists of its
 * part. */
const struct rs_adjust_curve *rs_families_of(const struct rs_families *families,
                                             size_t part, size_t y_ix,
                                             size_t x_ix);

/* How many families there are, and each: [0, n) as the map numbers them. */
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
