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
    double t = fit->stat;

    (void)conf_level;
    if (!isnan(fit->r))
        return fit->r;
    if (isnan(t) || fit->statistic != RS_STAT_T)
        return NAN;
    return t / hypot(t, sqrt(fit->df));
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
#define ROW(symbol, text, from, has, seen, asked, index, word, broom, plink,   \
            statsmodels, matrix_eqtl, page)                                    \
    {.name = text,                                                             \
     from,                                                                     \
     .rows = has,                                                              \
     .shown = seen,                                                            \
     .need = RS_NEED_##asked,                                                  \
     .indexed = index,                                                         \
     .group = word,                                                            \
     .elsewhere = {broom, plink, statsmodels, matrix_eqtl},                    \
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
