/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fields.h"

#include "pool_groups.h"

#include "tails.h"

#include <math.h>
#include <string.h>

static const double pi = 3.14159265358979323846;
static const double ln_10 = 2.30258509299404568402;

/* ---- numbers that follow from a fit ------------------------------ */

/* Half the width of the confidence interval of beta. */
static double half_width(const struct rs_fit *fit, double conf_level)
{
    if (isnan(fit->se))
        return NAN;
    return fit->se * rs_t_quantile(1.0 - conf_level, rs_fit_tail_df(fit));
}

static double ci_low(const struct rs_fit *fit, double conf_level)
{
    return fit->beta - half_width(fit, conf_level);
}

static double ci_high(const struct rs_fit *fit, double conf_level)
{
    return fit->beta + half_width(fit, conf_level);
}

/* Of the test; beside z the residual ones. */
static double degrees(const struct rs_fit *fit, double conf_level)
{
    (void)conf_level;
    return isnan(fit->test_df) ? fit->df : fit->test_df;
}

static double p(const struct rs_fit *fit, double conf_level)
{
    (void)conf_level;
    return exp(fit->log_p);
}

static double neg_log10_p(const struct rs_fit *fit, double conf_level)
{
    (void)conf_level;
    return fabs(fit->log_p) / ln_10; /* ln p <= 0; never -0 */
}

static double correlation(const struct rs_fit *fit, double conf_level)
{
    (void)conf_level;
    return rs_fit_r(fit);
}

static double aic(const struct rs_fit *fit, double conf_level)
{
    double n = (double)fit->n;

    (void)conf_level;
    return n * (log(2.0 * pi) + 2.0 * log(fit->sigma) + log(fit->df / n) +
                1.0) -
           fit->log_weight + 2.0 * (fit->n_coef + 1.0);
}

static double pooled_q_p(const struct rs_fit *fit, double conf_level)
{
    (void)conf_level;
    return rs_pooled_q_p(fit->pooled, fit->pooled_q);
}

static double pooled_i2(const struct rs_fit *fit, double conf_level)
{
    (void)conf_level;
    return rs_pooled_i2(fit->pooled, fit->pooled_q);
}

/* 1 where the model has an intercept, which is no part of what it explains. */
static double n_null(const struct rs_fit *fit)
{
    return isnan(fit->intercept) ? 0.0 : 1.0;
}

static double partial_r2(const struct rs_fit *fit, double conf_level)
{
    (void)conf_level;
    return rs_fit_partial_r2(fit);
}

static double adj_r2(const struct rs_fit *fit, double conf_level)
{
    (void)conf_level;
    return 1.0 - (1.0 - fit->r2) * (((double)fit->n - n_null(fit)) / fit->df);
}

/* Fisher's z of r plus so many standard errors, as a correlation. */
static double fisher(const struct rs_fit *fit, double conf_level, double sign)
{
    double r = rs_fit_r(fit);
    double rest = fit->df - 1.0; /* n - 3 - c */
    double z = 0.0;

    if (isnan(r) || isnan(fit->r2) || fit->statistic != RS_STAT_T ||
        !(rest > 0.0))
        return NAN;
    /* t = r sqrt(df / (1 - r^2)) has the digits that r near 1 has not */
    z = isnan(fit->r) ? asinh(fit->stat / sqrt(fit->df)) : atanh(r);
    return tanh(z +
                sign * rs_t_quantile(1.0 - conf_level, INFINITY) / sqrt(rest));
}

static double r_low(const struct rs_fit *fit, double conf_level)
{
    return fisher(fit, conf_level, -1.0);
}

static double r_high(const struct rs_fit *fit, double conf_level)
{
    return fisher(fit, conf_level, 1.0);
}

/* F of all coefficients but the intercept. Where these are x alone it is the
 * square of t, which has the digits that r2 near 1 has not. */
static double f_of_model(const struct rs_fit *fit, double conf_level)
{
    double df1 = fit->n_coef - n_null(fit);

    (void)conf_level;
    if (isnan(fit->sigma) || !(df1 > 0.0))
        return NAN;
    if (df1 == 1.0 && fit->statistic == RS_STAT_T && isnan(fit->r))
        return fit->stat * fit->stat;
    return fit->r2 / (1.0 - fit->r2) * (fit->df / df1);
}

static double f_p(const struct rs_fit *fit, double conf_level)
{
    double f = f_of_model(fit, conf_level);

    return isnan(f) || f < 0.0
               ? NAN
               : exp(rs_f_log_p(f, fit->n_coef - n_null(fit), fit->df));
}

/* The maximum of the likelihood of normal residuals; aic's other half. */
static double loglik(const struct rs_fit *fit, double conf_level)
{
    return fit->n_coef + 1.0 - 0.5 * aic(fit, conf_level);
}

static double bic(const struct rs_fit *fit, double conf_level)
{
    return aic(fit, conf_level) +
           (log((double)fit->n) - 2.0) * (fit->n_coef + 1.0);
}

/* A test of the slope of x whose variance is that of y given the covariates,
 * not given x too: n - c of those c coefficients, times r^2. With one degree of
 * freedom, whatever standard errors the fit has. */
static double score_chisq(const struct rs_fit *fit, double conf_level)
{
    (void)conf_level;
    if (isnan(fit->r2) || isnan(fit->stat) || fit->statistic != RS_STAT_T)
        return NAN;
    return (fit->df + 1.0) * rs_fit_partial_r2(fit);
}

static double score_neg_log10_p(const struct rs_fit *fit, double conf_level)
{
    double chisq = score_chisq(fit, conf_level);

    return isnan(chisq) ? NAN : fabs(rs_t_log_p(sqrt(chisq), INFINITY)) / ln_10;
}

/* |beta| / sqrt(chisq), which is 0/0 for a slope of 0; classical errors know it
 * from t: r^2 = t^2 / (t^2 + df). */
static double score_se(const struct rs_fit *fit, double conf_level)
{
    double chisq = score_chisq(fit, conf_level);

    if (isnan(chisq))
        return NAN;
    if (isnan(fit->r))
        return fit->se * hypot(fit->stat, sqrt(fit->df)) / sqrt(fit->df + 1.0);
    return chisq > 0.0 ? fabs(fit->beta) / sqrt(chisq) : NAN;
}

/* ---- the table --------------------------------------------------- */

#define NONE     0
#define PAIRS    RS_ROWS_PAIRS
#define TERMS    RS_ROWS_TERMS
#define BOTH     (RS_ROWS_PAIRS | RS_ROWS_TERMS)
#define TEXT(of) .source = RS_FROM_##of
#define COUNT(name)                                                            \
    .source = RS_FROM_COUNT, .offset = offsetof(struct rs_fit, name)
#define MEMBER(name)                                                           \
    .source = RS_FROM_MEMBER, .offset = offsetof(struct rs_fit, name)
#define VALUE(of) .source = RS_FROM_VALUE, .value = of
#define ADDED     .source = RS_FROM_ADDED

const struct rs_field_info rs_fields[RS_FIELD_COUNT] = {
#define ROW(symbol, text, from, has, seen, asked, index, word, page)           \
    {.name = text,                                                             \
     from,                                                                     \
     .rows = has,                                                              \
     .shown = seen,                                                            \
     .need = RS_NEED_##asked,                                                  \
     .indexed = index,                                                         \
     .group = word,                                                            \
     .man = page},
#include "field_rows.h"
};

double rs_fit_value(const struct rs_fit *fit, enum rs_field field,
                    double conf_level)
{
    const struct rs_field_info *info = &rs_fields[field];
    double value = NAN;
    uint64_t count = 0;

    switch (info->source) {
    case RS_FROM_VALUE:
        return info->value(fit, conf_level);
    case RS_FROM_MEMBER:
        memcpy(&value, (const char *)fit + info->offset, sizeof value);
        break;
    case RS_FROM_COUNT:
        memcpy(&count, (const char *)fit + info->offset, sizeof count);
        value = (double)count;
        break;
    default:
        break;
    }
    return value;
}
