/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elimination_cg.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * A core that is too large to be factorised is one whose nodes have many
 * neighbours in all directions: sparse graphs that fall apart easily have been
 * eliminated down to a small core before. On such a graph conjugate gradients
 * converge in some tens of steps (its Laplacian, scaled by its diagonal, is
 * well conditioned), and a few weak places cost a step or two each.
 */

/* Squared length of the residual, scaled by the diagonal, as a part of that of
 * the right side. */
static const double small_squared = 1e-28;

enum { MAX_STEPS = 5000 };

/* out = A v */
static void multiply(const struct rs_elimination *self, double *out,
                     const double *v)
{
    for (size_t i = 0; i < self->r; i++) {
        double sum = self->cg_diagonal[i] * v[i];
        for (size_t e = self->cg_starts[i]; e < self->cg_starts[i + 1]; e++)
            sum += self->cg_values[e] * v[self->cg_others[e]];
        out[i] = sum;
    }
}

/* z = D^-1 r; returns r'z */
static double precondition(const struct rs_elimination *self, double *z,
                           const double *r)
{
    double sum = 0.0;

    for (size_t i = 0; i < self->r; i++) {
        double d = self->cg_diagonal[i];
        z[i] = d > 0.0 ? r[i] / d : 0.0; /* a node alone: A is 0 there */
        sum += r[i] * z[i];
    }
    return sum;
}

void rs_elimination_cg(const struct rs_elimination *self, double *x,
                       double *work)
{
    size_t n = self->r;
    double *r = work;
    double *z = r + n;
    double *p = z + n;
    double *q = p + n;
    double before = 0.0;
    double least = 0.0;

    memcpy(r, x, n * sizeof *r);
    memset(x, 0, n * sizeof *x);
    before = precondition(self, z, r);
    least = small_squared * before;
    memcpy(p, z, n * sizeof *p);
    for (int step = 0; step < MAX_STEPS && before > least; step++) {
        double along = 0.0;
        double now = 0.0;
        multiply(self, q, p);
        for (size_t i = 0; i < n; i++)
            along += p[i] * q[i];
        if (!(along > 0.0))
            return;
        for (size_t i = 0; i < n; i++) {
            x[i] += before / along * p[i];
            r[i] -= before / along * q[i];
        }
        now = precondition(self, z, r);
        for (size_t i = 0; i < n; i++)
            p[i] = z[i] + now / before * p[i];
        before = now;
    }
}

/* Marks the nodes that can be reached from one, by pivots other than 0, and
 * leaves its own 0. */
static void mark_component(struct rs_elimination *self, size_t from, bool *seen,
                           uint32_t *list)
{
    size_t n = 1;

    list[0] = (uint32_t)from;
    seen[from] = true;
    self->pivots[self->n_steps + from] = 0.0;
    while (n > 0) {
        uint32_t i = list[--n];
        for (size_t e = self->cg_starts[i]; e < self->cg_starts[i + 1]; e++) {
            uint32_t j = self->cg_others[e];
            if (seen[j])
                continue;
            seen[j] = true;
            self->pivots[self->n_steps + j] = self->cg_diagonal[j];
            list[n++] = j;
        }
    }
}

enum rs_status rs_elimination_cg_init(struct rs_elimination *self,
                                      struct rs_error *err)
{
    bool *seen = rs_alloc(self->r, sizeof *seen, err);
    uint32_t *list = rs_alloc(self->r, sizeof *list, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (seen != NULL && list != NULL) {
        for (size_t i = 0; i < self->r; i++)
            if (!seen[i])
                mark_component(self, i, seen, list);
        status = RS_OK;
    }
    free(seen);
    free(list);
    return status;
}
