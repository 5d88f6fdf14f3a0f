/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_bundle_missing.h"

#include "mem.h"
#include "tile_missing.h"
#include "vector_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * On the common rows R of y and x neither the basis B, nor the vectors Q of
 * x, nor the residual y~ of y are orthonormal any more. Their Gram matrix
 *     B'B          Q'B  Q'Q          y~'B  y~'Q  y~'y~
 * differs from what it was by the rows that are missing: those of x's pattern
 * and of y's in B'B, those of y's in what Q meets, those of x's in y~'B and
 * y~'y~; and y~'Q is the product of columns with zeros in missing rows. Its
 * Cholesky factor L gives all: v = L^-1 [B Q]'y~ are the parts of y~ along
 * the vectors made orthonormal again, and L^-1 times their values at the
 * origin are those of the new ones. (Weights are in B, Q and y~.)
 *
 * LANES bundles of a stack are treated at once, entry (i, j) of their
 * matrices side by side.
 */
enum { LANES = 8, PARTNERS = 4 };

/* As in tile_missing.c: less than this of a vector, or of y's residual, on
 * the common rows has too few digits. */
static const double least_residual = 1e-2;

struct rs_tile_bundle_missing {
    struct rs_tile_worker *worker;
    size_t c;      /* vectors of the basis */
    size_t most;   /* panels of a stack */
    size_t n_gram; /* entries of B'B: a triangle; n_q_gram: of the rows below */
    size_t n_q_gram;
    struct rs_tile_bundle_range range;

    /* the tile's patterns of x */
    uint32_t *group_of; /* [n_patterns] group + 1; 0: none */
    uint32_t *patterns; /* [n_groups] */
    uint32_t *groups;   /* [cells] of each bundle */
    size_t n_groups;
    /* of LANES bundles side by side, [cells / LANES] */
    double *x_gram;  /* [n_gram][LANES] B'B over x's rows */
    double *origins; /* [c + most][LANES] values of B and Q at the origin */
    double *q_gram;  /* [n_q_gram][LANES] Q'B and Q'Q over the rows that has */
    uint32_t last;   /* this pattern of y; UINT32_MAX: none */
    double *y_sums;  /* [n_groups][c + 1][RS_BLOCK_Y] y~'B and y~'y~ */

    /* a y, and LANES bundles */
    double *left;   /* [c + most][n][LANES] rows that y misses: B, then Q */
    double *basis;  /* [n_gram][LANES] B'B */
    double *gram;   /* [(c + most + 2) rows, a triangle][LANES] */
    double *pivots; /* [c + most][LANES] */
    struct common {
        size_t n;
        double log_weight;
    } common[LANES];

    struct rs_tile_bundle_common *commons; /* [cells] */
};

static inline size_t corner(size_t i, size_t j)
{
    return (i * (i + 1) / 2 + j) * LANES;
}

/* ---- life -------------------------------------------------------- */

void rs_tile_bundle_missing_free(struct rs_tile_bundle_missing *m)
{
    if (m == NULL)
        return;
    free(m->group_of);
    free(m->patterns);
    free(m->groups);
    free(m->x_gram);
    free(m->origins);
    free(m->q_gram);
    free(m->y_sums);
    free(m->left);
    free(m->gram);
    free(m->basis);
    free(m->pivots);
    free(m->commons);
    free(m);
}

enum rs_status rs_tile_bundle_missing_new(struct rs_tile_bundle_missing **out,
                                          struct rs_tile_worker *worker,
                                          size_t cells, struct rs_error *err)
{
    const struct rs_tile_data *data = worker->data;
    size_t n = data->basis.n;
    size_t c = data->basis.n_vectors;
    struct rs_tile_bundle_missing *m = rs_alloc(1, sizeof *m, err);
    size_t all = 0;

    if (m == NULL)
        return RS_ERR_NOMEM;
    m->worker = worker;
    m->c = c;
    m->most = rs_tile_most_panels(&data->bundles.doubles);
    all = c + m->most;
    m->n_gram = c * (c + 1) / 2;
    m->n_q_gram = all * (all + 1) / 2 - m->n_gram;
    m->group_of = rs_alloc(data->patterns.n_patterns, sizeof *m->group_of, err);
    m->patterns = rs_alloc(cells, sizeof *m->patterns, err);
    m->groups = rs_alloc(cells, sizeof *m->groups, err);
    m->x_gram = rs_alloc(cells * m->n_gram, sizeof(double), err);
    m->y_sums = rs_alloc(cells * (c + 1) * RS_BLOCK_Y, sizeof(double), err);
    m->origins = rs_alloc(cells * all, sizeof(double), err);
    m->q_gram = rs_alloc(cells * m->n_q_gram, sizeof(double), err);
    /* PARTNERS are read, wanted or not */
    m->left = rs_alloc((all + PARTNERS) * n * LANES, sizeof(double), err);
    m->gram = rs_alloc(corner(all + 2, 0), sizeof(double), err);
    m->basis = rs_alloc(m->n_gram * LANES, sizeof(double), err);
    m->pivots = rs_alloc(all * LANES, sizeof(double), err);
    m->commons = rs_alloc(cells, sizeof *m->commons, err);
    if (m->group_of == NULL || m->patterns == NULL || m->groups == NULL ||
        m->x_gram == NULL || m->origins == NULL || m->q_gram == NULL ||
        m->y_sums == NULL || m->left == NULL || m->gram == NULL ||
        m->basis == NULL || m->pivots == NULL || m->commons == NULL) {
        rs_tile_bundle_missing_free(m);
        return RS_ERR_NOMEM;
    }
    *out = m;
    return RS_OK;
}

const struct rs_tile_bundle_common *
rs_tile_bundle_missing_at(const struct rs_tile_bundle_missing *m, size_t at)
{
    return &m->commons[at];
}

/* ---- the tile ---------------------------------------------------- */

static const struct rs_pattern *
pattern_of(const struct rs_tile_bundle_missing *m, size_t b)
{
    const struct rs_tile_data *data = m->worker->data;

    return &data->patterns.patterns[data->bundles.bundles[b].pattern];
}

/* What a bundle has at its place among the lanes: B'B over its rows, and
 * values at the origin. */
static void put_bundle(struct rs_tile_bundle_missing *m, size_t at, size_t b)
{
    const struct rs_tile_bundles *bundles = &m->worker->data->bundles;
    const struct rs_basis *basis = &m->worker->data->basis;
    const struct rs_tile_bundle *bundle = &bundles->bundles[b];
    const struct rs_tile_stack *stack =
        &bundles->doubles.stacks[b / bundles->doubles.width];
    const struct rs_pattern *pattern = pattern_of(m, b);
    double *gram = &m->x_gram[at / LANES * m->n_gram * LANES + at % LANES];
    double *origins =
        &m->origins[at / LANES * (m->c + m->most) * LANES + at % LANES];

    for (size_t i = 0; i < m->c; i++) {
        origins[i * LANES] = basis->level[i];
        for (size_t j = 0; j <= i; j++)
            gram[corner(i, j)] = pattern->gram[i * m->c + j];
    }
    for (size_t k = 0; k < m->most; k++)
        origins[(m->c + k) * LANES] = 0.0;
    for (size_t k = 0; k < bundle->n_beside + bundle->n_tested; k++)
        origins[(m->c + rs_tile_stack_place(stack, bundle, k)) * LANES] =
            bundles->vectors[b * bundles->most + k].origin;
}

void rs_tile_bundle_missing_begin(struct rs_tile_bundle_missing *m,
                                  const struct rs_tile_bundle_range *range)
{
    const struct rs_tile_bundles *bundles = &m->worker->data->bundles;
    size_t base = range->stack0 * bundles->doubles.width;

    for (size_t g = 0; g < m->n_groups; g++)
        m->group_of[m->patterns[g]] = 0;
    m->n_groups = 0;
    m->last = UINT32_MAX;
    m->range = *range;
    for (size_t b = range->first; b < range->end; b++) {
        uint32_t pattern = bundles->bundles[b].pattern;
        uint32_t *group = &m->group_of[pattern];
        if (*group == 0) {
            m->patterns[m->n_groups] = pattern;
            *group = (uint32_t)++m->n_groups;
        }
        m->groups[b - base] = *group - 1;
        put_bundle(m, b - base, b);
    }
}

/* y~'B and y~'y~ of the strip's y over the rows of each pattern of x. */
static void sum_strip(struct rs_tile_bundle_missing *m, size_t i)
{
    const struct rs_tile_data *data = m->worker->data;
    const double *y =
        rs_tile_column(data, &data->y, i / RS_BLOCK_Y * RS_BLOCK_Y);

    for (size_t g = 0; g < m->n_groups; g++)
        rs_tile_leave_sums(&m->y_sums[g * (m->c + 1) * RS_BLOCK_Y], RS_BLOCK_Y,
                           y, data->y.width,
                           &data->patterns.patterns[m->patterns[g]],
                           &data->basis);
}

/* ---- rows that y misses ------------------------------------------ */

/* The vectors of the basis in them, the same in all lanes. */
static void leave_basis(struct rs_tile_bundle_missing *m,
                        const struct rs_pattern *y)
{
    const struct rs_basis *basis = &m->worker->data->basis;

    for (size_t l = 0; l < m->c; l++) {
        double *out = &m->left[l * y->n_missing * LANES];
        for (size_t k = 0; k < y->n_missing; k++)
            for (size_t lane = 0; lane < LANES; lane++)
                out[k * LANES + lane] =
                    basis->vectors[l * basis->n + y->missing[k]];
    }
}

/* Lanes of one panel in them. */
RS_WIDE static void take_rows(double *restrict out, const double *restrict v,
                              size_t width, const uint32_t *restrict rows,
                              size_t n)
{
    for (size_t k = 0; k < n; k++)
        for (size_t lane = 0; lane < LANES; lane++)
            out[k * LANES + lane] = v[rows[k] * width + lane];
}

/* out[p] = whole[p] - sum over rows of a b[p], for PARTNERS neighbours b, n
 * rows each; those of the last ones that are not wanted are of any. */
RS_WIDE static void leave_products(double *restrict out,
                                   const double *restrict a,
                                   const double *restrict b, size_t n,
                                   size_t n_partners)
{
    double sum[PARTNERS][LANES] = {{0.0}};

    for (size_t k = 0; k < n; k++)
        for (size_t p = 0; p < PARTNERS; p++)
            for (size_t lane = 0; lane < LANES; lane++)
                sum[p][lane] +=
                    a[k * LANES + lane] * b[(p * n + k) * LANES + lane];
    for (size_t p = 0; p < n_partners; p++)
        for (size_t lane = 0; lane < LANES; lane++)
            out[p * LANES + lane] = -sum[p][lane];
}

/*
 * Q'B and Q'Q over the rows that y has, of LANES bundles.
 * out  out  [n_q_gram][LANES]
 * v    in   their first panel, the others behind it
 */
static void leave_vectors(double *out, struct rs_tile_bundle_missing *m,
                          const double *v, size_t n_panels,
                          const struct rs_pattern *y)
{
    size_t width = m->worker->data->bundles.doubles.width;
    size_t n = m->worker->data->basis.n;
    size_t rows = y->n_missing * LANES;

    for (size_t k = 0; k < n_panels; k++)
        take_rows(&m->left[(m->c + k) * rows], &v[k * n * width], width,
                  y->missing, y->n_missing);
    for (size_t i = m->c; i < m->c + n_panels; i++) {
        double *row = &out[corner(i, 0) - m->n_gram * LANES];
        for (size_t j = 0; j <= i; j += PARTNERS)
            leave_products(&row[j * LANES], &m->left[i * rows],
                           &m->left[j * rows], y->n_missing,
                           i + 1 - j < PARTNERS ? i + 1 - j : PARTNERS);
        for (size_t lane = 0; lane < LANES; lane++)
            row[i * LANES + lane] += 1.0;
    }
}

/* The same of all bundles of the tile, unless the y before had this pattern. */
static void leave_tile(struct rs_tile_bundle_missing *m, uint32_t pattern)
{
    const struct rs_tile_data *data = m->worker->data;
    const struct rs_tile_stacks *stacks = &data->bundles.doubles;
    const struct rs_pattern *y = &data->patterns.patterns[pattern];
    double *out = m->q_gram;

    if (pattern == m->last)
        return;
    m->last = pattern;
    leave_basis(m, y);
    for (size_t s = m->range.stack0; s < m->range.stack1; s++) {
        const struct rs_tile_stack *stack = &stacks->stacks[s];
        const double *v = (const double *)stacks->panels.base +
                          stack->panel * data->basis.n * stacks->width;
        for (size_t lane = 0; lane < stacks->width; lane += LANES) {
            leave_vectors(out, m, v + lane, stack->n_beside + stack->n_tested,
                          y);
            out += m->n_q_gram * LANES;
        }
    }
}

/* ---- rows that both miss ----------------------------------------- */

/* What they are to lane `lane`: B'B, and the rows. */
static void miss_twice(struct rs_tile_bundle_missing *m, size_t lane,
                       const struct rs_pattern *y, const struct rs_pattern *x)
{
    const struct rs_basis *basis = &m->worker->data->basis;
    struct common *common = &m->common[lane];
    size_t n_words = rs_bit_words(basis->n);

    common->n = y->n + x->n - basis->n;
    common->log_weight = y->log_weight + x->log_weight - basis->log_weight;
    if (y->n_missing == 0 || x->n_missing == 0)
        return;
    for (size_t w = 0; w < n_words; w++) {
        uint64_t both = ~(y->bits[w] | x->bits[w]);
        if (w + 1 == n_words && basis->n % 64 != 0)
            both &= ((uint64_t)1 << (basis->n % 64)) - 1;
        for (; both != 0; both &= both - 1) {
            size_t row = 64 * w + (size_t)__builtin_ctzll(both);
            const double *v = &basis->vectors[row];
            common->n++;
            common->log_weight += basis->log_weights[row];
            for (size_t i = 0; i < m->c; i++)
                for (size_t j = 0; j <= i; j++)
                    m->basis[corner(i, j) + lane] +=
                        v[i * basis->n] * v[j * basis->n];
        }
    }
}

/* B'B over the common rows: those of each, less all, and once more those that
 * both miss. at: of the first of LANES bundles */
static void find_basis(struct rs_tile_bundle_missing *m, size_t at,
                       const struct rs_pattern *y)
{
    size_t base = m->range.stack0 * m->worker->data->bundles.doubles.width;
    const double *x_gram = &m->x_gram[at * m->n_gram];

    for (size_t i = 0; i < m->c; i++)
        for (size_t j = 0; j <= i; j++) {
            size_t entry = corner(i, j);
            double less = y->gram[i * m->c + j] - (i == j ? 1.0 : 0.0);
            for (size_t lane = 0; lane < LANES; lane++)
                m->basis[entry + lane] = less + x_gram[entry + lane];
        }
    for (size_t lane = 0; lane < LANES && base + at + lane < m->range.end;
         lane++)
        if (base + at + lane >= m->range.first)
            miss_twice(m, lane, y, pattern_of(m, base + at + lane));
}

/* ---- the matrices ------------------------------------------------ */

/*
 * Cholesky of the first n of n_rows rows, the others being taken along; on
 * the diagonal is the inverse of L's, 0 of a pivot that is none.
 * pivots  out  [n][LANES]
 */
RS_WIDE static void factorise(double *restrict g, double *restrict pivots,
                              size_t n, size_t n_rows)
{
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j <= i && j < n; j++) {
            double *to = &g[corner(i, j)];
            const double *a = &g[corner(i, 0)];
            const double *b = &g[corner(j, 0)];
            double sum[LANES];
            for (size_t lane = 0; lane < LANES; lane++)
                sum[lane] = to[lane];
            for (size_t k = 0; k < j; k++)
                for (size_t lane = 0; lane < LANES; lane++)
                    sum[lane] -= a[k * LANES + lane] * b[k * LANES + lane];
            if (i == j)
                for (size_t lane = 0; lane < LANES; lane++) {
                    pivots[i * LANES + lane] = sum[lane];
                    to[lane] = 1.0 / sqrt(sum[lane]);
                }
            else
                for (size_t lane = 0; lane < LANES; lane++)
                    to[lane] = sum[lane] * g[corner(j, j) + lane];
        }
}

/* ---- pairs ------------------------------------------------------- */

/* A pair: its lane of the factor. */
struct lane {
    const double *v;      /* y's row, LANES apart */
    const double *origin; /* the row of values at the origin, likewise */
    const double *pivots; /* likewise */
    size_t y_ix, b;
    double s; /* of y~, on the common rows */
};

/* Part of the squares of y about its mean that the covariates explain: as in
 * tile_missing.c. residual: what they leave of y~ */
static double find_base_r2(const struct rs_tile_bundle_missing *m,
                           const struct lane *lane, const double *gram,
                           const double *b, double residual)
{
    const struct rs_tile_data *data = m->worker->data;
    const double *coefs = &data->y.coefs[lane->y_ix * m->c];
    double norm = data->y.columns[lane->y_ix].norm;
    double squares = norm * norm * lane->s;
    double first = 0.0;

    for (size_t l = 0; l < m->c; l++) {
        double sum = 0.0;
        for (size_t k = 0; k < m->c; k++)
            sum += gram[l > k ? corner(l, k) : corner(k, l)] * coefs[k];
        squares += coefs[l] * (sum + 2.0 * norm * b[l * RS_BLOCK_Y]);
        if (l == 0)
            first = sum + norm * b[0];
    }
    squares -= first * first / gram[0];
    return 1.0 - norm * norm * residual / squares;
}

/* What is left of y~, and of its intercept, by the basis; false when that is
 * too little. */
static bool take_y(struct rs_tile_joint *out,
                   const struct rs_tile_bundle_missing *m,
                   const struct lane *lane)
{
    const struct rs_tile_column *y = &m->worker->data->y.columns[lane->y_ix];
    double residual = lane->s;
    double shift = 0.0;
    bool sound = true;

    for (size_t l = 0; l < m->c; l++) {
        double v = lane->v[l * LANES];
        residual -= v * v;
        shift += v * lane->origin[l * LANES];
        sound = sound && lane->pivots[l * LANES] > rs_least_pivot;
    }
    out->length = sqrt(residual);
    out->norm_y = y->norm * out->length;
    out->mean_y = y->mean + y->norm * shift;
    out->size_y = y->mean_size + fabs(y->norm * shift);
    return sound && residual > least_residual;
}

/* The vectors of the bundle; false when too little is left of one. */
static bool take_vectors(struct rs_tile_joint *out,
                         const struct rs_tile_bundle_missing *m,
                         const struct lane *lane)
{
    const struct rs_tile_bundles *bundles = &m->worker->data->bundles;
    const struct rs_tile_bundle *bundle = &bundles->bundles[lane->b];
    const struct rs_tile_stack *stack =
        &bundles->doubles.stacks[lane->b / bundles->doubles.width];
    const struct rs_tile_bundle_vector *vectors =
        &bundles->vectors[lane->b * bundles->most];
    double length = out->length;
    double least = 1.0;

    for (size_t k = 0; k < bundle->n_beside + bundle->n_tested; k++) {
        size_t at = (m->c + rs_tile_stack_place(stack, bundle, k)) * LANES;
        double origin = lane->origin[at];
        double pivot = lane->pivots[at];
        out->r = lane->v[at] / length;
        *(k < bundle->n_beside ? &out->beside : &out->tested) +=
            out->r * out->r;
        out->origin += out->r * origin;
        out->origin_certain += origin * origin;
        out->origin_size += fabs(out->r) * (fabs(origin) + vectors[k].size);
        out->norm_x = bundle->norm * sqrt(pivot);
        if (!(pivot > least_residual))
            return false;
        least = pivot < least ? pivot : least;
    }
    out->origin_certain = sqrt(out->origin_certain);
    out->length = length * sqrt(least);
    rs_tile_joint_share(&out->z, &out->rest, out->beside, out->tested);
    return true;
}

/* Pair (y_ix, b), whose factor is in lane `lane`; at: place of the bundle. */
static void take_pair(struct rs_tile_bundle_missing *m, size_t y_ix, size_t at,
                      size_t n_panels)
{
    const struct rs_tile_data *data = m->worker->data;
    struct rs_tile_bundle_common *out = &m->commons[at];
    size_t all = m->c + n_panels;
    size_t of = at % LANES;
    const double *sums =
        &m->y_sums[m->groups[at] * (m->c + 1) * RS_BLOCK_Y + y_ix % RS_BLOCK_Y];
    const struct lane lane = {
        .v = &m->gram[corner(all, 0) + of],
        .origin = &m->gram[corner(all + 1, 0) + of],
        .pivots = &m->pivots[of],
        .y_ix = y_ix,
        .b = m->range.stack0 * data->bundles.doubles.width + at,
        .s = sums[m->c * RS_BLOCK_Y],
    };
    const struct rs_tile_bundle *bundle = &data->bundles.bundles[lane.b];
    size_t n = m->common[of].n;

    *out = (struct rs_tile_bundle_common){.df1 = bundle->n_tested};
    out->joint.n = n;
    out->joint.log_weight = m->common[of].log_weight;
    out->joint.by_f = bundle->by_f;
    if (n < m->worker->env.spec->min_n || !take_y(&out->joint, m, &lane))
        return;
    if (data->basis.adjusted)
        out->joint.base_r2 =
            find_base_r2(m, &lane, &m->basis[of], sums,
                         out->joint.length * out->joint.length);
    if (take_vectors(&out->joint, m, &lane) &&
        n + 1 > bundle->n_beside + bundle->n_tested)
        out->level = n + 1 - bundle->n_beside - bundle->n_tested;
}

/* ---- a y with LANES bundles -------------------------------------- */

/* All rows of their matrices. c: products with the first of them, `width`
 * apart from panel to panel */
static void put_rows(struct rs_tile_bundle_missing *m, const double *c,
                     size_t n_panels, size_t y_ix, size_t at)
{
    size_t width = m->worker->data->bundles.doubles.width;
    size_t all = m->c + n_panels;
    size_t q = corner(m->c, 0);
    double *y = &m->gram[corner(all, 0)];

    memcpy(m->gram, m->basis, m->n_gram * LANES * sizeof *m->gram);
    memcpy(&m->gram[q], &m->q_gram[at * m->n_q_gram],
           (corner(all, 0) - q) * sizeof *m->gram);
    memcpy(&m->gram[corner(all + 1, 0)], &m->origins[at * (m->c + m->most)],
           all * LANES * sizeof *m->gram);
    for (size_t lane = 0; lane < LANES; lane++) {
        const double *sums =
            &m->y_sums[m->groups[at + lane] * (m->c + 1) * RS_BLOCK_Y +
                       y_ix % RS_BLOCK_Y];
        for (size_t l = 0; l < m->c; l++)
            y[l * LANES + lane] = sums[l * RS_BLOCK_Y];
    }
    for (size_t k = 0; k < n_panels; k++)
        memcpy(&y[(m->c + k) * LANES], &c[k * width], LANES * sizeof *y);
}

void rs_tile_bundle_missing_row(struct rs_tile_bundle_missing *m,
                                const double *c, size_t i, bool new_strip)
{
    const struct rs_tile_data *data = m->worker->data;
    const struct rs_tile_stacks *stacks = &data->bundles.doubles;
    const struct rs_pattern *y =
        &data->patterns.patterns[data->y.columns[i].pattern];
    size_t base = m->range.stack0 * stacks->width;
    size_t panel0 = stacks->stacks[m->range.stack0].panel;

    if (new_strip)
        sum_strip(m, i);
    if (data->y.columns[i].kind != RS_TILE_PLAIN)
        return;
    leave_tile(m, data->y.columns[i].pattern);
    for (size_t at = 0; base + at < m->range.end; at += LANES) {
        const struct rs_tile_stack *stack =
            &stacks->stacks[(base + at) / stacks->width];
        size_t n_panels = stack->n_beside + stack->n_tested;
        find_basis(m, at, y);
        put_rows(
            m, &c[(stack->panel - panel0) * stacks->width + at % stacks->width],
            n_panels, i, at);
        factorise(m->gram, m->pivots, m->c + n_panels, m->c + n_panels + 2);
        for (size_t lane = 0; lane < LANES; lane++)
            if (base + at + lane >= m->range.first &&
                base + at + lane < m->range.end)
                take_pair(m, i, at + lane, n_panels);
    }
}
