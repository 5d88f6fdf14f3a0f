/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap_levels.h"

#include "mem.h"
#include "triangles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* As in bootstrap_rows.c. */
static const double cancelled = 1e-6;
static const double least_part = 1e-24;

struct rs_bootstrap_levels {
    size_t k; /* vectors now */
    struct rs_bootstrap_rows_of rows;
    uint32_t *counts; /* [n] how often the sample has each row */
    double *weight;   /* [n_nodes] */
    double *means;    /* [n_nodes][k + 2] of the vectors, x and y */
    double *values;   /* [k + 2] of a row, less the means */
    double *gram;     /* [k (k + 1) / 2] */
    double *u, *v;    /* [k] */
    double *a, *b;    /* [k] */
};

/* Sums of a sample about the means of its levels. */
struct sums {
    double squares; /* of x as it is */
    double xx, xy;
};

enum rs_status rs_bootstrap_levels_new(struct rs_bootstrap_levels **out,
                                       size_t n_max, size_t n_nodes, size_t k,
                                       struct rs_error *err)
{
    struct rs_bootstrap_levels *self = rs_alloc(1, sizeof *self, err);

    *out = NULL;
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->k = k;
    self->counts = rs_alloc(n_max, sizeof *self->counts, err);
    self->weight = rs_alloc(n_nodes, sizeof *self->weight, err);
    self->means = rs_alloc(n_nodes * (k + 2), sizeof *self->means, err);
    self->values =
        rs_alloc(k * (k + 1) / 2 + 5 * k + 2, sizeof *self->values, err);
    if (self->counts == NULL || self->weight == NULL || self->means == NULL ||
        self->values == NULL) {
        rs_bootstrap_levels_free(self);
        return RS_ERR_NOMEM;
    }
    self->u = self->values + k + 2;
    self->v = self->u + k;
    self->a = self->v + k;
    self->b = self->a + k;
    self->gram = self->b + k;
    *out = self;
    return RS_OK;
}

void rs_bootstrap_levels_free(struct rs_bootstrap_levels *self)
{
    if (self == NULL)
        return;
    free(self->counts);
    free(self->weight);
    free(self->means);
    free(self->values);
    free(self);
}

static double root_of(const struct rs_bootstrap_levels *self, size_t i)
{
    return self->rows.root == NULL ? 1.0 : self->rows.root[i];
}

void rs_bootstrap_levels_set(struct rs_bootstrap_levels *self,
                             const struct rs_bootstrap_rows_of *rows, size_t k,
                             double *q, double *lever)
{
    size_t n = rows->n;

    self->rows = *rows;
    self->k = k;
    memset(self->weight, 0, rows->n_nodes * sizeof *self->weight);
    for (size_t i = 0; i < n; i++)
        self->weight[rows->nodes[i]] += root_of(self, i) * root_of(self, i);
    for (size_t i = 0; i < n; i++)
        lever[i] =
            root_of(self, i) * root_of(self, i) / self->weight[rows->nodes[i]];
    for (size_t l = 0; l < self->k; l++) {
        double *vector = &q[l * rows->n_padded];
        memset(self->means, 0, rows->n_nodes * sizeof *self->means);
        for (size_t i = 0; i < n; i++)
            self->means[rows->nodes[i]] += root_of(self, i) * vector[i];
        for (size_t i = 0; i < n; i++)
            vector[i] -= root_of(self, i) * self->means[rows->nodes[i]] /
                         self->weight[rows->nodes[i]];
    }
}

void rs_bootstrap_levels_use(struct rs_bootstrap_levels *self, size_t k)
{
    self->k = k;
}

/* Vectors, x and y of a row, as they are. */
static void take_row(const struct rs_bootstrap_levels *self, double *out,
                     size_t i, const double *x, const double *y,
                     const double *q)
{
    for (size_t l = 0; l < self->k; l++)
        out[l] = q[l * self->rows.n_padded + i];
    out[self->k] = x[i];
    out[self->k + 1] = y[i];
}

static void find_means(struct rs_bootstrap_levels *self, const double *x,
                       const double *y, const double *q)
{
    size_t width = self->k + 2;

    memset(self->weight, 0, self->rows.n_nodes * sizeof *self->weight);
    memset(self->means, 0, self->rows.n_nodes * width * sizeof *self->means);
    for (size_t i = 0; i < self->rows.n; i++) {
        double *sums = &self->means[self->rows.nodes[i] * width];
        double root = root_of(self, i);
        double times = (double)self->counts[i];
        if (self->counts[i] == 0)
            continue;
        take_row(self, self->values, i, x, y, q);
        self->weight[self->rows.nodes[i]] += times * root * root;
        for (size_t l = 0; l < width; l++)
            sums[l] += times * root * self->values[l];
    }
    for (size_t g = 0; g < self->rows.n_nodes; g++)
        for (size_t l = 0; l < width && self->weight[g] > 0.0; l++)
            self->means[g * width + l] /= self->weight[g];
}

/* A row less the means of its level, to self->values. */
static const double *centred(struct rs_bootstrap_levels *self, size_t i,
                             const double *x, const double *y, const double *q)
{
    size_t width = self->k + 2;
    const double *means = &self->means[self->rows.nodes[i] * width];

    take_row(self, self->values, i, x, y, q);
    for (size_t l = 0; l < width; l++)
        self->values[l] -= root_of(self, i) * means[l];
    return self->values;
}

static void find_products(struct rs_bootstrap_levels *self, struct sums *sums,
                          const double *x, const double *y, const double *q)
{
    size_t k = self->k;

    *sums = (struct sums){0.0, 0.0, 0.0};
    memset(self->gram, 0, k * (k + 1) / 2 * sizeof *self->gram);
    memset(self->u, 0, k * sizeof *self->u);
    memset(self->v, 0, k * sizeof *self->v);
    for (size_t i = 0; i < self->rows.n; i++) {
        double times = (double)self->counts[i];
        const double *row = NULL;
        if (self->counts[i] == 0)
            continue;
        row = centred(self, i, x, y, q);
        for (size_t l = 0; l < k; l++) {
            double value = times * row[l];
            for (size_t j = 0; j <= l; j++)
                self->gram[rs_triangle_corner(l, j)] += value * row[j];
            self->u[l] += value * row[k];
            self->v[l] += value * row[k + 1];
        }
        sums->squares += times * x[i] * x[i];
        sums->xx += times * row[k] * row[k];
        sums->xy += times * row[k] * row[k + 1];
    }
}

static double slope_by_rows(struct rs_bootstrap_levels *self, const double *x,
                            const double *y, const double *q, double squares)
{
    size_t k = self->k;
    double xx = 0.0;
    double xy = 0.0;

    rs_triangles_backward(self->a, self->u, self->gram, k, 1, 0);
    rs_triangles_backward(self->b, self->v, self->gram, k, 1, 0);
    for (size_t i = 0; i < self->rows.n; i++) {
        const double *row = NULL;
        double x_left = 0.0;
        double y_left = 0.0;
        if (self->counts[i] == 0)
            continue;
        row = centred(self, i, x, y, q);
        x_left = row[k];
        y_left = row[k + 1];
        for (size_t l = 0; l < k; l++) {
            x_left -= row[l] * self->a[l];
            y_left -= row[l] * self->b[l];
        }
        xx += self->counts[i] * x_left * x_left;
        xy += self->counts[i] * x_left * y_left;
    }
    return xx > least_part * squares ? xy / xx : NAN;
}

double rs_bootstrap_levels_slope(struct rs_bootstrap_levels *self,
                                 const uint32_t *drawn, size_t n_drawn,
                                 const double *x, const double *y,
                                 const double *q)
{
    struct sums sums;

    memset(self->counts, 0, self->rows.n * sizeof *self->counts);
    for (size_t i = 0; i < n_drawn; i++) {
        const uint32_t *rows = NULL;
        size_t n = rs_bootstrap_unit_rows(&rows, self->rows.units, &drawn[i]);
        for (size_t r = 0; r < n; r++)
            self->counts[rows[r]]++;
    }
    find_means(self, x, y, q);
    find_products(self, &sums, x, y, q);
    rs_triangles_factorise(self->gram, self->k, 1);
    rs_triangles_forward(self->u, self->gram, self->k, 1);
    rs_triangles_forward(self->v, self->gram, self->k, 1);
    for (size_t l = 0; l < self->k; l++) {
        sums.xx -= self->u[l] * self->u[l];
        sums.xy -= self->u[l] * self->v[l];
    }
    return sums.xx > cancelled * sums.squares
               ? sums.xy / sums.xx
               : slope_by_rows(self, x, y, q, sums.squares);
}
