/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_sniff.h"
#include "csv_stream.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SNIFF_BYTES = 1 << 18, BLOCK_BYTES = 1 << 18 };
static const size_t wanted_chunk = (size_t)1 << 20;

size_t rs_csv_n_columns(const struct rs_csv *csv)
{
    return csv->n_columns;
}

const char *const *rs_csv_names(const struct rs_csv *csv)
{
    return (const char *const *)csv->names;
}

uint64_t rs_csv_header_line(const struct rs_csv *csv)
{
    return csv->header_line;
}

enum rs_status rs_csv_set_rules(struct rs_csv *csv,
                                const struct rs_column_rules *rules,
                                size_t n_columns, struct rs_error *err)
{
    return rs_cell_readers_set(&csv->cells, rules, n_columns, csv->delimiter,
                               csv->options.decimal, err);
}

/* ---- the header -------------------------------------------------- */

struct header {
    struct rs_csv *csv;
    size_t room;
    struct rs_error *err;
    enum rs_status status;
};

static void header_field(void *ctx, size_t field, const char *text, size_t len)
{
    struct header *header = ctx;
    struct rs_csv *csv = header->csv;

    if (header->status != RS_OK)
        return;
    if (field == header->room) {
        size_t more = header->room == 0 ? 64 : 2 * header->room;
        char **names = realloc(csv->names, more * sizeof *names);
        if (names == NULL) {
            header->status =
                rs_error_set(header->err, RS_ERR_NOMEM, "out of memory");
            return;
        }
        csv->names = names;
        header->room = more;
    }
    csv->names[field] = rs_text_copy(text, len, header->err);
    if (csv->names[field] == NULL)
        header->status = RS_ERR_NOMEM;
    else
        csv->n_columns++;
}

static bool header_record(void *ctx, uint64_t record)
{
    (void)ctx;
    (void)record;
    return false;
}

/* Offset behind the first record that is not blank. */
static enum rs_status first_record_end(uint64_t *out, const struct rs_csv *csv,
                                       uint64_t begin, char *buffer,
                                       struct rs_error *err)
{
    struct rs_csv_stream stream = {.csv = csv};
    bool quoted = false;
    bool blank = true;
    char ended = '\0'; /* the line end that was met */

    for (uint64_t at = begin; at < csv->bytes.size;) {
        const char *bytes = NULL;
        size_t n = 0;
        enum rs_status status =
            rs_csv_read(&bytes, &n, &stream, at, buffer, csv->block_bytes, err);
        if (status != RS_OK)
            return status;
        for (size_t i = 0; i < n; i++) {
            char c = bytes[i];
            bool line_end = (c == '\n' || c == '\r') && !quoted;
            if (ended != '\0') { /* CRLF belongs together */
                *out = at + i + (ended == '\r' && c == '\n' ? 1 : 0);
                return RS_OK;
            }
            quoted = quoted != (c == '"');
            if (line_end && !blank)
                ended = c;
            else if (!line_end &&
                     ((c != ' ' && c != '\t') || c == csv->delimiter))
                blank = false;
        }
        at += n;
    }
    *out = csv->bytes.size;
    return RS_OK;
}

/* Line of the first record: that of its first byte. */
static enum rs_status find_header_line(struct rs_csv *csv, uint64_t begin,
                                       struct rs_error *err)
{
    const struct rs_chunk all = {.begin = begin, .end = csv->bytes.size};

    return rs_csv_field_lines(&csv->header_line, 1, csv, &all, 0, err);
}

static enum rs_status name_by_number(struct rs_csv *csv, struct rs_error *err)
{
    for (size_t j = 0; j < csv->n_columns; j++) {
        char name[32];
        int len = snprintf(name, sizeof name, "V%zu", j + 1);
        free(csv->names[j]);
        csv->names[j] = rs_text_copy(name, (size_t)len, err);
        if (csv->names[j] == NULL)
            return RS_ERR_NOMEM;
    }
    return RS_OK;
}

/* R writes no name for the column of row names. */
static enum rs_status put_row_name(struct rs_csv *csv, struct rs_error *err)
{
    const char *name = csv->options.row_name;
    char **names = realloc(csv->names, (csv->n_columns + 1) * sizeof *names);

    if (names == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    csv->names = names;
    memmove(names + 1, names, csv->n_columns * sizeof *names);
    names[0] = rs_text_copy(name, strlen(name), err);
    csv->n_columns++;
    return names[0] != NULL ? RS_OK : RS_ERR_NOMEM;
}

static enum rs_status read_header(struct rs_csv *csv, uint64_t begin,
                                  char *buffer, struct rs_error *err)
{
    struct header header = {csv, 0, err, RS_OK};
    const struct rs_csv_visitor visitor = {&header, header_field, header_record,
                                           NULL};
    const struct rs_chunk all = {.begin = begin, .end = csv->bytes.size};
    struct rs_csv_fault fault;
    enum rs_status status = RS_OK;

    (void)rs_csv_walk(csv, begin, csv->bytes.size, 0, buffer, &visitor, &fault);
    if (header.status != RS_OK)
        return header.status;
    if (fault.wrong != RS_CSV_FINE)
        return rs_csv_report(csv, &all, &fault, err);
    if (csv->n_columns == 0)
        return rs_error_set_at(err, RS_ERR_MALFORMED, csv->bytes.path, 1, 0,
                               "no header: the input is empty");
    csv->data_begin = begin;
    if (!csv->options.has_header)
        return name_by_number(csv, err);
    if (csv->options.row_name != NULL)
        status = put_row_name(csv, err);
    if (status == RS_OK)
        status = first_record_end(&csv->data_begin, csv, begin, buffer, err);
    if (status == RS_OK)
        status = find_header_line(csv, begin, err);
    return status;
}

/* The delimiter that was asked for, or that the first bytes show. */
static enum rs_status find_delimiter(struct rs_csv *csv, const char *bytes,
                                     size_t n, struct rs_error *err)
{
    char decimal = csv->options.decimal;

    if (csv->delimiter == '\0')
        csv->delimiter = rs_sniff_delimiter(bytes, n, decimal);
    if (csv->delimiter == decimal)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{delimiter} and {decimal} are both '%c': the "
                            "first lines of '%s' show no other delimiter",
                            decimal, csv->bytes.path);
    if (csv->comment_len > 0 && csv->comment[0] == csv->delimiter)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{comment} '%s' begins with what separates the "
                            "fields of '%s'",
                            csv->comment, csv->bytes.path);
    return RS_OK;
}

/* ---- opening ----------------------------------------------------- */

/* Offset of the line behind those that are to be skipped.
 * begin  inout  that of the first line */
static enum rs_status skip_lines(uint64_t *begin, const struct rs_csv *csv,
                                 char *buffer, struct rs_error *err)
{
    uint64_t ends = 0;
    bool after_cr = false; /* CRLF is one line end */

    for (uint64_t at = *begin;;) {
        const char *bytes = NULL;
        size_t n = 0;
        enum rs_status status = rs_bytes_read(&bytes, &n, &csv->bytes, at,
                                              buffer, SNIFF_BYTES, err);
        if (status != RS_OK)
            return status;
        for (size_t i = 0; i < n; i++) {
            char c = bytes[i];
            if (ends == csv->options.n_skip && !(after_cr && c == '\n')) {
                *begin = at + i;
                return RS_OK;
            }
            ends += c == '\r' || (c == '\n' && !after_cr) ? 1 : 0;
            after_cr = c == '\r';
        }
        at += n;
        if (n == 0)
            return rs_error_set_at(
                err, RS_ERR_MALFORMED, csv->bytes.path, 0, 0,
                "there is nothing behind the %" PRIu64 " line%s of {skip}",
                csv->options.n_skip, csv->options.n_skip == 1 ? "" : "s");
    }
}

/* Excel's first line, which says what separates the others. */
static enum rs_status check_first_line(const struct rs_csv *csv,
                                       const char *bytes, size_t n,
                                       struct rs_error *err)
{
    char mark = rs_sniff_sep_line(bytes, n);

    if (mark == '\0')
        return RS_OK;
    return rs_error_set_at(err, RS_ERR_MALFORMED, csv->bytes.path, 1, 0,
                           mark == '\t'
                               ? "Excel's line that names the separator: "
                                 "{skip} 1 {d} tab reads what is below it"
                               : "Excel's line that names the separator: "
                                 "{skip} 1 {d} '%c' reads what is below it",
                           mark);
}

/* Finds where the header begins and what delimits fields.
 * buffer  out  [SNIFF_BYTES] scratch */
static enum rs_status find_layout(uint64_t *begin, struct rs_csv *csv,
                                  char *buffer, struct rs_error *err)
{
    struct rs_csv_stream stream = {.csv = csv};
    const char *bytes = NULL;
    size_t n = 0;
    size_t mark = 0;
    enum rs_status status =
        rs_bytes_read(&bytes, &n, &csv->bytes, 0, buffer, SNIFF_BYTES, err);

    if (status == RS_OK)
        status = rs_sniff_kind(&mark, bytes, n, csv->bytes.path, err);
    *begin = mark;
    if (status == RS_OK && csv->options.n_skip == 0)
        status = check_first_line(csv, bytes + mark, n - mark, err);
    else if (status == RS_OK)
        status = skip_lines(begin, csv, buffer, err);
    if (status == RS_OK)
        status =
            rs_csv_read(&bytes, &n, &stream, *begin, buffer, SNIFF_BYTES, err);
    if (status == RS_OK)
        status = find_delimiter(csv, bytes, n, err);
    return status;
}

/* Notes what was asked for. */
static enum rs_status take_options(struct rs_csv *csv,
                                   const struct rs_csv_options *options,
                                   struct rs_error *err)
{
    csv->options = *options;
    csv->block_bytes = BLOCK_BYTES;
    csv->chunk_bytes = wanted_chunk;
    csv->is_blanks = options->delimiter == RS_CSV_BLANKS;
    csv->delimiter = csv->is_blanks ? '\t' : options->delimiter;
    if (options->comment != NULL) {
        csv->comment_len = strlen(options->comment);
        csv->comment = rs_text_copy(options->comment, csv->comment_len, err);
        if (csv->comment == NULL)
            return RS_ERR_NOMEM;
    }
    csv->is_remade =
        csv->is_blanks || options->trailing_delimiter || csv->comment_len > 0;
    return RS_OK;
}

enum rs_status rs_csv_open(struct rs_csv **out, struct rs_bytes *from,
                           const struct rs_csv_options *options,
                           struct rs_error *err)
{
    const struct rs_column_rules rules = {&options->cells, 1, NULL};
    struct rs_csv *csv = rs_alloc(1, sizeof *csv, err);
    char *buffer = rs_alloc(SNIFF_BYTES + RS_CSV_PAD, 1, err);
    uint64_t begin = 0;
    enum rs_status status = RS_ERR_NOMEM;

    *out = NULL;
    if (csv == NULL || buffer == NULL)
        goto done;
    csv->bytes = *from;
    *from = (struct rs_bytes){.fd = -1};
    status = take_options(csv, options, err);
    if (status == RS_OK)
        status = find_layout(&begin, csv, buffer, err);
    if (status == RS_OK)
        status = rs_csv_set_rules(csv, &rules, 0, err);
    if (status != RS_OK)
        goto done;
    csv->only_libcsv = csv->delimiter == '"' || csv->delimiter == '\n' ||
                       csv->delimiter == '\r';
    csv->begin = begin;
    status = read_header(csv, begin, buffer, err);
    if (status != RS_OK)
        goto done;
    *out = csv;
    csv = NULL;
done:
    free(buffer);
    rs_bytes_close(from); /* nothing is left of it but after an error */
    rs_csv_close(csv);
    return status;
}

void rs_csv_close(struct rs_csv *csv)
{
    if (csv == NULL)
        return;
    rs_bytes_close(&csv->bytes);
    for (size_t j = 0; j < csv->n_columns; j++)
        free(csv->names[j]);
    rs_cell_readers_clear(&csv->cells);
    free(csv->comment);
    free(csv->names);
    free(csv->chunks);
    free(csv);
}
