/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_clusters.h"

#include "coded_rows.h"
#include "errors.h"
#include "mem.h"

#include <stdlib.h>
#include <string.h>

/* b: NULL, or the other column. items: room for the rows of the basis. */
static enum rs_status split_by(struct rs_tile_split *out,
                               const struct rs_basis *basis,
                               struct rs_coded_row *items,
                               const struct rs_factor *a,
                               const struct rs_factor *b, struct rs_error *err)
{
    size_t n = 0;

    for (size_t i = 0; i < basis->base.n_rows; i++)
        if (rs_rows_has(basis->base.rows, i)) {
            items[n] = (struct rs_coded_row){a->codes[i],
                                             b == NULL ? 0 : b->codes[i], n};
            n++;
        }
    out->ends = rs_alloc(n, sizeof *out->ends, err);
    out->place = rs_alloc(n, sizeof *out->place, err);
    out->of = rs_alloc(n, sizeof *out->of, err);
    if (out->ends == NULL || out->place == NULL || out->of == NULL)
        return RS_ERR_NOMEM;
    rs_coded_rows_sort(items, n);
    for (size_t i = 0; i < n; i++) {
        out->place[items[i].row] = (uint32_t)i;
        if (rs_coded_rows_begins(items, i))
            out->n++;
        out->ends[out->n - 1] = (uint32_t)i + 1;
        out->of[items[i].row] = (uint32_t)out->n - 1;
    }
    return RS_OK;
}

/* G / (G - 1) (n - 1) / (n - k), less the intersections. */
static void weigh_splits(struct rs_tile_clusters *clusters,
                         const struct rs_basis *basis)
{
    double n = (double)basis->n;
    double k = (double)basis->rank + 1.0;

    for (size_t c = 0; c < clusters->n_splits; c++) {
        struct rs_tile_split *split = &clusters->splits[c];
        double g = (double)split->n;
        split->factor = g / (g - 1.0) * ((n - 1.0) / (n - k));
        if (c == 2)
            split->factor = -split->factor;
        if (c == 0 || split->n < clusters->df + 1)
            clusters->df = split->n == 0 ? 0 : split->n - 1;
    }
}

enum rs_status rs_tile_clusters_init(struct rs_tile_clusters *out,
                                     const struct rs_basis *basis,
                                     struct rs_error *err)
{
    const struct rs_spec *spec = &basis->base.spec;
    const struct rs_errors_ask *ask = spec->errors_ask;
    const struct rs_factor *of[RS_ERRORS_CLUSTERS] = {NULL};
    struct rs_coded_row *items = rs_alloc(basis->n, sizeof *items, err);
    enum rs_status status = items == NULL ? RS_ERR_NOMEM : RS_OK;

    memset(out, 0, sizeof *out);
    out->n_splits = ask->n_clusters == 2 ? RS_TILE_SPLITS : 1;
    for (size_t c = 0; c < ask->n_clusters; c++) {
        of[c] = spec->data->columns[ask->clusters[c]].levels;
        if (status == RS_OK)
            status = split_by(&out->splits[c], basis, items, of[c], NULL, err);
    }
    if (status == RS_OK && ask->n_clusters == 2)
        status = split_by(&out->splits[2], basis, items, of[0], of[1], err);
    if (status == RS_OK)
        weigh_splits(out, basis);
    free(items);
    return status;
}

void rs_tile_clusters_clear(struct rs_tile_clusters *clusters)
{
    for (size_t c = 0; c < RS_TILE_SPLITS; c++) {
        free(clusters->splits[c].ends);
        free(clusters->splits[c].place);
        free(clusters->splits[c].of);
    }
    memset(clusters, 0, sizeof *clusters);
}
