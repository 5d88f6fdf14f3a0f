/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_P_SAMPLE_H
#define RS_P_SAMPLE_H

#include "fit.h"
#include "model.h"
#include "plan.h"
#include "tally.h"

/*
 * The p of the tests of a sweep, kept for their median: of all pairs up to two
 * million, above that of one pair in `step`, at places that are spread over
 * rows and columns. Engines fill it as they count, kept or not. What a screen
 * has is enough: |r| as a float, of pairs with missing values scaled to all
 * rows. The tests that are near to the median are fitted again at the end.
 *
 * Workers write into a shared mapping (p_samples.h): a job that is done twice
 * writes the same cells twice.
 */
struct rs_p_sample {
    float *cells; /* [n_y][width] the larger the smaller p; 0: no test */
    double *df;   /* shared: cells hold |r| of tests with so many degrees of
                     freedom; 0: they hold -ln p; -1: of products of floats */
    size_t n_y, width;
    uint64_t step; /* 1: every pair */
    bool matched;
    const struct rs_plan *list; /* of a list: cells are its pairs by their
                                   numbers, one in step; NULL: no list */
};

/* In row y_ix the pairs with x_ix = first, first + step, ... are kept. */
static inline uint64_t rs_p_sample_first(const struct rs_p_sample *sample,
                                         size_t y_ix)
{
    /* Fibonacci hashing: the high half, as a fraction of step */
    uint64_t high = (uint64_t)y_ix * 0x9e3779b97f4a7c15U >> 32;

    return high * sample->step >> 32;
}

/* Where the p of a pair is kept; NULL: nowhere. */
static inline float *rs_p_sample_cell(const struct rs_p_sample *sample,
                                      size_t y_ix, size_t x_ix)
{
    if (sample->list != NULL) {
        uint64_t pair = rs_plan_pair(sample->list, y_ix, x_ix);
        return pair % sample->step == 0 ? &sample->cells[pair / sample->step]
                                        : NULL;
    }
    if (sample->matched)
        return y_ix % sample->step == 0 ? &sample->cells[y_ix / sample->step]
                                        : NULL;
    if (sample->step == 1)
        return &sample->cells[y_ix * sample->width + x_ix];
    return x_ix % sample->step == rs_p_sample_first(sample, y_ix)
               ? &sample->cells[y_ix * sample->width + x_ix / sample->step]
               : NULL;
}

/* A number as a cell holds it: 0 would be no test. */
static inline float rs_p_sample_number(double number)
{
    return number > 1e-30 ? (float)number : 1e-30F;
}

/* Notes the p of a fit, if its pair is one that is kept; and its |r|, where
 * the cells hold these: scale is that of its rows. */
void rs_p_sample_put(const struct rs_p_sample *sample, size_t y_ix, size_t x_ix,
                     const struct rs_fit *fit);
void rs_p_sample_put_r(const struct rs_p_sample *sample, size_t y_ix,
                       size_t x_ix, const struct rs_fit *fit, double scale);

/* What tests are fitted again by. */
struct rs_p_sample_run {
    const struct rs_plan *plan;
    const struct rs_model *model;
    const struct rs_spec *spec;
};

/* Genomic control's lambda, and how it was found. */
struct rs_lambda {
    double value; /* NaN without tests */
    bool exact;   /* of all tests, not of a sample */
};

/*
 * Lambda of a sweep that is done: chi-square of the two middle tests, as R's
 * median(qchisq(p, 1, lower = FALSE)) has it, over that at p = 1/2. Where all
 * pairs are kept, those that lie too near to the middle for their floats are
 * fitted again. Of a sample, the tally says between which edges the median
 * lies and which share of the tests between them is below it; that share of
 * the sample there gives it: within 1 %, as only the shape of the
 * distribution within a tenth is estimated.
 * tally  in  of the sweep
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_p_sample_lambda(struct rs_lambda *out,
                                  const struct rs_p_sample *sample,
                                  const struct rs_tally *tally,
                                  const struct rs_p_sample_run *run,
                                  struct rs_error *err) RS_MUST_CHECK;

#endif
