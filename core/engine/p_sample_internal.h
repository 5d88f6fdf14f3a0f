/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_P_SAMPLE_INTERNAL_H
#define RS_P_SAMPLE_INTERNAL_H

#include "dataset.h"
#include "p_sample.h"

/* What the sample of a part and those of all (p_samples.c) share. */

enum {
    RS_P_SAMPLE_FEW = 100,      /* tests: a sample of fewer tells nothing */
    RS_P_SAMPLE_WORK = 1 << 20, /* rows in fits that are made again */
};

/* A sample for a plan in a run of so many pairs, without cells; the bytes that
 * they need, and cells there. */
struct rs_p_sample rs_p_sample_of(const struct rs_plan *plan, uint64_t n_pairs);
size_t rs_p_sample_bytes(const struct rs_p_sample *sample);
void rs_p_sample_place(struct rs_p_sample *sample, char *base);

/* ln p by the number of a cell. */
double rs_p_sample_log_p(const struct rs_p_sample *sample, double number);

/* How far a number may be off, as a part of it: a float's rounding; of an |r|
 * of floats some of theirs; and what scaling does at worst. */
double rs_p_sample_error(const struct rs_p_sample *sample, double number,
                         const struct rs_dataset *data);

/* The number of rank k, from 0, of n rising ones; moves them about (Hoare
 * 1961). */
float rs_p_sample_ranked(float *a, size_t n, size_t k);

/* ln p of the tests of some cells [n], fitted again. Errors: the model's. */
enum rs_status rs_p_sample_again(double *log_p, const size_t *cells, size_t n,
                                 const struct rs_p_sample *sample,
                                 const struct rs_p_sample_run *run,
                                 struct rs_error *err) RS_MUST_CHECK;

/* The edges between which the median lies. */
struct rs_p_bracket {
    double low, high; /* low < p <= high; low may be 0 */
    double share;     /* of the tests between, those up to the median */
};
struct rs_p_bracket rs_p_bracket_of(const struct rs_tally *tally);

#endif
