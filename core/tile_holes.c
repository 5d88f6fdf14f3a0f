/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "tile_count.h"
#include "tile_shared.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Screening with missing values, without covariates. The formulas are those
 * of tile_masked.c with a basis of the intercept alone (or of nothing), in
 * single precision: over the common rows of y and x
 *     r = (product - b_y b_x / g) / sqrt((s_y - b_y^2 / g) (s_x - b_x^2 / g))
 * with g the part of the weight that these rows have. b and s of a column
 * depend on the partner's pattern only: they are made for each pattern of
 * the tile's y over a block of x, and for each pattern of the block's x over
 * all y of the tile.
 */

/* Pairs nearer to a perfect fit than this go to the exact engine. */
static const double least_rest = 1e-4;

/* Less than this of a column left: the exact engine. */
static const float least_left = 0.1F;

struct rs_tile_holes {
    /* the blocks from which the arrays below are cut: columns, vector and
     * y_patterns */
    size_t wide;   /* columns of a block of x */
    size_t rows;   /* of the tile, whole blocks */
    bool centred;  /* there is a vector of the basis: the intercept */
    float *vector; /* [n] it, in floats */
    double extra;  /* rounding of the sums, besides single_error */

    /* the tile's y by pattern */
    uint32_t *y_patterns; /* [n_y_patterns] */
    size_t n_y_patterns;
    uint32_t *y_of; /* [rows] which of them */
    size_t y_first; /* place of row 0 in the plan's list */

    /* the block's x by pattern */
    uint32_t *x_patterns; /* [n_x_patterns] */
    size_t n_x_patterns;
    uint32_t *x_of; /* [wide] */

    float *x_b, *x_s; /* [n_y_patterns][wide] sums of x, by pattern of y */
    float *y_b, *y_s; /* [n_x_patterns][rows] sums of y, by pattern of x */
    float *per_g;     /* [n_y_patterns][n_x_patterns] 1 / g */
    uint32_t *n;      /* [n_y_patterns][n_x_patterns] common rows */

    double *columns;  /* [2][n] a pair, to be looked at again */
    float *r;         /* [RS_BLOCK_Y][wide] of a block, absolute */
    uint32_t *cell_n; /* [RS_BLOCK_Y][wide] */
};

/* ---- life ------------------------------------------------------------- */

/* Hands out one block of floats and one of whole numbers. */
static bool share_out(struct rs_tile_holes *h, size_t n)
{
    size_t cells = h->rows * h->wide;
    size_t block = RS_BLOCK_Y * h->wide;

    h->columns = rs_alloc(2 * n, sizeof *h->columns, NULL);
    h->vector = rs_alloc(n + 5 * cells + block, sizeof *h->vector, NULL);
    h->y_patterns = rs_alloc(2 * (h->rows + h->wide) + cells + block,
                             sizeof *h->y_patterns, NULL);
    if (h->columns == NULL || h->vector == NULL || h->y_patterns == NULL)
        return false;
    h->x_b = h->vector + n;
    h->x_s = h->x_b + cells;
    h->y_b = h->x_s + cells;
    h->y_s = h->y_b + cells;
    h->per_g = h->y_s + cells;
    h->r = h->per_g + cells;
    h->y_of = h->y_patterns + h->rows;
    h->x_patterns = h->y_of + h->rows;
    h->x_of = h->x_patterns + h->wide;
    h->n = h->x_of + h->wide;
    h->cell_n = h->n + cells;
    return true;
}

enum rs_status rs_tile_holes_new(struct rs_tile_engine *self,
                                 struct rs_error *err)
{
    const struct rs_basis *basis = &self->data->basis;
    struct rs_tile_holes *h = rs_alloc(1, sizeof *h, err);

    if (h == NULL)
        return RS_ERR_NOMEM;
    self->holes = h;
    h->wide = self->block_x;
    h->rows = self->c_rows;
    h->centred = basis->n_vectors > 0;
    h->extra = 16.0 * 0.5 * (double)FLT_EPSILON;
    if (!share_out(h, basis->n))
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    for (size_t i = 0; h->centred && i < basis->n; i++)
        h->vector[i] = (float)basis->vectors[i];
    return RS_OK;
}

void rs_tile_holes_free(struct rs_tile_holes *h)
{
    if (h == NULL)
        return;
    free(h->columns);
    free(h->vector);
    free(h->y_patterns);
    free(h);
}

/* ---- patterns of a tile and of a block -------------------------------------
 */

/* Adds a pattern to a list unless it is there; returns its place. The last
 * ones are looked at first: equal patterns often stand together. */
static uint32_t place_of(uint32_t *list, size_t *n, uint32_t pattern)
{
    for (size_t k = *n; k-- > 0;)
        if (list[k] == pattern)
            return (uint32_t)k;
    list[*n] = pattern;
    return (uint32_t)(*n)++;
}

void rs_tile_holes_tile(struct rs_tile_engine *self,
                        const struct rs_tile_grid *grid)
{
    struct rs_tile_holes *h = self->holes;
    const struct rs_tile_side *y = &self->data->y;

    h->y_first = grid->y_first;
    h->n_y_patterns = 0;
    for (size_t i = 0; i < (grid->panel1 - grid->panel0) * RS_BLOCK_Y; i++) {
        size_t ix = grid->y_first + i;
        h->y_of[i] = place_of(h->y_patterns, &h->n_y_patterns,
                              ix < y->n ? y->columns[ix].pattern : 0);
    }
}

/* Sums over some rows of 8 neighbouring columns: -sum v vector, 1 - sum v^2. */
RS_WIDE_INTEGER static void leave_rows(float *restrict b, float *restrict s,
                                       const float *restrict v, size_t width,
                                       const uint32_t *restrict rows, size_t n,
                                       const float *restrict vector)
{
    float sum[8] = {0.0F};
    float squares[8] = {0.0F};

    for (size_t k = 0; k < n; k++) {
        const float *row = &v[rows[k] * width];
        float f = vector[rows[k]];
        for (size_t l = 0; l < 8; l++) {
            sum[l] += row[l] * f;
            squares[l] += row[l] * row[l];
        }
    }
    for (size_t l = 0; l < 8; l++) {
        b[l] = -sum[l];
        s[l] = 1.0F - squares[l];
    }
}

/* The same of 16. */
RS_WIDE_INTEGER static void leave_rows_16(float *restrict b, float *restrict s,
                                          const float *restrict v, size_t width,
                                          const uint32_t *restrict rows,
                                          size_t n,
                                          const float *restrict vector)
{
    float sum[16] = {0.0F};
    float squares[16] = {0.0F};

    for (size_t k = 0; k < n; k++) {
        const float *row = &v[rows[k] * width];
        float f = vector[rows[k]];
        for (size_t l = 0; l < 16; l++) {
            sum[l] += row[l] * f;
            squares[l] += row[l] * row[l];
        }
    }
    for (size_t l = 0; l < 16; l++) {
        b[l] = -sum[l];
        s[l] = 1.0F - squares[l];
    }
}

/* Columns [first, first + n) of a side over the rows that a pattern leaves;
 * first and n are multiples of 8. */
static void leave_columns(float *b, float *s, const struct rs_tile_engine *self,
                          const struct rs_tile_side *side, size_t first,
                          size_t n, const struct rs_pattern *pattern)
{
    const struct rs_tile_data *data = self->data;
    size_t most = side->n_panels * side->width;
    size_t at = 0;

    while (at < n && first + at < most) {
        const float *v = rs_tile_single(data, side, first + at, false);
        bool wide =
            side->width % 16 == 0 && (first + at) % 16 == 0 && at + 16 <= n;
        if (wide)
            leave_rows_16(b + at, s + at, v, side->width, pattern->missing,
                          pattern->n_missing, self->holes->vector);
        else
            leave_rows(b + at, s + at, v, side->width, pattern->missing,
                       pattern->n_missing, self->holes->vector);
        at += wide ? 16 : 8;
    }
}

/* Common rows of two patterns, and their part of all weight. */
static void meet(uint32_t *n, float *per_g, const struct rs_tile_engine *self,
                 const struct rs_pattern *y, const struct rs_pattern *x)
{
    const struct rs_basis *basis = &self->data->basis;
    size_t n_words = self->data->patterns.n_words;
    size_t common = 0;
    double g = 1.0;

    if (y->n_missing == 0 || x->n_missing == 0) {
        common = y->n + x->n - basis->n;
        if (self->holes->centred)
            g = y->gram[0] + x->gram[0] - 1.0;
    } else {
        for (size_t w = 0; w < n_words; w++)
            common += (size_t)__builtin_popcountll(y->bits[w] & x->bits[w]);
        if (self->holes->centred && basis->base.root == NULL)
            g = (double)common / (double)basis->n;
        else if (self->holes->centred)
            g = y->gram[0] + x->gram[0] - 1.0;
    }
    if (self->holes->centred && basis->base.root != NULL && y->n_missing > 0 &&
        x->n_missing > 0)
        for (size_t m = 0; m < y->n_missing; m++) {
            size_t i = y->missing[m];
            if ((x->bits[i / 64] >> (i % 64) & 1) == 0)
                g += basis->vectors[i] * basis->vectors[i];
        }
    *n = (uint32_t)common;
    *per_g = g > 0.0 ? (float)(1.0 / g) : INFINITY;
}

void rs_tile_holes_block(struct rs_tile_engine *self,
                         const struct rs_tile_grid *grid, size_t x_ix)
{
    struct rs_tile_holes *h = self->holes;
    const struct rs_tile_data *data = self->data;
    const struct rs_pattern *patterns = data->patterns.patterns;
    size_t rows = (grid->panel1 - grid->panel0) * RS_BLOCK_Y;

    h->n_x_patterns = 0;
    for (size_t j = 0; j < h->wide; j++)
        h->x_of[j] = place_of(
            h->x_patterns, &h->n_x_patterns,
            x_ix + j < data->x.n ? data->x.columns[x_ix + j].pattern : 0);
    for (size_t p = 0; p < h->n_y_patterns; p++)
        leave_columns(&h->x_b[p * h->wide], &h->x_s[p * h->wide], self,
                      &data->x, x_ix, h->wide, &patterns[h->y_patterns[p]]);
    for (size_t q = 0; q < h->n_x_patterns; q++)
        leave_columns(&h->y_b[q * h->rows], &h->y_s[q * h->rows], self,
                      &data->y, grid->y_first, rows,
                      &patterns[h->x_patterns[q]]);
    for (size_t p = 0; p < h->n_y_patterns; p++)
        for (size_t q = 0; q < h->n_x_patterns; q++)
            meet(&h->n[p * h->wide + q], &h->per_g[p * h->wide + q], self,
                 &patterns[h->y_patterns[p]], &patterns[h->x_patterns[q]]);
}

/* ---- a block ----------------------------------------------------------- */

/* What one y and the patterns of the block's x make, spread over the x. */
struct spread {
    float b[RS_BLOCK_X_MOST], s[RS_BLOCK_X_MOST], per_g[RS_BLOCK_X_MOST];
};

/* |r| of one y with the x of the block; -2 where too little is left. Returns
 * the least product of what is left of both. */
RS_WIDE_INTEGER static float correct(float *restrict r,
                                     const float *restrict product,
                                     const float *restrict x_b,
                                     const float *restrict x_s,
                                     const struct spread *restrict y, size_t n)
{
    float worst = 1.0F;

    for (size_t j = 0; j < n; j++) {
        float by = y->b[j] * y->per_g[j];
        float left_x = x_s[j] - x_b[j] * x_b[j] * y->per_g[j];
        float left_y = y->s[j] - y->b[j] * by;
        float both = left_x * left_y;
        float value = fabsf(product[j] - x_b[j] * by) / sqrtf(both);
        bool fine = left_x > least_left && left_y > least_left;
        r[j] = fine ? value : -2.0F;
        both = fine ? both : 1.0F;
        worst = both < worst ? both : worst;
    }
    return worst;
}

/* r of the whole block; returns the bound of its error. */
static double correct_block(struct rs_tile_engine *self, const float *c,
                            size_t row)
{
    struct rs_tile_holes *h = self->holes;
    float worst = 1.0F;

    for (size_t i = 0; i < RS_BLOCK_Y; i++) {
        size_t p = h->y_of[row + i];
        uint32_t *cell_n = &h->cell_n[i * h->wide];
        struct spread y;
        float least = 1.0F;
        for (size_t j = 0; j < h->wide; j++) {
            size_t q = h->x_of[j];
            y.b[j] = h->centred ? h->y_b[q * h->rows + row + i] : 0.0F;
            y.s[j] = h->y_s[q * h->rows + row + i];
            y.per_g[j] = h->per_g[p * h->wide + q];
            cell_n[j] = h->n[p * h->wide + q];
        }
        least =
            correct(&h->r[i * h->wide], &c[i * h->wide], &h->x_b[p * h->wide],
                    &h->x_s[p * h->wide], &y, h->wide);
        worst = least < worst ? least : worst;
    }
    return (self->single_error + h->extra) / sqrt((double)worst);
}

/* A column as doubles. */
static void gather(double *out, const struct rs_tile_data *data,
                   const struct rs_tile_side *side, size_t ix)
{
    const float *v = rs_tile_single(data, side, ix, false);
    const float *rest = rs_tile_single(data, side, ix, true);

    for (size_t k = 0; k < data->basis.n; k++)
        out[k] = (double)v[k * side->width] + (double)rest[k * side->width];
}

/* r in double precision; NaN: the exact engine. */
static double exact_r(struct rs_tile_engine *self, size_t y_ix, size_t x_ix)
{
    const struct rs_tile_data *data = self->data;
    size_t n = data->basis.n;
    double *y = self->holes->columns;
    double *x = y + n;
    struct rs_tile_pair pair = {y, x, 1, 1, 0.0};
    struct rs_tile_terms terms;

    gather(y, data, &data->y, y_ix);
    gather(x, data, &data->x, x_ix);
    for (size_t k = 0; k < n; k++)
        pair.product += y[k] * x[k];
    return rs_tile_masked_pair(&terms, self, y_ix, x_ix, &pair) ? terms.r : NAN;
}

/* One cell near an edge: whether its |r| reaches it. */
static bool reaches(struct rs_tile_engine *self, size_t y_ix, size_t x_ix,
                    double r, double error, double edge)
{
    if (r - error >= edge)
        return true;
    if (r + error < edge)
        return false;
    return fabs(exact_r(self, y_ix, x_ix)) >= edge;
}

/* Levels of the fewest and the most rows of a block's pairs. */
struct range {
    struct rs_tile_level *few, *many;
    uint32_t least; /* rows of `few` */
};

static bool find_range(struct range *out, struct rs_tile_engine *self)
{
    const struct rs_tile_holes *h = self->holes;
    uint32_t least = UINT32_MAX;
    uint32_t most = 0;

    for (size_t p = 0; p < h->n_y_patterns; p++)
        for (size_t q = 0; q < h->n_x_patterns; q++) {
            uint32_t n = h->n[p * h->wide + q];
            least = n < least ? n : least;
            most = n > most ? n : most;
        }
    out->least = least;
    out->few = rs_tile_level_of(self, least);
    out->many = rs_tile_level_of(self, most);
    return out->few != NULL && out->many != NULL;
}

/* Counts the cells of the block that reach an edge. The edge lies higher
 * the fewer rows a pair has: between its places for the fewest and for the
 * most, each cell is asked with its own rows. */
static void count_edge(struct rs_tile_engine *self, uint64_t *at_most,
                       const struct range *range, unsigned k, double error,
                       size_t y_ix, size_t x_ix)
{
    struct rs_tile_holes *h = self->holes;
    size_t cells = RS_BLOCK_Y * h->wide;
    float low = nextafterf((float)(range->many->edges[k] - error), -2.0F);
    float high = nextafterf((float)(range->few->edges[k] + error), 2.0F);
    uint32_t maybe = 0;
    uint32_t surely = 0;

    if (!(range->few->df >= 1.0)) /* pairs of too few rows have no edges */
        high = 3.0F;
    rs_count_between(&maybe, &surely, h->r, cells, low, high);
    *at_most += surely;
    if (maybe == surely)
        return;
    for (size_t i = 0; i < cells; i++) {
        const struct rs_tile_level *level = NULL;
        i = rs_find_between(h->r, i, cells, low, high);
        if (i == cells)
            break;
        level = rs_tile_level_of(self, h->cell_n[i]);
        if (level != NULL && level->df >= 1.0)
            *at_most += reaches(self, y_ix + i / h->wide, x_ix + i % h->wide,
                                h->r[i], error, level->edges[k]);
    }
}

/* Remembers what may be kept, and what the exact engine has to fit. */
static bool take_hits(struct rs_tile_engine *self, const struct rs_tile *tile,
                      float maybe, size_t y_ix, size_t x_ix)
{
    struct rs_tile_holes *h = self->holes;
    const struct rs_tile_data *data = self->data;

    for (size_t i = 0; i < RS_BLOCK_Y * h->wide; i++) {
        size_t y = y_ix + i / h->wide;
        size_t x = x_ix + i % h->wide;
        bool odd = h->r[i] == -2.0F;
        if ((!odd && !(h->r[i] >= maybe)) || h->r[i] == -1.0F ||
            data->y.columns[y].kind != RS_TILE_PLAIN ||
            data->x.columns[x].kind != RS_TILE_PLAIN)
            continue;
        if (!rs_tile_remember(self, y - tile->y0, x - tile->x0,
                              odd ? (double)NAN : (double)h->r[i]))
            return false;
    }
    return true;
}

/* Cells near a perfect fit become odd. */
RS_WIDE_INTEGER static void mark_perfect(float *r, size_t n, float maybe)
{
    for (size_t i = 0; i < n; i++)
        r[i] = r[i] >= maybe ? -2.0F : r[i];
}

/* Cells whose pair has too few rows for a fit become odd. */
static void mark_few(struct rs_tile_engine *self, const struct range *range)
{
    struct rs_tile_holes *h = self->holes;
    uint64_t least = self->data->basis.n_vectors + 2;

    if (least < self->env.spec->min_n)
        least = self->env.spec->min_n;
    if (range->least >= least)
        return;
    for (size_t i = 0; i < RS_BLOCK_Y * h->wide; i++)
        if (h->cell_n[i] < least)
            h->r[i] = -2.0F;
}

bool rs_tile_holes_screen(struct rs_tile_engine *self,
                          const struct rs_tile *tile, uint64_t *at_most,
                          const float *c, size_t y_ix, size_t x_ix)
{
    struct rs_tile_holes *h = self->holes;
    double perfect = sqrt(1.0 - least_rest);
    size_t cells = RS_BLOCK_Y * h->wide;
    struct range range;
    double error = correct_block(self, c, y_ix - h->y_first);
    double least = 0.0;
    float maybe = 0.0F;
    bool any = false;

    if (!find_range(&range, self))
        return false;
    mark_few(self, &range);
    mark_perfect(h->r, cells, nextafterf((float)(perfect - error), -2.0F));
    rs_tile_blank(self, h->r, tile, y_ix, x_ix);
    for (unsigned k = 0; k < RS_P_EDGES; k++)
        count_edge(self, &at_most[k], &range, k, error, y_ix, x_ix);
    /* the more rows, the less is asked */
    least = fmin(perfect, fmax(range.many->least_r,
                               rs_keep_least_partial_r(self->env.keep, 0.0)));
    maybe = nextafterf((float)(least - error), -2.0F);
    for (size_t i = 0; i < cells; i++)
        any |= h->r[i] >= maybe || h->r[i] == -2.0F;
    return !any || take_hits(self, tile, maybe, y_ix, x_ix);
}
