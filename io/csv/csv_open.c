/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 18 };
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

/* ---- opening ----------------------------------------------------- */

static void set_remade(struct rs_csv *csv, bool drops_last)
{
    csv->drops_last = drops_last;
    csv->is_remade = drops_last || csv->is_blanks || csv->comment_len > 0;
}

static void count_field(void *ctx, size_t field, const char *text, size_t len)
{
    (void)text;
    (void)len;
    *(size_t *)ctx = field + 1;
}

/* Where the header alone ends in a delimiter, the data keep theirs: it stands
 * before a cell that is missing. The first record tells. */
static void look_at_data(struct rs_csv *csv, char *buffer)
{
    size_t n_fields = 0;
    const struct rs_csv_visitor visitor = {&n_fields, count_field,
                                           header_record, NULL};
    struct rs_csv_fault fault;

    set_remade(csv, false);
    (void)rs_csv_walk(csv, csv->data_begin, csv->bytes.size, 0, buffer,
                      &visitor, &fault);
    set_remade(csv, n_fields != csv->n_columns);
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
    set_remade(csv, options->trailing_delimiter);
    return RS_OK;
}

enum rs_status rs_csv_open(struct rs_csv **out, struct rs_bytes *from,
                           const struct rs_csv_options *options,
                           struct rs_error *err)
{
    const struct rs_column_rules rules = {&options->cells, 1, NULL};
    struct rs_csv *csv = rs_alloc(1, sizeof *csv, err);
    char *buffer = rs_alloc(RS_CSV_SNIFF_BYTES + RS_CSV_PAD, 1, err);
    uint64_t begin = 0;
    enum rs_status status = RS_ERR_NOMEM;

    *out = NULL;
    if (csv == NULL || buffer == NULL)
        goto done;
    csv->bytes = *from;
    *from = (struct rs_bytes){.fd = -1};
    status = take_options(csv, options, err);
    if (status == RS_OK)
        status = rs_csv_find_layout(&begin, csv, buffer, err);
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
    if (options->trailing_delimiter)
        look_at_data(csv, buffer);
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
