/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_data.h"

#include "lsq_errors.h"
#include "mem.h"
#include "parallel.h"
#include "tile_meat.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Error of a product of floats in units of a chance correlation, 1/sqrt(n):
 * above it too many pairs would have to be looked at again. */
static const double useful_error = 2e-3;

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

/* Panels, and what else is packed. */
static enum rs_status panels_init(struct rs_tile_side *side,
                                  const struct rs_tile_data *data,
                                  struct rs_error *err)
{
    size_t columns = side->n_panels * side->width;
    size_t bytes = 0;
    enum rs_status status = RS_OK;

    /* a double, or two floats */
    if (!rs_size_mul(&bytes, columns * sizeof(double), data->basis.n))
        return rs_error_set(err, RS_ERR_NOMEM, "too many columns");
    status = rs_pages_new(&side->panels, bytes, err);
    for (unsigned f = 1; f < side->n_faces && status == RS_OK; f++)
        status = rs_pages_new(&side->faces[f], data->single ? bytes / 2 : bytes,
                              err);
    for (size_t c = 0; c < data->clusters.n_splits && status == RS_OK; c++)
        status = rs_pages_new(
            &side->sums[c],
            columns * sizeof(double) * data->clusters.splits[c].n, err);
    return status;
}

static enum rs_status side_init(struct rs_tile_side *side,
                                const struct rs_tile_data *data, size_t n,
                                unsigned n_faces, struct rs_error *err)
{
    const struct rs_kernel *kernel = data->kernel;
    size_t width = data->single ? kernel->single_width : kernel->width;
    size_t in_block = data->single ? kernel->single_x_panels : kernel->x_panels;
    size_t panels = (n + width - 1) / width;

    side->n = n;
    side->n_faces = n_faces;
    side->width = width;
    side->n_panels = (panels + in_block - 1) / in_block * in_block;
    side->columns = rs_alloc(n, sizeof *side->columns, err);
    if (data->any_missing)
        side->coefs = rs_alloc(n * data->basis.n_vectors, sizeof(double), err);
    if (!data->way->by_r)
        side->own = rs_alloc(n, sizeof *side->own, err);
    if (side->columns == NULL || (data->any_missing && side->coefs == NULL) ||
        (!data->way->by_r && side->own == NULL))
        return RS_ERR_NOMEM;
    return rs_tile_too_few(data) ? RS_OK : panels_init(side, data, err);
}

/* The same columns in the same order are prepared once, but where y has other
 * faces than x, or x brings several columns. */
static bool same_sides(const struct rs_plan *plan,
                       const struct rs_tile_way *way, size_t n_bundles)
{
    return way->by_r && n_bundles == 0 && plan->n_y == plan->n_x &&
           memcmp(plan->y, plan->x, plan->n_y * sizeof *plan->y) == 0;
}

static enum rs_status find_patterns(struct rs_tile_data *data,
                                    const struct rs_plan *plan,
                                    struct rs_error *err)
{
    size_t n = plan->n_y + plan->n_x;
    size_t *columns = rs_alloc(n, sizeof *columns, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (columns == NULL)
        return RS_ERR_NOMEM;
    memcpy(columns, plan->y, plan->n_y * sizeof *columns);
    memcpy(columns + plan->n_y, plan->x, plan->n_x * sizeof *columns);
    status = rs_patterns_init(&data->patterns, &data->basis, columns, n, err);
    data->any_missing =
        data->patterns.n_patterns > 1 && !data->basis.base.spec.counts;
    free(columns);
    return status;
}

/* Floats serve where their rounding is small, and with missing cells where
 * no covariates are (see tile_missing_single.c). */
static bool can_screen(const struct rs_tile_data *data,
                       enum rs_tile_screening screening)
{
    double n = (double)data->basis.n;

    if (screening == RS_TILE_STORE ||
        rs_tile_single_error(data) * sqrt(n) > useful_error)
        return false;
    if (!data->way->by_r)
        return screening == RS_TILE_SCREEN && !data->any_missing &&
               data->clusters.n_splits <= 1;
    if (data->any_missing)
        return screening == RS_TILE_SCREEN && !data->basis.adjusted &&
               data->bundles.n == 0;
    return screening == RS_TILE_SCREEN || data->bundles.n == 0;
}

/* Bundles that products serve: not where levels of factors would have to be
 * taken out of few rows, nor through the origin. */
static size_t count_bundles(const struct rs_tile_data *data,
                            const struct rs_plan *plan)
{
    const struct rs_base_columns *base = &data->basis.base;

    if (!data->way->by_r || !base->spec.intercept || rs_tile_too_few(data) ||
        (base->absorb != NULL && data->any_missing))
        return 0;
    return rs_tile_count_bundles(&base->spec, plan);
}

static enum rs_status make_bundles(struct rs_tile_data *data,
                                   const struct rs_plan *plan,
                                   unsigned n_threads, struct rs_error *err)
{
    const struct rs_tile_bundles_ask ask = {.basis = &data->basis,
                                            .patterns = &data->patterns,
                                            .plan = plan,
                                            .kernel = data->kernel,
                                            .single = data->single};

    if (data->bundles.n == 0)
        return RS_OK;
    return rs_tile_bundles_init(&data->bundles, &ask, n_threads, err);
}

static enum rs_status find_left(struct rs_tile_data *data, struct rs_error *err)
{
    const struct rs_basis *basis = &data->basis;
    size_t n = basis->n;
    struct rs_dd *left = NULL;
    enum rs_status status = RS_ERR_NOMEM;

    if (data->way->by_r || data->way->by_cluster)
        return RS_OK;
    data->left = rs_alloc(n, sizeof *data->left, err);
    left = rs_alloc(n, sizeof *left, err);
    if (data->left != NULL && left != NULL)
        status = rs_absorbed_left(left, &basis->base, err);
    for (size_t i = 0; i < n && status == RS_OK; i++) {
        data->left[i] = rs_dd_double(left[i]);
        for (size_t l = 0; l < basis->n_vectors; l++)
            data->left[i] -=
                basis->vectors[l * n + i] * basis->vectors[l * n + i];
    }
    free(left);
    return status;
}

bool rs_tile_data_serves(const struct rs_tile_data *data,
                         enum rs_tile_screening screening)
{
    return data->single == can_screen(data, screening);
}

/* What all columns share, and the bundles. */
static enum rs_status find_common(struct rs_tile_data *data,
                                  const struct rs_spec *spec,
                                  const struct rs_plan *plan,
                                  enum rs_tile_screening screening,
                                  struct rs_error *err)
{
    enum rs_status status = rs_basis_init(&data->basis, spec, err);

    if (status == RS_OK)
        status = find_patterns(data, plan, err);
    if (status == RS_OK && data->way->by_cluster)
        status = rs_tile_clusters_init(&data->clusters, &data->basis, err);
    if (status != RS_OK)
        return status;
    data->bundles.n = count_bundles(data, plan);
    data->single = can_screen(data, screening);
    status = find_left(data, err);
    return status;
}

/* All columns. same: those of y are those of x. */
static enum rs_status make_columns(struct rs_tile_data *data,
                                   const struct rs_plan *plan, bool same,
                                   unsigned n_threads, struct rs_error *err)
{
    struct job job = {.data = data, .plan = plan};
    enum rs_status status = make_bundles(data, plan, n_threads, err);

    if (status == RS_OK)
        status = side_init(&data->x, data, plan->n_x,
                           rs_tile_n_faces(data, true), err);
    if (status == RS_OK && !same)
        status = side_init(&data->y, data, plan->n_y,
                           rs_tile_n_faces(data, false), err);
    if (status == RS_OK && !rs_tile_too_few(data)) {
        rs_parallel(n_threads, data->x.n_panels + (same ? 0 : data->y.n_panels),
                    &job, prepare_any);
        if (atomic_load(&job.failed))
            status = rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    }
    return status;
}

enum rs_status rs_tile_data_init(struct rs_tile_data *data,
                                 const struct rs_spec *spec,
                                 const struct rs_plan *plan,
                                 const struct rs_kernel *kernel,
                                 enum rs_tile_screening screening,
                                 unsigned n_threads, struct rs_error *err)
{
    const struct rs_tile_way *way = rs_tile_way_of(spec);
    bool same = same_sides(plan, way, rs_tile_count_bundles(spec, plan));
    enum rs_status status = RS_OK;

    memset(data, 0, sizeof *data);
    data->kernel = kernel;
    data->way = way;
    status = find_common(data, spec, plan, screening, err);
    if (status == RS_OK)
        status = make_columns(data, plan, same, n_threads, err);
    if (same) {
        data->y = data->x;
        data->y.borrowed = true;
    }
    if (status != RS_OK)
        rs_tile_data_clear(data);
    return status;
}

static void side_clear(struct rs_tile_side *side)
{
    if (side->borrowed)
        return;
    free(side->columns);
    free(side->own);
    free(side->coefs);
    rs_pages_free(&side->panels);
    for (unsigned f = 1; f < side->n_faces; f++)
        rs_pages_free(&side->faces[f]);
    for (size_t c = 0; c < RS_TILE_SPLITS; c++)
        rs_pages_free(&side->sums[c]);
}

void rs_tile_data_clear(struct rs_tile_data *data)
{
    side_clear(&data->y);
    side_clear(&data->x);
    rs_tile_bundles_clear(&data->bundles);
    rs_tile_clusters_clear(&data->clusters);
    free(data->left);
    rs_patterns_clear(&data->patterns);
    rs_basis_clear(&data->basis);
    rs_ranked_free(data->ranked);
    memset(data, 0, sizeof *data);
}
