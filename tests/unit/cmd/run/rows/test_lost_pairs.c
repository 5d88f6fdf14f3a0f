/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "corrections.h"
#include "corrections_report.h"
#include "made_sweep.h"
#include "run_suite.h"
#include "sweep.h"

#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * Sweeps whose workers die: an engine that is the exact one, but for a pair at
 * which it is killed as often as the fixture says.
 */
enum { ROWS = 60, COLUMNS = 12, POISON_Y = 3, POISON_X = 7, CALM = 3 };

static struct fixture {
    struct made_sweep sweep;
    struct rs_run_part part;
    struct rs_crew crew;
    _Atomic int *deaths; /* to come */
} fix;

/* ---- the engine -------------------------------------------------- */

struct poisoned {
    const struct rs_emitter *emit;
    const struct rs_tile *tile;
};

static bool begin(void *ctx, uint64_t item)
{
    const struct poisoned *self = ctx;
    size_t width = self->tile->x1 - self->tile->x0;

    if (!self->emit->begin(self->emit->ctx, item))
        return false;
    if (self->tile->y0 + item / width == POISON_Y &&
        self->tile->x0 + item % width == POISON_X &&
        atomic_fetch_sub(fix.deaths, 1) > 0)
        (void)kill(getpid(), SIGKILL);
    return true;
}

static void row(void *ctx, size_t y_ix, size_t x_ix, const struct rs_fit *fit)
{
    const struct poisoned *self = ctx;

    self->emit->row(self->emit->ctx, y_ix, x_ix, fit);
}

static enum rs_status fit_tile(void *state, const struct rs_tile *tile,
                               const struct rs_emitter *emit,
                               struct rs_error *err)
{
    struct poisoned poisoned = {emit, tile};
    struct rs_emitter own = *emit;

    own.ctx = &poisoned;
    own.begin = begin;
    own.row = row;
    own.between = NULL;
    return rs_engine_exact.fit_tile(state, tile, &own, err);
}

static struct rs_engine engine;

static void setup(int deaths)
{
    const struct made_ask ask = {
        .n = ROWS, .n_y = COLUMNS, .tile = {5, 5}, .seed = 5};

    memset(&fix, 0, sizeof fix);
    fix.deaths = mmap(NULL, sizeof *fix.deaths, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(fix.deaths, MAP_FAILED);
    atomic_store(fix.deaths, deaths);
    made_sweep_init(&fix.sweep, &ask);
    for (size_t i = 0; i < ROWS; i++) /* the best of all pairs */
        fix.sweep.values[POISON_Y * ROWS + i] +=
            2.0 * fix.sweep.values[POISON_X * ROWS + i];
    made_sweep_load(&fix.sweep);
    engine = rs_engine_exact;
    engine.fit_tile = fit_tile;
    fix.part = (struct rs_run_part){.engine = &engine, .env = fix.sweep.env};
    fix.crew = (struct rs_crew){.pool = &rs_pool_fork, .n_workers = 2};
}

static void teardown(void)
{
    made_sweep_clear(&fix.sweep);
    (void)munmap(fix.deaths, sizeof *fix.deaths);
}

static const struct rs_labels no_labels;

/* ---- the first pass ---------------------------------------------- */

/* Corrections of a sweep whose workers die so often. */
static void correct(struct rs_corrections *c, int deaths, bool histogram)
{
    struct rs_error err = {0};

    setup(deaths);
    memset(c, 0, sizeof *c);
    c->methods = rs_adjust_bit(RS_ADJUST_BH);
    c->q_method = RS_ADJUST_BH;
    c->log_q_max = log(0.05);
    c->family = RS_FAMILY_ALL;
    c->most_bytes = histogram ? 0 : (uint64_t)1 << 30;
    ck_assert_int_eq(rs_corrections_check(c, &fix.part, 1, &err), RS_OK);
    ck_assert_int_eq(
        rs_corrections_find(c, &fix.part, 1, &fix.crew, &fix.sweep.keep, &err),
        RS_OK);
}

/* Three deaths give the pair up, and fresh workers fit it: all is as it would
 * have been. */
START_TEST(test_fitted_again)
{
    bool histogram = _i % 2 == 1;
    struct rs_corrections calm;
    struct rs_corrections c;
    const struct rs_adjust_curve *a = NULL;
    const struct rs_adjust_curve *b = NULL;

    correct(&calm, 0, histogram);
    teardown();
    correct(&c, CALM, histogram);
    a = rs_families_curve(calm.families, 0);
    b = rs_families_curve(c.families, 0);
    ck_assert_uint_eq(c.pass_stats.pool.workers_died, CALM);
    ck_assert_int_eq(c.pass_stats.pool.last_signal, SIGKILL);
    ck_assert_uint_eq(c.pass_stats.tally.outcomes[RS_FIT_OK],
                      COLUMNS * (COLUMNS - 1));
    ck_assert_uint_eq(c.pass_stats.tally.kept, COLUMNS * (COLUMNS - 1));
    ck_assert_uint_eq(c.parts[0].lost.n, 0);
    ck_assert(!rs_corrections_report_lost(&c, &no_labels));
    ck_assert_uint_eq(a->m, b->m);
    for (double log_p = -80.0; log_p <= 0.0; log_p += 0.25)
        ck_assert_double_eq(rs_adjust_log(a, RS_ADJUST_BH, log_p),
                            rs_adjust_log(b, RS_ADJUST_BH, log_p));
    rs_corrections_clear(&calm);
    rs_corrections_clear(&c);
    teardown();
}
END_TEST

/* Deaths without end: the test is missing, and that is known by name; what
 * the second pass finds of the pair is adjusted as if it were there, not
 * left out. */
START_TEST(test_lost)
{
    bool histogram = _i % 2 == 1;
    struct rs_corrections c;
    char names[100];
    const struct rs_fit best = {.outcome = RS_FIT_OK, .log_p = -60.0};

    correct(&c, 1000, histogram);
    ck_assert_uint_eq(rs_families_tests(c.families),
                      COLUMNS * (COLUMNS - 1) - 1);
    ck_assert_uint_eq(c.parts[0].lost.n, 1);
    ck_assert_uint_eq(c.parts[0].lost.pairs[0].y_ix, POISON_Y);
    ck_assert_uint_eq(c.parts[0].lost.pairs[0].x_ix, POISON_X);
    ck_assert_uint_eq(c.pass_stats.tally.outcomes[RS_FIT_WORKER_LOST], 1);
    rs_lost_pairs_names(names, sizeof names, &c.parts[0].lost, &fix.part.env);
    ck_assert_str_eq(names, "'c3' on 'c7'");
    ck_assert(rs_corrections_report_lost(&c, &no_labels));
    ck_assert(fix.sweep.keep.q->met(fix.sweep.keep.q->ctx, POISON_Y, POISON_X,
                                    &best));
    rs_corrections_clear(&c);
    teardown();
}
END_TEST

/* ---- the rows of the best pairs ---------------------------------- */

static size_t row_bound(const struct rs_sink *sink, size_t y, size_t x)
{
    (void)sink;
    (void)y;
    (void)x;
    return 1;
}

/* A row is the letter of its outcome. */
static size_t encode(const struct rs_sink *sink, char *out,
                     const struct rs_row *row)
{
    (void)sink;
    out[0] = (char)('0' + row->fit->outcome);
    return 1;
}

static struct {
    char text[64];
    size_t n;
} written;

static enum rs_status write_rows(struct rs_sink *sink, const void *bytes,
                                 size_t n_bytes, struct rs_error *err)
{
    (void)sink;
    (void)err;
    ck_assert_uint_lt(written.n + n_bytes, sizeof written.text);
    memcpy(written.text + written.n, bytes, n_bytes);
    written.n += n_bytes;
    return RS_OK;
}

static const struct rs_sink_ops sink_ops = {
    .row_bound = row_bound, .encode = encode, .write = write_rows};

static enum rs_status open_adder(const void *ctx, void **state,
                                 const struct rs_plan *plan,
                                 const struct rs_spec *spec,
                                 struct rs_error *err)
{
    (void)ctx;
    (void)plan;
    (void)spec;
    (void)err;
    *state = NULL;
    return RS_OK;
}

/* Kills at the row of the poisoned pair, unless that is lost already. */
static void add(const void *ctx, void *state, double *added, size_t y_ix,
                size_t x_ix, const struct rs_fit *fit)
{
    (void)ctx;
    (void)state;
    (void)added;
    if (y_ix == POISON_Y && x_ix == POISON_X && fit->outcome == RS_FIT_OK)
        (void)kill(getpid(), SIGKILL);
}

static void close_adder(void *state)
{
    (void)state;
}

/* What kills while the row of one of the best pairs is made costs that row
 * alone. */
START_TEST(test_best)
{
    const struct rs_adder adder = {NULL, open_adder, add, NULL, close_adder};
    struct rs_sink sink = {.ops = &sink_ops};
    struct rs_sweep sweep;
    struct rs_run_stats stats;
    struct rs_error err = {0};
    struct rs_tally tally;

    setup(0);
    memset(&written, 0, sizeof written);
    fix.sweep.keep.top_of = RS_TOP_ALL;
    fix.sweep.keep.top = 5;
    fix.part.adders[RS_ADDS_CORRECTED] = &adder;
    sweep = (struct rs_sweep){
        .parts = rs_parts_one(&fix.part),
        .crew = fix.crew,
        .sink = &sink,
        .rows = RS_ROWS_PAIRS,
        .top = true,
    };
    ck_assert_msg(rs_sweep_run(&sweep, &stats, &err) == RS_OK, "%s", err.text);
    tally = stats.tally;
    ck_assert_uint_eq(written.n, 5);
    ck_assert_int_eq(written.text[1] - '0', RS_FIT_OK);
    ck_assert_ptr_nonnull(
        memchr(written.text, '0' + RS_FIT_WORKER_LOST, written.n));
    ck_assert_uint_eq(tally.outcomes[RS_FIT_WORKER_LOST], 1);
    ck_assert_uint_eq(rs_tally_tests(&tally), COLUMNS * (COLUMNS - 1) - 1);
    ck_assert_uint_eq(tally.kept, 5);
    ck_assert_uint_eq(stats.pool.workers_died, 3);
    teardown();
}
END_TEST

/* ---- names ------------------------------------------------------- */

START_TEST(test_names)
{
    struct rs_lost_pairs lost = {0};
    char names[64];
    char few[12];

    setup(0);
    rs_lost_pairs_names(names, sizeof names, &lost, &fix.part.env);
    ck_assert_str_eq(names, "");
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(rs_lost_pairs_add(&lost, i, i + 1, NULL), RS_OK);
    rs_lost_pairs_names(names, sizeof names, &lost, &fix.part.env);
    ck_assert_str_eq(names, "'c0' on 'c1', 'c1' on 'c2', 'c2' on 'c3', ...");
    rs_lost_pairs_names(few, sizeof few, &lost, &fix.part.env);
    ck_assert_str_eq(few, "'c0' on 'c1");
    rs_lost_pairs_clear(&lost);
    teardown();
}
END_TEST

static const struct suite_test tests[] = {
    {&test_fitted_again, 2},
    {&test_lost, 2},
    {&test_best, 1},
    {&test_names, 1},
};
SUITE(lost_pairs, tests)
