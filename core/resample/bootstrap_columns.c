/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap_shared.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- life -------------------------------------------------------- */

double *rs_bootstrap_row_of_sums(const struct rs_bootstrap *self,
                                 const struct rs_bootstrap_column *column,
                                 size_t j)
{
    size_t first = rs_triangle_corner(self->k, 0);

    return &column->sums[(rs_triangle_corner(self->k + j, 0) - first) *
                         self->n_shared];
}

/* Numbers of a column: its vectors, its sums. */
static size_t n_vectors(const struct rs_bootstrap *self)
{
    return (self->most_beside + 1) * rs_bootstrap_padded(self->basis.n);
}

static size_t n_sums(const struct rs_bootstrap *self)
{
    size_t end = self->k + self->most_beside + 1;

    return (rs_triangle_corner(end, 0) - rs_triangle_corner(self->k, 0)) *
           self->n_shared;
}

void rs_bootstrap_column_clear(struct rs_bootstrap_column *column)
{
    free(column->v);
    free(column->sums);
    memset(column, 0, sizeof *column);
}

enum rs_status rs_bootstrap_column_init(struct rs_bootstrap_column *column,
                                        const struct rs_bootstrap *self,
                                        struct rs_error *err)
{
    column->column = RS_NO_COLUMN;
    column->v = rs_alloc(n_vectors(self), sizeof *column->v, err);
    column->sums = rs_alloc(n_sums(self), sizeof *column->sums, err);
    if (column->v != NULL && column->sums != NULL)
        return RS_OK;
    rs_bootstrap_column_clear(column);
    return RS_ERR_NOMEM;
}

void rs_bootstrap_block_clear(struct rs_bootstrap_block *block)
{
    for (size_t j = 0; block->columns != NULL && j < block->n_columns; j++)
        rs_lsq_column_clear(&block->columns[j]);
    free(block->columns);
    free(block->use);
    free(block->values);
    rs_lsq_free(block->lsq);
    rs_block_there_clear(&block->there);
}

enum rs_status rs_bootstrap_block_init(struct rs_bootstrap *self,
                                       size_t n_columns, struct rs_error *err)
{
    const struct rs_base_columns *base = &self->basis.base;
    struct rs_bootstrap_block *block = &self->block;
    size_t k = base->n_max + n_columns;
    enum rs_status status = RS_OK;

    block->n_columns = n_columns;
    block->columns = rs_alloc(n_columns, sizeof *block->columns, err);
    block->use = rs_alloc(k, sizeof *block->use, err);
    block->values = rs_alloc(3 * base->n_rows, sizeof *block->values, err);
    if (block->columns == NULL || block->use == NULL || block->values == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < n_columns && status == RS_OK; j++) {
        status = rs_base_column_init(base, &block->columns[j], err);
        if (status == RS_OK && base->absorb == NULL)
            status =
                rs_lsq_column_room(&block->columns[j], base->n_rows, 0, err);
    }
    return status == RS_OK ? rs_lsq_new(&block->lsq, base->n_rows, k,
                                        base->spec.intercept, err)
                           : status;
}

/* ---- preparing --------------------------------------------------- */

/* The residual of a column on a base, as the last vector of out. */
static void take_residual(const struct rs_bootstrap *self,
                          struct rs_bootstrap_column *out, struct rs_lsq *lsq,
                          const struct rs_lsq_column *column)
{
    size_t padded = rs_bootstrap_padded(self->n);
    double *v = &out->v[out->n_beside * padded];
    struct rs_lsq_residual residual;

    out->exponent = column->exponent;
    out->usable =
        rs_lsq_residuals(lsq, v, &residual, column) && residual.norm > 0.0;
    if (!out->usable)
        return;
    out->norm = residual.norm;
    for (size_t i = 0; i < padded; i++)
        v[i] = i < self->n ? v[i] / residual.norm : 0.0;
}

/* Takes those columns of a block that stand beside its test into the base. */
static void extend_base(struct rs_bootstrap *self,
                        struct rs_bootstrap_column *out)
{
    const struct rs_base_columns *base = &self->basis.base;
    struct rs_bootstrap_block *block = &self->block;
    size_t padded = rs_bootstrap_padded(self->n);
    size_t first = rs_lsq_base_rank(self->lsq);
    size_t n = base->n_used;

    for (size_t j = 0; j < n; j++)
        block->use[j] = base->use[j];
    for (size_t j = 0; j < block->there.n_beside; j++)
        block->use[n++] = &block->columns[j];
    if (base->absorb != NULL)
        rs_lsq_absorbed(block->lsq, rs_absorb_rank(base->absorb), base->lever);
    rs_lsq_base(block->lsq, block->use, n, self->n);
    out->n_beside = rs_lsq_base_rank(block->lsq) - first;
    for (size_t j = 0; j < out->n_beside; j++) {
        double *v = &out->v[j * padded];
        (void)rs_lsq_vector(block->lsq, v, first + j);
        for (size_t i = self->n; i < padded; i++)
            v[i] = 0.0;
    }
}

/* An x that is a block, one column of which is tested. */
static void prepare_block(struct rs_bootstrap *self,
                          struct rs_bootstrap_column *out)
{
    struct rs_base_columns *base = &self->basis.base;
    struct rs_bootstrap_block *block = &self->block;
    size_t n = base->n_rows;
    struct rs_block_values values = {.hi = block->values,
                                     .lo = block->values + n};

    out->n_beside = 0;
    out->usable = false;
    if (rs_block_find(&block->there, &base->spec, out->column, self->rows,
                      NULL) != RS_OK ||
        block->there.n != block->there.n_beside + 1)
        return;
    for (size_t j = 0; j < block->there.n; j++) {
        rs_block_fill(&values, block->values + 2 * n, &base->spec, out->column,
                      block->there.columns[j], self->rows);
        rs_base_prepare_block(base, &block->columns[j], &values);
    }
    extend_base(self, out);
    take_residual(self, out, block->lsq,
                  &block->columns[block->there.n_beside]);
}

/* Wants the sums of vector number j of x, on those before it and itself. */
static void want_row(struct rs_bootstrap *self,
                     const struct rs_bootstrap_column *x, size_t j)
{
    size_t padded = rs_bootstrap_padded(self->n);
    const double *v = &x->v[j * padded];
    double *out = rs_bootstrap_row_of_sums(self, x, j);

    for (size_t l = 0; l < self->k; l++, out += self->n_resamples)
        rs_bootstrap_want(self->sums, out, &self->q[l * padded], v);
    for (size_t l = 0; l <= j; l++, out += self->n_resamples)
        rs_bootstrap_want(self->sums, out, &x->v[l * padded], v);
}

static void prepare_x(struct rs_bootstrap *self,
                      struct rs_bootstrap_column *out, size_t x)
{
    struct rs_base_columns *base = &self->basis.base;

    out->column = x;
    if (rs_block_of(&base->spec, x).plain) {
        rs_base_prepare(base, &self->prepared, self->rows, x);
        take_residual(self, out, self->lsq, &self->prepared);
    } else {
        prepare_block(self, out);
    }
    for (size_t j = 0;
         j <= out->n_beside && out->usable && self->levels == NULL; j++)
        want_row(self, out, j);
}

static void prepare_y(struct rs_bootstrap *self, size_t y)
{
    size_t padded = rs_bootstrap_padded(self->n);
    struct rs_bootstrap_column *out = &self->y;

    out->column = y;
    rs_base_prepare(&self->basis.base, &self->prepared, self->rows, y);
    take_residual(self, out, self->lsq, &self->prepared);
    for (size_t l = 0; l < self->k && out->usable && self->levels == NULL; l++)
        rs_bootstrap_want(self->sums, &out->sums[l * self->n_resamples],
                          &self->q[l * padded], out->v);
}

/* The column x, by way of the cache where all rows are there. Sets *fresh
 * when it was prepared just now. */
static struct rs_bootstrap_column *take_x(struct rs_bootstrap *self, size_t x,
                                          bool *fresh)
{
    struct rs_bootstrap_column *kept = &self->cache[x];
    struct rs_bootstrap_column *out = &self->x;
    size_t bytes = (n_vectors(self) + n_sums(self)) * sizeof(double);

    *fresh = false;
    if (self->n == self->basis.n) {
        if (kept->v != NULL)
            return kept;
        if (self->cache_left >= bytes &&
            rs_bootstrap_column_init(kept, self, NULL) == RS_OK) {
            self->cache_left -= bytes;
            out = kept;
        }
    }
    if (out->column != x) {
        prepare_x(self, out, x);
        *fresh = true;
    }
    return out;
}

/* ---- sums -------------------------------------------------------- */

/* Puts the vectors beside x behind those of the basis. */
static void use_beside(struct rs_bootstrap *self,
                       const struct rs_bootstrap_column *x)
{
    size_t padded = rs_bootstrap_padded(self->n);

    self->n_q = self->k + x->n_beside;
    memcpy(&self->q[self->k * padded], x->v,
           x->n_beside * padded * sizeof *self->q);
    if (self->levels != NULL)
        rs_bootstrap_levels_use(self->levels, self->n_q);
}

/* The sums of the vectors beside x become rows of the factor, or are those
 * already; then x is solved for. */
static void extend_factor(struct rs_bootstrap *self,
                          const struct rs_bootstrap_column *x, bool fresh)
{
    size_t k = self->k;
    size_t n_sets = self->n_resamples;
    double *rows = &self->factor[rs_triangle_corner(k, 0) * n_sets];
    double *tested = rs_bootstrap_row_of_sums(self, x, x->n_beside);
    size_t bytes = (size_t)(tested - x->sums) * sizeof *rows;

    memcpy(rows, x->sums, bytes);
    if (!fresh)
        return;
    rs_triangles_extend(self->factor, k, self->n_q, n_sets);
    memcpy(x->sums, rows, bytes);
    rs_triangles_forward(tested, self->factor, self->n_q, n_sets);
}

/* The sums that resamples share, of what is new. */
static void find_sums(struct rs_bootstrap *self,
                      const struct rs_bootstrap_column *x, bool fresh_rows,
                      bool fresh_y, bool fresh_x)
{
    size_t padded = rs_bootstrap_padded(self->n);
    size_t n_sets = self->n_resamples;
    struct rs_bootstrap_column *y = &self->y;
    bool usable = y->usable && x->usable;

    for (size_t l = self->k; l < self->n_q && usable; l++)
        rs_bootstrap_want(self->sums, &y->sums[l * n_sets],
                          &self->q[l * padded], y->v);
    if (usable)
        rs_bootstrap_want(self->sums, self->cross, y->v,
                          &x->v[x->n_beside * padded]);
    rs_bootstrap_find_sums(self->sums, self->units.n);
    if (fresh_rows)
        rs_triangles_factorise(self->factor, self->k, n_sets);
    if (fresh_y && y->usable)
        rs_triangles_forward(y->sums, self->factor, self->k, n_sets);
    if (x->usable)
        extend_factor(self, x, fresh_x);
    if (usable)
        rs_triangles_go_on(y->sums, self->factor, self->k, self->n_q, n_sets);
}

const struct rs_bootstrap_column *rs_bootstrap_take(struct rs_bootstrap *self,
                                                    size_t y, size_t x,
                                                    bool fresh_rows)
{
    bool fresh_y = self->y.column != y;
    bool fresh_x = false;
    const struct rs_bootstrap_column *out = NULL;

    if (fresh_y)
        prepare_y(self, y);
    out = take_x(self, x, &fresh_x);
    use_beside(self, out);
    if (self->levels == NULL)
        find_sums(self, out, fresh_rows, fresh_y, fresh_x);
    return out;
}
