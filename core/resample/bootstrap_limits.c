/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap_limits.h"

#include "sorted.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* The four quantiles that are asked for, and the ranks on which they rest. */
enum { QUANTILES = 4, RANKS = 2 * QUANTILES };

/* ---- order statistics -------------------------------------------- */

static double middle_of(double a, double b, double c)
{
    double low = a < b ? a : b;
    double high = a < b ? b : a;

    return c < low ? low : (c > high ? high : c);
}

/* Splits a[first, end) so that none of the first part is above any of the
 * second (Hoare); returns where that begins, neither part being empty. */
static size_t split(double *a, size_t first, size_t end)
{
    double pivot =
        middle_of(a[first], a[first + (end - first) / 2], a[end - 1]);
    size_t i = first;
    size_t j = end - 1;

    for (;;) {
        double kept = 0.0;
        while (a[i] < pivot)
            i++;
        while (a[j] > pivot)
            j--;
        if (i >= j)
            break;
        kept = a[i];
        a[i++] = a[j];
        a[j--] = kept;
    }
    return i > first ? i : first + 1;
}

/* Puts the order statistics of the given ranks in their places: only parts
 * that hold one are sorted on. */
static void place_ranks(double *a, size_t first, size_t end,
                        const size_t ranks[RANKS], unsigned depth)
{
    enum { SMALL = 16 };
    size_t at = 0;
    bool any = false;

    for (size_t i = 0; i < RANKS; i++)
        any = any || (ranks[i] >= first && ranks[i] < end);
    if (!any)
        return;
    if (end - first <= SMALL || depth == 0) {
        qsort(&a[first], end - first, sizeof *a, rs_by_value);
        return;
    }
    at = split(a, first, end);
    place_ranks(a, first, at, ranks, depth - 1);
    place_ranks(a, at, end, ranks, depth - 1);
}

/* ---- quantiles --------------------------------------------------- */

/* Rank of a quantile, from 1, down to a whole one; 0 and n: an end. */
static size_t rank_of(double alpha, size_t n)
{
    double rank = ((double)n + 1.0) * alpha;

    if (!(rank >= 1.0))
        return 0;
    return rank >= (double)n ? n : (size_t)rank;
}

/* sorted  in  in its place are the ranks next to the quantile */
static double quantile(const double *sorted, size_t n, double alpha)
{
    size_t k = rank_of(alpha, n);
    double m = (double)n + 1.0;
    double low = 0.0;
    double high = 0.0;

    if (k == 0)
        return sorted[0];
    if (k == n || m * alpha == (double)k)
        return sorted[k - 1];
    low = gsl_cdf_ugaussian_Pinv((double)k / m);
    high = gsl_cdf_ugaussian_Pinv(((double)k + 1.0) / m);
    return sorted[k - 1] + (gsl_cdf_ugaussian_Pinv(alpha) - low) /
                               (high - low) * (sorted[k] - sorted[k - 1]);
}

/* Level of the BCa limit in place of alpha; NaN when there is none. */
static double corrected(double alpha, double z0, double acceleration)
{
    double z = z0 + gsl_cdf_ugaussian_Pinv(alpha);
    double divisor = 1.0 - acceleration * z;

    if (!(divisor > 0.0))
        return NAN;
    return gsl_cdf_ugaussian_P(z0 + z / divisor);
}

/* Normal quantile of the share below the estimate; NaN when infinite. */
static double bias_of(const double *slopes, size_t n, double estimate,
                      double tie)
{
    double below = 0.0;

    for (size_t i = 0; i < n; i++) {
        double d = slopes[i] - estimate;
        below += d < -tie ? 1.0 : (d <= tie ? 0.5 : 0.0);
    }
    if (below <= 0.0 || below >= (double)n)
        return NAN;
    return gsl_cdf_ugaussian_Pinv(below / (double)n);
}

void rs_bootstrap_find_limits(struct rs_bootstrap_limits *out, double *slopes,
                              size_t n, double estimate, double tie,
                              double acceleration, double conf_level)
{
    double *const limits[QUANTILES] = {&out->low, &out->high, &out->bca_low,
                                       &out->bca_high};
    double alphas[QUANTILES];
    size_t ranks[RANKS] = {0};
    double z0 = n > 0 ? bias_of(slopes, n, estimate, tie) : NAN;
    unsigned depth = 2;

    alphas[0] = (1.0 - conf_level) / 2.0;
    alphas[1] = (1.0 + conf_level) / 2.0;
    for (size_t i = 0; i < 2; i++)
        alphas[2 + i] = corrected(alphas[i], z0, acceleration);
    if (!(alphas[2] <= alphas[3])) /* both or none */
        alphas[2] = alphas[3] = NAN;
    for (size_t i = 0; i < QUANTILES && n > 0; i++) {
        size_t k = isnan(alphas[i]) ? 0 : rank_of(alphas[i], n);
        ranks[2 * i] = k > 0 ? k - 1 : 0;
        ranks[2 * i + 1] = k < n ? k : n - 1;
    }
    for (size_t i = n; i > 0; i /= 2)
        depth += 3;
    if (n > 0)
        place_ranks(slopes, 0, n, ranks, depth);
    for (size_t i = 0; i < QUANTILES; i++)
        *limits[i] =
            n == 0 || isnan(alphas[i]) ? NAN : quantile(slopes, n, alphas[i]);
}
