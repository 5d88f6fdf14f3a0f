/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_LEVEL_H
#define RS_TILE_LEVEL_H

#include "tail_table.h"
#include "tile.h"

/* What depends on the degrees of freedom of a pair alone. */
struct rs_tile_level {
    double df;                   /* below 1: too few rows */
    double least_r;              /* to be kept, by p */
    double error;                /* of r, see rs_tile_terms */
    double edges[RS_P_EDGES];    /* of the tally, as |r| */
    float below[RS_P_EDGES];     /* a product of floats below this, or from */
    float above[RS_P_EDGES];     /* this on, is on that side of the edge */
    struct rs_tail_table *tail;  /* NULL until it is needed */
    struct rs_tail_store *tails; /* that has the tail and edges; NULL: they are
                                    the level's own */
    bool *no_memory;             /* the worker's */
};

/* Room for the levels of a worker, in self->levels. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_levels_new(struct rs_tile_worker *self,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_tile_levels_free(struct rs_tile_worker *self);

/* Makes the level of this number, which is not there yet. */
struct rs_tile_level *rs_tile_level_make(struct rs_tile_worker *self, size_t n);

/* The level of this number: df + rank + 1, which is the rows where no level
 * of an absorbed factor is lost; with counts less, see rs_tile_more. NULL when
 * there is no memory: the tile will be an error then, whatever is made of the
 * pair meanwhile. */
static inline struct rs_tile_level *
rs_tile_level_of(struct rs_tile_worker *self, size_t n)
{
    struct rs_tile_level *level = self->levels[n];

    return level != NULL ? level : rs_tile_level_make(self, n);
}

/* The float from which on a product of floats may be r or more. */
float rs_tile_maybe(const struct rs_tile_worker *self, double r);

/* Makes the level's table of tails; false: no memory, as above. df is 1 or
 * more. */
bool rs_tile_has_tail(struct rs_tile_level *level);

/* ln p of a correlation; NaN when there is no memory. */
double rs_tile_log_p(struct rs_tile_level *level, double r);

/* ln p of a t; likewise. */
double rs_tile_log_p_of_t(struct rs_tile_level *level, double t);

/* Notes the p of a correlation, if its pair is one that is kept for the
 * median. sample: NULL allowed. */
void rs_tile_sample(const struct rs_p_sample *sample,
                    struct rs_tile_level *level, size_t y_ix, size_t x_ix,
                    double r);

#endif
