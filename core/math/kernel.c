/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel.h"

#include <float.h>
#include <gsl/gsl_blas.h>
#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define RS_X86
#include <immintrin.h>
#endif

#ifdef RS_X86

/*
 * 8 y by 24 x: 24 accumulators of 8 doubles, three loads and eight
 * broadcasts for 24 multiply-adds. The loop is bound by these alone as long
 * as the x panels come from the second-level cache.
 */
__attribute__((target("avx512f"))) static void
product_avx512(double *c, size_t ldc, const double *y, const double *x,
               size_t x_stride, size_t n, bool add, const double *prefetch)
{
    __m512d sum[RS_BLOCK_Y][3];

    for (size_t i = 0; i < RS_BLOCK_Y; i++)
        for (size_t j = 0; j < 3; j++)
            sum[i][j] = _mm512_setzero_pd();
    for (size_t k = 0; k < n; k++) {
        __m512d x0 = _mm512_loadu_pd(&x[8 * k]);
        __m512d x1 = _mm512_loadu_pd(&x[x_stride + 8 * k]);
        __m512d x2 = _mm512_loadu_pd(&x[2 * x_stride + 8 * k]);
        if (prefetch != NULL)
            _mm_prefetch((const char *)&prefetch[8 * k], _MM_HINT_T1);
#pragma GCC unroll 8
        for (size_t i = 0; i < RS_BLOCK_Y; i++) {
            __m512d yi = _mm512_set1_pd(y[8 * k + i]);
            sum[i][0] = _mm512_fmadd_pd(yi, x0, sum[i][0]);
            sum[i][1] = _mm512_fmadd_pd(yi, x1, sum[i][1]);
            sum[i][2] = _mm512_fmadd_pd(yi, x2, sum[i][2]);
        }
    }
    for (size_t i = 0; i < RS_BLOCK_Y; i++)
        for (size_t j = 0; j < 3; j++) {
            double *at = &c[i * ldc + 8 * j];
            __m512d before = add ? _mm512_loadu_pd(at) : _mm512_setzero_pd();
            _mm512_storeu_pd(at, _mm512_add_pd(before, sum[i][j]));
        }
}

/* 4 y by 12 x: 12 accumulators of 4 doubles; x in quarters of 4, three of
 * them in a row: quarter q is half of panel q / 2. */
__attribute__((target("avx2,fma"))) static void
product_4x12(double *c, size_t ldc, const double *y, const double *const x[3],
             size_t n, bool add)
{
    __m256d sum[4][3];

    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 3; j++)
            sum[i][j] = _mm256_setzero_pd();
    for (size_t k = 0; k < n; k++) {
        __m256d x0 = _mm256_loadu_pd(&x[0][8 * k]);
        __m256d x1 = _mm256_loadu_pd(&x[1][8 * k]);
        __m256d x2 = _mm256_loadu_pd(&x[2][8 * k]);
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; i++) {
            __m256d yi = _mm256_set1_pd(y[8 * k + i]);
            sum[i][0] = _mm256_fmadd_pd(yi, x0, sum[i][0]);
            sum[i][1] = _mm256_fmadd_pd(yi, x1, sum[i][1]);
            sum[i][2] = _mm256_fmadd_pd(yi, x2, sum[i][2]);
        }
    }
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 3; j++) {
            double *at = &c[i * ldc + 4 * j];
            __m256d before = add ? _mm256_loadu_pd(at) : _mm256_setzero_pd();
            _mm256_storeu_pd(at, _mm256_add_pd(before, sum[i][j]));
        }
}

static void product_avx2(double *c, size_t ldc, const double *y,
                         const double *x, size_t x_stride, size_t n, bool add,
                         const double *prefetch)
{
    const double *const left[3] = {x, x + 4, x + x_stride};
    const double *const right[3] = {x + x_stride + 4, x + 2 * x_stride,
                                    x + 2 * x_stride + 4};

    (void)prefetch;
    for (size_t i = 0; i < RS_BLOCK_Y; i += 4) {
        product_4x12(&c[i * ldc], ldc, y + i, left, n, add);
        product_4x12(&c[i * ldc + 12], ldc, y + i, right, n, add);
    }
}

/* The same in single precision: 8 y by 48 x, and sums that are put down every
 * RS_SINGLE_RUN rows. */
__attribute__((target("avx512f"))) static void
single_avx512(float *c, size_t ldc, const float *y, const float *x,
              size_t x_stride, size_t n, bool add, const float *prefetch)
{
    for (size_t first = 0; first < n; first += RS_SINGLE_RUN) {
        size_t end = first + RS_SINGLE_RUN < n ? first + RS_SINGLE_RUN : n;
        __m512 sum[RS_BLOCK_Y][3];
        for (size_t i = 0; i < RS_BLOCK_Y; i++)
            for (size_t j = 0; j < 3; j++)
                sum[i][j] = _mm512_setzero_ps();
        for (size_t k = first; k < end; k++) {
            __m512 x0 = _mm512_loadu_ps(&x[16 * k]);
            __m512 x1 = _mm512_loadu_ps(&x[x_stride + 16 * k]);
            __m512 x2 = _mm512_loadu_ps(&x[2 * x_stride + 16 * k]);
            if (prefetch != NULL)
                _mm_prefetch((const char *)&prefetch[16 * k], _MM_HINT_T1);
#pragma GCC unroll 8
            for (size_t i = 0; i < RS_BLOCK_Y; i++) {
                __m512 yi = _mm512_set1_ps(y[16 * k + i]);
                sum[i][0] = _mm512_fmadd_ps(yi, x0, sum[i][0]);
                sum[i][1] = _mm512_fmadd_ps(yi, x1, sum[i][1]);
                sum[i][2] = _mm512_fmadd_ps(yi, x2, sum[i][2]);
            }
        }
        for (size_t i = 0; i < RS_BLOCK_Y; i++)
            for (size_t j = 0; j < 3; j++) {
                float *at = &c[i * ldc + 16 * j];
                if (add || first > 0)
                    sum[i][j] = _mm512_add_ps(_mm512_loadu_ps(at), sum[i][j]);
                _mm512_storeu_ps(at, sum[i][j]);
            }
    }
}

/* 4 y by 24 x. */
__attribute__((target("avx2,fma"))) static void
single_4x24(float *c, size_t ldc, const float *y, const float *x,
            size_t x_stride, size_t n, bool add)
{
    for (size_t first = 0; first < n; first += RS_SINGLE_RUN) {
        size_t end = first + RS_SINGLE_RUN < n ? first + RS_SINGLE_RUN : n;
        __m256 sum[4][3];
        for (size_t i = 0; i < 4; i++)
            for (size_t j = 0; j < 3; j++)
                sum[i][j] = _mm256_setzero_ps();
        for (size_t k = first; k < end; k++) {
            __m256 x0 = _mm256_loadu_ps(&x[8 * k]);
            __m256 x1 = _mm256_loadu_ps(&x[x_stride + 8 * k]);
            __m256 x2 = _mm256_loadu_ps(&x[2 * x_stride + 8 * k]);
#pragma GCC unroll 4
            for (size_t i = 0; i < 4; i++) {
                __m256 yi = _mm256_set1_ps(y[8 * k + i]);
                sum[i][0] = _mm256_fmadd_ps(yi, x0, sum[i][0]);
                sum[i][1] = _mm256_fmadd_ps(yi, x1, sum[i][1]);
                sum[i][2] = _mm256_fmadd_ps(yi, x2, sum[i][2]);
            }
        }
        for (size_t i = 0; i < 4; i++)
            for (size_t j = 0; j < 3; j++) {
                float *at = &c[i * ldc + 8 * j];
                if (add || first > 0)
                    sum[i][j] = _mm256_add_ps(_mm256_loadu_ps(at), sum[i][j]);
                _mm256_storeu_ps(at, sum[i][j]);
            }
    }
}

static void single_avx2(float *c, size_t ldc, const float *y, const float *x,
                        size_t x_stride, size_t n, bool add,
                        const float *prefetch)
{
    (void)prefetch;
    for (size_t i = 0; i < RS_BLOCK_Y; i += 4)
        single_4x24(&c[i * ldc], ldc, y + i, x, x_stride, n, add);
}

#endif

/* By the BLAS that GSL is bound to, where there is no kernel of our own. */
static void product_blas(double *c, size_t ldc, const double *y,
                         const double *x, size_t x_stride, size_t n, bool add,
                         const double *prefetch)
{
    gsl_matrix_const_view a =
        gsl_matrix_const_view_array_with_tda(y, n, RS_BLOCK_Y, RS_BLOCK_X_MOST);
    gsl_matrix_const_view b =
        gsl_matrix_const_view_array(x, n, RS_BLOCK_X_MOST);
    gsl_matrix_view out =
        gsl_matrix_view_array_with_tda(c, RS_BLOCK_Y, RS_BLOCK_X_MOST, ldc);

    (void)x_stride;
    (void)prefetch;
    (void)gsl_blas_dgemm(CblasTrans, CblasNoTrans, 1.0, &a.matrix, &b.matrix,
                         add ? 1.0 : 0.0, &out.matrix);
}

static void single_blas(float *c, size_t ldc, const float *y, const float *x,
                        size_t x_stride, size_t n, bool add,
                        const float *prefetch)
{
    gsl_matrix_float_view out = gsl_matrix_float_view_array_with_tda(
        c, RS_BLOCK_Y, RS_BLOCK_X_MOST, ldc);

    (void)x_stride;
    (void)prefetch;
    for (size_t first = 0; first < n; first += RS_SINGLE_RUN) {
        size_t rows = n - first < RS_SINGLE_RUN ? n - first : RS_SINGLE_RUN;
        size_t at = first * RS_BLOCK_X_MOST;
        gsl_matrix_float_const_view a =
            gsl_matrix_float_const_view_array_with_tda(y + at, rows, RS_BLOCK_Y,
                                                       RS_BLOCK_X_MOST);
        gsl_matrix_float_const_view b =
            gsl_matrix_float_const_view_array(x + at, rows, RS_BLOCK_X_MOST);
        (void)gsl_blas_sgemm(CblasTrans, CblasNoTrans, 1.0F, &a.matrix,
                             &b.matrix, add || first > 0 ? 1.0F : 0.0F,
                             &out.matrix);
    }
}

/* The fastest first. */
static const struct rs_kernel kernels[] = {
#ifdef RS_X86
    {"avx512", 8, 3, product_avx512, 16, 3, single_avx512, true},
    {"avx2", 8, 3, product_avx2, 8, 3, single_avx2, false},
#endif
    {"blas", RS_BLOCK_X_MOST, 1, product_blas, RS_BLOCK_X_MOST, 1, single_blas,
     false},
};

double rs_single_error(size_t n)
{
    double runs = ceil((double)n / RS_SINGLE_RUN);

    return (RS_SINGLE_RUN + runs + 4.0) * 0.5 * FLT_EPSILON * 1.001;
}

static bool can_run(const struct rs_kernel *kernel)
{
#ifdef RS_X86
    if (kernel->product == product_avx512)
        return __builtin_cpu_supports("avx512f") != 0;
    if (kernel->product == product_avx2)
        return __builtin_cpu_supports("avx2") != 0 &&
               __builtin_cpu_supports("fma") != 0;
#endif
    return kernel->product == product_blas;
}

const struct rs_kernel *rs_kernel_find(const char *name)
{
    for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++)
        if ((name == NULL || strcmp(name, kernels[i].name) == 0) &&
            can_run(&kernels[i]))
            return &kernels[i];
    return NULL;
}
