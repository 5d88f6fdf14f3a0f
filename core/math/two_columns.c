/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "two_columns.h"

#include "vector_code.h"

#include <math.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define RS_X86
#include <immintrin.h>
#endif

/* Which rows both have, from a row on: RS_ROWS_UNIT bits. */
static inline uint32_t has_both(const struct rs_two_columns *two, size_t first)
{
    return (uint32_t)((two->has_x[first / 64] & two->has_y[first / 64]) >>
                      (first % 64));
}

/* ---- any machine ------------------------------------------------- */

/* Residuals, not scaled, and z'z. */
RS_WIDE static void find_residuals(double *restrict x, double *restrict y,
                                   double *restrict h,
                                   const struct rs_two_columns *two,
                                   size_t first)
{
    const double *row = two->inverse;

    for (size_t i = 0; i < RS_ROWS_UNIT; i++) {
        x[i] = two->x[first + i];
        y[i] = two->y[first + i];
        h[i] = 0.0;
    }
    for (size_t k = 0; k < two->c; row += ++k) {
        double z[RS_ROWS_UNIT] = {0.0};
        for (size_t l = 0; l <= k; l++) {
            const double *restrict b = &two->vectors[l * two->stride + first];
            for (size_t i = 0; i < RS_ROWS_UNIT; i++)
                z[i] += row[l] * b[i];
        }
        for (size_t i = 0; i < RS_ROWS_UNIT; i++) {
            h[i] += z[i] * z[i];
            x[i] -= two->u_x[k] * z[i];
            y[i] -= two->u_y[k] * z[i];
        }
    }
}

void rs_two_columns_rows(double *restrict score, double *restrict left,
                         const struct rs_two_columns *two, size_t first)
{
    double x[RS_ROWS_UNIT], y[RS_ROWS_UNIT], h[RS_ROWS_UNIT];
    uint32_t both = has_both(two, first);

    find_residuals(x, y, h, two, first);
    for (size_t i = 0; i < RS_ROWS_UNIT; i++) {
        double there = (double)(both >> i & 1);
        double v = x[i] * two->scale_x * there;
        score[i] = v * (y[i] * two->scale_y - two->r * v);
        left[i] = 1.0 - (there * h[i] + v * v);
    }
}

/* slope = L'^-1 u: what B is taken by, so that z'u = B'slope. */
static void find_slope(double *slope, const struct rs_two_columns *two,
                       const double *u)
{
    const double *row = two->inverse;

    for (size_t l = 0; l < two->c; l++)
        slope[l] = 0.0;
    for (size_t k = 0; k < two->c; row += ++k)
        for (size_t l = 0; l <= k; l++)
            slope[l] += row[l] * u[k];
}

/* Scores of a unit of rows; slopes of x, then of y. */
RS_WIDE_INTEGER static void score_unit(double *restrict score,
                                       const double *restrict slope,
                                       const struct rs_two_columns *two,
                                       size_t first)
{
    double x[RS_ROWS_UNIT], y[RS_ROWS_UNIT];
    uint32_t both = has_both(two, first);
    double scale_x = two->scale_x;
    double scale_y = two->scale_y;
    double r = two->r;

    for (size_t i = 0; i < RS_ROWS_UNIT; i++) {
        x[i] = two->x[first + i];
        y[i] = two->y[first + i];
    }
    for (size_t l = 0; l < two->c; l++) {
        const double *restrict b = &two->vectors[l * two->stride + first];
        double of_x = slope[l];
        double of_y = slope[two->c + l];
        for (size_t i = 0; i < RS_ROWS_UNIT; i++) {
            x[i] -= of_x * b[i];
            y[i] -= of_y * b[i];
        }
    }
    for (size_t i = 0; i < RS_ROWS_UNIT; i++) {
        double v = x[i] * scale_x * (double)(int32_t)(both >> i & 1);
        score[i] = v * (y[i] * scale_y - r * v);
    }
}

void rs_two_columns_scores(double *score, double *slope,
                           const struct rs_two_columns *two)
{
    find_slope(slope, two, two->u_x);
    find_slope(slope + two->c, two, two->u_y);
    for (size_t first = 0; first < two->n; first += RS_ROWS_UNIT)
        score_unit(&score[first], slope, two, first);
}

static double meat_any(double *least, const struct rs_two_columns *two,
                       struct rs_two_rows rows, unsigned power)
{
    double sum[8] = {0.0};
    double all = 0.0;

    *least = 1.0;
    for (size_t first = rows.first; first < rows.end; first += RS_ROWS_UNIT) {
        double score[RS_ROWS_UNIT], left[RS_ROWS_UNIT];
        rs_two_columns_rows(score, left, two, first);
        for (size_t i = 0; i < RS_ROWS_UNIT; i++) {
            double square = score[i] * score[i];
            *least = fmin(*least, left[i]);
            for (unsigned p = 0; p < power; p++)
                square /= left[i];
            sum[i % 8] += square;
        }
    }
    for (size_t l = 0; l < 8; l++)
        all += sum[l];
    return all;
}

/* ---- with vectors of 512 bits ------------------------------------ */

#ifdef RS_X86

enum { WIDE = RS_ROWS_UNIT / 8 };

/* Of 32 rows: x, y less what B explains; h = z'z. All are registers. */
__attribute__((target("avx512f"), always_inline)) static inline void
leave_avx512(__m512d *x, __m512d *y, __m512d *h,
             const struct rs_two_columns *two, size_t first)
{
    const double *row = two->inverse;

    for (size_t j = 0; j < WIDE; j++) {
        x[j] = _mm512_loadu_pd(&two->x[first + 8 * j]);
        y[j] = _mm512_loadu_pd(&two->y[first + 8 * j]);
        h[j] = _mm512_setzero_pd();
    }
    for (size_t k = 0; k < two->c; row += ++k) {
        const double *b = &two->vectors[first];
        __m512d u_x = _mm512_set1_pd(two->u_x[k]);
        __m512d u_y = _mm512_set1_pd(two->u_y[k]);
        __m512d z[WIDE];
        for (size_t j = 0; j < WIDE; j++)
            z[j] = _mm512_setzero_pd();
        for (size_t l = 0; l <= k; l++, b += two->stride) {
            __m512d f = _mm512_set1_pd(row[l]);
            for (size_t j = 0; j < WIDE; j++)
                z[j] = _mm512_fmadd_pd(f, _mm512_loadu_pd(&b[8 * j]), z[j]);
        }
        for (size_t j = 0; j < WIDE; j++) {
            h[j] = _mm512_fmadd_pd(z[j], z[j], h[j]);
            x[j] = _mm512_fnmadd_pd(u_x, z[j], x[j]);
            y[j] = _mm512_fnmadd_pd(u_y, z[j], y[j]);
        }
    }
}

/* 1 / v by two steps of Newton's from 14 bits. */
__attribute__((target("avx512f"), always_inline)) static inline __m512d
reciprocal_avx512(__m512d v)
{
    const __m512d one = _mm512_set1_pd(1.0);
    __m512d near = _mm512_rcp14_pd(v);

    near = _mm512_fmadd_pd(near, _mm512_fnmadd_pd(v, near, one), near);
    return _mm512_fmadd_pd(near, _mm512_fnmadd_pd(v, near, one), near);
}

__attribute__((target("avx512f"))) static double
meat_avx512(double *out_least, const struct rs_two_columns *two,
            struct rs_two_rows rows, unsigned power)
{
    const __m512d one = _mm512_set1_pd(1.0);
    const __m512d scale_x = _mm512_set1_pd(two->scale_x);
    const __m512d scale_y = _mm512_set1_pd(two->scale_y);
    const __m512d minus_r = _mm512_set1_pd(-two->r);
    __m512d least = one;
    __m512d sum[2] = {_mm512_setzero_pd(), _mm512_setzero_pd()};

    for (size_t first = rows.first; first < rows.end; first += RS_ROWS_UNIT) {
        uint32_t both = has_both(two, first);
        __m512d x[WIDE], y[WIDE], h[WIDE];
        leave_avx512(x, y, h, two, first);
        for (size_t j = 0; j < WIDE; j++) {
            __mmask8 there = (__mmask8)(both >> (8 * j));
            __m512d v = _mm512_maskz_mul_pd(there, x[j], scale_x);
            __m512d e =
                _mm512_fmadd_pd(minus_r, v, _mm512_mul_pd(y[j], scale_y));
            __m512d left = _mm512_mask_sub_pd(one, there, one,
                                              _mm512_fmadd_pd(v, v, h[j]));
            __m512d score = _mm512_mul_pd(v, e);
            __m512d part = score;
            least = _mm512_min_pd(least, left);
            if (power > 0)
                part = _mm512_mul_pd(score, reciprocal_avx512(left));
            sum[j % 2] =
                _mm512_fmadd_pd(power == 1 ? score : part, part, sum[j % 2]);
        }
    }
    *out_least = _mm512_reduce_min_pd(least);
    return _mm512_reduce_add_pd(_mm512_add_pd(sum[0], sum[1]));
}

#endif

double rs_two_columns_meat(double *least, const struct rs_two_columns *two,
                           struct rs_two_rows rows, unsigned power,
                           const struct rs_kernel *kernel)
{
#ifdef RS_X86
    if (kernel->by_avx512)
        return meat_avx512(least, two, rows, power);
#endif
    (void)kernel;
    return meat_any(least, two, rows, power);
}
