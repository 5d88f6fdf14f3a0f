/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_TERMS_H
#define RS_TILE_TERMS_H

#include "tile.h"

/* Two columns over the rows that both have: what a fit follows from. */
struct rs_tile_terms {
    double r;       /* partial correlation; NaN: use the exact engine */
    double certain; /* |r| below this has too few digits */
    double length;  /* product of the lengths of the residuals, 1 of complete
                       columns: r is a product over this */
    double shares;  /* of their squares in the common rows: what the rounding
                       of that product goes with, squared */
    double norm_y, norm_x; /* lengths of the residuals, user's units */
    double mean_y, mean_x; /* as in struct rs_tile_column */
    double size_y, size_x; /* of the terms of the means */
    double base_r2;
    double log_weight;
    uint64_t n;
    size_t level; /* number of the pair's level: n and the levels it lost */
};

/* The terms of a pair of complete columns. */
static inline void rs_tile_plain_terms(struct rs_tile_terms *out,
                                       const struct rs_tile_worker *self,
                                       const struct rs_tile_column *y,
                                       const struct rs_tile_column *x, double r)
{
    out->r = r;
    out->certain = self->certain;
    out->length = 1.0;
    out->shares = 1.0;
    out->norm_y = y->norm;
    out->norm_x = x->norm;
    out->mean_y = y->mean;
    out->mean_x = x->mean;
    out->size_y = y->mean_size;
    out->size_x = x->mean_size;
    out->base_r2 = y->base_r2;
    out->log_weight = self->data->basis.log_weight;
    out->n = rs_tile_n_of(self->data, self->data->basis.n);
    out->level = self->data->basis.n;
}

#endif
