/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sorted.h"

#include "mem.h"
#include "parallel.h"

#include <math.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    FEW = 24,           /* values that insertion sorts best */
    DEAL_BITS = 11,     /* at most 2^11 parts at once: counts fit in cache */
    ON_STACK = 4096,    /* values of a range sorted without other room */
    AT_ONCE = 16,       /* values that are classed side by side */
    SPLITTER_BITS = 12, /* at most 2^12 - 1 splitters */
    RANGE = 32768,      /* values of a range, on the average */
    SAMPLED = 16,       /* sampled values for one splitter */
    SMALL = 65536,      /* values that are not worth dealing out */
    BLOCKS_PER_THREAD = 4,
    MOST_BLOCKS = 64
};

/* A number that orders as the double does. */
static inline uint64_t key_of(double value)
{
    uint64_t bits = 0;

    memcpy(&bits, &value, sizeof bits);
    return bits ^ ((bits >> 63) != 0 ? UINT64_MAX : (uint64_t)1 << 63);
}

static void insertion_sort(double *values, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double value = values[i];
        size_t j = i;
        for (; j > 0 && values[j - 1] > value; j--)
            values[j] = values[j - 1];
        values[j] = value;
    }
}

/* Bits of the widest difference of keys; 0 when all are equal. */
static unsigned key_range(uint64_t *least, const double *values, size_t n)
{
    uint64_t low = UINT64_MAX;
    uint64_t high = 0;

    for (size_t i = 0; i < n; i++) {
        uint64_t key = key_of(values[i]);
        low = key < low ? key : low;
        high = key > high ? key : high;
    }
    *least = low;
    return high == low ? 0 : 64 - (unsigned)__builtin_clzll(high - low);
}

/* Deals the values out by the leading bits of their keys' distance from the
 * least, and again within each part: a part has at least three bits less. */
void rs_sort(double *values, double *spare, size_t n)
{
    size_t ends[1U << DEAL_BITS];
    uint64_t least = 0;
    unsigned bits = 0;
    unsigned deal = 3;
    size_t start = 0;

    if (n <= FEW) {
        insertion_sort(values, n);
        return;
    }
    bits = key_range(&least, values, n);
    if (bits == 0)
        return;
    while (deal < DEAL_BITS && ((size_t)2 << deal) < n)
        deal++;
    bits = bits > deal ? bits - deal : 0;
    memset(ends, 0, sizeof *ends << deal);
    for (size_t i = 0; i < n; i++)
        ends[(key_of(values[i]) - least) >> bits]++;
    for (size_t k = 0; k < (size_t)1 << deal; k++) {
        size_t count = ends[k];
        ends[k] = start;
        start += count;
    }
    for (size_t i = 0; i < n; i++)
        spare[ends[(key_of(values[i]) - least) >> bits]++] = values[i];
    memcpy(values, spare, n * sizeof *values);
    if (bits == 0)
        return; /* a part holds one value only */
    start = 0;
    for (size_t k = 0; k < (size_t)1 << deal; k++) {
        if (ends[k] - start > 1)
            rs_sort(values + start, spare + start, ends[k] - start);
        start = ends[k];
    }
}

/*
 * Classes of values: 2 j lies between splitters j - 1 and j, 2 j + 1 is equal
 * to splitter j and needs no sorting.
 */
struct deal {
    const double *in;
    double *out;
    size_t n;
    double *splitters; /* [n_splitters] = 2^bits - 1, rising, inf behind */
    unsigned bits;
    size_t n_classes;
    size_t *counts; /* [n_blocks][n_classes], then places in out */
    size_t n_blocks;
    size_t *ends; /* [n_classes] */
    atomic_bool failed;
};

/* The classes of a few values; those of NaN are of no use. The values go
 * through the splitters side by side: their searches do not wait for each
 * other. */
static void find_classes(uint64_t classes[AT_ONCE],
                         const double values[AT_ONCE],
                         const double *restrict splitters, unsigned bits)
{
    uint64_t at[AT_ONCE] = {0};
    double value[AT_ONCE];

    memcpy(value, values, sizeof value);
    for (uint64_t step = (uint64_t)1 << (bits - 1); step > 0; step /= 2)
        for (size_t k = 0; k < AT_ONCE; k++)
            at[k] += splitters[at[k] + step - 1] < value[k] ? step : 0;
    for (size_t k = 0; k < AT_ONCE; k++)
        classes[k] = 2 * at[k] + (splitters[at[k]] == value[k] ? 1 : 0);
}

/* The next values from i on, at most AT_ONCE, and their classes. */
static size_t next_classes(uint64_t classes[AT_ONCE], double values[AT_ONCE],
                           const struct deal *deal, size_t i, size_t end)
{
    size_t n = end - i < AT_ONCE ? end - i : AT_ONCE;

    memcpy(values, deal->in + i, n * sizeof *values);
    for (size_t k = n; k < AT_ONCE; k++)
        values[k] = NAN;
    find_classes(classes, values, deal->splitters, deal->bits);
    return n;
}

/* The values of a block: [*from, the value given back). */
static size_t block_end(const struct deal *deal, size_t block, size_t *from)
{
    size_t size = (deal->n + deal->n_blocks - 1) / deal->n_blocks;

    *from = block * size < deal->n ? block * size : deal->n;
    return deal->n - *from < size ? deal->n : *from + size;
}

static void count_block(void *ctx, size_t block)
{
    struct deal *deal = ctx;
    size_t *counts = deal->counts + block * deal->n_classes;
    uint64_t classes[AT_ONCE];
    double values[AT_ONCE];
    size_t i = 0;
    size_t end = block_end(deal, block, &i);

    while (i < end) {
        size_t n = next_classes(classes, values, deal, i, end);
        for (size_t k = 0; k < n; k++)
            if (!isnan(values[k]))
                counts[classes[k]]++;
        i += n;
    }
}

static void place_block(void *ctx, size_t block)
{
    struct deal *deal = ctx;
    size_t *places = deal->counts + block * deal->n_classes;
    uint64_t classes[AT_ONCE];
    double values[AT_ONCE];
    size_t i = 0;
    size_t end = block_end(deal, block, &i);

    while (i < end) {
        size_t n = next_classes(classes, values, deal, i, end);
        for (size_t k = 0; k < n; k++)
            if (!isnan(values[k])) /* adding 0 makes -0 a 0 */
                deal->out[places[classes[k]]++] = values[k] + 0.0;
        i += n;
    }
}

static void sort_class(void *ctx, size_t k)
{
    struct deal *deal = ctx;
    size_t start = k == 0 ? 0 : deal->ends[2 * k - 1];
    size_t n = deal->ends[2 * k] - start;
    double small[ON_STACK];
    double *spare = small;

    if (n > ON_STACK)
        spare = rs_alloc(n, sizeof *spare, NULL);
    if (spare == NULL)
        atomic_store(&deal->failed, true);
    else
        rs_sort(deal->out + start, spare, n);
    if (spare != small)
        free(spare);
}

/* Splitters from values at even distances, each a little off its place lest
 * the distance be the data's own period. */
static enum rs_status sample(struct deal *deal, struct rs_error *err)
{
    size_t n_splitters = ((size_t)1 << deal->bits) - 1;
    size_t most = SAMPLED * (n_splitters + 1);
    size_t n = 0;
    size_t n_out = 0;
    uint64_t random = 1;
    double *values = rs_alloc(2 * most, sizeof *values, err);

    if (values == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < most; i++) {
        size_t at = i * (deal->n / most);
        random = random * 6364136223846793005U + 1442695040888963407U;
        at += (size_t)((random >> 33) % (deal->n / most));
        if (!isnan(deal->in[at]))
            values[n++] = deal->in[at] + 0.0;
    }
    rs_sort(values, values + most, n);
    for (size_t k = 1; k <= n_splitters && n > 0; k++) {
        double value = values[k * n / (n_splitters + 1)];
        if (n_out == 0 || value > deal->splitters[n_out - 1])
            deal->splitters[n_out++] = value;
    }
    while (n_out <= n_splitters) /* one more: class_of looks at it */
        deal->splitters[n_out++] = INFINITY;
    free(values);
    return RS_OK;
}

/* Counts become places, class by class, in it block by block. */
static size_t find_places(struct deal *deal)
{
    size_t at = 0;

    for (size_t k = 0; k < deal->n_classes; k++) {
        for (size_t b = 0; b < deal->n_blocks; b++) {
            size_t *count = &deal->counts[b * deal->n_classes + k];
            size_t n = *count;
            *count = at;
            at += n;
        }
        deal->ends[k] = at;
    }
    return at;
}

static enum rs_status sort_few(double *out, size_t *n_out, const double *in,
                               size_t n, struct rs_error *err)
{
    double *spare = rs_alloc(n, sizeof *spare, err);
    size_t used = 0;

    if (spare == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++)
        if (!isnan(in[i]))
            out[used++] = in[i] + 0.0;
    rs_sort(out, spare, used);
    *n_out = used;
    free(spare);
    return RS_OK;
}

enum rs_status rs_sorted_copy(double *out, size_t *n_out, const double *in,
                              size_t n, unsigned n_threads,
                              struct rs_error *err)
{
    struct deal deal = {.in = in, .out = out, .n = n, .bits = 4};
    size_t blocks = (size_t)BLOCKS_PER_THREAD * (n_threads > 0 ? n_threads : 1);
    enum rs_status status = RS_ERR_NOMEM;

    *n_out = 0;
    if (n < SMALL)
        return sort_few(out, n_out, in, n, err);
    while (deal.bits < SPLITTER_BITS && n >> deal.bits > RANGE)
        deal.bits++;
    deal.n_blocks = blocks < MOST_BLOCKS ? blocks : MOST_BLOCKS;
    deal.n_classes = 2 * ((size_t)1 << deal.bits);
    deal.splitters = rs_alloc((size_t)1 << deal.bits, sizeof(double), err);
    deal.counts = rs_alloc(deal.n_blocks * deal.n_classes, sizeof(size_t), err);
    deal.ends = rs_alloc(deal.n_classes, sizeof(size_t), err);
    if (deal.splitters == NULL || deal.counts == NULL || deal.ends == NULL)
        goto done;
    status = sample(&deal, err);
    if (status != RS_OK)
        goto done;
    rs_parallel(n_threads, deal.n_blocks, &deal, count_block);
    *n_out = find_places(&deal);
    rs_parallel(n_threads, deal.n_blocks, &deal, place_block);
    rs_parallel(n_threads, deal.n_classes / 2, &deal, sort_class);
    if (atomic_load(&deal.failed)) {
        *n_out = 0;
        status = rs_error_set(err, RS_ERR_NOMEM, "out of memory for sorting");
    }
done:
    free(deal.splitters);
    free(deal.counts);
    free(deal.ends);
    return status;
}

int rs_by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}
