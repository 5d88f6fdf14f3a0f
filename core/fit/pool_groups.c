/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool_groups.h"

#include "chi_tail.h"

#include <math.h>
#include <stdbool.h>

/* Groups that are weighted by 1 / (s^2 + tau^2). */
struct groups {
    const double *beta, *se;
    size_t n, stride;
    size_t first; /* the one of least se, which is */
    double scale; /* that weights are relative to, 1 / scale^2: no overflow; */
    double shift; /* slopes are taken from its own */
};

static bool enters(const struct groups *groups, size_t i)
{
    double se = groups->se[i * groups->stride];

    return isfinite(se) && se > 0.0 &&
           isfinite(groups->beta[i * groups->stride]);
}

static double weight(const struct groups *groups, size_t i, double tau)
{
    double w = groups->scale / hypot(groups->se[i * groups->stride], tau);

    return w * w;
}

/* The weighted mean, from the shift. sum: out, of the weights */
static double mean(const struct groups *groups, double tau, double *sum)
{
    double total = 0.0;

    *sum = 0.0;
    for (size_t i = 0; i < groups->n; i++) {
        double w = 0.0;
        if (!enters(groups, i))
            continue;
        w = weight(groups, i, tau);
        total += w * (groups->beta[i * groups->stride] - groups->shift);
        *sum += w;
    }
    return total / *sum;
}

/* The sum of the weights w less that of their squares over it,
 *     sum over i of w_i (sum - w_i) / sum:
 * of the first of weight 1 the difference is the sum of the others, and that
 * of another is no less than 1. */
static double find_spread(const struct groups *groups, double sum)
{
    double others = 0.0;
    double spread = 0.0;

    for (size_t i = 0; i < groups->n; i++) {
        double w = enters(groups, i) ? weight(groups, i, 0.0) : 0.0;
        if (i == groups->first)
            continue;
        others += w;
        spread += w * (sum - w);
    }
    return (spread + others) / sum;
}

/* center: from the shift, as mean() has it */
static double find_q(const struct groups *groups, double center)
{
    double q = 0.0;

    for (size_t i = 0; i < groups->n; i++)
        if (enters(groups, i)) {
            double beta = groups->beta[i * groups->stride];
            double z = (beta - groups->shift - center) /
                       groups->se[i * groups->stride];
            q += z * z;
        }
    return q;
}

void rs_pool_groups(struct rs_pooled *out, enum rs_pooling how,
                    const double *beta, const double *se, size_t n,
                    size_t stride)
{
    struct groups groups = {beta, se, n, stride, 0, INFINITY, 0.0};
    double sum = 0.0;
    double center = 0.0;
    double excess = 0.0;
    double tau = 0.0;

    *out = (struct rs_pooled){0, NAN, NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < n; i++) {
        if (!enters(&groups, i))
            continue;
        out->k++;
        if (se[i * stride] < groups.scale) {
            groups.first = i;
            groups.scale = se[i * stride];
            groups.shift = beta[i * stride];
        }
    }
    if (out->k == 0)
        return;
    center = mean(&groups, 0.0, &sum);
    out->q = find_q(&groups, center);
    excess = fmax(out->q - (double)(out->k - 1), 0.0);
    if (out->k > 1)
        tau = groups.scale * sqrt(excess / find_spread(&groups, sum));
    out->tau2 = tau * tau;
    if (how == RS_POOLING_RANDOM)
        center = mean(&groups, tau, &sum);
    out->beta = groups.shift + center;
    out->se = groups.scale / sqrt(sum);
    out->z = out->beta / out->se;
}

double rs_pooled_q_p(double k, double q)
{
    return k >= 2.0 ? exp(rs_chi_log_p(q, k - 1.0)) : NAN;
}

double rs_pooled_i2(double k, double q)
{
    if (!(k >= 2.0))
        return NAN;
    return q > k - 1.0 ? 100.0 * (q - (k - 1.0)) / q : 0.0;
}
