/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "sink_jsonl.h"

#include <check.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_COLUMNS = 2, ROOM = 4096, GUARD = 0x5a };

/* A sink of the column names y and x, and a term if there is one. */
static struct rs_sink *make(struct rs_dataset *data, struct rs_column *columns,
                            char *y, char *x, struct rs_sink_config *config)
{
    struct rs_error err = {0};
    struct rs_sink *sink = NULL;

    memset(columns, 0, N_COLUMNS * sizeof *columns);
    columns[0].name = y;
    columns[1].name = x;
    *data = (struct rs_dataset){.n_columns = N_COLUMNS, .columns = columns};
    config->rows.data = data;
    config->rows.conf_level = 0.95;
    config->rows.model_name = "ols";
    config->place.path = "/dev/null";
    ck_assert_msg(rs_output_jsonl.make(&sink, config, &err) == RS_OK, "%s",
                  err.text);
    return sink;
}

/* Encodes a row; nothing is written beyond the bound. */
static const char *encode(char out[ROOM], const struct rs_sink *sink,
                          const struct rs_row *row)
{
    size_t bound = sink->ops->row_bound(sink, row->y, row->x);
    size_t n = 0;

    ck_assert_uint_lt(bound, ROOM);
    memset(out, GUARD, ROOM);
    n = sink->ops->encode(sink, out, row);
    ck_assert_uint_le(n, bound);
    for (size_t i = bound; i < ROOM; i++)
        ck_assert_int_eq(out[i], GUARD);
    ck_assert_int_eq(out[n - 1], '\n');
    out[n - 1] = '\0';
    return out;
}

static const struct {
    const char *name;
    const char *json;
} names[] = {
    {"plain", "plain"},
    {"", ""},
    {"a\"b\\c/d", "a\\\"b\\\\c/d"},
    {"\x01\t\n\r\x1f\x7f", "\\u0001\\u0009\\u000a\\u000d\\u001f\x7f"},
    {"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", /* é € and a face */
     "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"},
    {"\xff", "\xef\xbf\xbd"},
    {"a\xc3", "a\xef\xbf\xbd"},                 /* cut short */
    {"\xc3(", "\xef\xbf\xbd("},                 /* no continuation */
    {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},   /* overlong */
    {"\xe0\x80z", "\xef\xbf\xbd\xef\xbf\xbdz"}, /* overlong */
    {"\xed\xa0\x80",                            /* a surrogate */
     "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"\xed\x9f\xbf", "\xed\x9f\xbf"},         /* the one before them */
    {"\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"}, /* U+10FFFF */
    {"\xf4\x90\x80\x80",                      /* beyond */
     "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"\xf0\x9f\x98", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"\x80", "\xef\xbf\xbd"},
};

START_TEST(test_strings)
{
    static const enum rs_field fields[] = {RS_FIELD_Y, RS_FIELD_X};
    static const char *const titles[] = {"y", "x"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct rs_sink_config config = {
            .rows = {.which = RS_ROWS_PAIRS, .pairs = {fields, titles, 2}}};
        struct rs_column columns[N_COLUMNS];
        struct rs_dataset data;
        struct rs_fit fit;
        char y[64];
        char x[] = "x";
        char out[ROOM];
        char want[ROOM];
        struct rs_sink *sink = NULL;
        (void)snprintf(y, sizeof y, "%s", names[i].name);
        sink = make(&data, columns, y, x, &config);
        rs_fit_clear(&fit, RS_FIT_OK, 3);
        (void)snprintf(want, sizeof want, "{\"y\":\"%s\",\"x\":\"x\"}",
                       names[i].json);
        ck_assert_str_eq(
            encode(out, sink,
                   &(struct rs_row){0, 1, RS_NO_TERM, &fit, NULL, 0, NULL}),
            want);
        sink->ops->free(sink);
    }
}
END_TEST

/* Keys are the titles, escaped; what is not available is null. */
START_TEST(test_row)
{
    static const enum rs_field fields[] = {RS_FIELD_N,     RS_FIELD_BETA,
                                           RS_FIELD_SE,    RS_FIELD_R2,
                                           RS_FIELD_MODEL, RS_FIELD_STATUS};
    static const char *const titles[] = {
        "n", "a \"rather\" long key\n", "se", "r2", "model", "status"};
    struct rs_sink_config config = {
        .rows = {.which = RS_ROWS_PAIRS, .pairs = {fields, titles, 6}}};
    struct rs_column columns[N_COLUMNS];
    struct rs_dataset data;
    struct rs_fit fit;
    char y[] = "y";
    char x[] = "x";
    char out[ROOM];
    struct rs_sink *sink = make(&data, columns, y, x, &config);
    const struct rs_row row = {0, 1, RS_NO_TERM, &fit, NULL, 0, NULL};

    rs_fit_clear(&fit, RS_FIT_NO_CONVERGENCE, 12);
    ck_assert_str_eq(encode(out, sink, &row),
                     "{\"n\":12,\"a \\\"rather\\\" long key\\u000a\":null,"
                     "\"se\":null,\"r2\":null,\"model\":\"ols\","
                     "\"status\":\"no_convergence\"}");
    rs_fit_clear(&fit, RS_FIT_OK, 123456789);
    fit.beta = -0.1;
    fit.se = 5e-324;
    fit.r2 = INFINITY;
    ck_assert_str_eq(encode(out, sink, &row),
                     "{\"n\":123456789,\"a \\\"rather\\\" long key\\u000a\":"
                     "-0.1,\"se\":5e-324,\"r2\":null,\"model\":\"ols\","
                     "\"status\":\"ok\"}");
    sink->ops->free(sink);
}
END_TEST

START_TEST(test_terms)
{
    static const enum rs_field fields[] = {RS_FIELD_Y, RS_FIELD_TERM,
                                           RS_FIELD_BETA};
    static const char *const titles[] = {"y", "term", "estimate"};
    static const char *const texts[] = {"(Intercept)", NULL, "age\"\x02"};
    static const char *const want[] = {"(Intercept)", "an x", "age\\\"\\u0002"};
    struct rs_sink_config config = {.rows = {.which = RS_ROWS_TERMS,
                                             .terms = {fields, titles, 3},
                                             .term_texts = texts,
                                             .n_term_texts = 3}};
    struct rs_column columns[N_COLUMNS];
    struct rs_dataset data;
    struct rs_fit fit;
    char y[] = "y";
    char x[] = "an x";
    struct rs_sink *sink = make(&data, columns, y, x, &config);

    rs_fit_clear(&fit, RS_FIT_OK, 12);
    fit.beta = 1e21;
    for (size_t term = 0; term < 3; term++) {
        char out[ROOM];
        char line[ROOM];
        (void)snprintf(line, sizeof line,
                       "{\"y\":\"y\",\"term\":\"%s\",\"estimate\":1e+21}",
                       want[term]);
        ck_assert_str_eq(
            encode(out, sink,
                   &(struct rs_row){0, 1, term, &fit, NULL, 0, NULL}),
            line);
    }
    sink->ops->free(sink);
}
END_TEST

static const char *digits(const char *s)
{
    size_t n = strspn(s, "0123456789");

    return n > 0 ? s + n : NULL;
}

/* RFC 8259: [-] int [frac] [exp], int without a leading zero. */
static bool is_number(const char *s)
{
    if (*s == '-')
        s++;
    if (s[0] == '0' && s[1] >= '0' && s[1] <= '9')
        return false;
    s = digits(s);
    if (s != NULL && *s == '.')
        s = digits(s + 1);
    if (s != NULL && (*s == 'e' || *s == 'E'))
        s = digits(s + (s[1] == '+' || s[1] == '-' ? 2 : 1));
    return s != NULL && *s == '\0';
}

/* Whatever the number: JSON can read it, and it is the same one. */
START_TEST(test_numbers)
{
    static const enum rs_field fields[] = {RS_FIELD_BETA};
    static const char *const titles[] = {"b"};
    static const double special[] = {0.0,  -0.0,   1.0,     -1e15,   1e16,
                                     1e22, 1e23,   1e-5,    0.1,     DBL_MAX,
                                     1e5,  123e18, DBL_MIN, 5e-324,  100.0,
                                     1e14, 1e-4,   -1e-300, 9.5e307, 1e100};
    enum { N_SPECIAL = sizeof special / sizeof special[0], N_ANY = 20000 };
    uint64_t state = 1;

    for (int n_digits = 0; n_digits <= 17; n_digits++) {
        struct rs_sink_config config = {.rows = {.which = RS_ROWS_PAIRS,
                                                 .pairs = {fields, titles, 1},
                                                 .digits = n_digits}};
        struct rs_column columns[N_COLUMNS];
        struct rs_dataset data;
        struct rs_fit fit;
        char y[] = "y";
        char x[] = "x";
        struct rs_sink *sink = make(&data, columns, y, x, &config);
        rs_fit_clear(&fit, RS_FIT_OK, 3);
        for (size_t i = 0; i < N_SPECIAL + N_ANY; i++) {
            char out[ROOM];
            char *number = NULL;
            size_t n = 0;
            state = state * 6364136223846793005u + 1442695040888963407u;
            memcpy(&fit.beta, &state, sizeof fit.beta);
            if (i < N_SPECIAL)
                fit.beta = special[i];
            if (!isfinite(fit.beta))
                continue;
            n = sink->ops->encode(
                sink, out,
                &(struct rs_row){0, 1, RS_NO_TERM, &fit, NULL, 0, NULL});
            ck_assert_mem_eq(out, "{\"b\":", 5);
            ck_assert_mem_eq(out + n - 2, "}\n", 2);
            out[n - 2] = '\0';
            number = out + 5;
            ck_assert_msg(is_number(number), "%s", number);
            if (n_digits == 0 || n_digits == 17)
                ck_assert_double_eq(strtod(number, NULL), fit.beta);
        }
        sink->ops->free(sink);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_strings, 1},
    {&test_row, 1},
    {&test_terms, 1},
    {&test_numbers, 1},
};
SUITE(sink_jsonl, tests)
