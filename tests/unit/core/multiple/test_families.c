/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "made_data.h"
#include "p_median.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ALL = (1 << RS_ADJUST_COUNT) - 1 };

/* Cells with effects, zeros, and no pairs on the diagonal. */
static double *made_cells(size_t n_y, size_t n_x)
{
    double *cells = calloc(n_y * n_x + 1, sizeof *cells);
    uint64_t seed = n_y + n_x;

    for (size_t i = 0; i < n_y * n_x; i++) {
        double u = 1.0 - made_uniform(&seed);
        cells[i] = i / n_x == i % n_x ? NAN
                   : u < 0.01         ? -INFINITY
                   : u < 0.2          ? -20.0 * made_uniform(&seed)
                                      : log(made_uniform(&seed) + 1e-12);
    }
    return cells;
}

/* Parts whose lists are some of the columns; both lists of the first are
 * rising, so that one part alone is numbered as it is. */
enum { MOST_PARTS = 5 };

struct made_parts {
    struct rs_family_part parts[MOST_PARTS];
    size_t n;
    size_t *lists[2 * MOST_PARTS];
};

static size_t *made_list(size_t n, size_t first, size_t step)
{
    size_t *list = calloc(n + 1, sizeof *list);

    for (size_t i = 0; i < n; i++)
        list[i] = first + i * step;
    return list;
}

static void add_part(struct made_parts *made, size_t n_y, size_t n_x,
                     size_t group, size_t set, bool matched)
{
    size_t p = made->n++;

    made->lists[2 * p] = made_list(n_y, set, 1 + p % 2);
    made->lists[2 * p + 1] = made_list(n_x, p % 3, 1);
    made->parts[p] = (struct rs_family_part){.y = made->lists[2 * p],
                                             .x = made->lists[2 * p + 1],
                                             .n_y = n_y,
                                             .n_x = n_x,
                                             .matched = matched,
                                             .group = group,
                                             .set = set};
}

static void clear_parts(struct made_parts *made)
{
    for (size_t i = 0; i < 2 * made->n; i++)
        free(made->lists[i]);
    made->n = 0;
}

/* What the family of a test is told by. */
struct key {
    size_t y, x, group, set;
};

static struct key key_of(const struct made_parts *made, enum rs_family family,
                         size_t p, size_t y, size_t x)
{
    const struct rs_family_part *part = &made->parts[p];
    unsigned by = (unsigned)family;

    return (struct key){(by & RS_FAMILY_Y) != 0 ? part->y[y] : 0,
                        (by & RS_FAMILY_X) != 0 ? part->x[x] : 0,
                        (by & RS_FAMILY_GROUP) != 0 ? part->group : 0,
                        (by & RS_FAMILY_SET) != 0 ? part->set : 0};
}

/* A cell of the map. */
struct place {
    size_t part, y, x;
};

static struct place place_of(const struct rs_family_map *map,
                             const struct made_parts *made, size_t cell)
{
    size_t p = map->n_parts - 1;
    struct place at;

    while (map->blocks[p].first > cell)
        p--;
    at = (struct place){p, (cell - map->blocks[p].first) / map->blocks[p].n_x,
                        (cell - map->blocks[p].first) % map->blocks[p].n_x};
    if (made->parts[p].matched)
        at.x = at.y;
    return at;
}

/* The cells that have the key, one behind the other. */
static size_t members(double *out, const double *cells,
                      const struct rs_family_map *map,
                      const struct made_parts *made, const struct key *key)
{
    size_t n = 0;

    for (size_t c = 0; c < map->n_cells; c++) {
        struct place at = place_of(map, made, c);
        struct key own = key_of(made, map->family, at.part, at.y, at.x);
        if (memcmp(&own, key, sizeof own) == 0)
            out[n++] = cells[c];
    }
    return n;
}

static size_t count_wrong(const struct rs_adjust_curve *ours,
                          const struct rs_adjust_curve *theirs, double log_p)
{
    double a[RS_ADJUST_COUNT];
    double b[RS_ADJUST_COUNT];
    size_t wrong = 0;

    rs_adjust_log_all(a, ours, log_p);
    rs_adjust_log_all(b, theirs, log_p);
    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++)
        wrong += a[k] == b[k] || (isnan(a[k]) && isnan(b[k])) ? 0 : 1;
    return wrong;
}

/* Every family by itself gives the same bits. */
static void check(const struct made_parts *made, enum rs_family family,
                  const struct rs_families_ask *asked)
{
    const struct rs_adjust_ask alone = {.methods = asked->methods,
                                        .most_bytes = UINT64_MAX};
    struct rs_family_map map;
    struct rs_families_ask ask = *asked;
    struct rs_families *families = NULL;
    double *cells = NULL;
    double *values = NULL;
    uint64_t m = 0;
    double median = 0.0;
    size_t wrong = 0;

    ck_assert_int_eq(
        rs_family_map_init(&map, family, made->parts, made->n, NULL), RS_OK);
    ask.map = &map;
    cells = made_cells(map.n_cells, 1);
    values = calloc(map.n_cells + 1, sizeof *values);
    ck_assert_int_eq(rs_families_new(&families, cells, &ask, NULL), RS_OK);
    for (size_t c = 0, next = 0; c < map.n_cells; c++) {
        struct place at = place_of(&map, made, c);
        const struct rs_adjust_curve *own =
            rs_families_of(families, at.part, at.y, at.x);
        struct key key = key_of(made, family, at.part, at.y, at.x);
        struct rs_adjust_curve curve;
        size_t n = 0;
        if (next == map.n || own != rs_families_curve(families, next))
            continue; /* met before */
        next++;
        n = members(values, cells, &map, made, &key);
        ck_assert_int_eq(rs_adjust_make(&curve, values, n, &alone, NULL),
                         RS_OK);
        ck_assert_uint_eq(curve.m, own->m);
        for (size_t i = 0; i < n; i++)
            wrong += count_wrong(own, &curve, values[i]);
        m += curve.m;
        rs_adjust_clear(&curve);
    }
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_eq(rs_families_tests(families), m);
    ck_assert_double_eq(rs_families_distance(families), 0.0);
    ck_assert_int_eq(rs_p_median(&median, cells, map.n_cells, 1, NULL), RS_OK);
    ck_assert(rs_families_log_median(families) == median ||
              (isnan(median) && isnan(rs_families_log_median(families))));
    rs_families_free(families);
    rs_family_map_clear(&map);
    free(values);
    free(cells);
}

START_TEST(test_each_alone)
{
    static const size_t shapes[][2] = {{1, 1},   {1, 300},   {300, 1},
                                       {7, 40},  {40, 7},    {60, 61},
                                       {33, 17}, {2, 70000}, {1, 70000}};

    for (unsigned family = 0; family < 3; family++) {
        for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
            struct made_parts made = {.n = 0};
            struct rs_families_ask ask = {
                .methods = i % 2 == 0 ? ALL : 1U << RS_ADJUST_BH,
                .n_threads = (unsigned)i % 4,
                .most_bytes = UINT64_MAX};
            if (family == RS_FAMILY_X && shapes[i][1] > 1000)
                continue; /* as many families as tests */
            add_part(&made, shapes[i][0], shapes[i][1], 0, 0, false);
            check(&made, (enum rs_family)family, &ask);
            clear_parts(&made);
        }
    }
}
END_TEST

/* Families across parts, whose lists are not the same. */
START_TEST(test_parts)
{
    for (unsigned family = 0; family < 16; family++)
        for (unsigned n_threads = 1; n_threads < 9; n_threads += 7) {
            struct made_parts made = {.n = 0};
            struct rs_families_ask ask = {.methods = ALL,
                                          .n_threads = n_threads,
                                          .most_bytes = UINT64_MAX};
            if ((family & RS_FAMILY_Y) != 0 && (family & RS_FAMILY_X) != 0)
                continue;
            add_part(&made, 12, 30, 0, 0, false);
            add_part(&made, 9, 31, 0, 2, false);
            add_part(&made, 12, 1, 1, 0, false);
            add_part(&made, 20, 20, 1, 2, true);
            add_part(&made, 1, 40, 3, 2, false);
            check(&made, (enum rs_family)family, &ask);
            clear_parts(&made);
        }
}
END_TEST

START_TEST(test_numbers)
{
    struct made_parts made = {.n = 0};
    struct rs_family_map map;

    add_part(&made, 3, 4, 0, 0, false); /* y 0 1 2, x 0 1 2 3 */
    add_part(&made, 2, 4, 1, 0, false); /* y 0 2, x 1 2 3 4 */
    ck_assert_int_eq(rs_family_map_init(&map, RS_FAMILY_Y, made.parts, 2, NULL),
                     RS_OK);
    ck_assert_uint_eq(map.n, 3);
    ck_assert_uint_eq(map.n_cells, 20);
    ck_assert_uint_eq(rs_family_map_of(&map, 0, 2, 0), 2);
    ck_assert_uint_eq(rs_family_map_of(&map, 1, 1, 0), 2);
    rs_family_map_clear(&map);
    ck_assert_int_eq(rs_family_map_init(&map, RS_FAMILY_X, made.parts, 2, NULL),
                     RS_OK);
    ck_assert_uint_eq(map.n, 5);
    ck_assert_uint_eq(rs_family_map_of(&map, 1, 0, 3), 4);
    rs_family_map_clear(&map);
    ck_assert_int_eq(rs_family_map_init(&map, RS_FAMILY_X | RS_FAMILY_GROUP,
                                        made.parts, 2, NULL),
                     RS_OK);
    ck_assert_uint_eq(map.n, 8);
    ck_assert_uint_eq(rs_family_map_of(&map, 1, 0, 0), 4);
    rs_family_map_clear(&map);
    made.parts[1].pooled = true; /* never with others */
    ck_assert_int_eq(
        rs_family_map_init(&map, RS_FAMILY_ALL, made.parts, 2, NULL), RS_OK);
    ck_assert_uint_eq(map.n, 2);
    rs_family_map_clear(&map);
    ck_assert_int_eq(rs_family_map_init(&map, RS_FAMILY_Y, made.parts, 2, NULL),
                     RS_OK);
    ck_assert_uint_eq(map.n, 5);
    rs_family_map_clear(&map);
    clear_parts(&made);
}
END_TEST

/* Without room for the cells' copy, or for the steps, the one family becomes
 * a histogram; many families do not. */
START_TEST(test_memory_limit)
{
    enum { N_Y = 200, N_X = 300 };
    double *cells = made_cells(N_Y, N_X);
    uint64_t limits[] = {1000, 8 * N_Y * N_X + 2000};

    for (size_t i = 0; i < 2; i++) {
        struct made_parts made = {.n = 0};
        struct rs_family_map map;
        struct rs_families_ask ask = {.map = &map,
                                      .methods = ALL,
                                      .n_threads = 2,
                                      .most_bytes = UINT64_MAX};
        struct rs_families *exact = NULL;
        struct rs_families *families = NULL;
        struct rs_error err = {0};
        double out[RS_ADJUST_COUNT];
        double least[RS_ADJUST_COUNT];
        size_t wrong = 0;
        add_part(&made, N_Y, N_X, 0, 0, false);
        ck_assert_int_eq(
            rs_family_map_init(&map, RS_FAMILY_ALL, made.parts, 1, NULL),
            RS_OK);
        ck_assert_int_eq(rs_families_new(&exact, cells, &ask, NULL), RS_OK);
        ask.most_bytes = limits[i];
        ck_assert_int_eq(rs_families_new(&families, cells, &ask, &err), RS_OK);
        ck_assert_int_eq(err.status, RS_OK);
        ck_assert_double_gt(rs_families_distance(families), 0.0);
        ck_assert_double_lt(rs_families_distance(families), 1e-2);
        for (size_t c = 0; c < N_Y * N_X; c++) {
            rs_adjust_log_all(out, rs_families_curve(families, 0), cells[c]);
            rs_adjust_log_all(least, rs_families_curve(exact, 0), cells[c]);
            for (unsigned k = 0; k < RS_ADJUST_COUNT; k++)
                wrong += out[k] < least[k] - 1e-13 ? 1 : 0;
        }
        ck_assert_uint_eq(wrong, 0);
        rs_families_free(families);
        rs_families_free(exact);
        rs_family_map_clear(&map);
        ck_assert_int_eq(rs_family_map_init(&map,
                                            i == 0 ? RS_FAMILY_Y : RS_FAMILY_X,
                                            made.parts, 1, NULL),
                         RS_OK);
        ask.most_bytes = 40000;
        ck_assert_int_eq(rs_families_new(&families, cells, &ask, &err),
                         RS_ERR_NOMEM);
        ck_assert_ptr_null(families);
        ck_assert_int_eq(err.status, RS_ERR_NOMEM);
        rs_family_map_clear(&map);
        clear_parts(&made);
    }
    free(cells);
}
END_TEST

/* A histogram for each of two families. */
START_TEST(test_from_histograms)
{
    struct rs_p_histogram *histograms = calloc(2, sizeof *histograms);
    struct made_parts made = {.n = 0};
    struct rs_family_map map;
    const struct rs_families_ask ask = {.map = &map, .methods = ALL};
    struct rs_families *families = NULL;
    const struct rs_adjust_curve *curve = NULL;

    add_part(&made, 1, 2, 0, 0, false);
    add_part(&made, 1, 1, 1, 0, false);
    ck_assert_int_eq(
        rs_family_map_init(&map, RS_FAMILY_GROUP, made.parts, 2, NULL), RS_OK);
    rs_p_histogram_add(&histograms[0], log(0.01));
    rs_p_histogram_add(&histograms[0], log(0.8));
    rs_p_histogram_add(&histograms[1], log(0.3));
    ck_assert_int_eq(
        rs_families_new_histograms(&families, histograms, &ask, NULL), RS_OK);
    ck_assert_uint_eq(rs_families_tests(families), 3);
    ck_assert_uint_eq(rs_families_n(families), 2);
    curve = rs_families_of(families, 0, 0, 1);
    ck_assert_double_eq_tol(exp(rs_adjust_log(curve, RS_ADJUST_BH, log(0.01))),
                            0.02, 1e-15);
    curve = rs_families_of(families, 1, 0, 0);
    ck_assert_double_eq_tol(exp(rs_adjust_log(curve, RS_ADJUST_BH, log(0.3))),
                            0.3, 1e-15);
    ck_assert_double_eq_tol(exp(rs_families_log_median(families)), 0.3, 1e-4);
    rs_families_free(families);
    rs_families_free(NULL);
    rs_family_map_clear(&map);
    clear_parts(&made);
    free(histograms);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_each_alone, 1},   {&test_parts, 1},           {&test_numbers, 1},
    {&test_memory_limit, 1}, {&test_from_histograms, 1},
};
SUITE(families, tests)
