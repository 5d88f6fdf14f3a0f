/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool_groups.h"

#include "chi_tail.h"

#include <math.h>
#include <stdbool.h>

/* Groups that are weighted by 1 / (s^2 + tau^2). */
struct groups {
    const double *beta, *se;
    size_t n, stride;
    double scale; /* weights are relative to 1 / scale^2: no overflow */
    double shift; /* slopes are taken from here */
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

/* The weighted mean; sums of the weights and of their squares. */
static double mean(const struct groups *groups, double tau, double *sum,
                   double *squares)
{
    double total = 0.0;

    *sum = *squares = 0.0;
    for (size_t i = 0; i < groups->n; i++) {
        double w = 0.0;
        if (!enters(groups, i))
            continue;
        w = weight(groups, i, tau);
        total += w * (groups->beta[i * groups->stride] - groups->shift);
        *sum += w;
        *squares += w * w;
    }
    return groups->shift + total / *sum;
}

static double find_q(const struct groups *groups, double center)
{
    double q = 0.0;

    for (size_t i = 0; i < groups->n; i++)
        if (enters(groups, i)) {
            double z = (groups->beta[i * groups->stride] - center) /
                       groups->se[i * groups->stride];
            q += z * z;
        }
    return q;
}

void rs_pool_groups(struct rs_pooled *out, enum rs_pooling how,
                    const double *beta, const double *se, size_t n,
                    size_t stride)
{
    struct groups groups = {beta, se, n, stride, INFINITY, 0.0};
    double sum = 0.0;
    double squares = 0.0;
    double excess = 0.0;

    *out = (struct rs_pooled){0, NAN, NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < n; i++) {
        if (!enters(&groups, i))
            continue;
        out->k++;
        if (se[i * stride] < groups.scale) {
            groups.scale = se[i * stride];
            groups.shift = beta[i * stride];
        }
    }
    if (out->k == 0)
        return;
    out->beta = mean(&groups, 0.0, &sum, &squares);
    out->q = find_q(&groups, out->beta);
    excess = fmax(out->q - (double)(out->k - 1), 0.0);
    out->tau2 = out->k == 1 ? 0.0
                            : groups.scale * groups.scale * excess /
                                  (sum - squares / sum);
    if (how == RS_POOLING_RANDOM)
        out->beta = mean(&groups, sqrt(out->tau2), &sum, &squares);
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
