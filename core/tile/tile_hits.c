/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_hits.h"

#include "tile_pair.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void rs_tile_hits_clear(struct rs_tile_hits *hits)
{
    free(hits->items);
    free(hits->terms);
    free(hits->meats);
    free(hits->joints);
    memset(hits, 0, sizeof *hits);
}

bool rs_tile_hits_add(struct rs_tile_hits *hits, size_t y, size_t x, double r)
{
    if (hits->n == hits->room) {
        size_t room = hits->room == 0 ? 4096 : 2 * hits->room;
        struct rs_tile_hit *items = realloc(hits->items, room * sizeof *items);
        if (items == NULL)
            return false;
        hits->items = items;
        hits->room = room;
    }
    hits->items[hits->n].y = (uint32_t)y;
    hits->items[hits->n].x = (uint32_t)x;
    hits->items[hits->n].r = r;
    hits->items[hits->n].bundled = false;
    hits->n++;
    return true;
}

bool rs_tile_hits_add_bundle(struct rs_tile_hits *hits, size_t y, size_t x)
{
    if (!rs_tile_hits_add(hits, y, x, NAN))
        return false;
    hits->items[hits->n - 1].bundled = true;
    return true;
}

/* What the hits of a tile are emitted with. */
struct destination {
    struct rs_tile_worker *worker;
    const struct rs_tile_missing_single *singles;
    const struct rs_tile *tile;
    const struct rs_emitter *emit;
};

/* Notes the p of a pair that was fitted by itself. */
static void sample_fit(const struct destination *out, size_t i, size_t j,
                       const struct rs_fit *fit)
{
    if (out->emit->sample == NULL)
        return;
    if (out->worker->data->bundles.n > 0)
        rs_p_sample_put(out->emit->sample, i, j, fit);
    else
        rs_p_sample_put_r(out->emit->sample, i, j, fit,
                          out->singles == NULL
                              ? 1.0
                              : rs_tile_missing_scale(out->singles, fit->n));
}

/* The fit of a hit; false: it is delicate. meat: NULL, or what its errors
 * follow from. */
static bool assemble(struct rs_fit *fit, struct rs_tile_worker *worker,
                     const struct rs_tile_terms *terms,
                     const struct rs_tile_meat *meat)
{
    struct rs_tile_level *level =
        isnan(terms->r) ? NULL : rs_tile_level_of(worker, terms->level);

    if (level == NULL)
        return false;
    if (meat != NULL)
        return rs_tile_meat_assemble(fit, worker, terms, level, meat);
    return rs_tile_assemble(fit, worker, terms, level,
                            rs_tile_log_p(level, terms->r));
}

/* Hands a pair over that was counted as one of many. */
static void hand_over(const struct destination *out, size_t i, size_t j,
                      const struct rs_fit *fit)
{
    out->emit->tally->outcomes[RS_FIT_OK]--;
    out->emit->tally->outcomes[fit->outcome]++;
    sample_fit(out, i, j, fit);
    rs_engine_hand_over(&out->worker->env, out->emit, i, j, fit);
}

/* Before a hit is fitted: false when that killed a worker, as the fit says. */
static bool begin(const struct destination *out, size_t i, size_t j,
                  struct rs_fit *fit)
{
    rs_fit_clear(fit, RS_FIT_WORKER_LOST, 0);
    return out->emit->begin(out->emit->ctx, rs_tile_item(out->tile, i, j));
}

/* Fits a hit; without memory for a p, exactly. */
static void emit_hit(const struct destination *out, size_t i, size_t j,
                     const struct rs_tile_terms *terms,
                     const struct rs_tile_meat *meat)
{
    struct rs_tile_worker *worker = out->worker;
    struct rs_fit fit;

    if (begin(out, i, j, &fit) && !assemble(&fit, worker, terms, meat))
        rs_tile_fit_exactly(worker, &fit, i, j);
    hand_over(out, i, j, &fit);
}

/* The same of a bundle. */
static void emit_joint(const struct destination *out, size_t i, size_t j,
                       const struct rs_tile_hit_joint *hit)
{
    const struct rs_tile_joint *joint = &hit->joint;
    struct rs_tile_worker *worker = out->worker;
    double log_p = rs_tile_f_log_p(hit->f, joint->z, joint->rest);
    struct rs_fit fit;
    bool begun = begin(out, i, j, &fit);

    if (begun && rs_tile_joint_assemble(&fit, worker, joint, hit->f, log_p))
        rs_tile_joint_complete(&fit, worker, i, j);
    else if (begun)
        rs_tile_fit_exactly(worker, &fit, i, j);
    hand_over(out, i, j, &fit);
}

/* A pair that needs the exact engine. */
static void emit_exactly(const struct destination *out, size_t i, size_t j)
{
    struct rs_tile_worker *worker = out->worker;
    const struct rs_emitter *emit = out->emit;
    struct rs_fit fit;

    if (rs_tile_is_counted(worker->data, i, j))
        emit->tally->outcomes[RS_FIT_OK]--; /* was counted as one of many */
    if (begin(out, i, j, &fit))
        rs_tile_fit_exactly(worker, &fit, i, j);
    rs_engine_emit(&worker->env, emit, i, j, &fit);
    sample_fit(out, i, j, &fit);
}

static int compare_hits(const void *left, const void *right)
{
    const struct rs_tile_hit *a = left;
    const struct rs_tile_hit *b = right;

    if (a->y != b->y)
        return a->y < b->y ? -1 : 1;
    return a->x < b->x ? -1 : a->x > b->x;
}

void rs_tile_hits_emit(struct rs_tile_hits *hits, struct rs_tile_worker *worker,
                       const struct rs_tile_missing_single *singles,
                       const struct rs_tile *tile,
                       const struct rs_emitter *emit)
{
    const struct destination out = {worker, singles, tile, emit};
    const struct rs_tile_data *data = worker->data;

    if (hits->n > 1)
        qsort(hits->items, hits->n, sizeof *hits->items, compare_hits);
    for (size_t h = 0; h < hits->n; h++) {
        const struct rs_tile_hit *hit = &hits->items[h];
        size_t i = tile->y0 + hit->y;
        size_t j = tile->x0 + hit->x;
        struct rs_tile_terms terms;
        if (hit->bundled) {
            emit_joint(&out, i, j, &hits->joints[hit->terms]);
        } else if (isnan(hit->r)) {
            emit_exactly(&out, i, j);
        } else if (singles != NULL) {
            emit_hit(&out, i, j, &hits->terms[hit->terms], NULL);
        } else {
            rs_tile_plain_terms(&terms, worker, &data->y.columns[i],
                                &data->x.columns[j], hit->r);
            emit_hit(&out, i, j, &terms,
                     data->way->by_r ? NULL : &hits->meats[hit->terms]);
        }
    }
}
