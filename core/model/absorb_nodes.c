/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "absorb_shared.h"

#include "mem.h"

#include <stdlib.h>

/* ---- life -------------------------------------------------------- */

static size_t count_levels(struct rs_absorb *a)
{
    size_t n = 0;

    a->most_nodes = 0;
    for (size_t f = 0; f < a->n_factors; f++) {
        size_t levels = a->factors[f]->n_levels;
        a->levels_at[f] = n;
        n += levels;
        a->most_nodes += levels < a->n_rows ? levels : a->n_rows;
    }
    a->levels_at[a->n_factors] = n;
    return n;
}

enum rs_status rs_absorb_new(struct rs_absorb **out,
                             const struct rs_factor *const *factors,
                             size_t n_factors, size_t n_rows, bool intercept,
                             struct rs_error *err)
{
    struct rs_absorb *a = rs_alloc(1, sizeof *a, err);
    size_t n_levels = 0;

    *out = NULL;
    if (a == NULL)
        return RS_ERR_NOMEM;
    a->n_factors = n_factors;
    a->n_rows = n_rows;
    a->n_words = rs_bit_words(n_rows);
    a->intercept = intercept;
    a->factors = rs_alloc(n_factors, sizeof *a->factors, err);
    a->levels_at = rs_alloc(n_factors + 1, sizeof *a->levels_at, err);
    a->first = rs_alloc(n_factors + 1, sizeof *a->first, err);
    if (a->factors == NULL || a->levels_at == NULL || a->first == NULL)
        goto failed;
    for (size_t f = 0; f < n_factors; f++)
        a->factors[f] = factors[f];
    n_levels = count_levels(a);
    a->rows = rs_alloc(n_factors * n_rows, sizeof *a->rows, err);
    a->node_of = rs_alloc(n_levels, sizeof *a->node_of, err);
    a->totals = rs_alloc(a->most_nodes, sizeof *a->totals, err);
    a->grounds =
        rs_alloc(n_factors == 2 ? a->most_nodes : 0, sizeof *a->grounds, err);
    if (a->rows == NULL || a->node_of == NULL || a->totals == NULL ||
        a->grounds == NULL)
        goto failed;
    *out = a;
    return RS_OK;
failed:
    rs_absorb_free(a);
    return RS_ERR_NOMEM;
}

void rs_absorb_free(struct rs_absorb *a)
{
    if (a == NULL)
        return;
    rs_elimination_free(a->elimination);
    free(a->factors);
    free(a->levels_at);
    free(a->first);
    free(a->rows);
    free(a->node_of);
    free(a->totals);
    free(a->grounds);
    free(a->dropped);
    free(a->null);
    free(a);
}

struct rs_absorb_work *rs_absorb_work_new(const struct rs_absorb *a,
                                          struct rs_error *err)
{
    struct rs_absorb_work *work = rs_alloc(1, sizeof *work, err);

    if (work == NULL)
        return NULL;
    work->sums = rs_alloc(a->most_nodes, sizeof *work->sums, err);
    work->x = rs_alloc(a->most_nodes, sizeof *work->x, err);
    work->y =
        rs_alloc(a->n_factors < 2 ? 0 : RS_ELIMINATION_WORK * a->most_nodes,
                 sizeof *work->y, err);
    if (work->sums == NULL || work->x == NULL || work->y == NULL) {
        rs_absorb_work_free(work);
        return NULL;
    }
    return work;
}

void rs_absorb_work_free(struct rs_absorb_work *work)
{
    if (work == NULL)
        return;
    free(work->sums);
    free(work->x);
    free(work->y);
    free(work);
}

/* ---- what there is ----------------------------------------------- */

size_t rs_absorb_rank(const struct rs_absorb *a)
{
    return a->rank;
}

size_t rs_absorb_n_nodes(const struct rs_absorb *a)
{
    return a->n_nodes;
}

size_t rs_absorb_most_nodes(const struct rs_absorb *a)
{
    return a->most_nodes;
}

size_t rs_absorb_n_factors(const struct rs_absorb *a)
{
    return a->n_factors;
}

const uint32_t *rs_absorb_nodes(const struct rs_absorb *a, size_t factor)
{
    return &a->rows[factor * a->n_rows];
}

const struct rs_dd *rs_absorb_totals(const struct rs_absorb *a)
{
    return a->totals;
}
