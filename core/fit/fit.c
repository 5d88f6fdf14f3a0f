/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit.h"

#include "tails.h"

#include <math.h>

static const double pi = 3.14159265358979323846;
static const double ln_10 = 2.30258509299404568402;

const struct rs_field_info rs_fields[RS_FIELD_COUNT] = {
    [RS_FIELD_Y] = {"y", RS_KIND_TEXT, true, RS_NEED_NOTHING},
    [RS_FIELD_X] = {"x", RS_KIND_TEXT, true, RS_NEED_NOTHING},
    [RS_FIELD_TERM] = {"term", RS_KIND_TEXT, true, RS_NEED_TERMS},
    [RS_FIELD_N] = {"n", RS_KIND_INTEGER, true, RS_NEED_NOTHING},
    [RS_FIELD_DF] = {"df", RS_KIND_REAL, false, RS_NEED_NOTHING},
    [RS_FIELD_DF1] = {"df1", RS_KIND_REAL, false, RS_NEED_NOTHING},
    [RS_FIELD_INTERCEPT] = {"intercept", RS_KIND_REAL, true, RS_NEED_NOTHING},
    [RS_FIELD_BETA] = {"beta", RS_KIND_REAL, true, RS_NEED_NOTHING},
    [RS_FIELD_SE] = {"se", RS_KIND_REAL, true, RS_NEED_NOTHING},
    [RS_FIELD_CI_LOW] = {"ci_low", RS_KIND_REAL, false, RS_NEED_NOTHING},
    [RS_FIELD_CI_HIGH] = {"ci_high", RS_KIND_REAL, false, RS_NEED_NOTHING},
    [RS_FIELD_STAT] = {"stat", RS_KIND_REAL, true, RS_NEED_NOTHING},
    [RS_FIELD_P] = {"p", RS_KIND_REAL, true, RS_NEED_NOTHING},
    [RS_FIELD_NEG_LOG10_P] = {"neg_log10_p", RS_KIND_REAL, false,
                              RS_NEED_NOTHING},
    [RS_FIELD_R] = {"r", RS_KIND_REAL, false, RS_NEED_NOTHING},
    [RS_FIELD_R2] = {"r2", RS_KIND_REAL, true, RS_NEED_NOTHING},
    [RS_FIELD_SIGMA] = {"sigma", RS_KIND_REAL, false, RS_NEED_NOTHING},
    [RS_FIELD_AIC] = {"aic", RS_KIND_REAL, false, RS_NEED_NOTHING},
    [RS_FIELD_P_BONFERRONI] = {"p_bonferroni", RS_KIND_REAL, true,
                               RS_NEED_ADJUST},
    [RS_FIELD_P_HOLM] = {"p_holm", RS_KIND_REAL, true, RS_NEED_ADJUST},
    [RS_FIELD_P_HOCHBERG] = {"p_hochberg", RS_KIND_REAL, true, RS_NEED_ADJUST},
    [RS_FIELD_P_BH] = {"p_bh", RS_KIND_REAL, true, RS_NEED_ADJUST},
    [RS_FIELD_P_BY] = {"p_by", RS_KIND_REAL, true, RS_NEED_ADJUST},
    [RS_FIELD_Q] = {"q", RS_KIND_REAL, true, RS_NEED_ADJUST},
    [RS_FIELD_P_PERM] = {"p_perm", RS_KIND_REAL, true, RS_NEED_PERMUTE},
    [RS_FIELD_BOOT_LOW] = {"boot_low", RS_KIND_REAL, true, RS_NEED_BOOTSTRAP},
    [RS_FIELD_BOOT_HIGH] = {"boot_high", RS_KIND_REAL, true, RS_NEED_BOOTSTRAP},
    [RS_FIELD_BCA_LOW] = {"bca_low", RS_KIND_REAL, true, RS_NEED_BOOTSTRAP},
    [RS_FIELD_BCA_HIGH] = {"bca_high", RS_KIND_REAL, true, RS_NEED_BOOTSTRAP},
    [RS_FIELD_MODEL] = {"model", RS_KIND_TEXT, false, RS_NEED_NOTHING},
    [RS_FIELD_STATUS] = {"status", RS_KIND_TEXT, true, RS_NEED_NOTHING},
};

void rs_fit_clear(struct rs_fit *fit, enum rs_outcome outcome, uint64_t n)
{
    fit->outcome = outcome;
    fit->statistic = RS_STAT_T;
    fit->n = n;
    fit->df = NAN;
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
}

/* Of the t that beta / se is compared with; the normal distribution is that
 * of infinitely many. */
static double tail_df(const struct rs_fit *fit)
{
    return fit->statistic == RS_STAT_Z ? INFINITY : fit->df;
}

void rs_fit_find_p(struct rs_fit *fit)
{
    if (isnan(fit->stat))
        return;
    fit->log_p = fit->statistic == RS_STAT_F
                     ? rs_f_log_p(fit->stat, fit->df1, fit->df)
                     : rs_t_log_p(fit->stat, tail_df(fit));
}

/* Half the width of the confidence interval of beta. */
static double half_width(const struct rs_fit *fit, double conf_level)
{
    if (isnan(fit->se))
        return NAN;
    return fit->se * rs_t_quantile(1.0 - conf_level, tail_df(fit));
}

static double correlation(const struct rs_fit *fit)
{
    double t = fit->stat;

    if (!isnan(fit->r))
        return fit->r;
    if (isnan(t) || fit->statistic != RS_STAT_T)
        return NAN;
    return t / hypot(t, sqrt(fit->df));
}

static double aic(const struct rs_fit *fit)
{
    double n = (double)fit->n;

    return n * (log(2.0 * pi) + 2.0 * log(fit->sigma) + log(fit->df / n) +
                1.0) -
           fit->log_weight + 2.0 * (fit->n_coef + 1.0);
}

double rs_fit_value(const struct rs_fit *fit, enum rs_field field,
                    double conf_level)
{
    switch (field) {
    case RS_FIELD_N:
        return (double)fit->n;
    case RS_FIELD_DF:
        return fit->df;
    case RS_FIELD_DF1:
        return fit->df1;
    case RS_FIELD_INTERCEPT:
        return fit->intercept;
    case RS_FIELD_BETA:
        return fit->beta;
    case RS_FIELD_SE:
        return fit->se;
    case RS_FIELD_CI_LOW:
        return fit->beta - half_width(fit, conf_level);
    case RS_FIELD_CI_HIGH:
        return fit->beta + half_width(fit, conf_level);
    case RS_FIELD_STAT:
        return fit->stat;
    case RS_FIELD_P:
        return exp(fit->log_p);
    case RS_FIELD_NEG_LOG10_P:
        return fabs(fit->log_p) / ln_10; /* ln p <= 0; never -0 */
    case RS_FIELD_R:
        return correlation(fit);
    case RS_FIELD_R2:
        return fit->r2;
    case RS_FIELD_SIGMA:
        return fit->sigma;
    case RS_FIELD_AIC:
        return aic(fit);
    default:
        break;
    }
    return NAN;
}
