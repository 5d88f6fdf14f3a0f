/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_column.h"

#include "mem.h"
#include "vector_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 8 };

enum rs_status rs_lsq_column_init(struct rs_lsq_column *column, size_t n_max,
                                  struct rs_error *err)
{
    memset(column, 0, sizeof *column);
    column->shifted = rs_alloc(n_max, sizeof *column->shifted, err);
    return column->shifted == NULL ? RS_ERR_NOMEM : RS_OK;
}

void rs_lsq_column_clear(struct rs_lsq_column *column)
{
    free(column->shifted);
    memset(column, 0, sizeof *column);
}

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

/* Adds a term that is exactly p + e. */
static inline void add_term(double *sum, double *error, double p, double e)
{
    double s = *sum + p;
    double z = s - *sum;

    *error += ((*sum - (s - z)) + (p - z)) + e;
    *sum = s;
}

static inline void add_product(double *sum, double *error, double a, double b)
{
    double p = a * b;

    add_term(sum, error, p, __builtin_fma(a, b, -p));
}

/* sum a_i b_i */
RS_WIDE static void dot(struct lanes *out, const double *a, const double *b,
                        size_t n)
{
    double sum[LANES] = {0.0};
    double error[LANES] = {0.0};
    size_t i = 0;

    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++)
            add_product(&sum[l], &error[l], a[i + l], b[i + l]);
    for (size_t l = 0; i + l < n; l++)
        add_product(&sum[l], &error[l], a[i + l], b[i + l]);
    memcpy(out->sum, sum, sizeof sum);
    memcpy(out->error, error, sizeof error);
}

/* Least and largest value; NaN or infinity anywhere makes *finite false. */
RS_WIDE static void range_of(double *least, double *most, bool *finite,
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

/* out = value 2^-exponent - shift, the factor 2^-exponent in two steps,
 * because it may itself be beyond a double; and the sum of that. */
RS_WIDE static void shift_values(double *restrict out, struct lanes *total,
                                 const double *restrict values, size_t n,
                                 const double factor[2], double shift)
{
    double sum[LANES] = {0.0};
    double error[LANES] = {0.0};
    double factor0 = factor[0];
    double factor1 = factor[1];
    size_t i = 0;

    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++) {
            double v = values[i + l] * factor0 * factor1 - shift;
            out[i + l] = v;
            add_term(&sum[l], &error[l], v, 0.0);
        }
    for (size_t l = 0; i + l < n; l++) {
        double v = values[i + l] * factor0 * factor1 - shift;
        out[i + l] = v;
        add_term(&sum[l], &error[l], v, 0.0);
    }
    memcpy(total->sum, sum, sizeof sum);
    memcpy(total->error, error, sizeof error);
}

struct rs_dd rs_lsq_dot(const double *a, const double *b, size_t n)
{
    struct lanes lanes;

    dot(&lanes, a, b, n);
    return add_lanes(&lanes);
}

struct rs_dd rs_lsq_cross(const struct rs_lsq_column *a,
                          const struct rs_lsq_column *b)
{
    struct rs_dd means = rs_dd_mul(a->rest, b->rest);

    return rs_dd_sub(rs_lsq_dot(a->shifted, b->shifted, a->n),
                     rs_dd_mul(means, a->total));
}

/* Multiplies what was shifted with the roots of the weights; returns their
 * sum with those roots once more. */
static struct rs_dd weigh(double *shifted, const double *root, size_t n)
{
    for (size_t i = 0; i < n; i++)
        shifted[i] *= root[i];
    return rs_lsq_dot(shifted, root, n);
}

/* Where to put 0: see the note in the header. Arguments in scaled units. */
static double choose_shift(double least, double most)
{
    double middle = 0.5 * least + 0.5 * most;

    return most - least < 0.5 * fabs(middle) ? middle : 0.0;
}

void rs_lsq_column_set(struct rs_lsq_column *column, const double *values,
                       size_t n, const struct rs_row_weights *weights,
                       bool centre)
{
    double least = 0.0;
    double most = 0.0;
    double factor[2] = {1.0, 1.0};
    struct lanes lanes;
    struct rs_dd sum;

    column->n = n;
    column->root = weights == NULL ? NULL : weights->root;
    column->total = weights == NULL ? rs_dd_of((double)n) : weights->total;
    column->exponent = 0;
    column->shift = 0.0;
    column->rest = rs_dd_of(0.0);
    column->ss = rs_dd_of(0.0);
    column->finite = true;
    if (n > 0)
        range_of(&least, &most, &column->finite, values, n);
    column->max_abs = fmax(fabs(least), fabs(most));
    column->constant =
        centre ? least == most : column->max_abs == 0.0; /* exact tests */
    if (n == 0 || !column->finite)
        return;
    (void)frexp(column->max_abs, &column->exponent);
    factor[0] = ldexp(1.0, -(column->exponent / 2));
    factor[1] = ldexp(1.0, -(column->exponent - column->exponent / 2));
    if (centre)
        column->shift = choose_shift(least * factor[0] * factor[1],
                                     most * factor[0] * factor[1]);
    shift_values(column->shifted, &lanes, values, n, factor, column->shift);
    sum = add_lanes(&lanes);
    if (weights != NULL)
        sum = weigh(column->shifted, weights->root, n);
    if (centre)
        column->rest = rs_dd_div(sum, column->total);
    column->ss = rs_lsq_cross(column, column);
}

struct rs_dd rs_lsq_column_mean(const struct rs_lsq_column *column)
{
    return rs_dd_add(rs_dd_of(column->shift), column->rest);
}
