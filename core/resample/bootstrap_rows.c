/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap_shared.h"

#include "errors.h"
#include "mem.h"
#include "row_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Levels of a second factor that become columns; more would have to be
 * factorised for every resample. */
enum { MOST_LEVELS = 400 };

/* ---- requests ---------------------------------------------------- */

enum rs_status rs_bootstrap_check(const struct rs_spec *spec, const size_t *x,
                                  size_t n_x, struct rs_error *err)
{
    if (spec->errors_ask != NULL && spec->errors_ask->n_clusters > 1)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{bootstrap} draws whole clusters, and those of "
                            "two columns overlap: give {cluster} one");
    for (size_t i = 0; i < n_x; i++)
        if (rs_block_of(spec, x[i]).by_f)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{bootstrap} gives limits of one coefficient, "
                                "and '%s' has several, tested by F",
                                spec->data->columns[x[i]].name);
    return RS_OK;
}

/* ---- life -------------------------------------------------------- */

void rs_bootstrap_close(struct rs_bootstrap *self)
{
    if (self == NULL)
        return;
    for (size_t j = 0;
         self->cache != NULL && j < self->basis.base.spec.data->n_columns; j++)
        rs_bootstrap_column_clear(&self->cache[j]);
    rs_bootstrap_column_clear(&self->y);
    rs_bootstrap_column_clear(&self->x);
    rs_bootstrap_sums_free(self->sums);
    rs_bootstrap_levels_free(self->levels);
    rs_bootstrap_units_clear(&self->units);
    rs_bootstrap_block_clear(&self->block);
    rs_lsq_column_clear(&self->prepared);
    rs_lsq_free(self->lsq);
    rs_basis_clear(&self->basis);
    free(self->pair_rows);
    free(self->rows);
    free(self->q);
    free(self->factor);
    free(self->numbers);
    free(self->lever);
    free(self->cache);
    free(self->slopes);
    free(self->cross);
    free(self->drawn);
    free(self);
}

static enum rs_status allocate_rows(struct rs_bootstrap *self,
                                    struct rs_error *err)
{
    const struct rs_base_columns *base = &self->basis.base;
    size_t n = base->n;

    self->pair_rows = rs_alloc(base->n_words, sizeof(uint64_t), err);
    self->rows = rs_alloc(base->n_words, sizeof(uint64_t), err);
    self->q = rs_alloc((self->k + self->most_beside) * rs_bootstrap_padded(n),
                       sizeof(double), err);
    self->lever = rs_alloc(n, sizeof(double), err);
    self->drawn = rs_alloc(n, sizeof *self->drawn, err);
    self->cache =
        rs_alloc(base->spec.data->n_columns, sizeof *self->cache, err);
    if (self->pair_rows == NULL || self->rows == NULL || self->q == NULL ||
        self->lever == NULL || self->drawn == NULL || self->cache == NULL)
        return RS_ERR_NOMEM;
    return RS_OK;
}

static enum rs_status allocate_sums(struct rs_bootstrap *self,
                                    struct rs_error *err)
{
    size_t k = self->k + self->most_beside;
    size_t triangle = k * (k + 1) / 2;
    size_t n_factor = 0;

    if (!rs_size_mul(&n_factor, triangle, self->n_shared))
        return rs_error_set(err, RS_ERR_NOMEM, "too many resamples");
    self->factor = rs_alloc(n_factor, sizeof(double), err);
    self->numbers = rs_alloc(3 * triangle + 5 * k, sizeof(double), err);
    self->slopes = rs_alloc(self->n_resamples, sizeof(double), err);
    self->cross = rs_alloc(self->n_resamples, sizeof(double), err);
    if (self->factor == NULL || self->numbers == NULL || self->slopes == NULL ||
        self->cross == NULL)
        return RS_ERR_NOMEM;
    self->gram = self->numbers;
    self->whole = self->gram + triangle;
    self->less = self->whole + triangle;
    self->a = self->less + triangle;
    self->b = self->a + k;
    self->u = self->b + k;
    self->v = self->u + k;
    self->on_y = self->v + k;
    for (size_t l = self->k; l < k; l++) /* vectors beside are orthonormal */
        self->gram[rs_triangle_corner(l, l)] = 1.0;
    return rs_bootstrap_sums_new(&self->sums, self->basis.n, self->n_resamples,
                                 self->ask.seed, (k + 1) * (k + 6) / 2, err);
}

static enum rs_status allocate(struct rs_bootstrap *self, struct rs_error *err)
{
    const struct rs_base_columns *base = &self->basis.base;
    enum rs_status status = allocate_rows(self, err);

    if (status == RS_OK)
        status = allocate_sums(self, err);
    if (status == RS_OK)
        status = rs_base_column_init(base, &self->prepared, err);
    if (status == RS_OK && base->absorb != NULL)
        status = rs_bootstrap_levels_new(&self->levels, base->n,
                                         rs_absorb_n_nodes(base->absorb),
                                         self->k + self->most_beside, err);
    if (status == RS_OK)
        status =
            rs_bootstrap_units_init(&self->units, &base->spec, base->n, err);
    if (status == RS_OK)
        status = rs_lsq_new(&self->lsq, base->n_rows, base->n_max,
                            base->spec.intercept, err);
    if (status == RS_OK)
        status = rs_bootstrap_column_init(&self->y, self, err);
    if (status == RS_OK)
        status = rs_bootstrap_column_init(&self->x, self, err);
    return status;
}

/* Of the columns that may be x: how many a block has, and beside its test. */
static size_t find_blocks(struct rs_bootstrap *self, const struct rs_spec *spec)
{
    size_t most = 0;

    for (size_t j = 0; j < spec->data->n_columns; j++) {
        struct rs_block block = rs_block_of(spec, j);
        if (block.plain || block.by_f)
            continue;
        if (block.n_columns > most)
            most = block.n_columns;
        if (block.n_beside > self->most_beside)
            self->most_beside = block.n_beside;
    }
    return most;
}

static enum rs_status check_absorbed(const struct rs_bootstrap *self,
                                     struct rs_error *err)
{
    const struct rs_absorb *absorb = self->basis.base.absorb;

    if (absorb == NULL || rs_absorb_n_factors(absorb) == 1)
        return RS_OK;
    return rs_error_set(err, RS_ERR_INCONSISTENT,
                        "{bootstrap} does not go with several covariates of "
                        "more than %d levels: their equations would have to "
                        "be solved for every resample",
                        MOST_LEVELS);
}

enum rs_status rs_bootstrap_open(struct rs_bootstrap **out,
                                 const struct rs_spec *spec,
                                 const struct rs_bootstrap_ask *ask,
                                 struct rs_error *err)
{
    struct rs_bootstrap *self = NULL;
    struct rs_spec own = *spec;
    size_t n_columns = 0;
    enum rs_status status = RS_OK;

    own.dense_levels = MOST_LEVELS;
    if (ask->n_resamples == 0 || ask->n_resamples > UINT32_MAX)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{bootstrap} needs at least one resample, and "
                            "fewer than 4294967296");
    if (spec->data->n_rows > UINT32_MAX)
        return rs_error_set(err, RS_ERR_INCONSISTENT,
                            "{bootstrap}: too many rows");
    self = rs_alloc(1, sizeof *self, err);
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->ask = *ask;
    self->n_resamples = (size_t)ask->n_resamples;
    self->cache_left = spec->cache_bytes;
    status = rs_basis_init(&self->basis, &own, err);
    self->k = self->basis.n_vectors;
    n_columns = find_blocks(self, &own);
    self->n_shared = self->basis.base.absorb == NULL ? self->n_resamples : 0;
    if (status == RS_OK)
        status = check_absorbed(self, err);
    if (status == RS_OK)
        status = allocate(self, err);
    if (status == RS_OK && n_columns > 0)
        status = rs_bootstrap_block_init(self, n_columns, err);
    if (status == RS_OK)
        *out = self;
    else
        rs_bootstrap_close(self);
    return status;
}

/* ---- rows -------------------------------------------------------- */

/* Finds the rows of a pair; returns how many. */
static size_t find_rows(struct rs_bootstrap *self, size_t y, size_t x)
{
    const struct rs_base_columns *base = &self->basis.base;
    const struct rs_column *columns = base->spec.data->columns;

    (void)rs_rows_and(self->pair_rows, base->rows, columns[y].valid,
                      base->n_words);
    return rs_rows_and(self->pair_rows, self->pair_rows, columns[x].valid,
                       base->n_words);
}

/* The basis on the rows, which are some of its own. */
static void gather_basis(struct rs_bootstrap *self)
{
    const struct rs_basis *basis = &self->basis;
    size_t padded = rs_bootstrap_padded(self->n);
    size_t from = 0;
    size_t to = 0;

    memset(self->q, 0, self->k * padded * sizeof *self->q);
    for (size_t w = 0; w < basis->base.n_words; w++)
        for (uint64_t bits = basis->base.rows[w]; bits != 0;
             bits &= bits - 1, from++) {
            if ((self->rows[w] & bits & (0 - bits)) == 0)
                continue;
            for (size_t l = 0; l < self->k; l++)
                self->q[l * padded + to] = basis->vectors[l * basis->n + from];
            to++;
        }
}

/* Adds the leverages of the rows in the basis. */
static void find_levers(struct rs_bootstrap *self)
{
    size_t padded = rs_bootstrap_padded(self->n);
    size_t k = self->k;

    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0.0;
            for (size_t r = 0; r < self->n; r++)
                sum += self->q[i * padded + r] * self->q[j * padded + r];
            self->gram[rs_triangle_corner(i, j)] = sum;
        }
    memcpy(self->whole, self->gram, k * (k + 1) / 2 * sizeof *self->whole);
    rs_triangles_factorise(self->whole, k, 1);
    for (size_t r = 0; r < self->n; r++) {
        double sum = 0.0;
        for (size_t l = 0; l < k; l++)
            self->a[l] = self->q[l * padded + r];
        rs_triangles_forward(self->a, self->whole, k, 1);
        for (size_t l = 0; l < k; l++)
            sum += self->a[l] * self->a[l];
        self->lever[r] += sum;
    }
}

/* The absorbed factor on the rows. */
static void set_levels(struct rs_bootstrap *self)
{
    const struct rs_base_columns *base = &self->basis.base;
    const struct rs_bootstrap_rows_of rows = {
        .n = self->n,
        .n_padded = rs_bootstrap_padded(self->n),
        .nodes = rs_absorb_nodes(base->absorb, 0),
        .n_nodes = rs_absorb_n_nodes(base->absorb),
        .root = base->root,
        .units = &self->units,
    };

    rs_bootstrap_levels_set(self->levels, &rows, self->k, self->q, self->lever);
}

/* Makes these rows the current ones, with the basis on them; its sums over
 * the resamples are wanted then. Returns false when they are already. */
static bool set_rows(struct rs_bootstrap *self, size_t n)
{
    struct rs_base_columns *base = &self->basis.base;
    size_t padded = rs_bootstrap_padded(n);

    if (self->is_set && self->n == n &&
        memcmp(self->rows, self->pair_rows, base->n_words * sizeof(uint64_t)) ==
            0)
        return false;
    memcpy(self->rows, self->pair_rows, base->n_words * sizeof(uint64_t));
    self->n = n;
    self->is_set = true;
    self->y.column = RS_NO_COLUMN;
    self->x.column = RS_NO_COLUMN;
    rs_bootstrap_units_set(&self->units, self->rows, base->n_words, n);
    rs_bootstrap_sums_of(self->sums,
                         self->units.grouped ? self->units.of : NULL, n);
    rs_base_columns_set(base, self->rows, n);
    rs_base_to_lsq(base, self->lsq);
    self->n_q = self->k;
    gather_basis(self);
    memset(self->lever, 0, n * sizeof *self->lever);
    if (self->levels != NULL)
        set_levels(self);
    find_levers(self);
    if (self->levels != NULL)
        return true;
    for (size_t i = 0; i < self->k; i++)
        for (size_t j = 0; j <= i; j++)
            rs_bootstrap_want(
                self->sums,
                &self->factor[rs_triangle_corner(i, j) * self->n_resamples],
                &self->q[i * padded], &self->q[j * padded]);
    return true;
}

/* ---- pairs ------------------------------------------------------- */

void rs_bootstrap_interval(struct rs_bootstrap *self,
                           struct rs_bootstrap_limits *out, size_t y, size_t x,
                           const struct rs_fit *fit)
{
    size_t n = 0;
    bool fresh_rows = false;
    const struct rs_bootstrap_column *x_column = NULL;

    *out = (struct rs_bootstrap_limits){NAN, NAN, NAN, NAN, 0};
    if (fit->outcome != RS_FIT_OK || !self->basis.finite)
        return;
    n = find_rows(self, y, x);
    if (n == 0)
        return;
    fresh_rows = set_rows(self, n);
    x_column = rs_bootstrap_take(self, y, x, fresh_rows);
    if (self->y.usable && x_column->usable)
        rs_bootstrap_limits_of(self, out, x_column);
}
