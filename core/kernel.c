/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel.h"

#include <gsl/gsl_blas.h>
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
    __m512d sum[RS_Y_WIDTH][3];

    for (size_t i = 0; i < RS_Y_WIDTH; i++)
        for (size_t j = 0; j < 3; j++)
            sum[i][j] = _mm512_setzero_pd();
    for (size_t k = 0; k < n; k++) {
        __m512d x0 = _mm512_loadu_pd(&x[8 * k]);
        __m512d x1 = _mm512_loadu_pd(&x[x_stride + 8 * k]);
        __m512d x2 = _mm512_loadu_pd(&x[2 * x_stride + 8 * k]);
        if (prefetch != NULL)
            _mm_prefetch((const char *)&prefetch[8 * k], _MM_HINT_T1);
#pragma GCC unroll 8
        for (size_t i = 0; i < RS_Y_WIDTH; i++) {
            __m512d yi = _mm512_set1_pd(y[RS_Y_WIDTH * k + i]);
            sum[i][0] = _mm512_fmadd_pd(yi, x0, sum[i][0]);
            sum[i][1] = _mm512_fmadd_pd(yi, x1, sum[i][1]);
            sum[i][2] = _mm512_fmadd_pd(yi, x2, sum[i][2]);
        }
    }
    for (size_t i = 0; i < RS_Y_WIDTH; i++)
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
            __m256d yi = _mm256_set1_pd(y[RS_Y_WIDTH * k + i]);
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
    for (size_t i = 0; i < RS_Y_WIDTH; i += 4) {
        product_4x12(&c[i * ldc], ldc, y + i, left, n, add);
        product_4x12(&c[i * ldc + 12], ldc, y + i, right, n, add);
    }
}

#endif

/* One call of the BLAS that GSL is bound to. */
static void product_dgemm(double *c, size_t ldc, const double *y,
                          const double *x, size_t x_stride, size_t n, bool add,
                          const double *prefetch)
{
    gsl_matrix_const_view a = gsl_matrix_const_view_array(y, n, RS_Y_WIDTH);
    gsl_matrix_const_view b =
        gsl_matrix_const_view_array(x, n, RS_BLOCK_X_MOST);
    gsl_matrix_view out =
        gsl_matrix_view_array_with_tda(c, RS_Y_WIDTH, RS_BLOCK_X_MOST, ldc);

    (void)x_stride;
    (void)prefetch;
    (void)gsl_blas_dgemm(CblasTrans, CblasNoTrans, 1.0, &a.matrix, &b.matrix,
                         add ? 1.0 : 0.0, &out.matrix);
}

/* The fastest first. */
static const struct rs_kernel kernels[] = {
#ifdef RS_X86
    {"avx512", 8, 3, product_avx512},
    {"avx2", 8, 3, product_avx2},
#endif
    {"dgemm", RS_BLOCK_X_MOST, 1, product_dgemm},
};

static bool can_run(const struct rs_kernel *kernel)
{
#ifdef RS_X86
    if (kernel->product == product_avx512)
        return __builtin_cpu_supports("avx512f") != 0;
    if (kernel->product == product_avx2)
        return __builtin_cpu_supports("avx2") != 0 &&
               __builtin_cpu_supports("fma") != 0;
#endif
    return kernel->product == product_dgemm;
}

const struct rs_kernel *rs_kernel_find(const char *name)
{
    for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++)
        if ((name == NULL || strcmp(name, kernels[i].name) == 0) &&
            can_run(&kernels[i]))
            return &kernels[i];
    return NULL;
}
