/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "steps.h"

#include <math.h>
#include <stdlib.h>

enum { LINE = 8 }; /* doubles in a line of the cache */

/* Keys of a level, whole groups, when another level lies above. */
static size_t padded(size_t n)
{
    return n <= RS_STEP_FAN ? n
                            : (n + RS_STEP_FAN - 1) / RS_STEP_FAN * RS_STEP_FAN;
}

static size_t above(size_t n)
{
    return (n + RS_STEP_FAN - 1) / RS_STEP_FAN;
}

/* Doubles of all levels. */
static size_t keys_room(size_t n)
{
    size_t room = padded(n);

    for (; n > RS_STEP_FAN; n = above(n))
        room += padded(above(n));
    return room;
}

uint64_t rs_steps_bytes(size_t n, bool slopes)
{
    return sizeof(struct rs_steps) +
           sizeof(double) * ((uint64_t)keys_room(n) + (slopes ? 3 : 1) * n);
}

/* Room for doubles; where searches would miss the cache at every step, in
 * huge pages. */
static double *new_room(struct rs_steps *steps, size_t n, struct rs_error *err)
{
    const size_t big = (size_t)1 << 19;
    size_t bytes = 0;

    if (n < big)
        return rs_alloc(n, sizeof(double), err);
    if (!rs_size_mul(&bytes, n, sizeof(double)) ||
        rs_pages_new(&steps->pages, bytes, err) != RS_OK)
        return NULL;
    return steps->pages.base;
}

struct rs_steps *rs_steps_new(size_t n, bool slopes, struct rs_error *err)
{
    struct rs_steps *steps = rs_alloc(1, sizeof *steps, err);
    double *next = NULL;

    if (steps == NULL)
        return NULL;
    next = new_room(steps, keys_room(n) + (slopes ? 3 : 1) * n, err);
    if (next == NULL) {
        free(steps);
        return NULL;
    }
    steps->n = n;
    steps->bytes = (size_t)rs_steps_bytes(n, slopes);
    steps->keys = next;
    for (size_t size = n;; size = above(size)) {
        steps->levels[steps->n_levels++] = next;
        next += padded(size);
        steps->n_last = size;
        if (size <= RS_STEP_FAN)
            break;
    }
    steps->top = next;
    if (slopes) {
        steps->floor = next + n;
        steps->offset = next + 2 * n;
    }
    return steps;
}

void rs_steps_index(struct rs_steps *steps)
{
    size_t n = steps->n;

    for (unsigned l = 1; l < steps->n_levels; l++) {
        double *keys = steps->levels[l - 1];
        size_t n_above = above(n);
        for (size_t k = n; k < padded(n); k++)
            keys[k] = INFINITY;
        for (size_t k = 0; k < n_above; k++) {
            size_t last = k * RS_STEP_FAN + RS_STEP_FAN - 1;
            steps->levels[l][k] = keys[last < n ? last : n - 1];
        }
        n = n_above;
    }
}

void rs_steps_free(struct rs_steps *steps)
{
    if (steps == NULL)
        return;
    if (steps->pages.base == NULL)
        free(steps->keys);
    rs_pages_free(&steps->pages);
    free(steps);
}

/* Keys of a group below x. */
static inline size_t below(const double *keys, size_t n, double x)
{
    size_t count = 0;

    for (size_t k = 0; k < n; k++)
        count += keys[k] < x ? 1 : 0;
    return count;
}

/* The group of the next level in which the search goes on. Where that is the
 * last, the values are wanted next: do not wait for memory twice. */
static inline size_t descend(const struct rs_steps *steps, unsigned level,
                             size_t k, double log_p)
{
    if (level == 0 && steps->pages.base != NULL) {
        __builtin_prefetch(&steps->top[k * RS_STEP_FAN]);
        __builtin_prefetch(&steps->top[k * RS_STEP_FAN + LINE]);
    }
    return k * RS_STEP_FAN +
           below(steps->levels[level] + k * RS_STEP_FAN, RS_STEP_FAN, log_p);
}

void rs_steps_find_each(size_t *found, const struct rs_steps *const *steps,
                        size_t n, double log_p)
{
    unsigned n_levels = 0;

    for (size_t i = 0; i < n; i++) {
        size_t n_keys = steps[i] == NULL ? 0 : steps[i]->n;
        bool within = n_keys > 0 && !(log_p > steps[i]->keys[n_keys - 1]);
        found[i] = within ? 0 : n_keys;
        if (within && steps[i]->n_levels > n_levels)
            n_levels = steps[i]->n_levels;
    }
    /* level by level, so that the searches wait for memory together */
    for (unsigned l = n_levels; l-- > 0;) {
        for (size_t i = 0; i < n; i++) {
            if (steps[i] == NULL || found[i] == steps[i]->n ||
                l >= steps[i]->n_levels)
                continue;
            if (l + 1 == steps[i]->n_levels)
                found[i] = below(steps[i]->levels[l], steps[i]->n_last, log_p);
            else
                found[i] = descend(steps[i], l, found[i], log_p);
        }
    }
}

size_t rs_steps_find(const struct rs_steps *steps, double log_p)
{
    size_t found = 0;

    rs_steps_find_each(&found, &steps, 1, log_p);
    return found;
}

double rs_steps_value(const struct rs_steps *steps, size_t k, double log_p)
{
    double value = 0.0;

    if (steps == NULL || k >= steps->n)
        return 0.0;
    value = steps->top[k];
    if (steps->offset != NULL) {
        if (log_p + steps->offset[k] < value)
            value = log_p + steps->offset[k];
        if (value < steps->floor[k])
            value = steps->floor[k];
    }
    return value;
}
