/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_bundle.h"

#include "f_table.h"
#include "mem.h"
#include "tile_vector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the columns before leave of one is a smaller part than this: it has
 * lost digits, or depends on them. */
static const double least_part = 1.0 / 64.0;

/* So far from 0, beside its spread, is a product or a power of numbers: what
 * their rounding is beside it, the exact engine knows. */
static const double most_far = 1e10;

/* One of the two whose columns are multiplied, x and z. */
struct factor_side {
    const struct rs_factor *factor; /* NULL: numbers */
    const double *values;           /* [n_rows] of numbers */
    double centre;                  /* about which they are taken */
    double far;                     /* |centre| over the largest distance */
    size_t *counts;                 /* [n_levels] rows of each */
    size_t n_counts;                /* room there */
    size_t reference;               /* at the origin */
    size_t left_out;                /* the level without a column */
};

struct rs_tile_bundle_room {
    const struct rs_basis *basis;
    const struct rs_patterns *patterns;
    struct rs_tile_scratch *scratch;
    uint64_t *rows; /* [words of the dataset] of the x */
    double *cells;  /* [n_rows] */
    struct factor_side x, z;
    double *v; /* [most][n] */
    struct rs_tile_bundle_vector *vectors;
    double *parts; /* [most] */
    size_t most;
};

/* ---- life -------------------------------------------------------- */

void rs_tile_bundle_room_free(struct rs_tile_bundle_room *room)
{
    if (room == NULL)
        return;
    rs_tile_scratch_free(room->scratch);
    free(room->rows);
    free(room->cells);
    free(room->x.counts);
    free(room->z.counts);
    free(room->v);
    free(room->vectors);
    free(room->parts);
    free(room);
}

struct rs_tile_bundle_room *
rs_tile_bundle_room_new(const struct rs_basis *basis,
                        const struct rs_patterns *patterns)
{
    struct rs_tile_bundle_room *room = rs_alloc(1, sizeof *room, NULL);

    if (room == NULL)
        return NULL;
    room->basis = basis;
    room->patterns = patterns;
    room->scratch = rs_tile_scratch_new(basis, patterns, NULL);
    room->rows = rs_alloc(basis->base.n_words, sizeof *room->rows, NULL);
    room->cells = rs_alloc(basis->base.n_rows, sizeof *room->cells, NULL);
    if (room->scratch != NULL && room->rows != NULL && room->cells != NULL)
        return room;
    rs_tile_bundle_room_free(room);
    return NULL;
}

/* Room for so many vectors. */
static bool make_room(struct rs_tile_bundle_room *room, size_t n)
{
    if (n <= room->most)
        return true;
    free(room->v);
    free(room->vectors);
    free(room->parts);
    room->v = rs_alloc(n * room->basis->n, sizeof *room->v, NULL);
    room->vectors = rs_alloc(n, sizeof *room->vectors, NULL);
    room->parts = rs_alloc(n, sizeof *room->parts, NULL);
    room->most =
        room->v != NULL && room->vectors != NULL && room->parts != NULL ? n : 0;
    return room->most > 0;
}

/* ---- x and z ----------------------------------------------------- */

/* The largest distance from the centre. */
static double reach_of(const double *values, double centre,
                       const uint64_t *rows, size_t n_words)
{
    double most = 0.0;

    for (size_t w = 0; w < n_words; w++)
        for (uint64_t bits = rows[w]; bits != 0; bits &= bits - 1)
            most =
                fmax(most, fabs(values[64 * w + (size_t)__builtin_ctzll(bits)] -
                                centre));
    return most;
}

static double mean_of(const double *values, const uint64_t *rows,
                      size_t n_words, size_t n)
{
    double sum = 0.0;

    for (size_t w = 0; w < n_words; w++)
        for (uint64_t bits = rows[w]; bits != 0; bits &= bits - 1)
            sum += values[64 * w + (size_t)__builtin_ctzll(bits)];
    return sum / (double)n;
}

/* The level without a column: the most frequent one; of two, the reference,
 * because what is tested then has the sign of the other. */
static size_t leave_out(const struct factor_side *side)
{
    size_t most = 0;

    if (side->factor->n_levels == 2)
        return side->factor->reference;
    for (size_t level = 1; level < side->factor->n_levels; level++)
        if (side->counts[level] > side->counts[most])
            most = level;
    return most;
}

/* Sets x or z for the rows of the room; false: no memory. */
static bool set_side(struct factor_side *side, struct rs_tile_bundle_room *room,
                     size_t column, size_t n)
{
    const struct rs_base_columns *base = &room->basis->base;
    const struct rs_column *source = &base->spec.data->columns[column];

    side->factor = source->factor;
    side->values = source->values;
    side->centre = 0.0;
    side->far = 1.0;
    if (side->factor == NULL) {
        side->centre = mean_of(side->values, room->rows, base->n_words, n);
        side->far = fabs(side->centre) / reach_of(side->values, side->centre,
                                                  room->rows, base->n_words);
        return true;
    }
    if (side->n_counts < side->factor->n_levels) {
        free(side->counts);
        side->n_counts = side->factor->n_levels;
        side->counts = rs_alloc(side->n_counts, sizeof *side->counts, NULL);
        if (side->counts == NULL) {
            side->n_counts = 0;
            return false;
        }
    }
    rs_factor_count(side->counts, side->factor, room->rows, base->n_words);
    side->reference = rs_factor_reference(side->factor, side->counts);
    side->left_out = leave_out(side);
    return true;
}

/* Columns of one side, and which level number i is; RS_NO_LEVEL: numbers. */
static size_t n_columns_of(const struct factor_side *side)
{
    return side->factor == NULL ? 1 : side->factor->n_levels - 1;
}

static size_t level_of(const struct factor_side *side, size_t i)
{
    if (side->factor == NULL)
        return RS_NO_LEVEL;
    return i < side->left_out ? i : i + 1;
}

/* Multiplies all cells by one of a side's columns, numbers about their
 * centre. Returns its value at the origin. */
static double multiply(double *cells, size_t n_rows,
                       const struct factor_side *side, size_t level)
{
    if (level == RS_NO_LEVEL) {
        for (size_t i = 0; i < n_rows; i++)
            cells[i] *= side->values[i] - side->centre;
        return -side->centre;
    }
    for (size_t i = 0; i < n_rows; i++)
        if (side->factor->codes[i] != (int32_t)level)
            cells[i] = 0.0;
    return level == side->reference ? 1.0 : 0.0;
}

/* ---- vectors ----------------------------------------------------- */

/* What becomes of a column. */
enum fate { TAKEN, EMPTY, EXACTLY, NO_MEMORY };

/* Makes the room's cells vector number m, of value `origin` at the origin. */
static enum fate add_vector(struct rs_tile_bundle_room *room, size_t m,
                            double origin, uint32_t pattern, double *norm)
{
    size_t n = room->basis->n;
    double *v = &room->v[m * n];
    struct rs_tile_bundle_vector *out = &room->vectors[m];
    struct rs_tile_column column;
    double left = 0.0;

    if (!rs_tile_column_of(&column, NULL, v, room->scratch, room->cells,
                           pattern))
        return NO_MEMORY;
    if (column.kind == RS_TILE_CONSTANT && origin == 0.0)
        return EMPTY;
    if (column.kind != RS_TILE_PLAIN)
        return EXACTLY;
    out->origin = (origin - column.mean) / column.norm;
    out->size = (fabs(origin) + column.mean_size) / column.norm;
    for (int round = 0; round < 2; round++)
        for (size_t k = 0; k < m; k++) {
            double part = rs_tile_dot(&room->v[k * n], v, n);
            rs_tile_subtract(v, &room->v[k * n], part, n);
            out->origin -= part * room->vectors[k].origin;
            out->size += fabs(part) * room->vectors[k].size;
        }
    left = sqrt(rs_tile_dot(v, v, n));
    if (!(left > least_part))
        return EXACTLY;
    rs_tile_scale(v, 1.0 / left, n);
    out->origin /= left;
    out->size /= left;
    *norm = column.norm * left;
    return TAKEN;
}

static void set_ones(struct rs_tile_bundle_room *room)
{
    for (size_t i = 0; i < room->basis->base.n_rows; i++)
        room->cells[i] = 1.0;
}

/* The cells of x's own column number i, of `power` where it is numbers; its
 * value at the origin. x itself is shifted where its vector is made. */
static double own_cells(struct rs_tile_bundle_room *room, size_t i,
                        unsigned power)
{
    size_t n_rows = room->basis->base.n_rows;
    double origin = 1.0;

    if (room->x.factor == NULL && power == 1) {
        memcpy(room->cells, room->x.values, n_rows * sizeof *room->cells);
        return 0.0;
    }
    set_ones(room);
    for (unsigned k = 0; k < power; k++)
        origin *=
            multiply(room->cells, n_rows, &room->x, level_of(&room->x, i));
    return origin;
}

/* The cells of a product. */
static double product_cells(struct rs_tile_bundle_room *room, size_t i,
                            size_t j)
{
    size_t n_rows = room->basis->base.n_rows;

    set_ones(room);
    return multiply(room->cells, n_rows, &room->x, level_of(&room->x, i)) *
           multiply(room->cells, n_rows, &room->z, level_of(&room->z, j));
}

/* Column number j of a block, in its order, but of the levels that have one
 * here. Returns its value at the origin. */
static double set_cells(struct rs_tile_bundle_room *room, size_t j)
{
    size_t wide = n_columns_of(&room->x);
    unsigned poly = room->basis->base.spec.poly;
    size_t own = room->x.factor == NULL && poly > 1 ? poly : wide;

    if (j >= own)
        return product_cells(room, (j - own) % wide, (j - own) / wide);
    if (room->x.factor == NULL)
        return own_cells(room, 0, (unsigned)j + 1);
    return own_cells(room, j, 1);
}

/* True when no product is too far from 0. */
static bool is_near(const struct rs_tile_bundle_room *room)
{
    const struct rs_spec *spec = &room->basis->base.spec;
    double x = fmax(room->x.far, 1.0);
    double z = spec->interact == NULL ? 1.0 : fmax(room->z.far, 1.0);

    return pow(x, fmax(spec->poly, 1.0)) * z <= most_far;
}

/* True when something is tested, with degrees of freedom that have tables. */
static bool can_test(const struct rs_tile_bundle_room *room,
                     const struct rs_tile_bundle *bundle)
{
    size_t rank = room->basis->rank + bundle->n_beside + bundle->n_tested;

    return bundle->n_tested > 0 && bundle->n_tested <= RS_F_MOST &&
           rank < room->patterns->patterns[bundle->pattern].n;
}

static enum fate add_all(struct rs_tile_bundle *out,
                         struct rs_tile_bundle_room *room,
                         const struct rs_block *block)
{
    enum fate fate = TAKEN;
    size_t m = 0;

    for (size_t j = 0; j < block->n_columns && fate <= EMPTY; j++) {
        double origin = set_cells(room, j);
        fate = add_vector(room, m, origin, out->pattern, &out->norm);
        if (fate != TAKEN)
            continue;
        *(j < block->n_beside ? &out->n_beside : &out->n_tested) += 1;
        m++;
    }
    return fate <= EMPTY && !can_test(room, out) ? EXACTLY : fate;
}

bool rs_tile_bundle_make(struct rs_tile_bundle_made *out,
                         struct rs_tile_bundle_room *room, size_t x,
                         size_t column)
{
    const struct rs_spec *spec = &room->basis->base.spec;
    const struct rs_block block = rs_block_of(spec, column);
    uint32_t pattern_ix = room->patterns->of_column[column];
    const struct rs_pattern *pattern = &room->patterns->patterns[pattern_ix];
    struct rs_tile_bundle *bundle = &out->bundle;
    enum fate fate = EXACTLY;

    *bundle = (struct rs_tile_bundle){.x = x,
                                      .kind = RS_TILE_EXACT,
                                      .pattern = pattern_ix,
                                      .by_f = block.by_f};
    out->v = NULL;
    if (pattern->n == 0 || !rs_pattern_serves(pattern, room->basis))
        return true;
    rs_pattern_rows(room->rows, pattern, room->basis);
    if (!make_room(room, block.n_columns) ||
        !set_side(&room->x, room, column, pattern->n) ||
        (spec->interact != NULL &&
         !set_side(&room->z, room, *spec->interact, pattern->n)))
        return false;
    fate = is_near(room) ? add_all(bundle, room, &block) : EXACTLY;
    if (fate == NO_MEMORY)
        return false;
    if (fate == EXACTLY) {
        bundle->n_beside = bundle->n_tested = 0;
        return true;
    }
    bundle->kind = RS_TILE_BUNDLE;
    out->v = room->v;
    out->vectors = room->vectors;
    return true;
}
