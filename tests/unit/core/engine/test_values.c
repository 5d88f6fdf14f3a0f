/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engines.h"
#include "made_data.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 90, COLUMNS = 301, CELLS = COLUMNS * COLUMNS };

static const struct rs_keep keep_all = {.p_max = 1.0};
static const struct rs_keep keep_few = {.p_max = 0.005};
static const struct rs_keep keep_many = {.p_max = 0.3};

/* A sweep, done twice: to rows, of which each gives its cell a number, and
 * to a matrix. */
struct sweep {
    double *numbers;
    struct rs_dataset *data;
    struct rs_plan plan;
    struct rs_spec spec;
    struct rs_engine_env env;
    struct rs_values values;
    double *by_rows, *by_cells;
    struct rs_tally tallies[2];
};

static void set_column(struct sweep *s, size_t column, size_t row, double value)
{
    s->numbers[column * ROWS + row] = value;
}

/* Columns that are constant, infinite, copies, nearly copies, or have no
 * correlation; the first rows are never missing. */
static void make_numbers(struct sweep *s, double missing)
{
    uint64_t seed = 11;

    s->numbers = malloc((size_t)COLUMNS * ROWS * sizeof(double));
    ck_assert_ptr_nonnull(s->numbers);
    for (size_t j = 0; j < COLUMNS; j++)
        for (size_t i = 0; i < ROWS; i++) {
            double value = made_normal(&seed);
            bool gone = made_uniform(&seed) < missing;
            if (j % 50 == 7)
                value = 3.25;
            else if (j % 50 == 8)
                value = 2.0 * s->numbers[(j - 2) * ROWS + i];
            else if (j % 50 == 9)
                value = s->numbers[(j - 4) * ROWS + i] + 1e-3 * value;
            else if (j % 50 == 10)
                value = (double)(i % 2);
            else if (j % 50 == 11)
                value = (double)(i / 2 % 2);
            else if (j % 50 == 12 && i == 3)
                value = INFINITY;
            set_column(s, j, i, gone && i > 5 && j % 3 != 0 ? NAN : value);
        }
}

static void sweep_init(struct sweep *s, enum rs_pairs pairs, double missing)
{
    static size_t list[COLUMNS];
    static size_t other[COLUMNS];
    const size_t covariates[] = {1};
    const struct rs_tile_shape shape = {20, 280};

    memset(s, 0, sizeof *s);
    make_numbers(s, missing);
    s->data = made_data(s->numbers, ROWS, COLUMNS);
    for (size_t j = 0; j < COLUMNS; j++) {
        list[j] = j;
        other[j] = (j + 3) % COLUMNS;
    }
    ck_assert_int_eq(rs_plan_init(&s->plan, pairs, list, COLUMNS,
                                  pairs == RS_PAIRS_MATCHED ? other : list,
                                  COLUMNS, covariates, 1, shape, NULL),
                     RS_OK);
    s->spec.data = s->data;
    s->spec.intercept = true;
    s->env.plan = &s->plan;
    s->env.model = &rs_model_ols;
    s->env.spec = &s->spec;
    s->env.keep = &keep_all;
    s->env.kernel = rs_kernel_find(NULL);
    s->by_rows = malloc(CELLS * sizeof(double));
    s->by_cells = malloc(CELLS * sizeof(double));
    ck_assert_ptr_nonnull(s->by_rows);
    ck_assert_ptr_nonnull(s->by_cells);
    s->values.conf_level = 0.9;
    s->values.n_x = s->plan.n_x;
    s->values.matched = pairs == RS_PAIRS_MATCHED;
}

static void sweep_clear(struct sweep *s)
{
    rs_plan_clear(&s->plan);
    rs_dataset_free(s->data);
    free(s->numbers);
    free(s->by_rows);
    free(s->by_cells);
}

/* Every 97th pair that the engine asks about has been given up. */
static bool begin(void *ctx, uint64_t item)
{
    (void)ctx;
    return item % 97 != 0;
}

static bool always(void *ctx, uint64_t item)
{
    (void)ctx;
    (void)item;
    return true;
}

static void take_row(void *ctx, size_t y_ix, size_t x_ix,
                     const struct rs_fit *fit)
{
    const struct sweep *s = ctx;

    *rs_values_cell(&s->values, y_ix, x_ix) = rs_values_of(&s->values, fit);
}

/* Fills s->by_rows or s->by_cells, and the tally that goes with it. */
static void run(struct sweep *s, const struct rs_engine *engine, bool rows,
                bool some_lost)
{
    struct rs_tally *tally = &s->tallies[rows ? 0 : 1];
    const struct rs_emitter emit = {
        .ctx = s,
        .begin = some_lost ? begin : always,
        .row = rows ? take_row : NULL,
        .tally = tally,
        .values = rows ? NULL : &s->values,
    };
    void *shared = NULL;
    void *state = NULL;

    s->values.cells = rows ? s->by_rows : s->by_cells;
    memset(tally, 0, sizeof *tally);
    for (size_t i = 0; i < CELLS; i++)
        s->values.cells[i] = rows ? NAN : 1e99; /* what was there before */
    if (engine->prepare != NULL)
        ck_assert_int_eq(engine->prepare(&shared, &s->env, 1, NULL), RS_OK);
    ck_assert_int_eq(engine->open(&state, &s->env, shared, NULL), RS_OK);
    for (uint64_t t = 0; t < s->plan.n_tiles; t++) {
        const struct rs_tile tile = rs_plan_tile(&s->plan, t);
        ck_assert_int_eq(engine->fit_tile(state, &tile, &emit, NULL), RS_OK);
    }
    engine->close(state);
    if (engine->release != NULL)
        engine->release(shared);
}

static void compare(struct sweep *s, const struct rs_engine *engine, int field)
{
    size_t n_x = s->values.matched ? 1 : s->plan.n_x;

    s->values.field = field;
    run(s, engine, true, false);
    run(s, engine, false, false);
    for (size_t i = 0; i < s->plan.n_y * n_x; i++)
        if (!(isnan(s->by_rows[i]) && isnan(s->by_cells[i])) &&
            memcmp(&s->by_rows[i], &s->by_cells[i], sizeof(double)) != 0)
            ck_abort_msg("%s, number %d, cell %zu, %zu: row %.17g, cell %.17g",
                         engine->name, field, i / n_x, i % n_x, s->by_rows[i],
                         s->by_cells[i]);
    ck_assert_mem_eq(&s->tallies[0], &s->tallies[1], sizeof s->tallies[0]);
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

    for (int k = 0; k < most; k++)
        for (int field = 0; field <= RS_VALUE_LOG_P; field++) {
            struct sweep s;
            if (!is_number(field))
                continue;
            sweep_init(&s, RS_PAIRS_ALL, k == 1 ? 0.02 : 0.0);
            s.spec.intercept = k < 2;
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
        compare(&s, cases[c].engine, RS_FIELD_BETA);
        compare(&s, cases[c].engine, RS_VALUE_LOG_P);
        sweep_clear(&s);
    }
}
END_TEST

/* What is not kept is no number. */
START_TEST(test_keep)
{
    const struct rs_keep *const keeps[] = {&keep_few, &keep_many};

    for (int k = 0; k < 4; k++) {
        struct sweep s;
        sweep_init(&s, RS_PAIRS_ALL, k < 2 ? 0.0 : 0.02);
        s.env.keep = keeps[k % 2];
        compare(&s, &rs_engine_tile, RS_FIELD_SE);
        ck_assert_uint_lt(s.tallies[1].kept, s.plan.n_pairs);
        sweep_clear(&s);
    }
}
END_TEST

/* ln p of a perfect fit, which has no p as a column. */
START_TEST(test_perfect)
{
    struct sweep s;

    sweep_init(&s, RS_PAIRS_ALL, 0.0);
    compare(&s, &rs_engine_tile, RS_VALUE_LOG_P);
    /* the covariate is not in the plan: columns 8 and 6 lie at 7 and 5 */
    ck_assert_double_eq(*rs_values_cell(&s.values, 7, 5), -INFINITY);
    compare(&s, &rs_engine_tile, RS_FIELD_P);
    ck_assert_double_nan(*rs_values_cell(&s.values, 7, 5));
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
        run(&s, &rs_engine_tile, false, k == 1);
        for (size_t i = 0; i < s.plan.n_y * s.plan.n_x; i++)
            n_nan[k] += isnan(s.by_cells[i]) ? 1 : 0;
    }
    ck_assert_uint_gt(s.tallies[1].outcomes[RS_FIT_WORKER_LOST], 0);
    ck_assert_uint_ge(n_nan[1], n_nan[0]);
    ck_assert_uint_le(n_nan[1] - n_nan[0],
                      s.tallies[1].outcomes[RS_FIT_WORKER_LOST]);
    ck_assert_uint_gt(n_nan[1], n_nan[0]);
    sweep_clear(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("values");
    TCase *tests = tcase_create("values");

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, test_numbers);
    tcase_add_test(tests, test_pairs);
    tcase_add_test(tests, test_keep);
    tcase_add_test(tests, test_perfect);
    tcase_add_test(tests, test_lost);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
