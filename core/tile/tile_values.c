/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_values.h"

#include "mem.h"
#include "tails.h"
#include "tile_bundled.h"
#include "tile_pair.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/*
 * One number of every pair as a matrix: the cells of a row of a stored tile
 * in loops over arrays, by the operations of rs_tile_assemble and
 * rs_fit_value in their order. A cell has the bits that the row of its pair
 * would show: a pair is delicate here exactly when it is delicate there,
 * whichever number is asked for. That also holds for ln p, although a small
 * |r| does not harm it: what a second pass reads out of a matrix it may look
 * up among the p of rows.
 *
 * Delicate pairs and those of columns that are not plain are fitted and
 * emitted one by one, into the same cells.
 */
enum { PIECE = 256 }; /* pairs whose arrays stay in the first-level cache */

struct rs_tile_values {
    struct rs_tile_worker *worker;
    /* [wide] of the tile's x, from grid->x_first on */
    double *norm, *mean, *size;
    double *certain; /* infinite where the column is not plain */
    double quantile; /* of t, for confidence limits */
    double count_r[PIECE], abs_r[PIECE], rest[PIECE], log_p[PIECE];
};

/* A piece of a row: n pairs from cell (i, j) on. */
struct piece {
    const struct rs_tile_column *y;
    const double *r;
    const double *norm, *mean, *size, *certain; /* of x */
    size_t i, j, n;
    double *cells;   /* [n] */
    double *count_r; /* |r| of pairs done here; -1 of others */
    double *abs_r;   /* of all */
    double *rest;    /* 1 - r^2, positive, of all */
    double *log_p;   /* where it is needed */
};

/* ---- life -------------------------------------------------------- */

enum rs_status rs_tile_values_new(struct rs_tile_values **out,
                                  struct rs_tile_worker *worker,
                                  struct rs_error *err)
{
    size_t wide = worker->wide;
    struct rs_tile_values *values = rs_alloc(1, sizeof *values, err);

    if (values == NULL)
        return RS_ERR_NOMEM;
    values->norm = rs_alloc(4 * wide, sizeof *values->norm, err);
    if (values->norm == NULL) {
        free(values);
        return RS_ERR_NOMEM;
    }
    values->worker = worker;
    values->mean = values->norm + wide;
    values->size = values->mean + wide;
    values->certain = values->size + wide;
    values->quantile = NAN;
    *out = values;
    return RS_OK;
}

void rs_tile_values_free(struct rs_tile_values *values)
{
    if (values == NULL)
        return;
    free(values->norm);
    free(values);
}

static bool can_do(int field)
{
    switch (field) {
    case RS_FIELD_N:
    case RS_FIELD_DF:
    case RS_FIELD_DF1:
    case RS_FIELD_INTERCEPT:
    case RS_FIELD_BETA:
    case RS_FIELD_SE:
    case RS_FIELD_CI_LOW:
    case RS_FIELD_CI_HIGH:
    case RS_FIELD_STAT:
    case RS_FIELD_P:
    case RS_FIELD_NEG_LOG10_P:
    case RS_FIELD_R:
    case RS_FIELD_R2:
    case RS_FIELD_SIGMA:
    case RS_VALUE_LOG_P:
        return true;
    default:
        return false;
    }
}

bool rs_tile_values_begin(struct rs_tile_values *v,
                          const struct rs_emitter *emit,
                          const struct rs_tile *tile,
                          const struct rs_tile_grid *grid)
{
    struct rs_tile_worker *w = v->worker;
    const struct rs_tile_column *columns = w->data->x.columns;
    struct rs_tile_level *level = NULL;

    if (emit->values == NULL || w->data->any_missing || !w->data->way->by_r ||
        rs_keep_some(w->env.keep) || w->env.plan->pairs == RS_PAIRS_LIST ||
        !can_do(emit->values->field))
        return false;
    level = rs_tile_level_of(w, w->data->basis.n);
    if (level == NULL || !rs_tile_has_tail(level))
        return false;
    if (isnan(v->quantile) && (emit->values->field == RS_FIELD_CI_LOW ||
                               emit->values->field == RS_FIELD_CI_HIGH))
        v->quantile = rs_t_quantile(1.0 - emit->values->conf_level, level->df);
    for (size_t j = grid->x_first; j < tile->x1; j++) {
        size_t at = j - grid->x_first;
        v->norm[at] = columns[j].norm;
        v->mean[at] = columns[j].mean;
        v->size[at] = columns[j].mean_size;
        v->certain[at] =
            columns[j].kind == RS_TILE_PLAIN ? w->certain : INFINITY;
    }
    return true;
}

/* ---- which pairs ------------------------------------------------- */

/* What judging needs beside the columns. */
struct rules {
    double least_r2;   /* -infinity without covariates: */
    bool no_intercept; /* there is no rule */
    double least_rest;
    double certain;
};

/* |r|, 1 - r^2, and which pairs are not delicate; returns how many. */
RS_WIDE_INTEGER static size_t
judge(double *restrict count_r, double *restrict abs_r, double *restrict rest,
      const struct piece *piece, const struct rules *rules)
{
    const double *restrict r = piece->r;
    const double *restrict norm = piece->norm;
    const double *restrict mean = piece->mean;
    const double *restrict size = piece->size;
    const double *restrict least_r = piece->certain;
    const struct rs_tile_column y = *piece->y;
    double certain = rules->certain;
    double least_r2 = rules->least_r2;
    double least_rest = rules->least_rest;
    double allowed = rs_tile_allowed;
    bool any = rules->no_intercept;
    size_t n_pairs = piece->n;
    size_t n = 0;

    for (size_t k = 0; k < n_pairs; k++) {
        double a = fabs(r[k]);
        double left = (1.0 - a) * (1.0 + a);
        double beta = r[k] * (y.norm / norm[k]);
        double part = beta * mean[k];
        double error = allowed * (certain / a) * fabs(part) +
                       4.0 * DBL_EPSILON * (y.mean_size + fabs(beta) * size[k]);
        double intercept = y.mean - part;
        double r2 = y.base_r2 + (1.0 - y.base_r2) * (r[k] * r[k]);
        bool fine = (left >= least_rest) & (a >= least_r[k]) &
                    (r2 >= least_r2) &
                    (any | (fabs(intercept) * allowed >= error));
        count_r[k] = fine ? a : -1.0;
        abs_r[k] = a;
        rest[k] = left > 0.0 ? left : DBL_MIN;
        n += fine ? 1 : 0;
    }
    return n;
}

/* ---- numbers ----------------------------------------------------- */

/* What numbers need beside r and the columns. */
struct terms {
    double norm_y, base_r2;
    double df;
    double quantile; /* of t, negative for the lower limit */
};

RS_WIDE static void put_beta(double *restrict out, const struct piece *piece,
                             const struct terms *terms)
{
    const double *restrict r = piece->r;
    const double *restrict norm = piece->norm;
    double norm_y = terms->norm_y;
    size_t n = piece->n;

    for (size_t k = 0; k < n; k++)
        out[k] = r[k] * (norm_y / norm[k]);
}

RS_WIDE static void put_limit(double *restrict out, const struct piece *piece,
                              const struct terms *terms)
{
    const double *restrict rest = piece->rest;
    const double *restrict r = piece->r;
    const double *restrict norm = piece->norm;
    double norm_y = terms->norm_y;
    double df = terms->df;
    double quantile = terms->quantile;
    size_t n = piece->n;

    for (size_t k = 0; k < n; k++) {
        double ratio = norm_y / norm[k];
        double se = ratio * sqrt(rest[k] / df);
        out[k] = r[k] * ratio + se * quantile;
    }
}

RS_WIDE static void put_intercept(double *restrict out,
                                  const struct piece *piece,
                                  const struct terms *terms)
{
    const double *restrict r = piece->r;
    const double *restrict norm = piece->norm;
    const double *restrict mean = piece->mean;
    double norm_y = terms->norm_y;
    double mean_y = piece->y->mean;
    size_t n = piece->n;

    for (size_t k = 0; k < n; k++)
        out[k] = mean_y - r[k] * (norm_y / norm[k]) * mean[k];
}

RS_WIDE static void put_se(double *restrict out, const struct piece *piece,
                           const struct terms *terms)
{
    const double *restrict rest = piece->rest;
    const double *restrict norm = piece->norm;
    double norm_y = terms->norm_y;
    double df = terms->df;
    size_t n = piece->n;

    for (size_t k = 0; k < n; k++)
        out[k] = norm_y / norm[k] * sqrt(rest[k] / df);
}

RS_WIDE static void put_stat(double *restrict out, const struct piece *piece,
                             const struct terms *terms)
{
    const double *restrict rest = piece->rest;
    const double *restrict r = piece->r;
    double df = terms->df;
    size_t n = piece->n;

    for (size_t k = 0; k < n; k++)
        out[k] = r[k] / sqrt(rest[k] / df);
}

RS_WIDE static void put_r2(double *restrict out, const struct piece *piece,
                           const struct terms *terms)
{
    const double *restrict r = piece->r;
    double base_r2 = terms->base_r2;
    size_t n = piece->n;

    for (size_t k = 0; k < n; k++)
        out[k] = base_r2 + (1.0 - base_r2) * (r[k] * r[k]);
}

static void put_sigma(double *out, const struct piece *piece,
                      const struct terms *terms, int exponent)
{
    for (size_t k = 0; k < piece->n; k++)
        out[k] =
            ldexp(terms->norm_y * sqrt(piece->rest[k] / terms->df), exponent);
}

static void put_constant(double *out, size_t n, double value)
{
    for (size_t k = 0; k < n; k++)
        out[k] = value;
}

/* What follows from ln p or t by functions of the library: see fields.c. */
static void convert(double *inout, size_t n, int field, double df)
{
    double (*value)(const struct rs_fit *, double) = rs_fields[field].value;
    struct rs_fit fit;

    rs_fit_clear(&fit, RS_FIT_OK, 0);
    fit.df = df;
    for (size_t k = 0; k < n; k++) {
        fit.log_p = inout[k];
        fit.stat = inout[k];
        inout[k] = value(&fit, NAN);
    }
}

/* Numbers of a normal pair; other cells hold anything. */
static void put_numbers(const struct rs_tile_values *v,
                        const struct rs_tile_level *level,
                        const struct piece *piece, int field)
{
    double *out = piece->cells;
    double sign = field == RS_FIELD_CI_LOW ? -1.0 : 1.0;
    const struct terms terms = {
        .norm_y = piece->y->norm,
        .base_r2 = piece->y->base_r2,
        .df = level->df,
        .quantile = sign * v->quantile,
    };

    switch (field) {
    case RS_FIELD_BETA:
        put_beta(out, piece, &terms);
        break;
    case RS_FIELD_CI_LOW:
    case RS_FIELD_CI_HIGH:
        put_limit(out, piece, &terms);
        break;
    case RS_FIELD_INTERCEPT:
        if (v->worker->data->basis.base.spec.intercept)
            put_intercept(out, piece, &terms);
        else
            put_constant(out, piece->n, NAN);
        break;
    case RS_FIELD_SE:
        put_se(out, piece, &terms);
        break;
    case RS_FIELD_STAT:
    case RS_FIELD_R:
        put_stat(out, piece, &terms);
        break;
    case RS_FIELD_R2:
        put_r2(out, piece, &terms);
        break;
    case RS_FIELD_SIGMA:
        put_sigma(out, piece, &terms, v->worker->data->basis.base.exponent);
        break;
    case RS_FIELD_N:
        put_constant(out, piece->n, v->worker->data->basis.base.n_all);
        break;
    case RS_FIELD_DF:
        put_constant(out, piece->n, level->df);
        break;
    case RS_FIELD_DF1:
        put_constant(out, piece->n, 1.0);
        break;
    default: /* of ln p */
        rs_tail_table_log_p(level->tail, out, piece->abs_r, piece->rest,
                            piece->n);
    }
    if (field == RS_FIELD_R || field == RS_FIELD_P ||
        field == RS_FIELD_NEG_LOG10_P)
        convert(out, piece->n, field, level->df);
}

/* ---- the tally --------------------------------------------------- */

static void count_pairs(struct rs_tally *tally, struct piece *piece,
                        const struct rs_tile_level *level)
{
    struct rs_fit fit;

    if (rs_tally_clear(tally, piece->count_r, piece->n, level->edges))
        return;
    rs_fit_clear(&fit, RS_FIT_OK, 0);
    rs_tail_table_log_p(level->tail, piece->log_p, piece->abs_r, piece->rest,
                        piece->n);
    for (size_t k = 0; k < piece->n; k++) {
        fit.log_p = piece->log_p[k];
        if (piece->count_r[k] >= 0.0)
            rs_tally_add_p(tally, &fit);
    }
}

/* Notes the p of a piece's pairs. */
static void sample_pairs(const struct rs_p_sample *sample,
                         const struct piece *piece,
                         const struct rs_tile_level *level)
{
    rs_tail_table_log_p(level->tail, piece->log_p, piece->abs_r, piece->rest,
                        piece->n);
    for (size_t k = 0; k < piece->n; k++) {
        float *cell = piece->count_r[k] >= 0.0
                          ? rs_p_sample_cell(sample, piece->i, piece->j + k)
                          : NULL;
        if (cell != NULL)
            *cell = rs_p_sample_number(-piece->log_p[k]);
    }
}

/* ---- rows -------------------------------------------------------- */

/* The pairs of a piece that have to be looked at one by one. */
static void put_others(struct rs_tile_worker *self,
                       const struct rs_emitter *emit,
                       const struct rs_tile *tile, const struct piece *piece)
{
    const struct rs_tile_data *data = self->data;

    for (size_t k = 0; k < piece->n; k++) {
        size_t j = piece->j + k;
        struct rs_tile_terms terms;
        if (piece->count_r[k] >= 0.0 ||
            (self->bundled != NULL &&
             rs_tile_bundled_number(&piece->cells[k], self->bundled, j)))
            continue;
        piece->cells[k] = NAN;
        if (!rs_plan_has(self->env.plan, piece->i, j))
            continue;
        if (!rs_tile_is_plain(data, piece->i, j)) {
            rs_tile_bundled_emit_other(self, emit, tile, piece->i, j,
                                       data->basis.n);
            continue;
        }
        rs_tile_plain_terms(&terms, self, piece->y, &data->x.columns[j],
                            piece->r[k]);
        rs_tile_emit_pair(self, emit, tile, piece->i, j, &terms, NAN);
    }
}

/* Which pairs of a piece are normal; returns how many. */
static size_t judge_piece(struct piece *piece,
                          const struct rs_tile_worker *self)
{
    const struct rs_basis *basis = &self->data->basis;
    const struct rs_plan *plan = self->env.plan;
    bool ranked = basis->base.spec.ranks != NULL;
    const struct rules rules = {
        .least_r2 = basis->adjusted && !ranked ? rs_tile_least_r2 : -INFINITY,
        .no_intercept = ranked || !basis->base.spec.intercept,
        .least_rest = self->least_rest,
        .certain = self->certain,
    };
    size_t own = plan->self_x[piece->i] - piece->j; /* y itself */
    size_t n = 0;

    if (piece->y->kind != RS_TILE_PLAIN) {
        put_constant(piece->count_r, piece->n, -1.0);
        return 0;
    }
    n = judge(piece->count_r, piece->abs_r, piece->rest, piece, &rules);
    if (own < piece->n && piece->count_r[own] >= 0.0) {
        piece->count_r[own] = -1.0;
        n--;
    }
    return n;
}

void rs_tile_values_row(struct rs_tile_values *v, const double *r,
                        const struct rs_emitter *emit,
                        const struct rs_tile *tile,
                        const struct rs_tile_grid *grid, size_t i)
{
    struct rs_tile_worker *w = v->worker;
    const struct rs_values *values = emit->values;
    const struct rs_tile_level *level = rs_tile_level_of(w, w->data->basis.n);
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;

    if (w->env.plan->pairs == RS_PAIRS_UNIQUE && first <= i)
        first = i + 1;
    if (first > tile->x1)
        first = tile->x1;
    put_constant(rs_values_cell(values, i, tile->x0), first - tile->x0, NAN);
    for (size_t j = first; j < tile->x1; j += PIECE) {
        size_t at = j - grid->x_first;
        struct piece piece = {
            .y = &w->data->y.columns[i],
            .r = &r[at],
            .norm = &v->norm[at],
            .mean = &v->mean[at],
            .size = &v->size[at],
            .certain = &v->certain[at],
            .i = i,
            .j = j,
            .n = tile->x1 - j < PIECE ? tile->x1 - j : PIECE,
            .cells = rs_values_cell(values, i, j),
            .count_r = v->count_r,
            .abs_r = v->abs_r,
            .rest = v->rest,
            .log_p = v->log_p,
        };
        size_t n = 0;
        rs_engine_between(emit);
        n = judge_piece(&piece, w);
        if (n > 0) {
            put_numbers(v, level, &piece, values->field);
            count_pairs(emit->tally, &piece, level);
            if (emit->sample != NULL)
                sample_pairs(emit->sample, &piece, level);
            emit->tally->outcomes[RS_FIT_OK] += n;
            emit->tally->kept += n;
        }
        if (n < piece.n)
            put_others(w, emit, tile, &piece);
    }
}

bool rs_tile_values_pair(const struct rs_tile_worker *self,
                         const struct rs_emitter *emit, size_t i, size_t j,
                         const struct rs_tile_terms *terms,
                         struct rs_tile_level *level)
{
    const struct rs_values *values = emit->values;
    struct rs_fit fit;

    if (values->field == RS_FIELD_P || values->field == RS_FIELD_NEG_LOG10_P ||
        values->field == RS_VALUE_LOG_P || level == NULL || level->df < 1.0 ||
        !rs_tile_assemble(&fit, self, terms, level, 0.0) ||
        !rs_tally_clear_one(emit->tally, fabs(terms->r), level->edges))
        return false;
    emit->tally->outcomes[RS_FIT_OK]++;
    emit->tally->kept++;
    rs_tile_sample(emit->sample, level, i, j, terms->r);
    *rs_values_cell(values, i, j) = rs_values_of(values, &fit);
    return true;
}
