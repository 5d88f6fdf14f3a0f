/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permute_levels.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

enum { UNIT = 8 }; /* columns summed at once; divides the width */

struct rs_permute_levels {
    const struct rs_absorb *absorb;
    size_t n;
    struct rs_absorb_work *work;
    double *sums;   /* [nodes][UNIT] */
    double *column; /* [n] */
    double *low;    /* [n] */
};

enum rs_status rs_permute_levels_new(struct rs_permute_levels **out,
                                     const struct rs_absorb *absorb, size_t n,
                                     struct rs_error *err)
{
    struct rs_permute_levels *self = rs_alloc(1, sizeof *self, err);

    *out = NULL;
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->absorb = absorb;
    self->n = n;
    self->work = rs_absorb_work_new(absorb, err);
    self->sums =
        rs_alloc(rs_absorb_n_nodes(absorb) * UNIT, sizeof *self->sums, err);
    self->column = rs_alloc(n, sizeof *self->column, err);
    self->low = rs_alloc(n, sizeof *self->low, err);
    if (self->work == NULL || self->sums == NULL || self->column == NULL ||
        self->low == NULL) {
        rs_permute_levels_free(self);
        return RS_ERR_NOMEM;
    }
    *out = self;
    return RS_OK;
}

void rs_permute_levels_free(struct rs_permute_levels *self)
{
    if (self == NULL)
        return;
    rs_absorb_work_free(self->work);
    free(self->sums);
    free(self->column);
    free(self->low);
    free(self);
}

void rs_permute_levels_parts(struct rs_permute_levels *self, double *out,
                             const double *panel, size_t width,
                             const uint32_t *rows)
{
    size_t n_nodes = rs_absorb_n_nodes(self->absorb);
    size_t n_factors = rs_absorb_n_factors(self->absorb);

    for (size_t w = 0; w < width; w += UNIT) {
        memset(self->sums, 0, n_nodes * UNIT * sizeof *self->sums);
        for (size_t f = 0; f < n_factors; f++) {
            const uint32_t *nodes = rs_absorb_nodes(self->absorb, f);
            for (size_t i = 0; i < self->n; i++) {
                const double *from = &panel[rows[i] * width + w];
                double *to = &self->sums[nodes[i] * UNIT];
                for (size_t u = 0; u < UNIT; u++)
                    to[u] += from[u];
            }
        }
        for (size_t u = 0; u < UNIT; u++)
            out[w + u] = rs_absorb_length(self->absorb, self->work,
                                          &self->sums[u], UNIT);
    }
}

double rs_permute_levels_residual(struct rs_permute_levels *self, double *v)
{
    double sum = 0.0;

    memset(self->low, 0, self->n * sizeof *self->low);
    if (!rs_absorb_residuals(self->absorb, self->work, v, self->low, NULL))
        return 0.0;
    for (size_t i = 0; i < self->n; i++)
        sum += v[i] * v[i];
    return sum;
}

double *rs_permute_levels_column(struct rs_permute_levels *self)
{
    return self->column;
}
