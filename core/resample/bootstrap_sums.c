/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap_sums.h"

#include "mem.h"
#include "random.h"
#include "vector_code.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 32, AT_ONCE = 4 };

#if defined(__x86_64__) && defined(__GNUC__)
#define RS_X86
#include <immintrin.h>
#endif

static const size_t most_bytes = (size_t)32 << 20;

struct want {
    double *out;
    const double *a, *b;
};

struct rs_bootstrap_sums {
    uint64_t seed;
    size_t n_resamples;
    size_t most_padded;
    size_t room;     /* bytes of counts */
    uint8_t *counts; /* [n_kept][padded n] of resamples from `first` on */
    size_t first, n_kept;
    size_t n;         /* rows of them; 0: there are none */
    double *products; /* [AT_ONCE][most_padded] */
    struct want *wants;
    size_t n_wants, most_wants;
    const uint32_t *of; /* [n_rows] cluster of each row; NULL: rows are drawn */
    size_t n_rows;
    bool plain; /* without vector code */
};

void rs_bootstrap_sums_free(struct rs_bootstrap_sums *sums)
{
    if (sums == NULL)
        return;
    free(sums->counts);
    free(sums->products);
    free(sums->wants);
    free(sums);
}

enum rs_status rs_bootstrap_sums_new(struct rs_bootstrap_sums **out,
                                     size_t most_rows, size_t n_resamples,
                                     uint64_t seed, size_t most_wants,
                                     struct rs_error *err)
{
    struct rs_bootstrap_sums *sums = rs_alloc(1, sizeof *sums, err);
    size_t all = 0;

    if (sums == NULL)
        return RS_ERR_NOMEM;
    sums->seed = seed;
    sums->n_resamples = n_resamples;
    sums->most_padded = rs_bootstrap_padded(most_rows);
    sums->most_wants = most_wants;
    sums->room = most_bytes;
    if (rs_size_mul(&all, sums->most_padded, n_resamples) && all < most_bytes)
        sums->room = all;
    if (sums->room < sums->most_padded)
        sums->room = sums->most_padded;
    sums->counts = rs_alloc(sums->room, 1, err);
    sums->products =
        rs_alloc(AT_ONCE * sums->most_padded, sizeof *sums->products, err);
    sums->wants = rs_alloc(most_wants, sizeof *sums->wants, err);
    if (sums->counts == NULL || sums->products == NULL || sums->wants == NULL) {
        rs_bootstrap_sums_free(sums);
        return RS_ERR_NOMEM;
    }
    *out = sums;
    return RS_OK;
}

void rs_bootstrap_sums_of(struct rs_bootstrap_sums *sums, const uint32_t *of,
                          size_t n_rows)
{
    sums->of = of;
    sums->n_rows = n_rows;
}

void rs_bootstrap_want(struct rs_bootstrap_sums *sums, double *out,
                       const double *a, const double *b)
{
    assert(sums->n_wants < sums->most_wants);
    sums->wants[sums->n_wants++] = (struct want){out, a, b};
}

void rs_bootstrap_rows(uint32_t *rows, uint32_t n, uint64_t seed,
                       uint64_t number)
{
    struct rs_random random;

    rs_random_start(&random, seed, RS_RANDOM_BOOTSTRAP, number);
    for (uint32_t i = 0; i < n; i++)
        rows[i] = rs_random_below(&random, n);
}

/* Counts the rows of resamples [first, first + n_kept); the draws are those
 * of rs_bootstrap_rows. */
static void draw(struct rs_bootstrap_sums *sums, size_t n, size_t first,
                 size_t n_kept)
{
    size_t padded = rs_bootstrap_padded(n);

    if (sums->n == n && sums->first == first && sums->n_kept == n_kept)
        return;
    sums->n = n;
    sums->first = first;
    sums->n_kept = n_kept;
    memset(sums->counts, 0, n_kept * padded);
    for (size_t b = 0; b < n_kept; b++) {
        uint8_t *counts = &sums->counts[b * padded];
        struct rs_random random;
        rs_random_start(&random, sums->seed, RS_RANDOM_BOOTSTRAP, first + b);
        for (size_t i = 0; i < n; i++) {
            uint32_t row = rs_random_below(&random, (uint32_t)n);
            counts[row] = (uint8_t)(counts[row] + (counts[row] < UINT8_MAX));
        }
    }
}

/* out[b] = sum over the rows of counts[b] v. Sums of every LANES-th row, then
 * those added in halves: the same bits in every version below. */
RS_WIDE static void weigh_plain(double *restrict out,
                                const uint8_t *restrict counts,
                                const double *restrict v, size_t padded,
                                size_t n_sets)
{
    for (size_t b = 0; b < n_sets; b++) {
        const uint8_t *c = &counts[b * padded];
        double sum[LANES] = {0.0};
        for (size_t i = 0; i < padded; i += LANES)
            for (size_t l = 0; l < LANES; l++)
                sum[l] += (double)c[i + l] * v[i + l];
        for (size_t half = LANES / 2; half > 0; half /= 2)
            for (size_t l = 0; l < half; l++)
                sum[l] += sum[l + half];
        out[b] = sum[0];
    }
}

#ifdef RS_X86

/* Eight counts as doubles. */
__attribute__((target("avx512f,avx2"))) static inline __m512d
eight(const uint8_t *c)
{
    return _mm512_cvtepi32_pd(
        _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)c)));
}

__attribute__((target("avx512f,avx2"))) static inline __m512d
add_eight(__m512d sum, __m512d counts, const double *v)
{
    return _mm512_add_pd(sum, _mm512_mul_pd(counts, _mm512_loadu_pd(v)));
}

/* The last halves: eight lanes to one. */
__attribute__((target("avx512f,avx2"))) static inline double
add_lanes(__m512d lanes)
{
    __m256d four = _mm256_add_pd(_mm512_castpd512_pd256(lanes),
                                 _mm512_extractf64x4_pd(lanes, 1));
    __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four),
                             _mm256_extractf128_pd(four, 1));

    return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}

/* Several sums at once share the work of turning bytes into doubles, which
 * takes most of the time: four cost little more than one. */
__attribute__((target("avx512f,avx2"), always_inline)) static inline void
weigh_wide(double *const *out, const uint8_t *counts, const double *v,
           size_t padded, size_t n_sets, size_t n_sums)
{
    for (size_t b = 0; b < n_sets; b++) {
        const uint8_t *c = &counts[b * padded];
        __m512d s[AT_ONCE][4];
        for (size_t a = 0; a < n_sums; a++)
            for (size_t k = 0; k < 4; k++)
                s[a][k] = _mm512_setzero_pd();
        for (size_t i = 0; i < padded; i += LANES) {
#pragma GCC unroll 4
            for (size_t k = 0; k < 4; k++) {
                __m512d d = eight(&c[i + 8 * k]);
#pragma GCC unroll 4
                for (size_t a = 0; a < n_sums; a++)
                    s[a][k] = add_eight(s[a][k], d, &v[a * padded + i + 8 * k]);
            }
        }
        for (size_t a = 0; a < n_sums; a++)
            out[a][b] =
                add_lanes(_mm512_add_pd(_mm512_add_pd(s[a][0], s[a][2]),
                                        _mm512_add_pd(s[a][1], s[a][3])));
    }
}

__attribute__((target("avx512f,avx2"))) static void
weigh_one(double *const *out, const uint8_t *counts, const double *v,
          size_t padded, size_t n_sets)
{
    weigh_wide(out, counts, v, padded, n_sets, 1);
}

__attribute__((target("avx512f,avx2"))) static void
weigh_four(double *const *out, const uint8_t *counts, const double *v,
           size_t padded, size_t n_sets)
{
    weigh_wide(out, counts, v, padded, n_sets, AT_ONCE);
}

#endif

/* The sums of AT_ONCE vectors v, or of one; see weigh_plain. */
static void weigh(const struct rs_bootstrap_sums *sums, double *const *out,
                  size_t padded, size_t n)
{
    const double *v = sums->products;

#ifdef RS_X86
    if (!sums->plain && __builtin_cpu_supports("avx512f") != 0) {
        if (n == 1)
            weigh_one(out, sums->counts, v, padded, sums->n_kept);
        else
            weigh_four(out, sums->counts, v, padded, sums->n_kept);
        return;
    }
#endif
    for (size_t a = 0; a < n; a++)
        weigh_plain(out[a], sums->counts, &v[a * padded], padded, sums->n_kept);
}

/* What is drawn of a want: products of rows, or their sums by cluster. */
static void multiply(const struct rs_bootstrap_sums *sums, double *product,
                     const struct want *want, size_t padded)
{
    if (sums->of == NULL) {
        for (size_t i = 0; i < padded; i++)
            product[i] = want->a[i] * want->b[i];
        return;
    }
    memset(product, 0, padded * sizeof *product);
    for (size_t i = 0; i < sums->n_rows; i++)
        product[sums->of[i]] += want->a[i] * want->b[i];
}

/* AT_ONCE wants from k on, filled up with the last of all, or this alone. */
static void find_some(struct rs_bootstrap_sums *sums, size_t k, size_t padded,
                      size_t first)
{
    size_t last = sums->n_wants - 1;
    size_t n = k == last ? 1 : AT_ONCE;
    double *out[AT_ONCE];

    for (size_t a = 0; a < n; a++) {
        const struct want *want = &sums->wants[k + a < last ? k + a : last];
        multiply(sums, &sums->products[a * padded], want, padded);
        out[a] = &want->out[first];
    }
    weigh(sums, out, padded, n);
}

void rs_bootstrap_sums_plainly(struct rs_bootstrap_sums *sums)
{
    sums->plain = true;
}

void rs_bootstrap_find_sums(struct rs_bootstrap_sums *sums, size_t n)
{
    size_t padded = rs_bootstrap_padded(n);
    size_t step = sums->room / padded;

    for (size_t first = 0; first < sums->n_resamples && sums->n_wants > 0;
         first += step) {
        size_t left = sums->n_resamples - first;
        draw(sums, n, first, left < step ? left : step);
        for (size_t k = 0; k < sums->n_wants; k += AT_ONCE)
            find_some(sums, k, padded, first);
    }
    sums->n_wants = 0;
}
