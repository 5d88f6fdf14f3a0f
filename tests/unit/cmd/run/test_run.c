/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate.h"
#include "run_results.h"
#include "run_suite.h"
#include "source_memory.h"
#include "toy_matrix.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * A run of two y on two x in memory, by the inline pool, to a file.
 */
enum { ROWS = 40, COLUMNS = 4 };

static struct fixture {
    double values[COLUMNS][ROWS];
    struct rs_settings settings;
    struct rs_run *run;
    char folder[32];
    char path[64];
    char told[256]; /* what the ticker was told */
    unsigned begun, ended;
    atomic_int stop;
    struct rs_stop asked;
    struct rs_ticker ticker;
} fix;

static void add_word(const char *what)
{
    size_t used = strlen(fix.told);

    (void)snprintf(fix.told + used, sizeof fix.told - used, "%s ", what);
}

static void stage(void *ctx, const char *what)
{
    (void)ctx;
    add_word(what);
}

static void count(void *ctx, const char *what, const char *unit, uint64_t done,
                  uint64_t total)
{
    (void)ctx;
    (void)unit;
    ck_assert_uint_le(done, total);
    if (done == 0)
        add_word(what == NULL ? "rows" : what);
}

static void end(void *ctx)
{
    (void)ctx;
    add_word(";");
}

static void begin_stop(void)
{
    fix.begun++;
}

static void end_stop(void)
{
    fix.ended++;
}

static void set(const char *name, const char *value)
{
    struct rs_error err;

    ck_assert_int_eq(rs_settings_set(&fix.settings, name, value, &err), RS_OK);
}

static void setup(void)
{
    static const char *const names[COLUMNS] = {"y1", "y2", "x1", "x2"};
    struct rs_memory_column columns[COLUMNS];
    struct rs_run_env env = {
        .ticker = &fix.ticker, .stop = &fix.asked, .pool = &rs_pool_inline};
    struct rs_error err;

    memset(&fix, 0, sizeof fix);
    for (size_t j = 0; j < COLUMNS; j++) {
        columns[j] = (struct rs_memory_column){names[j], fix.values[j], NULL};
        for (size_t i = 0; i < ROWS; i++)
            fix.values[j][i] = sin((double)(i * (2 * j + 1))) + 0.1 * (double)i;
    }
    (void)snprintf(fix.folder, sizeof fix.folder, "/tmp/regsweep-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(fix.folder));
    (void)snprintf(fix.path, sizeof fix.path, "%s/out.csv", fix.folder);
    fix.ticker = (struct rs_ticker){&fix, stage, count, end};
    fix.asked = (struct rs_stop){&fix.stop, begin_stop, end_stop};
    env.n_workers = 1;
    ck_assert_int_eq(rs_settings_init(&fix.settings, RS_CMD_RUN, &err), RS_OK);
    fix.settings.in_memory = true;
    set("dependent", "y1,y2");
    set("independent", "x1,x2");
    set("output", fix.path);
    ck_assert_int_eq(
        rs_source_memory_new(&env.source, columns, COLUMNS, ROWS, &err), RS_OK);
    ck_assert_int_eq(rs_run_new(&fix.run, &fix.settings, &env, &err), RS_OK);
}

static void teardown(void)
{
    rs_run_free(fix.run);
    rs_settings_clear(&fix.settings);
    (void)unlink(fix.path);
    ck_assert_int_eq(rmdir(fix.folder), 0);
}

static void prepare(void)
{
    struct rs_error err;

    ck_assert_int_eq(rs_run_check(fix.run, &err), RS_OK);
    ck_assert_int_eq(rs_run_check_output(fix.run, &err), RS_OK);
    ck_assert_int_eq(fix.run->stage, RS_RUN_NEW);
    ck_assert_int_eq(rs_run_load(fix.run, &err), RS_OK);
    ck_assert_int_eq(fix.run->stage, RS_RUN_READ);
    ck_assert_msg(rs_run_prepare(fix.run, NULL, &err) == RS_OK, "%s", err.text);
}

START_TEST(test_steps)
{
    struct rs_error err;
    char line[256];
    FILE *file = NULL;
    unsigned lines = 0;

    prepare();
    ck_assert_int_eq(rs_run_sweep(fix.run, &err), RS_OK);
    ck_assert_int_eq(fix.run->stage, RS_RUN_WHOLE);
    ck_assert_str_eq(fix.told, "reading ; preparing ; rows ; ; ");
    ck_assert_uint_eq(fix.begun, 1);
    ck_assert_uint_eq(fix.ended, 1);
    ck_assert_uint_eq(fix.run->stats.tally.outcomes[RS_FIT_OK], 4);
    ck_assert_uint_eq(fix.run->stats.tally.kept, 4);
    file = fopen(fix.path, "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL)
        lines++;
    (void)fclose(file);
    ck_assert_uint_eq(lines, 5);
}
END_TEST

/* What is found out when it is asked for. */
START_TEST(test_results)
{
    struct rs_run_m_eff m_eff;
    struct rs_verify verify;
    size_t part = 1;
    struct rs_lambda lambda;
    struct rs_error err;

    set("summary", NULL);
    set("verify", "4");
    prepare();
    ck_assert_int_eq(rs_run_sweep(fix.run, &err), RS_OK);
    ck_assert_int_eq(rs_run_verify(&verify, &part, fix.run, &err), RS_OK);
    ck_assert_uint_eq(verify.n_pairs, 4);
    ck_assert_int_eq(rs_run_verify_judge(&verify, &err), RS_OK);
    verify.largest = 1e-9;
    ck_assert_int_eq(rs_run_verify_judge(&verify, &err), RS_ERR_INTERNAL);
    ck_assert_int_eq(rs_run_lambda(&lambda, fix.run, &err), RS_OK);
    ck_assert(lambda.exact && lambda.value > 1.0);
    ck_assert_int_eq(rs_run_m_eff(&m_eff, fix.run, 0, &err), RS_OK);
    ck_assert(m_eff.together);
    ck_assert_double_eq(m_eff.nyholt, m_eff.y.nyholt * m_eff.x.nyholt);
    ck_assert(m_eff.y.nyholt > 1.0 && m_eff.y.nyholt < 2.0);
}
END_TEST

START_TEST(test_estimate)
{
    struct rs_run_estimate found;
    struct rs_error err;

    prepare();
    ck_assert_int_eq(rs_run_estimate(&found, fix.run, &err), RS_OK);
    ck_assert_double_eq(found.pairs, 4.0);
    ck_assert(found.output > 4.0 * 40.0 && found.output < 4.0 * 200.0);
    ck_assert(found.fitting > 0.0 && found.first <= 0.0);
    ck_assert_uint_eq(found.workers, 1);
    ck_assert_int_ne(access(fix.path, F_OK), 0);
}
END_TEST

/* Asked to stop, a run leaves what it has, and can say how much. */
START_TEST(test_stop)
{
    struct rs_error err;
    uint64_t rows = 0;

    prepare();
    fix.stop = 1;
    ck_assert_int_eq(rs_run_sweep(fix.run, &err), RS_ERR_INTERRUPTED);
    ck_assert_int_eq(fix.run->stage, RS_RUN_SWEEPING);
    ck_assert_uint_le(rs_run_pairs_left(&rows, fix.run, false), 4);
    ck_assert_int_ne(access(fix.path, F_OK), 0);
    if (fix.run->sink->ops->partial(fix.run->sink) != NULL)
        (void)unlink(fix.run->sink->ops->partial(fix.run->sink));
}
END_TEST

/* The slope of column y on column x, with an intercept. */
static double slope_of(size_t y, size_t x)
{
    double sums[2] = {0.0, 0.0};
    double products = 0.0;
    double squares = 0.0;

    for (size_t i = 0; i < ROWS; i++) {
        sums[0] += fix.values[y][i] / ROWS;
        sums[1] += fix.values[x][i] / ROWS;
    }
    for (size_t i = 0; i < ROWS; i++) {
        double dx = fix.values[x][i] - sums[1];
        products += dx * (fix.values[y][i] - sums[0]);
        squares += dx * dx;
    }
    return products / squares;
}

/* A run of the slopes to a matrix of this kind. */
static enum rs_status run_to(const struct rs_output_kind *kind)
{
    struct rs_error err;

    (void)snprintf(fix.path, sizeof fix.path, "%s/out.npy", fix.folder);
    set("output", fix.path);
    set("columns", "beta");
    ck_assert_int_eq(rs_run_check(fix.run, &err), RS_OK);
    fix.run->asked.target.kind = kind;
    ck_assert_int_eq(rs_run_check_output(fix.run, &err), RS_OK);
    ck_assert_int_eq(rs_run_load(fix.run, &err), RS_OK);
    ck_assert_int_eq(rs_run_prepare(fix.run, NULL, &err), RS_OK);
    ck_assert_ptr_null(fix.run->sink);
    return rs_run_sweep(fix.run, &err);
}

/* A matrix of another kind than those of the table is filled like them. */
START_TEST(test_matrix)
{
    double cells[5] = {0.0};
    FILE *file = NULL;

    ck_assert_int_eq(run_to(&toy_matrix), RS_OK);
    ck_assert_int_eq(fix.run->stage, RS_RUN_WHOLE);
    file = fopen(fix.path, "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(cells, sizeof(double), 5, file), 4);
    ck_assert_int_eq(fclose(file), 0);
    for (size_t k = 0; k < 4; k++)
        ck_assert_double_eq_tol(cells[k], slope_of(k / 2, 2 + k % 2), 1e-12);
}
END_TEST

/* Asked to stop, a run leaves nothing of a matrix: the folder can go. */
START_TEST(test_no_matrix)
{
    fix.stop = 1;
    ck_assert_int_eq(run_to(&toy_matrix), RS_ERR_INTERRUPTED);
    ck_assert_int_ne(access(fix.path, F_OK), 0);
}
END_TEST

/* What only the data show ends the reading. */
START_TEST(test_reading)
{
    struct rs_error err;

    set("covariates", "no");
    ck_assert_int_eq(rs_run_check(fix.run, &err), RS_OK);
    ck_assert_int_eq(rs_run_load(fix.run, &err), RS_ERR_USAGE);
    ck_assert_int_eq(fix.run->stage, RS_RUN_READING);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_steps, 1},     {&test_results, 1}, {&test_estimate, 1},
    {&test_stop, 1},      {&test_reading, 1}, {&test_matrix, 1},
    {&test_no_matrix, 1},
};
SUITE(run, tests, .setup = setup, .teardown = teardown)
