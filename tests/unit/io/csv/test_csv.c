/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_internal.h"
#include "inflate.h"
#include "run_suite.h"
#include "table_file.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const na[] = {"", "NA", "N/A", "NaN", "null", "."};

static struct rs_csv_options defaults(void)
{
    return (struct rs_csv_options){.decimal = '.',
                                   .has_header = true,
                                   .cells = {.na = na, .n_na = 6},
                                   .n_threads = 3};
}

static uint64_t random_bits(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* A file of these bytes, in a folder that Check's fork leaves to us. */
static const char *write_file(const char *bytes, size_t n)
{
    static char path[] = "/tmp/regsweep-test-XXXXXX";
    int fd = -1;

    memcpy(path + strlen(path) - 6, "XXXXXX", 6);
    fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes, n), (ssize_t)n);
    (void)close(fd);
    return path;
}

static enum rs_status open_file(struct rs_csv **out, const char *path,
                                const struct rs_csv_options *options,
                                struct rs_error *err)
{
    struct rs_bytes bytes;
    enum rs_status status = rs_inflate_open(&bytes, path, 0, NULL, err);

    *out = NULL;
    if (status == RS_OK)
        status = rs_csv_open(out, &bytes, options, err);
    return status;
}

/* How to read: chunk and block as small as wished, 0 as they are. */
struct manner {
    size_t chunk, block;
    bool only_libcsv;
    uint64_t keep; /* bits: columns to keep */
    size_t most;   /* levels; 0: any number */
};

static enum rs_status load_by(const struct manner *manner,
                              struct rs_dataset **out, const char *path,
                              const struct rs_csv_options *options,
                              struct rs_error *err)
{
    struct rs_csv *csv = NULL;
    size_t *columns = NULL;
    size_t n = 0;
    enum rs_status status = open_file(&csv, path, options, err);

    *out = NULL;
    if (status != RS_OK)
        return status;
    csv->only_libcsv = manner->only_libcsv;
    if (manner->chunk > 0)
        csv->chunk_bytes = manner->chunk;
    if (manner->block > 0)
        csv->block_bytes = manner->block;
    columns = calloc(csv->n_columns + 1, sizeof *columns);
    ck_assert_ptr_nonnull(columns);
    for (size_t j = 0; j < csv->n_columns; j++)
        if ((manner->keep >> j % 64 & 1) != 0)
            columns[n++] = j;
    status = rs_csv_load(out, csv, columns, n, err);
    for (size_t k = 0; k < n; k++)
        columns[k] = k;
    if (status == RS_OK)
        status = rs_csv_load_factors(
            csv, *out, &(struct rs_factors_ask){columns, n, manner->most}, err);
    free(columns);
    rs_csv_close(csv);
    return status;
}

/* Reads every column. */
static enum rs_status load(struct rs_dataset **out, const char *path,
                           const struct rs_csv_options *options, size_t chunk,
                           size_t block, struct rs_error *err)
{
    const struct manner manner = {
        .chunk = chunk, .block = block, .keep = UINT64_MAX};

    return load_by(&manner, out, path, options, err);
}

static struct rs_dataset *load_text(const char *text,
                                    const struct rs_csv_options *options,
                                    size_t chunk, size_t block)
{
    struct rs_dataset *data = NULL;
    struct rs_error err;
    const char *path = write_file(text, strlen(text));

    ck_assert_msg(load(&data, path, options, chunk, block, &err) == RS_OK, "%s",
                  err.text);
    (void)unlink(path);
    return data;
}

static bool same_levels(const struct rs_factor *a, const struct rs_factor *b)
{
    if (a->n_levels != b->n_levels)
        return false;
    for (size_t l = 0; l < a->n_levels; l++)
        if (strcmp(a->levels[l], b->levels[l]) != 0)
            return false;
    return true;
}

/* What two columns differ in; NULL: nothing. */
static const char *difference(const struct rs_column *p,
                              const struct rs_column *q, size_t n_rows)
{
    if (strcmp(p->name, q->name) != 0)
        return "name";
    if (p->type != q->type)
        return "type";
    if (p->n_missing != q->n_missing || p->n_infinite != q->n_infinite)
        return "counts";
    if (p->fault.line != q->fault.line ||
        strcmp(p->fault.text, q->fault.text) != 0)
        return "fault";
    if (memcmp(p->valid, q->valid, rs_bit_words(n_rows) * sizeof *p->valid) !=
        0)
        return "validity";
    if (p->values != NULL &&
        memcmp(p->values, q->values, n_rows * sizeof *p->values) != 0)
        return "values";
    if (memcmp(p->factor->codes, q->factor->codes,
               n_rows * sizeof *p->factor->codes) != 0)
        return "codes";
    return same_levels(p->factor, q->factor) ? NULL : "levels";
}

/* One assertion a dataset: each costs more than a column's comparison. */
static void check_equal(const struct rs_dataset *a, const struct rs_dataset *b)
{
    const char *what = NULL;
    size_t at = 0;

    ck_assert_uint_eq(a->n_rows, b->n_rows);
    ck_assert_uint_eq(a->n_columns, b->n_columns);
    for (size_t j = 0; j < a->n_columns && what == NULL; j++) {
        what = difference(&a->columns[j], &b->columns[j], a->n_rows);
        at = j;
    }
    ck_assert_msg(what == NULL, "column %zu differs: %s", at, what);
}

static const char awkward[] = "\xef\xbb\xbfid,\"na\"\"me\",x y , z\r\n"
                              "\n"
                              "1,\"a,b\",2.5,red\r\n"
                              "2,\"two\r\nlines\n\",  -3e2 ,blue\n"
                              "\r\n\n"
                              "3,,NA,\"red\"\r"
                              "4,\"\"\"q\"\"\",inf,\xe9\n"
                              "5,x,+.5,green\n"
                              "6,\"\n\n\n\n\n\",1.,red";

START_TEST(test_awkward_file)
{
    struct rs_csv_options options = defaults();
    struct rs_dataset *data = load_text(awkward, &options, 0, 0);
    const struct rs_column *c = data->columns;

    ck_assert_uint_eq(data->n_rows, 6);
    ck_assert_uint_eq(data->n_columns, 4);
    ck_assert_str_eq(c[0].name, "id");
    ck_assert_str_eq(c[1].name, "na\"me");
    ck_assert_str_eq(c[2].name, "x y");
    ck_assert_str_eq(c[3].name, "z");
    ck_assert_int_eq(c[0].type, RS_TYPE_NUMERIC);
    ck_assert_double_eq(c[0].values[5], 6.0);
    ck_assert_double_eq(c[2].values[1], -300.0);
    ck_assert(isnan(c[2].values[2]));
    ck_assert(!rs_column_has(&c[2], 2));
    ck_assert(rs_column_has(&c[2], 3));
    ck_assert_uint_eq(c[2].n_infinite, 1);
    ck_assert_uint_eq(c[2].n_missing, 1);
    ck_assert_int_eq(c[1].type, RS_TYPE_TEXT);
    ck_assert_uint_eq(c[1].n_missing, 1);
    ck_assert_uint_eq(c[1].fault.line, 3);
    ck_assert_str_eq(c[1].fault.text, "a,b");
    ck_assert_uint_eq(c[3].factor->n_levels, 4);
    ck_assert_str_eq(c[3].factor->levels[0], "blue"); /* byte order */
    ck_assert_str_eq(c[3].factor->levels[3], "\xe9");
    ck_assert_int_eq(c[3].factor->codes[0], 2);
    ck_assert_str_eq(c[1].factor->levels[0], "\n\n\n\n\n");
    rs_dataset_free(data);
}
END_TEST

/* Whatever the threads, chunks and blocks: the same dataset. */
START_TEST(test_every_chunk_size)
{
    struct rs_csv_options options = defaults();
    struct rs_dataset *whole = load_text(awkward, &options, 0, 0);

    for (size_t chunk = 1; chunk < sizeof awkward + 2; chunk += 3)
        for (unsigned threads = 1; threads <= 5; threads += 2) {
            struct rs_dataset *data = NULL;
            options.n_threads = threads;
            data = load_text(awkward, &options, chunk, 1 + chunk % 7);
            check_equal(whole, data);
            rs_dataset_free(data);
        }
    rs_dataset_free(whole);
}
END_TEST

/* ---- files that are not as they should be, or look so ------------ */

/* Bytes of a literal, NUL ones too, and how many. */
#define BYTES(literal) (literal), sizeof(literal) - 1

static const struct {
    const char *what;
    const char *bytes;
    size_t n;
    unsigned line;    /* of the error; 0: accepted */
    const char *part; /* of the message */
    size_t n_rows;    /* where it is accepted */
} bad[] = {
    {"ragged short", BYTES("y,x,z\n1.5,1,a\n2.25,2\n3.5,3,a\n"), 3,
     "2 fields, but the header has 3", 0},
    {"ragged long", BYTES("y,x,z\n1.5,1,a\n2.25,2,b\n3.5,3,a,9\n4,4,b\n"), 4,
     "4 fields, but the header has 3", 0},
    {"unterminated quote",
     BYTES("y,x,name\n1.5,1,\"ok\"\n2.25,2,\"open\n3.5,3,c\n4,4,d\n"), 3,
     "never closed", 0},
    {"quote junk", BYTES("y,x,name\n1.5,1,\"ab\"c\n2.25,2,d\n"), 2,
     "behind the closing quote", 0},
    {"bare quote",
     BYTES("y,x,name\n1.5,1,5\" pipe\n2.25,2,6 pipe\n3.5,3,7 pipe\n"), 2,
     "a quote inside", 0},
    {"nul byte",
     BYTES("y,x\n1.5,1\n2.2\x00"
           "5,2\n3.5,3\n"),
     3, "NUL", 0},
    {"bom",
     BYTES("\xef\xbb\xbfy,x,z\n1.5,1,a\n2.25,2,b\n3.5,3,a\n4,4,b\n5.75,5,a\n"),
     0, "", 5},
    {"crlf",
     BYTES("y,x,z\r\n1.5,1,a\r\n2.25,2,b\r\n3.5,3,a\r\n4,4,b\r\n5.75,5,a\r\n"),
     0, "", 5},
    {"cr only", BYTES("y,x,z\r1.5,1,a\r2.25,2,b\r3.5,3,a\r4,4,b\r5.75,5,a\r"),
     0, "", 5},
    {"mixed eol", BYTES("y,x,z\r\n1.5,1,a\n2.25,2,b\r\n3.5,3,a\n4,4,b\r\n"), 0,
     "", 4},
    {"empty header", BYTES("y,,x\n1.5,1,9\n2.25,2,8\n3.5,3,7\n"), 0, "", 3},
    {"empty", BYTES(""), 1, "no header", 0},
    {"blank lines", BYTES("\ny,x\n\n1.5,1\n2.25,2\n\n3.5,3\n4,4\n\n\n"), 0, "",
     4},
    {"latin1",
     BYTES("y,x,ort\n1.5,1,M\xfcnchen\n2.25,2,K\xf6ln\n3.5,3,M\xfcnchen\n"), 0,
     "", 3},
    {"underflow", BYTES("y,x\n1e-400,1\n2,2\n3,3\n4.5,4\n"), 0, "", 4},
    {"trailing delimiter", BYTES("y,x,\n1.5,1,\n2.25,2,\n3.5,3,\n4.5,4,\n"), 0,
     "", 4},
    {"trailing delimiter rows", BYTES("y,x\n1.5,1,\n2.25,2,\n3.5,3,\n"), 2,
     "3 fields", 0},
    {"no final newline", BYTES("y,x\n1.5,1\n2.25,2\n3.5,3.5"), 0, "", 3},
    {"blanks", BYTES("y, x ,z\n 1.5 ,1, a\n2.25 , 2,a \n3.5,3,a\n"), 0, "", 3},
};

START_TEST(test_bad_files)
{
    struct rs_csv_options options = defaults();
    const char *path = write_file(bad[_i].bytes, bad[_i].n);

    for (size_t chunk = 0; chunk < 40; chunk += 3) {
        struct rs_dataset *data = NULL;
        struct rs_error err = {0};
        enum rs_status status = load(&data, path, &options, chunk, chunk, &err);
        if (bad[_i].line == 0) {
            ck_assert_msg(status == RS_OK, "%s: %s", bad[_i].what, err.text);
            ck_assert_uint_eq(data->n_rows, bad[_i].n_rows);
        } else {
            ck_assert_int_eq(status, RS_ERR_MALFORMED);
            ck_assert_uint_eq(err.line, bad[_i].line);
            ck_assert_msg(strstr(err.text, bad[_i].part) != NULL, "%s: %s",
                          bad[_i].what, err.text);
        }
        rs_dataset_free(data);
    }
    (void)unlink(path);
}
END_TEST

/* No length of a field is too great. */
START_TEST(test_huge_field)
{
    enum { LONG = 300000 };
    struct rs_csv_options options = defaults();
    struct rs_dataset *data = NULL;
    char *text = malloc(LONG + 64);
    size_t n = 0;

    ck_assert_ptr_nonnull(text);
    n = (size_t)sprintf(text, "y,x,note\n1.5,1,");
    memset(text + n, 'q', LONG);
    (void)strcpy(text + n + LONG, "\n2.25,2,short\n");
    for (size_t chunk = 0; chunk < 40; chunk += 13) {
        data = load_text(text, &options, chunk, chunk);
        ck_assert_uint_eq(data->n_rows, 2);
        ck_assert_double_eq(data->columns[1].values[1], 2.0);
        ck_assert_uint_eq(strlen(data->columns[2].factor->levels[0]), LONG);
        rs_dataset_free(data);
    }
    free(text);
}
END_TEST

/* Cells that make their column text: line and value of the first. */
static const struct {
    const char *table;
    const char *column;
    unsigned line;
    const char *text;
} text_cells[] = {
    {"y,x\n1e400,1\n2,2\n3,3\n4.5,4\n", "y", 2, "1e400"},
    {"y,x\n0x1p3,1\n0x10,2\n3,3\n4.5,4\n", "y", 2, "0x1p3"},
    {"y,x\n\"1,234.5\",1\n\"2,345.5\",2\n3456.5,3\n", "y", 2, "1,234.5"},
    {"y,x,note\n1.5,1,\"two\nlines\"\n2.25,2,\"a \"\"quoted\"\" "
     "word\"\n3.5,3,\"comma, here\"\n4.5,oops,plain\n",
     "x", 6, "oops"},
    {"y,x\n1.5,1\n2.25,2x\n3.5,3\n4.5,4\n", "x", 3, "2x"},
    {"y,x\n+1.5,1.\n.25,2\n-0,3e0\n1E+2,4D0\n", "x", 5, "4D0"},
};

START_TEST(test_text_cells)
{
    struct rs_csv_options options = defaults();

    for (size_t chunk = 0; chunk < 40; chunk += 7) {
        struct rs_dataset *data =
            load_text(text_cells[_i].table, &options, chunk, chunk);
        const struct rs_column *column =
            table_column(data, text_cells[_i].column);
        ck_assert_int_eq(column->type, RS_TYPE_TEXT);
        ck_assert_uint_eq(column->fault.line, text_cells[_i].line);
        ck_assert_str_eq(column->fault.text, text_cells[_i].text);
        rs_dataset_free(data);
    }
}
END_TEST

/* A blank line may have blanks in it: the record is on the next line. */
START_TEST(test_line_after_blanks)
{
    struct rs_csv_options options = defaults();
    struct rs_dataset *data = load_text("a,b\n \t\n  x,1\n", &options, 0, 0);

    ck_assert_uint_eq(data->columns[0].fault.line, 3);
    rs_dataset_free(data);
}
END_TEST

START_TEST(test_dialects)
{
    struct rs_csv_options options = defaults();
    struct rs_dataset *data = load_text("a;b\n1,5;2\n2,5;3\n", &options, 0, 0);

    ck_assert_uint_eq(data->n_columns, 2); /* found by itself */
    ck_assert_int_eq(data->columns[0].type, RS_TYPE_TEXT);
    rs_dataset_free(data);
    options.decimal = ',';
    data = load_text("a;b\n1,5;2\n2,5;3\n", &options, 0, 0);
    ck_assert_double_eq(data->columns[0].values[1], 2.5);
    rs_dataset_free(data);
    options = defaults();
    options.has_header = false;
    data = load_text("1\t2\n3\t4\n", &options, 0, 0);
    ck_assert_uint_eq(data->n_rows, 2);
    ck_assert_str_eq(data->columns[1].name, "V2");
    ck_assert_double_eq(data->columns[1].values[1], 4.0);
    rs_dataset_free(data);
    options = defaults();
    data = load_text("one\n1\n2\n", &options, 0, 0);
    ck_assert_uint_eq(data->n_columns, 1);
    rs_dataset_free(data);
    data = load_text("a|b\n1|2\n", &options, 0, 0);
    ck_assert_uint_eq(data->n_columns, 2);
    rs_dataset_free(data);
}
END_TEST

START_TEST(test_refused)
{
    struct rs_csv_options options = defaults();
    struct rs_dataset *data = NULL;
    struct rs_error err;
    const char *path = NULL;

    ck_assert_int_eq(load(&data, "/nonexistent/x.csv", &options, 0, 0, &err),
                     RS_ERR_OPEN);
    ck_assert_int_eq(load(&data, "/tmp", &options, 0, 0, &err), RS_ERR_OPEN);
    path = write_file("\xff\xfe"
                      "a\0",
                      4);
    ck_assert_int_eq(load(&data, path, &options, 0, 0, &err), RS_ERR_MALFORMED);
    ck_assert_ptr_nonnull(strstr(err.text, "UTF-16"));
    (void)unlink(path);
    path = write_file("\x1f\x8b\x08\x00", 4);
    ck_assert_int_eq(load(&data, path, &options, 0, 0, &err), RS_ERR_MALFORMED);
    ck_assert_ptr_nonnull(strstr(err.text, "gzip"));
    (void)unlink(path);
    path = write_file("a,b\n\n\n", 6);
    ck_assert_int_eq(load(&data, path, &options, 0, 0, &err), RS_ERR_MALFORMED);
    ck_assert_ptr_nonnull(strstr(err.text, "no data"));
    (void)unlink(path);
}
END_TEST

/* The first fault of the file is told, however many threads look. */
START_TEST(test_first_fault_wins)
{
    struct rs_csv_options options = defaults();
    static char text[40000];
    size_t used = (size_t)snprintf(text, sizeof text, "a,b\n");

    for (unsigned i = 0; i < 2000; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%u,%u%s\n",
                                 i, i, i >= 700 && i % 100 == 0 ? ",9" : "");
    options.n_threads = 8;
    for (size_t chunk = 50; chunk < 20000; chunk *= 3) {
        struct rs_dataset *data = NULL;
        struct rs_error err;
        const char *path = write_file(text, used);
        ck_assert_int_eq(load(&data, path, &options, chunk, 64, &err),
                         RS_ERR_MALFORMED);
        ck_assert_uint_eq(err.line, 702);
        (void)unlink(path);
    }
}
END_TEST

/* ---- the plain reader against libcsv ----------------------------- */

static const char *const pieces[] = {
    "1", "-2.5", "3e2", "+.5", "7.", "123456789012345678901", "1e400", "inf",
    "nan", "NA", ".", "x", " 1 ", "\t2", "3 \t", "a b", "-", "1x", "\xe9",
    "\"\"", "\"x\"", "\"4\"", "\"NA\"", "\"a\"\"b\"", "\"l\nf\"", "\"\r\n\"",
    "\"1,2\"", " \"b\"", "\"b\" ", "", "0.30000000000000004",
    /* faulty from here on */
    "5\"", "\"q\"x", "\"", "a,b"};
enum { N_PIECES = sizeof pieces / sizeof pieces[0], N_FAULTY = 4 };
static const char *const breaks[] = {"\n",   "\n",    "\n", "\r\n",
                                     "\n\n", "\n \n", "\r", "\r\n\r\n"};

/* A table of so many columns; some have a faulty field or a NUL. */
static size_t awkward_table(char *out, size_t n_columns, uint64_t *state)
{
    size_t n_good = N_PIECES - N_FAULTY;
    size_t records = 1 + random_bits(state) % 12;
    uint64_t rare = random_bits(state) % 4 == 0 ? 12 : UINT64_MAX;
    size_t n_used = random_bits(state) % 2 == 0 ? n_good : 5;
    size_t n = 0;

    for (size_t j = 0; j < n_columns; j++)
        n += (size_t)sprintf(out + n, "c%zu%s", j,
                             j + 1 < n_columns ? "," : "\n");
    for (size_t i = 0; i < n_columns * records; i++) {
        bool spoilt = random_bits(state) % rare == 0;
        size_t k = spoilt ? n_good + random_bits(state) % N_FAULTY
                          : random_bits(state) % n_used;
        n += (size_t)sprintf(
            out + n, "%s%s", pieces[k],
            (i + 1) % n_columns != 0 ? "," : breaks[random_bits(state) % 8]);
        if (spoilt && random_bits(state) % 8 == 0)
            out[n++] = '\0';
    }
    return random_bits(state) % 2 == 0 ? n : n - 1; /* the last line end */
}

/* Bytes without sense. */
static size_t hostile_bytes(char *out, uint64_t *state)
{
    static const char bytes[] = ",,,,\n\n\r\"\"\" \t012.5e-+xN\0";
    size_t n = (size_t)sprintf(out, "a,b\n");
    size_t more = random_bits(state) % 60;

    for (size_t i = 0; i < more; i++)
        out[n++] = bytes[random_bits(state) % (sizeof bytes - 1)];
    return n;
}

/* The same dataset, or the same message about the same line. */
static void check_both_ways(const char *text, size_t n,
                            const struct manner *manner,
                            const struct rs_csv_options *options)
{
    const struct manner by_libcsv = {.only_libcsv = true, .keep = manner->keep};
    const char *path = write_file(text, n);
    struct rs_dataset *plain = NULL;
    struct rs_dataset *slow = NULL;
    struct rs_error err = {0};
    struct rs_error slow_err = {0};
    enum rs_status status = load_by(manner, &plain, path, options, &err);
    enum rs_status want = load_by(&by_libcsv, &slow, path, options, &slow_err);

    (void)unlink(path);
    ck_assert_msg(status == want, "chunk %zu, block %zu: %s, %s:\n%s",
                  manner->chunk, manner->block, err.text, slow_err.text, text);
    if (status == RS_OK) {
        check_equal(slow, plain);
    } else {
        ck_assert_uint_eq(err.line, slow_err.line);
        ck_assert_uint_eq(err.column, slow_err.column);
        ck_assert_str_eq(err.text, slow_err.text);
    }
    rs_dataset_free(plain);
    rs_dataset_free(slow);
}

START_TEST(test_plain_as_libcsv)
{
    struct rs_csv_options options = defaults();
    uint64_t state = 1234567 + (uint64_t)_i;

    for (int i = 0; i < 1500; i++) {
        static char text[20000];
        size_t n_columns = i % 5 == 0 ? 64 : 3;
        size_t n = i % 3 == 0 ? hostile_bytes(text, &state)
                              : awkward_table(text, n_columns, &state);
        struct manner manner = {.keep = UINT64_MAX};
        if (i % 7 > 0) {
            manner.block = random_bits(&state) % (13 * n_columns);
            manner.chunk = random_bits(&state) % (27 * n_columns);
        }
        if (i % 2 == 0)
            manner.keep = random_bits(&state) & random_bits(&state);
        options.n_threads = 1 + (unsigned)i % 3;
        options.delimiter = ',';
        if (_i == 1) { /* blanks delimit */
            options.delimiter = i % 2 == 0 ? '\t' : ' ';
            for (size_t k = 0; k < n; k++)
                text[k] = text[k] == ',' ? options.delimiter : text[k];
        }
        options.has_header = _i != 2;
        options.decimal = _i == 3 ? ';' : '.';
        check_both_ways(text, n, &manner, &options);
    }
}
END_TEST

/* Some columns, not in the order of the file. */
START_TEST(test_columns_in_any_order)
{
    static const size_t wanted[] = {5, 0, 3, 4};
    struct rs_csv_options options = defaults();
    char text[3000];
    size_t n = (size_t)sprintf(text, "a,b,c,d,e,f\n");
    struct rs_csv *csv = NULL;
    struct rs_dataset *data = NULL;
    const char *path = NULL;

    for (int i = 0; i < 100; i++)
        n += (size_t)sprintf(text + n, "%d.0,x,y,%d.3,%d.4,%d.5\n", i, i, i, i);
    path = write_file(text, n);
    ck_assert_int_eq(open_file(&csv, path, &options, NULL), RS_OK);
    csv->chunk_bytes = 300;
    csv->block_bytes = 50;
    ck_assert_int_eq(rs_csv_load(&data, csv, wanted, 4, NULL), RS_OK);
    for (size_t j = 0; j < 4; j++)
        for (size_t i = 0; i < 100; i++) {
            char want[16];
            (void)sprintf(want, "%zu.%zu", i, wanted[j]);
            ck_assert_double_eq(data->columns[j].values[i], strtod(want, NULL));
        }
    rs_dataset_free(data);
    rs_csv_close(csv);
    (void)unlink(path);
}
END_TEST

/* Bytes that numbers have too may delimit. */
START_TEST(test_delimiters_of_numbers)
{
    static const char delimiters[] = "0e-+E9";

    for (size_t k = 0; k < strlen(delimiters); k++) {
        struct rs_csv_options options = defaults();
        char text[64];
        struct rs_dataset *data = NULL;
        char c = delimiters[k];
        options.delimiter = c;
        (void)sprintf(text, "a%cb\n1%c2\n.%c4\n", c, c, c);
        data = load_text(text, &options, 0, 0);
        ck_assert_uint_eq(data->n_columns, 2);
        ck_assert_double_eq(data->columns[0].values[0], 1.0);
        ck_assert_double_eq(data->columns[1].values[1], 4.0);
        ck_assert_uint_eq(data->columns[0].n_missing, 1);
        rs_dataset_free(data);
    }
}
END_TEST

/* With a limit, columns that keep it have the same levels as without, however
 * the file is cut; others have none. */
START_TEST(test_few_levels)
{
    static const char text[] = "two,three,ids,same,numbers\n"
                               "b,x,1a,q,1\na,y,2a,q,01\nb,x,3a,q,2.0\n"
                               "b,NA,4a,NA,2\na,z,5a,q,1e0\nb,x,6a,q,1\n";
    const struct manner manner = {
        .chunk = (size_t)_i + 1, .keep = UINT64_MAX, .most = 2};
    const struct rs_csv_options options = defaults();
    struct rs_dataset *all = load_text(text, &options, 1000, 0);
    struct rs_dataset *few = NULL;
    const char *path = write_file(text, strlen(text));

    ck_assert_int_eq(load_by(&manner, &few, path, &options, NULL), RS_OK);
    (void)unlink(path);
    for (size_t j = 0; j < 5; j++) {
        const struct rs_factor *factor = few->columns[j].factor;
        ck_assert_int_eq(factor == NULL, all->columns[j].factor->n_levels > 2);
        if (factor == NULL)
            continue;
        ck_assert(same_levels(factor, all->columns[j].factor));
        ck_assert_mem_eq(factor->codes, all->columns[j].factor->codes,
                         6 * sizeof *factor->codes);
    }
    ck_assert_ptr_null(few->columns[1].factor);
    ck_assert_ptr_nonnull(few->columns[4].factor);
    rs_dataset_free(all);
    rs_dataset_free(few);
}
END_TEST

/* Text by a few cells is not text by most: half is not fewer than half. */
START_TEST(test_wordy)
{
    const struct rs_csv_options options = defaults();
    struct rs_dataset *data =
        load_text("word,half,bad,number,nan,huge\n"
                  "a,a,1,1,nan,1e999\nb,b,2,2,nan,1e999\n"
                  "c,3,3.1?,3,x,b\n4,4,4,4,1,b\nNA,NA,NA,NA,NA,b\n",
                  &options, 0, 0);
    static const bool wordy[] = {true, false, false, false, true, true};
    static const size_t n_words[] = {3, 2, 1, 0, 1, 5};
    static const size_t n_cells[] = {4, 4, 4, 4, 2, 5};

    for (size_t j = 0; j < 6; j++) {
        ck_assert_int_eq(data->columns[j].wordy, wordy[j]);
        ck_assert_uint_eq(data->columns[j].n_words, n_words[j]);
        ck_assert_uint_eq(data->columns[j].n_cells, n_cells[j]);
    }
    rs_dataset_free(data);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_few_levels, 60},
    {&test_wordy, 1},
    {&test_awkward_file, 1},
    {&test_every_chunk_size, 1},
    {&test_bad_files, sizeof bad / sizeof bad[0]},
    {&test_huge_field, 1},
    {&test_text_cells, sizeof text_cells / sizeof text_cells[0]},
    {&test_line_after_blanks, 1},
    {&test_dialects, 1},
    {&test_refused, 1},
    {&test_first_fault_wins, 1},
    {&test_plain_as_libcsv, 4},
    {&test_columns_in_any_order, 1},
    {&test_delimiters_of_numbers, 1},
};
SUITE(csv, tests)
