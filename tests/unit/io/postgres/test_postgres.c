/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Tuples of binary COPY, byte by byte; and with REGSWEEP_TEST_DB, the
 * connection string of a server, tables of pairs and terms written by a sink.
 */
#include "pg_conn.h"
#include "pg_rows.h"
#include "run_suite.h"
#include "sink_postgres.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const enum rs_field fields[] = {RS_FIELD_Y, RS_FIELD_X,
                                       RS_FIELD_N, RS_FIELD_BETA,
                                       RS_FIELD_P, RS_FIELD_STATUS};
static const char *const names[] = {"y", "x", "n", "beta", "p", "status"};
static const enum rs_field term_fields[] = {RS_FIELD_Y, RS_FIELD_X,
                                            RS_FIELD_TERM, RS_FIELD_BETA};
static const char *const term_names[] = {"y", "x", "term", "beta"};
static const char *const term_texts[] = {"(intercept)", NULL, "age"};

static struct rs_column columns[2];
static char first_name[] = "pressure";
static char second_name[] = "a name of more than twenty-four bytes";
static const struct rs_dataset data = {.n_columns = 2, .columns = columns};

static struct rs_sink_config config_of(unsigned rows)
{
    columns[0].name = first_name;
    columns[1].name = second_name;
    return (struct rs_sink_config){
        .rows = {.data = &data,
                 .which = rows,
                 .pairs = {fields, names, 6},
                 .terms = {term_fields, term_names, 4},
                 .term_texts = term_texts,
                 .n_term_texts = 3,
                 .conf_level = 0.95,
                 .model_name = "ols"}};
}

static struct rs_fit fit_of(double beta)
{
    struct rs_fit fit;

    rs_fit_clear(&fit, RS_FIT_OK, 77);
    fit.beta = beta;
    return fit;
}

/* ---- bytes ------------------------------------------------------- */

/* What a tuple should be, built byte by byte. */
struct expected {
    unsigned char bytes[512];
    size_t n;
};

static void add_big_endian(struct expected *e, uint64_t v, unsigned n_bytes)
{
    for (unsigned i = n_bytes; i > 0; i--)
        e->bytes[e->n++] = (unsigned char)(v >> (8 * (i - 1)));
}

static void add_text(struct expected *e, const char *text)
{
    add_big_endian(e, strlen(text), 4);
    memcpy(e->bytes + e->n, text, strlen(text));
    e->n += strlen(text);
}

static void add_double(struct expected *e, double value)
{
    uint64_t bits = 0;

    memcpy(&bits, &value, sizeof bits);
    add_big_endian(e, 8, 4);
    add_big_endian(e, bits, 8);
}

static void check_tuple(const struct rs_pg_rows *rows, const struct rs_row *row,
                        const struct expected *e)
{
    size_t bound = rs_pg_rows_bound(rows, row->y, row->x);
    char *out = malloc(bound); /* for valgrind and sanitizers to watch */
    size_t n = 0;

    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(rs_pg_rows_encode(rows, out, row), e->n);
    ck_assert(rs_pg_tuple_look(out, &n) == (row->term != RS_NO_TERM));
    ck_assert_uint_eq(n, e->n);
    rs_pg_tuple_finish(out, 0x0102030405060708);
    ck_assert_mem_eq(out, e->bytes, e->n);
    free(out);
}

static void begin_tuple(struct expected *e, unsigned n_fields)
{
    e->n = 0;
    add_big_endian(e, n_fields, 2);
    add_big_endian(e, 8, 4);
    add_big_endian(e, 0x0102030405060708, 8);
}

START_TEST(test_pair)
{
    const double values[] = {-0.1, 5e-324,   1.7976931348623157e308,
                             NAN,  INFINITY, -0.0};
    const struct rs_sink_config config = config_of(RS_ROWS_PAIRS);
    struct rs_pg_rows *rows = NULL;
    struct rs_fit fit = fit_of(values[_i]);
    const struct rs_row row = {0, 1, RS_NO_TERM, &fit, NULL, 0, NULL};
    struct expected e;

    ck_assert_int_eq(rs_pg_rows_new(&rows, &config.rows, NULL), RS_OK);
    begin_tuple(&e, 7);
    add_text(&e, first_name);
    add_text(&e, second_name);
    add_big_endian(&e, 8, 4);
    add_big_endian(&e, 77, 8);
    if (isfinite(values[_i]))
        add_double(&e, values[_i]);
    else
        add_big_endian(&e, UINT32_MAX, 4);
    add_big_endian(&e, UINT32_MAX, 4);
    add_text(&e, "ok");
    check_tuple(rows, &row, &e);
    rs_pg_rows_free(rows);
}
END_TEST

START_TEST(test_term)
{
    static const char *const texts[] = {"(intercept)", second_name, "age"};
    const struct rs_sink_config config = config_of(RS_ROWS_TERMS);
    struct rs_pg_rows *rows = NULL;
    struct rs_fit fit = fit_of(0.25);
    const struct rs_row row = {0, 1, (size_t)_i, &fit, NULL, 0, NULL};
    struct expected e;

    ck_assert_int_eq(rs_pg_rows_new(&rows, &config.rows, NULL), RS_OK);
    begin_tuple(&e, 5);
    add_text(&e, first_name);
    add_text(&e, second_name);
    add_text(&e, texts[_i]);
    add_double(&e, 0.25);
    check_tuple(rows, &row, &e);
    rs_pg_rows_free(rows);
}
END_TEST

START_TEST(test_utf8)
{
    static const struct {
        const char *text;
        bool good;
    } cases[] = {
        {"", true},
        {"abc\x7f", true},
        {"\xc2\x80\xdf\xbf", true},
        {"\xe0\xa0\x80\xef\xbf\xbf", true},
        {"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", true},
        {"\xed\x9f\xbf\xee\x80\x80", true},
        {"\x80", false},
        {"caf\xe9", false},
        {"\xc1\xbf", false},         /* too long for its character */
        {"\xe0\x9f\xbf", false},     /* likewise */
        {"\xf0\x8f\xbf\xbf", false}, /* likewise */
        {"\xed\xa0\x80", false},     /* a surrogate */
        {"\xf4\x90\x80\x80", false}, /* beyond U+10FFFF */
        {"\xf5\x80\x80\x80", false},
        {"\xe2\x82", false}, /* cut */
        {"\xe2\x82z", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_msg(rs_pg_is_utf8(cases[i].text) == cases[i].good, "case %zu",
                      i);
}
END_TEST

START_TEST(test_names_not_utf8)
{
    static char latin[] = "caf\xe9";
    struct rs_sink_config config = config_of(RS_ROWS_PAIRS);
    struct rs_pg_rows *rows = NULL;
    struct rs_error err = {0};

    columns[1].name = latin;
    ck_assert_int_eq(rs_pg_rows_new(&rows, &config.rows, &err),
                     RS_ERR_INCONSISTENT);
    ck_assert_ptr_nonnull(strstr(err.text, "not valid UTF-8"));
    ck_assert_ptr_null(rows);
}
END_TEST

START_TEST(test_target)
{
    static const char *const secret[] = {"postgresql://u:pw@h/d",
                                         "postgres://u@h/d?password=pw",
                                         "postgresql:host=h password='p w'"};
    static const char *const open[] = {"postgresql://u@h/d",
                                       "postgresql:dbname=d", "postgresql:"};
    static const char *const wrong[] = {
        "postgresql://u:p@w@h/d", "postgresql://u:p/w@h/d",
        "postgresql://u:pw@h/d?pw", "postgresql:password='pw"};

    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(rs_pg_check_target(secret[i], NULL), RS_OK);
        ck_assert_int_eq(rs_pg_check_target(open[i], NULL), RS_OK);
        ck_assert(rs_pg_target_is_secret(secret[i]));
        ck_assert(!rs_pg_target_is_secret(open[i]));
    }
    for (size_t i = 0; i < 4; i++) {
        struct rs_error err = {0};
        ck_assert_int_eq(rs_pg_check_target(wrong[i], &err), RS_ERR_USAGE);
        ck_assert_ptr_null(strstr(err.text, "pw"));
    }
}
END_TEST

/* ---- a server ---------------------------------------------------- */

enum { N_TILES = 7, N_PAIRS = 50 };

static void write_pair(struct rs_sink *sink, size_t tile, size_t pair)
{
    char out[2048];
    struct rs_fit fit = fit_of((double)(tile * N_PAIRS + pair));
    struct rs_row row = {0, 1, RS_NO_TERM, &fit, NULL, 0, NULL};
    size_t used = 0;

    for (size_t term = 0; term <= 3; term++) {
        size_t bound = sink->ops->row_bound(sink, 0, 1);
        ck_assert_uint_le(used + bound, sizeof out);
        used += sink->ops->encode(sink, out + used, &row);
        row.term = term;
    }
    ck_assert_int_eq(sink->ops->write(sink, out, used, NULL), RS_OK);
}

static long number(struct rs_pg *pg, const char *sql)
{
    PGresult *result = NULL;
    long found = 0;

    ck_assert_int_eq(rs_pg_exec(pg, &result, sql, NULL, 0, NULL), RS_OK);
    found = strtol(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return found;
}

/* Both tables, finished (0), abandoned between tiles (1) or in one (2). */
START_TEST(test_both_tables)
{
    struct rs_sink_config config = config_of(RS_ROWS_PAIRS | RS_ROWS_TERMS);
    struct rs_pg pg = {.target = getenv("REGSWEEP_TEST_DB")};
    struct rs_sink *sink = NULL;
    struct rs_tally tally = {.outcomes = {[RS_FIT_OK] = N_TILES * N_PAIRS}};

    if (pg.target == NULL) {
        (void)puts("SKIP: no server (REGSWEEP_TEST_DB)");
        return;
    }
    config.place.path = pg.target;
    config.place.table = "two";
    config.place.force = true;
    config.server.batch_bytes = 30000;
    ck_assert_int_eq(rs_output_postgres.check(&config, NULL), RS_OK);
    ck_assert_int_eq(rs_output_postgres.make(&sink, &config, NULL), RS_OK);
    ck_assert_int_eq(sink->ops->open(sink, NULL), RS_OK);
    for (size_t tile = 0; tile < N_TILES; tile++) {
        for (size_t pair = 0; pair < N_PAIRS; pair++)
            write_pair(sink, tile, pair);
        ck_assert_int_eq(sink->ops->settle(sink, tile + 1, NULL), RS_OK);
    }
    if (_i == 2)
        write_pair(sink, N_TILES, 0);
    if (_i == 0)
        ck_assert_int_eq(sink->ops->finish(sink, &tally, NULL), RS_OK);
    else
        sink->ops->abandon(sink, &tally);
    ck_assert_str_eq(sink->ops->partial(sink), "two, run_id 1");
    sink->ops->free(sink);

    ck_assert_int_eq(rs_pg_connect(&pg, NULL), RS_OK);
    ck_assert_int_eq(number(&pg, "SELECT count(DISTINCT beta) FROM two"),
                     N_TILES * N_PAIRS);
    ck_assert_int_eq(number(&pg, "SELECT count(*) FROM two"),
                     N_TILES * N_PAIRS);
    ck_assert_int_eq(number(&pg, "SELECT count(*) FROM two_terms"),
                     3 * N_TILES * N_PAIRS);
    ck_assert_int_eq(number(&pg, "SELECT count(DISTINCT (beta, term)) FROM "
                                 "two_terms WHERE term IN ('age', "
                                 "'(intercept)', x)"),
                     3 * N_TILES * N_PAIRS);
    ck_assert_int_eq(number(&pg, "SELECT count(*) FROM two_runs WHERE "
                                 "tiles_done = 7 AND rows_written = 1400 AND "
                                 "ok = 350 AND ended >= started"),
                     1);
    ck_assert_int_eq(
        number(&pg, "SELECT count(*) FROM two_runs WHERE complete"), _i == 0);
    ck_assert_int_eq(number(&pg, "SELECT count(*) FROM pg_indexes WHERE "
                                 "tablename LIKE 'two%' AND indexname ~ "
                                 "'_[yxp]$'"),
                     _i == 0 ? 5 : 0);
    rs_pg_close(&pg);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_pair, 6},           {&test_term, 3},   {&test_utf8, 1},
    {&test_names_not_utf8, 1}, {&test_target, 1},
};
SUITE(postgres, tests)

/* What needs a server: tests/db/results.sh has one. */
static const struct suite_test server_tests[] = {
    {&test_both_tables, 3},
};
SUITE(postgres_server, server_tests)
