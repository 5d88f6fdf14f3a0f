/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "absorb_shared.h"

#include "mem.h"
#include "prime.h"

#include <stdlib.h>
#include <string.h>

/* A number below RS_PRIME for each row, as good as random (Steele, Lea and
 * Flood 2014). */
static uint64_t residue_of(size_t row)
{
    uint64_t z = ((uint64_t)row + 1) * UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z = (z ^ (z >> 31)) & RS_PRIME;
    return z == RS_PRIME || z == 0 ? 1 : z;
}

/* Rows by their node of a factor. */
struct order {
    uint32_t *rows;  /* [n] */
    uint32_t *begin; /* [most_nodes + 1] by node of the factor */
    uint32_t *cell;  /* [most_nodes] number of the node's last cell + 1 */
};

static void sort_rows(struct order *order, const struct rs_absorb *a, size_t f)
{
    const uint32_t *nodes = rs_absorb_nodes(a, f);
    size_t first = a->first[f];
    size_t count = a->first[f + 1] - first;

    memset(order->begin, 0, (count + 1) * sizeof *order->begin);
    for (size_t i = 0; i < a->n; i++)
        order->begin[nodes[i] - first + 1]++;
    for (size_t g = 0; g < count; g++)
        order->begin[g + 1] += order->begin[g];
    for (size_t i = a->n; i-- > 0;) /* begin[g + 1] runs down to g's first */
        order->rows[--order->begin[nodes[i] - first + 1]] = (uint32_t)i;
    memmove(order->begin, order->begin + 1, count * sizeof *order->begin);
    order->begin[count] = (uint32_t)a->n;
}

/* Adds the cells of factors f and h; the rows are in order of f. */
static void add_cells(struct rs_cells *cells, struct order *order,
                      const struct rs_absorb *a, size_t f, size_t h)
{
    const uint32_t *others = rs_absorb_nodes(a, h);
    size_t count = a->first[f + 1] - a->first[f];

    memset(order->cell, 0, a->n_nodes * sizeof *order->cell);
    for (size_t g = 0; g < count; g++) {
        size_t first = cells->n;
        for (size_t k = order->begin[g]; k < order->begin[g + 1]; k++) {
            uint32_t row = order->rows[k];
            uint32_t other = others[row];
            size_t cell = order->cell[other];
            if (cell <= first) { /* of an earlier node, or none */
                cell = ++cells->n;
                order->cell[other] = (uint32_t)cell;
                cells->i[cell - 1] = (uint32_t)(a->first[f] + g);
                cells->j[cell - 1] = other;
            }
            cells->weights[cell - 1] +=
                a->weights == NULL ? 1.0 : a->weights[row];
            if (cells->residue != NULL)
                cells->residue[cell - 1] =
                    rs_prime_add(cells->residue[cell - 1], residue_of(row));
        }
    }
}

/* Most cells that there can be. */
static size_t count_cells(const struct rs_absorb *a)
{
    size_t sum = 0;

    for (size_t f = 0; f < a->n_factors; f++)
        for (size_t h = f + 1; h < a->n_factors; h++) {
            size_t cells = 0;
            bool fits = rs_size_mul(&cells, a->first[f + 1] - a->first[f],
                                    a->first[h + 1] - a->first[h]);
            sum += fits && cells < a->n ? cells : a->n;
        }
    return sum;
}

static void sum_residues(uint64_t *residue, const struct rs_absorb *a)
{
    for (size_t f = 0; f < a->n_factors; f++) {
        const uint32_t *nodes = rs_absorb_nodes(a, f);
        for (size_t i = 0; i < a->n; i++)
            residue[nodes[i]] = rs_prime_add(residue[nodes[i]], residue_of(i));
    }
}

enum rs_status rs_absorb_cells(struct rs_cells *cells, uint64_t **residue,
                               const struct rs_absorb *a)
{
    bool many = a->n_factors > 2;
    struct order order = {NULL, NULL, NULL};
    enum rs_status status = rs_cells_init(cells, count_cells(a), many, NULL);

    *residue = NULL;
    if (status != RS_OK)
        return status;
    order.rows = rs_alloc(a->n, sizeof *order.rows, NULL);
    order.begin = rs_alloc(a->n_nodes + 1, sizeof *order.begin, NULL);
    order.cell = rs_alloc(a->n_nodes, sizeof *order.cell, NULL);
    if (many)
        *residue = rs_alloc(a->n_nodes, sizeof **residue, NULL);
    if (order.rows == NULL || order.begin == NULL || order.cell == NULL ||
        (many && *residue == NULL)) {
        status = RS_ERR_NOMEM;
        goto done;
    }
    for (size_t f = 0; f + 1 < a->n_factors; f++) {
        sort_rows(&order, a, f);
        for (size_t h = f + 1; h < a->n_factors; h++)
            add_cells(cells, &order, a, f, h);
    }
    if (many)
        sum_residues(*residue, a);
done:
    free(order.rows);
    free(order.begin);
    free(order.cell);
    if (status != RS_OK) {
        rs_cells_clear(cells);
        free(*residue);
        *residue = NULL;
    }
    return status;
}
