/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_column.h"

#include "mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 8 };

/*
 * The hot loops are compiled for several vector widths and chosen at run
 * time; every version does the same operations in the same order, so the
 * bits are the same. Sanitizers do not get along with the resolver.
 */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&         \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) &&         \
    !defined(RS_NO_CLONES)
#define WIDE __attribute__((target_clones("avx512f", "fma", "default")))
#else
#define WIDE
#endif

enum rs_status rs_lsq_column_init(struct rs_lsq_column *column, size_t n_max,
                                  struct rs_error *err)
{
    memset(column, 0, sizeof *column);
    column->hi = rs_alloc(n_max, sizeof *column->hi, err);
    column->lo = rs_alloc(n_max, sizeof *column->lo, err);
    if (column->hi == NULL || column->lo == NULL) {
        rs_lsq_column_clear(column);
        return RS_ERR_NOMEM;
    }
    return RS_OK;
}

void rs_lsq_column_clear(struct rs_lsq_column *column)
{
    free(column->hi);
    free(column->lo);
    memset(column, 0, sizeof *column);
}

/* Adds the lanes of partial sums and of their errors, in fixed order. */
static struct rs_dd add_lanes(const double sum[LANES],
                              const double error[LANES])
{
    struct rs_dd total = {0.0, 0.0};

    for (size_t l = 0; l < LANES; l++)
        total = rs_dd_add(total, rs_two_sum(sum[l], error[l]));
    return total;
}

static inline void add_product(double *sum, double *error, double a, double b)
{
    double p = a * b;
    double e = __builtin_fma(a, b, -p);
    double s = *sum + p;
    double z = s - *sum;

    *error += ((*sum - (s - z)) + (p - z)) + e;
    *sum = s;
}

/* sum a_i b_i */
WIDE static struct rs_dd dot(const double *a, const double *b, size_t n)
{
    double sum[LANES] = {0.0};
    double error[LANES] = {0.0};
    size_t i = 0;

    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++)
            add_product(&sum[l], &error[l], a[i + l], b[i + l]);
    for (size_t l = 0; i + l < n; l++)
        add_product(&sum[l], &error[l], a[i + l], b[i + l]);
    return add_lanes(sum, error);
}

/* sum a_i b_i of small corrections: plain double is enough. */
WIDE static double small_dot(const double *a, const double *b, size_t n)
{
    double sum[LANES] = {0.0};
    double total = 0.0;
    size_t i = 0;

    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++)
            sum[l] = __builtin_fma(a[i + l], b[i + l], sum[l]);
    for (size_t l = 0; i + l < n; l++)
        sum[l] = __builtin_fma(a[i + l], b[i + l], sum[l]);
    for (size_t l = 0; l < LANES; l++)
        total += sum[l];
    return total;
}

/* sum a_i, as double-double. */
WIDE static struct rs_dd sum_of(const double *a, size_t n)
{
    double sum[LANES] = {0.0};
    double error[LANES] = {0.0};
    size_t i = 0;

    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++)
            add_product(&sum[l], &error[l], a[i + l], 1.0);
    for (size_t l = 0; i + l < n; l++)
        add_product(&sum[l], &error[l], a[i + l], 1.0);
    return add_lanes(sum, error);
}

/* Least and largest value; NaN anywhere makes *finite false. */
WIDE static void range_of(double *least, double *most, bool *finite,
                          const double *values, size_t n)
{
    double low[LANES];
    double high[LANES];
    double poison[LANES] = {0.0}; /* stays 0 while all is finite */
    double any = 0.0;
    size_t i = 0;

    for (size_t l = 0; l < LANES; l++) {
        low[l] = values[0];
        high[l] = values[0];
    }
    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++) {
            double v = values[i + l];
            low[l] = v < low[l] ? v : low[l];
            high[l] = v > high[l] ? v : high[l];
            poison[l] += v * 0.0;
        }
    for (size_t l = 0; i + l < n; l++) {
        double v = values[i + l];
        low[l] = v < low[l] ? v : low[l];
        high[l] = v > high[l] ? v : high[l];
        poison[l] += v * 0.0;
    }
    *least = low[0];
    *most = high[0];
    for (size_t l = 0; l < LANES; l++) {
        *least = low[l] < *least ? low[l] : *least;
        *most = high[l] > *most ? high[l] : *most;
        any += poison[l];
    }
    *finite = any == 0.0;
}

/* hi + lo = value 2^-exponent - shift; the factor 2^-exponent in two steps,
 * because it may itself be beyond a double. */
WIDE static void shift_values(double *hi, double *lo, const double *values,
                              size_t n, double factor1, double factor2,
                              double shift)
{
    for (size_t i = 0; i < n; i++) {
        double v = values[i] * factor1 * factor2;
        double s = v - shift;
        double z = s - v;
        hi[i] = s;
        lo[i] = (v - (s - z)) + (-shift - z);
    }
}

static bool any_nonzero(const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (values[i] != 0.0)
            return true;
    return false;
}

struct rs_dd rs_lsq_cross(const struct rs_lsq_column *a,
                          const struct rs_lsq_column *b)
{
    struct rs_dd sum = dot(a->hi, b->hi, a->n);
    struct rs_dd means = rs_dd_mul(a->rest, b->rest);

    if (b->has_lo)
        sum = rs_dd_add(sum, rs_dd_of(small_dot(a->hi, b->lo, a->n)));
    if (a->has_lo)
        sum = rs_dd_add(sum, rs_dd_of(small_dot(a->lo, b->hi, a->n)));
    return rs_dd_sub(sum, rs_dd_scale(means, (double)a->n));
}

static void set_empty(struct rs_lsq_column *column, double least, double most,
                      bool finite, bool centre)
{
    column->max_abs = fmax(fabs(least), fabs(most));
    column->finite = finite;
    column->constant =
        centre ? least == most : column->max_abs == 0.0; /* exact tests */
    column->exponent = 0;
    column->shift = 0.0;
    column->rest = rs_dd_of(0.0);
    column->ss = rs_dd_of(0.0);
    column->has_lo = false;
}

void rs_lsq_column_set(struct rs_lsq_column *column, const double *values,
                       size_t n, bool centre)
{
    double least = 0.0;
    double most = 0.0;
    double factor1 = 1.0;
    double factor2 = 1.0;
    bool finite = true;

    column->n = n;
    if (n > 0)
        range_of(&least, &most, &finite, values, n);
    set_empty(column, least, most, finite, centre);
    if (n == 0 || !finite)
        return;
    (void)frexp(column->max_abs, &column->exponent);
    factor1 = ldexp(1.0, -(column->exponent / 2));
    factor2 = ldexp(1.0, -(column->exponent - column->exponent / 2));
    if (centre) {
        /* Any shift is exact; the nearer to the mean, the smaller lo. */
        shift_values(column->hi, column->lo, values, n, factor1, factor2, 0.0);
        column->shift = rs_dd_double(sum_of(column->hi, n)) / (double)n;
    }
    shift_values(column->hi, column->lo, values, n, factor1, factor2,
                 column->shift);
    column->has_lo = any_nonzero(column->lo, n);
    if (centre) {
        struct rs_dd sum =
            rs_dd_add(sum_of(column->hi, n), sum_of(column->lo, n));
        column->rest = rs_dd_div(sum, rs_dd_of((double)n));
    }
    column->ss = rs_lsq_cross(column, column);
}

struct rs_dd rs_lsq_column_mean(const struct rs_lsq_column *column)
{
    return rs_dd_add(rs_dd_of(column->shift), column->rest);
}
