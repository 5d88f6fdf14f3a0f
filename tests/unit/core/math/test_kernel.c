/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel.h"
#include "made_data.h"
#include "run_suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 1283, GAP = 24, PAD = 5 };

static const char *const names[] = {"avx512", "avx2", "blas"};
static const size_t lengths[] = {1,  2,  3,   7,    8,        9,
                                 63, 64, 200, 1280, MOST_ROWS};

enum { N_LENGTHS = sizeof lengths / sizeof lengths[0] };

/* One block's operands and results. */
struct block {
    const struct rs_kernel *kernel;
    size_t n;
    size_t wide; /* columns of x */
    size_t ldc;
    size_t x_stride;
    double *y;        /* [n][width], of which RS_BLOCK_Y are read */
    double *x;        /* panels, GAP apart */
    double *c;        /* what the kernel makes */
    double *want;     /* what it should */
    double *prefetch; /* [width n] */
};

static double *room(size_t n)
{
    double *out = calloc(n, sizeof *out);

    ck_assert_ptr_nonnull(out);
    return out;
}

/* True, or the test is skipped visibly. */
static bool find(const struct rs_kernel **out, const char *name)
{
    *out = rs_kernel_find(name);
    if (*out == NULL)
        (void)printf("SKIP: kernel %s is not for this machine\n", name);
    return *out != NULL;
}

static double x_at(const struct block *b, size_t row, size_t column)
{
    size_t width = b->kernel->width;

    return b->x[column / width * b->x_stride + row * width + column % width];
}

static void block_init(struct block *b, const struct rs_kernel *kernel,
                       size_t n)
{
    b->kernel = kernel;
    b->n = n;
    b->wide = kernel->x_panels * kernel->width;
    b->ldc = b->wide + PAD;
    b->x_stride = n * kernel->width + GAP;
    b->y = room(n * kernel->width);
    b->x = room(kernel->x_panels * b->x_stride);
    b->c = room(RS_BLOCK_Y * b->ldc);
    b->want = room(RS_BLOCK_Y * b->ldc);
    b->prefetch = room(kernel->width * n);
}

static void block_clear(struct block *b)
{
    free(b->y);
    free(b->x);
    free(b->c);
    free(b->want);
    free(b->prefetch);
}

/* Random operands; whole: small whole numbers, whose sums are exact. What a
 * kernel must not read is NaN. */
static void fill(struct block *b, uint64_t seed, bool whole)
{
    size_t width = b->kernel->width;

    for (size_t i = 0; i < b->n * width; i++)
        b->y[i] = i % width >= RS_BLOCK_Y ? NAN
                  : whole ? floor(17.0 * made_uniform(&seed)) - 8.0
                          : made_normal(&seed);
    for (size_t p = 0; p < b->kernel->x_panels; p++)
        for (size_t i = 0; i < b->x_stride; i++)
            b->x[p * b->x_stride + i] =
                i >= b->n * width ? NAN
                : whole           ? floor(17.0 * made_uniform(&seed)) - 8.0
                                  : made_normal(&seed);
    for (size_t i = 0; i < RS_BLOCK_Y * b->ldc; i++)
        b->c[i] = floor(100.0 * made_uniform(&seed));
}

/* The plain loop: one multiply-add after another, then one sum with c. */
static void expect(struct block *b, bool add)
{
    memcpy(b->want, b->c, RS_BLOCK_Y * b->ldc * sizeof *b->c);
    for (size_t i = 0; i < RS_BLOCK_Y; i++)
        for (size_t j = 0; j < b->wide; j++) {
            double sum = 0.0;
            double *out = &b->want[i * b->ldc + j];
            for (size_t k = 0; k < b->n; k++)
                sum = fma(b->y[k * b->kernel->width + i], x_at(b, k, j), sum);
            *out = (add ? *out : 0.0) + sum;
        }
}

static void run(struct block *b, bool add, bool prefetch)
{
    b->kernel->product(b->c, b->ldc, b->y, b->x, b->x_stride, b->n, add,
                       prefetch ? b->prefetch : NULL);
}

/* Every number of the block, and that nothing beside it was written. */
static void check(const struct block *b, double allowed)
{
    for (size_t i = 0; i < RS_BLOCK_Y; i++)
        for (size_t j = 0; j < b->ldc; j++) {
            double got = b->c[i * b->ldc + j];
            double want = b->want[i * b->ldc + j];
            if (j >= b->wide || allowed == 0.0)
                ck_assert_double_eq(got, want);
            else
                ck_assert_double_le(fabs(got - want), allowed);
        }
}

/* Whole numbers: exact in every order of the sum. */
START_TEST(test_exact)
{
    const struct rs_kernel *kernel = NULL;

    if (!find(&kernel, names[_i]))
        return;
    ck_assert_str_eq(kernel->name, names[_i]);
    ck_assert_uint_le(kernel->x_panels * kernel->width, RS_BLOCK_X_MOST);
    for (size_t l = 0; l < N_LENGTHS; l++)
        for (int mode = 0; mode < 4; mode++) {
            bool add = (mode & 1) != 0;
            struct block b;
            block_init(&b, kernel, lengths[l]);
            fill(&b, 1 + l, true);
            expect(&b, add);
            run(&b, add, (mode & 2) != 0);
            check(&b, 0.0);
            block_clear(&b);
        }
}
END_TEST

/* Any numbers: ours to the last bit, the BLAS in its own order. */
START_TEST(test_plain_loop)
{
    const struct rs_kernel *kernel = NULL;

    if (!find(&kernel, names[_i]))
        return;
    for (size_t l = 0; l < N_LENGTHS; l++)
        for (int mode = 0; mode < 4; mode++) {
            bool ours = strcmp(kernel->name, "blas") != 0;
            bool add = (mode & 1) != 0;
            struct block b;
            block_init(&b, kernel, lengths[l]);
            fill(&b, 100 + l, false);
            expect(&b, add);
            run(&b, add, (mode & 2) != 0);
            check(&b, ours ? 0.0 : 1e-15 * (double)(100 + 10 * lengths[l]));
            block_clear(&b);
        }
}
END_TEST

/* A block of rows after another is the whole. */
START_TEST(test_pieces)
{
    const struct rs_kernel *kernel = NULL;
    struct block b;
    size_t first = 500;

    if (!find(&kernel, names[_i]))
        return;
    block_init(&b, kernel, MOST_ROWS);
    fill(&b, 7, true);
    expect(&b, false);
    kernel->product(b.c, b.ldc, b.y, b.x, b.x_stride, first, false, NULL);
    kernel->product(b.c, b.ldc, b.y + first * kernel->width,
                    b.x + first * kernel->width, b.x_stride, b.n - first, true,
                    NULL);
    check(&b, 0.0);
    block_clear(&b);
}
END_TEST

START_TEST(test_same_bits)
{
    const struct rs_kernel *kernels[2] = {NULL, NULL};

    if (!find(&kernels[0], "avx512") || !find(&kernels[1], "avx2"))
        return;
    ck_assert_uint_eq(kernels[0]->width, kernels[1]->width);
    ck_assert_uint_eq(kernels[0]->x_panels, kernels[1]->x_panels);
    for (size_t l = 0; l < N_LENGTHS; l++) {
        struct block b[2];
        for (int k = 0; k < 2; k++) {
            block_init(&b[k], kernels[k], lengths[l]);
            fill(&b[k], 200 + l, false);
            run(&b[k], l % 2 == 0, false);
        }
        ck_assert_mem_eq(b[0].c, b[1].c,
                         RS_BLOCK_Y * b[0].ldc * sizeof(double));
        block_clear(&b[0]);
        block_clear(&b[1]);
    }
}
END_TEST

/* Columns of length 1 in single precision: within the bound, which is not
 * wide of the mark, and nothing beside the block is written. */
START_TEST(test_single)
{
    const struct rs_kernel *kernel = NULL;

    if (!find(&kernel, names[_i]))
        return;
    for (size_t l = 0; l < N_LENGTHS; l++) {
        size_t n = lengths[l];
        size_t width = kernel->single_width;
        size_t wide = width * kernel->single_x_panels;
        double scale = 1.0 / sqrt((double)n);
        uint64_t seed = 300 + l;
        float *y = calloc(n * width, sizeof *y);
        float *x = calloc(n * wide, sizeof *x);
        float *c = calloc(RS_BLOCK_Y * (wide + PAD), sizeof *c);
        ck_assert(y != NULL && x != NULL && c != NULL);
        for (size_t i = 0; i < n * width; i++)
            y[i] = (float)(made_uniform(&seed) < 0.5 ? -scale : scale);
        for (size_t i = 0; i < n * wide; i++)
            x[i] = (float)(made_uniform(&seed) < 0.5 ? -scale : scale);
        kernel->product_single(c, wide + PAD, y, x, n * width, n, false, NULL);
        kernel->product_single(c, wide + PAD, y, x, n * width, n, true, NULL);
        for (size_t i = 0; i < RS_BLOCK_Y; i++)
            for (size_t j = 0; j < wide; j++) {
                double sum = 0.0;
                for (size_t k = 0; k < n; k++)
                    sum += (double)y[k * width + i] *
                           (double)
                               x[j / width * n * width + k * width + j % width];
                ck_assert_double_le(
                    fabs((double)c[i * (wide + PAD) + j] - 2.0 * sum),
                    2.0 * rs_single_error(n));
            }
        for (size_t i = 0; i < RS_BLOCK_Y; i++)
            for (size_t j = wide; j < wide + PAD; j++)
                ck_assert(c[i * (wide + PAD) + j] == 0.0F);
        free(y);
        free(x);
        free(c);
    }
    ck_assert_double_le(rs_single_error(1000), 1e-5);
}
END_TEST

/* The default is the first of the list that can run. */
START_TEST(test_find)
{
    const struct rs_kernel *first = NULL;

    for (size_t i = 0; first == NULL && i < 3; i++)
        first = rs_kernel_find(names[i]);
    ck_assert_ptr_eq(rs_kernel_find(NULL), first);
    ck_assert_ptr_nonnull(rs_kernel_find("blas"));
    ck_assert_ptr_null(rs_kernel_find("nonsense"));
    ck_assert_ptr_null(rs_kernel_find(""));
    ck_assert_ptr_null(rs_kernel_find("avx"));
}
END_TEST

/* Pieces are no longer than they may be, nearly equal, and as few as that
 * allows. */
START_TEST(test_row_step)
{
    ck_assert_uint_eq(rs_row_step(0), 0);
    for (size_t n = 1; n < 5 * RS_PIECE_ROWS; n += n < 9 ? 1 : 37) {
        size_t step = rs_row_step(n);
        size_t pieces = (n + step - 1) / step;
        ck_assert_uint_le(step, RS_PIECE_ROWS);
        ck_assert_uint_gt(n, (pieces - 1) * RS_PIECE_ROWS);
        ck_assert_uint_le(pieces * step - n, pieces);
    }
    ck_assert_uint_eq(rs_row_step(RS_PIECE_ROWS), RS_PIECE_ROWS);
    ck_assert_uint_eq(rs_row_step(RS_PIECE_ROWS + 1), RS_PIECE_ROWS / 2 + 1);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_exact, 3},    {&test_plain_loop, 3}, {&test_pieces, 3},
    {&test_single, 3},   {&test_same_bits, 1},  {&test_find, 1},
    {&test_row_step, 1},
};
SUITE(kernel, tests)
