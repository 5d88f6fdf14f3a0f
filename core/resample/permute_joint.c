/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permute_joint.h"

#include "mem.h"
#include "parallel.h"
#include "sorted.h"
#include "tails.h"

#include <math.h>
#include <stdlib.h>

struct rs_permute_joint {
    const struct rs_family_map *map;
    uint64_t n;     /* permutations */
    double *maxima; /* [map->n][n] -ln p */
    uint64_t n_lost;
};

enum rs_status rs_permute_joint_new(struct rs_permute_joint **out,
                                    const struct rs_family_map *map,
                                    uint64_t n_permutations,
                                    struct rs_error *err)
{
    struct rs_permute_joint *joint = rs_alloc(1, sizeof *joint, err);
    size_t n = 0;

    *out = NULL;
    if (joint == NULL)
        return RS_ERR_NOMEM;
    joint->map = map;
    joint->n = n_permutations;
    if (!rs_size_mul(&n, map->n, n_permutations)) {
        free(joint);
        return rs_error_set(err, RS_ERR_NOMEM, "too many permutations");
    }
    joint->maxima = rs_alloc(n, sizeof *joint->maxima, err);
    if (joint->maxima == NULL) {
        free(joint);
        return RS_ERR_NOMEM;
    }
    *out = joint;
    return RS_OK;
}

void rs_permute_joint_free(struct rs_permute_joint *joint)
{
    if (joint == NULL)
        return;
    free(joint->maxima);
    free(joint);
}

double rs_permute_joint_stat(double r, double df1, double df)
{
    if (isnan(r))
        return NAN;
    if (!(r > 0.0))
        return 0.0;
    if (r >= 1.0)
        return INFINITY;
    if (df1 > 1.0)
        return -rs_f_log_p(r * r / ((1.0 - r) * (1.0 + r)) * (df / df1), df1,
                           df);
    return -rs_t_log_p(r * sqrt(df / ((1.0 - r) * (1.0 + r))), df);
}

/* ---- taking ------------------------------------------------------ */

struct adding {
    struct rs_permute_joint *joint;
    const size_t *of; /* families of the part */
    const double *r, *stats;
    double df;
};

/* Families of a part are different ones: each has its own maxima. */
static void add_family(void *ctx, size_t f)
{
    const struct adding *adding = ctx;
    uint64_t n = adding->joint->n;
    const double *stats = adding->stats == NULL ? NULL : &adding->stats[f * n];
    double *to = &adding->joint->maxima[adding->of[f] * n];

    for (uint64_t b = 0; b < n; b++) {
        double stat =
            rs_permute_joint_stat(adding->r[f * n + b], 1.0, adding->df);
        if (stats != NULL && stats[b] > stat)
            stat = stats[b];
        if (isnan(stat) || stat > to[b])
            to[b] = stat; /* what is lost stays so: no comparison is true */
    }
}

void rs_permute_joint_add(struct rs_permute_joint *joint, size_t part,
                          const double *r, double df, const double *stats,
                          unsigned n_threads)
{
    const struct rs_family_block *block = &joint->map->blocks[part];
    struct adding adding = {joint, block->of, r, stats, df};

    rs_parallel(n_threads, block->n_of, &adding, add_family);
}

/* ---- looking up -------------------------------------------------- */

/* Puts the maxima of permutations that are whole in front, in all families. */
static void drop_lost(struct rs_permute_joint *joint)
{
    size_t n_families = joint->map->n;
    uint64_t kept = 0;

    for (uint64_t b = 0; b < joint->n; b++) {
        bool lost = false;
        for (size_t f = 0; f < n_families; f++)
            lost = lost || isnan(joint->maxima[f * joint->n + b]);
        if (lost)
            continue;
        for (size_t f = 0; f < n_families; f++)
            joint->maxima[f * joint->n + kept] =
                joint->maxima[f * joint->n + b];
        kept++;
    }
    joint->n_lost = joint->n - kept;
}

void rs_permute_joint_finish(struct rs_permute_joint *joint)
{
    drop_lost(joint);
    for (size_t f = 0; f < joint->map->n; f++)
        qsort(&joint->maxima[f * joint->n], joint->n - joint->n_lost,
              sizeof(double), rs_by_value);
}

uint64_t rs_permute_joint_lost(const struct rs_permute_joint *joint)
{
    return joint->n_lost;
}

/* How many of [n] rising numbers are not below one. */
static uint64_t reached(const double *rising, uint64_t n, double least)
{
    uint64_t low = 0;
    uint64_t high = n;

    while (low < high) { /* the first one that is not below */
        uint64_t middle = low + (high - low) / 2;
        if (rising[middle] < least)
            low = middle + 1;
        else
            high = middle;
    }
    return n - low;
}

double rs_permute_joint_p(const struct rs_permute_joint *joint, size_t part,
                          size_t y_ix, size_t x_ix, double stat)
{
    size_t family = rs_family_map_of(joint->map, part, y_ix, x_ix);
    uint64_t n = joint->n - joint->n_lost;

    return ((double)reached(&joint->maxima[family * joint->n], n, stat) + 1.0) /
           ((double)n + 1.0);
}
