/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adjust.h"

#include <math.h>
#include <string.h>

const struct rs_adjust_info rs_adjusts[RS_ADJUST_COUNT] = {
    [RS_ADJUST_BONFERRONI] = {"bonferroni", "p_bonferroni"},
    [RS_ADJUST_HOLM] = {"holm", "p_holm"},
    [RS_ADJUST_HOCHBERG] = {"hochberg", "p_hochberg"},
    [RS_ADJUST_BH] = {"bh", "p_bh"},
    [RS_ADJUST_BY] = {"by", "p_by"},
    [RS_ADJUST_STOREY] = {"storey", "q"}};

/* 1 + 1/2 + ... + 1/m; beyond some terms by its asymptotic series
 * (Abramowitz and Stegun 6.3.18). */
static double harmonic(uint64_t m)
{
    const double euler = 0.57721566490153286061;
    const uint64_t many = 64;
    double sum = 0.0;
    double n = (double)m;

    if (m > many)
        return log(n) + euler + 0.5 / n - 1.0 / (12.0 * n * n) +
               1.0 / (120.0 * n * n * n * n);
    for (; m > 0; m--)
        sum += 1.0 / (double)m;
    return sum;
}

bool rs_adjust_needs(unsigned methods, enum rs_steps_kind kind)
{
    static const unsigned who[RS_STEPS_COUNT] = {
        [RS_STEPS_HOLM] = 1U << RS_ADJUST_HOLM,
        [RS_STEPS_HOCHBERG] = 1U << RS_ADJUST_HOCHBERG,
        [RS_STEPS_BH] =
            1U << RS_ADJUST_BH | 1U << RS_ADJUST_BY | 1U << RS_ADJUST_STOREY};

    return (methods & who[kind]) != 0;
}

void rs_adjust_begin(struct rs_adjust_curve *curve, uint64_t m,
                     unsigned methods)
{
    memset(curve, 0, sizeof *curve);
    curve->m = m;
    curve->methods = methods;
    curve->log_p_largest = NAN;
    curve->log_p_median = NAN;
    if (m > 0) {
        curve->log_m = log((double)m);
        curve->log_harmonic = log(harmonic(m));
    }
}

void rs_adjust_clear(struct rs_adjust_curve *curve)
{
    for (unsigned k = 0; k < RS_STEPS_COUNT; k++)
        rs_steps_free(curve->steps[k]);
    memset(curve, 0, sizeof *curve);
}

uint64_t rs_adjust_bytes(const struct rs_adjust_curve *curve)
{
    uint64_t bytes = 0;

    for (unsigned k = 0; k < RS_STEPS_COUNT; k++)
        bytes += curve->steps[k] == NULL ? 0 : curve->steps[k]->bytes;
    return bytes;
}

static double at_most_0(double value)
{
    return value < 0.0 ? value : 0.0;
}

static enum rs_steps_kind kind_of(enum rs_adjust method)
{
    return method == RS_ADJUST_HOLM       ? RS_STEPS_HOLM
           : method == RS_ADJUST_HOCHBERG ? RS_STEPS_HOCHBERG
                                          : RS_STEPS_BH;
}

/* The method's value where its step function gives `value`. */
static double finish(const struct rs_adjust_curve *curve, enum rs_adjust method,
                     double value)
{
    if (method == RS_ADJUST_BY)
        return at_most_0(value + curve->log_harmonic);
    if (method == RS_ADJUST_STOREY)
        return at_most_0(value) + curve->log_pi0;
    return at_most_0(value);
}

double rs_adjust_log(const struct rs_adjust_curve *curve, enum rs_adjust method,
                     double log_p)
{
    const struct rs_steps *steps = NULL;

    if (curve->m == 0 || isnan(log_p) ||
        (curve->methods & rs_adjust_bit(method)) == 0)
        return NAN;
    if (method == RS_ADJUST_BONFERRONI)
        return at_most_0(log_p + curve->log_m);
    steps = curve->steps[kind_of(method)];
    return finish(curve, method,
                  rs_steps_value(steps, rs_steps_find(steps, log_p), log_p));
}

void rs_adjust_log_all(double *out, const struct rs_adjust_curve *curve,
                       double log_p)
{
    const struct rs_steps *const *steps =
        (const struct rs_steps *const *)curve->steps;
    double values[RS_STEPS_COUNT];
    size_t found[RS_STEPS_COUNT];

    rs_steps_find_each(found, steps, RS_STEPS_COUNT, log_p);
    for (unsigned k = 0; k < RS_STEPS_COUNT; k++)
        values[k] = rs_steps_value(steps[k], found[k], log_p);
    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++) {
        enum rs_adjust method = (enum rs_adjust)k;
        if (curve->m == 0 || isnan(log_p) ||
            (curve->methods & rs_adjust_bit(method)) == 0)
            out[k] = NAN;
        else if (method == RS_ADJUST_BONFERRONI)
            out[k] = at_most_0(log_p + curve->log_m);
        else
            out[k] = finish(curve, method, values[kind_of(method)]);
    }
}

/* The largest x up to `near`, give or take its rounding, whose value by piece
 * k is at most the level. */
static double settle(const struct rs_adjust_curve *curve, enum rs_adjust method,
                     double near, double log_level)
{
    double x = nextafter(nextafter(near, INFINITY), INFINITY);

    while (rs_adjust_log(curve, method, x) > log_level)
        x = nextafter(x, -INFINITY);
    return x;
}

/* Where the rising part of piece k meets the level; -infinity when it does
 * not. */
static double on_slope(const struct rs_adjust_curve *curve,
                       enum rs_adjust method, size_t k, double log_level)
{
    const struct rs_steps *steps = curve->steps[kind_of(method)];
    double shift = method == RS_ADJUST_BY       ? curve->log_harmonic
                   : method == RS_ADJUST_STOREY ? curve->log_pi0
                                                : 0.0;

    if (k >= steps->n || steps->offset == NULL ||
        finish(curve, method, steps->floor[k]) > log_level)
        return -INFINITY;
    return settle(curve, method, log_level - shift - steps->offset[k],
                  log_level);
}

double rs_adjust_log_p_max(const struct rs_adjust_curve *curve,
                           enum rs_adjust method, double log_level)
{
    const struct rs_steps *steps = curve->steps[kind_of(method)];
    size_t low = 0; /* pieces whose end is at most the level */
    size_t high = steps == NULL ? 0 : steps->n;
    double cut = NAN;
    double slope = NAN;

    if (curve->m == 0 || isnan(log_level) ||
        (curve->methods & rs_adjust_bit(method)) == 0)
        return NAN;
    if (rs_adjust_log(curve, method, curve->log_p_largest) <= log_level)
        return curve->log_p_largest;
    if (method == RS_ADJUST_BONFERRONI)
        return settle(curve, method, log_level - curve->log_m, log_level);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        double value = rs_steps_value(steps, middle, steps->keys[middle]);
        if (finish(curve, method, value) <= log_level)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0)
        cut = steps->keys[low - 1];
    if (steps != NULL)
        slope = on_slope(curve, method, low, log_level);
    return slope > -INFINITY && !(slope <= cut) ? slope : cut;
}
