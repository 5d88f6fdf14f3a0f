/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_groups.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

/* Less than this of a level's weight: too few digits are left of it. */
static const double least_weight = 1e-4;

enum rs_status rs_tile_groups_init(struct rs_tile_groups *groups,
                                   const struct rs_basis *basis,
                                   struct rs_error *err)
{
    const struct rs_absorb *absorb = basis->base.absorb;
    size_t n = rs_absorb_n_nodes(absorb);

    memset(groups, 0, sizeof *groups);
    groups->basis = basis;
    groups->nodes = rs_absorb_nodes(absorb, 0);
    groups->root = basis->base.root;
    groups->c = basis->n_vectors;
    groups->counts = rs_alloc(n, sizeof *groups->counts, err);
    groups->missing = rs_alloc(n, sizeof *groups->missing, err);
    groups->weight = rs_alloc(n, sizeof *groups->weight, err);
    groups->t = rs_alloc(n * groups->c, sizeof *groups->t, err);
    groups->touched = rs_alloc(n, sizeof *groups->touched, err);
    groups->place = rs_alloc(n, sizeof *groups->place, err);
    if (groups->counts == NULL || groups->missing == NULL ||
        groups->weight == NULL || groups->t == NULL ||
        groups->touched == NULL || groups->place == NULL) {
        rs_tile_groups_clear(groups);
        return RS_ERR_NOMEM;
    }
    for (size_t i = 0; i < basis->n; i++)
        groups->counts[groups->nodes[i]]++;
    return RS_OK;
}

void rs_tile_groups_clear(struct rs_tile_groups *groups)
{
    free(groups->counts);
    free(groups->missing);
    free(groups->weight);
    free(groups->t);
    free(groups->touched);
    free(groups->place);
    memset(groups, 0, sizeof *groups);
}

/* One row is not in R. */
static void lose_row(struct rs_tile_groups *groups, uint32_t row)
{
    const struct rs_basis *basis = groups->basis;
    uint32_t node = groups->nodes[row];
    size_t c = groups->c;
    double root = groups->root == NULL ? 1.0 : groups->root[row];
    uint32_t place = groups->place[node];
    double *t = NULL;

    if (groups->missing[node] == 0) {
        place = (uint32_t)groups->n_touched++;
        groups->place[node] = place;
        groups->touched[place] = node;
        groups->weight[place] = 0.0;
        memset(&groups->t[place * c], 0, c * sizeof *groups->t);
    }
    groups->missing[node]++;
    groups->weight[place] += root * root;
    t = &groups->t[place * c];
    for (size_t l = 0; l < c; l++)
        t[l] -= root * basis->vectors[l * basis->n + row];
}

/* From the weight that is lost to W_g. */
static void judge_level(struct rs_tile_groups *groups, size_t place)
{
    const struct rs_dd *totals = rs_absorb_totals(groups->basis->base.absorb);
    uint32_t node = groups->touched[place];
    double whole = totals[node].hi;
    bool lost = groups->missing[node] == groups->counts[node];

    if (lost) {
        groups->n_lost++;
        groups->weight[place] = 0.0;
    } else {
        groups->weight[place] = whole - groups->weight[place];
        groups->sound =
            groups->sound && groups->weight[place] > least_weight * whole;
    }
    if (node != 0)
        return;
    groups->reference = place;
    groups->sound = groups->sound && !lost;
}

void rs_tile_groups_meet(struct rs_tile_groups *groups,
                         const struct rs_pattern *first,
                         const struct rs_pattern *second)
{
    for (size_t k = 0; k < groups->n_touched; k++)
        groups->missing[groups->touched[k]] = 0;
    groups->n_touched = 0;
    groups->n_lost = 0;
    groups->reference = SIZE_MAX;
    groups->sound = true;
    for (size_t m = 0; m < first->n_missing; m++)
        lose_row(groups, first->missing[m]);
    groups->n_first = groups->n_touched;
    for (size_t m = 0; second != NULL && m < second->n_missing; m++)
        if (rs_rows_has(first->bits, second->missing[m]))
            lose_row(groups, second->missing[m]);
    for (size_t k = 0; k < groups->n_touched; k++)
        judge_level(groups, k);
}

void rs_tile_groups_gram(const struct rs_tile_groups *groups, double *gram)
{
    size_t c = groups->c;

    for (size_t k = 0; k < groups->n_touched; k++) {
        const double *t = &groups->t[k * c];
        double weight = groups->weight[k];
        if (weight == 0.0)
            continue;
        for (size_t a = 0; a < c; a++)
            for (size_t b = 0; b <= a; b++)
                gram[a * c + b] -= t[a] * t[b] / weight;
    }
}

void rs_tile_groups_level(const struct rs_tile_groups *groups, double *level)
{
    size_t k = groups->reference;
    size_t c = groups->c;

    memcpy(level, groups->basis->level, c * sizeof *level);
    if (k == SIZE_MAX || groups->weight[k] == 0.0)
        return;
    for (size_t l = 0; l < c; l++)
        level[l] -= groups->t[k * c + l] / groups->weight[k];
}

void rs_tile_groups_sum(const struct rs_tile_groups *groups, double *sums,
                        size_t n, const double *v, size_t step,
                        const struct rs_pattern *partner)
{
    memset(sums, 0, n * sizeof *sums);
    for (size_t m = 0; m < partner->n_missing; m++) {
        uint32_t row = partner->missing[m];
        double root = groups->root == NULL ? 1.0 : groups->root[row];
        sums[groups->place[groups->nodes[row]]] -= root * v[row * step];
    }
}

double rs_tile_groups_inner(const struct rs_tile_groups *groups,
                            const double *a, const double *b, size_t n)
{
    double sum = 0.0;

    for (size_t k = 0; k < n; k++)
        if (groups->weight[k] > 0.0)
            sum += a[k] * b[k] / groups->weight[k];
    return sum;
}

void rs_tile_groups_products(const struct rs_tile_groups *groups, double *b,
                             const double *sums, size_t n)
{
    size_t c = groups->c;

    for (size_t k = 0; k < n && c > 0; k++) {
        double part = 0.0;
        if (sums[k] == 0.0 || groups->weight[k] == 0.0)
            continue;
        part = sums[k] / groups->weight[k];
        for (size_t l = 0; l < c; l++)
            b[l] -= groups->t[k * c + l] * part;
    }
}

double rs_tile_groups_reference(const struct rs_tile_groups *groups,
                                const double *sums, size_t n)
{
    size_t k = groups->reference;

    return k < n && groups->weight[k] > 0.0 ? sums[k] / groups->weight[k] : 0.0;
}
