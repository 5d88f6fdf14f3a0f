/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permute_bundles.h"

#include "mem.h"
#include "permute_beside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = 64
}; /* panels of vectors multiplied at once, where stacks do
      not have more */

/* Bundles whose tests have the same degrees of freedom. */
struct class
{
    unsigned n_beside, n_tested;
    double df;
};

struct rs_permute_bundles {
    const struct rs_permute *shared;
    size_t wide;   /* columns of c */
    double *c;     /* [most_y][wide] products */
    double *still; /* [most_y][wide] of y as they are; NULL: nothing stands
                      beside a test */
    struct rs_permute_beside beside;
    struct class *classes; /* [n_classes] */
    size_t n_classes;
    size_t *class_of; /* [bundles] n_classes: it takes no part */
    double *largest;  /* [n_families][n_classes] z */
};

static const struct rs_tile_bundles *bundles_of(const struct rs_permute *shared)
{
    return &shared->data.bundles;
}

/* ---- life -------------------------------------------------------- */

void rs_permute_bundles_free(struct rs_permute_bundles *self)
{
    if (self == NULL)
        return;
    free(self->c);
    free(self->still);
    rs_permute_beside_clear(&self->beside);
    free(self->classes);
    free(self->class_of);
    free(self->largest);
    free(self);
}

/* Room for what stands beside tests. */
static enum rs_status make_beside(struct rs_permute_bundles *self,
                                  size_t most_y, struct rs_error *err)
{
    bool any = false;

    for (size_t k = 0; k < self->n_classes; k++)
        any = any || self->classes[k].n_beside > 0;
    if (!any)
        return RS_OK;
    self->still = rs_alloc(most_y * self->wide, sizeof *self->still, err);
    return self->still == NULL
               ? RS_ERR_NOMEM
               : rs_permute_beside_init(&self->beside, self->shared, err);
}

/* Sorts the bundles into classes. */
static void classify(struct rs_permute_bundles *self)
{
    const struct rs_permute *shared = self->shared;
    const struct rs_basis *basis = &shared->data.basis;

    for (size_t b = 0; b < bundles_of(shared)->n; b++) {
        const struct rs_tile_bundle *bundle = &bundles_of(shared)->bundles[b];
        double df = (double)basis->n - (double)basis->rank -
                    (double)bundle->n_beside - (double)bundle->n_tested;
        size_t k = 0;
        while (k < self->n_classes &&
               (self->classes[k].n_beside != bundle->n_beside ||
                self->classes[k].n_tested != bundle->n_tested))
            k++;
        self->class_of[b] = SIZE_MAX;
        if (!shared->x_part[bundle->x] || !(df >= 1.0))
            continue;
        self->classes[k] =
            (struct class){bundle->n_beside, bundle->n_tested, df};
        self->class_of[b] = k;
        self->n_classes += k == self->n_classes ? 1 : 0;
    }
}

enum rs_status rs_permute_bundles_new(struct rs_permute_bundles **out,
                                      const struct rs_permute *shared,
                                      size_t most_y, struct rs_error *err)
{
    const struct rs_tile_bundles *bundles = bundles_of(shared);
    const struct rs_kernel *kernel = shared->data.kernel;
    struct rs_permute_bundles *self = NULL;
    size_t panels = 0;

    *out = NULL;
    if (bundles->n == 0)
        return RS_OK;
    self = rs_alloc(1, sizeof *self, err);
    if (self == NULL)
        return RS_ERR_NOMEM;
    panels = rs_tile_most_panels(&bundles->doubles);
    panels = (panels > CHUNK ? panels : CHUNK) + kernel->x_panels;
    self->shared = shared;
    self->wide = panels * kernel->width;
    self->c = rs_alloc(most_y * self->wide, sizeof *self->c, err);
    self->classes = rs_alloc(bundles->n + 1, sizeof *self->classes, err);
    self->class_of = rs_alloc(bundles->n, sizeof *self->class_of, err);
    if (self->classes != NULL && self->class_of != NULL)
        classify(self);
    self->largest = rs_alloc(shared->n_families * self->n_classes,
                             sizeof *self->largest, err);
    if (self->c == NULL || self->classes == NULL || self->class_of == NULL ||
        self->largest == NULL || make_beside(self, most_y, err) != RS_OK) {
        rs_permute_bundles_free(self);
        return RS_ERR_NOMEM;
    }
    *out = self;
    return RS_OK;
}

void rs_permute_bundles_begin(struct rs_permute_bundles *self)
{
    memset(self->largest, 0,
           self->shared->n_families * self->n_classes * sizeof *self->largest);
}

/* ---- products ---------------------------------------------------- */

/* Of the y with panels [p0, p1), to c.
 * piece  in  of the y, permuted or as they are */
static void multiply(const struct rs_permute_bundles *self, double *c,
                     const struct rs_permute_rows *rows,
                     const double *(*piece)(void *ctx, size_t row, size_t n),
                     size_t p0, size_t p1)
{
    const struct rs_tile_data *data = &self->shared->data;
    const struct rs_kernel *kernel = data->kernel;
    const double *x = data->bundles.doubles.panels.base;
    size_t width = kernel->width;
    size_t n = data->basis.n;

    for (size_t row = 0; row < n; row += rows->step) {
        size_t some = n - row < rows->step ? n - row : rows->step;
        const double *y = piece(rows->ctx, row, some);
        for (size_t p = p0; p < p1; p += kernel->x_panels)
            for (size_t i = 0; i < rows->n_y; i += RS_BLOCK_Y)
                kernel->product(
                    &c[i * self->wide + (p - p0) * width], self->wide,
                    &y[i / width * rows->step * width + i % width],
                    x + (p * n + row) * width, n * width, some, row > 0, NULL);
    }
}

/* ---- maxima ------------------------------------------------------ */

/* Partial R2, where nothing stands beside; c: of the bundle's first vector in
 * its stack. */
static double share_of(const struct rs_tile_stack *stack,
                       const struct rs_tile_bundle *bundle, const double *c,
                       size_t width)
{
    double sum = 0.0;

    for (size_t k = 0; k < bundle->n_tested; k++) {
        double r = c[rs_tile_stack_place(stack, bundle, k) * width];
        sum += r * r;
    }
    return sum < 1.0 ? sum : 1.0;
}

/* The same where something does. at: in c, as above; i: which y */
static double share_beside(const struct rs_permute_bundles *self,
                           const struct rs_permute_rows *rows, size_t at,
                           size_t i)
{
    size_t width = bundles_of(self->shared)->doubles.width;
    const struct rs_permute_products products = {
        .c = &self->c[at],
        .still = &self->still[at],
        .coefs = &rows->coefs[i / width * self->shared->n_project * width +
                              i % width],
        .factor = rows->factor == NULL ? 1.0 : rows->factor[i]};

    return rs_permute_beside_share(&self->beside, &products);
}

static void take_pair(struct rs_permute_bundles *self, size_t y_ix, size_t b,
                      double z)
{
    const struct rs_permute *shared = self->shared;
    size_t x_ix = bundles_of(shared)->bundles[b].x;
    size_t family = shared->ask.family == RS_FAMILY_Y   ? y_ix
                    : shared->ask.family == RS_FAMILY_X ? x_ix
                                                        : 0;
    double *largest =
        &self->largest[family * self->n_classes + self->class_of[b]];

    if (z > *largest)
        *largest = z;
}

/* The pairs of the y with bundle b, whose products are there.
 * p0  in  panel with which these begin */
static void take_bundle(struct rs_permute_bundles *self,
                        const struct rs_permute_rows *rows, size_t b, size_t p0)
{
    const struct rs_plan *plan = self->shared->plan;
    const struct rs_tile_bundles *bundles = bundles_of(self->shared);
    const struct rs_tile_bundle *bundle = &bundles->bundles[b];
    size_t width = bundles->doubles.width;
    const struct rs_tile_stack *stack = &bundles->doubles.stacks[b / width];
    bool beside = bundle->n_beside > 0;

    if (self->class_of[b] == SIZE_MAX)
        return;
    if (beside)
        rs_permute_beside_set(&self->beside, b, rows->rows);
    for (size_t i = 0; i < rows->n_y && rows->first + i < plan->n_y; i++) {
        size_t at = i * self->wide + (stack->panel - p0) * width + b % width;
        if (rs_plan_has(plan, rows->first + i, bundle->x))
            take_pair(self, rows->first + i, b,
                      beside ? share_beside(self, rows, at, i)
                             : share_of(stack, bundle, &self->c[at], width));
    }
}

void rs_permute_bundles_take(struct rs_permute_bundles *self,
                             const struct rs_permute_rows *rows)
{
    const struct rs_tile_bundles *bundles = bundles_of(self->shared);
    const struct rs_tile_stacks *stacks = &bundles->doubles;
    size_t width = stacks->width;
    size_t s1 = 0;

    for (size_t s0 = 0; s0 < stacks->n; s0 = s1) {
        size_t p0 = stacks->stacks[s0].panel;
        s1 = s0 + 1;
        while (s1 < stacks->n && stacks->stacks[s1 + 1].panel - p0 <= CHUNK)
            s1++;
        if (self->still != NULL)
            multiply(self, self->still, rows, rows->still, p0,
                     stacks->stacks[s1].panel);
        multiply(self, self->c, rows, rows->piece, p0,
                 stacks->stacks[s1].panel);
        for (size_t b = s0 * width; b < s1 * width && b < bundles->n; b++)
            take_bundle(self, rows, b, p0);
    }
}

void rs_permute_bundles_maxima(const struct rs_permute_bundles *self,
                               double *out)
{
    for (size_t f = 0; f < self->shared->n_families; f++) {
        out[f] = 0.0;
        for (size_t k = 0; k < self->n_classes; k++) {
            const struct class *class = &self->classes[k];
            out[f] =
                fmax(out[f], rs_permute_joint_stat(
                                 sqrt(self->largest[f * self->n_classes + k]),
                                 class->n_tested, class->df));
        }
    }
}
