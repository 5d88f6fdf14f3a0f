/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_column.h"

#include "mem.h"
#include "value_range.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Half an ulp of the largest value, in scaled units. */
static const double half_ulp = DBL_EPSILON / 4;

/* Rounding of double-doubles: below this part even integers are equal. */
static const double own_rounding = 0x1p-88;

/* A sum of squares about the mean that is a smaller part than this of that
 * about 0 has lost digits. */
static const double far_part = 1e-9;

void rs_row_weights_set(struct rs_row_weights *weights, const double *weight,
                        const double *root, size_t n)
{
    double least = INFINITY;
    double most = 0.0;

    for (size_t i = 0; i < n; i++) {
        least = root[i] < least ? root[i] : least;
        most = root[i] > most ? root[i] : most;
    }
    weights->weight = weight;
    weights->root = root;
    weights->range = n == 0 ? 1.0 : most / least;
    weights->total =
        rs_lsq_sum_rows(NULL, (struct rs_lsq_rows){weight, NULL}, n);
}

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
    free(column->low_room);
    free(column->effects);
    memset(column, 0, sizeof *column);
}

enum rs_status rs_lsq_column_room(struct rs_lsq_column *column, size_t n_max,
                                  size_t n_nodes, struct rs_error *err)
{
    column->low_room = rs_alloc(n_max, sizeof *column->low_room, err);
    column->effects = rs_alloc(n_nodes, sizeof *column->effects, err);
    return column->low_room == NULL || column->effects == NULL ? RS_ERR_NOMEM
                                                               : RS_OK;
}

/* out = value 2^-exponent - shift */
RS_WIDE static void shift_values(double *restrict out,
                                 const double *restrict values, size_t n,
                                 struct rs_scale scale, double shift)
{
    for (size_t i = 0; i < n; i++)
        out[i] = values[i] * scale.first * scale.second - shift;
}

/* Where to put 0: see the note in the header. Arguments in scaled units. */
static double choose_shift(double least, double most)
{
    double middle = 0.5 * least + 0.5 * most;

    return most - least < 0.5 * fabs(middle) ? middle : 0.0;
}

/* Scales and shifts the values; least and most of them. */
static void take_values(struct rs_lsq_column *column, const double *values,
                        double least, double most, bool centre)
{
    struct rs_scale scale = {1.0, 1.0};

    (void)frexp(column->max_abs, &column->exponent);
    scale = rs_scale_of(column->exponent);
    least *= scale.first * scale.second;
    most *= scale.first * scale.second;
    column->spread = column->max_abs * scale.first * scale.second;
    if (centre) {
        column->shift = choose_shift(least, most);
        column->spread = 0.5 * (most - least);
    }
    shift_values(column->shifted, values, column->n, scale, column->shift);
}

/* A sum of products about the means, from that about 0. In this order it is
 * exact for small integers: 0 where it is 0. */
static struct rs_dd about_means(struct rs_dd products,
                                const struct rs_lsq_column *a,
                                const struct rs_lsq_column *b)
{
    if (a->sum.hi == 0.0 || b->sum.hi == 0.0)
        return products;
    products =
        rs_dd_sub(rs_dd_mul(products, a->total), rs_dd_mul(a->sum, b->sum));
    return rs_dd_div(products, a->total);
}

/* Sums about the mean. Where the mean is nearly all of a column - one row has
 * nearly all of the weight - the squares are summed row by row. */
static void find_sums(struct rs_lsq_column *column, bool centre)
{
    const struct rs_lsq_rows rows = rs_lsq_column_rows(column);
    struct rs_dd squares =
        rs_lsq_dot_rows(column->weight, rows, rows, column->n);

    column->ss = squares;
    if (!centre)
        return;
    column->sum = rs_lsq_sum_rows(column->weight, rows, column->n);
    column->rest = rs_dd_div(column->sum, column->total);
    column->ss = about_means(squares, column, column);
    column->far = !(column->ss.hi > far_part * squares.hi);
    if (column->far)
        column->ss = rs_lsq_cross(column, column);
}

/* One value only, or values that differ in their last bit alone: by no more
 * than two ulps of the largest. */
static bool is_constant(const struct rs_lsq_column *column, double least,
                        double most, bool centre)
{
    int exponent = 0;

    if (!centre)
        return column->max_abs == 0.0;
    if (least == most || column->whole)
        return least == most;
    (void)frexp(column->max_abs, &exponent);
    return 0.5 * most - 0.5 * least <= ldexp(1.0, exponent - DBL_MANT_DIG);
}

/* As a column without rows. */
static void begin(struct rs_lsq_column *column, size_t n,
                  const struct rs_row_weights *weights)
{
    column->n = n;
    column->low = NULL;
    column->weight = weights == NULL ? NULL : weights->weight;
    column->root = weights == NULL ? NULL : weights->root;
    column->total = weights == NULL ? rs_dd_of((double)n) : weights->total;
    column->exponent = 0;
    column->shift = 0.0;
    column->spread = 0.0;
    column->sum = rs_dd_of(0.0);
    column->rest = rs_dd_of(0.0);
    column->ss = rs_dd_of(0.0);
    column->mean = rs_dd_of(0.0);
    column->all = rs_dd_of(0.0);
    column->plain = rs_dd_of(0.0);
    column->far = false;
    column->finite = true;
    column->absorbed = false;
    column->settled = true;
    column->grain = own_rounding * (weights == NULL ? 1.0 : weights->range);
}

/* What follows from the numbers once they are there. */
static void finish(struct rs_lsq_column *column, bool centre)
{
    find_sums(column, centre);
    column->mean = rs_dd_add(rs_dd_of(column->shift), column->rest);
    column->all = column->ss;
    column->plain = column->rest;
}

void rs_lsq_column_set(struct rs_lsq_column *column, const double *values,
                       size_t n, const struct rs_row_weights *weights,
                       bool centre)
{
    double least = 0.0;
    double most = 0.0;

    begin(column, n, weights);
    if (n > 0)
        rs_value_range(&least, &most, &column->finite, values, n);
    column->max_abs = fmax(fabs(least), fabs(most));
    column->whole = column->finite && rs_are_whole(values, n, column->max_abs);
    column->unit = column->whole ? 0.0 : half_ulp;
    column->constant = is_constant(column, least, most, centre);
    if (n == 0 || !column->finite)
        return;
    take_values(column, values, least, most, centre);
    finish(column, centre);
}

/* Puts low parts where take_values has put the high ones. A high part lies
 * within a factor of 2 of the shift, and a low one may be larger than what is
 * left. */
static void take_low(struct rs_lsq_column *column, const double *lo)
{
    const struct rs_scale scale = rs_scale_of(column->exponent);

    column->low = column->low_room;
    for (size_t i = 0; i < column->n; i++) {
        struct rs_dd value =
            rs_two_sum(column->shifted[i], lo[i] * scale.first * scale.second);
        column->shifted[i] = value.hi;
        column->low[i] = value.lo;
    }
}

void rs_lsq_column_set_block(struct rs_lsq_column *column,
                             const struct rs_block_values *values, size_t n,
                             const struct rs_row_weights *weights, bool centre)
{
    double least = 0.0;
    double most = 0.0;

    begin(column, n, weights);
    if (n > 0)
        rs_value_range(&least, &most, &column->finite, values->hi, n);
    column->finite = column->finite && values->finite;
    column->max_abs = fmax(fabs(least), fabs(most));
    column->whole = values->whole;
    column->constant = is_constant(column, least, most, centre);
    if (n == 0 || !column->finite)
        return;
    take_values(column, values->hi, least, most, centre);
    if (values->low)
        take_low(column, values->lo);
    column->unit = ldexp(values->unit, -column->exponent);
    column->exponent += values->exponent;
    finish(column, centre);
}

void rs_lsq_column_absorb(struct rs_lsq_column *column,
                          const struct rs_absorb *absorb,
                          struct rs_absorb_work *work,
                          const struct rs_contrast *intercept)
{
    struct rs_lsq_rows rows;

    if (column->n == 0 || !column->finite)
        return;
    if (column->low == NULL)
        memset(column->low_room, 0, column->n * sizeof *column->low_room);
    column->low = column->low_room;
    column->settled = rs_absorb_residuals(absorb, work, column->shifted,
                                          column->low, column->effects);
    rows = rs_lsq_column_rows(column);
    column->absorbed = true;
    column->far = false;
    column->sum = rs_dd_of(0.0);
    column->rest = rs_dd_of(0.0);
    column->ss = rs_lsq_dot_rows(column->weight, rows, rows, column->n);
    rs_lsq_column_find_mean(column, intercept);
}

void rs_lsq_column_find_mean(struct rs_lsq_column *column,
                             const struct rs_contrast *intercept)
{
    column->mean = rs_dd_add(rs_dd_of(column->shift),
                             rs_contrast_value(intercept, column->effects));
}

/* sum w (a - mean a)(b - mean b), row by row. */
static struct rs_dd cross_by_rows(const struct rs_lsq_column *a,
                                  const struct rs_lsq_column *b)
{
    struct rs_dd sum = {0.0, 0.0};

    for (size_t i = 0; i < a->n; i++) {
        struct rs_dd term = rs_dd_mul(rs_lsq_value(a, i), rs_lsq_value(b, i));
        if (a->weight != NULL)
            term = rs_dd_scale(term, a->weight[i]);
        sum = rs_dd_add(sum, term);
    }
    return sum;
}

struct rs_dd rs_lsq_cross(const struct rs_lsq_column *a,
                          const struct rs_lsq_column *b)
{
    if (a->far || b->far)
        return cross_by_rows(a, b);
    return about_means(rs_lsq_dot_rows(a->weight, rs_lsq_column_rows(a),
                                       rs_lsq_column_rows(b), a->n),
                       a, b);
}
