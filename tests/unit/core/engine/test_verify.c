/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engines.h"
#include "made_sweep.h"
#include "run_suite.h"
#include "verify.h"

#include <math.h>
#include <string.h>

enum { ROWS = 40, N_Y = 4, N_X = 5, WRONG_Y = 2, WRONG_X = 3 };

/* ---- an engine that is wrong about one pair ---------------------- */

enum mistake { NONE, IN_SLOPE, IN_OUTCOME, IN_N, NO_NUMBER };

static enum mistake mistake;

static void spoil(void *ctx, size_t y_ix, size_t x_ix, const struct rs_fit *fit)
{
    const struct rs_emitter *emit = ctx;
    struct rs_fit wrong = *fit;

    if (y_ix == WRONG_Y && x_ix == WRONG_X) {
        if (mistake == IN_SLOPE)
            wrong.beta *= 1.0 + 1e-8;
        else if (mistake == IN_OUTCOME)
            wrong.outcome = RS_FIT_COLLINEAR;
        else if (mistake == IN_N)
            wrong.n++;
        else if (mistake == NO_NUMBER)
            wrong.sigma = NAN;
    }
    emit->row(emit->ctx, y_ix, x_ix, &wrong);
}

static bool begin(void *ctx, uint64_t item)
{
    const struct rs_emitter *emit = ctx;

    return emit->begin(emit->ctx, item);
}

static enum rs_status open_exact(void **state, const struct rs_engine_env *env,
                                 const void *shared, struct rs_error *err)
{
    return rs_engine_exact.open(state, env, shared, err);
}

static enum rs_status fit_wrongly(void *state, const struct rs_tile *tile,
                                  const struct rs_emitter *emit,
                                  struct rs_error *err)
{
    struct rs_emitter through = {.ctx = (void *)(uintptr_t)emit,
                                 .begin = begin,
                                 .row = spoil,
                                 .tally = emit->tally,
                                 .values = emit->values};

    return rs_engine_exact.fit_tile(state, tile, &through, err);
}

static void close_exact(void *state)
{
    rs_engine_exact.close(state);
}

static const struct rs_engine wrong_engine = {
    .name = "wrong",
    .open = open_exact,
    .fit_tile = fit_wrongly,
    .close = close_exact,
};

/* ---- a small sweep ----------------------------------------------- */

static void sweep_init(struct made_sweep *s)
{
    const struct made_ask ask = {.n = ROWS,
                                 .n_y = N_Y,
                                 .n_x = N_X,
                                 .missing = 0.05,
                                 .tile = {2, 2},
                                 .seed = 5};

    made_sweep_init(s, &ask);
}

static struct rs_verify verify(const struct made_sweep *s,
                               const struct rs_engine *engine, uint64_t n,
                               uint64_t seed)
{
    struct rs_verify out;
    void *shared = NULL;

    if (engine->prepare != NULL)
        ck_assert_int_eq(engine->prepare(&shared, &s->env, 1, NULL), RS_OK);
    ck_assert_int_eq(rs_verify(&out, engine, &s->env, shared, n, seed, NULL),
                     RS_OK);
    if (engine->release != NULL)
        engine->release(shared);
    return out;
}

/* Engines that are right; what is kept does not matter. */
START_TEST(test_right)
{
    struct made_sweep s;
    struct rs_verify found;

    sweep_init(&s);
    for (int few = 0; few < 2; few++) {
        s.keep.p_max = few != 0 ? 1e-9 : 1.0;
        mistake = NONE;
        found = verify(&s, &wrong_engine, 1000, 1);
        ck_assert_uint_eq(found.n_pairs, N_Y * N_X);
        ck_assert_uint_eq(found.n_differ, 0);
        ck_assert_double_eq(found.largest, 0.0);
        found = verify(&s, &rs_engine_tile, 1000, 1);
        ck_assert_uint_eq(found.n_pairs, N_Y * N_X);
        ck_assert_uint_eq(found.n_differ, 0);
        ck_assert_double_le(found.largest, 1e-10);
    }
    made_sweep_clear(&s);
}
END_TEST

START_TEST(test_wrong)
{
    static const struct {
        enum mistake mistake;
        uint64_t n_differ;
        double least, most;
        enum rs_field field;
    } cases[] = {
        {IN_SLOPE, 0, 0.99e-8, 1.01e-8, RS_FIELD_BETA},
        {IN_OUTCOME, 1, 0.0, INFINITY, RS_FIELD_N},
        {IN_N, 1, 0.0, 0.0, RS_FIELD_N},
        {NO_NUMBER, 0, INFINITY, INFINITY, RS_FIELD_SIGMA},
    };
    struct made_sweep s;

    sweep_init(&s);
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        struct rs_verify found;
        mistake = cases[c].mistake;
        found = verify(&s, &wrong_engine, N_Y * N_X, 1);
        ck_assert_uint_eq(found.n_differ, cases[c].n_differ);
        ck_assert_double_ge(found.largest, cases[c].least);
        ck_assert_double_le(found.largest, cases[c].most);
        if (cases[c].least > 0.0) {
            ck_assert_int_eq(found.field, cases[c].field);
            ck_assert_uint_eq(found.y_ix, WRONG_Y);
            ck_assert_uint_eq(found.x_ix, WRONG_X);
        }
    }
    made_sweep_clear(&s);
}
END_TEST

/* Fewer pairs than there are: as many as asked, others by another seed, and
 * in the long run the wrong one among them. */
START_TEST(test_random_pairs)
{
    unsigned hits = 0;
    struct made_sweep s;

    sweep_init(&s);
    mistake = IN_SLOPE;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct rs_verify found = verify(&s, &wrong_engine, 5, seed);
        struct rs_verify again = verify(&s, &wrong_engine, 5, seed);
        ck_assert_uint_eq(found.n_pairs, 5);
        ck_assert_double_eq(found.largest, again.largest);
        hits += found.largest > 0.0;
    }
    /* 1 - (19/20)^5 = 0.23 of them */
    ck_assert(hits > 8 && hits < 45);
    made_sweep_clear(&s);
}
END_TEST

START_TEST(test_difference)
{
    enum rs_field field = RS_FIELD_Y;
    struct rs_fit a;
    struct rs_fit b;

    rs_fit_clear(&a, RS_FIT_OK, 10);
    b = a;
    ck_assert_double_eq(rs_fit_difference(&field, &a, &b), 0.0);
    a.beta = 0.0;
    b.beta = -0.0;
    a.r2 = b.r2 = 0.25;
    a.se = b.se = INFINITY;
    ck_assert_double_eq(rs_fit_difference(&field, &a, &b), 0.0);
    a.beta = 3.0;
    b.beta = 4.0;
    ck_assert_double_eq(rs_fit_difference(&field, &a, &b), 0.25);
    ck_assert_int_eq(field, RS_FIELD_BETA);
    b.log_p = -2.0;
    ck_assert(isinf(rs_fit_difference(&field, &a, &b)));
    ck_assert_int_eq(field, RS_FIELD_NEG_LOG10_P);
}
END_TEST

/* p by the condition of its logarithm: t^2 + 1 and so on far out. */
START_TEST(test_p_difference)
{
    struct rs_fit a;
    struct rs_fit b;

    rs_fit_clear(&a, RS_FIT_OK, 150);
    a.df = 148.0;
    b = a;
    ck_assert_double_eq(rs_fit_p_difference(&a, &b), 0.0);
    a.stat = 1119.268362132444;
    b.stat = a.stat * (1.0 + 1e-11);
    rs_fit_find_p(&a);
    ck_assert(isinf(rs_fit_p_difference(&a, &b)));
    rs_fit_find_p(&b);
    ck_assert_double_eq_tol(fabs(expm1(a.log_p - b.log_p)) / 148e-11, 1.0,
                            1e-3);
    ck_assert_double_eq_tol(rs_fit_p_difference(&a, &b) / 1e-11, 1.0, 1e-3);
    a.stat = 0.01; /* condition 0.008: counts as 1 */
    b.stat = 0.01 * (1.0 + 1e-8);
    rs_fit_find_p(&a);
    rs_fit_find_p(&b);
    ck_assert_double_eq_tol(rs_fit_p_difference(&a, &b) / 8.0e-11, 1.0, 0.02);
    a.log_p = -800.0; /* no double has them */
    b.log_p = -900.0;
    ck_assert_double_eq(rs_fit_p_difference(&a, &b), 0.0);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_right, 1},      {&test_wrong, 1},        {&test_random_pairs, 1},
    {&test_difference, 1}, {&test_p_difference, 1},
};
SUITE(verify, tests)
