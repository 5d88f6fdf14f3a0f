/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_bench.h"

#include "bench_file.h"
#include "bench_result.h"
#include "bench_sink.h"
#include "bench_table.h"
#include "clock.h"
#include "cpus.h"
#include "human.h"
#include "mem.h"
#include "message.h"
#include "parallel.h"
#include "progress.h"
#include "run_parts.h"
#include "run_report.h"
#include "workers_report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes read in one piece by a thread, and by one call. */
enum { PIECE = 1 << 20, CALL = 1 << 16 };

/* Encoded rows that are kept, to be written again and again. */
enum { SAMPLE = 4 << 20 };

struct bench {
    struct rs_settings settings; /* of the run that is measured */
    const char *file;            /* what settings.files points at */
    const char *patterns[2];     /* likewise the lists, of the made-up table */
    char file_name[40];
    struct rs_outfile table; /* made up; fd -1 when there is a FILE */
    struct rs_outfile output;
    struct rs_progress progress;
    struct rs_ticker ticker; /* of progress */
    struct rs_run *run;
    struct rs_bench_result result;
    char *sample; /* [SAMPLE] */
    size_t n_sample;
    uint64_t n_pieces; /* in which the rows came to be written */
    uint64_t n_lost;   /* pairs, in all rounds */
};

/* ---- what is measured -------------------------------------------- */

static enum rs_status check_options(struct bench *bench, struct rs_error *err)
{
    const struct rs_outfile_options standard = {.path = NULL};
    struct rs_outfile probe;
    /* A closed standard output is found now, not when the figures are. */
    enum rs_status status = rs_outfile_init(&probe, &standard, err);

    if (status != RS_OK)
        return status;
    rs_outfile_clear(&probe);
    return rs_run_check(bench->run, err);
}

static enum rs_status make_table(struct bench *bench, struct rs_error *err)
{
    struct rs_settings *settings = &bench->settings;
    struct rs_bench_size size;
    enum rs_status status =
        rs_bench_size_parse(&size, settings->running.size, err);

    if (status == RS_OK)
        status = rs_bench_file_new(&bench->table, NULL, err);
    if (status != RS_OK)
        return status;
    rs_ticker_stage(&bench->ticker, "making up a table");
    status = rs_bench_table_write(&bench->table, &size, err);
    rs_ticker_end(&bench->ticker);
    /* Nameless, it can still be opened by its descriptor. */
    (void)snprintf(bench->file_name, sizeof bench->file_name,
                   "/proc/self/fd/%d", bench->table.fd);
    bench->file = bench->file_name;
    bench->patterns[0] = "y*";
    bench->patterns[1] = "x*";
    settings->files.values = &bench->file;
    settings->files.n = 1;
    settings->selecting.dependent = (struct rs_list){&bench->patterns[0], 1};
    settings->selecting.independent = (struct rs_list){&bench->patterns[1], 1};
    return status;
}

/* 1, 2, 4, ... workers up to all, and twice as many. */
static void choose_crews(struct rs_bench_result *result)
{
    size_t n = 0;

    for (unsigned w = 1; w < result->n_workers; w *= 2)
        result->crews[n++].n_workers = w;
    result->crews[n++].n_workers = result->n_workers;
    result->crews[n++].n_workers = 2 * result->n_workers;
    result->n_crews = n;
}

/* ---- reading ----------------------------------------------------- */

struct reading {
    int fd;
    atomic_int failure; /* errno */
};

static void read_piece(void *ctx, size_t i)
{
    struct reading *reading = ctx;
    char bytes[CALL];

    for (size_t at = 0; at < PIECE; at += CALL)
        if (pread(reading->fd, bytes, CALL, (off_t)(i * PIECE + at)) < 0)
            atomic_store(&reading->failure, errno);
}

/* Reads the bytes and does nothing with them, in parallel as the parser. */
static enum rs_status read_bytes(double *seconds, const struct bench *bench,
                                 struct rs_error *err)
{
    const char *path = bench->settings.files.values[0];
    struct reading reading = {.fd = open(path, O_RDONLY | O_CLOEXEC)};
    double begin = rs_clock_now();
    struct stat st;

    if (reading.fd < 0 || fstat(reading.fd, &st) != 0) {
        enum rs_status status =
            rs_error_set_os(err, RS_ERR_OPEN, path, errno, "cannot open");
        if (reading.fd >= 0)
            (void)close(reading.fd);
        return status;
    }
    rs_parallel(bench->result.n_workers, (size_t)(st.st_size / PIECE) + 1,
                &reading, read_piece);
    (void)close(reading.fd);
    *seconds = rs_clock_now() - begin;
    if (atomic_load(&reading.failure) != 0)
        return rs_error_set_os(err, RS_ERR_READ, path,
                               atomic_load(&reading.failure), "cannot read");
    return RS_OK;
}

/* ---- sweeping and writing ---------------------------------------- */

static enum rs_status sweep(double *seconds, struct bench *bench,
                            struct rs_bench_sink *sink, unsigned n_workers,
                            struct rs_error *err)
{
    struct rs_run_stats stats;
    double begin = 0.0;
    enum rs_status status = RS_OK;

    if (sink->file != NULL)
        status = rs_bench_file_empty(sink->file, err);
    if (status != RS_OK)
        return status;
    rs_run_set_workers(bench->run, n_workers);
    bench->run->sweep.sink = &sink->base;
    begin = rs_clock_now();
    status = rs_sweep_run(&bench->run->sweep, &stats, err);
    *seconds = rs_clock_now() - begin;
    if (status != RS_OK)
        return status;
    bench->n_lost += stats.tally.outcomes[RS_FIT_WORKER_LOST];
    if (!bench->settings.informing.quiet) /* what makes a time meaningless */
        rs_workers_report_sweep(&stats.pool, n_workers);
    return RS_OK;
}

/* Writes as many bytes as all rows have, in pieces as long as theirs were:
 * length and alignment of what is written decide how the system keeps it. */
static enum rs_status write_bytes(double *seconds, struct bench *bench,
                                  struct rs_error *err)
{
    uint64_t left = bench->n_sample > 0 ? bench->result.bytes_out : 0;
    uint64_t piece = left > 0 ? left / bench->n_pieces + 1 : 0;
    enum rs_status status = rs_bench_file_empty(&bench->output, err);
    double begin = rs_clock_now();

    if (piece > bench->n_sample)
        piece = bench->n_sample;
    rs_ticker_stage(&bench->ticker, "writing");
    while (left > 0 && status == RS_OK) {
        size_t part = (size_t)(left < piece ? left : piece);
        status = rs_outfile_write(&bench->output, bench->sample, part, err);
        left -= part;
    }
    if (status == RS_OK)
        status = rs_bench_file_sync(&bench->output, err);
    *seconds = rs_clock_now() - begin;
    rs_ticker_end(&bench->ticker);
    return status;
}

/* ---- a round ----------------------------------------------------- */

/* All that `run` does, from the first byte to the last. */
static enum rs_status whole_run(double seconds[RS_BENCH_N_TIMES],
                                struct bench *bench, struct rs_error *err)
{
    struct rs_bench_sink sink;
    double begin = rs_clock_now();
    double at = 0.0;
    enum rs_status status = rs_run_load(bench->run, err);

    seconds[RS_BENCH_LOAD] = rs_clock_now() - begin;
    if (status != RS_OK)
        return status;
    at = rs_clock_now();
    status = rs_run_prepare(bench->run, NULL, err);
    seconds[RS_BENCH_PREPARE] = rs_clock_now() - at;
    if (status != RS_OK)
        return status;
    rs_bench_sink_init(&sink, bench->run->sink, &bench->output);
    status = sweep(&seconds[RS_BENCH_SWEEP], bench, &sink,
                   bench->result.n_workers, err);
    seconds[RS_BENCH_WHOLE] = seconds[RS_BENCH_LOAD] +
                              seconds[RS_BENCH_PREPARE] +
                              seconds[RS_BENCH_SWEEP];
    seconds[RS_BENCH_FIRST] = sink.first > 0.0 ? sink.first - begin : 0.0;
    bench->result.bytes_out = sink.n_bytes;
    return status;
}

/* The parts of the sweep by themselves. */
static enum rs_status parts(double seconds[RS_BENCH_N_TIMES],
                            struct bench *bench, struct rs_error *err)
{
    unsigned n_workers = bench->result.n_workers;
    struct rs_bench_sink sink;
    enum rs_status status = RS_OK;

    rs_bench_sink_init(&sink, NULL, NULL);
    status = sweep(&seconds[RS_BENCH_FIT], bench, &sink, n_workers, err);
    if (status != RS_OK)
        return status;
    rs_bench_sink_init(&sink, bench->run->sink, NULL);
    sink.sample = bench->sample;
    sink.sample_room = SAMPLE;
    status = sweep(&seconds[RS_BENCH_FIT_ENCODE], bench, &sink, n_workers, err);
    bench->n_sample = sink.n_sample;
    bench->n_pieces = sink.n_pieces;
    if (status == RS_OK)
        status = write_bytes(&seconds[RS_BENCH_WRITE], bench, err);
    return status;
}

/* What takes less than its part, by chance, has taken nothing. */
static double rest(double all, double part)
{
    return all > part ? all - part : 0.0;
}

static void describe_run(struct bench *bench)
{
    struct rs_bench_result *result = &bench->result;

    result->n_rows = bench->run->input.data->n_rows;
    result->n_y = bench->run->input.n_y;
    result->n_x = bench->run->input.n_x;
    result->n_pairs = rs_run_n_pairs(bench->run);
    result->bytes_in = bench->run->input.n_bytes;
}

static enum rs_status measure(struct bench *bench, unsigned round,
                              struct rs_error *err)
{
    struct rs_bench_result *result = &bench->result;
    double seconds[RS_BENCH_N_TIMES] = {0};
    enum rs_status status = RS_OK;

    bench->run->stage = RS_RUN_READING;
    status = read_bytes(&seconds[RS_BENCH_READ], bench, err);
    if (status == RS_OK)
        status = whole_run(seconds, bench, err);
    if (status == RS_OK)
        status = parts(seconds, bench, err);
    for (size_t i = 0; i < result->n_crews && status == RS_OK; i++) {
        struct rs_bench_crew *crew = &result->crews[i];
        struct rs_bench_sink sink;
        rs_bench_sink_init(&sink, bench->run->sink, &bench->output);
        status =
            sweep(&crew->seconds[round], bench, &sink, crew->n_workers, err);
    }
    if (status != RS_OK)
        return status;
    seconds[RS_BENCH_PARSE] =
        rest(seconds[RS_BENCH_LOAD], seconds[RS_BENCH_READ]);
    seconds[RS_BENCH_ENCODE] =
        rest(seconds[RS_BENCH_FIT_ENCODE], seconds[RS_BENCH_FIT]);
    for (int i = 0; i < RS_BENCH_N_TIMES; i++)
        result->seconds[i][round] = seconds[i];
    describe_run(bench);
    return RS_OK;
}

/* ---- the command ------------------------------------------------- */

/* Opens what is needed. The rows are encoded as for standard output, which is
 * never opened: they go where bench sends them. */
static enum rs_status prepare(struct bench *bench, struct rs_error *err)
{
    struct rs_settings *settings = &bench->settings;
    const char *output = settings->writing.output;
    enum rs_status status = RS_OK;

    settings->writing.output = NULL;
    status = rs_bench_file_output(&bench->output, output,
                                  settings->writing.durable, err);
    if (status == RS_OK && settings->files.n == 0)
        status = make_table(bench, err);
    if (status != RS_OK)
        return status;
    bench->sample = rs_alloc(SAMPLE, 1, err);
    return bench->sample == NULL ? RS_ERR_NOMEM : RS_OK;
}

/* The results; pairs that were lost are no part of what the times are of. */
static int report(struct bench *bench)
{
    struct rs_human n;

    rs_bench_result_print(&bench->result,
                          (enum rs_format)bench->settings.writing.format);
    if (bench->n_lost == 0)
        return RS_EXIT_OK;
    rs_message("%s fit%s lost with %s workers",
               rs_human_count(&n, bench->n_lost),
               bench->n_lost == 1 ? " was" : "s were",
               bench->n_lost == 1 ? "its" : "their");
    return RS_EXIT_LOST;
}

int rs_cmd_bench(const struct rs_settings *settings)
{
    struct bench bench = {
        .settings = *settings, .table.fd = -1, .output.fd = -1};
    struct rs_run_env env = {.ticker = &bench.ticker, .pool = &rs_pool_fork};
    struct rs_error err = {0};
    int exit_status = RS_EXIT_OK;
    enum rs_status status = RS_OK;

    bench.result.n_cpus = rs_cpus_usable();
    env.n_workers = settings->running.jobs > 0
                        ? (unsigned)settings->running.jobs
                        : bench.result.n_cpus;
    bench.result.n_workers = env.n_workers;
    choose_crews(&bench.result);
    rs_progress_init(&bench.progress,
                     (enum rs_progress_mode)settings->running.progress,
                     settings->informing.quiet, settings->informing.verbose);
    bench.ticker = rs_progress_ticker(&bench.progress);
    if (rs_run_new(&bench.run, &bench.settings, &env, &err) != RS_OK) {
        rs_message_error(&err);
        return rs_exit_for(&err);
    }
    status = check_options(&bench, &err);
    if (status == RS_OK)
        status = prepare(&bench, &err);
    for (unsigned i = 0; i < RS_BENCH_ROUNDS && status == RS_OK; i++) {
        rs_run_unload(bench.run);
        status = measure(&bench, i, &err);
    }
    exit_status = status == RS_OK
                      ? report(&bench)
                      : rs_run_report_failure(bench.run, "bench", &err);
    rs_run_free(bench.run);
    free(bench.sample);
    rs_outfile_clear(&bench.table);
    rs_outfile_clear(&bench.output);
    return exit_status;
}
