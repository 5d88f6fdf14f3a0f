/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MEASURES_H
#define RS_MEASURES_H

#include "error.h"
#include "fit.h"
#include "spec.h"

/*
 * What is said of a pair of least squares that needs its rows: of the rows
 * used, of residuals and leverages, of columns among each other. All are
 * computed by a fit of their own, some tens of microseconds a pair.
 *
 * With weights w, means are weighted, and squares, residuals and leverages
 * those of rows times the root of w. NaN where not defined: what needs x as a
 * column of a category, tests of residuals with weights, and all but the
 * means of what could not be fitted.
 */
struct rs_measures {
    double mean_y, sd_y, mean_x, sd_x;
    double std_beta; /* beta sd_x / sd_y, of x itself */
    double cond;     /* largest singular value over least, of the columns
                        of the model each scaled to length 1 (Belsley, Kuh
                        and Welsch 1980); NaN where factors are absorbed */
    double vif;      /* of x: 1 / (1 - R2 on the covariates); of a factor the
                        generalised one (Fox and Monette 1992) */
    double leverage_max; /* diagonal of the hat matrix */
    double cooks_max;    /* Cook's distance e^2 h / (k s^2 (1 - h)^2) */
    double dw;           /* Durbin and Watson's, rows as the file has them */
    double bp_p;         /* Breusch and Pagan's test as Koenker (1981) has it:
                            n R2 of e^2 on the columns of the model */
    double n_levels;     /* levels of x, a factor, that the rows have */
    double n_dropped; /* columns of covariates that say nothing new; NaN where
                         factors are absorbed */
    const size_t *dropped; /* [n_names] the covariates these are of, by column;
                              the measurer's, until the next pair */
    size_t n_names;
};

/* Of one worker. */
struct rs_measurer;

/* spec: kept, of least squares. Owns: rs_measurer_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_measurer_new(struct rs_measurer **out,
                               const struct rs_spec *spec,
                               struct rs_error *err) RS_MUST_CHECK;
void rs_measurer_free(struct rs_measurer *measurer); /* NULL allowed */

/* fit: of column y on column x. */
void rs_measure(struct rs_measurer *measurer, struct rs_measures *out, size_t y,
                size_t x, const struct rs_fit *fit);

#endif
