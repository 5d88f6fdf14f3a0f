/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_stream.h"
#include "csv_transpose.h"
#include "run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The same table written plainly and in another layout, at random, and read by
 * chunks and blocks of any size: the same must come of both.
 */

static const char *const na[] = {"", "NA"};

enum { MOST_ROWS = 12, MOST_COLUMNS = 5, ROOM = 1 << 14 };

struct text {
    char bytes[ROOM];
    size_t n;
};

static uint64_t draw(uint64_t *state, uint64_t n)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (*state >> 20) % n;
}

static void put(struct text *text, const char *bytes)
{
    size_t len = strlen(bytes);

    ck_assert_uint_lt(text->n + len, ROOM);
    memcpy(text->bytes + text->n, bytes, len + 1);
    text->n += len;
}

static void put_blanks(struct text *text, uint64_t *state, uint64_t least)
{
    for (uint64_t n = least + draw(state, 4); n > 0; n--)
        put(text, draw(state, 3) == 0 ? "\t" : " ");
}

/* Line ends in the text so far. */
static uint64_t count_lines(const struct text *text)
{
    uint64_t n = 0;

    for (size_t i = 0; i < text->n; i++)
        n += text->bytes[i] == '\r' || (text->bytes[i] == '\n' &&
                                        (i == 0 || text->bytes[i - 1] != '\r'))
                 ? 1
                 : 0;
    return n;
}

struct table {
    size_t n_rows, n_columns; /* rows with the header */
    const char *cells[MOST_ROWS + 1][MOST_COLUMNS];
};

static void draw_table(struct table *table, uint64_t *state)
{
    static const char *const names[] = {"a", "\"b c\"", "d", "\"e,\"\"\"", "f"};
    static const char *const cells[] = {"1",
                                        "-2.5",
                                        "3e2",
                                        "NA",
                                        "word",
                                        "17",
                                        "\"\"",
                                        "x-y",
                                        "\"a b\"",
                                        "0.125",
                                        "\"q\"\" ;,\t#\"",
                                        "\"l\n# m\r\n\""};

    table->n_rows = 3 + draw(state, MOST_ROWS - 2);
    table->n_columns = 2 + draw(state, MOST_COLUMNS - 1);
    for (size_t r = 0; r < table->n_rows; r++)
        for (size_t j = 0; j < table->n_columns; j++)
            table->cells[r][j] =
                r == 0 ? names[j] : cells[draw(state, j % 2 == 0 ? 4 : 12)];
}

/* How the other one is written. */
struct manner {
    struct rs_csv_options options;
    bool header_trails, data_trail;
    uint64_t lines[MOST_ROWS + 1]; /* on which the rows begin */
};

static void draw_manner(struct manner *manner, uint64_t *state)
{
    static const char delimiters[] = {RS_CSV_BLANKS, RS_CSV_BLANKS, ',',
                                      ';',           '\t',          ' '};
    char delimiter = delimiters[draw(state, 6)];

    *manner = (struct manner){
        .options = {.delimiter = delimiter,
                    .decimal = '.',
                    .has_header = true,
                    .cells = {.na = na, .n_na = 2},
                    .n_threads = 3,
                    .trailing_delimiter =
                        delimiter != RS_CSV_BLANKS && draw(state, 2) == 0,
                    .n_skip = draw(state, 3),
                    .comment = draw(state, 2) == 0 ? "#" : "//!",
                    .row_name = draw(state, 3) == 0 ? "a" : NULL}};
    if (draw(state, 4) == 0)
        manner->options.comment = NULL;
    manner->header_trails =
        manner->options.trailing_delimiter && draw(state, 2) == 0;
    manner->data_trail =
        manner->options.trailing_delimiter && draw(state, 2) == 0;
}

/* CR before a blank line that begins with LF would be one line end. */
static void put_end(struct text *text, uint64_t *state)
{
    static const char *const ends[] = {"\n", "\r\n", "\r", "\n"};

    put(text, ends[draw(state, 4)]);
}

static bool is_spaced(const struct manner *manner)
{
    return manner->options.delimiter == RS_CSV_BLANKS;
}

/* What stands between records. */
static void put_between(struct text *text, const struct manner *manner,
                        uint64_t *state)
{
    for (uint64_t n = draw(state, 3); n > 0; n--) {
        if (is_spaced(manner))
            put_blanks(text, state, 0);
        if (manner->options.comment != NULL && draw(state, 2) == 0) {
            put(text, manner->options.comment);
            put(text, draw(state, 2) == 0 ? " say \"no,\t; #" : "\"");
        } else {
            put(text, " "); /* so that no LF follows a CR */
            if (manner->options.delimiter == ' ')
                text->bytes[text->n - 1] = '\t';
        }
        put_end(text, state);
    }
}

static void put_delimiter(struct text *text, const struct manner *manner,
                          uint64_t *state)
{
    const char delimiter[] = {manner->options.delimiter, '\0'};

    if (is_spaced(manner))
        put_blanks(text, state, 1);
    else
        put(text, delimiter);
}

static void write_row(struct text *text, const struct table *table, size_t r,
                      const struct manner *manner, uint64_t *state)
{
    size_t from = r == 0 && manner->options.row_name != NULL ? 1 : 0;

    if (is_spaced(manner))
        put_blanks(text, state, 0);
    for (size_t j = from; j < table->n_columns; j++) {
        if (j > from)
            put_delimiter(text, manner, state);
        put(text, table->cells[r][j]);
    }
    if (is_spaced(manner)) {
        put_blanks(text, state, 0);
    } else if (r == 0 ? manner->header_trails : manner->data_trail) {
        put_delimiter(text, manner, state);
        if (manner->options.delimiter != ' ' && draw(state, 3) == 0)
            put(text, " ");
    }
    if (r + 1 < table->n_rows || draw(state, 2) == 0)
        put_end(text, state);
}

static void write_other(struct text *text, const struct table *table,
                        struct manner *manner, uint64_t *state)
{
    for (uint64_t l = 0; l < manner->options.n_skip; l++) {
        put(text, "a title: 5\" disks, \t;");
        put_end(text, state);
    }
    for (size_t r = 0; r < table->n_rows; r++) {
        put_between(text, manner, state);
        manner->lines[r] = count_lines(text) + 1;
        write_row(text, table, r, manner, state);
    }
}

static void write_plain(struct text *text, const struct table *table,
                        struct manner *manner)
{
    for (size_t r = 0; r < table->n_rows; r++) {
        manner->lines[r] = count_lines(text) + 1;
        for (size_t j = 0; j < table->n_columns; j++) {
            put(text, table->cells[r][j]);
            put(text, j + 1 < table->n_columns ? "," : "\n");
        }
    }
}

static struct rs_csv *open_text(const struct text *text,
                                const struct rs_csv_options *options,
                                size_t chunk, size_t block)
{
    char path[] = "/tmp/regsweep-test-XXXXXX";
    int fd = mkstemp(path);
    struct rs_bytes bytes;
    struct rs_error err;
    struct rs_csv *csv = NULL;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text->bytes, text->n), (ssize_t)text->n);
    (void)close(fd);
    ck_assert_int_eq(rs_bytes_open(&bytes, path, NULL, &err), RS_OK);
    (void)unlink(path);
    ck_assert_msg(rs_csv_open(&csv, &bytes, options, &err) == RS_OK, "%s:\n%s",
                  err.text, text->bytes);
    csv->chunk_bytes = chunk;
    csv->block_bytes = block;
    return csv;
}

static struct rs_dataset *load_rows(const struct text *text,
                                    const struct rs_csv_options *options,
                                    size_t chunk, size_t block)
{
    static const size_t columns[] = {0, 1, 2, 3, 4};
    struct rs_csv *csv = open_text(text, options, chunk, block);
    const struct rs_factors_ask ask = {columns, csv->n_columns, 0};
    struct rs_dataset *data = NULL;
    struct rs_error err;

    ck_assert_msg(rs_csv_load(&data, csv, columns, csv->n_columns, &err) ==
                      RS_OK,
                  "%s, line %d, chunk %zu, block %zu:\n%s", err.text,
                  (int)err.line, chunk, block, text->bytes);
    ck_assert_msg(rs_csv_load_factors(csv, data, &ask, &err) == RS_OK,
                  "%s, chunk %zu, block %zu:\n%s", err.text, chunk, block,
                  text->bytes);
    rs_csv_close(csv);
    return data;
}

static struct rs_dataset *load_transposed(const struct text *text,
                                          const struct rs_csv_options *options,
                                          size_t chunk, size_t block)
{
    static const size_t columns[MOST_ROWS] = {0, 1, 2, 3, 4,  5,
                                              6, 7, 8, 9, 10, 11};
    const struct rs_transposed_options first = {0};
    struct rs_csv_transposed *csv = NULL;
    struct rs_csv *plain = open_text(text, options, chunk, block);
    struct rs_factors_ask ask = {columns, 0, 0};
    struct rs_dataset *data = NULL;
    struct rs_error err;

    ck_assert_int_eq(rs_csv_transposed_open(&csv, plain, &first, &err), RS_OK);
    ask.n = rs_csv_transposed_n(csv);
    ck_assert_msg(rs_csv_transposed_load(&data, csv, columns, ask.n, &err) ==
                      RS_OK,
                  "%s:\n%s", err.text, text->bytes);
    ck_assert_int_eq(rs_csv_transposed_load_factors(csv, data, &ask, &err),
                     RS_OK);
    rs_csv_transposed_close(csv);
    return data;
}

/* Whether two columns are the same but for the lines of what is wrong. */
static bool same_column(const struct rs_column *p, const struct rs_column *q,
                        size_t n_rows)
{
    if (strcmp(p->name, q->name) != 0 || p->type != q->type ||
        p->n_missing != q->n_missing ||
        strcmp(p->fault.text, q->fault.text) != 0 ||
        p->factor->n_levels != q->factor->n_levels ||
        memcmp(p->factor->codes, q->factor->codes,
               n_rows * sizeof *p->factor->codes) != 0 ||
        memcmp(p->valid, q->valid, rs_bit_words(n_rows) * sizeof *p->valid) !=
            0)
        return false;
    for (size_t l = 0; l < p->factor->n_levels; l++)
        if (strcmp(p->factor->levels[l], q->factor->levels[l]) != 0)
            return false;
    return p->values == NULL ||
           memcmp(p->values, q->values, n_rows * sizeof *p->values) == 0;
}

static void check_same(const struct rs_dataset *a, const struct rs_dataset *b,
                       const struct text *text)
{
    ck_assert_msg(a->n_rows == b->n_rows && a->n_columns == b->n_columns,
                  "%zu x %zu:\n%s", (size_t)b->n_rows, b->n_columns,
                  text->bytes);
    for (size_t j = 0; j < a->n_columns; j++)
        ck_assert_msg(same_column(&a->columns[j], &b->columns[j], a->n_rows),
                      "column %zu:\n%s", j, text->bytes);
}

/* The line of the first cell that is no number, from that of its row on. */
static size_t line_in_row(size_t *row, const struct rs_fault *fault,
                          const struct manner *manner, size_t n_rows)
{
    *row = n_rows;
    while (*row > 0 && manner->lines[*row] > fault->line)
        (*row)--;
    return (size_t)(fault->line - manner->lines[*row]);
}

static void check_lines(const struct rs_dataset *a, const struct manner *of_a,
                        const struct rs_dataset *b, const struct manner *of_b,
                        const struct text *text)
{
    for (size_t j = 0; j < a->n_columns; j++) {
        size_t row_a = 0;
        size_t row_b = 0;
        size_t in_a =
            line_in_row(&row_a, &a->columns[j].fault, of_a, a->n_rows);
        size_t in_b =
            line_in_row(&row_b, &b->columns[j].fault, of_b, a->n_rows);
        if (a->columns[j].fault.kind != RS_FAULT_NONE)
            ck_assert_msg(row_a == row_b && in_a == in_b,
                          "line %d of column %zu:\n%s",
                          (int)b->columns[j].fault.line, j, text->bytes);
    }
}

START_TEST(test_remade)
{
    uint64_t state = 88172645463325252u + (uint64_t)_i * 7919;

    for (int round = 0; round < 30; round++) {
        struct table table;
        struct manner manner;
        struct manner plainly = {.options = {.delimiter = ',',
                                             .decimal = '.',
                                             .has_header = true,
                                             .cells = {.na = na, .n_na = 2},
                                             .n_threads = 1}};
        struct text plain = {.n = 0};
        struct text other = {.n = 0};
        struct rs_dataset *a = NULL;
        struct rs_dataset *b = NULL;
        bool transposes = draw(&state, 4) == 0;
        size_t chunk = 1 + draw(&state, 60);
        size_t block = 1 + draw(&state, 40);
        draw_table(&table, &state);
        draw_manner(&manner, &state);
        write_plain(&plain, &table, &plainly);
        write_other(&other, &table, &manner, &state);
        a = (transposes ? load_transposed : load_rows)(&plain, &plainly.options,
                                                       1000, 1000);
        b = (transposes ? load_transposed : load_rows)(&other, &manner.options,
                                                       chunk, block);
        check_same(a, b, &other);
        if (!transposes)
            check_lines(a, &plainly, b, &manner, &other);
        rs_dataset_free(a);
        rs_dataset_free(b);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_remade, 40},
};
SUITE(csv_stream, tests)
