/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FIT_H
#define RS_FIT_H

#include "outcome.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How p follows from `stat`. */
enum rs_statistic {
    RS_STAT_T, /* two-sided, Student's t of df */
    RS_STAT_Z, /* two-sided, normal */
    RS_STAT_F  /* upper tail of F(df1, df) */
};

/*
 * One fitted pair.
 *
 * An engine fills the few numbers that need the data, and log_p; what follows
 * from them (confidence limits, r, aic) is computed only when a column asks for
 * it: see fields.h. NaN = not available; the outcome says why.
 */
struct rs_fit {
    enum rs_outcome outcome;
    enum rs_statistic statistic;
    uint64_t n;        /* rows used */
    double df;         /* residual degrees of freedom; 0 when none */
    double test_df;    /* of the test, where not those: of clusters; else NaN */
    double df1;        /* coefficients tested; more than 1 of F alone */
    double intercept;  /* NaN without an intercept */
    double beta;       /* slope of x; NaN beside F */
    double se;         /* standard error of beta */
    double stat;       /* t or z = beta / se, or F */
    double r;          /* partial correlation; NaN: it follows from stat */
    double r2;         /* of the whole model; uncentred without intercept */
    double sigma;      /* residual standard deviation, sqrt(RSS / df) */
    double n_coef;     /* coefficients in the model, intercept included */
    double log_weight; /* sum of ln(weight) over the rows; 0 unweighted */
    double log_p;      /* ln of p; rs_fit_find_p fills it, or the engine */
    /* Of groups that are pooled (pool_groups.h); else NaN. */
    double pooled, pooled_tau2, pooled_q; /* how many, their tau2, their Q */
};

/* A fit about which nothing is known but its outcome and n; numbers NaN. What
 * would be tested is t. */
void rs_fit_clear(struct rs_fit *fit, enum rs_outcome outcome, uint64_t n);

/* The partial correlation of y and x, given the covariates; the positive root
 * of what is explained beside F. NaN: there is none. */
double rs_fit_r(const struct rs_fit *fit);

/* The part of what the covariates leave of y's sum of squares that the tested
 * coefficients explain; NaN where no least squares are fitted. */
double rs_fit_partial_r2(const struct rs_fit *fit);

/* Degrees of freedom of the t that beta / se is compared with, and the second
 * ones of F; infinity: the normal distribution. */
double rs_fit_tail_df(const struct rs_fit *fit);

/* Fills log_p from stat, as fit->statistic says. */
void rs_fit_find_p(struct rs_fit *fit);

#endif
