/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_missing.h"

#include "cholesky.h"
#include "mem.h"
#include "tile_groups.h"
#include "vector_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Missing values, pairwise: each pair on the rows that both columns have.
 *
 * The residual of each column was made over the column's own rows, with 0 in
 * the others; so the product of two of them is the sum over the common rows
 * R. There they are not quite of length 1 any more, nor orthogonal to the
 * basis B. With
 *     b = B_R' x~,  s = x~_R' x~_R,  G = B_R'B_R = L L',  u = L^-1 b
 * (for y alike) the regression on the common rows is
 *     x~'x~ = s - u_x'u_x,   x~'y~ = product - u_x'u_y.
 * As x~ is orthogonal to B over its own rows, b and s differ from 0 and 1 by
 * sums over the rows that only the partner misses: few terms, and none of
 * them is lost by subtraction. What depends on the partner's pattern alone
 * is computed once for each pattern. An absorbed factor is taken out of all
 * these sums: see tile_groups.h.
 */

/* Less than this of a residual on the common rows: too few digits. */
static const double least_residual = 1e-2;

/* Sums of a column over the rows that a partner's pattern leaves: b and s. */
struct rs_tile_missing {
    const struct rs_tile_worker *worker;
    size_t wide;                   /* columns that a strip has at most */
    size_t c;                      /* vectors of the basis */
    size_t n_sums;                 /* c + 1 */
    bool adjusted;                 /* there are covariates */
    struct rs_tile_groups *groups; /* one factor is absorbed; NULL */
    double *s_y, *s_x;             /* [nodes] its levels' sums, of columns */
    uint32_t *rows;                /* [n] of the dataset, of the basis's */
    double *y_sums; /* [n_x groups][n_sums][RS_BLOCK_Y] of the strip's y */
    double *x_sums; /* [RS_BLOCK_Y][n_sums][wide] of the tile's x */
    size_t sums_of[RS_BLOCK_Y]; /* which x_sums a y of the strip has */

    /* the tile's x by pattern */
    uint32_t *group_of; /* [n_patterns] group + 1; 0: none */
    uint32_t *patterns; /* [n_groups] */
    size_t n_groups;
    size_t *starts;  /* [n_groups + 1] into members */
    size_t *members; /* [tile columns] columns of c */

    struct rs_tile_terms *terms;         /* [RS_BLOCK_Y][wide] */
    struct rs_tile_solutions *solutions; /* NULL: not wanted */

    /* a pair of patterns */
    double *gram, *factor; /* [c][c] */
    double *level;         /* [c] L^-1 times the basis's levels */
    double *u_x, *u_y, *b; /* [c] */
};

/* ---- life -------------------------------------------------------- */

/* What one absorbed factor needs. */
static enum rs_status groups_new(struct rs_tile_missing *m,
                                 const struct rs_basis *basis,
                                 struct rs_error *err)
{
    const struct rs_base_columns *base = &basis->base;
    size_t n_nodes = 0;
    size_t at = 0;

    if (base->absorb == NULL || rs_absorb_n_factors(base->absorb) > 1)
        return RS_OK;
    n_nodes = rs_absorb_n_nodes(base->absorb);
    m->groups = rs_alloc(1, sizeof *m->groups, err);
    m->s_y = rs_alloc(n_nodes, sizeof *m->s_y, err);
    m->s_x = rs_alloc(n_nodes, sizeof *m->s_x, err);
    m->rows = rs_alloc(basis->n, sizeof *m->rows, err);
    if (m->groups == NULL || m->s_y == NULL || m->s_x == NULL ||
        m->rows == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < base->n_rows; i++)
        if (rs_rows_has(base->rows, i))
            m->rows[at++] = (uint32_t)i;
    return rs_tile_groups_init(m->groups, basis, err);
}

enum rs_status rs_tile_missing_new(struct rs_tile_missing **out,
                                   struct rs_tile_worker *worker, size_t wide,
                                   struct rs_error *err)
{
    const struct rs_tile_data *data = worker->data;
    const struct rs_basis *basis = &data->basis;
    size_t c = basis->n_vectors;
    struct rs_tile_missing *m = rs_alloc(1, sizeof *m, err);

    if (m == NULL)
        return RS_ERR_NOMEM;
    m->worker = worker;
    m->wide = wide;
    m->c = c;
    m->n_sums = c + 1;
    m->adjusted = basis->adjusted;
    m->y_sums = rs_alloc(wide * m->n_sums * RS_BLOCK_Y, sizeof(double), err);
    m->x_sums = rs_alloc(RS_BLOCK_Y * m->n_sums * wide, sizeof(double), err);
    m->group_of = rs_alloc(data->patterns.n_patterns, sizeof *m->group_of, err);
    m->patterns = rs_alloc(wide, sizeof *m->patterns, err);
    m->starts = rs_alloc(wide + 1, sizeof *m->starts, err);
    m->members = rs_alloc(wide, sizeof *m->members, err);
    m->terms = rs_alloc(RS_BLOCK_Y * wide, sizeof *m->terms, err);
    m->gram = rs_alloc(2 * c * c + 4 * c, sizeof(double), err);
    if (m->y_sums == NULL || m->x_sums == NULL || m->group_of == NULL ||
        m->patterns == NULL || m->starts == NULL || m->members == NULL ||
        m->terms == NULL || m->gram == NULL ||
        groups_new(m, basis, err) != RS_OK) {
        rs_tile_missing_free(m);
        return RS_ERR_NOMEM;
    }
    m->factor = m->gram + c * c;
    m->level = m->factor + c * c;
    m->u_x = m->level + c;
    m->u_y = m->u_x + c;
    m->b = m->u_y + c;
    *out = m;
    return RS_OK;
}

void rs_tile_missing_free(struct rs_tile_missing *m)
{
    if (m == NULL)
        return;
    if (m->groups != NULL)
        rs_tile_groups_clear(m->groups);
    free(m->groups);
    free(m->s_y);
    free(m->s_x);
    free(m->rows);
    free(m->y_sums);
    free(m->x_sums);
    free(m->group_of);
    free(m->patterns);
    free(m->starts);
    free(m->members);
    free(m->terms);
    free(m->gram);
    free(m);
}

void rs_tile_missing_solve(struct rs_tile_missing *m,
                           struct rs_tile_solutions *solutions)
{
    m->solutions = solutions;
}

/* ---- the tile's patterns ----------------------------------------- */

void rs_tile_missing_begin(struct rs_tile_missing *m,
                           const struct rs_tile_grid *grid,
                           const struct rs_tile *tile)
{
    const struct rs_tile_column *columns = m->worker->data->x.columns;
    size_t first = tile->x0 > grid->x_first ? tile->x0 : grid->x_first;
    size_t at = 0;
    size_t n_members = 0;

    for (size_t g = 0; g < m->n_groups; g++)
        m->group_of[m->patterns[g]] = 0;
    m->n_groups = 0;
    memset(m->starts, 0, (m->wide + 1) * sizeof *m->starts);
    for (size_t j = first; j < tile->x1; j++) {
        uint32_t *group = &m->group_of[columns[j].pattern];
        if (columns[j].kind == RS_TILE_BUNDLE)
            continue;
        if (*group == 0) {
            m->patterns[m->n_groups] = columns[j].pattern;
            *group = (uint32_t)++m->n_groups;
        }
        m->starts[*group]++;
    }
    for (size_t g = 0; g < m->n_groups; g++)
        m->starts[g + 1] += m->starts[g];
    n_members = m->starts[m->n_groups];
    for (size_t j = tile->x1; j-- > first;) {
        /* from behind: starts[group] is the end of the group before it */
        size_t group = m->group_of[columns[j].pattern];
        if (columns[j].kind == RS_TILE_BUNDLE)
            continue;
        at = --m->starts[group];
        m->members[at] = j - grid->x_first;
    }
    for (size_t g = 0; g < m->n_groups; g++) /* back to where they began */
        m->starts[g] = m->starts[g + 1];
    m->starts[m->n_groups] = n_members;
}

/* ---- sums over a pattern's missing rows -------------------------- */

/* out = sum over rows of factor[row] v[row][0..8) */
RS_WIDE static void sum_rows(double *restrict out, const double *restrict v,
                             size_t stride, const uint32_t *restrict rows,
                             size_t n, const double *restrict factor)
{
    double sum[8] = {0.0};

    for (size_t k = 0; k < n; k++) {
        const double *row = &v[rows[k] * stride];
        double f = factor[rows[k]];
        for (size_t l = 0; l < 8; l++)
            sum[l] += row[l] * f;
    }
    memcpy(out, sum, sizeof sum);
}

/* out = sum over rows of v[row][0..8) squared */
RS_WIDE static void sum_squares(double *restrict out, const double *restrict v,
                                size_t stride, const uint32_t *restrict rows,
                                size_t n)
{
    double sum[8] = {0.0};

    for (size_t k = 0; k < n; k++) {
        const double *row = &v[rows[k] * stride];
        for (size_t l = 0; l < 8; l++)
            sum[l] += row[l] * row[l];
    }
    memcpy(out, sum, sizeof sum);
}

void rs_tile_leave_sums(double *out, size_t gap, const double *v, size_t stride,
                        const struct rs_pattern *pattern,
                        const struct rs_basis *basis)
{
    size_t c = basis->n_vectors;

    for (size_t l = 0; l < c; l++) {
        sum_rows(&out[l * gap], v, stride, pattern->missing, pattern->n_missing,
                 &basis->vectors[l * basis->n]);
        for (size_t w = 0; w < 8; w++)
            out[l * gap + w] = -out[l * gap + w];
    }
    sum_squares(&out[c * gap], v, stride, pattern->missing, pattern->n_missing);
    for (size_t w = 0; w < 8; w++)
        out[c * gap + w] = 1.0 - out[c * gap + w];
}

/* ---- pairs of patterns ------------------------------------------- */

/* The rows that two patterns have in common. */
struct common {
    size_t n;
    size_t level; /* n and the levels of the absorbed factor that are lost */
    double log_weight;
    bool sound; /* gram, factor, level of the workspace are there */
};

/* gram += sum over the rows that both miss of B_i B_i'. */
static void add_missed_twice(struct rs_tile_missing *m, struct common *out,
                             const struct rs_basis *basis,
                             const struct rs_pattern *y,
                             const struct rs_pattern *x)
{
    size_t n_words = rs_bit_words(basis->n);
    size_t c = m->c;

    for (size_t w = 0; w < n_words; w++) {
        uint64_t both = ~(y->bits[w] | x->bits[w]);
        if (w + 1 == n_words && basis->n % 64 != 0)
            both &= ((uint64_t)1 << (basis->n % 64)) - 1;
        for (; both != 0; both &= both - 1) {
            size_t i = 64 * w + (size_t)__builtin_ctzll(both);
            const double *v = &basis->vectors[i];
            out->n++;
            out->log_weight += basis->log_weights[i];
            for (size_t a = 0; a < c; a++)
                for (size_t b = 0; b <= a; b++)
                    m->gram[a * c + b] += v[a * basis->n] * v[b * basis->n];
        }
    }
}

static void meet(struct common *out, struct rs_tile_missing *m,
                 const struct rs_basis *basis, const struct rs_pattern *y,
                 const struct rs_pattern *x)
{
    size_t c = m->c;

    out->n = y->n + x->n - basis->n;
    out->log_weight = y->log_weight + x->log_weight - basis->log_weight;
    for (size_t a = 0; a < c; a++)
        for (size_t b = 0; b <= a; b++)
            m->gram[a * c + b] =
                y->gram[a * c + b] + x->gram[a * c + b] - (a == b ? 1.0 : 0.0);
    if (y->n_missing > 0 && x->n_missing > 0)
        add_missed_twice(m, out, basis, y, x);
    for (size_t a = 0; a < c; a++)
        for (size_t b = 0; b < a; b++)
            m->gram[b * c + a] = m->gram[a * c + b];
    memcpy(m->factor, m->gram, c * c * sizeof *m->gram);
    memcpy(m->level, basis->level, c * sizeof *m->level);
    out->level = out->n;
    out->sound = true;
    if (m->groups != NULL) {
        rs_tile_groups_meet(m->groups, y, x);
        rs_tile_groups_gram(m->groups, m->factor);
        rs_tile_groups_level(m->groups, m->level);
        out->level += m->groups->n_lost;
        out->sound = m->groups->sound;
    }
    out->sound = out->sound && rs_cholesky(m->factor, c, rs_least_pivot);
    if (out->sound)
        rs_cholesky_forward(m->level, m->factor, m->level, c);
}

/* ---- pairs ------------------------------------------------------- */

/* A column over the common rows. */
struct part {
    double share;    /* of the square of its length, in these rows, */
    double residual; /* and of it, by the regression; NaN: too little */
    double norm, mean, size;
    double base_r2; /* of y; NaN: too few digits */
};

/* A column in a pair, and its sums over the rows that the partner leaves. */
struct side {
    const struct rs_tile_column *column;
    const double *v; /* its rows are `step` apart */
    size_t step;
    const struct rs_pattern *partner;
    double *b; /* [c] */
    double s;
};

/* S_g of a column, in the levels that the first n places have, which leave
 * its other sums. Returns the mean in the reference's rows. */
static double leave_levels(struct rs_tile_missing *m, double *sums, size_t n,
                           struct side *side)
{
    rs_tile_groups_sum(m->groups, sums, n, side->v, side->step, side->partner);
    rs_tile_groups_products(m->groups, side->b, sums, n);
    side->s -= rs_tile_groups_inner(m->groups, sums, sums, n);
    return rs_tile_groups_reference(m->groups, sums, n);
}

/* u  out  [c]; shift  in  of the mean, besides */
static inline void find_part(struct part *out, double *u,
                             const struct rs_tile_missing *m,
                             const struct side *side, double shift)
{
    const struct rs_tile_column *column = side->column;

    rs_cholesky_forward(u, m->factor, side->b, m->c);
    out->residual = side->s;
    for (size_t l = 0; l < m->c; l++) {
        out->residual -= u[l] * u[l];
        shift += m->level[l] * u[l];
    }
    if (!(out->residual > least_residual))
        out->residual = NAN;
    out->share = side->s;
    out->norm = column->norm * sqrt(out->residual);
    out->mean = column->mean + column->norm * shift;
    out->size = column->mean_size + fabs(column->norm * shift);
    out->base_r2 = 0.0;
}

/* Part of the squares of y about its mean over the common rows that the
 * covariates explain. coefs: of y on the basis, over its own rows. */
static double find_base_r2(const struct rs_tile_missing *m,
                           const struct part *part, const struct side *side,
                           const double *coefs)
{
    double norm = side->column->norm;
    double squares = norm * norm * side->s;
    double first = 0.0; /* sum with vector 0 */

    for (size_t l = 0; l < m->c; l++) {
        double sum = 0.0;
        for (size_t k = 0; k < m->c; k++)
            sum += m->gram[l * m->c + k] * coefs[k];
        squares += coefs[l] * (sum + 2.0 * norm * side->b[l]);
        if (l == 0)
            first = sum + norm * side->b[0];
    }
    if (m->worker->data->basis.n_levels > 0)
        squares -= first * first / m->gram[0];
    return 1.0 - part->norm * part->norm / squares;
}

/* The same beside an absorbed factor, from the column itself: its squares
 * about its mean, less the rows that are missing. NaN: too few digits. */
static double find_whole_r2(const struct rs_tile_missing *m,
                            const struct part *part, size_t y_ix,
                            const struct rs_pattern *partner)
{
    const struct rs_tile_data *data = m->worker->data;
    const struct rs_base_columns *base = &data->basis.base;
    const struct rs_tile_column *y = &data->y.columns[y_ix];
    const struct rs_pattern *own = &data->patterns.patterns[y->pattern];
    const double *values =
        base->spec.data->columns[m->worker->env.plan->y[y_ix]].values;
    double squares = y->squares;
    double sum = 0.0;
    double weight = own->weight;

    for (size_t k = 0; k < partner->n_missing; k++) {
        uint32_t row = partner->missing[k];
        double root = base->root == NULL ? 1.0 : base->root[row];
        double value = 0.0;
        if (!rs_rows_has(own->bits, row))
            continue;
        value = ((values[m->rows[row]] - y->shift) - y->rest) * root;
        squares -= value * value;
        sum += value * root;
        weight -= root * root;
    }
    if (base->spec.intercept)
        squares -= sum * sum / weight;
    if (!(squares > least_residual * y->squares))
        return NAN;
    return 1.0 - part->norm * part->norm / squares;
}

static void no_terms(struct rs_tile_terms *out, size_t n)
{
    memset(out, 0, sizeof *out);
    out->r = NAN;
    out->n = n;
}

/* The terms of a pair from the parts of its columns. */
static void put_terms(struct rs_tile_terms *out,
                      const struct rs_tile_missing *m,
                      const struct common *common, const struct part *y,
                      const struct part *x, double product)
{
    double length = sqrt(x->residual * y->residual);

    out->r = product / length;
    out->certain = m->worker->certain / length;
    out->length = length;
    out->shares = x->share * y->share;
    out->norm_y = y->norm;
    out->norm_x = x->norm;
    out->mean_y = y->mean;
    out->mean_x = x->mean;
    out->size_y = y->size;
    out->size_x = x->size;
    out->base_r2 = y->base_r2;
    out->log_weight = common->log_weight;
    out->n = common->n;
    out->level = common->level;
    if (isnan(y->base_r2))
        out->r = NAN;
}

/* The part of y beside absorbed factors. */
static void find_absorbed_y(struct part *out, struct rs_tile_missing *m,
                            size_t y_ix, struct side *y)
{
    double shift = 0.0;

    if (m->groups != NULL)
        shift = leave_levels(m, m->s_y, m->groups->n_touched, y);
    find_part(out, m->u_y, m, y, shift);
    if (m->groups == NULL && y->partner->n_missing > 0)
        out->base_r2 = NAN; /* several factors: for the exact engine */
    else
        out->base_r2 = find_whole_r2(m, out, y_ix, y->partner);
}

/* The part of y in all pairs of a pattern of x. */
static inline void find_part_y(struct part *out, struct rs_tile_missing *m,
                               size_t y_ix, struct side *y)
{
    const struct rs_tile_data *data = m->worker->data;

    if (data->basis.base.absorb != NULL) {
        find_absorbed_y(out, m, y_ix, y);
        return;
    }
    find_part(out, m->u_y, m, y, 0.0);
    if (m->adjusted)
        out->base_r2 = find_base_r2(m, out, y, &data->y.coefs[y_ix * m->c]);
}

/* The terms of a pair, y's part known. */
static inline void pair_one(struct rs_tile_terms *out,
                            struct rs_tile_missing *m,
                            const struct common *common,
                            const struct part *part_y, struct side *x,
                            double product)
{
    struct part part_x;
    double shift = 0.0;

    if (m->groups != NULL) { /* y's levels are the first touched */
        size_t n = m->groups->n_first;
        shift = leave_levels(m, m->s_x, n, x);
        product -= rs_tile_groups_inner(m->groups, m->s_x, m->s_y, n);
    }
    find_part(&part_x, m->u_x, m, x, shift);
    for (size_t l = 0; l < m->c; l++)
        product -= m->u_x[l] * m->u_y[l];
    put_terms(out, m, common, part_y, &part_x, product);
}

/* Whether a cell of a y with the members of a group of x is looked at. */
static bool wants(const struct rs_tile_missing *m,
                  const struct rs_tile_grid *grid, size_t y_ix, size_t group)
{
    for (size_t k = m->starts[group]; k < m->starts[group + 1]; k++)
        if (rs_tile_wants(m->worker, y_ix, grid->x_first + m->members[k]))
            return true;
    return false;
}

/* One y of the strip with the members of one group of x. */
static void pair_up(struct rs_tile_missing *m, const double *c,
                    const struct common *common, size_t y_ix, size_t group,
                    const struct rs_tile_grid *grid)
{
    const struct rs_tile_data *data = m->worker->data;
    const struct rs_pattern *patterns = data->patterns.patterns;
    const struct rs_tile_column *column_y = &data->y.columns[y_ix];
    size_t row = y_ix % RS_BLOCK_Y;
    size_t wide = m->wide;
    const double *sums = &m->y_sums[group * m->n_sums * RS_BLOCK_Y + row];
    const double *x_sums = &m->x_sums[m->sums_of[row] * m->n_sums * wide];
    const double *products = &c[(y_ix - grid->y_first) * wide];
    struct side y = {.column = column_y,
                     .v = rs_tile_column(data, &data->y, y_ix),
                     .step = data->y.width,
                     .partner = &patterns[m->patterns[group]],
                     .b = m->b,
                     .s = sums[m->c * RS_BLOCK_Y]};
    struct part part_y;

    for (size_t l = 0; l < m->c; l++)
        m->b[l] = sums[l * RS_BLOCK_Y];
    find_part_y(&part_y, m, y_ix, &y);
    if (m->solutions != NULL)
        rs_tile_solutions_set(m->solutions, m->factor);
    for (size_t k = m->starts[group]; k < m->starts[group + 1]; k++) {
        size_t at = m->members[k];
        size_t x_ix = grid->x_first + at;
        if (!rs_tile_wants(m->worker, y_ix, x_ix))
            continue;
        struct side x = {.column = &data->x.columns[x_ix],
                         .v = rs_tile_column(data, &data->x, x_ix),
                         .step = data->x.width,
                         .partner = &patterns[column_y->pattern],
                         .b = m->b,
                         .s = x_sums[m->c * wide + at]};
        for (size_t l = 0; l < m->c; l++)
            m->b[l] = x_sums[l * wide + at];
        pair_one(&m->terms[row * wide + at], m, common, &part_y, &x,
                 products[at]);
        if (m->solutions != NULL)
            rs_tile_solutions_keep(m->solutions, row, at, m->u_x, m->u_y);
    }
}

/* b and s of one column over the rows that a pattern leaves, in the order in
 * which sums of whole panels are made. */
static void leave_one(struct side *side, const struct rs_basis *basis)
{
    const struct rs_pattern *pattern = side->partner;
    const double *v = side->v;
    size_t step = side->step;
    double squares = 0.0;

    for (size_t l = 0; l < basis->n_vectors; l++) {
        const double *vector = &basis->vectors[l * basis->n];
        double sum = 0.0;
        for (size_t m = 0; m < pattern->n_missing; m++)
            sum += v[pattern->missing[m] * step] * vector[pattern->missing[m]];
        side->b[l] = -sum;
    }
    for (size_t m = 0; m < pattern->n_missing; m++) {
        double value = v[pattern->missing[m] * step];
        squares += value * value;
    }
    side->s = 1.0 - squares;
}

/* Enough rows, and enough left on them, for plain arithmetic. */
static bool is_sound(const struct rs_tile_missing *m,
                     const struct common *common)
{
    return common->sound && common->level >= m->worker->data->basis.rank + 2 &&
           common->n >= m->worker->env.spec->min_n;
}

bool rs_tile_missing_pair(struct rs_tile_terms *out, struct rs_tile_missing *m,
                          size_t y_ix, size_t x_ix,
                          const struct rs_tile_two *two)
{
    const struct rs_tile_data *data = m->worker->data;
    const struct rs_tile_column *y = &data->y.columns[y_ix];
    const struct rs_tile_column *x = &data->x.columns[x_ix];
    const struct rs_pattern *patterns = data->patterns.patterns;
    struct side side_y = {y,    two->y, two->y_step, &patterns[x->pattern],
                          m->b, 0.0};
    struct side side_x = {x,    two->x, two->x_step, &patterns[y->pattern],
                          m->b, 0.0};
    struct common common;
    struct part part_y;

    meet(&common, m, &data->basis, side_x.partner, side_y.partner);
    no_terms(out, common.n);
    if (!is_sound(m, &common) || y->kind != RS_TILE_PLAIN ||
        x->kind != RS_TILE_PLAIN)
        return false;
    leave_one(&side_y, &data->basis);
    find_part_y(&part_y, m, y_ix, &side_y);
    leave_one(&side_x, &data->basis);
    pair_one(out, m, &common, &part_y, &side_x, two->product);
    return !isnan(out->r);
}

/* The sums of all x of the tile over the rows that a y's pattern leaves. */
static void sum_x(struct rs_tile_missing *m, const struct rs_tile_grid *grid,
                  size_t y_ix)
{
    const struct rs_tile_data *data = m->worker->data;
    const struct rs_pattern *pattern =
        &data->patterns.patterns[data->y.columns[y_ix].pattern];
    size_t n_columns = (grid->block1 - grid->block0) * m->worker->block_x;
    double *out = &m->x_sums[y_ix % RS_BLOCK_Y * m->n_sums * m->wide];

    for (size_t at = 0; at < n_columns; at += 8) {
        size_t ix = grid->x_first + at;
        if (rs_tile_grid_wants(grid, y_ix / RS_BLOCK_Y,
                               ix / m->worker->block_x))
            rs_tile_leave_sums(&out[at], m->wide,
                               rs_tile_column(data, &data->x, ix),
                               data->x.width, pattern, &data->basis);
    }
}

/* The x sums for y i: those of an earlier y of the strip that has the same
 * pattern, or new ones. */
static void find_x_sums(struct rs_tile_missing *m,
                        const struct rs_tile_grid *grid, size_t begin, size_t i)
{
    const struct rs_tile_column *y = m->worker->data->y.columns;
    size_t row = i % RS_BLOCK_Y;

    m->sums_of[row] = row;
    for (size_t k = begin; k < i; k++)
        if (y[k].pattern == y[i].pattern) {
            m->sums_of[row] = k % RS_BLOCK_Y;
            return;
        }
    sum_x(m, grid, i);
}

void rs_tile_missing_strip(struct rs_tile_missing *m, const double *c,
                           const struct rs_tile_grid *grid,
                           const struct rs_tile *tile, size_t panel)
{
    const struct rs_tile_data *data = m->worker->data;
    const struct rs_pattern *patterns = data->patterns.patterns;
    size_t first = panel * RS_BLOCK_Y;
    const double *y = rs_tile_column(data, &data->y, first);
    size_t begin = first > tile->y0 ? first : tile->y0;
    size_t end = first + RS_BLOCK_Y < tile->y1 ? first + RS_BLOCK_Y : tile->y1;

    for (size_t g = 0; g < m->n_groups; g++)
        rs_tile_leave_sums(&m->y_sums[g * m->n_sums * RS_BLOCK_Y], RS_BLOCK_Y,
                           y, data->y.width, &patterns[m->patterns[g]],
                           &data->basis);
    for (size_t i = begin; i < end && m->n_groups > 0; i++)
        find_x_sums(m, grid, begin, i);
    for (size_t i = begin; i < end; i++)
        for (size_t g = 0; g < m->n_groups; g++) {
            struct common common;
            if (!wants(m, grid, i, g))
                continue;
            meet(&common, m, &data->basis,
                 &patterns[data->y.columns[i].pattern],
                 &patterns[m->patterns[g]]);
            if (is_sound(m, &common)) {
                pair_up(m, c, &common, i, g, grid);
                continue;
            }
            for (size_t k = m->starts[g]; k < m->starts[g + 1]; k++)
                no_terms(&m->terms[(i - first) * m->wide + m->members[k]],
                         common.n);
        }
}

const struct rs_tile_terms *rs_tile_missing_at(const struct rs_tile_missing *m,
                                               size_t row, size_t column)
{
    return &m->terms[row % RS_BLOCK_Y * m->wide + column];
}
