/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "best.h"
#include "collect_top.h"
#include "collect_values.h"
#include "made_parts.h"
#include "p_histogram.h"
#include "run_suite.h"
#include "tiles.h"

#include <check.h>
#include <string.h>
#include <sys/mman.h>

/*
 * Each collector by itself: the tiles of one part through the inline pool
 * (_i = 0) and the fork pool, against the fits of all pairs one by one.
 */
enum { ROWS = 30, N_Y = 5, N_X = 7, N_PAIRS = N_Y * N_X };

static const struct rs_crew crews[] = {
    {.pool = &rs_pool_inline, .n_workers = 1},
    {.pool = &rs_pool_fork, .n_workers = 2},
};

static struct fixture {
    struct made_part made;
    struct rs_load load;
    struct made_sink sink;
    struct rs_outlet outlet;
    struct rs_run_stats stats;
} fix;

static void setup(void)
{
    made_part_init(&fix.made, ROWS, N_Y, N_X, 7);
    made_sink_init(&fix.sink);
    fix.outlet = (struct rs_outlet){.sink = &fix.sink.base};
    fix.load = (struct rs_load){&fix.made.part, 1, 0, N_PAIRS};
}

static void teardown(void)
{
    made_part_clear(&fix.made);
}

static void run(struct rs_collector *collector, int crew)
{
    struct rs_error err = {0};

    ck_assert_msg(rs_tiles_run(&fix.load, collector, &crews[crew], &fix.stats,
                               &err) == RS_OK,
                  "%s", err.text);
}

static void check_text(const struct made_sink *wanted)
{
    ck_assert_uint_eq(fix.sink.n, wanted->n);
    ck_assert_mem_eq(fix.sink.text, wanted->text, wanted->n);
}

/* The rows of all pairs, tile by tile. */
static void all_rows(struct made_sink *out)
{
    made_sink_init(out);
    for (uint64_t t = 0; t < fix.made.sweep.plan.n_tiles; t++) {
        const struct rs_tile tile = rs_plan_tile(&fix.made.sweep.plan, t);
        for (size_t i = tile.y0; i < tile.y1; i++)
            for (size_t j = tile.x0; j < tile.x1; j++)
                made_sink_row(out, &fix.made.part, i, j);
    }
}

/* ln p of all pairs by a matrix, in memory that workers share. */
static double *all_log_p(int crew)
{
    static struct rs_values values;
    struct rs_collector matrix;

    values = (struct rs_values){.field = RS_VALUE_LOG_P, .n_x = N_X};
    values.cells = mmap(NULL, N_PAIRS * sizeof(double), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(values.cells, MAP_FAILED);
    fix.made.part.values = &values;
    rs_collect_matrix_init(&matrix);
    run(&matrix, crew);
    ck_assert_uint_eq(fix.stats.pool.bytes_committed, 0);
    return values.cells;
}

/* ---- rows -------------------------------------------------------- */

START_TEST(test_rows)
{
    struct rs_collect_rows rows;
    static struct made_sink wanted;

    setup();
    rs_collect_rows_init(&rows, &fix.outlet, RS_ROWS_PAIRS);
    ck_assert(!rows.packs);
    run(&rows.base, _i);
    all_rows(&wanted);
    check_text(&wanted);
    ck_assert_uint_eq(fix.sink.opened, 1);
    ck_assert_uint_eq(fix.sink.settled, fix.made.sweep.plan.n_tiles);
    ck_assert_uint_eq(fix.sink.finished + fix.sink.abandoned, 0);
    ck_assert_uint_eq(fix.stats.tally.kept, N_PAIRS);
    ck_assert_uint_eq(fix.stats.pool.bytes_committed, wanted.n);
    teardown();
}
END_TEST

/* ---- the best ---------------------------------------------------- */

/* The k-th of a row of numbers, from the smallest. */
static size_t ranked(const double *numbers, size_t n, size_t k)
{
    for (size_t j = 0; j < n; j++) {
        size_t below = 0;
        for (size_t i = 0; i < n; i++)
            below += numbers[i] < numbers[j];
        if (below == k)
            return j;
    }
    ck_abort_msg("no number of rank %zu", k);
    return n;
}

START_TEST(test_top)
{
    struct rs_collect_top top;
    static struct made_sink wanted;
    const double *log_p = NULL;

    setup();
    log_p = all_log_p(0);
    fix.made.sweep.keep.top_of = RS_TOP_PER_Y;
    fix.made.sweep.keep.top = 3;
    made_sink_init(&wanted);
    for (size_t i = 0; i < N_Y; i++)
        for (size_t k = 0; k < 3; k++)
            made_sink_row(&wanted, &fix.made.part, i,
                          ranked(log_p + i * N_X, N_X, k));
    ck_assert_int_eq(rs_best_new(&fix.made.part.best, NULL), RS_OK);
    rs_collect_top_init(&top, &fix.outlet, RS_ROWS_PAIRS);
    run(&top.base, _i);
    check_text(&wanted);
    ck_assert_uint_eq(fix.sink.opened, 1);
    ck_assert_uint_eq(fix.sink.settled, fix.made.sweep.plan.n_tiles);
    ck_assert_uint_eq(fix.stats.tally.kept, N_Y * 3);
    ck_assert_uint_eq(rs_tally_pairs(&fix.stats.tally), N_PAIRS);
    ck_assert_uint_eq(fix.stats.pool.bytes_committed, wanted.n);
    rs_collect_top_clear(&top);
    rs_top_free(fix.made.part.best);
    teardown();
}
END_TEST

/* Nothing is kept: the sink is opened all the same. */
START_TEST(test_top_of_none)
{
    struct rs_collect_top top;

    setup();
    fix.made.sweep.keep.p_max = 1e-300;
    fix.made.sweep.keep.top_of = RS_TOP_ALL;
    fix.made.sweep.keep.top = 3;
    rs_collect_top_init(&top, &fix.outlet, RS_ROWS_PAIRS);
    run(&top.base, _i);
    ck_assert_uint_eq(fix.sink.opened, 1);
    ck_assert_uint_eq(fix.sink.n, 0);
    ck_assert_uint_eq(fix.sink.settled, fix.made.sweep.plan.n_tiles);
    rs_collect_top_clear(&top);
    teardown();
}
END_TEST

/* Rows are as without it, and the ten best are the ten smallest p. */
START_TEST(test_best)
{
    struct rs_collect_rows rows;
    struct rs_best best;
    static struct made_sink wanted;
    const double *log_p = NULL;
    const struct rs_top_fit *fits = NULL;
    size_t n = 0;

    setup();
    log_p = all_log_p(0);
    ck_assert_int_eq(rs_best_new(&fix.made.part.best, NULL), RS_OK);
    rs_collect_rows_init(&rows, &fix.outlet, RS_ROWS_PAIRS);
    rs_best_init(&best, &rows.base);
    run(&best.base, _i);
    all_rows(&wanted);
    check_text(&wanted);
    ck_assert_uint_eq(fix.sink.settled, fix.made.sweep.plan.n_tiles);
    fits = rs_top_sorted(fix.made.part.best, &n, NULL);
    ck_assert_uint_eq(n, RS_BEST_PAIRS);
    for (size_t k = 0; k < n; k++)
        ck_assert_uint_eq(fits[k].y_ix * N_X + fits[k].x_ix,
                          ranked(log_p, N_PAIRS, k));
    rs_top_free(fix.made.part.best);
    teardown();
}
END_TEST

/* ---- numbers ----------------------------------------------------- */

START_TEST(test_matrix)
{
    const double *log_p = NULL;
    struct rs_fit fit;
    void *state = NULL;

    setup();
    log_p = all_log_p(_i);
    ck_assert_int_eq(rs_model_ols.open(&state, &fix.made.sweep.spec, NULL),
                     RS_OK);
    for (size_t i = 0; i < N_PAIRS; i++) {
        rs_model_ols.fit(state, fix.made.sweep.plan.y[i / N_X],
                         fix.made.sweep.plan.x[i % N_X], &fit);
        rs_fit_find_p(&fit);
        ck_assert_double_eq_tol(log_p[i], fit.log_p, 1e-12);
    }
    rs_model_ols.close(state);
    ck_assert_uint_eq(fix.stats.tally.kept, N_PAIRS);
    teardown();
}
END_TEST

START_TEST(test_histogram)
{
    static struct rs_p_histogram counted;
    static struct rs_p_histogram wanted;
    struct rs_values values = {.field = RS_VALUE_LOG_P, .n_x = N_X};
    struct rs_collector histogram;
    const double *log_p = NULL;

    setup();
    memset(&counted, 0, sizeof counted);
    memset(&wanted, 0, sizeof wanted);
    log_p = all_log_p(0);
    for (size_t i = 0; i < N_PAIRS; i++)
        rs_p_histogram_add(&wanted, log_p[i]);
    fix.made.part.values = &values;
    fix.made.part.histogram = &counted;
    rs_collect_histogram_init(&histogram);
    run(&histogram, _i);
    ck_assert_mem_eq(&counted, &wanted, sizeof wanted);
    ck_assert_uint_eq(fix.stats.pool.bytes_committed, N_PAIRS * sizeof(double));
    teardown();
}
END_TEST

static const struct suite_test tests[] = {
    {&test_rows, 2}, {&test_top, 2},    {&test_top_of_none, 2},
    {&test_best, 2}, {&test_matrix, 2}, {&test_histogram, 2},
};
SUITE(collectors, tests)
