/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_meat_missing.h"

#include "mem.h"
#include "vector_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows that are at work at once. */
enum { CHUNK = 64 };

struct rs_tile_meat_missing {
    struct rs_tile_worker *worker;
    struct rs_tile_missing *missing;
    size_t wide;
    size_t n; /* rows, filled up with such that nobody has to whole chunks */
    double *vectors;            /* [c][n] of the basis */
    double *y, *there_y;        /* [RS_BLOCK_Y][n] columns, and 1 where there */
    double *x, *there_x;        /* [n] likewise */
    double *score, *there;      /* [n] of a pair, of clusters */
    double *sums, *counts;      /* [most clusters] */
    struct rs_tile_meat *meats; /* [RS_BLOCK_Y][wide] */
};

void rs_tile_meat_missing_free(struct rs_tile_meat_missing *self)
{
    if (self == NULL)
        return;
    free(self->vectors);
    free(self->y);
    free(self->x);
    free(self->sums);
    free(self->meats);
    free(self);
}

static void copy_vectors(struct rs_tile_meat_missing *self)
{
    const struct rs_basis *basis = &self->worker->data->basis;

    for (size_t l = 0; l < basis->n_vectors; l++)
        memcpy(&self->vectors[l * self->n], &basis->vectors[l * basis->n],
               basis->n * sizeof *self->vectors);
}

enum rs_status rs_tile_meat_missing_new(struct rs_tile_meat_missing **out,
                                        struct rs_tile_worker *worker,
                                        struct rs_tile_missing *missing,
                                        size_t wide, struct rs_error *err)
{
    const struct rs_tile_data *data = worker->data;
    struct rs_tile_meat_missing *self = rs_alloc(1, sizeof *self, err);
    size_t n = (data->basis.n + CHUNK - 1) / CHUNK * CHUNK;
    size_t most = 0;

    if (self == NULL)
        return RS_ERR_NOMEM;
    for (size_t c = 0; c < data->clusters.n_splits; c++)
        if (data->clusters.splits[c].n > most)
            most = data->clusters.splits[c].n;
    self->worker = worker;
    self->missing = missing;
    self->wide = wide;
    self->n = n;
    self->vectors = rs_alloc(data->basis.n_vectors * n, sizeof(double), err);
    self->y = rs_alloc(2 * RS_BLOCK_Y * n, sizeof(double), err);
    self->x = rs_alloc(4 * n, sizeof(double), err);
    self->sums = rs_alloc(2 * most, sizeof(double), err);
    self->meats = rs_alloc(RS_BLOCK_Y * wide, sizeof *self->meats, err);
    if (self->vectors == NULL || self->y == NULL || self->x == NULL ||
        self->sums == NULL || self->meats == NULL ||
        rs_tile_missing_solve(missing, err) != RS_OK) {
        rs_tile_meat_missing_free(self);
        return RS_ERR_NOMEM;
    }
    self->there_y = self->y + RS_BLOCK_Y * n;
    self->there_x = self->x + n;
    self->score = self->there_x + n;
    self->there = self->score + n;
    self->counts = self->sums + most;
    copy_vectors(self);
    *out = self;
    return RS_OK;
}

/* ---- rows -------------------------------------------------------- */

/* What the rows of a pair follow from. */
struct pair {
    const double *vectors, *x, *y, *there_x, *there_y; /* from a row on */
    size_t n; /* from vector to vector */
    size_t c;
    const double *a_x, *a_y, *inverse; /* see tile_missing.h */
    double scale_x, scale_y;           /* to length 1 */
    double r;
};

/* Some rows of it. */
struct rows {
    double score[CHUNK];  /* x~ (y~ - r x~), */
    double square[CHUNK]; /* x~^2, */
    double left[CHUNK];   /* what leverage leaves of 1, */
    double there[CHUNK];  /* and 1 of a row that both have, else 0 */
    double weight[CHUNK];
};

/* Sums of rows that are CHUNK apart. */
struct sums {
    double meat[CHUNK], own[CHUNK], least[CHUNK];
};

/* As many as there are registers for: z, of several vectors of each machine. */
enum { LANES = 32 };

/* left: leverage by the basis, |L^-1 B_i|^2. */
RS_WIDE static void find_leverage(double *restrict left, const struct pair *p)
{
    for (size_t first = 0; first < CHUNK; first += LANES) {
        double h[LANES] = {0.0};
        const double *row = p->inverse;
        for (size_t k = 0; k < p->c; row += ++k) {
            double z[LANES] = {0.0};
            for (size_t l = 0; l <= k; l++) {
                const double *restrict b = &p->vectors[l * p->n + first];
                for (size_t i = 0; i < LANES; i++)
                    z[i] = fma(row[l], b[i], z[i]);
            }
            for (size_t i = 0; i < LANES; i++)
                h[i] = fma(z[i], z[i], h[i]);
        }
        for (size_t i = 0; i < LANES; i++)
            left[first + i] = h[i];
    }
}

RS_WIDE static void find_rows(struct rows *restrict out, const struct pair *p)
{
    for (size_t first = 0; first < CHUNK; first += LANES) {
        double x[LANES], y[LANES];
        for (size_t i = 0; i < LANES; i++) {
            x[i] = p->x[first + i];
            y[i] = p->y[first + i];
        }
        for (size_t l = 0; l < p->c; l++) {
            const double *restrict b = &p->vectors[l * p->n + first];
            double a_x = -p->a_x[l];
            double a_y = -p->a_y[l];
            for (size_t i = 0; i < LANES; i++) {
                x[i] = fma(a_x, b[i], x[i]);
                y[i] = fma(a_y, b[i], y[i]);
            }
        }
        for (size_t i = 0; i < LANES; i++) {
            double there = p->there_x[first + i] * p->there_y[first + i];
            double v = x[i] * p->scale_x * there;
            double e = fma(y[i], p->scale_y, -p->r * v);
            out->there[first + i] = there;
            out->square[first + i] = v * v;
            out->score[first + i] = v * e;
        }
    }
}

/* left: leverage of the basis before. */
RS_WIDE static void leave(struct rows *restrict rows,
                          struct sums *restrict sums)
{
    for (size_t i = 0; i < CHUNK; i++) {
        double left = 1.0 - fma(rows->there[i], rows->left[i], rows->square[i]);
        rows->left[i] = left;
        sums->least[i] = left < sums->least[i] ? left : sums->least[i];
    }
}

RS_WIDE static void add_rows(struct sums *restrict sums,
                             const struct rows *restrict rows)
{
    for (size_t i = 0; i < CHUNK; i++) {
        double score = rows->score[i];
        double square = rows->square[i];
        sums->meat[i] = fma(rows->weight[i] * score, score, sums->meat[i]);
        sums->own[i] = fma(rows->weight[i] * square, square, sums->own[i]);
    }
}

static void set_rows(struct pair *at, const struct pair *pair, size_t row)
{
    *at = *pair;
    at->vectors += row;
    at->x += row;
    at->y += row;
    at->there_x += row;
    at->there_y += row;
}

static void find_by_rows(struct rs_tile_meat *out,
                         const struct rs_tile_meat_missing *self,
                         const struct pair *pair, double mean)
{
    const struct rs_tile_way *way = self->worker->data->way;
    struct sums sums = {.least = {0.0}};

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < CHUNK; i++)
        sums.least[i] = 1.0;
    for (size_t row = 0; row < self->n; row += CHUNK) {
        struct rows rows;
        struct pair at;
        set_rows(&at, pair, row);
        find_rows(&rows, &at);
        if (way->by_leverage) {
            find_leverage(rows.left, &at);
            leave(&rows, &sums);
        }
        way->weigh(rows.weight, rows.left, CHUNK, mean);
        add_rows(&sums, &rows);
    }
    for (size_t i = 0; i < CHUNK; i++) {
        out->sum += sums.meat[i];
        out->own += sums.own[i];
        out->lost = out->lost || sums.least[i] < rs_tile_least_left;
    }
    out->size = out->sum;
}

/* ---- clusters ---------------------------------------------------- */

/* Adds the part of a split on the rows of a pair. */
static void add_split(struct rs_tile_meat *out,
                      struct rs_tile_meat_missing *self,
                      const struct rs_tile_split *split, double by_n)
{
    size_t n = self->worker->data->basis.n;
    double n_clusters = 0.0;
    double sum = 0.0;

    memset(self->sums, 0, split->n * sizeof *self->sums);
    memset(self->counts, 0, split->n * sizeof *self->counts);
    for (size_t i = 0; i < n; i++) {
        self->sums[split->of[i]] += self->score[i];
        self->counts[split->of[i]] += self->there[i];
    }
    for (size_t g = 0; g < split->n; g++) {
        sum += self->sums[g] * self->sums[g];
        n_clusters += self->counts[g] > 0.0 ? 1.0 : 0.0;
    }
    if (n_clusters < 2.0) {
        out->lost = true;
        return;
    }
    sum *= n_clusters / (n_clusters - 1.0) * by_n;
    out->sum += split->factor < 0.0 ? -sum : sum;
    out->size += sum;
    if (out->df == 0 || n_clusters - 1.0 < (double)out->df)
        out->df = (size_t)n_clusters - 1;
}

static void find_by_clusters(struct rs_tile_meat *out,
                             struct rs_tile_meat_missing *self,
                             const struct pair *pair, double n, double df)
{
    const struct rs_tile_clusters *clusters = &self->worker->data->clusters;

    memset(out, 0, sizeof *out);
    for (size_t row = 0; row < self->n; row += CHUNK) {
        struct rows rows;
        struct pair at;
        set_rows(&at, pair, row);
        find_rows(&rows, &at);
        memcpy(&self->score[row], rows.score, sizeof rows.score);
        memcpy(&self->there[row], rows.there, sizeof rows.there);
    }
    for (size_t c = 0; c < clusters->n_splits; c++)
        add_split(out, self, &clusters->splits[c], (n - 1.0) / df);
}

/* ---- pairs ------------------------------------------------------- */

/* One column out of its panel, and where it is there. */
static void unpack(double *v, double *there, const struct rs_tile_data *data,
                   const struct rs_tile_side *side, size_t ix)
{
    const struct rs_pattern *pattern =
        &data->patterns.patterns[side->columns[ix].pattern];
    const double *from = rs_tile_column(data, side, ix);
    size_t n = data->basis.n;

    for (size_t i = 0; i < n; i++) {
        v[i] = from[i * side->width];
        there[i] = 1.0;
    }
    for (size_t m = 0; m < pattern->n_missing; m++)
        there[pattern->missing[m]] = 0.0;
}

/* One pair, of y number `row` of the strip. */
static void find_meat(struct rs_tile_meat_missing *self, size_t row,
                      const struct rs_tile_column *y,
                      const struct rs_tile_column *x, size_t at)
{
    const struct rs_tile_terms *terms =
        rs_tile_missing_at(self->missing, row, at);
    const struct rs_basis *basis = &self->worker->data->basis;
    struct rs_tile_meat *out = &self->meats[row * self->wide + at];
    const double *solution = rs_tile_missing_solution(self->missing, row, at);
    double k = (double)basis->rank + 1.0;
    double n = (double)terms->n;
    struct pair pair = {
        .vectors = self->vectors,
        .x = self->x,
        .y = &self->y[row * self->n],
        .there_x = self->there_x,
        .there_y = &self->there_y[row * self->n],
        .n = self->n,
        .c = basis->n_vectors,
        .a_x = solution,
        .a_y = solution + basis->n_vectors,
        .inverse = solution + 2 * basis->n_vectors,
        .scale_x = x->norm / terms->norm_x,
        .scale_y = y->norm / terms->norm_y,
        .r = terms->r,
    };

    if (self->worker->data->way->by_cluster)
        find_by_clusters(out, self, &pair, n, n - k);
    else
        find_by_rows(out, self, &pair, k / n);
}

void rs_tile_meat_missing_strip(struct rs_tile_meat_missing *self,
                                const struct rs_tile_grid *grid,
                                const struct rs_tile *tile, size_t panel)
{
    const struct rs_tile_data *data = self->worker->data;
    size_t begin = panel * RS_BLOCK_Y;
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;

    for (size_t k = 0; k < RS_BLOCK_Y && begin + k < data->y.n; k++)
        unpack(&self->y[k * self->n], &self->there_y[k * self->n], data,
               &data->y, begin + k);
    for (size_t j = first; j < tile->x1; j++) {
        unpack(self->x, self->there_x, data, &data->x, j);
        for (size_t i = begin; i < begin + RS_BLOCK_Y && i < tile->y1; i++) {
            size_t at = j - grid->x_first;
            if (i >= tile->y0 && rs_tile_is_plain(data, i, j) &&
                !isnan(rs_tile_missing_at(self->missing, i, at)->r))
                find_meat(self, i - begin, &data->y.columns[i],
                          &data->x.columns[j], at);
        }
    }
}

const struct rs_tile_meat *
rs_tile_meat_missing_at(const struct rs_tile_meat_missing *self, size_t row,
                        size_t column)
{
    return &self->meats[row % RS_BLOCK_Y * self->wide + column];
}
