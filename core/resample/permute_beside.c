/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permute_beside.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

/* Squared length of e_x, or of what permutations leave of it, that is no
 * more than the rounding of a difference from 1. */
static const double least_left = 1e-12;

static const struct rs_tile_bundles *bundles_of(const struct rs_permute *shared)
{
    return &shared->data.bundles;
}

void rs_permute_beside_clear(struct rs_permute_beside *self)
{
    free(self->on_own);
    free(self->on_basis);
    free(self->moved);
    free(self->sums);
    memset(self, 0, sizeof *self);
}

enum rs_status rs_permute_beside_init(struct rs_permute_beside *self,
                                      const struct rs_permute *shared,
                                      struct rs_error *err)
{
    size_t most = bundles_of(shared)->most;
    size_t k = shared->n_project;

    memset(self, 0, sizeof *self);
    self->shared = shared;
    self->on_own = rs_alloc(most * most, sizeof *self->on_own, err);
    self->on_basis = rs_alloc(most * k, sizeof *self->on_basis, err);
    self->moved = rs_alloc(shared->n, sizeof *self->moved, err);
    self->sums = rs_alloc(most + k, sizeof *self->sums, err);
    if (self->on_own == NULL || self->on_basis == NULL || self->moved == NULL ||
        self->sums == NULL)
        return RS_ERR_NOMEM;
    return RS_OK;
}

static size_t width_of(const struct rs_permute_beside *self)
{
    return bundles_of(self->shared)->doubles.width;
}

static size_t n_vectors(const struct rs_permute_beside *self)
{
    return (size_t)self->bundle->n_beside + self->bundle->n_tested;
}

/* Vector k of the bundle, whose rows are a width apart. */
static const double *vector_of(const struct rs_permute_beside *self, size_t k)
{
    const double *panels = bundles_of(self->shared)->doubles.panels.base;
    size_t panel =
        self->stack->panel + rs_tile_stack_place(self->stack, self->bundle, k);

    return &panels[panel * self->shared->n * width_of(self) + self->lane];
}

static double product(const double *moved, const double *v, size_t apart,
                      size_t n)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += moved[i] * v[i * apart];
    return sum;
}

void rs_permute_beside_set(struct rs_permute_beside *self, size_t b,
                           const uint32_t *rows)
{
    const struct rs_permute *shared = self->shared;
    const struct rs_tile_bundles *bundles = bundles_of(shared);
    size_t width = bundles->doubles.width;
    size_t k = shared->n_project;

    self->stack = &bundles->doubles.stacks[b / width];
    self->bundle = &bundles->bundles[b];
    self->lane = b % width;
    for (size_t j = 0; j < self->bundle->n_beside; j++) {
        const double *w = vector_of(self, j);
        for (size_t i = 0; i < shared->n; i++)
            self->moved[i] = w[rows[i] * width];
        for (size_t l = 0; l < n_vectors(self); l++)
            self->on_own[j * n_vectors(self) + l] =
                product(self->moved, vector_of(self, l), width, shared->n);
        for (size_t l = 0; l < k; l++)
            self->on_basis[j * k + l] =
                product(self->moved, &shared->project[l], k, shared->n);
    }
}

/* V'P e_x and Q'P e_x to self->sums; returns |e_x|^2. */
static double find_sums(const struct rs_permute_beside *self,
                        const struct rs_permute_products *products)
{
    size_t width = width_of(self);
    size_t m = n_vectors(self);
    size_t k = self->shared->n_project;
    double left = 1.0;

    for (size_t l = 0; l < m; l++)
        self->sums[l] =
            products
                ->c[rs_tile_stack_place(self->stack, self->bundle, l) * width] /
            products->factor;
    for (size_t l = 0; l < k; l++)
        self->sums[m + l] = products->coefs[l * width];
    for (size_t j = 0; j < self->bundle->n_beside; j++) {
        double d = products->still[j * width];
        left -= d * d;
        for (size_t l = 0; l < m; l++)
            self->sums[l] -= self->on_own[j * m + l] * d;
        for (size_t l = 0; l < k; l++)
            self->sums[m + l] -= self->on_basis[j * k + l] * d;
    }
    return left;
}

double rs_permute_beside_share(const struct rs_permute_beside *self,
                               const struct rs_permute_products *products)
{
    size_t m = n_vectors(self);
    size_t n_beside = self->bundle->n_beside;
    double tested = 0.0;
    double left = 0.0;

    if (products->factor == 0.0)
        return 0.0;
    left = find_sums(self, products);
    for (size_t l = 0; l < n_beside; l++)
        left -= self->sums[l] * self->sums[l];
    for (size_t l = 0; l < self->shared->n_project; l++)
        left -= self->sums[m + l] * self->sums[m + l];
    for (size_t l = n_beside; l < m; l++)
        tested += self->sums[l] * self->sums[l];
    if (!(left > least_left))
        return 0.0;
    return tested < left ? tested / left : 1.0;
}
