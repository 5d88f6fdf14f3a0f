/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "p_histogram.h"

#include "mem.h"
#include "parallel.h"
#include "tails.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PER_OCTAVE = 1 << RS_P_BUCKET_BITS,
    BEYOND = (RS_P_OCTAVES + 1) << RS_P_BUCKET_BITS, /* p < e^-32768 */
    ZERO = BEYOND + 1,                               /* p = 0 */
    MANTISSA = 52,
    MOST_AT_ONCE = 16 /* histograms filled in parallel */
};

size_t rs_p_bucket(double log_p)
{
    double x = log_p < 0.0 ? -log_p : 0.0;
    uint64_t bits = 0;

    if (x < 1.0)
        return (size_t)(x * PER_OCTAVE);
    if (isinf(x))
        return ZERO;
    if (x >= (double)(1 << RS_P_OCTAVES))
        return BEYOND;
    /* the exponent above 1's, and the leading bits of the mantissa */
    memcpy(&bits, &x, sizeof bits);
    bits >>= MANTISSA - RS_P_BUCKET_BITS;
    return (size_t)(bits - ((uint64_t)1023 << RS_P_BUCKET_BITS)) + PER_OCTAVE;
}

/* Where -ln p begins in a bucket. */
static double bucket_start(size_t bucket)
{
    size_t octave = bucket >> RS_P_BUCKET_BITS;
    double part = (double)(bucket & (PER_OCTAVE - 1)) / PER_OCTAVE;

    if (bucket > BEYOND)
        return INFINITY;
    return octave == 0 ? part : ldexp(1.0 + part, (int)octave - 1);
}

void rs_p_bucket_ends(double *low, double *high, size_t bucket)
{
    *high = -bucket_start(bucket);
    *low = bucket == ZERO ? -INFINITY : -bucket_start(bucket + 1);
}

void rs_p_histogram_add(struct rs_p_histogram *histogram, double log_p)
{
    size_t k = 0;

    if (isnan(log_p))
        return;
    histogram->counts[rs_p_bucket(log_p)]++;
    for (size_t i = 0; i < RS_LAMBDAS; i++)
        k += log_p >= rs_storey_log_lambdas[i] ? 1 : 0;
    histogram->above[k]++;
}

void rs_p_histogram_merge(struct rs_p_histogram *into,
                          const struct rs_p_histogram *from)
{
    for (size_t i = 0; i < RS_P_BUCKETS; i++)
        into->counts[i] += from->counts[i];
    for (size_t i = 0; i <= RS_LAMBDAS; i++)
        into->above[i] += from->above[i];
}

struct filling {
    struct rs_p_histogram *histograms; /* [n], one for each thread */
    const double *log_p;
    size_t n_p, n;
};

static void fill(void *ctx, size_t i)
{
    struct filling *filling = ctx;
    size_t size = filling->n_p / filling->n + 1;
    size_t from = i * size < filling->n_p ? i * size : filling->n_p;
    size_t end = filling->n_p - from < size ? filling->n_p : from + size;

    for (; from < end; from++)
        rs_p_histogram_add(&filling->histograms[i], filling->log_p[from]);
}

enum rs_status rs_p_histogram_of(struct rs_pages *out, const double *log_p,
                                 size_t n, unsigned n_threads,
                                 struct rs_error *err)
{
    struct filling filling = {.log_p = log_p, .n_p = n};
    enum rs_status status = RS_OK;

    filling.n = n_threads == 0             ? 1
                : n_threads < MOST_AT_ONCE ? n_threads
                                           : MOST_AT_ONCE;
    status = rs_pages_new(out, filling.n * sizeof *filling.histograms, err);
    if (status != RS_OK)
        return status;
    filling.histograms = out->base;
    rs_parallel(n_threads, filling.n, &filling, fill);
    for (size_t i = 1; i < filling.n; i++)
        rs_p_histogram_merge(filling.histograms, &filling.histograms[i]);
    return RS_OK;
}

/* A bucket that holds something. */
struct part {
    double low, high;    /* low < ln p <= high */
    double before, upto; /* tests with smaller p; and those with its own */
};

/*
 * The adjusted value at x = ln p in a part lies between two functions. A rank
 * in it is at least before + 1 and at most upto; a test of another part lies
 * between that part's ends.
 */
struct bounds {
    double floor, top, offset;  /* upper: x + offset, within floor and top */
    double least_offset, other; /* lower: x + least_offset; of holm at least
                                   `other`, of the others at most */
};

static double least_of(double a, double b)
{
    return a < b ? a : b;
}

static double largest_of(double a, double b)
{
    return a > b ? a : b;
}

static double upper(const struct bounds *b, double x)
{
    return least_of(0.0, largest_of(b->floor, least_of(b->top, x + b->offset)));
}

static double lower(const struct bounds *b, double x, bool holm)
{
    double own = x + b->least_offset;

    return least_of(0.0,
                    holm ? largest_of(own, b->other) : least_of(own, b->other));
}

/* The largest upper less lower in a part: at one of the bends of the two.
 * Below 1e-300 all is the same. */
static double gap(const struct bounds *b, const struct part *part, bool holm)
{
    const double least = -300.0 * 2.302585092994046;
    const double bends[] = {part->low,
                            part->high,
                            b->floor - b->offset,
                            b->top - b->offset,
                            b->other - b->least_offset,
                            -b->offset,
                            -b->least_offset,
                            least - b->offset,
                            least - b->least_offset};
    double worst = 0.0;

    for (size_t i = 0; i < sizeof bends / sizeof bends[0]; i++) {
        double x = least_of(part->high, largest_of(part->low, bends[i]));
        worst = largest_of(worst, largest_of(least, upper(b, x)) -
                                      largest_of(least, lower(b, x, holm)));
    }
    return worst;
}

/* ln of the factor of a p whose rank is `rank`. */
static double log_factor(enum rs_steps_kind kind, double m, double rank)
{
    return kind == RS_STEPS_BH ? log(m / rank) : log(m + 1.0 - rank);
}

/* Bounds of every part, of the kinds that take minima over larger p. */
static void bound_minima(struct bounds *bounds, const struct part *parts,
                         size_t n, enum rs_steps_kind kind, double m)
{
    double top = 0.0;
    double other = 0.0;
    double floor = -INFINITY;

    for (size_t k = n; k-- > 0;) {
        double rank = log_factor(kind, m, parts[k].upto);
        top = least_of(top, parts[k].high + rank);
        bounds[k].top = top;
        bounds[k].offset = log_factor(kind, m, parts[k].before + 1.0);
        bounds[k].least_offset = rank;
        bounds[k].other = other;
        other = least_of(other, parts[k].low + rank);
    }
    for (size_t k = 0; k < n; k++) { /* lest a larger p get a smaller value */
        bounds[k].floor = floor;
        floor = largest_of(floor, upper(&bounds[k], parts[k].high));
    }
}

/* The same for holm, which takes maxima over smaller p. */
static void bound_maxima(struct bounds *bounds, const struct part *parts,
                         size_t n, double m)
{
    double floor = -INFINITY;
    double other = -INFINITY;

    for (size_t k = 0; k < n; k++) {
        double first = log(m - parts[k].before);
        /* the part's first test, above its low end, counts for all in it */
        other = largest_of(other, parts[k].low + first);
        bounds[k] =
            (struct bounds){.floor = floor,
                            .top = INFINITY,
                            .offset = first,
                            .least_offset = log(m + 1.0 - parts[k].upto),
                            .other = other};
        floor = largest_of(floor, parts[k].high + first);
    }
}

static enum rs_status make_steps(struct rs_adjust_curve *curve,
                                 const struct part *parts, size_t n,
                                 enum rs_steps_kind kind, struct rs_error *err)
{
    struct bounds *bounds = rs_alloc(n, sizeof *bounds, err);
    struct rs_steps *steps = NULL;
    bool holm = kind == RS_STEPS_HOLM;
    double worst = 0.0;

    if (bounds == NULL)
        return RS_ERR_NOMEM;
    if (holm)
        bound_maxima(bounds, parts, n, (double)curve->m);
    else
        bound_minima(bounds, parts, n, kind, (double)curve->m);
    for (size_t k = 0; k < n; k++)
        worst = largest_of(worst, gap(&bounds[k], &parts[k], holm));
    while (n > 0 && upper(&bounds[n - 1], parts[n - 1].low) >= 0.0)
        n--;
    steps = rs_steps_new(n, true, err);
    for (size_t k = 0; steps != NULL && k < n; k++) {
        steps->keys[k] = parts[k].high;
        steps->top[k] = least_of(0.0, bounds[k].top);
        steps->floor[k] = bounds[k].floor;
        steps->offset[k] = bounds[k].offset;
    }
    free(bounds);
    if (steps == NULL)
        return RS_ERR_NOMEM;
    rs_steps_index(steps);
    curve->steps[kind] = steps;
    curve->distance = largest_of(curve->distance, expm1(worst));
    return RS_OK;
}

static size_t list_parts(struct part *parts,
                         const struct rs_p_histogram *histogram)
{
    double seen = 0.0;
    size_t n = 0;

    for (size_t i = RS_P_BUCKETS; i-- > 0;) {
        if (histogram->counts[i] == 0)
            continue;
        rs_p_bucket_ends(&parts[n].low, &parts[n].high, i);
        parts[n].before = seen;
        seen += (double)histogram->counts[i];
        parts[n].upto = seen;
        n++;
    }
    return n;
}

/* p at the given rank (from 0), as if the tests of a
 * part were at even distances. */
static double log_p_at(const struct part *parts, size_t n, double rank)
{
    size_t k = 0;
    double share = 0.0;

    while (k + 1 < n && parts[k].upto <= rank)
        k++;
    share = (rank + 0.5 - parts[k].before) / (parts[k].upto - parts[k].before);
    return log(exp(parts[k].low - parts[k].high) * (1.0 - share) + share) +
           parts[k].high;
}

static void describe(struct rs_adjust_curve *curve, const struct part *parts,
                     size_t n, const struct rs_p_histogram *histogram)
{
    double m = (double)curve->m;
    uint64_t at_least[RS_LAMBDAS];
    uint64_t sum = 0;

    for (unsigned k = RS_LAMBDAS; k-- > 0;) {
        sum += histogram->above[k + 1];
        at_least[k] = sum;
    }
    curve->pi0_sound = rs_storey_log_pi0(&curve->log_pi0, at_least, curve->m);
    curve->log_p_largest = parts[n - 1].high;
    curve->log_p_median =
        rs_log_p_middle(log_p_at(parts, n, floor(0.5 * (m - 1.0))),
                        log_p_at(parts, n, floor(0.5 * m)));
}

enum rs_status rs_p_histogram_curve(struct rs_adjust_curve *curve,
                                    const struct rs_p_histogram *histogram,
                                    unsigned methods, struct rs_error *err)
{
    enum rs_status status = RS_OK;
    struct part *parts = NULL;
    uint64_t m = 0;
    size_t n = 0;

    for (size_t i = 0; i < RS_P_BUCKETS; i++) {
        m += histogram->counts[i];
        n += histogram->counts[i] > 0 ? 1 : 0;
    }
    rs_adjust_begin(curve, m, methods);
    if (m == 0)
        return RS_OK;
    parts = rs_alloc(n, sizeof *parts, err);
    if (parts == NULL)
        status = RS_ERR_NOMEM;
    else
        describe(curve, parts, list_parts(parts, histogram), histogram);
    for (unsigned k = 0; k < RS_STEPS_COUNT && status == RS_OK; k++)
        if (rs_adjust_needs(methods, (enum rs_steps_kind)k))
            status = make_steps(curve, parts, n, (enum rs_steps_kind)k, err);
    if (status != RS_OK)
        rs_adjust_clear(curve);
    free(parts);
    return status;
}
