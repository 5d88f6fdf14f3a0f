/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tukey.h"

#include "tails.h"

#include <math.h>

static const double ln_2 = 0.69314718055994530942;
static const double half_ln_2pi = 0.91893853320467274178;

/* Terms that are a smaller part than e^-beyond of the largest are left out. */
static const double beyond = 42.0;

/* Steps: of z, and of ln s, also in units of s's spread. */
static const double step_z = 0.2;
static const double step_s = 0.08;
static const double step_spread = 0.3;

/* ln of a sum of exponentials, and the largest of them. */
struct log_sum {
    double most;
    double sum; /* over e^most */
};

static void add(struct log_sum *total, double term)
{
    if (term > total->most) {
        total->sum = total->sum * exp(total->most - term) + 1.0;
        total->most = term;
    } else {
        total->sum += exp(term - total->most);
    }
}

/* What is integrated: ln of an integrand that has one peak. */
struct integrand {
    double (*log_of)(const struct integrand *self, double at);
    double n; /* k - 1 */
    double w; /* of the range; q of the studentised one */
    double df;
    double constant;
};

/* One side of a sum over steps from 0: until it has fallen for good. */
static void add_side(struct log_sum *total, const struct integrand *f,
                     double from, double step)
{
    double before = -INFINITY;

    for (double at = from;; at += step) {
        double term = f->log_of(f, at);
        if (term > -INFINITY)
            add(total, term);
        if (term <= before && term < total->most - beyond)
            return;
        if (!(term > -INFINITY) && before > -INFINITY)
            return;
        before = term;
    }
}

/* ln of the integral; from: where the integrand is above 0. */
static double integrate(const struct integrand *f, double from, double step)
{
    struct log_sum total = {-INFINITY, 0.0};

    add_side(&total, f, from, step);
    add_side(&total, f, from - step, -step);
    return total.most + log(total.sum * step);
}

/* ln Phi(z) */
static double log_phi(double z)
{
    double log_tail = rs_t_log_p(z, INFINITY) - ln_2;

    return z < 0.0 ? log_tail : log1p(-exp(log_tail));
}

/* ln of phi(z) (a^n - (a - d)^n), a = Phi(z), d = Phi(z - w). */
static double log_of_range(const struct integrand *self, double z)
{
    double a = log_phi(z);
    double part = log_phi(z - self->w) - a;
    double power = self->n * log1p(-exp(part));
    double left = power < -1e-290 ? log(-expm1(power)) : log(self->n) + part;

    return -0.5 * z * z - half_ln_2pi + self->n * a + left;
}

/* ln U(w) */
static double log_range(double w, double n)
{
    const struct integrand f = {log_of_range, n, w, 0.0, 0.0};
    double value = 0.0;

    if (!(w > 0.0))
        return 0.0;
    value = log(n + 1.0) + integrate(&f, 0.5 * w, step_z);
    return value < 0.0 ? value : 0.0;
}

/* ln of s f(s) U(q s) at ln s = t; f is the density of chi / sqrt(df). */
static double log_of_studentised(const struct integrand *self, double t)
{
    double density = self->df * (t - 0.5 * expm1(2.0 * t));

    return self->constant + density + log_range(self->w * exp(t), self->n);
}

/* ln of 2 x^x e^-x / Gamma(x), x = df / 2: the density of ln s at 0. */
static double log_constant(double df)
{
    double x = 0.5 * df;
    double y = 1.0 / (x * x);

    if (x < 20.0)
        return ln_2 + x * log(x) - x - lgamma(x);
    return ln_2 + 0.5 * log(x) - half_ln_2pi -
           (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y / 1680.0))) /
               x;
}

double rs_tukey_log_p(double q, double k, double df)
{
    struct integrand f = {log_of_studentised, k - 1.0, q, df, 0.0};
    double value = 0.0;

    if (isnan(q) || isnan(df))
        return NAN;
    if (!(q > 0.0))
        return 0.0;
    if (isinf(q))
        return -INFINITY;
    if (isinf(df))
        return log_range(q, k - 1.0);
    f.constant = log_constant(df);
    value = integrate(&f, 0.0, fmin(step_s, step_spread / sqrt(df)));
    return value < 0.0 ? value : 0.0;
}
