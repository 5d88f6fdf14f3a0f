/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_BUNDLES_H
#define RS_TILE_BUNDLES_H

#include "kernel.h"
#include "plan.h"
#include "tile_bundle.h"

/*
 * The bundles of a plan, in the order of its x, packed for products.
 *
 * `width` bundles side by side are a stack: panel k of it holds vector k of
 * each, so that what is made of a pair's products is made of all pairs of a
 * row of the stack at once, in vectors. Bundles with fewer vectors than the
 * stack has panels have zeros there.
 */
struct rs_tile_stack {
    size_t panel;      /* its first */
    unsigned n_beside; /* panels of vectors beside, */
    unsigned n_tested; /* and of those tested behind them */
};

enum { RS_TILE_SPARE_PANELS = 3 }; /* that are read behind the last, at most */

struct rs_tile_stacks {
    size_t width;
    size_t n;
    struct rs_tile_stack *stacks; /* [n + 1] the last one begins where the
                                     panels end */
    struct rs_pages panels; /* [panels and some to spare][n_rows][width] */
};

struct rs_tile_bundles {
    size_t n;
    size_t *before;                 /* [n_x + 1] bundles before each x */
    struct rs_tile_bundle *bundles; /* [n] */
    size_t most;                    /* vectors of one, at most */
    /* [n][most] of the vectors as the stacks have them; zeros of none */
    struct rs_tile_bundle_vector *vectors;
    struct rs_tile_stacks doubles;
    struct rs_tile_stacks singles; /* of floats, for screening; n 0: none */
};

/* What they are made of. */
struct rs_tile_bundles_ask {
    const struct rs_basis *basis;
    const struct rs_patterns *patterns;
    const struct rs_plan *plan;
    const struct rs_kernel *kernel;
    bool single; /* floats as well */
};

/* True when an x is one: no column, several, or none that is tested. */
bool rs_tile_is_bundle(const struct rs_spec *spec, size_t column);

/* How many x of a plan are bundles. */
size_t rs_tile_count_bundles(const struct rs_spec *spec,
                             const struct rs_plan *plan);

/* Makes them, if there are any, on n_threads threads. Owns:
 * rs_tile_bundles_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tile_bundles_init(struct rs_tile_bundles *out,
                                    const struct rs_tile_bundles_ask *ask,
                                    unsigned n_threads,
                                    struct rs_error *err) RS_MUST_CHECK;
void rs_tile_bundles_clear(struct rs_tile_bundles *bundles);

/* Bundles among the x [first, end). */
static inline size_t rs_tile_bundles_in(const struct rs_tile_bundles *bundles,
                                        size_t first, size_t end)
{
    return bundles->n == 0 ? 0 : bundles->before[end] - bundles->before[first];
}

/* Where vector k of stacked bundle b lies among a stack's panels: those
 * tested stand behind all that stand beside. */
static inline size_t rs_tile_stack_place(const struct rs_tile_stack *stack,
                                         const struct rs_tile_bundle *bundle,
                                         size_t k)
{
    return k < bundle->n_beside ? k : stack->n_beside + (k - bundle->n_beside);
}

/* Most panels of a stack. */
static inline size_t rs_tile_most_panels(const struct rs_tile_stacks *stacks)
{
    size_t most = 0;

    for (size_t s = 0; s < stacks->n; s++) {
        size_t n = stacks->stacks[s + 1].panel - stacks->stacks[s].panel;
        most = n > most ? n : most;
    }
    return most;
}

#endif
