/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_meat_missing.h"

#include "mem.h"
#include "two_columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rs_tile_meat_missing {
    struct rs_tile_worker *worker;
    struct rs_tile_missing *missing;
    struct rs_tile_solutions solutions;
    size_t wide;
    size_t n; /* rows, filled up with such that nobody has to RS_ROWS_UNIT */
    double *vectors;            /* [c][n] of the basis */
    double *y;                  /* [RS_BLOCK_Y][n] columns */
    double *x;                  /* [n] likewise */
    double *score;              /* [n] of a pair, of clusters */
    double *slope;              /* [2][c] of a pair */
    double *sums, *counts;      /* [most clusters] */
    struct rs_tile_meat *meats; /* [RS_BLOCK_Y][wide] */
};

void rs_tile_meat_missing_free(struct rs_tile_meat_missing *self)
{
    if (self == NULL)
        return;
    rs_tile_solutions_clear(&self->solutions);
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
    size_t n = (data->basis.n + RS_ROWS_UNIT - 1) / RS_ROWS_UNIT * RS_ROWS_UNIT;
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
    self->vectors =
        rs_alloc(data->basis.n_vectors * (n + 2), sizeof(double), err);
    self->y = rs_alloc(RS_BLOCK_Y * n, sizeof(double), err);
    self->x = rs_alloc(2 * n, sizeof(double), err);
    self->sums = rs_alloc(2 * most, sizeof(double), err);
    self->meats = rs_alloc(RS_BLOCK_Y * wide, sizeof *self->meats, err);
    if (self->vectors == NULL || self->y == NULL || self->x == NULL ||
        self->sums == NULL || self->meats == NULL ||
        rs_tile_solutions_init(&self->solutions, data->basis.n_vectors, wide,
                               err) != RS_OK) {
        rs_tile_meat_missing_free(self);
        return RS_ERR_NOMEM;
    }
    self->slope = self->vectors + data->basis.n_vectors * n;
    self->score = self->x + n;
    self->counts = self->sums + most;
    copy_vectors(self);
    rs_tile_missing_solve(missing, &self->solutions);
    *out = self;
    return RS_OK;
}

/* ---- rows -------------------------------------------------------- */

/* A pair of the strip. */
struct pair {
    struct rs_two_columns two;
    struct rs_tile_meat *meat;
    double n;     /* rows that both have */
    double least; /* of what leverage leaves */
};

/* By a way whose weights are no power of what leverage leaves. */
static void weigh_pair(struct pair *pair, const struct rs_tile_way *way,
                       double k)
{
    for (size_t first = 0; first < pair->two.n; first += RS_ROWS_UNIT) {
        double score[RS_ROWS_UNIT], left[RS_ROWS_UNIT], weight[RS_ROWS_UNIT];
        rs_two_columns_rows(score, left, &pair->two, first);
        way->weigh(weight, left, RS_ROWS_UNIT, k / pair->n);
        for (size_t i = 0; i < RS_ROWS_UNIT; i++) {
            pair->least = fmin(pair->least, left[i]);
            pair->meat->sum += weight[i] * score[i] * score[i];
        }
    }
}

/* Rows that are at work at once, of all pairs of an x: what they share stays in
 * the first-level cache. */
enum { CHUNK = 256 };

static void find_by_rows(struct pair *pairs, size_t n_pairs,
                         const struct rs_tile_worker *w, size_t n)
{
    const struct rs_tile_way *way = w->data->way;
    double k = (double)w->data->basis.rank + 1.0;

    for (size_t p = 0; p < n_pairs && way->weigh != NULL; p++)
        weigh_pair(&pairs[p], way, k);
    for (size_t first = 0; first < n && way->weigh == NULL; first += CHUNK)
        for (size_t p = 0; p < n_pairs; p++) {
            size_t end = first + CHUNK < n ? first + CHUNK : n;
            double least = 1.0;
            pairs[p].meat->sum += rs_two_columns_meat(
                &least, &pairs[p].two, (struct rs_two_rows){first, end},
                way->power, w->kernel);
            pairs[p].least = fmin(pairs[p].least, least);
        }
    for (size_t p = 0; p < n_pairs; p++) {
        struct rs_tile_meat *meat = pairs[p].meat;
        double most = 1.0 - pairs[p].least; /* x~^2 is no more */
        if (rs_tile_by_leverage(way)) {
            most /= pairs[p].least * pairs[p].least;
            meat->lost = !(pairs[p].least >= rs_tile_least_left);
        }
        meat->own = most;
        meat->size = meat->sum + meat->own;
        meat->by_rows = true;
    }
}

/* ---- clusters ---------------------------------------------------- */

/* Rows of a pair in each cluster: of all, those that one of both misses are
 * few. */
static void count_rows(double *counts, const struct rs_tile_split *split,
                       const struct rs_two_columns *two, size_t n)
{
    for (size_t g = 0; g < split->n; g++)
        counts[g] =
            (double)(split->ends[g] - (g == 0 ? 0 : split->ends[g - 1]));
    for (size_t first = 0; first < n; first += 64) {
        uint64_t none = ~(two->has_x[first / 64] & two->has_y[first / 64]);
        if (n - first < 64)
            none &= ((uint64_t)1 << (n - first)) - 1;
        for (; none != 0; none &= none - 1)
            counts[split->of[first + (size_t)__builtin_ctzll(none)]] -= 1.0;
    }
}

/* Adds the part of a split on the rows of a pair. */
static void add_split(struct rs_tile_meat_missing *self,
                      const struct pair *pair,
                      const struct rs_tile_split *split, double by_n)
{
    struct rs_tile_meat *out = pair->meat;
    size_t n = self->worker->data->basis.n;
    const uint32_t *of = split->of;
    const double *score = self->score;
    double *sums = self->sums;
    double n_clusters = 0.0;
    double sum = 0.0;

    memset(sums, 0, split->n * sizeof *sums);
#pragma GCC unroll 8
    for (size_t i = 0; i < n; i++)
        sums[of[i]] += score[i];
    count_rows(self->counts, split, &pair->two, n);
    for (size_t g = 0; g < split->n; g++) {
        sum += sums[g] * sums[g];
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

static void find_by_clusters(struct rs_tile_meat_missing *self,
                             const struct pair *pair)
{
    const struct rs_tile_data *data = self->worker->data;
    double k = (double)data->basis.rank + 1.0;

    rs_two_columns_scores(self->score, self->slope, &pair->two);
    for (size_t c = 0; c < data->clusters.n_splits; c++)
        add_split(self, pair, &data->clusters.splits[c],
                  (pair->n - 1.0) / (pair->n - k));
}

/* ---- pairs ------------------------------------------------------- */

/* One column out of its panel. */
static void unpack(double *v, const struct rs_tile_data *data,
                   const struct rs_tile_side *side, size_t ix)
{
    const double *from = rs_tile_column(data, side, ix);
    size_t n = data->basis.n;

    for (size_t i = 0; i < n; i++)
        v[i] = from[i * side->width];
}

/* y number `row` of the strip with the x that is unpacked, at column `at`. */
static void set_pair(struct pair *out, struct rs_tile_meat_missing *self,
                     size_t row, const struct rs_tile_column *y,
                     const struct rs_tile_column *x, size_t at)
{
    const struct rs_tile_terms *terms =
        rs_tile_missing_at(self->missing, row, at);
    const double *solution = rs_tile_solutions_at(&self->solutions, row, at);
    const struct rs_tile_data *data = self->worker->data;
    const struct rs_pattern *patterns = data->patterns.patterns;
    size_t c = data->basis.n_vectors;

    out->two = (struct rs_two_columns){
        .x = self->x,
        .y = &self->y[row * self->n],
        .has_x = patterns[x->pattern].bits,
        .has_y = patterns[y->pattern].bits,
        .vectors = self->vectors,
        .stride = self->n,
        .c = c,
        .inverse = solution + 2 * c,
        .u_x = solution,
        .u_y = solution + c,
        .scale_x = x->norm / terms->norm_x,
        .scale_y = y->norm / terms->norm_y,
        .r = terms->r,
        .n = self->n,
    };
    out->meat = &self->meats[row * self->wide + at];
    memset(out->meat, 0, sizeof *out->meat);
    out->n = (double)terms->n;
    out->least = 1.0;
}

void rs_tile_meat_missing_strip(struct rs_tile_meat_missing *self,
                                const struct rs_tile_grid *grid,
                                const struct rs_tile *tile, size_t panel)
{
    const struct rs_tile_data *data = self->worker->data;
    size_t begin = panel * RS_BLOCK_Y;
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;

    for (size_t k = 0; k < RS_BLOCK_Y && begin + k < data->y.n; k++)
        unpack(&self->y[k * self->n], data, &data->y, begin + k);
    for (size_t j = first; j < tile->x1; j++) {
        struct pair pairs[RS_BLOCK_Y];
        size_t at = j - grid->x_first;
        size_t n = 0;
        if (!rs_tile_grid_wants(grid, panel, j / self->worker->block_x))
            continue;
        unpack(self->x, data, &data->x, j);
        for (size_t i = begin; i < begin + RS_BLOCK_Y && i < tile->y1; i++)
            if (i >= tile->y0 && rs_tile_is_plain(data, i, j) &&
                rs_tile_wants(self->worker, i, j) &&
                !isnan(rs_tile_missing_at(self->missing, i, at)->r))
                set_pair(&pairs[n++], self, i - begin, &data->y.columns[i],
                         &data->x.columns[j], at);
        if (!data->way->by_cluster)
            find_by_rows(pairs, n, self->worker, self->n);
        for (size_t p = 0; p < n && data->way->by_cluster; p++)
            find_by_clusters(self, &pairs[p]);
    }
}

const struct rs_tile_meat *
rs_tile_meat_missing_at(const struct rs_tile_meat_missing *self, size_t row,
                        size_t column)
{
    return &self->meats[row % RS_BLOCK_Y * self->wide + column];
}
