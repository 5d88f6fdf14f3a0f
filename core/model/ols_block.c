/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "ols_shared.h"

#include <stdlib.h>

void rs_ols_block_clear(struct rs_ols *self)
{
    for (size_t j = 0; self->block != NULL && j < self->block_most; j++)
        rs_lsq_column_clear(&self->block[j]);
    free(self->block);
    free(self->block_use);
    free(self->block_values);
    free(self->kept);
    self->kept = NULL;
    self->block = NULL;
    self->block_use = NULL;
    self->block_values = NULL;
    self->block_most = 0;
    rs_block_there_clear(&self->there);
}

static enum rs_status init_column(const struct rs_ols *self,
                                  struct rs_lsq_column *column)
{
    enum rs_status status = rs_base_column_init(&self->base, column, NULL);

    if (status == RS_OK && self->base.absorb == NULL)
        status = rs_lsq_column_room(column, self->base.n_rows, 0, NULL);
    return status;
}

bool rs_ols_block_room(struct rs_ols *self, const struct rs_block *block)
{
    size_t most = block->n_columns;
    size_t k = self->base.n_max + most;
    enum rs_status status = RS_OK;

    if (self->block_values != NULL && most <= self->block_most)
        return true;
    rs_ols_block_clear(self);
    rs_lsq_free(self->lsq);
    self->lsq = NULL;
    self->which = RS_ROWS_NONE;
    free(self->covariates);
    self->covariates = rs_alloc(k, sizeof *self->covariates, NULL);
    self->block = rs_alloc(most, sizeof *self->block, NULL);
    self->block_use = rs_alloc(most, sizeof *self->block_use, NULL);
    self->block_values = rs_alloc(3 * self->base.n_rows, sizeof(double), NULL);
    self->block_most = self->block == NULL ? 0 : most;
    if (self->covariates == NULL || self->block_use == NULL ||
        self->block_values == NULL)
        return false;
    for (size_t j = 0; j < self->block_most && status == RS_OK; j++)
        status = init_column(self, &self->block[j]);
    return status == RS_OK && self->block != NULL &&
           rs_ols_errors_room(self, most) &&
           rs_lsq_new(&self->lsq, self->base.n_rows, k,
                      self->base.spec.intercept, NULL) == RS_OK;
}

/* Prepares column number j of x. */
static void prepare(struct rs_ols *self, struct rs_lsq_column *out, size_t x,
                    size_t j)
{
    double *room = self->block_values;
    size_t n = self->base.n_rows;
    struct rs_block_values values = {.hi = room, .lo = room + n};

    rs_block_fill(&values, room + 2 * n, &self->base.spec, x, j, self->rows);
    rs_base_prepare_block(&self->base, out, &values);
}

void rs_ols_fit_block(struct rs_ols *self, struct rs_lsq_result *result,
                      size_t x)
{
    const struct rs_spec *spec = &self->base.spec;
    const struct rs_factor *factor = spec->data->columns[x].factor;
    struct rs_block_there *there = &self->there;
    struct rs_lsq_block block = {.columns = self->block_use,
                                 .n = there->n,
                                 .n_beside = there->n_beside,
                                 .by_f = rs_block_of(spec, x).by_f};

    for (size_t i = 0; i < there->n; i++) {
        prepare(self, &self->block[i], x, there->columns[i]);
        self->block_use[i] = &self->block[i];
    }
    block.constant =
        factor == NULL ? self->block[0].constant : there->n_levels < 2;
    rs_lsq_fit_block(self->lsq, result, &block);
}
