/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Speed of rows into an SQLite database, by one process: sqlite_insert FILE
 * [ROWS [ROUNDS]]. A bare loop (one prepared INSERT of 64 rows, values bound,
 * one transaction) against the sink, which gets packed rows as from workers
 * and commits batches; the same rows, table and settings. FILE is replaced.
 * Indexes are made by neither in that time; what the sink takes for them
 * follows. Prints medians.
 */
#define _POSIX_C_SOURCE 200809L
#include "clock.h"
#include "sink_sqlite.h"

#include <math.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { N_NAMES = 2000, N_FITS = 16384, AT_ONCE = 64, N_COLUMNS = 11 };
enum { TILE = 4096, MAX_ROUNDS = 51 };

static const enum rs_field fields[] = {
    RS_FIELD_Y,    RS_FIELD_X,     RS_FIELD_N,    RS_FIELD_INTERCEPT,
    RS_FIELD_BETA, RS_FIELD_SE,    RS_FIELD_STAT, RS_FIELD_P,
    RS_FIELD_R2,   RS_FIELD_STATUS};

/* What is inserted: row i has fit i modulo N_FITS, y and x by i. */
struct rows {
    const struct rs_dataset *data;
    const struct rs_fit *fits;
    size_t n;
};

static void fail(const char *what)
{
    (void)fprintf(stderr, "sqlite_insert: %s\n", what);
    exit(EXIT_FAILURE);
}

static void fail_by(struct rs_error *err)
{
    rs_error_unmark(err);
    fail(err->text);
}

static double uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u; /* splitmix64 */

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static void fill(struct rs_fit *fit, uint64_t *state)
{
    double t = 6.0 * (uniform(state) - 0.5);

    rs_fit_clear(fit, RS_FIT_OK, 1000);
    fit->df = 998.0;
    fit->df1 = 1.0;
    fit->stat = t;
    fit->se = (0.9 + 0.2 * uniform(state)) / sqrt(1000.0);
    fit->beta = t * fit->se;
    fit->intercept = uniform(state);
    fit->r2 = t * t / (t * t + fit->df);
    fit->n_coef = 2.0;
    rs_fit_find_p(fit);
}

static struct rs_row row_of(const struct rows *rows, size_t i)
{
    return (struct rs_row){.y = i / (N_NAMES / 2) % (N_NAMES / 2),
                           .x = N_NAMES / 2 + i % (N_NAMES / 2),
                           .term = RS_NO_TERM,
                           .fit = &rows->fits[i % N_FITS]};
}

/* ---- the bare loop ----------------------------------------------- */

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(db));
}

static void bind_row(sqlite3_stmt *stmt, int at, const struct rs_row *row,
                     const struct rows *rows)
{
    const struct rs_column *columns = rows->data->columns;
    const struct rs_fit *fit = row->fit;

    (void)sqlite3_bind_int64(stmt, at + 1, 1);
    (void)sqlite3_bind_text(stmt, at + 2, columns[row->y].name, -1,
                            SQLITE_STATIC);
    (void)sqlite3_bind_text(stmt, at + 3, columns[row->x].name, -1,
                            SQLITE_STATIC);
    (void)sqlite3_bind_int64(stmt, at + 4, (sqlite3_int64)fit->n);
    (void)sqlite3_bind_double(stmt, at + 5, fit->intercept);
    (void)sqlite3_bind_double(stmt, at + 6, fit->beta);
    (void)sqlite3_bind_double(stmt, at + 7, fit->se);
    (void)sqlite3_bind_double(stmt, at + 8, fit->stat);
    (void)sqlite3_bind_double(stmt, at + 9, fit->log_p); /* no exp() here */
    (void)sqlite3_bind_double(stmt, at + 10, fit->r2);
    (void)sqlite3_bind_text(stmt, at + 11, "ok", 2, SQLITE_STATIC);
}

static void bare_loop(const char *path, const struct rows *rows)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    static const char one[] = ",(?,?,?,?,?,?,?,?,?,?,?)";
    static const char insert[] = "INSERT INTO fits VALUES";
    char sql[sizeof insert + AT_ONCE * sizeof one];
    size_t used = sizeof insert - 1;

    memcpy(sql, insert, sizeof insert);
    for (int i = 0; i < AT_ONCE; i++, used += sizeof one - 1)
        memcpy(sql + used, one, sizeof one);
    sql[sizeof insert - 1] = ' '; /* in the place of the first comma */
    if (sqlite3_open_v2(path, &db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                            SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        fail("cannot open the database");
    run(db, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA page_size=16384;"
            "PRAGMA cache_size=-32768; PRAGMA synchronous=NORMAL; BEGIN;"
            "CREATE TABLE fits (run_id INTEGER NOT NULL, y TEXT NOT NULL,"
            "x TEXT NOT NULL, n INTEGER, intercept REAL, beta REAL, se REAL,"
            "stat REAL, p REAL, r2 REAL, status TEXT NOT NULL)");
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(db));
    for (size_t i = 0; i < rows->n; i += AT_ONCE) {
        for (size_t k = 0; k < AT_ONCE; k++) {
            const struct rs_row row = row_of(rows, i + k);
            bind_row(stmt, (int)k * N_COLUMNS, &row, rows);
        }
        if (sqlite3_step(stmt) != SQLITE_DONE)
            fail(sqlite3_errmsg(db));
        (void)sqlite3_reset(stmt);
    }
    (void)sqlite3_finalize(stmt);
    run(db, "COMMIT");
    (void)sqlite3_close(db);
}

/* ---- the sink ---------------------------------------------------- */

static const char *names[sizeof fields / sizeof fields[0]];

static struct rs_sink *new_sink(const char *path, const struct rows *rows)
{
    static const struct rs_run_info info = {
        .command = "", .program = "", .libraries = "", .input = ""};
    const struct rs_sink_config config = {
        .rows = {.data = rows->data,
                 .which = RS_ROWS_PAIRS,
                 .pairs = {fields, names, sizeof fields / sizeof fields[0]},
                 .conf_level = 0.95,
                 .model_name = "ols"},
        .place = {.path = path},
        .info = &info,
    };
    struct rs_sink *sink = NULL;
    struct rs_error err;

    for (size_t i = 0; i < config.rows.pairs.n; i++)
        names[i] = rs_fields[fields[i]].name;
    if (rs_output_sqlite.make(&sink, &config, &err) != RS_OK)
        fail_by(&err);
    return sink;
}

/* All rows as workers would send them. */
static char *pack(const struct rs_sink *sink, const struct rows *rows)
{
    size_t row_bytes = sink->ops->row_bound(sink, 0, 0);
    char *bytes = malloc(rows->n * row_bytes);

    if (bytes == NULL)
        fail("out of memory");
    for (size_t i = 0; i < rows->n; i++) {
        const struct rs_row row = row_of(rows, i);
        if (sink->ops->encode(sink, bytes + i * row_bytes, &row) != row_bytes)
            fail("rows differ in length");
    }
    return bytes;
}

/* Returns the seconds it took, packing not counted. finish: with indexes. */
static double sink_loop(const char *path, const struct rows *rows, bool finish)
{
    struct rs_sink *sink = new_sink(path, rows);
    size_t tile_bytes = TILE * sink->ops->row_bound(sink, 0, 0);
    char *bytes = pack(sink, rows);
    const struct rs_tally tally = {.kept = rows->n};
    struct rs_error err;
    double begin = rs_clock_now();
    enum rs_status status = sink->ops->open(sink, &err);

    for (size_t i = 0; i < rows->n / TILE && status == RS_OK; i++) {
        status =
            sink->ops->write(sink, bytes + i * tile_bytes, tile_bytes, &err);
        if (status == RS_OK)
            status = sink->ops->settle(sink, i + 1, &err);
    }
    if (status == RS_OK && finish)
        status = sink->ops->finish(sink, &tally, &err);
    if (status != RS_OK)
        fail_by(&err);
    sink->ops->abandon(sink, &tally);
    begin = rs_clock_now() - begin;
    sink->ops->free(sink);
    free(bytes);
    return begin;
}

/* ---- both -------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof values[0], compare);
    return values[n / 2];
}

static double timed(const char *path, const struct rows *rows, int what)
{
    double begin = 0.0;

    (void)unlink(path);
    if (what > 0)
        return sink_loop(path, rows, what == 2);
    begin = rs_clock_now();
    bare_loop(path, rows);
    return rs_clock_now() - begin;
}

int main(int argc, char **argv)
{
    static struct rs_column columns[N_NAMES];
    static char texts[N_NAMES][16];
    const struct rs_dataset data = {.n_columns = N_NAMES, .columns = columns};
    struct rs_fit *fits = calloc(N_FITS, sizeof *fits);
    size_t n = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 2000000;
    int rounds = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 5;
    const struct rows rows = {&data, fits, (n + TILE - 1) / TILE * TILE};
    double times[3][MAX_ROUNDS];
    double ratios[MAX_ROUNDS];
    uint64_t state = 1;

    if (argc < 2 || fits == NULL || rounds < 1 || rounds > MAX_ROUNDS)
        fail("usage: sqlite_insert FILE [ROWS [ROUNDS]]");
    for (size_t j = 0; j < N_NAMES; j++) {
        (void)snprintf(texts[j], sizeof texts[j], "c%zu", j + 1);
        columns[j].name = texts[j];
    }
    for (size_t i = 0; i < N_FITS; i++)
        fill(&fits[i], &state);
    for (int i = 0; i < rounds; i++) {
        for (int what = 0; what < 3; what++)
            times[what][i] = timed(argv[1], &rows, what);
        ratios[i] = times[0][i] / times[1][i];
        times[2][i] -= times[1][i];
    }
    (void)unlink(argv[1]);
    (void)printf("SQLite, %.1f M rows of 11 columns: sink %.2f x the rows a "
                 "second of a bare loop (%.2f and %.2f M rows/s); its three "
                 "indexes take another %.2f s for each M rows\n",
                 1e-6 * (double)rows.n, median(ratios, rounds),
                 1e-6 * (double)rows.n / median(times[1], rounds),
                 1e-6 * (double)rows.n / median(times[0], rounds),
                 1e6 / (double)rows.n * median(times[2], rounds));
    free(fits);
    return EXIT_SUCCESS;
}
