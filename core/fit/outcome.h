/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OUTCOME_H
#define RS_OUTCOME_H

#include <stdbool.h>

/*
 * Fit outcomes: what became of one pair. They are data, written in the
 * `status` column, and never stop a sweep. The texts are public interface.
 *
 * Where several hold, the first of non_finite data, n_too_small, constant_y,
 * constant_x, collinear, y_explained, perfect_fit is given.
 */
enum rs_outcome {
    RS_FIT_OK = 0,
    RS_FIT_N_TOO_SMALL, /* fewer rows than coefficients + 1, or < --min-n */
    RS_FIT_CONSTANT_X,  /* x has one value only (no intercept: all 0) */
    RS_FIT_CONSTANT_Y,  /* y likewise; comes before constant_x */
    RS_FIT_COLLINEAR,   /* x is a combination of the covariates */
    RS_FIT_Y_EXPLAINED, /* the covariates leave nothing of y to explain */
    RS_FIT_PERFECT,     /* residuals are rounding only: no se, no p */
    RS_FIT_NON_FINITE,  /* infinite data, or a result beyond a double */
    /* these keep what could be had, such as the slope, without se and p */
    RS_FIT_LEVERAGE_ONE,   /* a row of leverage 1: robust errors are 0/0 */
    RS_FIT_ONE_CLUSTER,    /* fewer than two clusters: no errors of them */
    RS_FIT_NO_VARIANCE,    /* a variance that was estimated is not positive */
    RS_FIT_LONELY_PSU,     /* a stratum with one PSU alone, and --lonely fail */
    RS_FIT_NO_REFERENCE,   /* a contrast whose rows lack the reference level */
    RS_FIT_NO_CONVERGENCE, /* an iteration did not settle */
    RS_FIT_SEPARATION,     /* a 0/1 response is separated by the predictor */
    RS_FIT_WORKER_LOST,    /* the fit killed its worker again and again */
    RS_FIT_N_OUTCOMES
};

/* The fit is there, but not the standard error of what was tested. */
static inline bool rs_outcome_lacks_error(enum rs_outcome outcome)
{
    return outcome >= RS_FIT_LEVERAGE_ONE && outcome <= RS_FIT_LONELY_PSU;
}

/*
 * The public name of an outcome, e.g. "n_too_small".
 * outcome  in  below RS_FIT_N_OUTCOMES
 * Owns: the text is static.
 */
const char *rs_outcome_name(enum rs_outcome outcome);

#endif
