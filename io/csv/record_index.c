/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record_index.h"

#include "csv_stream.h"

#include <stdlib.h>
#include <string.h>

/* Where in a record the scan is. */
enum state {
    BETWEEN,       /* records; blank lines are here too */
    BEFORE,        /* fields before the name */
    BEFORE_QUOTED, /* the same, inside quotes */
    NAME_BEGIN,    /* blanks before the name */
    NAME,          /* the name, unquoted */
    QUOTED,        /* the name, inside its quotes */
    QUOTE_SEEN,    /* the name, behind a quote that may close it */
    REST,          /* the fields behind the name */
    REST_QUOTED    /* the same, inside quotes */
};

/* One chunk on its way to be indexed. */
struct scan {
    const struct rs_csv *csv;
    size_t name_field;
    enum state state;
    size_t field;  /* before the name: which one */
    uint64_t ends; /* line ends so far; CRLF counts once */
    bool after_cr;
    char *name; /* [name_room] the name as far as it is known */
    size_t name_len, name_room;
    struct rs_record *records; /* [room]; lines from 0, of the chunk */
    size_t n, room;
    struct rs_error error;
};

/* Doubles an array that is full. */
static bool make_room(void **array, size_t *room, size_t n, size_t size,
                      struct rs_error *err)
{
    size_t more = *room == 0 ? 64 : 2 * *room;
    void *moved = NULL;

    if (n < *room)
        return true;
    moved = realloc(*array, more * size);
    if (moved == NULL) {
        (void)rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        return false;
    }
    *array = moved;
    *room = more;
    return true;
}

static void append(struct scan *scan, char c)
{
    void *name = scan->name;

    if (make_room(&name, &scan->name_room, scan->name_len, 1, &scan->error)) {
        scan->name = name;
        scan->name[scan->name_len++] = c;
    }
}

static bool is_blank(const struct scan *scan, char c)
{
    return (c == ' ' || c == '\t') && c != scan->csv->delimiter;
}

static void begin_record(struct scan *scan, uint64_t offset)
{
    void *records = scan->records;

    scan->name_len = 0;
    scan->field = 0;
    if (make_room(&records, &scan->room, scan->n, sizeof *scan->records,
                  &scan->error)) {
        scan->records = records;
        scan->records[scan->n++] = (struct rs_record){offset, scan->ends, NULL};
    }
}

static void end_name(struct scan *scan, enum state next)
{
    size_t len = scan->name_len;

    if (scan->state == NAME)
        while (len > 0 && is_blank(scan, scan->name[len - 1]))
            len--;
    scan->state = next;
    if (scan->error.status != RS_OK)
        return;
    scan->records[scan->n - 1].name =
        rs_text_copy(len > 0 ? scan->name : "", len, &scan->error);
}

/* A byte of the name, or behind its closing quote. */
static void step_name(struct scan *scan, char c)
{
    if (scan->state == QUOTED && c == '"')
        scan->state = QUOTE_SEEN;
    else if (scan->state == QUOTED)
        append(scan, c);
    else if (c == scan->csv->delimiter)
        end_name(scan, REST);
    else if (c == '\n' || c == '\r')
        end_name(scan, BETWEEN);
    else if (scan->state == NAME)
        append(scan, c);
    else if (c == '"') { /* a doubled quote */
        append(scan, c);
        scan->state = QUOTED;
    }
}

/* The first byte of the name, which may be that behind it. */
static void begin_name(struct scan *scan, char c)
{
    scan->state = c == '"' ? QUOTED : NAME;
    if (c != '"')
        step_name(scan, c);
}

/* A byte of a field before the name, outside quotes; a record that ends here
 * has none. */
static void step_before(struct scan *scan, char c)
{
    if (c == '"')
        scan->state = BEFORE_QUOTED;
    else if (c == '\n' || c == '\r')
        end_name(scan, BETWEEN);
    else if (c == scan->csv->delimiter && ++scan->field == scan->name_field)
        scan->state = NAME_BEGIN;
}

static void step(struct scan *scan, char c, uint64_t offset)
{
    bool line_end = c == '\n' || c == '\r';

    switch (scan->state) {
    case BETWEEN:
        if (line_end || is_blank(scan, c))
            break;
        begin_record(scan, offset);
        scan->state = scan->name_field > 0 ? BEFORE : NAME_BEGIN;
        if (scan->state == BEFORE)
            step_before(scan, c);
        else
            begin_name(scan, c);
        break;
    case BEFORE:
        step_before(scan, c);
        break;
    case BEFORE_QUOTED:
        scan->state = c == '"' ? BEFORE : BEFORE_QUOTED;
        break;
    case NAME_BEGIN:
        if (!is_blank(scan, c))
            begin_name(scan, c);
        break;
    case NAME:
    case QUOTED:
    case QUOTE_SEEN:
        step_name(scan, c);
        break;
    case REST:
        scan->state = c == '"' ? REST_QUOTED : line_end ? BETWEEN : REST;
        break;
    case REST_QUOTED:
        scan->state = c == '"' ? REST : REST_QUOTED;
        break;
    }
    scan->ends += c == '\r' || (c == '\n' && !scan->after_cr) ? 1 : 0;
    scan->after_cr = c == '\r';
}

static void scan_block(struct scan *scan, const char *bytes, size_t n,
                       uint64_t offset)
{
    const char *found[3] = {NULL, NULL, NULL};
    const char *end = bytes + n;

    for (const char *at = bytes; at < end; at++) {
        if (scan->state == REST) {
            at = rs_csv_next_special(found, at, end);
            if (at == end)
                break;
        }
        step(scan, *at, offset + (uint64_t)(at - bytes));
    }
}

struct indexing {
    struct rs_csv *csv;
    size_t name_field;
    struct scan *scans; /* [n_chunks] */
};

static void scan_chunk(void *ctx, size_t i)
{
    const struct indexing *indexing = ctx;
    const struct rs_csv *csv = indexing->csv;
    const struct rs_chunk *chunk = &csv->chunks[i];
    struct scan *scan = &indexing->scans[i];
    struct rs_csv_stream stream = {.csv = csv};
    char *buffer = rs_alloc(csv->block_bytes, 1, &scan->error);

    scan->csv = csv;
    scan->name_field = indexing->name_field;
    for (uint64_t at = chunk->begin;
         at < chunk->end && scan->error.status == RS_OK;) {
        const char *bytes = NULL;
        size_t n = csv->block_bytes;
        if (n > chunk->end - at)
            n = (size_t)(chunk->end - at);
        if (rs_csv_read(&bytes, &n, &stream, at, buffer, n, &scan->error) !=
            RS_OK)
            break;
        scan_block(scan, bytes, n, at);
        at += n;
    }
    if (scan->state > BETWEEN && scan->state < REST)
        end_name(scan, BETWEEN);
    free(buffer);
}

/* Strings the records of the chunks together. */
static enum rs_status gather(struct rs_record_index *out,
                             const struct indexing *indexing,
                             struct rs_error *err)
{
    struct rs_csv *csv = indexing->csv;
    uint64_t line = 0;
    size_t n = 0;
    enum rs_status status = rs_csv_line_at(&line, csv, csv->data_begin, err);

    for (size_t i = 0; i < csv->n_chunks; i++)
        n += indexing->scans[i].n;
    if (status != RS_OK)
        return status;
    out->records = rs_alloc(n + 1, sizeof *out->records, err);
    if (out->records == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < csv->n_chunks; i++) {
        struct scan *scan = &indexing->scans[i];
        csv->chunks[i].first_row = out->n;
        csv->chunks[i].n_rows = scan->n;
        for (size_t r = 0; r < scan->n; r++) {
            out->records[out->n] = scan->records[r];
            out->records[out->n++].line += line;
        }
        scan->n = 0; /* the names have moved */
        line += scan->ends;
    }
    out->records[out->n] = (struct rs_record){csv->bytes.size, line, NULL};
    return RS_OK;
}

enum rs_status rs_record_index_init(struct rs_record_index *out,
                                    struct rs_csv *csv, size_t name_field,
                                    struct rs_error *err)
{
    struct indexing indexing = {csv, name_field, NULL};
    enum rs_status status = rs_csv_split(csv, err);

    memset(out, 0, sizeof *out);
    if (status != RS_OK)
        return status;
    indexing.scans = rs_alloc(csv->n_chunks, sizeof *indexing.scans, err);
    if (indexing.scans == NULL)
        return RS_ERR_NOMEM;
    rs_csv_parallel(csv, csv->n_chunks, &indexing, scan_chunk);
    for (size_t i = 0; i < csv->n_chunks && status == RS_OK; i++) {
        status = indexing.scans[i].error.status;
        if (status != RS_OK && err != NULL)
            *err = indexing.scans[i].error;
    }
    if (status == RS_OK)
        status = gather(out, &indexing, err);
    for (size_t i = 0; i < csv->n_chunks; i++) {
        struct scan *scan = &indexing.scans[i];
        for (size_t r = 0; r < scan->n; r++)
            free(scan->records[r].name);
        free(scan->records);
        free(scan->name);
    }
    free(indexing.scans);
    return status;
}

void rs_record_index_clear(struct rs_record_index *index)
{
    for (size_t i = 0; i < index->n; i++)
        free(index->records[i].name);
    free(index->records);
    memset(index, 0, sizeof *index);
}
