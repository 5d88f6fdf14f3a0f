/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate.h"

#include "clock.h"
#include "cpus.h"
#include "folder.h"
#include "matrix.h"
#include "mem.h"
#include "nameless.h"
#include "pool_sample.h"
#include "run_parts.h"
#include "sample_sink.h"
#include "temporary.h"

#include <stdlib.h>

/* Seconds of fitting to learn from, of either pass. */
static const double sample_seconds = 0.35;

/* Starting a worker and waiting for its end. */
static const double worker_seconds = 0.0005;

/* Sorting the p of the families, and their step functions: of a test. */
static const double family_seconds = 35e-9;

/* Pairs from whose p is judged how many --q-max keeps, at most. */
static const size_t most_p = (size_t)1 << 19;

/* What was learnt of a pass. */
struct learnt {
    double open;                   /* seconds of opening a worker */
    struct rs_pool_taken taken[2]; /* see pool_sample.h */
    struct rs_tally tallies[2];
    double slowness; /* seconds for one of a processor: others want it, too */
    uint64_t kept;   /* pairs that have rows */
    uint64_t n_rows, n_bytes;
    struct rs_top_fit fits[RS_COST_PAIRS];
    size_t n_fits;
    struct rs_sampled_p p; /* where there is a condition on q */
};

/* ---- the sample -------------------------------------------------- */

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* Workers of the run that work at the same time as one, but for the parent's
 * part of them, which the sample does itself. */
static unsigned workers_beside(const struct rs_run *run)
{
    double at_once = least(least(run->sweep.crew.n_workers, rs_cpus_usable()),
                           (double)rs_run_n_tiles(run));

    return run->sweep.crew.pool == &rs_pool_fork && at_once > 1.0
               ? (unsigned)at_once - 1
               : 0;
}

static enum rs_status sweep_some(struct learnt *out, const struct rs_run *run,
                                 struct rs_sink *sink, struct rs_parts parts,
                                 struct rs_error *err)
{
    bool done = false;
    struct rs_pool_sample pool = {
        .seconds = sample_seconds,
        .n_beside = workers_beside(run),
        .done = &done,
        .open = &out->open,
        .taken = out->taken,
    };
    struct rs_sweep some = run->sweep;
    struct rs_run_stats stats;
    double begin = rs_clock_now();
    double used = rs_clock_used();
    enum rs_status status = RS_OK;

    rs_pool_sample_init(&pool);
    for (int i = 0; i < 2; i++)
        out->taken[i].counts = rs_tally_counts(&out->tallies[i]);
    some.crew.pool = &pool.base;
    some.crew.ticker = NULL;
    some.sink = sink;
    some.parts = parts;
    status = rs_sweep_run(&some, &stats, err);
    used = rs_clock_used() - used;
    out->slowness = used > 0.0 ? (rs_clock_now() - begin) / used : 1.0;
    out->kept = stats.tally.kept - stats.tally.outcomes[RS_FIT_WORKER_LOST];
    return status;
}

/* A file to be written for a trial: beside the output, so that the time is
 * that of its disk. Returns a descriptor, or -1. */
static int open_nameless(const struct rs_run *run)
{
    const char *path = run->asked.target.path;
    char *folder = path == NULL ? NULL : rs_folder_of(path, NULL);
    int fd = folder == NULL ? -1 : rs_nameless_open(folder);

    free(folder);
    return fd >= 0 ? fd : rs_nameless_open(rs_temporary_folder());
}

/* encodes: as the output does; else as the first pass, which has no rows. */
static enum rs_status sample_rows(struct learnt *out, const struct rs_run *run,
                                  bool encodes, struct rs_error *err)
{
    bool written = encodes && run->asked.target.kind->row_seconds <= 0.0;
    struct rs_sample_sink sink;
    enum rs_status status = rs_sample_sink_init(
        &sink, run->sink, written ? open_nameless(run) : -1, err);

    sink.encodes = encodes;
    sink.n_rows = &out->n_rows;
    sink.fits = out->fits;
    sink.n_fits = &out->n_fits;
    sink.most_fits = RS_COST_PAIRS;
    sink.p = out->p.room > 0 ? &out->p : NULL;
    if (status == RS_OK)
        status = sweep_some(out, run, &sink.base,
                            rs_parts_all(run->parts, run->n_parts), err);
    out->n_bytes = sink.n_bytes;
    rs_sample_sink_clear(&sink);
    return status;
}

/* A matrix of which only the sample's pages come to be. */
static enum rs_status sample_matrix(struct learnt *out,
                                    const struct rs_run *run,
                                    struct rs_error *err)
{
    struct rs_values values = *run->parts->values;
    struct rs_run_part part = *run->parts;
    struct rs_pages pages = {0};
    enum rs_status status = rs_pages_new(
        &pages,
        rs_matrix_bytes(run->plans->n_y, run->plans->n_x, values.matched), err);

    values.cells = pages.base;
    part.values = &values;
    if (status == RS_OK)
        status = sweep_some(out, run, NULL, rs_parts_one(&part), err);
    rs_pages_free(&pages);
    return status;
}

/* ---- from the sample to all -------------------------------------- */

static double pairs_of(const struct rs_tally *tally)
{
    return (double)(rs_tally_pairs(tally) -
                    tally->outcomes[RS_FIT_WORKER_LOST]);
}

static double sampled(const struct learnt *learnt)
{
    return pairs_of(&learnt->tallies[0]) + pairs_of(&learnt->tallies[1]);
}

/* Seconds of work of all workers together: what a pair takes, and what coming
 * to a part, or to the first tile, takes more. */
static double all_work(const struct learnt *learnt, const struct rs_run *run,
                       unsigned n_workers)
{
    const struct rs_pool_taken *taken = learnt->taken;
    double first = pairs_of(&learnt->tallies[0]);
    double rest = pairs_of(&learnt->tallies[1]);
    double of_pair = rest > 0.0    ? taken[1].work / rest
                     : first > 0.0 ? taken[0].work / first
                                   : 0.0;
    double more = taken[0].n_jobs == 0 ? 0.0
                                       : (taken[0].work - of_pair * first) /
                                             (double)taken[0].n_jobs;
    double times = run->n_parts > n_workers ? (double)run->n_parts : n_workers;

    return of_pair * (double)rs_run_n_pairs(run) +
           (more > 0.0 ? more * times : 0.0) + learnt->open * n_workers;
}

/* Rows of pairs that the whole run writes, when what the sample kept is a
 * share of all: --top keeps no more than it says. */
static double most_pairs(const struct rs_run *run, double kept)
{
    const struct rs_keep *keep = &run->keep;
    double most = (double)keep->top;

    if (keep->top_of == RS_TOP_NONE)
        return kept;
    if (keep->top_of == RS_TOP_PER_Y)
        most *= (double)run->input.n_y;
    if (keep->top_of == RS_TOP_PER_X)
        most *= (double)run->input.n_x;
    return most < kept ? most : kept;
}

static double share(double part, double whole)
{
    return whole > 0.0 ? part / whole : 0.0;
}

/* Seconds that a file takes for so many bytes more than were tried. */
static double time_bytes(const struct rs_run *run, double bytes)
{
    enum { PIECE = 1 << 20, PIECES = 16 };
    char *piece = rs_alloc(PIECE, 1, NULL);
    struct rs_outfile file = {.fd = open_nameless(run), .owns_fd = true};
    double begin = rs_clock_now();
    double seconds = 0.0;
    double done = 0.0;

    for (int i = 0; i < PIECES && piece != NULL && done < bytes; i++) {
        if (file.fd < 0 || rs_outfile_write(&file, piece, PIECE, NULL) != RS_OK)
            break;
        done += PIECE;
    }
    seconds = rs_clock_now() - begin;
    rs_outfile_clear(&file);
    free(piece);
    return share(seconds, done) * bytes;
}

/* Bytes of the output, and the seconds of the parent. */
static double judge_output(struct rs_run_estimate *out,
                           const struct rs_run *run,
                           const struct learnt *learnt)
{
    const struct rs_output_kind *kind = run->asked.target.kind;
    const struct rs_values *values = run->parts->values;
    double all = (double)rs_run_n_pairs(run);
    double kept = (double)learnt->kept;
    double commit = learnt->taken[0].commit + learnt->taken[1].commit;
    double rows = 0.0;

    if (values != NULL) {
        out->output = (double)rs_matrix_bytes(run->plans->n_y, run->plans->n_x,
                                              values->matched);
        return time_bytes(run, out->output);
    }
    out->pairs = most_pairs(run, share(kept, sampled(learnt)) * all);
    rows = share((double)learnt->n_rows, kept) * out->pairs;
    out->output = share((double)learnt->n_bytes, kept) * out->pairs;
    if (kind->row_seconds <= 0.0)
        return share(commit, sampled(learnt)) * all;
    out->output = kind->row_bytes * rows;
    return kind->row_seconds * rows * learnt->slowness;
}

/* Workers and parent share the processors: nobody is done before all is done
 * that one of them alone has to do. */
static void judge_sweep(struct rs_run_estimate *out, double work,
                        double writing)
{
    double cpus = rs_cpus_usable();
    double all = (work + writing) / least(out->workers + 1.0, cpus);
    double workers = work / least(out->workers, cpus);

    all = workers > all ? workers : all;
    all = writing > all ? writing : all;
    out->writing = writing;
    out->fitting = all - writing + worker_seconds * out->workers;
}

static void judge_memory(struct rs_run_estimate *out, const struct rs_run *run)
{
    const struct rs_dataset *data = run->input.data;
    const struct rs_slots slots = rs_sweep_slots(&run->sweep, run->parts);
    const struct rs_run_part *first = run->parts;
    struct rs_part_view view = {0};
    size_t held = 0;

    if (first->engine->held != NULL &&
        rs_part_view_enter(&view, first, run->sweep.crew.n_workers, NULL) ==
            RS_OK &&
        view.part.prepared != NULL)
        held = first->engine->held(view.part.prepared);
    rs_part_view_clear(&view);
    out->data = (double)data->numbers.bytes + (double)data->bits.bytes +
                (double)data->copies.bytes;
    out->columns =
        (double)held * (run->n_parts > 1 ? (double)out->workers : 1.0);
    out->buffers = (double)slots.bytes * slots.n;
}

/* ---- all of it --------------------------------------------------- */

/* The fits by their places in the plans of their parts. */
static void place_fits(struct learnt *learnt, const struct rs_run *run)
{
    for (size_t i = 0; i < learnt->n_fits; i++) {
        struct rs_top_fit *fit = &learnt->fits[i];
        const struct rs_plan *plan = &run->plans[fit->part];
        size_t y = 0;
        size_t x = 0;
        while (y + 1 < plan->n_y && plan->y[y] != fit->y_ix)
            y++;
        while (x + 1 < plan->n_x && plan->x[x] != fit->x_ix)
            x++;
        fit->y_ix = y;
        fit->x_ix = x;
    }
}

static enum rs_status judge_corrections(struct rs_run_estimate *out,
                                        const struct rs_run *run,
                                        struct learnt *learnt,
                                        struct rs_error *err)
{
    const struct rs_corrections_sample some = {
        .parts = run->parts,
        .n_parts = run->n_parts,
        .n_workers = run->sweep.crew.n_workers,
        .fits = learnt->fits,
        .n = learnt->n_fits,
    };

    place_fits(learnt, run);
    return rs_corrections_cost_find(&out->corrections, &run->corrections, &some,
                                    err);
}

/* The first of two passes: no rows, and all pairs.
 * work  out  of all workers together, seconds */
static enum rs_status judge_first(struct rs_run_estimate *out, double *work,
                                  const struct rs_run *run,
                                  struct rs_error *err)
{
    struct learnt learnt = {.kept = 0};
    double tests = (double)rs_run_n_tests(run);
    enum rs_status status = RS_OK;

    *work = 0.0;
    if (run->corrections.methods == 0)
        return RS_OK;
    status = run->sink != NULL ? sample_rows(&learnt, run, false, err)
                               : sample_matrix(&learnt, run, err);
    *work = all_work(&learnt, run, out->workers);
    out->first = *work / least(out->workers, rs_cpus_usable()) +
                 worker_seconds * out->workers + family_seconds * tests;
    return status;
}

/* The share of the rows of the sample that --q-max keeps. */
static double share_by_q(struct learnt *learnt, const struct rs_run *run)
{
    return learnt->p.room == 0 ? 1.0
                               : rs_sampled_p_share(&learnt->p, sampled(learnt),
                                                    run->corrections.q_method,
                                                    run->corrections.log_q_max);
}

/* The pass that has the rows: a pair that is not kept takes what it does in
 * the first pass, which encodes none. */
static void judge_rows(struct rs_run_estimate *out, const struct rs_run *run,
                       struct learnt *learnt, double first_work)
{
    double kept = share_by_q(learnt, run);
    double work = all_work(learnt, run, out->workers);
    double writing = judge_output(out, run, learnt) * kept;

    if (learnt->p.room > 0 && first_work < work)
        work = first_work + (work - first_work) * kept;
    out->pairs *= kept;
    out->output *= kept;
    judge_sweep(out, work, writing);
}

static enum rs_status judge_all(struct rs_run_estimate *out,
                                const struct rs_run *run, struct learnt *learnt,
                                struct rs_error *err)
{
    uint64_t n_tiles = rs_run_n_tiles(run);
    double first_work = 0.0;
    enum rs_status status = run->sink != NULL
                                ? sample_rows(learnt, run, true, err)
                                : sample_matrix(learnt, run, err);

    *out = (struct rs_run_estimate){.workers = run->sweep.crew.n_workers};
    if (n_tiles < out->workers)
        out->workers = n_tiles > 0 ? (unsigned)n_tiles : 1;
    if (status == RS_OK)
        status = judge_corrections(out, run, learnt, err);
    if (status == RS_OK)
        status = judge_first(out, &first_work, run, err);
    if (status != RS_OK)
        return status;
    judge_rows(out, run, learnt, first_work);
    judge_memory(out, run);
    return RS_OK;
}

enum rs_status rs_run_estimate(struct rs_run_estimate *out,
                               const struct rs_run *run, struct rs_error *err)
{
    struct learnt learnt = {.kept = 0};
    enum rs_status status = RS_OK;

    if (run->sink != NULL && run->corrections.log_q_max < 0.0)
        status = rs_sampled_p_init(&learnt.p, most_p, err);
    if (status == RS_OK)
        status = judge_all(out, run, &learnt, err);
    rs_sampled_p_clear(&learnt.p);
    return status;
}
