/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "f_table.h"

#include "mem.h"
#include "tail_table_shared.h"
#include "vector_code.h"

#include <stdlib.h>

/*
 * With a = df/2, b = df1/2 and w = 1 - z the tail is I_w(a, b), and
 *     I_w(a, b + 1) = I_w(a, b) + w^a z^b G_b,  G_b = 1 / (b B(a, b)),
 *     G_b+1 / G_b = (a + b) / (b + 1)
 * (Abramowitz and Stegun 26.5.16): all sums, nothing cancels. An even df1
 * begins with I_w(a, 1) = w^a,
 *     ln P = a ln w + ln(1 + G_1 z + G_2 z^2 + ...);
 * an odd one with the tail of t, P_1 = w^a G with r = root of z,
 *     ln P = ln P_1 + ln(1 + r (G_1/2 + G_3/2 z + ...) / G),
 * where G_1/2 is what P_1 falls by near r = 0.
 */
struct rs_f_table {
    const struct rs_tail_table *tail;
    double coef[RS_F_MOST / 2]; /* of powers of z, from z^1 or z^0 on */
    size_t n_coef;
    bool odd;
};

enum { BLOCK = 64 };

/* e^x for |x| below 700: x = k ln 2 + d, and the series of e^d. */
static inline double exp_of(double x)
{
    const double magic = 0x1.8p52;
    double shifted = x * 1.44269504088896340736 + magic;
    double k = shifted - magic;
    double d = (x - k * ln2_high) - k * ln2_low;
    double d2 = d * d;
    double d4 = d2 * d2;
    double low = (1.0 + d) + d2 * (1.0 / 2 + d * (1.0 / 6)) +
                 d4 * ((1.0 / 24 + d * (1.0 / 120)) +
                       d2 * (1.0 / 720 + d * (1.0 / 5040)));
    double high = (1.0 / 40320 + d * (1.0 / 362880)) +
                  d2 * (1.0 / 3628800 + d * (1.0 / 39916800)) +
                  d4 * (1.0 / 479001600 + d * (1.0 / 6227020800.0));
    uint64_t power = (bits_of(shifted) + 1023) << 52;

    return (low + d4 * d4 * high) * of_bits(power);
}

/* ln(1 + x), x >= 0. */
static inline double log_more(double x)
{
    return log_of(1.0 + x, x < 0.41, x);
}

RS_WIDE_INTEGER static void even_block(double *restrict out, const double *z,
                                       const double *rest, size_t n,
                                       const struct rs_f_table *table)
{
    double sum[BLOCK];
    double half_df = table->tail->half_df;

    for (size_t i = 0; i < n; i++)
        sum[i] = 0.0;
    for (size_t j = table->n_coef; j-- > 0;)
        for (size_t i = 0; i < n; i++)
            sum[i] = (sum[i] + table->coef[j]) * z[i];
    for (size_t i = 0; i < n; i++)
        out[i] = half_df * log_rest(sqrt(z[i]), rest[i]) + log_more(sum[i]);
}

RS_WIDE_INTEGER static void odd_block(double *restrict out, const double *z,
                                      const double *rest, size_t n,
                                      const struct rs_f_table *table)
{
    const struct rs_tail_table *tail = table->tail;
    double sum[BLOCK];
    double half_df = tail->half_df;
    double inv_c = tail->inv_c;
    double w_scale = tail->w_scale;

    for (size_t i = 0; i < n; i++)
        sum[i] = 0.0;
    for (size_t j = table->n_coef; j-- > 0;)
        for (size_t i = 0; i < n; i++)
            sum[i] = sum[i] * z[i] + table->coef[j];
    for (size_t i = 0; i < n; i++) {
        double r = sqrt(z[i]);
        double y = r * inv_c;
        double v = y / (1.0 + y);
        double far = log_of(1.0 + y, y < 0.41, y);
        double vh = v * polynomial(tail->coef, w_scale * v - 1.0);
        double more = r * sum[i] * ((1.0 + y) * exp_of(-vh));
        out[i] = log_more(more) - ((far - vh) - half_df * log_rest(r, rest[i]));
    }
}

void rs_f_table_log_p(const struct rs_f_table *table, double *log_p,
                      const double *z, const double *rest, size_t n)
{
    double block[BLOCK];

    for (size_t i = 0; i < n; i += BLOCK) {
        size_t count = n - i < BLOCK ? n - i : BLOCK;
        (table->odd ? odd_block : even_block)(block, z + i, rest + i, count,
                                              table);
        memcpy(log_p + i, block, count * sizeof *block);
    }
}

/* G_1/2: the fall of the tail of t. */
static double fall_of(const struct rs_tail_table *tail)
{
    const double tiny = 1e-20;
    const double one = 1.0;
    double log_p = 0.0;

    rs_tail_table_log_p(tail, &log_p, &tiny, &one, 1);
    return -log_p / tiny;
}

enum rs_status rs_f_table_new(struct rs_f_table **out, size_t df1,
                              const struct rs_tail_table *tail,
                              struct rs_error *err)
{
    struct rs_f_table *table = rs_alloc(1, sizeof *table, err);
    double a = tail->half_df;
    double b = df1 % 2 == 0 ? 1.0 : 0.5;
    double g = df1 % 2 == 0 ? a : fall_of(tail);

    *out = NULL;
    if (table == NULL)
        return RS_ERR_NOMEM;
    table->tail = tail;
    table->odd = df1 % 2 != 0;
    for (; b < 0.5 * (double)df1; b += 1.0) {
        table->coef[table->n_coef++] = g;
        g *= (a + b) / (b + 1.0);
    }
    *out = table;
    return RS_OK;
}

void rs_f_table_free(struct rs_f_table *table)
{
    free(table);
}

/* Halves [low, high] until it is two neighbours: the tail falls with z. */
void rs_f_table_quantiles(const struct rs_f_table *table, double *z,
                          const double *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double low = 0.0;
        double high = 1.0;
        double target = log(p[i]);
        for (int step = 0; step < 80 && high - low > 1e-15 * high; step++) {
            double middle = 0.5 * (low + high);
            double rest = 1.0 - middle;
            double log_p = 0.0;
            rs_f_table_log_p(table, &log_p, &middle, &rest, 1);
            *(log_p > target ? &low : &high) = middle;
        }
        z[i] = 0.5 * (low + high);
    }
}
