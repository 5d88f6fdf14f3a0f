/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "measures.h"
#include "model.h"
#include "run_suite.h"

#include <math.h>

/* The last row misses y. */
enum { N = 9 };

static const double values[] = {
    0,   0,   0,   0,   0,    0,    0,    0,    0,   /* nothing */
    2.1, 3.9, 6.2, 7.8, 10.1, 12.2, 13.8, 16.3, NAN, /* y */
    1,   2,   3,   4,   5,    6,    7,    8,    100, /* x */
    1,   0,   1,   1,   0,    0,    1,    0,    7,   /* z */
    1,   2,   1,   3,   1,    2,    2,    1,    9,   /* weights */
    0,   1,   2,   0,   1,    2,    0,    1,    3,   /* a factor */
};

enum { Y_COLUMN = 1, X_COLUMN, Z_COLUMN, W_COLUMN, F_COLUMN, N_COLUMNS };

static struct rs_measures measure(const struct rs_spec *like, size_t x)
{
    struct rs_dataset *data = made_data(values, N, N_COLUMNS);
    struct rs_spec spec = *like;
    struct rs_measurer *measurer = NULL;
    struct rs_measures out;
    struct rs_fit fit;
    void *state = NULL;

    made_factor(&data->columns[F_COLUMN], N, 4);
    spec.data = data;
    ck_assert_int_eq(rs_model_ols.open(&state, &spec, NULL), RS_OK);
    rs_model_ols.fit(state, Y_COLUMN, x, &fit);
    rs_model_ols.close(state);
    ck_assert_int_eq(rs_measurer_new(&measurer, &spec, NULL), RS_OK);
    /* what was measured before is forgotten */
    rs_measure(measurer, &out, Y_COLUMN, x == X_COLUMN ? F_COLUMN : X_COLUMN,
               &fit);
    rs_measure(measurer, &out, Y_COLUMN, x, &fit);
    rs_measurer_free(measurer);
    rs_dataset_free(data);
    return out;
}

static void check(double value, double expected)
{
    ck_assert_msg(isnan(expected) ? isnan(value)
                                  : fabs(value / expected - 1.0) < 1e-13,
                  "%.15g, not %.15g", value, expected);
}

static const size_t z_column = Z_COLUMN;
static const size_t weights = W_COLUMN;
static const struct rs_spec with_z = {
    .covariates = &z_column, .n_covariates = 1, .intercept = true};

/* R 4: hatvalues, cooks.distance, lmtest::dwtest and bptest, svd, car::vif. */
START_TEST(test_numbers)
{
    struct rs_measures m = measure(&with_z, X_COLUMN);

    check(m.leverage_max, 0.531666666666667);
    check(m.cooks_max, 0.846886059564254);
    check(m.dw, 3.27305970149253);
    check(m.bp_p, 0.436636032919937);
    check(m.cond, 5.64592967290189);
    check(m.vif, 1.12);
    check(m.std_beta, 0.994160472518873);
    check(m.mean_y, 9.05);
    check(m.sd_y, 4.9376107582514);
    check(m.mean_x, 4.5);
    check(m.sd_x, 2.44948974278318);
    check(m.n_levels, NAN);
    ck_assert_double_eq(m.n_dropped, 0.0);
}
END_TEST

/* A level with one row that z tells apart: leverage 1. */
START_TEST(test_factor)
{
    struct rs_measures m = measure(&with_z, F_COLUMN);

    check(m.leverage_max, 1.0);
    check(m.cooks_max, NAN);
    check(m.dw, 0.505848355580019);
    check(m.bp_p, 0.44287678700731);
    check(m.cond, 8.69636812030188);
    check(m.vif, 4.0);
    check(m.mean_x, NAN);
    check(m.std_beta, NAN);
    ck_assert_double_eq(m.n_levels, 3.0);
}
END_TEST

START_TEST(test_weights)
{
    struct rs_spec spec = with_z;
    struct rs_measures m;

    spec.weights = &weights;
    m = measure(&spec, X_COLUMN);
    check(m.leverage_max, 0.618705035971223);
    check(m.cooks_max, 1.37387138888533);
    check(m.cond, 5.64712670539899);
    check(m.vif, 1.01722061265015);
    check(m.mean_y, 9.06923076923077);
    check(m.dw, NAN);
    check(m.bp_p, NAN);
}
END_TEST

/* x as its own covariate: there are means, and nothing of a fit. */
START_TEST(test_no_fit)
{
    static const size_t x_column = X_COLUMN;
    const struct rs_spec spec = {
        .covariates = &x_column, .n_covariates = 1, .intercept = true};
    struct rs_measures m = measure(&spec, X_COLUMN);

    check(m.mean_y, 9.05);
    check(m.sd_x, 2.44948974278318);
    check(m.vif, NAN);
    check(m.leverage_max, NAN);
    check(m.n_dropped, NAN);
}
END_TEST

static const struct suite_test tests[] = {{&test_numbers, 1},
                                          {&test_factor, 1},
                                          {&test_weights, 1},
                                          {&test_no_fit, 1}};
SUITE(measures, tests)
