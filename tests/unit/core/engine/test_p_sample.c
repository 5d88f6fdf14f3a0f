/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engines.h"
#include "made_data.h"
#include "p_sample.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lambda out of the counts and the kept p of a sweep, by either engine and by
 * every way that the tile engine has, against that of all p. */
enum { ROWS = 40 };

struct bench {
    size_t n_columns;
    double *numbers;
    size_t *list;
    struct rs_dataset *data;
    struct rs_plan plan;
    struct rs_spec spec;
    struct rs_keep keep;
    struct rs_engine_env env;
    struct rs_tally tally;
    struct rs_lambda lambda;
};

/* Columns of which some are constant, the same, infinite, or have holes, and
 * all share a part: p of all sizes. */
static void bench_init(struct bench *b, size_t n_columns, enum rs_pairs pairs,
                       double shared, double missing, bool odd)
{
    uint64_t seed = 3 + n_columns;
    const struct rs_tile_shape shape = {64, 256};
    double common[ROWS];

    memset(b, 0, sizeof *b);
    b->n_columns = n_columns;
    b->numbers = malloc(n_columns * ROWS * sizeof(double));
    b->list = malloc(n_columns * sizeof *b->list);
    ck_assert(b->numbers != NULL && b->list != NULL);
    for (size_t i = 0; i < ROWS; i++)
        common[i] = shared * made_normal(&seed);
    for (size_t j = 0; j < n_columns; j++) {
        b->list[j] = j;
        for (size_t i = 0; i < ROWS; i++) {
            double value = made_normal(&seed) + common[i];
            if (odd && j % 11 == 5)
                value = 2.5;
            else if (odd && j % 11 == 6)
                value = 3.0 * b->numbers[(j - 2) * ROWS + i];
            else if (odd && j % 11 == 7 && i == 9)
                value = INFINITY;
            if (j % 3 != 0 && made_uniform(&seed) < missing)
                value = NAN;
            b->numbers[j * ROWS + i] = value;
        }
    }
    b->data = made_data(b->numbers, ROWS, n_columns);
    ck_assert_int_eq(rs_plan_init(&b->plan, pairs, b->list, n_columns, b->list,
                                  n_columns, NULL, 0, shape, NULL),
                     RS_OK);
    b->spec = (struct rs_spec){.data = b->data, .intercept = true};
    b->keep = (struct rs_keep){.p_max = 1.0};
    b->env = (struct rs_engine_env){&b->plan, &rs_model_ols, &b->spec, &b->keep,
                                    rs_kernel_find(NULL)};
}

static void bench_clear(struct bench *b)
{
    rs_plan_clear(&b->plan);
    rs_dataset_free(b->data);
    free(b->numbers);
    free(b->list);
}

static bool begin(void *ctx, uint64_t item)
{
    (void)ctx;
    (void)item;
    return true;
}

static void row(void *ctx, size_t y_ix, size_t x_ix, const struct rs_fit *fit)
{
    (void)ctx;
    (void)y_ix;
    (void)x_ix;
    (void)fit;
}

/* Sweeps, and finds lambda. field: of a matrix; -1: rows. */
static void sweep(struct bench *b, const struct rs_engine *engine, int field)
{
    struct rs_p_sample sample;
    void *shared = NULL;
    void *state = NULL;
    double *cells = malloc(b->plan.n_y * b->plan.n_x * sizeof *cells);
    const struct rs_values values = {
        .field = field, .conf_level = 0.95, .n_x = b->plan.n_x, .cells = cells};
    const struct rs_emitter emit = {.begin = begin,
                                    .row = row,
                                    .tally = &b->tally,
                                    .values = field < 0 ? NULL : &values,
                                    .sample = &sample};

    const struct rs_p_sample_run again = {&b->plan, &rs_model_ols, &b->spec};

    memset(&b->tally, 0, sizeof b->tally);
    ck_assert_int_eq(rs_p_sample_new(&sample, &b->plan, NULL), RS_OK);
    if (engine->prepare != NULL)
        ck_assert_int_eq(engine->prepare(&shared, &b->env, 2, NULL), RS_OK);
    ck_assert_int_eq(engine->open(&state, &b->env, shared, NULL), RS_OK);
    for (uint64_t t = 0; t < b->plan.n_tiles; t++) {
        struct rs_tile tile = rs_plan_tile(&b->plan, t);
        ck_assert_int_eq(engine->fit_tile(state, &tile, &emit, NULL), RS_OK);
    }
    ck_assert_int_eq(
        rs_p_sample_lambda(&b->lambda, &sample, &b->tally, &again, NULL),
        RS_OK);
    engine->close(state);
    if (engine->release != NULL)
        engine->release(shared);
    rs_p_sample_free(&sample);
    free(cells);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

/* The definition: the median of z^2 over that of true hypotheses. */
static double by_definition(struct bench *b)
{
    double *z2 = malloc(b->plan.n_pairs * sizeof *z2);
    void *state = NULL;
    size_t m = 0;
    double lambda = 0.0;

    ck_assert_int_eq(rs_model_ols.open(&state, &b->spec, NULL), RS_OK);
    for (size_t i = 0; i < b->plan.n_y; i++)
        for (size_t j = 0; j < b->plan.n_x; j++) {
            struct rs_fit fit;
            if (!rs_plan_has(&b->plan, i, j))
                continue;
            rs_model_ols.fit(state, i, j, &fit);
            rs_fit_find_p(&fit);
            if (fit.outcome == RS_FIT_PERFECT)
                z2[m++] = INFINITY;
            else if (fit.outcome == RS_FIT_OK)
                z2[m++] = rs_genomic_lambda(fit.log_p);
        }
    rs_model_ols.close(state);
    qsort(z2, m, sizeof *z2, compare);
    lambda = m == 0 ? NAN : 0.5 * (z2[(m - 1) / 2] + z2[m / 2]);
    free(z2);
    return lambda;
}

/* 0 where both are infinite, or there are no tests. */
static double distance(const struct bench *b, double exact)
{
    double lambda = b->lambda.value;

    if (lambda == exact || (isnan(lambda) && isnan(exact)))
        return 0.0;
    return fabs(lambda / exact - 1.0);
}

static const struct rs_keep keeps[] = {
    {.p_max = 1.0},
    {.p_max = 0.3},
    {.p_max = 0.001},
    {.p_max = 1.0, .r2_min = 0.2},
    {.p_max = 1.0, .top_of = RS_TOP_PER_Y, .top = 2},
};
enum { KEEPS = sizeof keeps / sizeof keeps[0] };

/* allowed: of lambda, relative; by a screen, where so many tests are near to
 * the median that they are not fitted again. */
static void check_all(struct bench *b, double allowed)
{
    double exact = by_definition(b);

    for (size_t k = 0; k < KEEPS; k++)
        for (unsigned e = 0; e < 2; e++) {
            b->keep = keeps[k];
            sweep(b, e == 0 ? &rs_engine_exact : &rs_engine_tile, -1);
            ck_assert(b->lambda.exact);
            ck_assert_double_le(distance(b, exact), e == 0 ? 1e-11 : allowed);
        }
    b->keep = keeps[0];
    sweep(b, &rs_engine_tile, RS_FIELD_BETA);
    ck_assert_double_le(distance(b, exact), 1e-11);
    sweep(b, &rs_engine_tile, RS_FIELD_P);
    ck_assert_double_le(distance(b, exact), 1e-11);
}

START_TEST(test_exact)
{
    static const double parts[] = {0.0, 0.4, 1.0, 4.0};
    static const double missing[] = {0.0, 0.03};

    for (size_t n = 3; n < 130; n += n < 12 ? 1 : 39) {
        struct bench b;
        bench_init(&b, n, _i % 2 == 0 ? RS_PAIRS_ALL : RS_PAIRS_UNIQUE,
                   parts[_i / 2 % 4], missing[_i / 8], n % 2 == 1);
        check_all(&b, _i < 14 ? 1e-11 : 1e-6);
        bench_clear(&b);
    }
}
END_TEST

/* More pairs than are kept: within 1 %, whatever the distribution. */
START_TEST(test_sample)
{
    static const double parts[] = {0.0, 0.5, 3.0};
    struct bench b;
    double exact = 0.0;

    bench_init(&b, 1500, RS_PAIRS_ALL, parts[_i], 0.0, false);
    exact = by_definition(&b);
    for (size_t k = 0; k < KEEPS; k += 2) {
        b.keep = keeps[k];
        sweep(&b, &rs_engine_tile, -1);
        ck_assert(!b.lambda.exact);
        ck_assert_double_le(distance(&b, exact), 0.003);
    }
    bench_clear(&b);
}
END_TEST

/* No tests, one, and matched pairs. */
START_TEST(test_few)
{
    struct bench b;

    bench_init(&b, 2, RS_PAIRS_UNIQUE, 0.0, 0.0, false);
    check_all(&b, 1e-11);
    bench_clear(&b);
    bench_init(&b, 2, RS_PAIRS_UNIQUE, 0.0, 0.0, false);
    for (size_t i = 0; i < ROWS; i++)
        b.numbers[i] = 1.0;
    rs_dataset_free(b.data);
    b.data = made_data(b.numbers, ROWS, 2);
    b.spec.data = b.data;
    sweep(&b, &rs_engine_tile, -1);
    ck_assert_double_nan(b.lambda.value);
    bench_clear(&b);
}
END_TEST

START_TEST(test_matched)
{
    struct bench b;
    size_t other[51];

    bench_init(&b, 51, RS_PAIRS_ALL, 0.7, 0.02, true);
    rs_plan_clear(&b.plan);
    for (size_t j = 0; j < 51; j++)
        other[j] = (j + 1) % 51;
    ck_assert_int_eq(rs_plan_init(&b.plan, RS_PAIRS_MATCHED, b.list, 51, other,
                                  51, NULL, 0, (struct rs_tile_shape){64, 256},
                                  NULL),
                     RS_OK);
    b.keep = keeps[2];
    sweep(&b, &rs_engine_exact, -1);
    ck_assert(b.lambda.exact);
    ck_assert(b.lambda.value > 0.0);
    bench_clear(&b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("p_sample");
    TCase *tests = tcase_create("p_sample");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_exact, 0, 16);
    tcase_add_loop_test(tests, test_sample, 0, 3);
    tcase_add_test(tests, test_few);
    tcase_add_test(tests, test_matched);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
