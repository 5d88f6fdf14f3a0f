/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine_tile.h"
#include "errors.h"
#include "made_data.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Pairs by products against pairs one by one, and how many need the latter. */

enum { ROWS = 90, N_Y = 11, N_X = 35, COVARIATE = N_Y + N_X, COLUMNS };

static size_t fitted_exactly;

static void counted_fit(void *state, size_t y, size_t x, struct rs_fit *out)
{
    fitted_exactly++;
    rs_model_ols.fit(state, y, x, out);
}

struct setup {
    double values[COLUMNS * ROWS];
    struct rs_dataset *data;
    size_t columns[COLUMNS];
    struct rs_plan plan;
    struct rs_model model;
    struct rs_spec spec;
    struct rs_keep keep;
    struct rs_engine_env env;
    struct rs_tally tally;
    struct rs_fit fits[N_Y * N_X];
};

static void setup_init(struct setup *s, bool spike)
{
    uint64_t seed = 31;

    memset(s, 0, sizeof *s);
    for (size_t j = 0; j < COLUMNS; j++) {
        s->columns[j] = j;
        for (size_t i = 0; i < ROWS; i++) {
            double scale = j < N_Y ? 1.0 + (double)(i % 7) : 1.0;
            s->values[j * ROWS + i] = 5.0 + scale * made_normal(&seed);
        }
    }
    for (size_t i = 0; spike && i < ROWS; i++)
        s->values[N_Y * ROWS + i] = i == 4 ? 1.0 : 0.0;
    s->data = made_data(s->values, ROWS, COLUMNS);
    s->spec = (struct rs_spec){.data = s->data,
                               .covariates = &s->columns[COVARIATE],
                               .n_covariates = 1,
                               .intercept = true,
                               .errors = rs_errors_find("hc3")};
    ck_assert_ptr_nonnull(s->spec.errors);
    ck_assert_int_eq(
        rs_plan_init(
            &s->plan,
            &(struct rs_plan_ask){.pairs = RS_PAIRS_ALL,
                                  .y = s->columns,
                                  .x = &s->columns[N_Y],
                                  .n_y = N_Y,
                                  .n_x = N_X,
                                  .covariates = s->spec.covariates,
                                  .n_covariates = 1,
                                  .shape = (struct rs_tile_shape){N_Y, N_X, 0}},
            NULL),
        RS_OK);
    s->model = rs_model_ols;
    s->model.fit = counted_fit;
    s->keep.p_max = 1.0;
    s->env = (struct rs_engine_env){
        &s->plan, &s->model, &s->spec, &s->keep, rs_kernel_find(NULL), NULL};
}

static bool begin(void *ctx, uint64_t item)
{
    (void)ctx;
    (void)item;
    return true;
}

static void take(void *ctx, size_t y, size_t x, const struct rs_fit *fit)
{
    struct setup *s = ctx;

    s->fits[y * N_X + x] = *fit;
}

static void sweep(struct setup *s)
{
    const struct rs_tile tile = rs_plan_tile(&s->plan, 0);
    const struct rs_emitter emit = {
        .ctx = s, .begin = begin, .row = take, .tally = &s->tally};
    void *shared = NULL;
    void *state = NULL;

    fitted_exactly = 0;
    ck_assert_int_eq(rs_engine_tile.prepare(&shared, &s->env, 1, NULL), RS_OK);
    ck_assert_int_eq(rs_engine_tile.open(&state, &s->env, shared, NULL), RS_OK);
    ck_assert_int_eq(rs_engine_tile.fit_tile(state, &tile, &emit, NULL), RS_OK);
    rs_engine_tile.close(state);
    rs_engine_tile.release(shared);
}

static void close_to(double a, double b)
{
    ck_assert_double_le(fabs(a - b), 1e-10 * fabs(b));
}

static void compare(struct setup *s)
{
    void *state = NULL;

    ck_assert_int_eq(rs_model_ols.open(&state, &s->spec, NULL), RS_OK);
    for (size_t k = 0; k < N_Y * N_X; k++) {
        struct rs_fit exact;
        rs_model_ols.fit(state, k / N_X, N_Y + k % N_X, &exact);
        rs_fit_find_p(&exact);
        ck_assert_int_eq(s->fits[k].outcome, exact.outcome);
        close_to(s->fits[k].beta, exact.beta);
        close_to(s->fits[k].r, exact.r);
        if (exact.outcome != RS_FIT_OK) {
            ck_assert_double_nan(s->fits[k].se);
            ck_assert_double_nan(s->fits[k].log_p);
            continue;
        }
        close_to(s->fits[k].se, exact.se);
        close_to(s->fits[k].stat, exact.stat);
        close_to(s->fits[k].log_p, exact.log_p);
    }
    rs_model_ols.close(state);
}

static void setup_clear(struct setup *s)
{
    rs_plan_clear(&s->plan);
    rs_dataset_free(s->data);
}

START_TEST(test_products)
{
    struct setup s;

    setup_init(&s, false);
    sweep(&s);
    ck_assert_uint_le(fitted_exactly, N_Y * N_X / 20);
    ck_assert_uint_eq(s.tally.outcomes[RS_FIT_OK], N_Y * N_X);
    compare(&s);
    setup_clear(&s);
}
END_TEST

/* A row of leverage 1: no standard error, a slope all the same. */
START_TEST(test_leverage_1)
{
    struct setup s;

    setup_init(&s, true);
    sweep(&s);
    ck_assert_uint_ge(fitted_exactly, N_Y);
    ck_assert_uint_eq(s.tally.outcomes[RS_FIT_LEVERAGE_ONE], N_Y);
    compare(&s);
    setup_clear(&s);
}
END_TEST

/* A column with missing values among others. */
START_TEST(test_missing)
{
    struct setup s;

    setup_init(&s, false);
    rs_dataset_free(s.data);
    for (size_t i = 0; i < 9; i++)
        s.values[(N_Y + 2) * ROWS + 5 * i] = NAN;
    s.data = made_data(s.values, ROWS, COLUMNS);
    s.spec.data = s.data;
    sweep(&s);
    ck_assert_uint_le(fitted_exactly, N_Y * N_X / 20);
    compare(&s);
    setup_clear(&s);
}
END_TEST

/* Three rows by hand, through the origin. */
START_TEST(test_by_hand)
{
    double x[3] = {1.0, 2.0, 2.0}; /* leverage x^2 / 9 */
    double *const u[1] = {x};
    const double e[3] = {0.8, -0.2, -0.2};
    double left[3] = {8.0 / 9.0, 5.0 / 9.0, 5.0 / 9.0};
    const struct rs_errors_rows rows = {.u = u,
                                        .n_estimates = 1,
                                        .e = e,
                                        .left = left,
                                        .n = 3,
                                        .n_all = 3.0,
                                        .k = 1.0};
    const struct rs_errors_kind *hc3 = rs_errors_find("hc3");
    double meat = 0.0;
    double df = 2.0;
    double parts[2] = {0.8 * 9.0 / 8.0, 0.4 * 9.0 / 5.0};

    ck_assert_int_eq(hc3->meat(&meat, &df, NULL, &rows), RS_FIT_OK);
    ck_assert_double_eq_tol(
        meat, parts[0] * parts[0] + 2.0 * parts[1] * parts[1], 1e-14);
    left[1] = 0.0;
    ck_assert_int_eq(hc3->meat(&meat, &df, NULL, &rows), RS_FIT_LEVERAGE_ONE);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_products, 1},
    {&test_leverage_1, 1},
    {&test_missing, 1},
    {&test_by_hand, 1},
};
SUITE(way_hc, tests)
