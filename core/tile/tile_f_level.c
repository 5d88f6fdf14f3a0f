/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_f_level.h"

#include "mem.h"

#include <stdlib.h>

/* As in keep.c: a condition on |r| is less by this. */
static const double margin = 1e-9;

struct rs_tile_f_levels {
    struct rs_tile_worker *worker;
    struct rs_tile_f_level **of[RS_F_MOST + 1]; /* by df1; [rows + 1] by level,
                                                   NULL until one is needed */
};

enum rs_status rs_tile_f_levels_new(struct rs_tile_f_levels **out,
                                    struct rs_tile_worker *worker,
                                    struct rs_error *err)
{
    struct rs_tile_f_levels *levels = rs_alloc(1, sizeof *levels, err);

    if (levels == NULL)
        return RS_ERR_NOMEM;
    levels->worker = worker;
    *out = levels;
    return RS_OK;
}

void rs_tile_f_levels_free(struct rs_tile_f_levels *levels)
{
    if (levels == NULL)
        return;
    for (size_t df1 = 0; df1 <= RS_F_MOST; df1++) {
        for (size_t n = 0;
             levels->of[df1] != NULL && n <= levels->worker->data->basis.n; n++)
            if (levels->of[df1][n] != NULL) {
                rs_f_table_free(levels->of[df1][n]->table);
                free(levels->of[df1][n]);
            }
        free(levels->of[df1]);
    }
    free(levels);
}

/* Edges, and what is kept. */
static void find_edges(struct rs_tile_f_level *f, const struct rs_keep *keep)
{
    double p[RS_P_EDGES];

    for (unsigned k = 0; k < RS_P_EDGES; k++)
        p[k] = rs_p_edge(k);
    rs_f_table_quantiles(f->table, f->edges, p, RS_P_EDGES);
    if (!(keep->p_max < 1.0))
        return;
    rs_f_table_quantiles(f->table, &f->least_z, &keep->p_max, 1);
    f->least_z *= (1.0 - margin) * (1.0 - margin);
}

static struct rs_tile_f_level *make_level(struct rs_tile_f_levels *levels,
                                          size_t df1,
                                          struct rs_tile_level *level)
{
    struct rs_tile_f_level *f = rs_alloc(1, sizeof *f, NULL);

    if (f == NULL)
        return NULL;
    f->level = level;
    f->df1 = df1;
    if (!rs_tile_has_tail(level) ||
        rs_f_table_new(&f->table, df1, level->tail, NULL) != RS_OK) {
        free(f);
        return NULL;
    }
    find_edges(f, levels->worker->env.keep);
    return f;
}

const struct rs_tile_f_level *
rs_tile_f_level_of(struct rs_tile_f_levels *levels, size_t df1, size_t n)
{
    struct rs_tile_worker *w = levels->worker;
    struct rs_tile_level *level = NULL;
    struct rs_tile_f_level **place = NULL;

    if (df1 == 0 || df1 > RS_F_MOST || n > w->data->basis.n)
        return NULL;
    level = rs_tile_level_of(w, n);
    if (level == NULL || level->df < 1.0)
        return NULL;
    if (levels->of[df1] == NULL)
        levels->of[df1] = rs_alloc(w->data->basis.n + 1, sizeof(void *), NULL);
    if (levels->of[df1] != NULL) {
        place = &levels->of[df1][n];
        if (*place == NULL)
            *place = make_level(levels, df1, level);
    }
    if (place == NULL || *place == NULL)
        w->no_memory = true;
    return place == NULL ? NULL : *place;
}

double rs_tile_f_log_p(const struct rs_tile_f_level *level, double z,
                       double rest)
{
    double log_p = 0.0;

    rs_f_table_log_p(level->table, &log_p, &z, &rest, 1);
    return log_p;
}
