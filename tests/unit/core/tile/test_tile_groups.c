/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_sweep.h"
#include "patterns.h"
#include "run_suite.h"
#include "tile_groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Sums over the rows that two patterns have in common, of all levels of a
 * factor, row by row; the groups know those of the touched levels from the rows
 * that are missing.
 */
static const struct made_ask asks[] = {
    {.n = 160, .n_y = 9, .n_x = 9, .missing = 0.1, .n_z = 2, .n_levels = 24},
    {.n = 160,
     .n_y = 9,
     .n_x = 9,
     .missing = 0.1,
     .n_z = 2,
     .n_levels = 24,
     .weighted = true},
    {.n = 60, .n_y = 9, .n_x = 9, .missing = 0.4, .n_z = 1, .n_levels = 24},
};
enum { N_ASKS = sizeof asks / sizeof asks[0], MOST_ROWS = 160, C = 2 };

struct setup {
    struct made_sweep sweep;
    struct rs_basis basis;
    struct rs_patterns patterns;
    struct rs_tile_groups groups;
    double y[MOST_ROWS], x[MOST_ROWS]; /* columns, each orthogonal to the levels
                                          over its own rows, 0 in others */
    const struct rs_pattern *first, *second; /* of y and x */
};

/* What is made of the sweep. */
static void setup_parts(struct setup *s, const struct made_ask *ask)
{
    ck_assert_int_eq(rs_basis_init(&s->basis, &s->sweep.spec, NULL), RS_OK);
    ck_assert_ptr_nonnull(s->basis.base.absorb);
    ck_assert_uint_eq(s->basis.n, ask->n);
    ck_assert_uint_eq(s->basis.n_vectors, ask->n_z);
    ck_assert_int_eq(rs_patterns_init(&s->patterns, &s->basis, s->sweep.columns,
                                      ask->n_y + ask->n_x, NULL),
                     RS_OK);
    ck_assert_int_eq(rs_tile_groups_init(&s->groups, &s->basis, NULL), RS_OK);
}

static void setup_init(struct setup *s, const struct made_ask *ask)
{
    memset(s, 0, sizeof *s);
    made_sweep_init(&s->sweep, ask);
    setup_parts(s, ask);
}

static void setup_clear(struct setup *s)
{
    rs_tile_groups_clear(&s->groups);
    rs_patterns_clear(&s->patterns);
    rs_basis_clear(&s->basis);
    made_sweep_clear(&s->sweep);
}

static double root_of(const struct setup *s, size_t i)
{
    return s->basis.base.root == NULL ? 1.0 : s->basis.base.root[i];
}

static size_t level_of(const struct setup *s, size_t i)
{
    size_t factor = s->sweep.n_y + s->sweep.n_x + s->sweep.n_z - 1;

    return (size_t)s->sweep.values[factor * s->sweep.n + i];
}

static bool in_both(const struct setup *s, size_t i)
{
    return rs_rows_has(s->first->bits, i) && rs_rows_has(s->second->bits, i);
}

/* Cells of a column, less what its levels explain of them over its rows. */
static void take_levels_out(const struct setup *s, double *v, size_t column)
{
    const double *cells = &s->sweep.values[column * s->sweep.n];

    for (size_t i = 0; i < s->basis.n; i++) {
        double sum = 0.0;
        double weight = 0.0;
        v[i] = 0.0;
        for (size_t k = 0; k < s->basis.n; k++)
            if (!isnan(cells[k]) && level_of(s, k) == level_of(s, i)) {
                sum += root_of(s, k) * root_of(s, k) * cells[k];
                weight += root_of(s, k) * root_of(s, k);
            }
        if (!isnan(cells[i]))
            v[i] = root_of(s, i) * (cells[i] - sum / weight);
    }
}

static void meet(struct setup *s, size_t y, size_t x)
{
    s->first = &s->patterns.patterns[s->patterns.of_column[y]];
    s->second = &s->patterns.patterns[s->patterns.of_column[x]];
    take_levels_out(s, s->y, y);
    take_levels_out(s, s->x, x);
    rs_tile_groups_meet(&s->groups, s->first, s->second);
}

/* The sum over the levels of sum(root a) sum(root b) / weight, all over the
 * common rows; and what of that is of level 0, where the second is NULL. */
static double of_levels(const struct setup *s, const double *a, const double *b)
{
    double all = 0.0;

    for (size_t g = 0; g < s->sweep.n_levels; g++) {
        double sums[2] = {0.0, 0.0};
        double weight = 0.0;
        for (size_t i = 0; i < s->basis.n; i++) {
            if (!in_both(s, i) || level_of(s, i) != g)
                continue;
            sums[0] += root_of(s, i) * a[i];
            sums[1] += b == NULL ? 0.0 : root_of(s, i) * b[i];
            weight += root_of(s, i) * root_of(s, i);
        }
        if (b == NULL)
            return weight > 0.0 ? sums[0] / weight : 0.0;
        if (weight > 0.0)
            all += sums[0] * sums[1] / weight;
    }
    return all;
}

static size_t levels_lost(const struct setup *s)
{
    size_t n = 0;

    for (size_t g = 0; g < s->sweep.n_levels; g++) {
        bool before = false;
        bool now = false;
        for (size_t i = 0; i < s->basis.n; i++)
            if (level_of(s, i) == g) {
                before = true;
                now = now || in_both(s, i);
            }
        n += before && !now ? 1 : 0;
    }
    return n;
}

/* Vectors with vectors, and what they have to do with the reference. */
static void check_vectors(const struct setup *s)
{
    const double *vectors = s->basis.vectors;
    size_t n = s->basis.n;
    size_t c = s->basis.n_vectors;
    double gram[C * C] = {0.0};
    double level[C];

    rs_tile_groups_gram(&s->groups, gram);
    rs_tile_groups_level(&s->groups, level);
    for (size_t a = 0; a < c; a++) {
        const double *v = &vectors[a * n];
        for (size_t b = 0; b <= a; b++)
            ck_assert_double_eq_tol(gram[a * c + b],
                                    -of_levels(s, v, &vectors[b * n]), 1e-13);
        ck_assert_double_eq_tol(
            level[a], s->basis.level[a] - of_levels(s, v, NULL), 1e-13);
    }
}

/* Columns with each other, and with the vectors. */
static void check_columns(const struct setup *s)
{
    size_t n = s->groups.n_touched;
    size_t n_first = s->groups.n_first;
    double of_y[MOST_ROWS];
    double of_x[MOST_ROWS];
    double b[C] = {0.0};

    rs_tile_groups_sum(&s->groups, of_y, n, s->y, 1, s->second);
    rs_tile_groups_sum(&s->groups, of_x, n_first, s->x, 1, s->first);
    ck_assert_double_eq_tol(rs_tile_groups_inner(&s->groups, of_y, of_y, n),
                            of_levels(s, s->y, s->y), 1e-12);
    ck_assert_double_eq_tol(
        rs_tile_groups_inner(&s->groups, of_x, of_x, n_first),
        of_levels(s, s->x, s->x), 1e-12);
    ck_assert_double_eq_tol(
        rs_tile_groups_inner(&s->groups, of_x, of_y, n_first),
        of_levels(s, s->x, s->y), 1e-12);
    rs_tile_groups_products(&s->groups, b, of_y, n);
    for (size_t l = 0; l < s->basis.n_vectors; l++)
        ck_assert_double_eq_tol(
            b[l], -of_levels(s, &s->basis.vectors[l * s->basis.n], s->y),
            1e-12);
    ck_assert_double_eq_tol(rs_tile_groups_reference(&s->groups, of_y, n),
                            of_levels(s, s->y, NULL), 1e-12);
}

START_TEST(test_sums)
{
    struct setup s;
    size_t n_sound = 0;
    size_t n_losing = 0;

    setup_init(&s, &asks[_i]);
    for (size_t y = 0; y < asks[_i].n_y; y++)
        for (size_t x = 0; x < asks[_i].n_x; x++) {
            meet(&s, y, asks[_i].n_y + x);
            ck_assert_uint_eq(s.groups.n_lost, levels_lost(&s));
            check_vectors(&s);
            check_columns(&s);
            n_sound += s.groups.sound ? 1 : 0;
            n_losing += s.groups.n_lost > 0 ? 1 : 0;
        }
    ck_assert_uint_gt(n_sound, 9);
    ck_assert(asks[_i].missing < 0.3 || n_losing > 40);
    setup_clear(&s);
}
END_TEST

/* Column 0 loses the reference, 1 all of level 5 but a trifle of its weight, 2
 * level 7, which is no harm. */
static void lose_levels(struct made_sweep *sweep)
{
    size_t factor = sweep->n_y + sweep->n_x + sweep->n_z - 1;
    bool kept = false;

    for (size_t i = 0; i < sweep->n; i++) {
        double level = sweep->values[factor * sweep->n + i];
        if (level == 0.0)
            sweep->values[i] = NAN;
        if (level == 5.0 && kept)
            sweep->values[sweep->n + i] = NAN;
        if (level == 5.0 && !kept) {
            sweep->values[(factor + 1) * sweep->n + i] = 1e-5;
            kept = true;
        }
        if (level == 7.0)
            sweep->values[2 * sweep->n + i] = NAN;
    }
}

START_TEST(test_sound)
{
    struct made_ask ask = asks[1];
    struct setup s;

    ask.missing = 0.0;
    memset(&s, 0, sizeof s);
    made_sweep_init(&s.sweep, &ask);
    lose_levels(&s.sweep);
    made_sweep_load(&s.sweep);
    setup_parts(&s, &ask);
    for (size_t y = 0; y < 4; y++) {
        rs_tile_groups_meet(
            &s.groups, &s.patterns.patterns[s.patterns.of_column[y]], NULL);
        ck_assert(s.groups.sound == (y > 1));
        ck_assert_uint_eq(s.groups.n_lost, y == 0 || y == 2 ? 1 : 0);
    }
    setup_clear(&s);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_sums, N_ASKS},
    {&test_sound, 1},
};
SUITE(tile_groups, tests)
