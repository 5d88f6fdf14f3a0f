/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap.h"

#include "base_lsq.h"
#include "basis.h"
#include "bootstrap_levels.h"
#include "bootstrap_limits.h"
#include "bootstrap_sums.h"
#include "mem.h"
#include "random.h"
#include "row_set.h"
#include "triangles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A denominator that is a smaller part than the first of its sum of squares
 * is computed again from residuals; then one below the second is nothing. */
static const double cancelled = 1e-6;
static const double least_part = 1e-24;

/* Slopes in units of length 1 for x and y that differ by rounding alone. */
static const double tie = 1e-13;

/* A row that leaves less than this of 1 to its leverage: the slope without it
 * is computed from the others. */
static const double least_rest = 1e-6;

/* Levels of a second factor that become columns; more would have to be
 * factorised for every resample. */
enum { MOST_LEVELS = 400 };

/* A column on the rows that are set, and its sums over each resample. */
struct column {
    size_t column; /* of the dataset; RS_NO_COLUMN: none */
    bool usable;   /* its residual is not 0 */
    int exponent;  /* the residual, in user's units: v norm 2^exponent */
    double norm;
    double *v;    /* [n_padded] of length 1, 0 behind the rows */
    double *sums; /* [k + 1][B]: u, as in the header, and sum c v^2 */
};

struct rs_bootstrap {
    struct rs_bootstrap_ask ask;
    struct rs_basis basis;
    struct rs_lsq *lsq;
    struct rs_lsq_column prepared;
    struct rs_bootstrap_sums *sums;
    struct rs_bootstrap_levels *levels; /* a factor is absorbed; NULL */
    size_t k;                           /* vectors of the basis */
    size_t n_resamples;
    size_t n_shared; /* of which sums are shared: all, or none where a factor
                        is absorbed */

    /* rows of a pair */
    uint64_t *pair_rows;
    uint64_t *rows; /* those set now; meaningless while is_set is false */
    bool is_set;
    size_t n;        /* in `rows` */
    double *q;       /* [k][n_padded] the basis on them */
    double *factor;  /* [k (k + 1) / 2][B] L by rows, its diagonal inverted;
                        0 there: a vector that was dropped */
    double *numbers; /* storage of gram, whole, less, a, b, u, v */
    double *gram;    /* [k (k + 1) / 2] sum q q' of the whole sample */
    double *whole;   /* [k (k + 1) / 2] its L */
    double *lever;   /* [n] of the rows, in the covariates alone */

    struct column y, x;
    struct column *cache; /* [n_columns] over all rows of the basis; the first
                             ones stay, as those of the exact engine */
    size_t cache_left;    /* bytes that may still be taken */

    double *slopes;  /* [B] */
    double *cross;   /* [B] */
    double *a, *b;   /* [k] coefficients of x~, y~ in one sample */
    double *u, *v;   /* [k] of the sample without a row */
    double *less;    /* [k (k + 1) / 2] likewise */
    uint32_t *drawn; /* [n] a resample, row by row */
};

/* ---- life -------------------------------------------------------- */

static void column_clear(struct column *column)
{
    free(column->v);
    free(column->sums);
    memset(column, 0, sizeof *column);
}

static size_t column_bytes(const struct rs_bootstrap *self)
{
    return (rs_bootstrap_padded(self->basis.n) +
            (self->k + 1) * self->n_shared) *
           sizeof(double);
}

static enum rs_status column_init(struct column *column,
                                  const struct rs_bootstrap *self,
                                  struct rs_error *err)
{
    column->column = RS_NO_COLUMN;
    column->v =
        rs_alloc(rs_bootstrap_padded(self->basis.n), sizeof *column->v, err);
    column->sums =
        rs_alloc((self->k + 1) * self->n_shared, sizeof *column->sums, err);
    if (column->v != NULL && column->sums != NULL)
        return RS_OK;
    column_clear(column);
    return RS_ERR_NOMEM;
}

void rs_bootstrap_close(struct rs_bootstrap *self)
{
    if (self == NULL)
        return;
    for (size_t j = 0;
         self->cache != NULL && j < self->basis.base.spec.data->n_columns; j++)
        column_clear(&self->cache[j]);
    column_clear(&self->y);
    column_clear(&self->x);
    rs_bootstrap_sums_free(self->sums);
    rs_bootstrap_levels_free(self->levels);
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
    self->q = rs_alloc(self->k * rs_bootstrap_padded(n), sizeof(double), err);
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
    size_t k = self->k;
    size_t triangle = k * (k + 1) / 2;
    size_t n_factor = 0;

    if (!rs_size_mul(&n_factor, triangle, self->n_shared))
        return rs_error_set(err, RS_ERR_NOMEM, "too many resamples");
    self->factor = rs_alloc(n_factor, sizeof(double), err);
    self->numbers = rs_alloc(3 * triangle + 4 * k, sizeof(double), err);
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
                                         self->k, err);
    if (status == RS_OK)
        status = rs_lsq_new(&self->lsq, base->n_rows, base->n_max,
                            base->spec.intercept, err);
    if (status == RS_OK)
        status = column_init(&self->y, self, err);
    if (status == RS_OK)
        status = column_init(&self->x, self, err);
    return status;
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
    self->n_shared = self->basis.base.absorb == NULL ? self->n_resamples : 0;
    if (status == RS_OK)
        status = check_absorbed(self, err);
    if (status == RS_OK)
        status = allocate(self, err);
    if (status == RS_OK)
        *out = self;
    else
        rs_bootstrap_close(self);
    return status;
}

void rs_bootstrap_rows(uint32_t *rows, uint32_t n, uint64_t seed,
                       uint64_t number)
{
    struct rs_random random;

    rs_random_start(&random, seed, RS_RANDOM_BOOTSTRAP, number);
    for (uint32_t i = 0; i < n; i++)
        rows[i] = rs_random_below(&random, n);
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

/* Adds the leverages of the rows in the vectors. */
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
    };

    rs_bootstrap_levels_set(self->levels, &rows, self->q, self->lever);
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
    rs_base_columns_set(base, self->rows, n);
    rs_base_to_lsq(base, self->lsq);
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

/* ---- columns ----------------------------------------------------- */

/* Prepares a column on the current rows; its sums are wanted then. */
static void prepare(struct rs_bootstrap *self, struct column *out,
                    size_t column)
{
    size_t padded = rs_bootstrap_padded(self->n);
    struct rs_lsq_residual residual;

    rs_base_prepare(&self->basis.base, &self->prepared, self->rows, column);
    out->column = column;
    out->exponent = self->prepared.exponent;
    out->usable =
        rs_lsq_residuals(self->lsq, out->v, &residual, &self->prepared) &&
        residual.norm > 0.0;
    if (!out->usable)
        return;
    out->norm = residual.norm;
    for (size_t i = 0; i < padded; i++)
        out->v[i] = i < self->n ? out->v[i] / residual.norm : 0.0;
    if (self->levels != NULL)
        return;
    for (size_t l = 0; l < self->k; l++)
        rs_bootstrap_want(self->sums, &out->sums[l * self->n_resamples],
                          &self->q[l * padded], out->v);
    rs_bootstrap_want(self->sums, &out->sums[self->k * self->n_resamples],
                      out->v, out->v);
}

/* The column x, by way of the cache where all rows are there. Sets *fresh
 * when it was prepared just now. */
static struct column *take_x(struct rs_bootstrap *self, size_t x, bool *fresh)
{
    struct column *kept = &self->cache[x];
    struct column *out = &self->x;

    *fresh = false;
    if (self->n == self->basis.n) {
        if (kept->v != NULL)
            return kept;
        if (self->cache_left >= column_bytes(self) &&
            column_init(kept, self, NULL) == RS_OK) {
            self->cache_left -= column_bytes(self);
            out = kept;
        }
    }
    if (out->column != x) {
        prepare(self, out, x);
        *fresh = true;
    }
    return out;
}

/* ---- slopes ------------------------------------------------------ */

/* Matrices L and vectors u = L^-1 sum q x~, v likewise of y~, of n_sets
 * samples. */
struct systems {
    const double *factor, *u, *v;
    size_t n_sets;
};

/* The slope on the first n of self->drawn, sample s of systems, from
 * residuals; NaN when there is none. */
static double slope_by_rows(struct rs_bootstrap *self, const struct column *y,
                            const struct column *x,
                            const struct systems *systems, size_t s, size_t n)
{
    size_t padded = rs_bootstrap_padded(self->n);
    double squares = 0.0;
    double xx = 0.0;
    double xy = 0.0;

    rs_triangles_backward(self->a, systems->u, systems->factor, self->k,
                          systems->n_sets, s);
    rs_triangles_backward(self->b, systems->v, systems->factor, self->k,
                          systems->n_sets, s);
    for (size_t i = 0; i < n; i++) {
        size_t row = self->drawn[i];
        double x_left = x->v[row];
        double y_left = y->v[row];
        squares += x_left * x_left;
        for (size_t l = 0; l < self->k; l++) {
            x_left -= self->q[l * padded + row] * self->a[l];
            y_left -= self->q[l * padded + row] * self->b[l];
        }
        xx += x_left * x_left;
        xy += x_left * y_left;
    }
    return xx > least_part * squares ? xy / xx : NAN;
}

/* The slope without a row; NaN when there is none. */
static double slope_without(struct rs_bootstrap *self, const struct column *y,
                            const struct column *x, size_t row)
{
    size_t padded = rs_bootstrap_padded(self->n);
    size_t k = self->k;
    const struct systems one = {self->less, self->u, self->v, 1};
    size_t n = 0;

    for (size_t i = 0; i < self->n; i++)
        if (i != row)
            self->drawn[n++] = (uint32_t)i;
    if (self->levels != NULL)
        return rs_bootstrap_levels_slope(self->levels, self->drawn, n, x->v,
                                         y->v, self->q);
    memcpy(self->less, self->gram, k * (k + 1) / 2 * sizeof *self->less);
    for (size_t i = 0; i < k; i++) {
        double q = self->q[i * padded + row];
        for (size_t j = 0; j <= i; j++)
            self->less[rs_triangle_corner(i, j)] -=
                q * self->q[j * padded + row];
        /* x~ and y~ are orthogonal to the basis over all rows */
        self->u[i] = -q * x->v[row];
        self->v[i] = -q * y->v[row];
    }
    rs_triangles_factorise(self->less, k, 1);
    rs_triangles_forward(self->u, self->less, k, 1);
    rs_triangles_forward(self->v, self->less, k, 1);
    return slope_by_rows(self, y, x, &one, 0, n);
}

/* The same beside an absorbed factor, resample by resample. */
static size_t find_level_slopes(struct rs_bootstrap *self,
                                const struct column *y, const struct column *x)
{
    size_t n_valid = 0;

    for (size_t b = 0; b < self->n_resamples; b++) {
        double slope = 0.0;
        rs_bootstrap_rows(self->drawn, (uint32_t)self->n, self->ask.seed, b);
        slope = rs_bootstrap_levels_slope(self->levels, self->drawn, self->n,
                                          x->v, y->v, self->q);
        if (isfinite(slope))
            self->slopes[n_valid++] = slope;
    }
    return n_valid;
}

/* The slopes of all resamples that have one, in units of length 1; returns
 * how many. */
static size_t find_slopes(struct rs_bootstrap *self, const struct column *y,
                          const struct column *x)
{
    size_t n_sets = self->n_resamples;
    const double *squares = &x->sums[self->k * n_sets];
    const struct systems all = {self->factor, x->sums, y->sums, n_sets};
    double *rest = self->slopes;
    double *cross = self->cross;
    size_t n_valid = 0;

    memcpy(rest, squares, n_sets * sizeof *rest);
    for (size_t l = 0; l < self->k; l++) {
        const double *u = &x->sums[l * n_sets];
        const double *v = &y->sums[l * n_sets];
        for (size_t b = 0; b < n_sets; b++) {
            rest[b] -= u[b] * u[b];
            cross[b] -= u[b] * v[b];
        }
    }
    for (size_t b = 0; b < n_sets; b++) {
        double slope = cross[b] / rest[b];
        if (!(rest[b] > cancelled * squares[b])) {
            rs_bootstrap_rows(self->drawn, (uint32_t)self->n, self->ask.seed,
                              b);
            slope = slope_by_rows(self, y, x, &all, b, self->n);
        }
        if (isfinite(slope))
            self->slopes[n_valid++] = slope;
    }
    return n_valid;
}

/* The acceleration by leaving out each row; NaN when that cannot be done. */
static double find_acceleration(struct rs_bootstrap *self,
                                const struct column *y, const struct column *x,
                                double slope)
{
    double squares = 0.0;
    double cubes = 0.0;

    for (size_t i = 0; i < self->n; i++) {
        double xi = x->v[i];
        double rest = 1.0 - self->lever[i] - xi * xi;
        double change = xi * (y->v[i] - slope * xi) / rest;
        if (rest < least_rest)
            change = slope - slope_without(self, y, x, i);
        squares += change * change;
        cubes += change * change * change;
    }
    return cubes / (6.0 * squares * sqrt(squares));
}

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void find_limits(struct rs_bootstrap *self,
                        struct rs_bootstrap_limits *out, const struct column *y,
                        const struct column *x)
{
    double *const limits[] = {&out->low, &out->high, &out->bca_low,
                              &out->bca_high};
    double slope = dot(y->v, x->v, self->n);
    double unit = y->norm / x->norm;
    size_t n_valid = self->levels == NULL ? find_slopes(self, y, x)
                                          : find_level_slopes(self, y, x);

    out->n_valid = n_valid;
    if (2 * n_valid < self->n_resamples)
        return;
    rs_bootstrap_find_limits(out, self->slopes, n_valid, slope, tie,
                             find_acceleration(self, y, x, slope),
                             self->ask.conf_level);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        *limits[i] = ldexp(*limits[i] * unit, y->exponent - x->exponent);
}

/* The sums that resamples share, of what is new. */
static void find_sums(struct rs_bootstrap *self, const struct column *x,
                      bool fresh_rows, bool fresh_y, bool fresh_x)
{
    bool usable = self->y.usable && x->usable;

    if (usable)
        rs_bootstrap_want(self->sums, self->cross, self->y.v, x->v);
    rs_bootstrap_find_sums(self->sums, self->n);
    if (fresh_rows)
        rs_triangles_factorise(self->factor, self->k, self->n_resamples);
    if (fresh_y && self->y.usable)
        rs_triangles_forward(self->y.sums, self->factor, self->k,
                             self->n_resamples);
    if (fresh_x && x->usable)
        rs_triangles_forward(x->sums, self->factor, self->k, self->n_resamples);
}

void rs_bootstrap_interval(struct rs_bootstrap *self,
                           struct rs_bootstrap_limits *out, size_t y, size_t x,
                           const struct rs_fit *fit)
{
    size_t n = 0;
    bool fresh_rows = false;
    bool fresh_y = false;
    bool fresh_x = false;
    const struct column *x_column = NULL;

    *out = (struct rs_bootstrap_limits){NAN, NAN, NAN, NAN, 0};
    if (fit->outcome != RS_FIT_OK || !self->basis.finite)
        return;
    n = find_rows(self, y, x);
    if (n == 0)
        return;
    fresh_rows = set_rows(self, n);
    fresh_y = self->y.column != y;
    if (fresh_y)
        prepare(self, &self->y, y);
    x_column = take_x(self, x, &fresh_x);
    if (self->levels == NULL)
        find_sums(self, x_column, fresh_rows, fresh_y, fresh_x);
    if (self->y.usable && x_column->usable)
        find_limits(self, out, &self->y, x_column);
}
