/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_bundle_refine.h"

#include "mem.h"

#include <stdlib.h>

struct rs_tile_bundle_refine {
    struct rs_tile_worker *worker;
    struct rs_tile_refine *refine;
    struct rs_tile_f_levels *levels;
    size_t wide;
    double *c; /* [RS_BLOCK_Y][wide] products with the panels of a stack */
};

enum rs_status rs_tile_bundle_refine_new(struct rs_tile_bundle_refine **out,
                                         struct rs_tile_worker *worker,
                                         struct rs_tile_refine *refine,
                                         struct rs_tile_f_levels *levels,
                                         struct rs_error *err)
{
    const struct rs_tile_bundles *bundles = &worker->data->bundles;
    struct rs_tile_bundle_refine *self = rs_alloc(1, sizeof *self, err);

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->worker = worker;
    self->refine = refine;
    self->levels = levels;
    self->wide =
        (2 * bundles->most + RS_TILE_SPARE_PANELS) * bundles->doubles.width;
    self->c = rs_alloc(RS_BLOCK_Y * self->wide, sizeof *self->c, err);
    if (self->c == NULL) {
        rs_tile_bundle_refine_free(self);
        return RS_ERR_NOMEM;
    }
    *out = self;
    return RS_OK;
}

void rs_tile_bundle_refine_free(struct rs_tile_bundle_refine *self)
{
    if (self == NULL)
        return;
    free(self->c);
    free(self);
}

/* Products of 8 y with all panels of a stack. */
static void multiply_stack(struct rs_tile_bundle_refine *self, const double *y,
                           const struct rs_tile_stack *stack)
{
    const struct rs_tile_data *data = self->worker->data;
    const struct rs_tile_stacks *stacks = &data->bundles.doubles;
    const struct rs_kernel *kernel = self->worker->kernel;
    size_t n = data->basis.n;
    size_t width = stacks->width;

    for (size_t k = 0; k < stack->n_beside + stack->n_tested;
         k += kernel->x_panels)
        rs_kernel_block(kernel, &self->c[k * width], self->wide, y,
                        (const double *)stacks->panels.base +
                            (stack->panel + k) * n * width,
                        n);
}

/* The stack of a hit's bundle. */
static size_t stack_of(const struct rs_tile_bundles *bundles,
                       const struct rs_tile *tile,
                       const struct rs_tile_hit *hit)
{
    return bundles->before[tile->x0 + hit->x] / bundles->doubles.width;
}

/* What hit h is by the products of its stack with the 8 y from y_ix on. */
static void take_product(struct rs_tile_bundle_refine *self,
                         struct rs_tile_hits *hits, size_t h,
                         const struct rs_tile *tile, size_t y_ix)
{
    const struct rs_tile_data *data = self->worker->data;
    const struct rs_tile_stacks *stacks = &data->bundles.doubles;
    struct rs_tile_hit *hit = &hits->items[h];
    size_t y = tile->y0 + hit->y;
    size_t b = data->bundles.before[tile->x0 + hit->x];

    hit->terms = h;
    rs_tile_joint_of(&hits->joints[h].joint, data, y, b, stacks,
                     &self->c[(y - y_ix) * self->wide + b % stacks->width],
                     stacks->width);
    hits->joints[h].f = rs_tile_f_level_of(
        self->levels, &data->bundles.bundles[b], data->basis.n);
}

/* The hits [first, end), all of one stack, that have a y of the 8 from y_ix
 * on. */
static void take_products(struct rs_tile_bundle_refine *self,
                          struct rs_tile_hits *hits, const struct rs_tile *tile,
                          size_t first, size_t end, size_t y_ix)
{
    const struct rs_tile_bundles *bundles = &self->worker->data->bundles;
    const double *panel = NULL;

    for (size_t h = first; h < end; h++) {
        size_t y = tile->y0 + hits->items[h].y;
        if (hits->items[h].bundled && y >= y_ix && y < y_ix + RS_BLOCK_Y)
            panel = rs_tile_refine_y(self->refine, y_ix, y);
    }
    if (panel == NULL)
        return;
    multiply_stack(
        self, panel,
        &bundles->doubles.stacks[stack_of(bundles, tile, &hits->items[first])]);
    for (size_t h = first; h < end; h++) {
        size_t y = tile->y0 + hits->items[h].y;
        if (hits->items[h].bundled && y >= y_ix && y < y_ix + RS_BLOCK_Y)
            take_product(self, hits, h, tile, y_ix);
    }
}

static bool make_room(struct rs_tile_hits *hits)
{
    struct rs_tile_hit_joint *joints = NULL;

    if (hits->n <= hits->room_joints)
        return true;
    joints = realloc(hits->joints, hits->n * sizeof *joints);
    if (joints == NULL)
        return false;
    hits->joints = joints;
    hits->room_joints = hits->n;
    return true;
}

bool rs_tile_bundle_refine(struct rs_tile_bundle_refine *self,
                           struct rs_tile_hits *hits,
                           const struct rs_tile *tile)
{
    const struct rs_tile_bundles *bundles = &self->worker->data->bundles;
    size_t y_first = tile->y0 / RS_BLOCK_Y * RS_BLOCK_Y;

    if (!make_room(hits))
        return false;
    for (size_t first = 0; first < hits->n;) {
        size_t end = first + 1;
        if (!hits->items[first].bundled) {
            first = end;
            continue;
        }
        while (end < hits->n &&
               (!hits->items[end].bundled ||
                stack_of(bundles, tile, &hits->items[end]) ==
                    stack_of(bundles, tile, &hits->items[first])))
            end++;
        for (size_t y = y_first; y < tile->y1; y += RS_BLOCK_Y)
            take_products(self, hits, tile, first, end, y);
        first = end;
    }
    return true;
}
