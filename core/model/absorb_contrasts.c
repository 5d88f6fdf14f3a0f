/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "absorb_shared.h"

#include "mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * The effects that rs_absorb_residuals gives are one of many solutions: to them
 * any null vector of the levels' columns may be added. R's solution is the
 * one that is 0 at the columns lm() drops. In the order intercept, levels of
 * factor 1, 2, ... with the references behind them all, a column is dropped
 * when some null vector ends with it. With null vectors N_d that are 1 at one
 * dropped column d and 0 at the others,
 *     effect'_k = effect_k - sum_d N_d[k] effect_d
 * Two factors have one null vector a component of their graph: 1 at the
 * levels of the second, -1 at those of the first.
 */

/* A null vector has no part in a column below this. */
static const double nothing = 1e-7;

/* Null vectors of three and more factors take no more numbers than this. */
static const size_t most_numbers = (size_t)1 << 26;

/* ---- two factors ------------------------------------------------- */

static uint32_t find_root(uint32_t *parent, uint32_t k)
{
    while (parent[k] != k) {
        parent[k] = parent[parent[k]];
        k = parent[k];
    }
    return k;
}

/* grounds[k] = the dropped node of the component of k: the second factor's
 * reference where it is there, else its last level. */
static enum rs_status drop_two(struct rs_absorb *a)
{
    uint32_t *parent = rs_alloc(a->n_nodes, sizeof *parent, NULL);
    const uint32_t *one = rs_absorb_nodes(a, 0);
    const uint32_t *two = rs_absorb_nodes(a, 1);

    if (parent == NULL)
        return RS_ERR_NOMEM;
    for (uint32_t k = 0; k < a->n_nodes; k++)
        parent[k] = k;
    for (size_t i = 0; i < a->n; i++) {
        uint32_t p = find_root(parent, one[i]);
        uint32_t q = find_root(parent, two[i]);
        if (p < q) /* the root is a component's last node */
            parent[p] = q;
        else
            parent[q] = p;
    }
    for (uint32_t k = 0; k < a->n_nodes; k++)
        a->grounds[k] = find_root(parent, k);
    for (uint32_t k = 0; a->n_nodes > 0 && k < a->n_nodes; k++)
        if (a->grounds[k] == find_root(parent, (uint32_t)a->first[1]))
            a->grounds[k] = (uint32_t)a->first[1];
    free(parent);
    return RS_OK;
}

/* ---- three and more ---------------------------------------------- */

static bool is_reference(const struct rs_absorb *a, uint32_t node)
{
    for (size_t f = 0; f < a->n_factors; f++)
        if (a->first[f] == node)
            return true;
    return false;
}

/* Makes some null vector end with this node, and all others 0 there; *done of
 * them end later. */
static void end_with(struct rs_absorb *a, uint32_t node, size_t *done)
{
    size_t n = a->n_nodes;
    size_t best = *done;
    double *row = NULL;
    double pivot = 0.0;

    for (size_t d = *done; d < a->n_null; d++)
        if (fabs(a->null[d * n + node]) > fabs(a->null[best * n + node]))
            best = d;
    if (*done == a->n_null || fabs(a->null[best * n + node]) <= nothing)
        return;
    row = &a->null[*done * n];
    for (size_t k = 0; k < n; k++) {
        double swap = row[k];
        row[k] = a->null[best * n + k];
        a->null[best * n + k] = swap;
    }
    pivot = row[node];
    for (size_t k = 0; k < n; k++)
        row[k] /= pivot;
    for (size_t d = 0; d < a->n_null; d++) {
        double factor = a->null[d * n + node];
        if (d == *done || factor == 0.0)
            continue;
        for (size_t k = 0; k < n; k++)
            a->null[d * n + k] -= factor * row[k];
        a->null[d * n + node] = 0.0;
    }
    a->dropped[(*done)++] = node;
}

/* True when a vector of integers, all of them multiplied by the same number,
 * is a null vector. */
static bool is_null(const struct rs_absorb *a, const double *v)
{
    for (size_t i = 0; i < a->n; i++) {
        double sum = 0.0;
        for (size_t f = 0; f < a->n_factors; f++)
            sum += v[rs_absorb_nodes(a, f)[i]];
        if (sum != 0.0)
            return false;
    }
    return true;
}

/* Null vectors are rational: nearly always with a small denominator, which
 * takes the rounding of the elimination away. work: [n_nodes] */
static void make_rational(const struct rs_absorb *a, double *v, double *work)
{
    enum { MOST_DENOMINATOR = 12 };

    for (int by = 1; by <= MOST_DENOMINATOR; by++) {
        bool near = true;
        for (size_t k = 0; k < a->n_nodes && near; k++) {
            work[k] = nearbyint(by * v[k]);
            near = fabs(by * v[k] - work[k]) <= nothing;
        }
        if (!near || !is_null(a, work))
            continue;
        for (size_t k = 0; k < a->n_nodes; k++)
            v[k] = work[k] / by;
        return;
    }
}

static enum rs_status drop_many(struct rs_absorb *a)
{
    const uint32_t *nodes = NULL;
    size_t n = a->n_nodes;
    size_t done = 0;
    double *work = rs_alloc(RS_ELIMINATION_WORK * n, sizeof *work, NULL);

    free(a->null);
    free(a->dropped);
    a->null = NULL;
    a->n_null = rs_elimination_dependent(a->elimination, &nodes);
    a->dropped = rs_alloc(a->n_null, sizeof *a->dropped, NULL);
    if (work == NULL || a->dropped == NULL) {
        free(work);
        return RS_ERR_NOMEM;
    }
    if (n > 0 && a->n_null <= most_numbers / n)
        a->null = rs_alloc(a->n_null * n, sizeof *a->null, NULL);
    for (size_t d = 0; a->null != NULL && d < a->n_null; d++)
        rs_elimination_null(a->elimination, nodes[d], &a->null[d * n], work);
    for (size_t f = a->n_factors; a->null != NULL && f-- > 1;)
        end_with(a, (uint32_t)a->first[f], &done);
    for (uint32_t k = (uint32_t)n; a->null != NULL && k-- > 0;)
        if (!is_reference(a, k) || k == 0)
            end_with(a, k, &done);
    for (size_t d = 0; a->null != NULL && d < a->n_null; d++)
        make_rational(a, &a->null[d * n], work);
    free(work);
    return RS_OK;
}

enum rs_status rs_absorb_drop(struct rs_absorb *a)
{
    return a->n_factors == 2 ? drop_two(a) : drop_many(a);
}

/* ---- contrasts --------------------------------------------------- */

enum rs_status rs_contrast_init(struct rs_contrast *contrast,
                                const struct rs_absorb *a, size_t n_sum,
                                struct rs_error *err)
{
    size_t room = (a->n_factors <= 2 ? 4 : 2 + a->n_null) * n_sum;

    contrast->n = 0;
    contrast->nodes = rs_alloc(room, sizeof *contrast->nodes, err);
    contrast->parts = rs_alloc(room, sizeof *contrast->parts, err);
    if (contrast->nodes == NULL || contrast->parts == NULL) {
        rs_contrast_clear(contrast);
        return RS_ERR_NOMEM;
    }
    return RS_OK;
}

void rs_contrast_clear(struct rs_contrast *contrast)
{
    free(contrast->nodes);
    free(contrast->parts);
    contrast->nodes = NULL;
    contrast->parts = NULL;
}

/* Adds a part of a node's effect. */
static void add_part(struct rs_contrast *out, uint32_t node, struct rs_dd part)
{
    for (size_t e = 0; e < out->n; e++)
        if (out->nodes[e] == node) {
            out->parts[e] = rs_dd_add(out->parts[e], part);
            return;
        }
    out->nodes[out->n] = node;
    out->parts[out->n++] = part;
}

void rs_contrast_add(struct rs_contrast *contrast,
                     const struct rs_contrast *other, struct rs_dd factor)
{
    for (size_t e = 0; e < other->n && factor.hi != 0.0; e++)
        add_part(contrast, other->nodes[e], rs_dd_mul(factor, other->parts[e]));
}

/* Adds part times the effect of a node in R's solution. */
static void add_node(struct rs_contrast *out, const struct rs_absorb *a,
                     uint32_t node, double part)
{
    add_part(out, node, rs_dd_of(part));
    if (a->n_factors == 2)
        add_part(out, a->grounds[node],
                 rs_dd_of(node < a->first[1] ? part : -part));
    for (size_t d = 0; a->n_factors > 2 && d < a->n_null; d++) {
        double null = a->null == NULL ? NAN : a->null[d * a->n_nodes + node];
        if (!(fabs(null) <= nothing))
            add_part(out, a->dropped[d], rs_dd_of(-part * null));
    }
}

/* True when a node's effect is 0 in R's solution. */
static bool is_dropped(const struct rs_absorb *a, uint32_t node)
{
    if (a->n_factors == 2)
        return a->grounds[node] == node;
    for (size_t d = 0; a->n_factors > 2 && d < a->n_null; d++)
        if (a->dropped[d] == node)
            return true;
    return false;
}

enum rs_level_state rs_absorb_level(const struct rs_absorb *a, size_t factor,
                                    size_t level, struct rs_contrast *out)
{
    uint32_t node = a->node_of[a->levels_at[factor] + level];

    out->n = 0;
    if (node-- == 0)
        return RS_LEVEL_ABSENT;
    if (node == a->first[factor] && (factor > 0 || a->intercept))
        return RS_LEVEL_REFERENCE;
    if (is_dropped(a, node))
        return RS_LEVEL_DROPPED;
    add_node(out, a, node, 1.0);
    if (factor == 0 && a->intercept)
        add_node(out, a, (uint32_t)a->first[0], -1.0);
    return RS_LEVEL_FITTED;
}

void rs_absorb_intercept(const struct rs_absorb *a, struct rs_contrast *out)
{
    out->n = 0;
    add_node(out, a, (uint32_t)a->first[0], 1.0);
}

struct rs_dd rs_contrast_value(const struct rs_contrast *contrast,
                               const struct rs_dd *effects)
{
    struct rs_dd sum = {0.0, 0.0};

    for (size_t e = 0; e < contrast->n; e++)
        sum = rs_dd_add(
            sum, rs_dd_mul(effects[contrast->nodes[e]], contrast->parts[e]));
    return sum;
}

double rs_absorb_spread(const struct rs_absorb *a, struct rs_absorb_work *work,
                        const struct rs_contrast *contrast)
{
    double sum = 0.0;

    if (a->n_factors == 1) {
        for (size_t e = 0; e < contrast->n; e++)
            sum += contrast->parts[e].hi * contrast->parts[e].hi /
                   a->totals[contrast->nodes[e]].hi;
        return sum;
    }
    memset(work->x, 0, a->n_nodes * sizeof *work->x);
    for (size_t e = 0; e < contrast->n; e++)
        work->x[contrast->nodes[e]] += contrast->parts[e].hi;
    return rs_elimination_length(a->elimination, work->x, work->y);
}
