/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_prepare.h"

#include "lsq_errors.h"
#include "mem.h"
#include "tile_meat.h"
#include "tile_panels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Error of a product of floats in units of a chance correlation, 1/sqrt(n):
 * above it too many pairs would have to be looked at again. */
static const double useful_error = 2e-3;

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
    size_t *columns = rs_plan_columns(plan, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (columns == NULL)
        return RS_ERR_NOMEM;
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

    if (screening == RS_TILE_STORE || rs_tile_too_few(data) ||
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
    enum rs_status status = make_bundles(data, plan, n_threads, err);

    if (status == RS_OK)
        status = side_init(&data->x, data, plan->n_x,
                           rs_tile_n_faces(data, true), err);
    if (status == RS_OK && !same)
        status = side_init(&data->y, data, plan->n_y,
                           rs_tile_n_faces(data, false), err);
    if (status == RS_OK && !rs_tile_too_few(data))
        status = rs_tile_panels_fill(data, plan, same, n_threads, err);
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

static size_t side_bytes(const struct rs_tile_side *side)
{
    size_t bytes = side->panels.bytes;

    if (side->borrowed)
        return 0;
    for (unsigned f = 1; f < side->n_faces; f++)
        bytes += side->faces[f].bytes;
    for (size_t c = 0; c < RS_TILE_SPLITS; c++)
        bytes += side->sums[c].bytes;
    return bytes;
}

size_t rs_tile_data_bytes(const struct rs_tile_data *data)
{
    return side_bytes(&data->y) + side_bytes(&data->x) +
           data->bundles.doubles.panels.bytes +
           data->bundles.singles.panels.bytes +
           (data->ranked == NULL ? 0 : rs_ranked_bytes(data->ranked));
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
