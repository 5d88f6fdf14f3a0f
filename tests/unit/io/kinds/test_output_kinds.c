/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_output.h"
#include "output_kinds.h"
#include "run_suite.h"

#include <string.h>

/* ---- the table --------------------------------------------------- */

/* What --format can name are the first kinds, in this order. */
START_TEST(test_formats)
{
    const char *rest = RS_OUTPUT_FORMATS("", "|", "|");

    for (size_t i = 0; rest != NULL; i++) {
        size_t len = strcspn(rest, "|");
        ck_assert_ptr_nonnull(rs_output_kinds[i]);
        ck_assert_uint_eq(strlen(rs_output_kinds[i]->name), len);
        ck_assert_int_eq(strncmp(rs_output_kinds[i]->name, rest, len), 0);
        rest = rest[len] == '|' ? rest + len + 1 : NULL;
    }
}
END_TEST

/* What one can follows from nothing else that it says: no kind contradicts
 * itself, and no two of them have a mark in common. */
START_TEST(test_whole)
{
    for (size_t i = 0; rs_output_kinds[i] != NULL; i++) {
        const struct rs_output_kind *kind = rs_output_kinds[i];
        bool rows = rs_output_can(kind, RS_OUTPUT_ROWS);
        ck_assert_int_ne(rows, rs_output_can(kind, RS_OUTPUT_MATRIX));
        ck_assert_int_eq(rows, kind->make != NULL);
        ck_assert_int_ne(rows, kind->make_matrix != NULL);
        ck_assert_ptr_nonnull(kind->check);
        ck_assert(!rs_output_can(kind, RS_OUTPUT_PACKED | RS_OUTPUT_STDOUT) ||
                  rs_output_can(kind, RS_OUTPUT_DIGITS));
        ck_assert(!rs_output_can(kind, RS_OUTPUT_BOTH) ||
                  rs_output_can(kind, RS_OUTPUT_RUNS));
        for (const char *const *mark = kind->marks; *mark != NULL; mark++) {
            size_t beginning = 0;
            ck_assert_ptr_eq(rs_output_kind_of(&beginning, rs_output_kinds,
                                               *mark, strlen(*mark)),
                             kind);
            ck_assert_int_eq(beginning != 0, (*mark)[0] != '.');
        }
    }
}
END_TEST

static const struct {
    const char *path;
    const char *kind; /* NULL: none */
    size_t beginning;
} paths[] = {
    {"a.csv", "csv", 0},
    {"a.tsv", "tsv", 0},
    {"a.jsonl", "jsonl", 0},
    {"a.ndjson", "jsonl", 0},
    {"a.db", "sqlite", 0},
    {"a.sqlite", "sqlite", 0},
    {"a.sqlite3", "sqlite", 0},
    {"a.npy", "npy", 0},
    {"sqlite:a", "sqlite", 7},
    {"SQLite:a.csv", "sqlite", 7}, /* the beginning before the end */
    {"postgresql://lab/a.db", "postgresql", 11},
    {"Postgres:", "postgresql", 9},
    {"a.TSV", "tsv", 0},
    {"a.csv.", NULL, 0},
    {"csv", NULL, 0},
    {"b/sqlite:a", NULL, 0},
    {"-", NULL, 0},
};

START_TEST(test_marks)
{
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        size_t beginning = 99;
        const struct rs_output_kind *kind = rs_output_kind_of(
            &beginning, rs_output_kinds, paths[i].path, strlen(paths[i].path));
        if (paths[i].kind == NULL)
            ck_assert_msg(kind == NULL, "%s", paths[i].path);
        else
            ck_assert_str_eq(kind->name, paths[i].kind);
        ck_assert_uint_eq(beginning, paths[i].beginning);
    }
}
END_TEST

/* The ending of a packing is no part of what is looked at. */
START_TEST(test_length)
{
    size_t beginning = 0;

    ck_assert_ptr_null(rs_output_kind_of(&beginning, rs_output_kinds,
                                         "a.tsv.gz", strlen("a.tsv.gz")));
    ck_assert_str_eq(rs_output_kind_of(&beginning, rs_output_kinds, "a.tsv.gz",
                                       strlen("a.tsv"))
                         ->name,
                     "tsv");
}
END_TEST

/* ---- another kind ------------------------------------------------ */

static char y_name[] = "why";
static char x_name[] = "ex";
static struct rs_column columns[] = {{.name = y_name}, {.name = x_name}};
static const struct rs_dataset data = {.n_columns = 2, .columns = columns};

/* Row `i` of a made-up sweep, as a worker sends it. */
static void put_row(struct rs_sink *sink, int i)
{
    struct rs_fit fit;
    char bytes[128];
    const struct rs_row row = {0, 1, RS_NO_TERM, &fit, NULL, 0, NULL};
    size_t n = 0;

    rs_fit_clear(&fit, RS_FIT_OK, 5);
    fit.beta = i;
    ck_assert_uint_le(sink->ops->row_bound(sink, 0, 1), sizeof bytes);
    n = sink->ops->encode(sink, bytes, &row);
    ck_assert_int_eq(sink->ops->write(sink, bytes, n, NULL), RS_OK);
}

/* One more row in a table, and a kind of one file is found and lives. */
START_TEST(test_added)
{
    static const struct rs_output_kind *const kinds[] = {&memory_output, NULL};
    const char *path = "memory:here";
    size_t beginning = 0;
    const struct rs_output_kind *kind =
        rs_output_kind_of(&beginning, kinds, path, strlen(path));
    struct rs_sink_config config = {.rows = {.data = &data}};
    struct rs_sink *sink = NULL;
    uint64_t n_rows = 1;

    ck_assert_ptr_eq(kind, &memory_output);
    config.place.path = path + beginning;
    ck_assert_int_eq(kind->check(&config, NULL), RS_OK);
    ck_assert_int_eq(kind->make(&sink, &config, NULL), RS_OK);
    ck_assert_int_eq(sink->ops->open(sink, NULL), RS_OK);
    put_row(sink, 1);
    put_row(sink, 2);
    ck_assert_int_eq(sink->ops->settle(sink, 1, NULL), RS_OK);
    put_row(sink, 3); /* of a tile that never ends */
    sink->ops->abandon(sink, NULL);
    ck_assert_str_eq(memory_output_text(sink), "why~ex 1\nwhy~ex 2\n");
    ck_assert_str_eq(sink->ops->partial(sink), "here");
    ck_assert_uint_eq(sink->ops->left(sink, &n_rows), 1);
    ck_assert_uint_eq(n_rows, 0);
    sink->ops->free(sink);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_formats, 1}, {&test_whole, 1}, {&test_marks, 1},
    {&test_length, 1},  {&test_added, 1},
};
SUITE(output_kinds, tests)
