/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_level.h"

#include "mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows, and those of tests by clusters: see tile_meat.h. */
static size_t n_levels(const struct rs_tile_worker *self)
{
    const struct rs_basis *basis = &self->data->basis;

    return basis->n + 1 + (self->data->way->by_cluster ? basis->rank : 0);
}

enum rs_status rs_tile_levels_new(struct rs_tile_worker *self,
                                  struct rs_error *err)
{
    self->levels = rs_alloc(n_levels(self), sizeof *self->levels, err);
    return self->levels == NULL ? RS_ERR_NOMEM : RS_OK;
}

void rs_tile_levels_free(struct rs_tile_worker *self)
{
    for (size_t n = 0; self->levels != NULL && n < n_levels(self); n++)
        if (self->levels[n] != NULL) {
            if (self->levels[n]->tails == NULL)
                rs_tail_table_free(self->levels[n]->tail);
            free(self->levels[n]);
        }
    free(self->levels);
}

float rs_tile_maybe(const struct rs_tile_worker *self, double r)
{
    return nextafterf((float)(r - self->single_error), -2.0F);
}

/* The float from which on a product of floats is r or more. */
static float surely(const struct rs_tile_worker *self, double r)
{
    return nextafterf((float)(r + self->single_error), 2.0F);
}

bool rs_tile_has_tail(struct rs_tile_level *level)
{
    if (level->tail != NULL)
        return true;
    if (level->tails != NULL)
        level->tail = rs_tail_store_table(level->tails, level->df);
    else if (rs_tail_table_new(&level->tail, level->df, NULL) != RS_OK)
        level->tail = NULL;
    if (level->tail == NULL)
        *level->no_memory = true;
    return level->tail != NULL;
}

/* Edges of the tally. With missing rows they are refined from those of the
 * level of all rows, so that they do not depend on which levels exist. */
static void find_edges(struct rs_tile_worker *self, struct rs_tile_level *level,
                       size_t n)
{
    size_t all = self->data->basis.n;
    const struct rs_tile_level *full =
        n == all ? NULL : rs_tile_level_of(self, all);
    const double *kept = full == NULL && level->tails != NULL
                             ? rs_tail_store_edges(level->tails, level->df)
                             : NULL;

    if (kept != NULL)
        memcpy(level->edges, kept, sizeof level->edges);
    else if (full == NULL || !rs_tile_has_tail(level) ||
             !rs_p_edges_r_near(level->edges, level->tail, full->edges,
                                full->df))
        rs_p_edges_r(level->edges, level->df);
}

struct rs_tile_level *rs_tile_level_make(struct rs_tile_worker *self, size_t n)
{
    struct rs_tile_level *level = rs_alloc(1, sizeof *level, NULL);

    if (level == NULL) {
        self->no_memory = true;
        return NULL;
    }
    level->no_memory = &self->no_memory;
    level->df = (double)n + rs_tile_more(self->data) -
                (double)self->data->basis.rank - 1.0;
    if (rs_tail_store_has(self->env.tails, level->df))
        level->tails = self->env.tails;
    if (level->df >= 1.0) {
        /* Bounds count with the worst order of rows, which swings partial
         * sums to 1/2. Where that would leave less than half of what p may be
         * off near p = 1/2, columns that lose nothing are trusted to have a
         * better one. */
        level->error = fmin(self->certain * rs_tile_allowed,
                            0.5 * rs_tile_allowed_t /
                                (rs_tile_most_slope * sqrt(level->df)));
        level->least_r = rs_keep_least_r(self->env.keep, level->df);
        find_edges(self, level, n);
        for (unsigned k = 0; k < RS_P_EDGES; k++) {
            level->below[k] = rs_tile_maybe(self, level->edges[k]);
            level->above[k] = surely(self, level->edges[k]);
        }
    }
    self->levels[n] = level;
    return level;
}

/* rest: 1 - r^2 */
static double log_p_of(struct rs_tile_level *level, double abs_r, double rest)
{
    double log_p = NAN;

    if (rest > 0.0 && rs_tile_has_tail(level))
        rs_tail_table_log_p(level->tail, &log_p, &abs_r, &rest, 1);
    return log_p;
}

double rs_tile_log_p(struct rs_tile_level *level, double r)
{
    double abs_r = fabs(r);

    return log_p_of(level, abs_r, (1.0 - abs_r) * (1.0 + abs_r));
}

double rs_tile_log_p_of_t(struct rs_tile_level *level, double t)
{
    return log_p_of(level, fabs(t) / hypot(t, sqrt(level->df)),
                    level->df / (level->df + t * t));
}

void rs_tile_sample(const struct rs_p_sample *sample,
                    struct rs_tile_level *level, size_t y_ix, size_t x_ix,
                    double r)
{
    float *cell = sample == NULL ? NULL : rs_p_sample_cell(sample, y_ix, x_ix);

    if (cell != NULL)
        *cell = rs_p_sample_number(-rs_tile_log_p(level, r));
}
