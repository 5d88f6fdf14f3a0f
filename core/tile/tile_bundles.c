/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_bundles.h"

#include "mem.h"
#include "parallel.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct job {
    struct rs_tile_bundles *bundles;
    const struct rs_tile_bundles_ask *ask;
    atomic_bool failed; /* out of memory */
};

/* ---- which, and where -------------------------------------------- */

bool rs_tile_is_bundle(const struct rs_spec *spec, size_t column)
{
    struct rs_block block = rs_block_of(spec, column);

    return block.n_columns != 1 || block.n_beside > 0;
}

size_t rs_tile_count_bundles(const struct rs_spec *spec,
                             const struct rs_plan *plan)
{
    size_t n = 0;

    for (size_t j = 0; j < plan->n_x; j++)
        n += rs_tile_is_bundle(spec, plan->x[j]) ? 1 : 0;
    return n;
}

/* Lists the bundles, and how many stand before each x. */
static void list_bundles(struct rs_tile_bundles *out,
                         const struct rs_spec *spec, const struct rs_plan *plan)
{
    size_t n = 0;

    for (size_t j = 0; j < plan->n_x; j++) {
        out->before[j] = n;
        if (!rs_tile_is_bundle(spec, plan->x[j]))
            continue;
        out->bundles[n].x = j;
        n++;
    }
    out->before[plan->n_x] = n;
}

/* The panels that a stack needs for the columns that its bundles may have. */
static struct rs_tile_stack stack_of(const struct rs_tile_bundles *bundles,
                                     const struct rs_tile_bundles_ask *ask,
                                     size_t first, size_t width)
{
    struct rs_tile_stack stack = {0};

    for (size_t b = first; b < first + width && b < bundles->n; b++) {
        struct rs_block block = rs_block_of(
            &ask->basis->base.spec, ask->plan->x[bundles->bundles[b].x]);
        unsigned beside = (unsigned)block.n_beside;
        unsigned tested = (unsigned)(block.n_columns - block.n_beside);
        stack.n_beside = beside > stack.n_beside ? beside : stack.n_beside;
        stack.n_tested = tested > stack.n_tested ? tested : stack.n_tested;
    }
    return stack;
}

static enum rs_status stacks_init(struct rs_tile_stacks *out,
                                  const struct rs_tile_bundles *bundles,
                                  const struct rs_tile_bundles_ask *ask,
                                  bool single, struct rs_error *err)
{
    const struct rs_kernel *kernel = ask->kernel;
    size_t size = single ? sizeof(float) : sizeof(double);
    size_t panel = 0;
    size_t bytes = 0;

    out->width = single ? kernel->single_width : kernel->width;
    out->n = (bundles->n + out->width - 1) / out->width;
    out->stacks = rs_alloc(out->n + 1, sizeof *out->stacks, err);
    if (out->stacks == NULL)
        return RS_ERR_NOMEM;
    for (size_t s = 0; s < out->n; s++) {
        out->stacks[s] = stack_of(bundles, ask, s * out->width, out->width);
        out->stacks[s].panel = panel;
        panel += out->stacks[s].n_beside + out->stacks[s].n_tested;
    }
    out->stacks[out->n].panel = panel;
    if (!rs_size_mul(&bytes, (panel + RS_TILE_SPARE_PANELS) * out->width * size,
                     ask->basis->n))
        return rs_error_set(err, RS_ERR_NOMEM, "too many columns");
    return rs_pages_new(&out->panels, bytes, err);
}

/* ---- bundles ----------------------------------------------------- */

/* Vector k of bundle b to its panel, in doubles or floats. */
static void put_vector(struct rs_tile_stacks *stacks,
                       const struct rs_tile_bundle *bundle, size_t b, size_t k,
                       const double *v, size_t n, bool single)
{
    size_t width = stacks->width;
    const struct rs_tile_stack *stack = &stacks->stacks[b / width];
    size_t at =
        (stack->panel + rs_tile_stack_place(stack, bundle, k)) * n * width +
        b % width;

    for (size_t i = 0; i < n; i++)
        if (single)
            ((float *)stacks->panels.base)[at + i * width] = (float)v[i];
        else
            ((double *)stacks->panels.base)[at + i * width] = v[i];
}

static bool make_bundle(struct job *job, struct rs_tile_bundle_room *room,
                        size_t b)
{
    struct rs_tile_bundles *bundles = job->bundles;
    const struct rs_tile_bundles_ask *ask = job->ask;
    struct rs_tile_bundle *bundle = &bundles->bundles[b];
    size_t n = ask->basis->n;
    struct rs_tile_bundle_made made;

    if (!rs_tile_bundle_make(&made, room, bundle->x, ask->plan->x[bundle->x]))
        return false;
    *bundle = made.bundle;
    for (size_t k = 0;
         made.v != NULL && k < bundle->n_beside + bundle->n_tested; k++) {
        bundles->vectors[b * bundles->most + k] = made.vectors[k];
        put_vector(&bundles->doubles, bundle, b, k, &made.v[k * n], n, false);
        if (bundles->singles.n > 0)
            put_vector(&bundles->singles, bundle, b, k, &made.v[k * n], n,
                       true);
    }
    return true;
}

static void make_stack(void *ctx, size_t i)
{
    struct job *job = ctx;
    const struct rs_tile_bundles *bundles = job->bundles;
    size_t width = bundles->doubles.width;
    struct rs_tile_bundle_room *room =
        rs_tile_bundle_room_new(job->ask->basis, job->ask->patterns);
    bool fine = room != NULL;

    for (size_t b = i * width; fine && b < (i + 1) * width && b < bundles->n;
         b++)
        fine = make_bundle(job, room, b);
    if (!fine)
        atomic_store(&job->failed, true);
    rs_tile_bundle_room_free(room);
}

enum rs_status rs_tile_bundles_init(struct rs_tile_bundles *out,
                                    const struct rs_tile_bundles_ask *ask,
                                    unsigned n_threads, struct rs_error *err)
{
    const struct rs_spec *spec = &ask->basis->base.spec;
    size_t n = rs_tile_count_bundles(spec, ask->plan);
    struct job job = {.bundles = out, .ask = ask};
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    if (n == 0)
        return RS_OK;
    out->n = n;
    for (size_t j = 0; j < ask->plan->n_x; j++) {
        size_t columns = rs_block_of(spec, ask->plan->x[j]).n_columns;
        out->most = columns > out->most ? columns : out->most;
    }
    out->before = rs_alloc(ask->plan->n_x + 1, sizeof *out->before, err);
    out->bundles = rs_alloc(n, sizeof *out->bundles, err);
    out->vectors = rs_alloc(n * out->most, sizeof *out->vectors, err);
    if (out->before == NULL || out->bundles == NULL || out->vectors == NULL)
        status = RS_ERR_NOMEM;
    if (status == RS_OK) {
        list_bundles(out, spec, ask->plan);
        status = stacks_init(&out->doubles, out, ask, false, err);
    }
    if (status == RS_OK && ask->single)
        status = stacks_init(&out->singles, out, ask, true, err);
    if (status == RS_OK)
        rs_parallel(n_threads, out->doubles.n, &job, make_stack);
    if (status == RS_OK && atomic_load(&job.failed))
        status = rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    if (status != RS_OK)
        rs_tile_bundles_clear(out);
    return status;
}

void rs_tile_bundles_clear(struct rs_tile_bundles *bundles)
{
    free(bundles->before);
    free(bundles->bundles);
    free(bundles->vectors);
    free(bundles->doubles.stacks);
    free(bundles->singles.stacks);
    rs_pages_free(&bundles->doubles.panels);
    rs_pages_free(&bundles->singles.panels);
    memset(bundles, 0, sizeof *bundles);
}
