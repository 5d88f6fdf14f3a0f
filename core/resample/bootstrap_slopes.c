/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap_shared.h"

#include "bootstrap_limits.h"

#include <math.h>
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

/* ---- slopes ------------------------------------------------------ */

/* Matrices L and vectors u = L^-1 sum q x~, v likewise of y~, of n_sets
 * samples. */
struct systems {
    const double *factor, *u, *v;
    size_t n_sets;
};

/* Sums of what a sample leaves of x and y. */
struct rest {
    double squares; /* of x~ */
    double xx, xy;
};

/* Adds a row, of which self->a and b take a part out. */
static void add_row(const struct rs_bootstrap *self, struct rest *rest,
                    const double *y, const double *x, size_t row)
{
    size_t padded = rs_bootstrap_padded(self->n);
    double x_left = x[row];
    double y_left = y[row];

    rest->squares += x_left * x_left;
    for (size_t l = 0; l < self->n_q; l++) {
        x_left -= self->q[l * padded + row] * self->a[l];
        y_left -= self->q[l * padded + row] * self->b[l];
    }
    rest->xx += x_left * x_left;
    rest->xy += x_left * y_left;
}

/* The slope on the first n of self->drawn, sample s of systems, from
 * residuals; NaN when there is none. */
static double slope_by_rows(struct rs_bootstrap *self, const double *y,
                            const double *x, const struct systems *systems,
                            size_t s, size_t n)
{
    struct rest rest = {0.0, 0.0, 0.0};

    rs_triangles_backward(self->a, systems->u, systems->factor, self->n_q,
                          systems->n_sets, s);
    rs_triangles_backward(self->b, systems->v, systems->factor, self->n_q,
                          systems->n_sets, s);
    for (size_t i = 0; i < n; i++) {
        const uint32_t *rows = NULL;
        size_t n_rows =
            rs_bootstrap_unit_rows(&rows, &self->units, &self->drawn[i]);
        for (size_t r = 0; r < n_rows; r++)
            add_row(self, &rest, y, x, rows[r]);
    }
    return rest.xx > least_part * rest.squares ? rest.xy / rest.xx : NAN;
}

/* Takes a unit out of the sums of the whole sample: to self->less, u and v,
 * as systems, and *rest. */
static void take_out(struct rs_bootstrap *self, struct rest *rest,
                     const double *y, const double *x, uint32_t unit)
{
    size_t padded = rs_bootstrap_padded(self->n);
    size_t k = self->n_q;
    const uint32_t *rows = NULL;
    size_t n = rs_bootstrap_unit_rows(&rows, &self->units, &unit);

    memcpy(self->less, self->gram, k * (k + 1) / 2 * sizeof *self->less);
    memset(self->u, 0, k * sizeof *self->u); /* x~ is orthogonal to all */
    memcpy(self->v, self->on_y, k * sizeof *self->v);
    for (size_t r = 0; r < n; r++) {
        size_t row = rows[r];
        for (size_t i = 0; i < k; i++) {
            double q = self->q[i * padded + row];
            for (size_t j = 0; j <= i; j++)
                self->less[rs_triangle_corner(i, j)] -=
                    q * self->q[j * padded + row];
            self->u[i] -= q * x[row];
            self->v[i] -= q * y[row];
        }
        rest->xx -= x[row] * x[row];
        rest->xy -= x[row] * y[row];
    }
    rs_triangles_factorise(self->less, k, 1);
    rs_triangles_forward(self->u, self->less, k, 1);
    rs_triangles_forward(self->v, self->less, k, 1);
    for (size_t i = 0; i < k; i++) {
        rest->xx -= self->u[i] * self->u[i];
        rest->xy -= self->u[i] * self->v[i];
    }
}

/* The slope without a unit; NaN when there is none.
 * slope  in  of the whole sample */
static double slope_without(struct rs_bootstrap *self, const double *y,
                            const double *x, double slope, uint32_t unit)
{
    const struct systems one = {self->less, self->u, self->v, 1};
    struct rest rest = {1.0, 1.0, slope};
    size_t n = 0;

    for (uint32_t u = 0; u < self->units.n; u++)
        if (u != unit)
            self->drawn[n++] = u;
    if (self->levels != NULL)
        return rs_bootstrap_levels_slope(self->levels, self->drawn, n, x, y,
                                         self->q);
    take_out(self, &rest, y, x, unit);
    return self->units.grouped && rest.xx > cancelled
               ? rest.xy / rest.xx
               : slope_by_rows(self, y, x, &one, 0, n);
}

/* Resample b, to self->drawn. */
static void draw(struct rs_bootstrap *self, uint64_t b)
{
    rs_bootstrap_rows(self->drawn, (uint32_t)self->units.n, self->ask.seed, b);
}

/* The slopes of all resamples beside an absorbed factor, resample by resample.
 */
static size_t find_level_slopes(struct rs_bootstrap *self, const double *y,
                                const double *x)
{
    size_t n_valid = 0;

    for (size_t b = 0; b < self->n_resamples; b++) {
        double slope = 0.0;
        draw(self, b);
        slope = rs_bootstrap_levels_slope(self->levels, self->drawn,
                                          self->units.n, x, y, self->q);
        if (isfinite(slope))
            self->slopes[n_valid++] = slope;
    }
    return n_valid;
}

/* The slopes of all resamples that have one, in units of length 1; returns
 * how many. */
static size_t find_slopes(struct rs_bootstrap *self,
                          const struct rs_bootstrap_column *x,
                          const double *residual)
{
    size_t n_sets = self->n_resamples;
    const double *u = rs_bootstrap_row_of_sums(self, x, x->n_beside);
    const double *squares = &u[self->n_q * n_sets];
    const double *v = self->y.sums;
    const struct systems all = {self->factor, u, v, n_sets};
    double *rest = self->slopes;
    double *cross = self->cross;
    size_t n_valid = 0;

    memcpy(rest, squares, n_sets * sizeof *rest);
    for (size_t l = 0; l < self->n_q; l++)
        for (size_t b = 0; b < n_sets; b++) {
            rest[b] -= u[l * n_sets + b] * u[l * n_sets + b];
            cross[b] -= u[l * n_sets + b] * v[l * n_sets + b];
        }
    for (size_t b = 0; b < n_sets; b++) {
        double slope = cross[b] / rest[b];
        if (!(rest[b] > cancelled * squares[b])) {
            draw(self, b);
            slope = slope_by_rows(self, self->y.v, residual, &all, b,
                                  self->units.n);
        }
        if (isfinite(slope))
            self->slopes[n_valid++] = slope;
    }
    return n_valid;
}

/* ---- limits ------------------------------------------------------ */

/* By how much the slope changes without a row; y is what the vectors of the
 * basis leave, of which those beside x take a part out. */
static double change_of_row(const struct rs_bootstrap *self, const double *y,
                            const double *x, double slope, size_t i,
                            double *rest)
{
    size_t padded = rs_bootstrap_padded(self->n);
    double y_left = y[i];

    *rest = 1.0 - self->lever[i];
    for (size_t l = self->k; l < self->n_q; l++) {
        double q = self->q[l * padded + i];
        y_left -= q * self->on_y[l];
        *rest -= q * q;
    }
    *rest -= x[i] * x[i];
    return x[i] * (y_left - slope * x[i]) / *rest;
}

/* The acceleration by leaving out each unit; NaN when that cannot be done. */
static double find_acceleration(struct rs_bootstrap *self, const double *y,
                                const double *x, double slope)
{
    double squares = 0.0;
    double cubes = 0.0;

    for (uint32_t i = 0; i < self->units.n; i++) {
        double rest = 0.0;
        double change = self->units.grouped
                            ? 0.0
                            : change_of_row(self, y, x, slope, i, &rest);
        if (rest < least_rest)
            change = slope - slope_without(self, y, x, slope, i);
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

void rs_bootstrap_limits_of(struct rs_bootstrap *self,
                            struct rs_bootstrap_limits *out,
                            const struct rs_bootstrap_column *x)
{
    double *const limits[] = {&out->low, &out->high, &out->bca_low,
                              &out->bca_high};
    size_t padded = rs_bootstrap_padded(self->n);
    const double *y = self->y.v;
    const double *residual = &x->v[x->n_beside * padded];
    double slope = dot(y, residual, self->n);
    double unit = self->y.norm / x->norm;
    size_t n_valid = 0;

    for (size_t l = self->k; l < self->n_q; l++)
        self->on_y[l] = dot(&self->q[l * padded], y, self->n);
    n_valid = self->levels == NULL ? find_slopes(self, x, residual)
                                   : find_level_slopes(self, y, residual);
    out->n_valid = n_valid;
    if (2 * n_valid < self->n_resamples)
        return;
    rs_bootstrap_find_limits(out, self->slopes, n_valid, slope, tie,
                             find_acceleration(self, y, residual, slope),
                             self->ask.conf_level);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        *limits[i] = ldexp(*limits[i] * unit, self->y.exponent - x->exponent);
}
