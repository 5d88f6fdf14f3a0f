/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_cut.h"

#include "mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Larger than this a heap is not worth its memory: all pairs go on. */
static const size_t most_cells = (size_t)1 << 20;

enum rs_status rs_tile_cut_new(struct rs_tile_cut **out,
                               const struct rs_tile_worker *worker,
                               struct rs_error *err)
{
    const struct rs_keep *keep = worker->env.keep;
    struct rs_tile_cut *cut = NULL;
    size_t n_groups = keep->top_of == RS_TOP_PER_Y   ? worker->high
                      : keep->top_of == RS_TOP_PER_X ? worker->wide
                                                     : 1;

    *out = NULL;
    if (!rs_keep_cuts(keep) || worker->data->any_missing ||
        worker->data->bundles.n > 0 || keep->top > most_cells / n_groups)
        return RS_OK;
    cut = rs_alloc(1, sizeof *cut, err);
    if (cut == NULL)
        return RS_ERR_NOMEM;
    cut->of = keep->top_of;
    cut->most = keep->top;
    cut->n_groups = n_groups;
    cut->n = rs_alloc(n_groups, sizeof *cut->n, err);
    cut->heaps = rs_alloc(n_groups * cut->most, sizeof *cut->heaps, err);
    if (cut->n == NULL || cut->heaps == NULL) {
        rs_tile_cut_free(cut);
        return RS_ERR_NOMEM;
    }
    *out = cut;
    return RS_OK;
}

void rs_tile_cut_free(struct rs_tile_cut *cut)
{
    if (cut == NULL)
        return;
    free(cut->n);
    free(cut->heaps);
    free(cut);
}

void rs_tile_cut_clear(struct rs_tile_cut *cut)
{
    memset(cut->n, 0, cut->n_groups * sizeof *cut->n);
}

void rs_tile_cut_take(struct rs_tile_cut *cut, size_t group, double r)
{
    double *heap = &cut->heaps[group * cut->most];
    size_t n = cut->n[group];
    size_t at = 0;

    if (n < cut->most) { /* up from the end */
        at = cut->n[group]++;
        for (; at > 0 && heap[(at - 1) / 2] > r; at = (at - 1) / 2)
            heap[at] = heap[(at - 1) / 2];
        heap[at] = r;
        return;
    }
    for (;;) { /* down from the top */
        size_t child = 2 * at + 1;
        if (child + 1 < n && heap[child + 1] < heap[child])
            child++;
        if (child >= n || heap[child] >= r)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = r;
}

double rs_tile_cut_least(const struct rs_tile_cut *cut, size_t y)
{
    double least = INFINITY;

    if (cut->of == RS_TOP_PER_X)
        return 0.0;
    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        size_t group = cut->of == RS_TOP_PER_Y ? y + i : 0;
        double r =
            cut->n[group] < cut->most ? 0.0 : cut->heaps[group * cut->most];
        least = r < least ? r : least;
    }
    return least;
}
