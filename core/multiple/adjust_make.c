/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adjust.h"

#include "mem.h"
#include "parallel.h"
#include "sorted.h"
#include "storey.h"
#include "tails.h"

#include <math.h>
#include <stdlib.h>

/*
 * Sorted p are taken in blocks, by any number of threads, three times: for the
 * extreme of p times its factor in each block, from which follows the running
 * extreme that enters each block; for the number of steps; for the steps.
 */
enum { BLOCK = 16384 };

struct block {
    double best;     /* of the block: least, of holm largest */
    double incoming; /* the same of all blocks before, from where it runs */
    size_t n, at;    /* steps, and where they go */
};

struct scan {
    const double *sorted; /* [m] */
    size_t m;
    enum rs_steps_kind kind;
    struct block *blocks; /* [n_blocks] */
    size_t n_blocks;
    struct rs_steps *out; /* NULL while steps are counted */
};

/* ln of the factor of p(rank). */
static inline double log_factor(const struct scan *scan, size_t rank)
{
    double m = (double)scan->m;

    return scan->kind == RS_STEPS_BH ? log(m / (double)rank)
                                     : log(m + 1.0 - (double)rank);
}

static inline double adjusted(const struct scan *scan, size_t i)
{
    return scan->sorted[i] + log_factor(scan, i + 1);
}

static size_t block_end(const struct scan *scan, size_t b)
{
    return (b + 1) * BLOCK < scan->m ? (b + 1) * BLOCK : scan->m;
}

/* Values of 0 and more are all the same: adjusted p of 1. */
static void find_best(void *ctx, size_t b)
{
    struct scan *scan = ctx;
    size_t end = block_end(scan, b);
    bool largest = scan->kind == RS_STEPS_HOLM;
    double best = largest ? -INFINITY : INFINITY;

    /* factors fall with the rank, so no value is less than this */
    if (scan->sorted[b * BLOCK] + log_factor(scan, end) >= 0.0) {
        scan->blocks[b].best = 0.0;
        return;
    }
    for (size_t i = b * BLOCK; i < end; i++) {
        double value = adjusted(scan, i);
        if (largest ? value > best : value < best)
            best = value;
    }
    scan->blocks[b].best = best;
}

static void add_step(struct scan *scan, size_t at, size_t i, double value)
{
    if (scan->out != NULL) {
        scan->out->keys[at] = scan->sorted[i];
        scan->out->top[at] = value;
    }
}

/* Running minima from the right. */
static void walk_down(struct scan *scan, size_t b)
{
    struct block *block = &scan->blocks[b];
    double least = block->incoming;
    size_t n = 0;

    if (block->best < least) {
        for (size_t i = block_end(scan, b); i-- > b * BLOCK;) {
            double value = adjusted(scan, i);
            if (value < least) {
                least = value;
                n++;
                add_step(scan, block->at + block->n - n, i, value);
            }
        }
    }
    if (scan->out == NULL)
        block->n = n;
}

/* Running maxima from the left; a step is at the last test before the next
 * one begins. */
static void walk_up(struct scan *scan, size_t b)
{
    struct block *block = &scan->blocks[b];
    size_t i = b * BLOCK;
    size_t end = block_end(scan, b);
    double largest = block->incoming;
    double next = largest < 0.0 ? adjusted(scan, i) : 0.0;
    size_t n = 0;

    while (i < end) {
        largest = next > largest ? next : largest;
        if (largest >= 0.0)
            break;
        next = i + 1 < scan->m ? adjusted(scan, i + 1) : INFINITY;
        if (next > largest) {
            add_step(scan, block->at + n, i, largest);
            n++;
        }
        i++;
    }
    if (scan->out == NULL)
        block->n = n;
}

static void walk(void *ctx, size_t b)
{
    struct scan *scan = ctx;

    if (scan->kind == RS_STEPS_HOLM)
        walk_up(scan, b);
    else
        walk_down(scan, b);
}

static void find_incoming(struct scan *scan)
{
    double extreme = scan->kind == RS_STEPS_HOLM ? -INFINITY : 0.0;

    for (size_t k = 0; k < scan->n_blocks; k++) {
        bool up = scan->kind == RS_STEPS_HOLM;
        struct block *block = &scan->blocks[up ? k : scan->n_blocks - 1 - k];
        block->incoming = extreme;
        if (up ? block->best > extreme : block->best < extreme)
            extreme = block->best;
    }
}

static enum rs_status make_steps(struct rs_adjust_curve *curve,
                                 struct scan *scan,
                                 const struct rs_adjust_ask *ask,
                                 struct rs_error *err)
{
    size_t n = 0;
    uint64_t bytes = 0;

    scan->out = NULL;
    rs_parallel(ask->n_threads, scan->n_blocks, scan, find_best);
    find_incoming(scan);
    rs_parallel(ask->n_threads, scan->n_blocks, scan, walk);
    for (size_t b = 0; b < scan->n_blocks; b++) {
        scan->blocks[b].at = n;
        n += scan->blocks[b].n;
    }
    bytes = rs_adjust_bytes(curve) + rs_steps_bytes(n, false);
    if (bytes > ask->most_bytes) {
        if (ask->over != NULL)
            *ask->over = true;
        return rs_error_set(err, RS_ERR_NOMEM,
                            "adjusted p need %llu bytes, more than allowed",
                            (unsigned long long)bytes);
    }
    scan->out = rs_steps_new(n, false, err);
    if (scan->out == NULL)
        return RS_ERR_NOMEM;
    rs_parallel(ask->n_threads, scan->n_blocks, scan, walk);
    rs_steps_index(scan->out);
    curve->steps[scan->kind] = scan->out;
    return RS_OK;
}

/* How many of the values are below x. */
static size_t n_below(const double *sorted, size_t m, double x)
{
    size_t low = 0;
    size_t high = m;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What follows from the sorted values at a few places. */
static void describe(struct rs_adjust_curve *curve, const double *sorted,
                     size_t m)
{
    uint64_t at_least[RS_LAMBDAS];

    for (unsigned k = 0; k < RS_LAMBDAS; k++)
        at_least[k] = m - n_below(sorted, m, rs_storey_log_lambdas[k]);
    curve->pi0_sound = rs_storey_log_pi0(&curve->log_pi0, at_least, m);
    curve->log_p_largest = sorted[m - 1];
    curve->log_p_median = rs_log_p_middle(sorted[(m - 1) / 2], sorted[m / 2]);
}

enum rs_status rs_adjust_make_sorted(struct rs_adjust_curve *curve,
                                     const double *sorted, size_t m,
                                     const struct rs_adjust_ask *ask,
                                     struct rs_error *err)
{
    struct scan scan = {.sorted = sorted, .m = m};
    enum rs_status status = RS_OK;

    rs_adjust_begin(curve, m, ask->methods);
    if (m == 0)
        return RS_OK;
    describe(curve, sorted, m);
    scan.n_blocks = (m + BLOCK - 1) / BLOCK;
    scan.blocks = rs_alloc(scan.n_blocks, sizeof *scan.blocks, err);
    if (scan.blocks == NULL)
        status = RS_ERR_NOMEM;
    for (unsigned k = 0; k < RS_STEPS_COUNT && status == RS_OK; k++) {
        scan.kind = (enum rs_steps_kind)k;
        if (rs_adjust_needs(ask->methods, scan.kind))
            status = make_steps(curve, &scan, ask, err);
    }
    if (status != RS_OK)
        rs_adjust_clear(curve);
    free(scan.blocks);
    return status;
}

enum rs_status rs_adjust_make(struct rs_adjust_curve *curve,
                              const double *log_p, size_t n,
                              const struct rs_adjust_ask *ask,
                              struct rs_error *err)
{
    struct rs_pages copy = {0};
    size_t bytes = 0;
    size_t m = 0;
    enum rs_status status = RS_OK;

    rs_adjust_begin(curve, 0, ask->methods);
    if (!rs_size_mul(&bytes, n, sizeof(double)))
        return rs_error_set(err, RS_ERR_NOMEM, "%zu p are too many", n);
    status = rs_pages_new(&copy, bytes, err);
    if (status == RS_OK)
        status = rs_sorted_copy(copy.base, &m, log_p, n, ask->n_threads, err);
    if (status == RS_OK)
        status = rs_adjust_make_sorted(curve, copy.base, m, ask, err);
    rs_pages_free(&copy);
    return status;
}
