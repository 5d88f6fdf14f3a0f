/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_sums.h"

#include "vector_code.h"

#include <string.h>

enum {
    LANES = 8,
    CHUNK = 256 /* rows; a multiple of LANES */
};

/* Partial sums and their errors. */
struct lanes {
    double sum[LANES];
    double error[LANES];
};

/* All lanes together, in fixed order. */
static struct rs_dd add_lanes(const struct lanes *lanes)
{
    struct rs_dd total = {0.0, 0.0};

    for (size_t l = 0; l < LANES; l++)
        total = rs_dd_add(total, rs_two_sum(lanes->sum[l], lanes->error[l]));
    return total;
}

/* Adds a term that is p + e. */
static inline void add_term(double *sum, double *error, double p, double e)
{
    double s = *sum + p;
    double z = s - *sum;

    *error += ((*sum - (s - z)) + (p - z)) + e;
    *sum = s;
}

/* Adds w (a + a_lo) (b + b_lo), but for the product of low parts. */
static inline void add_product(double *sum, double *error, double w, double a,
                               double a_lo, double b, double b_lo)
{
    double p = a * b;
    double e = __builtin_fma(a, b, -p) + (a * b_lo + a_lo * b);
    double q = w * p;

    add_term(sum, error, q, __builtin_fma(w, p, -q) + w * e);
}

/* sum a_i b_i */
RS_WIDE static void dot(struct lanes *out, const double *a, const double *b,
                        size_t n)
{
    double sum[LANES] = {0.0};
    double error[LANES] = {0.0};
    size_t i = 0;

    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++) {
            double p = a[i + l] * b[i + l];
            add_term(&sum[l], &error[l], p,
                     __builtin_fma(a[i + l], b[i + l], -p));
        }
    for (size_t l = 0; i + l < n; l++) {
        double p = a[i + l] * b[i + l];
        add_term(&sum[l], &error[l], p, __builtin_fma(a[i + l], b[i + l], -p));
    }
    memcpy(out->sum, sum, sizeof sum);
    memcpy(out->error, error, sizeof error);
}

struct rs_dd rs_lsq_dot(const double *a, const double *b, size_t n)
{
    struct lanes lanes;

    dot(&lanes, a, b, n);
    return add_lanes(&lanes);
}

/* Adds sum w a b over n rows, at most a chunk. */
RS_WIDE static void dot_chunk(struct lanes *inout, const double *w,
                              const double *a, const double *a_lo,
                              const double *b, const double *b_lo, size_t n)
{
    double sum[LANES];
    double error[LANES];
    size_t i = 0;

    memcpy(sum, inout->sum, sizeof sum);
    memcpy(error, inout->error, sizeof error);
    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++)
            add_product(&sum[l], &error[l], w[i + l], a[i + l], a_lo[i + l],
                        b[i + l], b_lo[i + l]);
    for (size_t l = 0; i + l < n; l++)
        add_product(&sum[l], &error[l], w[i + l], a[i + l], a_lo[i + l],
                    b[i + l], b_lo[i + l]);
    memcpy(inout->sum, sum, sizeof sum);
    memcpy(inout->error, error, sizeof error);
}

/* What stands in for an array that is not there. */
static const double zeros[CHUNK];

static void fill_ones(double *ones)
{
    for (size_t i = 0; i < CHUNK; i++)
        ones[i] = 1.0;
}

struct rs_dd rs_lsq_dot_rows(const double *weight, struct rs_lsq_rows a,
                             struct rs_lsq_rows b, size_t n)
{
    struct lanes lanes = {{0.0}, {0.0}};
    double ones[CHUNK];

    if (weight == NULL && a.lo == NULL && b.lo == NULL)
        return rs_lsq_dot(a.hi, b.hi, n);
    fill_ones(ones);
    for (size_t i = 0; i < n; i += CHUNK)
        dot_chunk(&lanes, weight == NULL ? ones : &weight[i], &a.hi[i],
                  a.lo == NULL ? zeros : &a.lo[i], &b.hi[i],
                  b.lo == NULL ? zeros : &b.lo[i],
                  n - i < CHUNK ? n - i : CHUNK);
    return add_lanes(&lanes);
}

RS_WIDE static void sum_of(struct lanes *out, const double *a, size_t n)
{
    double sum[LANES] = {0.0};
    double error[LANES] = {0.0};
    size_t i = 0;

    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++)
            add_term(&sum[l], &error[l], a[i + l], 0.0);
    for (size_t l = 0; i + l < n; l++)
        add_term(&sum[l], &error[l], a[i + l], 0.0);
    memcpy(out->sum, sum, sizeof sum);
    memcpy(out->error, error, sizeof error);
}

struct rs_dd rs_lsq_sum_rows(const double *weight, struct rs_lsq_rows a,
                             size_t n)
{
    struct lanes lanes = {{0.0}, {0.0}};
    double ones[CHUNK];

    if (weight == NULL && a.lo == NULL) {
        sum_of(&lanes, a.hi, n);
        return add_lanes(&lanes);
    }
    fill_ones(ones);
    for (size_t i = 0; i < n; i += CHUNK)
        dot_chunk(&lanes, weight == NULL ? ones : &weight[i], &a.hi[i],
                  a.lo == NULL ? zeros : &a.lo[i], ones, zeros,
                  n - i < CHUNK ? n - i : CHUNK);
    return add_lanes(&lanes);
}

RS_WIDE static void subtract_chunk(double *restrict hi, double *restrict lo,
                                   struct rs_dd factor,
                                   const double *restrict a,
                                   const double *restrict a_lo, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double p = factor.hi * a[i];
        double e = __builtin_fma(factor.hi, a[i], -p) +
                   (factor.hi * a_lo[i] + factor.lo * a[i]);
        double s = hi[i] - p;
        double z = s - hi[i];
        double t = ((hi[i] - (s - z)) - (p + z)) + (lo[i] - e);
        double u = s + t;
        double v = u - s;
        hi[i] = u;
        lo[i] = (s - (u - v)) + (t - v);
    }
}

void rs_lsq_subtract(double *hi, double *lo, struct rs_dd factor,
                     struct rs_lsq_rows a, size_t n)
{
    for (size_t i = 0; i < n; i += CHUNK)
        subtract_chunk(&hi[i], &lo[i], factor, &a.hi[i],
                       a.lo == NULL ? zeros : &a.lo[i],
                       n - i < CHUNK ? n - i : CHUNK);
}
