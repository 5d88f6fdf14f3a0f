/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base_lsq.h"
#include "lsq_errors.h"
#include "made_data.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The leverages of all rows sum to the number of coefficients, and none is
 * below 0 or above 1: whatever the covariates, weights or absorbed levels. */

enum { ROWS = 240, LEVELS = 20, OTHERS = 24, MOST = 3 };

/* Columns of the table. */
enum { AGE, PC, SITE, BATCH, WEIGHT, Y, COLUMNS };

static const struct {
    size_t covariates[MOST];
    size_t n;
    bool absorbed;
} lists[] = {
    {{0}, 0, false},
    {{AGE, PC}, 2, false},
    {{AGE, SITE}, 2, true},       /* more levels than become columns */
    {{PC, SITE, BATCH}, 3, true}, /* two factors, as asked below */
};

enum { N_LISTS = sizeof lists / sizeof lists[0] };

struct setup {
    double values[COLUMNS * ROWS];
    struct rs_dataset *data;
    size_t weights;
    struct rs_spec spec;
    struct rs_base_columns base;
    struct rs_lsq *lsq;
    struct rs_lsq_column y;
};

static void setup_init(struct setup *s, size_t list, bool weighted)
{
    uint64_t seed = 29;

    memset(s, 0, sizeof *s);
    for (size_t i = 0; i < ROWS; i++) {
        double *v = &s->values[i];
        v[AGE * ROWS] = 50.0 + 10.0 * made_normal(&seed);
        v[PC * ROWS] = 0.01 * made_normal(&seed);
        v[SITE * ROWS] = (double)(i % LEVELS);
        v[BATCH * ROWS] = (double)(i / 3 % OTHERS);
        v[WEIGHT * ROWS] = 1e4 * exp(made_normal(&seed));
        v[Y * ROWS] = made_normal(&seed);
    }
    s->data = made_data(s->values, ROWS, COLUMNS);
    made_factor(&s->data->columns[SITE], ROWS, LEVELS);
    made_factor(&s->data->columns[BATCH], ROWS, OTHERS);
    s->weights = WEIGHT;
    s->spec.data = s->data;
    s->spec.covariates = lists[list].covariates;
    s->spec.n_covariates = lists[list].n;
    s->spec.intercept = true;
    s->spec.dense_levels = 1; /* further factors are absorbed as well */
    s->spec.weights = weighted ? &s->weights : NULL;
    ck_assert_int_eq(rs_base_columns_init(&s->base, &s->spec, NULL), RS_OK);
    ck_assert_int_eq(rs_lsq_new(&s->lsq, ROWS, s->base.n_max, true, NULL),
                     RS_OK);
    rs_base_columns_set(&s->base, s->base.rows, s->base.n);
    rs_base_to_lsq(&s->base, s->lsq);
    ck_assert_int_eq(rs_base_column_init(&s->base, &s->y, NULL), RS_OK);
    rs_base_prepare(&s->base, &s->y, s->base.rows, Y);
    rs_lsq_response(s->lsq, &s->y);
}

static void setup_clear(struct setup *s)
{
    rs_lsq_column_clear(&s->y);
    rs_lsq_free(s->lsq);
    rs_base_columns_clear(&s->base);
    rs_dataset_free(s->data);
}

START_TEST(test_leverage)
{
    size_t list = (size_t)_i % N_LISTS;
    struct rs_dd levels[ROWS];
    double left[ROWS];
    double sum = 0.0;
    struct setup s;

    setup_init(&s, list, (size_t)_i >= N_LISTS);
    ck_assert_int_eq(s.base.absorb != NULL, lists[list].absorbed);
    ck_assert_int_eq(rs_absorbed_left(levels, &s.base, NULL), RS_OK);
    rs_lsq_base_left(left, levels, s.lsq);
    for (size_t i = 0; i < ROWS; i++) {
        ck_assert_double_gt(left[i], 0.0);
        ck_assert_double_lt(left[i], 1.0);
        sum += 1.0 - left[i];
    }
    ck_assert_double_eq_tol(
        sum, (double)(rs_base_taken(&s.base) + rs_lsq_base_rank(s.lsq)), 1e-11);
    setup_clear(&s);
}
END_TEST

/* Variance by the residuals alone, as a kind of its own. */
static enum rs_outcome by_squares(double *meat, double *df, void *state,
                                  const struct rs_errors_rows *rows)
{
    double ee = 0.0;
    double uu = 0.0;

    (void)df;
    (void)state;
    for (size_t i = 0; i < rows->n; i++) {
        ee += rows->e[i] * rows->e[i];
        uu += rows->u[0][i] * rows->u[0][i];
    }
    *meat = ee * uu;
    return RS_FIT_OK;
}

/* The rows are those of the fit: without the correction for degrees of
 * freedom they give the classical error. */
START_TEST(test_rows)
{
    const struct rs_errors_kind kind = {.name = "squares", .meat = by_squares};
    struct rs_errors_room room;
    struct rs_lsq_result result;
    struct rs_lsq_column x;
    double classical = 0.0;
    double t = 0.0;
    struct setup s;

    setup_init(&s, (size_t)_i % N_LISTS, (size_t)_i >= N_LISTS);
    s.spec.errors = &kind;
    ck_assert_int_eq(rs_errors_room_init(&room, &s.spec, ROWS, 1, NULL), RS_OK);
    ck_assert_int_eq(rs_base_column_init(&s.base, &x, NULL), RS_OK);
    rs_base_prepare(&s.base, &x, s.base.rows, WEIGHT);
    rs_lsq_fit(s.lsq, &result, &x);
    ck_assert_int_eq(result.outcome, RS_FIT_OK);
    classical = result.x.se;
    t = result.t;
    rs_lsq_errors(s.lsq, &result, &room);
    ck_assert_double_eq_tol(result.x.se / (classical * sqrt(result.df)), 1.0,
                            1e-13);
    ck_assert_double_eq_tol(result.t * sqrt(result.df) / t, 1.0, 1e-13);
    rs_lsq_column_clear(&x);
    rs_errors_room_clear(&room);
    setup_clear(&s);
}
END_TEST

static enum rs_outcome none(double *meat, double *df, void *state,
                            const struct rs_errors_rows *rows)
{
    (void)state;
    (void)rows;
    *meat = 1.0;
    *df = 2.0;
    return RS_FIT_LEVERAGE_ONE;
}

START_TEST(test_without)
{
    const struct rs_errors_kind kind = {.name = "none", .meat = none};
    struct rs_errors_room room;
    struct rs_lsq_result result;
    struct rs_lsq_column x;
    struct setup s;

    setup_init(&s, 0, false);
    s.spec.errors = &kind;
    ck_assert_int_eq(rs_errors_room_init(&room, &s.spec, ROWS, 1, NULL), RS_OK);
    ck_assert_int_eq(rs_base_column_init(&s.base, &x, NULL), RS_OK);
    rs_base_prepare(&s.base, &x, s.base.rows, AGE);
    rs_lsq_fit(s.lsq, &result, &x);
    rs_lsq_errors(s.lsq, &result, &room);
    ck_assert_int_eq(result.outcome, RS_FIT_LEVERAGE_ONE);
    ck_assert_double_nan(result.x.se);
    ck_assert_double_nan(result.t);
    ck_assert(isfinite(result.x.estimate));
    rs_lsq_column_clear(&x);
    rs_errors_room_clear(&room);
    setup_clear(&s);
}
END_TEST

START_TEST(test_names)
{
    const struct rs_spec spec = {.intercept = true};
    char few[5];
    char all[64];

    ck_assert_ptr_null(rs_errors_find("hc"));
    ck_assert_ptr_eq(rs_errors_find("classical"), rs_errors_of(&spec));
    ck_assert(!rs_errors_robust(&spec));
    rs_errors_names(all, sizeof all);
    ck_assert_int_eq(strncmp(all, "classical", 9), 0);
    rs_errors_names(few, sizeof few);
    ck_assert_str_eq(few, "clas");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_leverage, 2 * N_LISTS},
    {&test_rows, 2 * N_LISTS},
    {&test_without, 1},
    {&test_names, 1},
};
SUITE(lsq_errors, tests)
