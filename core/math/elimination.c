/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elimination.h"

#include "elimination_cg.h"
#include "elimination_core.h"
#include "elimination_shared.h"
#include "elimination_sparse.h"
#include "mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- life -------------------------------------------------------- */

void rs_elimination_free(struct rs_elimination *self)
{
    if (self == NULL)
        return;
    free(self->nodes);
    free(self->pivots);
    free(self->starts);
    free(self->others);
    free(self->factors);
    free(self->core);
    free(self->residue);
    free(self->cg_diagonal);
    free(self->cg_starts);
    free(self->cg_others);
    free(self->cg_values);
    free(self->core_of);
    free(self->dependent);
    free(self);
}

static void list_dependent(struct rs_elimination *self)
{
    for (size_t k = 0; k < self->n; k++)
        if (self->pivots[k] == 0.0)
            self->dependent[self->n_dependent++] = self->nodes[k];
}

enum rs_status rs_elimination_new(struct rs_elimination **out,
                                  const struct rs_normal_matrix *matrix,
                                  struct rs_error *err)
{
    struct rs_elimination *self = rs_alloc(1, sizeof *self, err);
    size_t n = matrix->n;
    enum rs_status status = RS_ERR_NOMEM;

    *out = NULL;
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->n = n;
    self->laplacian = matrix->residue == NULL;
    self->sound = true;
    self->nodes = rs_alloc(n, sizeof *self->nodes, err);
    self->pivots = rs_alloc(n, sizeof *self->pivots, err);
    self->starts = rs_alloc(n + 1, sizeof *self->starts, err);
    self->core_of = rs_alloc(n, sizeof *self->core_of, err);
    self->dependent = rs_alloc(n, sizeof *self->dependent, err);
    if (self->nodes != NULL && self->pivots != NULL && self->starts != NULL &&
        self->core_of != NULL && self->dependent != NULL)
        status = rs_elimination_steps(self, matrix, err);
    if (status == RS_OK)
        status = self->iterative ? rs_elimination_cg_init(self, err)
                                 : rs_elimination_core(self, err);
    if (status == RS_OK) {
        list_dependent(self);
        *out = self;
    } else {
        rs_elimination_free(self);
    }
    return status;
}

size_t rs_elimination_dependent(const struct rs_elimination *self,
                                const uint32_t **nodes)
{
    *nodes = self->dependent;
    return self->n_dependent;
}

bool rs_elimination_is_sound(const struct rs_elimination *self)
{
    return self->sound;
}

/* ---- solutions --------------------------------------------------- */

/* x = L^-1 x; the core's part of it in `core`. */
static void forward(const struct rs_elimination *self, double *x, double *core)
{
    for (size_t k = 0; k < self->n_steps; k++) {
        double value = x[self->nodes[k]];
        if (value == 0.0 || self->pivots[k] == 0.0)
            continue;
        for (size_t e = self->starts[k]; e < self->starts[k + 1]; e++)
            x[self->others[e]] -= self->factors[e] * value;
    }
    for (size_t i = 0; i < self->r; i++)
        core[i] = x[self->nodes[self->n_steps + i]];
    for (size_t i = 0; i < self->r && !self->iterative; i++) {
        const double *row = &self->core[i * self->r];
        double value = core[i];
        if (value == 0.0 || self->pivots[self->n_steps + i] == 0.0)
            continue;
        for (size_t j = i + 1; j < self->r; j++)
            core[j] -= row[j] * value;
    }
}

/* x = L^-T x, where `core` has the core's part; at dependent nodes x stays as
 * it is. */
static void backward(const struct rs_elimination *self, double *x, double *core)
{
    for (size_t i = self->r; i-- > 0;) {
        const double *row = self->iterative ? NULL : &self->core[i * self->r];
        double sum = core[i];
        if (!self->iterative && self->pivots[self->n_steps + i] != 0.0)
            for (size_t j = i + 1; j < self->r; j++)
                sum -= row[j] * core[j];
        core[i] = sum;
        x[self->nodes[self->n_steps + i]] = sum;
    }
    for (size_t k = self->n_steps; k-- > 0;) {
        double sum = x[self->nodes[k]];
        if (self->pivots[k] == 0.0)
            continue;
        for (size_t e = self->starts[k]; e < self->starts[k + 1]; e++)
            sum -= self->factors[e] * x[self->others[e]];
        x[self->nodes[k]] = sum;
    }
}

void rs_elimination_solve(const struct rs_elimination *self, double *x,
                          double *work)
{
    forward(self, x, work);
    for (size_t k = 0; k < self->n_steps; k++) {
        double pivot = self->pivots[k];
        double *value = &x[self->nodes[k]];
        *value = pivot == 0.0 ? 0.0 : *value / pivot;
    }
    if (self->iterative)
        rs_elimination_cg(self, work, work + self->r);
    for (size_t i = 0; i < self->r && !self->iterative; i++) {
        double pivot = self->pivots[self->n_steps + i];
        work[i] = pivot == 0.0 ? 0.0 : work[i] / pivot;
    }
    backward(self, x, work);
}

double rs_elimination_length(const struct rs_elimination *self, double *x,
                             double *work)
{
    double sum = 0.0;

    forward(self, x, work);
    for (size_t k = 0; k < self->n_steps; k++) {
        double value = x[self->nodes[k]];
        if (self->pivots[k] != 0.0)
            sum += value * value / self->pivots[k];
    }
    if (self->iterative) {
        double *solution = memcpy(x, work, self->r * sizeof *x);
        rs_elimination_cg(self, solution, work + self->r);
        for (size_t i = 0; i < self->r; i++)
            sum += work[i] * solution[i];
        return sum;
    }
    for (size_t i = 0; i < self->r; i++)
        if (self->pivots[self->n_steps + i] != 0.0)
            sum += work[i] * work[i] / self->pivots[self->n_steps + i];
    return sum;
}

void rs_elimination_null(const struct rs_elimination *self, uint32_t node,
                         double *x, double *work)
{
    memset(x, 0, self->n * sizeof *x);
    x[node] = 1.0;
    for (size_t i = 0; i < self->r; i++)
        work[i] = x[self->nodes[self->n_steps + i]];
    backward(self, x, work);
}
