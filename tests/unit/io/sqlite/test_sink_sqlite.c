/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* P_tmpdir */
#include "run_suite.h"
#include "sink_sqlite.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const enum rs_field fields[] = {
    RS_FIELD_Y, RS_FIELD_X, RS_FIELD_N,     RS_FIELD_BETA,
    RS_FIELD_P, RS_FIELD_Q, RS_FIELD_MODEL, RS_FIELD_STATUS};
static const char *const names[] = {"y", "x", "n",     "beta",
                                    "p", "q", "model", "status"};
static const enum rs_field terms[] = {RS_FIELD_X, RS_FIELD_TERM, RS_FIELD_BETA};
static const char *const terms_names[] = {"x", "term", "beta"};
static const char *const term_texts[] = {"(Intercept)", NULL, "age"};
static const struct rs_run_info info = {.command = "cmd",
                                        .program = "prog",
                                        .libraries = "libs",
                                        .input = "in",
                                        .n_pairs = 40,
                                        .n_tiles = 4};

static struct rs_column columns[3];
static const struct rs_dataset data = {.n_columns = 3, .columns = columns};
static char path[256];

static void setup(void)
{
    static const char *const texts[] = {"why", "ex", "it's \"x\""};

    for (size_t j = 0; j < 3; j++) {
        columns[j].name = strdup(texts[j]);
        ck_assert_ptr_nonnull(columns[j].name);
    }
    (void)snprintf(path, sizeof path, P_tmpdir "/test_sink_sqlite.%ld.db",
                   (long)getpid());
    (void)unlink(path);
}

static void teardown(void)
{
    for (size_t j = 0; j < 3; j++)
        free(columns[j].name);
    (void)unlink(path);
}

static struct rs_sink *new_sink(bool append)
{
    const struct rs_sink_config config = {
        .rows = {.data = &data,
                 .which = RS_ROWS_PAIRS | RS_ROWS_TERMS,
                 .pairs = {fields, names, sizeof fields / sizeof fields[0]},
                 .terms = {terms, terms_names, sizeof terms / sizeof terms[0]},
                 .term_texts = term_texts,
                 .n_term_texts = 3,
                 .conf_level = 0.95,
                 .model_name = "ols"},
        .place = {.path = path, .append = append},
        .info = &info,
    };
    struct rs_sink *sink = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_output_sqlite.make(&sink, &config, &err), RS_OK);
    return sink;
}

/* A pair's row and those of its three terms, as one piece. */
static void write_pair(struct rs_sink *sink, size_t y, size_t x, double beta)
{
    double added[RS_N_ADDED];
    struct rs_fit fit;
    struct rs_error err;
    char bytes[1024];
    size_t used = 0;

    for (size_t i = 0; i < RS_N_ADDED; i++)
        added[i] = 0.25;
    rs_fit_clear(&fit, isnan(beta) ? RS_FIT_CONSTANT_X : RS_FIT_OK, 17);
    fit.beta = beta;
    fit.log_p = beta;
    for (size_t k = 0; k < 4; k++) {
        const struct rs_row row = {
            y, x, k == 0 ? RS_NO_TERM : k - 1, &fit, added, 0, NULL};
        ck_assert_uint_le(sink->ops->row_bound(sink, y, x),
                          sizeof bytes - used);
        used += sink->ops->encode(sink, bytes + used, &row);
    }
    ck_assert_int_eq(sink->ops->write(sink, bytes, used, &err), RS_OK);
}

/* All rows of a query: values separated by |, rows by a line end. */
static char *query(const char *sql)
{
    static char out[4096];
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    size_t used = 0;

    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    out[0] = '\0';
    while (sqlite3_step(stmt) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const char *text = (const char *)sqlite3_column_text(stmt, i);
            used += (size_t)snprintf(out + used, sizeof out - used, "%s%s",
                                     text == NULL ? "NULL" : text,
                                     i + 1 < sqlite3_column_count(stmt) ? "|"
                                                                        : "\n");
        }
    ck_assert_int_eq(sqlite3_finalize(stmt), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    return out;
}

START_TEST(test_rows)
{
    struct rs_sink *sink = new_sink(false);
    const struct rs_tally tally = {
        .outcomes = {[RS_FIT_OK] = 39, [RS_FIT_CONSTANT_X] = 1}};
    struct rs_error err;

    ck_assert_int_eq(sink->ops->open(sink, &err), RS_OK);
    write_pair(sink, 0, 1, -0.5);
    ck_assert_int_eq(sink->ops->settle(sink, 1, &err), RS_OK);
    write_pair(sink, 2, 0, NAN);
    ck_assert_int_eq(sink->ops->write(sink, NULL, 0, &err), RS_OK);
    ck_assert_int_eq(sink->ops->finish(sink, &tally, &err), RS_OK);
    sink->ops->free(sink);
    ck_assert_str_eq(query("SELECT * FROM fits"),
                     "1|why|ex|17|-0.5|0.606530659712633|0.25|ols|ok\n"
                     "1|it's \"x\"|why|17|NULL|NULL|0.25|ols|constant_x\n");
    ck_assert_str_eq(
        query("SELECT * FROM terms"),
        "1|ex|(Intercept)|-0.5\n1|ex|ex|-0.5\n1|ex|age|-0.5\n"
        "1|why|(Intercept)|NULL\n1|why|why|NULL\n1|why|age|NULL\n");
    ck_assert_str_eq(query("SELECT run_id, command, program, libraries, input, "
                           "input_hash, pairs, tiles, tiles_done, "
                           "rows_written, ok, constant_x, complete FROM runs"),
                     "1|cmd|prog|libs|in|NULL|40|4|4|8|39|1|1\n");
    ck_assert_str_eq(query("SELECT name FROM sqlite_master WHERE type = "
                           "'index' ORDER BY name"),
                     "fits_p\nfits_x\nfits_y\n");
}
END_TEST

/* Rows behind the last settled tile are taken back, in both tables, and the
 * rows of a former run stay. */
START_TEST(test_abandon)
{
    const struct rs_tally tally = {.outcomes = {[RS_FIT_OK] = 2}};
    struct rs_sink *sink = new_sink(false);
    struct rs_error err;

    ck_assert_int_eq(sink->ops->open(sink, &err), RS_OK);
    write_pair(sink, 0, 1, 1.0);
    ck_assert_int_eq(sink->ops->finish(sink, &tally, &err), RS_OK);
    sink->ops->free(sink);

    sink = new_sink(true);
    ck_assert_int_eq(sink->ops->open(sink, &err), RS_OK);
    write_pair(sink, 0, 1, 2.0);
    write_pair(sink, 0, 2, 3.0);
    ck_assert_int_eq(sink->ops->settle(sink, 2, &err), RS_OK);
    write_pair(sink, 1, 0, 4.0);
    sink->ops->abandon(sink, &tally);
    ck_assert_str_eq(sink->ops->partial(sink), path);
    sink->ops->free(sink);
    ck_assert_str_eq(query("SELECT run_id, x, beta FROM fits"),
                     "1|ex|1.0\n2|ex|2.0\n2|it's \"x\"|3.0\n");
    ck_assert_str_eq(query("SELECT run_id, count(*) FROM terms GROUP BY 1"),
                     "1|3\n2|6\n");
    ck_assert_str_eq(query("SELECT run_id, tiles_done, rows_written, ok, "
                           "complete, ended IS NULL FROM runs"),
                     "1|4|4|2|1|0\n2|2|8|2|0|0\n");

    /* Nothing settled: no rows, no counts; freeing abandons, too. */
    sink = new_sink(true);
    ck_assert_int_eq(sink->ops->open(sink, &err), RS_OK);
    write_pair(sink, 1, 0, 4.0);
    sink->ops->free(sink);
    ck_assert_str_eq(query("SELECT count(*) FROM fits"), "3\n");
    ck_assert_str_eq(query("SELECT tiles_done, rows_written, ok, complete FROM "
                           "runs WHERE run_id = 3"),
                     "0|0|0|0\n");
}
END_TEST

/* An open database is nobody else's, and a sink that was refused leaves all as
 * it is. */
START_TEST(test_locked)
{
    struct rs_sink *sink = new_sink(false);
    sqlite3 *db = NULL;
    struct rs_error err;

    ck_assert_int_eq(sink->ops->open(sink, &err), RS_OK);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "SELECT * FROM fits", NULL, NULL, NULL),
                     SQLITE_BUSY);
    (void)sqlite3_close(db);
    sink->ops->free(sink);

    sink = new_sink(false); /* neither append nor force */
    ck_assert_int_eq(sink->ops->open(sink, &err), RS_ERR_OPEN);
    ck_assert_ptr_nonnull(strstr(err.text, "'fits'"));
    ck_assert_ptr_null(sink->ops->partial(sink));
    sink->ops->abandon(sink, NULL);
    sink->ops->free(sink);
    ck_assert_str_eq(query("SELECT count(*) FROM runs"), "1\n");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_rows, 1},
    {&test_abandon, 1},
    {&test_locked, 1},
};
SUITE(sink_sqlite, tests, .setup = setup, .teardown = teardown)
