/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_tile.h"
#include "run_suite.h"
#include "tile_values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Rows of products that are made up, whatever the columns' are: small, large,
 * on the edges of the tally, and such that little is left of intercept or r2.
 * Cells and counts are those of the fits that the same products make pair by
 * pair, or, where one is delicate, of the exact engine's.
 */
static const struct made_ask asks[] = {
    {.n = 40, .n_y = 3, .n_x = 300, .tile = {3, 300}}, /* more than a piece */
    {.n = 40, .n_y = 3, .n_x = 30, .n_z = 2, .tile = {3, 30}},
    {.n = 40, .n_y = 3, .n_x = 30, .through_0 = true, .tile = {3, 30}},
    {.n = 40, .n_y = 3, .n_x = 30, .weighted = true, .tile = {3, 30}},
    {.n = 40, .n_y = 30, .pairs = RS_PAIRS_UNIQUE, .tile = {30, 30}},
};
enum { N_ASKS = sizeof asks / sizeof asks[0], ROWS = 3 };

static const int fields[] = {
    RS_FIELD_N,       RS_FIELD_DF,    RS_FIELD_DF1,  RS_FIELD_INTERCEPT,
    RS_FIELD_BETA,    RS_FIELD_SE,    RS_FIELD_STAT, RS_FIELD_CI_LOW,
    RS_FIELD_CI_HIGH, RS_FIELD_P,     RS_FIELD_R,    RS_FIELD_NEG_LOG10_P,
    RS_FIELD_R2,      RS_FIELD_SIGMA, RS_VALUE_LOG_P};
enum { N_FIELDS = sizeof fields / sizeof fields[0] };

struct setup {
    struct made_tile t;
    struct rs_tile tile;
    struct rs_tile_grid grid;
    struct rs_tile_level *level;
    struct rs_values values;
    struct rs_tally tally;
    struct rs_emitter emit;
    struct rs_tile_values *v;
    double *r; /* [wide] */
};

static void setup_init(struct setup *s, const struct made_ask *ask)
{
    const struct rs_plan *plan = &s->t.sweep.plan;

    memset(s, 0, sizeof *s);
    made_tile_init(&s->t, ask);
    made_tile_prepare(&s->t, RS_TILE_STORE);
    if (ask->n_z > 0) /* next to nothing, and so is r2 */
        s->t.data.y.columns[1].base_r2 = 1e-6;
    s->tile = made_tile_all(&s->t);
    s->grid = rs_tile_grid_of(&s->t.worker, &s->tile);
    s->level = rs_tile_level_of(&s->t.worker, s->t.data.basis.n);
    s->values = (struct rs_values){.conf_level = 0.9, .n_x = plan->n_x};
    s->values.cells = calloc(plan->n_y * plan->n_x, sizeof(double));
    s->r = calloc(s->t.worker.wide, sizeof *s->r);
    ck_assert(s->values.cells != NULL && s->r != NULL);
    s->emit = (struct rs_emitter){
        .begin = made_sweep_begin, .tally = &s->tally, .values = &s->values};
    ck_assert_int_eq(rs_tile_values_new(&s->v, &s->t.worker, NULL), RS_OK);
}

static void setup_clear(struct setup *s)
{
    rs_tile_values_free(s->v);
    free(s->values.cells);
    free(s->r);
    made_tile_clear(&s->t);
}

/* The product that makes the intercept nearly nothing. */
static double through_0(const struct rs_tile_column *y,
                        const struct rs_tile_column *x)
{
    double r = y->mean / x->mean * x->norm / y->norm;

    return fabs(r) < 0.9 ? r * (1.0 + 1e-9) : 0.5;
}

/* Products for row i. */
static void make_products(struct setup *s, size_t i)
{
    const struct rs_tile_side *x = &s->t.data.x;
    uint64_t seed = i + 1;

    for (size_t j = 0; j < x->n; j++) {
        double r = 2.0 * made_uniform(&seed) - 1.0;
        if (j % 7 == 1)
            r *= 1e-6;
        if (j % 7 == 2)
            r = 1.0 - 1e-5 * fabs(r);
        if (j % 7 == 3)
            r = s->level->edges[j % RS_P_EDGES] * (j % 2 == 0 ? 1.0 : -1.0);
        if (j % 7 == 4)
            r = through_0(&s->t.data.y.columns[i], &x->columns[j]);
        if (j % 7 == 5)
            r = 2e-3;
        s->r[s->tile.x0 + j - s->grid.x_first] = r;
    }
}

/* The fit that a product makes; false: a delicate pair, fitted exactly. */
static bool fit_of(struct rs_fit *fit, struct setup *s, size_t i, size_t j)
{
    struct rs_tile_terms terms;
    double r = s->r[j - s->grid.x_first];

    rs_tile_plain_terms(&terms, &s->t.worker, &s->t.data.y.columns[i],
                        &s->t.data.x.columns[j], r);
    if (rs_tile_assemble(fit, &s->t.worker, &terms, s->level,
                         rs_tile_log_p(s->level, r)))
        return true;
    made_sweep_fit(&s->t.sweep, i, j, fit);
    rs_fit_find_p(fit);
    return false;
}

/* Row i of one field, and what was counted; gives how many were delicate. */
static size_t check_row(struct setup *s, size_t i)
{
    const struct rs_plan *plan = &s->t.sweep.plan;
    struct rs_tally wanted;
    size_t n_delicate = 0;

    memset(&wanted, 0, sizeof wanted);
    memset(&s->tally, 0, sizeof s->tally);
    make_products(s, i);
    rs_tile_values_row(s->v, s->r, &s->emit, &s->tile, &s->grid, i);
    for (size_t j = 0; j < plan->n_x; j++) {
        const double *cell = rs_values_cell(&s->values, i, j);
        struct rs_fit fit;
        double want = NAN;
        if (!rs_plan_has(plan, i, j)) {
            ck_assert_double_nan(*cell);
            continue;
        }
        n_delicate += fit_of(&fit, s, i, j) ? 0 : 1;
        want = rs_values_of(&s->values, &fit);
        ck_assert_msg((isnan(want) && isnan(*cell)) || want == *cell,
                      "number %d of %zu, %zu: %.17g, not %.17g",
                      s->values.field, i, j, *cell, want);
        rs_tally_add(&wanted, &fit);
        wanted.kept++;
    }
    ck_assert_mem_eq(&s->tally, &wanted, sizeof wanted);
    return n_delicate;
}

START_TEST(test_rows)
{
    struct setup s;

    setup_init(&s, &asks[_i]);
    for (size_t f = 0; f < N_FIELDS; f++) {
        size_t n = s.t.sweep.plan.n_x;
        size_t n_delicate = 0;
        s.values.field = fields[f];
        ck_assert(rs_tile_values_begin(s.v, &s.emit, &s.tile, &s.grid));
        for (size_t i = 0; i < ROWS; i++)
            n_delicate += check_row(&s, i);
        ck_assert_uint_gt(n_delicate, ROWS * n / 12);
        ck_assert_uint_lt(n_delicate, ROWS * n / 2);
    }
    setup_clear(&s);
}
END_TEST

/* The same pair by pair; what needs p or the exact engine is left alone. */
START_TEST(test_pairs)
{
    struct setup s;
    size_t n_done = 0;

    setup_init(&s, &asks[_i]);
    make_products(&s, 1);
    for (size_t f = 0; f < N_FIELDS; f++)
        for (size_t j = 2; j < s.t.sweep.plan.n_x; j++) {
            double *cell = rs_values_cell(&s.values, 1, j);
            double r = s.r[j - s.grid.x_first];
            bool of_p = fields[f] == RS_FIELD_P ||
                        fields[f] == RS_FIELD_NEG_LOG10_P ||
                        fields[f] == RS_VALUE_LOG_P;
            struct rs_tile_terms terms;
            struct rs_tally wanted;
            struct rs_fit fit;
            bool fine = fit_of(&fit, &s, 1, j);
            s.values.field = fields[f];
            *cell = 1e99;
            memset(&s.tally, 0, sizeof s.tally);
            memset(&wanted, 0, sizeof wanted);
            rs_tile_plain_terms(&terms, &s.t.worker, &s.t.data.y.columns[1],
                                &s.t.data.x.columns[j], r);
            if (!rs_tile_values_pair(&s.t.worker, &s.emit, 1, j, &terms,
                                     s.level)) {
                ck_assert(of_p || !fine || j % 7 == 3);
                ck_assert_double_eq(*cell, 1e99);
                ck_assert_mem_eq(&s.tally, &wanted, sizeof wanted);
                continue;
            }
            ck_assert(fine && !of_p && j % 7 != 3);
            ck_assert(*cell == rs_values_of(&s.values, &fit) ||
                      (fields[f] == RS_FIELD_INTERCEPT && isnan(*cell)));
            rs_tally_add(&wanted, &fit);
            wanted.kept++;
            ck_assert_mem_eq(&s.tally, &wanted, sizeof wanted);
            n_done++;
        }
    ck_assert_uint_gt(n_done, N_FIELDS * s.t.sweep.plan.n_x / 4);
    setup_clear(&s);
}
END_TEST

/* What has to come from rows: no matrix, numbers that fits hold alone, pairs
 * that may not be kept, missing values. */
START_TEST(test_begin)
{
    struct made_ask ask = asks[1];
    struct setup s;

    setup_init(&s, &ask);
    s.values.field = RS_FIELD_AIC;
    ck_assert(!rs_tile_values_begin(s.v, &s.emit, &s.tile, &s.grid));
    s.values.field = RS_FIELD_BETA;
    ck_assert(rs_tile_values_begin(s.v, &s.emit, &s.tile, &s.grid));
    s.t.sweep.keep.p_max = 0.5;
    ck_assert(!rs_tile_values_begin(s.v, &s.emit, &s.tile, &s.grid));
    s.t.sweep.keep.p_max = 1.0;
    s.emit.values = NULL;
    ck_assert(!rs_tile_values_begin(s.v, &s.emit, &s.tile, &s.grid));
    setup_clear(&s);
    ask.missing = 0.02;
    setup_init(&s, &ask);
    s.values.field = RS_FIELD_BETA;
    ck_assert(!rs_tile_values_begin(s.v, &s.emit, &s.tile, &s.grid));
    setup_clear(&s);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_rows, N_ASKS},
    {&test_pairs, N_ASKS},
    {&test_begin, 1},
};
SUITE(tile_values, tests)
