/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_panels.h"

#include "mem.h"
#include "parallel.h"
#include "tile_meat.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct job {
    struct rs_tile_data *data;
    const struct rs_plan *plan;
    atomic_bool failed; /* out of memory */
};

/* What one panel needs while its columns are made. */
struct room {
    struct rs_tile_scratch *scratch;
    double *faces[RS_TILE_MOST_FACES]; /* [width][n] of the panel's columns */
    double *sums[RS_TILE_SPLITS];      /* [width][clusters] likewise */
};

/* ---- panels ------------------------------------------------------ */

/* Columns one after another to rows of a panel. place: NULL, or that of each
 * row there. */
static void pack(double *panel, const double *residuals, size_t n, size_t width,
                 const uint32_t *place)
{
    for (size_t w = 0; place != NULL && w < width; w++)
        for (size_t i = 0; i < n; i++)
            panel[place[i] * width + w] = residuals[w * n + i];
    if (place != NULL)
        return;
    for (size_t w = 0; w < width; w++)
        for (size_t i = 0; i < n; i++)
            panel[i * width + w] = residuals[w * n + i];
}

/* Likewise in floats; rest: of what the rounding took, or NULL. */
static void pack_single(float *panel, float *rest, const double *residuals,
                        size_t n, size_t width, const uint32_t *place)
{
    for (size_t w = 0; w < width; w++)
        for (size_t i = 0; i < n; i++) {
            size_t row = place == NULL ? i : place[i];
            double v = residuals[w * n + i];
            float rounded = (float)v;
            panel[row * width + w] = rounded;
            if (rest != NULL)
                rest[row * width + w] = (float)(v - (double)rounded);
        }
}

/* The panels of floats. */
static void pack_singles(const struct rs_tile_data *data,
                         const struct rs_tile_side *side, size_t panel,
                         const struct room *room)
{
    const struct rs_tile_split *split = &data->clusters.splits[0];
    size_t n = data->basis.n;
    size_t width = side->width;
    size_t cells = panel * width * n;
    float *single = side->panels.base;

    pack_single(single + cells, single + side->n_panels * width * n + cells,
                room->faces[0], n, width, split->place);
    for (unsigned f = 1; f < side->n_faces; f++)
        pack_single((float *)side->faces[f].base + cells, NULL, room->faces[f],
                    n, width, NULL);
    if (side == &data->x && split->n > 0)
        pack_single((float *)side->sums[0].base + panel * width * split->n,
                    NULL, room->sums[0], split->n, width, NULL);
}

static void pack_panel(const struct rs_tile_data *data,
                       const struct rs_tile_side *side, size_t panel,
                       const struct room *room)
{
    const struct rs_tile_split *splits = data->clusters.splits;
    bool by_cluster = data->way->by_cluster;
    unsigned first = rs_tile_split_face(data, 0);
    const double *residuals = room->faces[0];
    size_t n = data->basis.n;
    size_t cells = panel * side->width * n;

    if (data->single) {
        pack_singles(data, side, panel, room);
        return;
    }
    pack((double *)side->panels.base + cells, residuals, n, side->width,
         data->any_missing ? NULL : splits[0].place);
    for (unsigned f = 1; f < side->n_faces; f++)
        pack((double *)side->faces[f].base + cells,
             room->faces[by_cluster ? 0 : f], n, side->width,
             by_cluster ? splits[f - first].place : NULL);
    for (size_t c = 0; side == &data->x && c < data->clusters.n_splits; c++)
        pack((double *)side->sums[c].base + panel * side->width * splits[c].n,
             room->sums[c], splits[c].n, side->width, NULL);
}

/* Room for a panel; false: no memory. */
static bool room_init(struct room *room, const struct rs_tile_data *data,
                      const struct rs_tile_side *side)
{
    bool fine = true;

    memset(room, 0, sizeof *room);
    room->scratch = rs_tile_scratch_new(&data->basis, &data->patterns, NULL);
    for (unsigned f = 0; f < side->n_faces; f++) {
        room->faces[f] =
            rs_alloc(side->width * data->basis.n, sizeof(double), NULL);
        fine = fine && room->faces[f] != NULL;
    }
    for (size_t c = 0; c < data->clusters.n_splits; c++) {
        room->sums[c] = rs_alloc(side->width * data->clusters.splits[c].n,
                                 sizeof(double), NULL);
        fine = fine && room->sums[c] != NULL;
    }
    return fine && room->scratch != NULL;
}

static void room_clear(struct room *room)
{
    rs_tile_scratch_free(room->scratch);
    for (unsigned f = 0; f < RS_TILE_MOST_FACES; f++)
        free(room->faces[f]);
    for (size_t c = 0; c < RS_TILE_SPLITS; c++)
        free(room->sums[c]);
}

/* The other faces of column w of a panel. */
static void make_faces(struct rs_tile_side *side, struct room *room,
                       const struct rs_tile_data *data, size_t panel, size_t w)
{
    size_t j = panel * side->width + w;
    const struct rs_tile_column *column = &side->columns[j];
    size_t n = data->basis.n;
    double *out[RS_TILE_MOST_FACES] = {NULL};
    double *sums[RS_TILE_SPLITS] = {NULL};

    for (unsigned f = 1; f < side->n_faces; f++)
        out[f - 1] = &room->faces[f][w * n];
    for (size_t c = 0; c < data->clusters.n_splits; c++)
        sums[c] = &room->sums[c][w * data->clusters.splits[c].n];
    if (column->kind != RS_TILE_PLAIN ||
        data->patterns.patterns[column->pattern].n_missing > 0 ||
        !rs_tile_meat_faces(out, sums, &side->own[j], &room->faces[0][w * n],
                            data, side == &data->x))
        side->own[j] = NAN;
}

/* An x of several columns is made elsewhere, if by products at all. */
static bool take_bundle(struct rs_tile_data *data, size_t j, size_t column)
{
    const struct rs_tile_bundles *bundles = &data->bundles;
    struct rs_tile_column *out = &data->x.columns[j];

    if (!rs_tile_is_bundle(&data->basis.base.spec, column))
        return false;
    out->kind = bundles->n == 0 ? RS_TILE_EXACT
                                : bundles->bundles[bundles->before[j]].kind;
    out->pattern = data->patterns.of_column[column];
    if (data->x.own != NULL)
        data->x.own[j] = NAN;
    return true;
}

static void prepare_panel(struct job *job, struct rs_tile_side *side,
                          const size_t *columns, size_t panel)
{
    struct rs_tile_data *data = job->data;
    size_t n = data->basis.n;
    size_t c = data->basis.n_vectors;
    size_t first = panel * side->width;
    struct room room;
    bool fine = room_init(&room, data, side);
    bool any = false; /* else pages of zeros are not touched */

    for (size_t w = 0; fine && w < side->width && first + w < side->n; w++) {
        if (side == &data->x &&
            take_bundle(data, first + w, columns[first + w]))
            continue;
        any = true;
        fine = rs_tile_column_make(
            &side->columns[first + w],
            side->coefs == NULL ? NULL : &side->coefs[(first + w) * c],
            &room.faces[0][w * n], room.scratch, columns[first + w]);
        if (fine && !data->way->by_r)
            make_faces(side, &room, data, panel, w);
    }
    if (!fine)
        atomic_store(&job->failed, true);
    else if (any)
        pack_panel(data, side, panel, &room);
    room_clear(&room);
}

static void prepare_any(void *ctx, size_t i)
{
    struct job *job = ctx;
    struct rs_tile_data *data = job->data;
    size_t n_x = data->x.n_panels;

    if (i < n_x)
        prepare_panel(job, &data->x, job->plan->x, i);
    else
        prepare_panel(job, &data->y, job->plan->y, i - n_x);
}

enum rs_status rs_tile_panels_fill(struct rs_tile_data *data,
                                   const struct rs_plan *plan, bool same,
                                   unsigned n_threads, struct rs_error *err)
{
    struct job job = {.data = data, .plan = plan};

    rs_parallel(n_threads, data->x.n_panels + (same ? 0 : data->y.n_panels),
                &job, prepare_any);
    return atomic_load(&job.failed)
               ? rs_error_set(err, RS_ERR_NOMEM, "out of memory")
               : RS_OK;
}
