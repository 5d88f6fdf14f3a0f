/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "best.h"
#include "made_parts.h"
#include "run_suite.h"
#include "sweep.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Runs of several parts, of different shape, with one sink: the rows are those
 * of the parts by themselves, one after another, whether all are in memory at
 * once or not.
 */
enum { N_PARTS = 3 };

static struct fixture {
    struct made_part made[N_PARTS];
    struct rs_run_part parts[N_PARTS]; /* as they are loaded */
    size_t at_once;                    /* parts in a load */
    size_t fail_at;                    /* loading this one fails */
    size_t stop_at;                    /* or asks to stop */
    unsigned loads;
    atomic_int stop;
} fix;

static enum rs_status load(void *ctx, const struct rs_run_part **parts,
                           size_t *n, size_t first, struct rs_error *err)
{
    (void)ctx;
    fix.loads++;
    if (first >= fix.fail_at)
        return rs_error_set(err, RS_ERR_READ, "no more parts");
    if (first >= fix.stop_at)
        fix.stop = 1;
    *parts = &fix.parts[first];
    *n = N_PARTS - first < fix.at_once ? N_PARTS - first : fix.at_once;
    return RS_OK;
}

static void setup(size_t at_once)
{
    uint64_t first_job = 0;

    memset(&fix, 0, sizeof fix);
    made_part_init(&fix.made[0], 30, 5, 7, 1);
    made_part_init(&fix.made[1], 25, 3, 2, 2);
    made_part_init(&fix.made[2], 40, 4, 9, 3);
    for (size_t i = 0; i < N_PARTS; i++) {
        fix.parts[i] = fix.made[i].part;
        fix.parts[i].number = i;
        fix.parts[i].first_job = first_job;
        first_job = rs_run_part_end(&fix.parts[i]);
    }
    fix.at_once = at_once;
    fix.fail_at = fix.stop_at = N_PARTS;
}

static void teardown(void)
{
    for (size_t i = 0; i < N_PARTS; i++)
        made_part_clear(&fix.made[i]);
}

static struct rs_sweep sweep_of(struct rs_parts parts, struct made_sink *sink,
                                int pool)
{
    made_sink_init(sink);
    return (struct rs_sweep){
        .parts = parts,
        .crew = {.pool = pool == 0 ? &rs_pool_inline : &rs_pool_fork,
                 .n_workers = 2,
                 .stop = &fix.stop},
        .sink = &sink->base,
        .rows = RS_ROWS_PAIRS,
        .top = fix.made[0].sweep.keep.top_of != RS_TOP_NONE,
    };
}

static struct rs_parts all_parts(void)
{
    uint64_t n_pairs = 0;

    for (size_t i = 0; i < N_PARTS; i++)
        n_pairs += fix.made[i].sweep.plan.n_pairs;
    return (struct rs_parts){NULL, N_PARTS, n_pairs, load};
}

/* Each part by itself: what they have, and have counted, together. */
static void run_alone(struct made_sink *out, size_t n_parts)
{
    static struct made_sink own;
    struct rs_run_stats stats;

    made_sink_init(out);
    for (size_t i = 0; i < n_parts; i++) {
        struct rs_sweep sweep =
            sweep_of(rs_parts_one(&fix.made[i].part), &own, 0);
        ck_assert_int_eq(rs_sweep_run(&sweep, &stats, NULL), RS_OK);
        memcpy(out->text + out->n, own.text, own.n);
        out->n += own.n;
        rs_tally_merge(&out->tally, &own.tally);
    }
}

static void check_whole(const struct made_sink *got,
                        const struct rs_run_stats *stats)
{
    static struct made_sink wanted;
    uint64_t end = rs_run_part_end(&fix.parts[N_PARTS - 1]);

    run_alone(&wanted, N_PARTS);
    ck_assert_uint_eq(got->n, wanted.n);
    ck_assert_mem_eq(got->text, wanted.text, wanted.n);
    ck_assert_mem_eq(&got->tally, &wanted.tally, sizeof wanted.tally);
    ck_assert_mem_eq(&stats->tally, &wanted.tally, sizeof wanted.tally);
    ck_assert_uint_eq(stats->pool.jobs_committed, end);
    ck_assert_uint_eq(stats->pool.bytes_committed, wanted.n);
    ck_assert_uint_eq(got->opened, 1);
    ck_assert_uint_eq(got->finished, 1);
    ck_assert_uint_eq(got->abandoned, 0);
    ck_assert_uint_eq(got->settled, end);
}

/* _i: the pool, and how many parts are loaded at once */
START_TEST(test_rows)
{
    static struct made_sink sink;
    struct rs_run_stats stats;
    struct rs_sweep sweep;
    struct rs_error err = {0};

    setup((size_t)(_i / 2) + 1);
    sweep = sweep_of(all_parts(), &sink, _i % 2);
    ck_assert_msg(rs_sweep_run(&sweep, &stats, &err) == RS_OK, "%s", err.text);
    ck_assert_uint_eq(fix.loads, (N_PARTS - 1) / fix.at_once + 1);
    check_whole(&sink, &stats);
    teardown();
}
END_TEST

/* A row of the sink. */
struct line {
    const char *text; /* [n] */
    size_t n;
    size_t y, x;
    double log_p;
    size_t place; /* of its heap: parts' lists, one after another */
};

static int compare(const void *left, const void *right)
{
    const struct line *a = left;
    const struct line *b = right;

    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return (a->log_p > b->log_p) - (a->log_p < b->log_p);
}

/* Where a column comes first in the lists. */
static size_t place_of(size_t column, enum rs_top_of of)
{
    size_t at = 0;

    for (size_t i = 0; i < N_PARTS; i++) {
        const struct rs_plan *plan = &fix.made[i].sweep.plan;
        const size_t *list = of == RS_TOP_PER_Y ? plan->y : plan->x;
        size_t n = of == RS_TOP_PER_Y ? plan->n_y : plan->n_x;
        for (size_t k = 0; k < n; k++, at++)
            if (list[k] == column)
                return at;
    }
    ck_abort_msg("no column %zu", column);
    return 0;
}

static size_t read_lines(struct line *lines, const struct made_sink *sink,
                         enum rs_top_of of)
{
    size_t n = 0;

    for (size_t at = 0; at < sink->n; at += lines[n++].n) {
        struct line *line = &lines[n];
        line->text = sink->text + at;
        line->n =
            (size_t)((const char *)memchr(line->text, '\n', sink->n - at) -
                     line->text) +
            1;
        ck_assert_int_eq(sscanf(line->text, "%zu %zu %*d %*s %lf", &line->y,
                                &line->x, &line->log_p),
                         3);
        line->place =
            of == RS_TOP_ALL
                ? 0
                : place_of(of == RS_TOP_PER_Y ? line->y : line->x, of);
    }
    return n;
}

/* Out of all rows of all parts. */
static void choose_best(struct made_sink *out, size_t *kept,
                        const struct made_sink *all, enum rs_top_of of,
                        size_t most)
{
    static struct line lines[200];
    size_t n = read_lines(lines, all, of);
    size_t in_heap = 0;

    made_sink_init(out);
    *kept = 0;
    qsort(lines, n, sizeof *lines, compare);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && lines[i].place != lines[i - 1].place)
            in_heap = 0;
        if (in_heap++ >= most)
            continue;
        memcpy(out->text + out->n, lines[i].text, lines[i].n);
        out->n += lines[i].n;
        (*kept)++;
    }
}

/* The ten best of what is written, with the numbers of their parts. */
static void check_best(struct rs_top *best, const struct made_sink *written)
{
    static struct line lines[200];
    size_t n = read_lines(lines, written, RS_TOP_ALL);
    size_t n_best = 0;
    const struct rs_top_fit *fits = rs_top_sorted(best, &n_best, NULL);

    qsort(lines, n, sizeof *lines, compare);
    ck_assert_uint_eq(n_best, RS_BEST_PAIRS);
    for (size_t i = 0; i < n_best; i++) {
        const struct rs_plan *plan = &fix.made[fits[i].part].sweep.plan;
        ck_assert_uint_eq(plan->y[fits[i].y_ix], lines[i].y);
        ck_assert_uint_eq(plan->x[fits[i].x_ix], lines[i].x);
        ck_assert_double_eq_tol(fits[i].fit.log_p, lines[i].log_p, 1e-9);
    }
}

/* The best of all parts together. _i: the pool, and whose best. */
START_TEST(test_top)
{
    static struct made_sink sink;
    static struct made_sink all;
    static struct made_sink wanted;
    enum rs_top_of of = (enum rs_top_of)(RS_TOP_ALL + _i / 2);
    size_t most = of == RS_TOP_ALL ? 70 : 2;
    size_t kept = 0;
    struct rs_top *best = NULL;
    struct rs_run_stats stats;
    struct rs_sweep sweep;
    struct rs_error err = {0};

    setup(N_PARTS);
    run_alone(&all, N_PARTS);
    choose_best(&wanted, &kept, &all, of, most);
    ck_assert_int_eq(rs_best_new(&best, NULL), RS_OK);
    for (size_t i = 0; i < N_PARTS; i++) {
        fix.made[i].sweep.keep.top_of = of;
        fix.made[i].sweep.keep.top = most;
        fix.parts[i].best = best;
    }
    sweep = sweep_of(all_parts(), &sink, _i % 2);
    ck_assert_msg(rs_sweep_run(&sweep, &stats, &err) == RS_OK, "%s", err.text);
    ck_assert_uint_eq(stats.tally.kept, kept);
    ck_assert_uint_eq(sink.n, wanted.n);
    ck_assert_mem_eq(sink.text, wanted.text, wanted.n);
    ck_assert_uint_eq(sink.settled, rs_run_part_end(&fix.parts[N_PARTS - 1]));
    check_best(best, &wanted);
    rs_top_free(best);
    teardown();
}
END_TEST

/* A part that cannot be had: what was written before stays, and the sink is
 * abandoned, once. Being asked to stop likewise. */
START_TEST(test_failure)
{
    static struct made_sink sink;
    static struct made_sink wanted;
    struct rs_run_stats stats;
    struct rs_sweep sweep;
    struct rs_error err;
    bool stopped = _i == 1;

    setup(1);
    run_alone(&wanted, 2);
    if (stopped)
        fix.stop_at = 2;
    else
        fix.fail_at = 2;
    sweep = sweep_of(all_parts(), &sink, 0);
    ck_assert_int_eq(rs_sweep_run(&sweep, &stats, &err),
                     stopped ? RS_ERR_INTERRUPTED : RS_ERR_READ);
    ck_assert_str_eq(err.text, stopped ? "interrupted" : "no more parts");
    ck_assert_uint_eq(sink.n, wanted.n);
    ck_assert_mem_eq(sink.text, wanted.text, wanted.n);
    ck_assert_mem_eq(&sink.tally, &wanted.tally, sizeof wanted.tally);
    ck_assert_uint_eq(sink.settled, rs_run_part_end(&fix.parts[1]));
    ck_assert_uint_eq(sink.finished, 0);
    ck_assert_uint_eq(sink.abandoned, 1);
    teardown();
}
END_TEST

START_TEST(test_part_of)
{
    setup(1);
    for (size_t n = 1; n <= N_PARTS; n++)
        for (size_t i = 0; i < n; i++)
            for (uint64_t job = fix.parts[i].first_job;
                 job < rs_run_part_end(&fix.parts[i]); job++)
                ck_assert_ptr_eq(rs_run_part_of(fix.parts, n, job),
                                 &fix.parts[i]);
    teardown();
}
END_TEST

/* Columns are prepared again only where that makes a difference. */
START_TEST(test_prepared_once)
{
    struct rs_run_part *part = &fix.made[0].part;
    const void *prepared = NULL;

    setup(1);
    prepared = part->prepared;
    ck_assert_ptr_nonnull(prepared);
    ck_assert_int_eq(rs_run_part_prepare(part, 1, NULL), RS_OK);
    ck_assert_ptr_eq(part->prepared, prepared);
    fix.made[0].sweep.keep.p_max = 1e-6; /* by floats */
    ck_assert(!part->engine->serves(part->prepared, &part->env));
    ck_assert_int_eq(rs_run_part_prepare(part, 1, NULL), RS_OK);
    ck_assert(part->engine->serves(part->prepared, &part->env));
    teardown();
}
END_TEST

static const struct suite_test tests[] = {
    {&test_rows, 2 * N_PARTS}, {&test_top, 2 * 3},       {&test_failure, 2},
    {&test_part_of, 1},        {&test_prepared_once, 1},
};
SUITE(parts, tests)
