/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tails.h"

#include <float.h>
#include <gsl/gsl_sf_erf.h>
#include <math.h>

static const double ln_2_pi = 1.8378770664093454836; /* ln(2 pi) */
static const double sqrt_half = 0.70710678118654752440;
enum { MAX_TERMS = 1000000 };

/*
 * All tails here are one function, the regularised incomplete beta function
 *     I_x(a, b),  x = 1 / (1 + w),  y = w / (1 + w),
 * with the odds w given, because neither x nor y near 1 may be formed by
 * subtraction: t has a = df/2, b = 1/2, w = t^2/df, and F has a = df2/2,
 * b = df1/2, w = df1 F / df2 (Abramowitz and Stegun 26.5, 26.6, 26.7).
 */

/* ln Gamma(z) less Stirling's (z - 1/2) ln z - z + ln(2 pi) / 2. */
static double stirling_error(double z)
{
    double shifted = 0.0;
    double z2 = 0.0;

    for (; z < 16.0; z += 1.0)
        shifted += (z + 0.5) * log1p(1.0 / z) - 1.0;
    z2 = z * z;
    return shifted +
           (1.0 / 12 -
            (1.0 / 360 -
             (1.0 / 1260 -
              (1.0 / 1680 - (1.0 / 1188 - 691.0 / 360360 / z2) / z2) / z2) /
                 z2) /
                z2) /
               z;
}

/* ln(1 + d) where 1 + d = ratio is known as well as d. */
static double log_ratio(double d, double ratio)
{
    return fabs(d) < 0.5 ? log1p(d) : log(ratio);
}

/*
 * ln( x^a y^b / B(a, b) ) by its saddle point, the form that keeps all
 * digits when a and b are large (after Loader 2000): the powers about the
 * mean a / (a + b), and Stirling errors in place of Gamma functions.
 */
static double log_prefactor(double a, double b, double w)
{
    double n = a + b;
    double dx = (b - a * w) / (a * (1.0 + w)); /* x = x0 (1 + dx) */
    double dy = (a * w - b) / (b * (1.0 + w)); /* y = y0 (1 + dy) */
    double powers = a * log_ratio(dx, n / (a * (1.0 + w))) +
                    b * log_ratio(dy, n * w / (b * (1.0 + w)));

    return powers + 0.5 * (log(a) + log(b / n) - ln_2_pi) + stirling_error(n) -
           stirling_error(a) - stirling_error(b);
}

/*
 * Continued fraction of I_x(a, b) B(a, b) / (x^a y^b) (Didonato and Morris
 * 1992, equation 9), by Lentz's method. Its terms hold the distance from the
 * mean, lambda = a - (a + b) x, as a number of its own: the textbook fraction
 * loses a digit for each digit of a.
 */
static double fraction(double a, double b, double w)
{
    double x = 1.0 / (1.0 + w);
    double y = w / (1.0 + w);
    double lambda = (a * w - b) / (1.0 + w);
    double value = (lambda + 1.0) * (a / (a + 1.0));
    double c = value;
    double d = 0.0;

    for (int i = 1; i < MAX_TERMS; i++) {
        double n = i;
        double s = a + 2.0 * n - 1.0;
        double alpha =
            ((a + n - 1.0) / s) * ((a + b + n - 1.0) / s) * n * (b - n) * x * x;
        double beta = n + n * (b - n) * x / s +
                      (a + n) / (s + 2.0) * (lambda + 1.0 + n * (1.0 + y));
        double step = 0.0;
        d = 1.0 / (beta + alpha * d);
        c = beta + alpha / c;
        step = c * d;
        value *= step;
        if (fabs(step - 1.0) <= 0.5 * DBL_EPSILON)
            break;
    }
    return 1.0 / value;
}

/* Power series of I_y(b, a) b B(a, b) / (x^a y^b), for y below its mean
 * (Abramowitz and Stegun 26.5.4): all terms positive. */
static double series(double a, double b, double w)
{
    double y = w / (1.0 + w);
    double term = 1.0;
    double sum = 1.0;

    for (int i = 0; i < MAX_TERMS && term > 0.25 * DBL_EPSILON * sum; i++) {
        term *= (a + b + i) / (b + 1.0 + i) * y;
        sum += term;
    }
    return sum;
}

/* ln I_x(a, b) at odds w = y / x. */
static double log_beta_tail(double a, double b, double w)
{
    double log_front = log_prefactor(a, b, w);

    if (a * w >= b) /* x is at most its mean */
        return log_front + log(fraction(a, b, w));
    /* p is the larger part: what is missing to 1, from the other side */
    return log1p(-exp(log_front) * series(a, b, w) / b);
}

static double log_normal_tail(double t)
{
    double p = erfc(t * sqrt_half);

    return p > 1e-300 ? log(p)
                      : gsl_sf_log_erfc(t * sqrt_half); /* no underflow */
}

/* Far out the leading power is all there is: I_x(a, b) = x^a / (a B(a, b))
 * for x below the rounding of 1, with ln x = -log_w. */
static double log_far_tail(double a, double b, double log_w)
{
    double n = a + b;

    return -a * (log_w + log(a / n)) - b * log(b / n) - log(a) +
           0.5 * (log(a) + log(b / n) - ln_2_pi) + stirling_error(n) -
           stirling_error(a) - stirling_error(b);
}

double rs_t_log_p(double t, double df)
{
    double u = fabs(t);

    if (isnan(t) || isnan(df) || !(df > 0.0))
        return NAN;
    if (isinf(t))
        return -INFINITY;
    if (u == 0.0)
        return 0.0;
    if (isinf(df))
        return log_normal_tail(u);
    if (u > 1e100)
        return log_far_tail(0.5 * df, 0.5, 2.0 * log(u) - log(df));
    return log_beta_tail(0.5 * df, 0.5, u * (u / df));
}

double rs_t_p(double t, double df)
{
    return exp(rs_t_log_p(t, df));
}

double rs_f_log_p(double f, double df1, double df2)
{
    double w = df1 * f / df2;

    if (isnan(f) || !(df1 > 0.0) || !(df2 > 0.0) || f < 0.0)
        return NAN;
    if (f == 0.0)
        return 0.0;
    if (isinf(f))
        return -INFINITY;
    if (w > 1e200)
        return log_far_tail(0.5 * df2, 0.5 * df1, log(df1) + log(f) - log(df2));
    return log_beta_tail(0.5 * df2, 0.5 * df1, w);
}

/* ln of the density of both tails together, -d/dt P(|T| >= t). */
static double log_density(double t, double df)
{
    double a = 0.5 * df;
    double gammas = 0.0; /* ln Gamma(a + 1/2) - ln Gamma(a) */

    if (isinf(df))
        return log(2.0) - 0.5 * (t * t + ln_2_pi);
    gammas = a * log1p(0.5 / a) + 0.5 * log(a) - 0.5 + stirling_error(a + 0.5) -
             stirling_error(a);
    return log(2.0) + gammas - 0.5 * (ln_2_pi + log(a)) -
           (a + 0.5) * log1p(t * (t / df));
}

double rs_t_condition(double t, double df)
{
    double u = fabs(t);

    if (u > 1e100) /* a power of t */
        return df;
    return u * exp(log_density(u, df) - rs_t_log_p(u, df));
}

/* A point between low and high for when Newton's step leaves them. */
static double between(double low, double high)
{
    return low > 0.0 && high / low > 4.0 ? sqrt(low * high)
                                         : 0.5 * (low + high);
}

/* The t with ln P(|T| >= t) = target, known to lie between low and high:
 * Newton's method, kept inside the bracket. */
static double find_t(double target, double df, double low, double high)
{
    double t = 0.5 * (low + high);

    for (int i = 0; i < 200; i++) {
        double log_p = rs_t_log_p(t, df);
        double slope = -exp(log_density(t, df) - log_p); /* of ln p */
        double next = t - (log_p - target) / slope;
        if (log_p > target)
            low = t;
        else
            high = t;
        if (!(next > low && next < high))
            next = between(low, high);
        if (fabs(next - t) <= 2.0 * DBL_EPSILON * t)
            return next;
        t = next;
    }
    return t;
}

double rs_t_quantile_log(double log_p, double df)
{
    double low = 0.0;
    double high = 1.0;

    if (!isfinite(log_p) || log_p > 0.0 || !(df > 0.0))
        return NAN;
    if (log_p == 0.0)
        return 0.0;
    while (rs_t_log_p(high, df) > log_p && high < 1e300) {
        low = high;
        high *= high < 16.0 ? 2.0 : high;
    }
    return find_t(log_p, df, low, high);
}

double rs_t_quantile(double p, double df)
{
    return rs_t_quantile_log(log(p), df);
}

double rs_log_p_middle(double a, double b)
{
    double z_a = 0.0;
    double z_b = 0.0;

    if (!(a < b))
        return b;
    if (a == -INFINITY)
        return a; /* chi-square is infinite, and so is the mean */
    z_a = rs_t_quantile_log(a, INFINITY);
    z_b = rs_t_quantile_log(b, INFINITY);
    return rs_t_log_p(hypot(z_a, z_b) / sqrt(2.0), INFINITY);
}
