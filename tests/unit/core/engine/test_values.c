/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engines.h"
#include "made_sweep.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 90, COLUMNS = 300, CELLS = COLUMNS * COLUMNS };

/* A sweep, done twice: to rows, which give all numbers of a cell, and to a
 * matrix of one. */
struct sweep {
    struct made_sweep made;
    struct rs_values values;
    struct rs_fit *fits; /* [CELLS] */
    bool *has_fit;       /* [CELLS] */
    double *cells;       /* [CELLS] */
    struct rs_tally by_rows, by_cells;
};

/* Columns that are constant, infinite, copies, nearly copies, or have no
 * correlation; the first rows are never missing. */
static void make_numbers(double *numbers, double missing)
{
    uint64_t seed = 11;

    for (size_t j = 0; j < COLUMNS; j++)
        for (size_t i = 0; i < ROWS; i++) {
            double value = made_normal(&seed);
            bool gone = made_uniform(&seed) < missing;
            if (j % 50 == 7)
                value = 3.25;
            else if (j % 50 == 8)
                value = 2.0 * numbers[(j - 2) * ROWS + i];
            else if (j % 50 == 9)
                value = numbers[(j - 4) * ROWS + i] + 1e-3 * value;
            else if (j % 50 == 10)
                value = (double)(i % 2);
            else if (j % 50 == 11)
                value = (double)(i / 2 % 2);
            else if (j % 50 == 12 && i == 3)
                value = INFINITY;
            numbers[j * ROWS + i] = gone && i > 5 && j % 3 != 0 ? NAN : value;
        }
}

static void sweep_init(struct sweep *s, enum rs_pairs pairs, double missing)
{
    const bool matched = pairs == RS_PAIRS_MATCHED;
    const size_t n_x = matched ? COLUMNS / 2 : 0;
    const struct made_ask ask = {
        .n = ROWS, .n_y = COLUMNS - n_x, .n_x = n_x, .tile = {20, 280}};

    memset(s, 0, sizeof *s);
    made_sweep_init(&s->made, &ask);
    for (size_t j = 0; j < n_x; j++) /* other kinds beside each other */
        s->made.columns[n_x + j] = n_x + (j + 3) % n_x;
    make_numbers(s->made.values, missing);
    made_sweep_load(&s->made);
    made_sweep_plan(&s->made, pairs);
    s->fits = malloc(CELLS * sizeof *s->fits);
    s->has_fit = malloc(CELLS * sizeof *s->has_fit);
    s->cells = malloc(CELLS * sizeof *s->cells);
    ck_assert(s->fits != NULL && s->has_fit != NULL && s->cells != NULL);
    s->values.conf_level = 0.9;
    s->values.n_x = s->made.plan.n_x;
    s->values.matched = matched;
    s->values.cells = s->cells;
}

static void sweep_clear(struct sweep *s)
{
    made_sweep_clear(&s->made);
    free(s->fits);
    free(s->has_fit);
    free(s->cells);
}

/* Every 97th pair that the engine asks about has been given up. */
static bool begin(void *ctx, uint64_t item)
{
    (void)ctx;
    return item % 97 != 0;
}

static void take_row(void *ctx, size_t y_ix, size_t x_ix,
                     const struct rs_fit *fit)
{
    struct sweep *s = ctx;
    size_t at = (size_t)(rs_values_cell(&s->values, y_ix, x_ix) - s->cells);

    s->fits[at] = *fit;
    s->has_fit[at] = true;
}

/* Fills s->fits. */
static void run_rows(struct sweep *s, const struct rs_engine *engine)
{
    const struct rs_emitter emit = {.ctx = s,
                                    .begin = made_sweep_begin,
                                    .row = take_row,
                                    .tally = &s->by_rows};

    memset(&s->by_rows, 0, sizeof s->by_rows);
    memset(s->has_fit, 0, CELLS * sizeof *s->has_fit);
    made_sweep_run(&s->made, engine, &emit);
}

/* Fills s->cells. */
static void run_cells(struct sweep *s, const struct rs_engine *engine,
                      bool (*begins)(void *ctx, uint64_t item))
{
    const struct rs_emitter emit = {
        .begin = begins, .tally = &s->by_cells, .values = &s->values};

    memset(&s->by_cells, 0, sizeof s->by_cells);
    for (size_t i = 0; i < CELLS; i++)
        s->cells[i] = 1e99; /* what was there before */
    made_sweep_run(&s->made, engine, &emit);
}

/* The matrix of a field is what the rows say, to the last bit. */
static void compare(struct sweep *s, const struct rs_engine *engine, int field)
{
    size_t n_x = s->values.matched ? 1 : s->made.plan.n_x;

    s->values.field = field;
    run_cells(s, engine, made_sweep_begin);
    for (size_t i = 0; i < s->made.plan.n_y * n_x; i++) {
        double want =
            s->has_fit[i] ? rs_values_of(&s->values, &s->fits[i]) : NAN;
        if (!(isnan(want) && isnan(s->cells[i])) &&
            memcmp(&want, &s->cells[i], sizeof want) != 0)
            ck_abort_msg("%s, number %d, cell %zu, %zu: row %.17g, cell %.17g",
                         engine->name, field, i / n_x, i % n_x, want,
                         s->cells[i]);
    }
    ck_assert_mem_eq(&s->by_rows, &s->by_cells, sizeof s->by_rows);
}

static bool is_number(int field)
{
    return field == RS_VALUE_LOG_P ||
           (!rs_source_is_text(rs_fields[field].source) &&
            rs_fields[field].need == RS_NEED_NOTHING);
}

/* All numbers of all pairs. */
START_TEST(test_numbers)
{
    int most = getenv("REGSWEEP_TEST_FEW") == NULL ? 3 : 1;

    for (int k = 0; k < most; k++) {
        struct sweep s;
        sweep_init(&s, RS_PAIRS_ALL, k == 1 ? 0.02 : 0.0);
        s.made.spec.intercept = k < 2;
        run_rows(&s, &rs_engine_tile);
        for (int field = 0; field <= RS_VALUE_LOG_P; field++)
            if (is_number(field))
                compare(&s, &rs_engine_tile, field);
        sweep_clear(&s);
    }
}
END_TEST

START_TEST(test_pairs)
{
    static const struct {
        enum rs_pairs pairs;
        const struct rs_engine *engine;
        double missing;
    } cases[] = {
        {RS_PAIRS_UNIQUE, &rs_engine_tile, 0.0},
        {RS_PAIRS_UNIQUE, &rs_engine_tile, 0.02},
        {RS_PAIRS_UNIQUE, &rs_engine_exact, 0.0},
        {RS_PAIRS_MATCHED, &rs_engine_exact, 0.02},
    };

    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        struct sweep s;
        sweep_init(&s, cases[c].pairs, cases[c].missing);
        run_rows(&s, cases[c].engine);
        compare(&s, cases[c].engine, RS_FIELD_BETA);
        compare(&s, cases[c].engine, RS_VALUE_LOG_P);
        sweep_clear(&s);
    }
}
END_TEST

/* What is not kept is no number. */
START_TEST(test_keep)
{
    static const double p_max[] = {0.005, 0.3};

    for (int k = 0; k < 4; k++) {
        struct sweep s;
        sweep_init(&s, RS_PAIRS_ALL, k < 2 ? 0.0 : 0.02);
        s.made.keep.p_max = p_max[k % 2];
        run_rows(&s, &rs_engine_tile);
        compare(&s, &rs_engine_tile, RS_FIELD_SE);
        ck_assert_uint_lt(s.by_cells.kept, s.made.plan.n_pairs);
        sweep_clear(&s);
    }
}
END_TEST

/* ln p of a perfect fit, which has no p as a column. */
START_TEST(test_perfect)
{
    struct sweep s;

    sweep_init(&s, RS_PAIRS_ALL, 0.0);
    run_rows(&s, &rs_engine_tile);
    compare(&s, &rs_engine_tile, RS_VALUE_LOG_P);
    ck_assert_double_eq(*rs_values_cell(&s.values, 8, 6), -INFINITY);
    compare(&s, &rs_engine_tile, RS_FIELD_P);
    ck_assert_double_nan(*rs_values_cell(&s.values, 8, 6));
    sweep_clear(&s);
}
END_TEST

/* A pair that was given up has no number, and is counted as such. */
START_TEST(test_lost)
{
    struct sweep s;
    size_t n_nan[2] = {0, 0};

    sweep_init(&s, RS_PAIRS_ALL, 0.0);
    s.values.field = RS_FIELD_BETA;
    for (int k = 0; k < 2; k++) {
        run_cells(&s, &rs_engine_tile, k == 0 ? made_sweep_begin : begin);
        for (size_t i = 0; i < CELLS; i++)
            n_nan[k] += isnan(s.cells[i]) ? 1 : 0;
    }
    ck_assert_uint_gt(s.by_cells.outcomes[RS_FIT_WORKER_LOST], 0);
    ck_assert_uint_ge(n_nan[1], n_nan[0]);
    ck_assert_uint_le(n_nan[1] - n_nan[0],
                      s.by_cells.outcomes[RS_FIT_WORKER_LOST]);
    ck_assert_uint_gt(n_nan[1], n_nan[0]);
    sweep_clear(&s);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_numbers, 1}, {&test_pairs, 1}, {&test_keep, 1},
    {&test_perfect, 1}, {&test_lost, 1},
};
SUITE(values, tests)
