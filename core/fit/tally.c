/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tally.h"

#include "tails.h"
#include "vector_code.h"

#include <math.h>

/* An edge this near to a statistic: p decides. */
static const double near_edge = 1e-9;

double rs_p_edge(unsigned k)
{
    static const double tenths[RS_P_TENTHS] = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6,
                                               1e-7, 1e-8, 1e-9, 1e-10};

    if (k + 1 < RS_P_EVEN)
        return (double)(RS_P_EVEN - 1 - k) / 10.0;
    return k + 1 == RS_P_EVEN ? 0.05 : tenths[k - RS_P_EVEN];
}

void rs_p_edges_r(double *r, double df)
{
    for (unsigned k = 0; k < RS_P_EDGES; k++) {
        double t = rs_t_quantile(rs_p_edge(k), df);
        r[k] = t / hypot(t, sqrt(df));
    }
}

/*
 * Newton's steps towards ln P = ln p for all edges at once. Of the derivative
 *     d ln P / dr = -C (1 - r^2)^(df/2 - 1) / P
 * C is what P falls by near r = 0.
 */
bool rs_p_edges_r_near(double *r, const struct rs_tail_table *tail,
                       const double *near, double near_df)
{
    enum { MOST_STEPS = 8 };
    static const double tiny = 1e-13;
    double df = rs_tail_table_df(tail);
    double scale = sqrt((near_df - 0.5) / (df - 0.5));
    double one = 1.0;
    double log_c = 0.0;
    double moved = 1.0;

    if (!(df >= 30.0) || !(near_df >= 30.0))
        return false;
    rs_tail_table_log_p(tail, &log_c, &tiny, &one, 1);
    log_c = log(-log_c / tiny);
    for (unsigned k = 0; k < RS_P_EDGES; k++)
        r[k] = near[k] * scale;
    for (int step = 0; step < MOST_STEPS && moved > 1e-9; step++) {
        double rest[RS_P_EDGES];
        double log_p[RS_P_EDGES];
        for (unsigned k = 0; k < RS_P_EDGES; k++)
            rest[k] = (1.0 - r[k]) * (1.0 + r[k]);
        rs_tail_table_log_p(tail, log_p, r, rest, RS_P_EDGES);
        moved = 0.0;
        for (unsigned k = 0; k < RS_P_EDGES; k++) {
            double slope =
                exp(log_c + (0.5 * df - 1.0) * log(rest[k]) - log_p[k]);
            double by = (log_p[k] - log(rs_p_edge(k))) / slope;
            r[k] += by;
            if (!(r[k] > 0.0 && r[k] < 1.0))
                return false;
            moved = fmax(moved, fabs(by) / r[k]);
        }
    }
    return moved <= 1e-9; /* the next step would be its square */
}

void rs_tally_add_p(struct rs_tally *tally, const struct rs_fit *fit)
{
    double p = fit->outcome == RS_FIT_PERFECT ? 0.0 : exp(fit->log_p);

    if (isnan(p))
        return;
    for (unsigned k = 0; k < RS_P_EDGES && p <= rs_p_edge(k); k++)
        tally->at_most[k]++;
}

RS_WIDE_INTEGER bool rs_tally_clear(struct rs_tally *tally,
                                    const double *restrict stat, size_t n,
                                    const double *edges)
{
    uint64_t found[RS_P_EDGES] = {0};

    for (unsigned e = 0; e < RS_P_EDGES; e++) {
        double low = edges[e] * (1.0 - near_edge);
        double high = edges[e] * (1.0 + near_edge);
        uint64_t below = 0;
        uint64_t above = 0;
        for (size_t k = 0; k < n; k++) {
            below += stat[k] >= low ? 1 : 0;
            above += stat[k] >= high ? 1 : 0;
        }
        if (below != above)
            return false;
        if (below == 0) /* the edges rise */
            break;
        found[e] = below;
    }
    for (unsigned e = 0; e < RS_P_EDGES; e++)
        tally->at_most[e] += found[e];
    return true;
}

bool rs_tally_clear_one(struct rs_tally *tally, double stat,
                        const double *edges)
{
    unsigned n = 0;

    while (n < RS_P_EDGES && stat >= edges[n] * (1.0 + near_edge))
        n++;
    if (n < RS_P_EDGES && stat >= edges[n] * (1.0 - near_edge))
        return false;
    for (unsigned e = 0; e < n; e++)
        tally->at_most[e]++;
    return true;
}

void rs_tally_add(struct rs_tally *tally, const struct rs_fit *fit)
{
    tally->outcomes[fit->outcome]++;
    if (fit->pooled > 0.0) /* NaN: it is no such fit */
        tally->pooled++;
    else
        rs_tally_add_p(tally, fit);
}

void rs_tally_lose(struct rs_tally *tally, const struct rs_fit *fit)
{
    struct rs_tally own = {0};

    rs_tally_add(&own, fit);
    tally->outcomes[fit->outcome]--;
    tally->outcomes[RS_FIT_WORKER_LOST]++;
    tally->pooled -= own.pooled;
    for (unsigned k = 0; k < RS_P_EDGES; k++)
        tally->at_most[k] -= own.at_most[k];
}

uint64_t rs_tally_pairs(const struct rs_tally *tally)
{
    uint64_t n = 0;

    for (unsigned i = 0; i < RS_FIT_N_OUTCOMES; i++)
        n += tally->outcomes[i];
    return n;
}

uint64_t rs_tally_tests(const struct rs_tally *tally)
{
    return tally->outcomes[RS_FIT_OK] + tally->outcomes[RS_FIT_PERFECT] -
           tally->pooled;
}

/*
 * The median between two edges, p in (low, high], at or below which the
 * shares low_part <= 1/2 < high_part of the tests lie. Were all |z| inflated
 * by one factor, the normal quantiles of p and of the shares would be
 * proportional, so it is these that are interpolated: what that finds is then
 * the very median. A share of 0 has no quantile.
 */
static double median_between(double low, double low_part, double high,
                             double high_part)
{
    double z_low = rs_t_quantile(low, INFINITY);
    double z_high = rs_t_quantile(high, INFINITY);
    double w_high = rs_t_quantile(high_part, INFINITY);
    double at = rs_t_quantile(0.5, INFINITY) - w_high;

    if (!(low_part > 0.0))
        return low + (high - low) * (0.5 - low_part) / (high_part - low_part);
    at /= rs_t_quantile(low_part, INFINITY) - w_high;
    return rs_t_p(z_high + (z_low - z_high) * at, INFINITY);
}

double rs_tally_median_p(const struct rs_tally *tally)
{
    double tests = (double)rs_tally_tests(tally);
    double high = 1.0; /* p and share at the edge above the median */
    double high_part = 1.0;

    if (!(tests > 0.0))
        return NAN;
    for (unsigned k = 0; k < RS_P_EDGES; k++) {
        double part = (double)tally->at_most[k] / tests;
        if (part <= 0.5)
            return median_between(rs_p_edge(k), part, high, high_part);
        high = rs_p_edge(k);
        high_part = part;
    }
    return high * 0.5 / high_part;
}

double rs_genomic_lambda(double log_median)
{
    const double at_half = 0.45493642311957275194; /* of chi-square at 1/2 */
    double z = 0.0;

    if (log_median == -INFINITY)
        return INFINITY;
    z = rs_t_quantile_log(log_median, INFINITY);
    return z * z / at_half;
}

double rs_tally_lambda(const struct rs_tally *tally)
{
    return rs_genomic_lambda(log(rs_tally_median_p(tally)));
}
