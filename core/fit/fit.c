/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit.h"

#include "tails.h"

#include <math.h>

void rs_fit_clear(struct rs_fit *fit, enum rs_outcome outcome, uint64_t n)
{
    fit->outcome = outcome;
    fit->statistic = RS_STAT_T;
    fit->n = n;
    fit->df = NAN;
    fit->test_df = NAN;
    fit->df1 = 1.0;
    fit->intercept = NAN;
    fit->beta = NAN;
    fit->se = NAN;
    fit->stat = NAN;
    fit->r = NAN;
    fit->r2 = NAN;
    fit->sigma = NAN;
    fit->n_coef = NAN;
    fit->log_weight = 0.0;
    fit->log_p = NAN;
    fit->pooled = NAN;
    fit->pooled_tau2 = NAN;
    fit->pooled_q = NAN;
}

double rs_fit_r(const struct rs_fit *fit)
{
    double t = fit->stat;

    if (!isnan(fit->r))
        return fit->r;
    if (isnan(t) || fit->statistic != RS_STAT_T)
        return NAN;
    return t / hypot(t, sqrt(fit->df));
}

double rs_fit_partial_r2(const struct rs_fit *fit)
{
    double r = rs_fit_r(fit);

    return fit->statistic == RS_STAT_Z ? NAN : r * r;
}

double rs_fit_tail_df(const struct rs_fit *fit)
{
    if (fit->statistic == RS_STAT_Z)
        return INFINITY;
    return isnan(fit->test_df) ? fit->df : fit->test_df;
}

void rs_fit_find_p(struct rs_fit *fit)
{
    double df = rs_fit_tail_df(fit);

    if (isnan(fit->stat))
        return;
    fit->log_p = fit->statistic == RS_STAT_F
                     ? rs_f_log_p(fit->stat, fit->df1, df)
                     : rs_t_log_p(fit->stat, df);
}
