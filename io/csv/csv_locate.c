/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_stream.h"
#include "layout_hint.h"

#include <csv.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * Where something stands, for messages. Nothing here runs unless there is
 * something to report: the fast path counts no lines.
 */

/* Line ends seen so far; CRLF counts once. */
struct line_count {
    uint64_t ends;
    bool after_cr;
};

static void count_byte(struct line_count *count, char c)
{
    if (c == '\r' || (c == '\n' && !count->after_cr))
        count->ends++;
    count->after_cr = c == '\r';
}

enum rs_status rs_csv_line_at(uint64_t *line, const struct rs_csv *csv,
                              uint64_t offset, struct rs_error *err)
{
    struct line_count count = {0, false};
    enum rs_status status = RS_OK;
    char *buffer = rs_alloc(csv->block_bytes, 1, err);

    if (buffer == NULL)
        return RS_ERR_NOMEM;
    for (uint64_t at = 0; at < offset && status == RS_OK;) {
        const char *bytes = NULL;
        size_t n = csv->block_bytes;
        if (n > offset - at)
            n = (size_t)(offset - at);
        status = rs_bytes_read(&bytes, &n, &csv->bytes, at, buffer, n, err);
        if (n == 0)
            break;
        for (size_t i = 0; i < n && status == RS_OK; i++)
            count_byte(&count, bytes[i]);
        at += n;
    }
    free(buffer);
    *line = count.ends + 1;
    return status;
}

/* A slow walk that knows its place: libcsv is fed byte by byte. */
struct place {
    char delimiter;
    uint64_t wanted; /* record */
    uint64_t record;
    size_t field;
    uint64_t *lines; /* [n] */
    size_t n;
    bool found;     /* the record is over */
    bool new_field; /* the next byte begins a field */
};

static void on_field(void *text, size_t len, void *data)
{
    struct place *place = data;

    (void)text;
    (void)len;
    place->field++;
    place->new_field = true;
}

static void on_record(int end, void *data)
{
    struct place *place = data;

    (void)end;
    place->found = place->found || place->record == place->wanted;
    place->record++;
    place->field = 0;
    place->new_field = true;
}

/* Takes one byte: notes the line if it begins a field of the record. Blanks
 * before a record do not: they may be all of a blank line. */
static void take_byte(struct place *place, const struct line_count *count,
                      char c)
{
    bool between = place->field == 0 && c != place->delimiter &&
                   (c == '\r' || c == '\n' || c == ' ' || c == '\t');

    if (!place->new_field || between)
        return;
    place->new_field = false;
    if (place->record == place->wanted && place->field < place->n)
        place->lines[place->field] = count->ends + 1;
}

static enum rs_status crawl(struct place *place, struct csv_parser *parser,
                            struct line_count *count, const struct rs_csv *csv,
                            const struct rs_chunk *chunk, char *buffer,
                            struct rs_error *err)
{
    struct rs_csv_stream stream = {.csv = csv};

    for (uint64_t at = chunk->begin; at < chunk->end && !place->found;) {
        const char *bytes = NULL;
        size_t n = csv->block_bytes;
        enum rs_status status = RS_OK;
        if (n > chunk->end - at)
            n = (size_t)(chunk->end - at);
        status = rs_csv_read(&bytes, &n, &stream, at, buffer, n, err);
        if (status != RS_OK)
            return status;
        for (size_t i = 0; i < n && !place->found; i++) {
            take_byte(place, count, bytes[i]);
            if (csv_parse(parser, &bytes[i], 1, on_field, on_record, place) !=
                1)
                return RS_OK; /* the fault itself has been reached */
            count_byte(count, bytes[i]);
        }
        at += n;
    }
    return RS_OK;
}

enum rs_status rs_csv_field_lines(uint64_t *lines, size_t n,
                                  const struct rs_csv *csv,
                                  const struct rs_chunk *chunk, uint64_t record,
                                  struct rs_error *err)
{
    struct place place = {.delimiter = csv->delimiter,
                          .wanted = record,
                          .lines = lines,
                          .n = n,
                          .new_field = true};
    struct line_count count = {0, false};
    struct csv_parser parser;
    uint64_t first = 0;
    char *buffer = rs_alloc(csv->block_bytes, 1, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (buffer == NULL)
        return RS_ERR_NOMEM;
    if (csv_init(&parser, CSV_STRICT | CSV_APPEND_NULL) != 0) {
        free(buffer);
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    }
    csv_set_delim(&parser, (unsigned char)csv->delimiter);
    status = rs_csv_line_at(&first, csv, chunk->begin, err);
    count.ends = first - 1;
    memset(lines, 0, n * sizeof *lines);
    if (status == RS_OK)
        status = crawl(&place, &parser, &count, csv, chunk, buffer, err);
    for (size_t i = 0; i < n; i++) /* fields that are not there */
        if (lines[i] == 0)
            lines[i] = i > 0 ? lines[i - 1] : count.ends + 1;
    csv_free(&parser);
    free(buffer);
    return status;
}

enum rs_status rs_csv_row_line(uint64_t *line, const struct rs_csv *csv,
                               uint64_t row, size_t field, struct rs_error *err)
{
    uint64_t *lines = rs_alloc(field + 1, sizeof *lines, err);
    size_t i = csv->n_chunks - 1;
    enum rs_status status = RS_OK;

    if (lines == NULL)
        return RS_ERR_NOMEM;
    while (i > 0 && csv->chunks[i].first_row > row)
        i--;
    status = rs_csv_field_lines(lines, field + 1, csv, &csv->chunks[i],
                                row - csv->chunks[i].first_row, err);
    *line = lines[field];
    free(lines);
    return status;
}

/* ---- messages ---------------------------------------------------- */

/* field: from 0; one behind the header's last has no name. */
static enum rs_status refuse_field(const struct rs_csv *csv, uint64_t line,
                                   size_t field, const char *reason,
                                   struct rs_error *err)
{
    if (field >= csv->n_columns)
        return rs_error_set_at(err, RS_ERR_MALFORMED, csv->bytes.path, line,
                               field + 1, "%s", reason);
    return rs_error_set_at(err, RS_ERR_MALFORMED, csv->bytes.path, line,
                           field + 1, "field %zu (%s): %s", field + 1,
                           csv->names[field], reason);
}

void rs_csv_offer_layout(struct rs_error *err, const struct rs_csv *csv)
{
    enum { FIRST_BYTES = 1 << 24 }; /* headers may be long */
    char *buffer = rs_alloc(FIRST_BYTES, 1, NULL);
    struct rs_csv_stream stream = {.csv = csv};
    struct rs_layout_lines lines = {
        .n_above = csv->options.n_skip,
        .delimiter = csv->delimiter,
        .is_found = csv->options.delimiter == '\0',
        .has_header = csv->options.has_header,
        .drops_last = csv->options.trailing_delimiter,
        .names_first = csv->options.row_name != NULL};
    struct rs_layout layout;

    if (buffer == NULL)
        return;
    if (rs_csv_read(&lines.bytes, &lines.n, &stream, csv->begin, buffer,
                    FIRST_BYTES, NULL) == RS_OK) {
        bool is_cut = lines.n == FIRST_BYTES;
        while (is_cut && lines.n > 0 && lines.bytes[lines.n - 1] != '\n')
            lines.n--; /* the last line is cut */
        if (rs_layout_find(&layout, &lines))
            rs_layout_offer(err, &layout);
    }
    free(buffer);
}

static enum rs_status report_field(const struct rs_csv *csv,
                                   const struct rs_chunk *chunk,
                                   const struct rs_csv_fault *fault,
                                   struct rs_error *err)
{
    size_t n = fault->wrong == RS_CSV_UNCLOSED ? fault->field + 1 : 1;
    uint64_t *lines = rs_alloc(n, sizeof *lines, err);
    uint64_t line = 0;
    enum rs_status status = RS_ERR_NOMEM;

    if (lines == NULL)
        return RS_ERR_NOMEM;
    status = rs_csv_field_lines(lines, n, csv, chunk, fault->record, err);
    line = lines[n - 1];
    free(lines);
    if (status != RS_OK)
        return status;
    if (fault->wrong == RS_CSV_UNCLOSED)
        return refuse_field(csv, line, fault->field,
                            "the quote that begins it is never closed", err);
    status = rs_error_set_at(err, RS_ERR_MALFORMED, csv->bytes.path, line, 0,
                             csv->options.row_name == NULL
                                 ? "%zu field%s, but the header has %zu"
                                 : "%zu field%s, but the header has %zu with "
                                   "that of {row-names}",
                             fault->n_fields, fault->n_fields == 1 ? "" : "s",
                             csv->n_columns);
    rs_csv_offer_layout(err, csv);
    return status;
}

enum rs_status rs_csv_report(const struct rs_csv *csv,
                             const struct rs_chunk *chunk,
                             const struct rs_csv_fault *fault,
                             struct rs_error *err)
{
    static const char *const reasons[] = {
        [RS_CSV_STRAY_QUOTE] = "a quote inside a field that is not quoted",
        [RS_CSV_AFTER_QUOTE] = "text behind the closing quote of a field",
        [RS_CSV_NUL] = "a NUL byte",
    };
    uint64_t line = 0;
    enum rs_status status = RS_OK;

    switch (fault->wrong) {
    case RS_CSV_FINE:
        return RS_OK;
    case RS_CSV_RUN_ERROR:
        if (err != NULL)
            *err = fault->error;
        return fault->error.status;
    case RS_CSV_RAGGED:
    case RS_CSV_UNCLOSED:
        return report_field(csv, chunk, fault, err);
    case RS_CSV_STRAY_QUOTE:
    case RS_CSV_AFTER_QUOTE:
    case RS_CSV_NUL:
        break;
    }
    status = rs_csv_line_at(&line, csv, fault->offset, err);
    if (status != RS_OK)
        return status;
    status = refuse_field(csv, line, fault->field, reasons[fault->wrong], err);
    rs_csv_offer_layout(err, csv);
    return status;
}
