/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_stream.h"

#include <string.h>

/* Bytes on their way: those of [offset, offset + n). */
struct block {
    const struct rs_csv *csv;
    enum rs_csv_where where;
    const char *found[3]; /* rs_csv_next_special */
    char *text;
    size_t n;
    uint64_t offset;
    struct rs_error *err;
    enum rs_status status;
};

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(const struct rs_csv *csv, char c)
{
    return (c == ' ' || c == '\t') && (c != csv->delimiter || csv->is_blanks);
}

/* What is no field, and delimits none. */
static char filler(const struct rs_csv *csv)
{
    return csv->delimiter == ' ' ? '\t' : ' ';
}

/* ---- what is behind the block ------------------------------------ */

/* The first byte from `place` of the block on that is no blank; a line end at
 * the end of the input. */
static char next_mark(struct block *block, size_t place)
{
    uint64_t at = block->offset + block->n;

    for (; place < block->n; place++)
        if (!is_blank(block->csv, block->text[place]))
            return block->text[place];
    while (block->status == RS_OK) {
        char buffer[64];
        const char *bytes = NULL;
        size_t n = 0;
        block->status = rs_bytes_read(&bytes, &n, &block->csv->bytes, at,
                                      buffer, sizeof buffer, block->err);
        if (n == 0)
            break;
        for (size_t i = 0; i < n && block->status == RS_OK; i++)
            if (!is_blank(block->csv, bytes[i]))
                return bytes[i];
        at += n;
    }
    return '\n';
}

/* Whether a comment begins at `place`; the end of the block may cut it. */
static bool begins_comment(struct block *block, size_t place)
{
    const struct rs_csv *csv = block->csv;
    const char *bytes = block->text + place;
    size_t n = block->n - place;
    char buffer[RS_CSV_COMMENT_MOST];

    if (csv->comment_len == 0 || bytes[0] != csv->comment[0])
        return false;
    if (n < csv->comment_len)
        block->status =
            rs_bytes_read(&bytes, &n, &csv->bytes, block->offset + place,
                          buffer, csv->comment_len, block->err);
    return block->status == RS_OK && n >= csv->comment_len &&
           memcmp(bytes, csv->comment, csv->comment_len) == 0;
}

/* ---- steps: each takes what it can from i on ---------------------- */

/* Each returns where the next begins. */

static size_t line_end_from(const struct block *block, size_t i)
{
    while (i < block->n && !is_line_end(block->text[i]))
        i++;
    return i;
}

static size_t take_blanks(const struct block *block, size_t i)
{
    for (; i < block->n && is_blank(block->csv, block->text[i]); i++)
        block->text[i] = filler(block->csv);
    return i;
}

static size_t take_line_start(struct block *block, size_t i)
{
    i = take_blanks(block, i);
    if (i == block->n)
        return i;
    if (is_line_end(block->text[i]))
        return i + 1;
    block->where = begins_comment(block, i) ? RS_CSV_COMMENT : RS_CSV_FIELD;
    return i;
}

static size_t take_comment(struct block *block, size_t i)
{
    size_t end = line_end_from(block, i);

    memset(block->text + i, filler(block->csv), end - i);
    if (end < block->n)
        block->where = RS_CSV_LINE_START;
    return end;
}

static size_t take_quoted(struct block *block, size_t i)
{
    const char *quote = memchr(block->text + i, '"', block->n - i);

    if (quote == NULL)
        return block->n;
    block->where = RS_CSV_FIELD;
    return (size_t)(quote - block->text) + 1;
}

/* A run of blanks that begins at i, behind a field. */
static size_t take_run(struct block *block, size_t i)
{
    size_t end = take_blanks(block, i);

    if (!is_line_end(next_mark(block, end)))
        block->text[i] = block->csv->delimiter;
    if (end == block->n)
        block->where = RS_CSV_RUN;
    return end;
}

/* Fields between runs of blanks. */
static size_t take_spaced(struct block *block, size_t i)
{
    char *text = block->text;

    for (; i < block->n; i++) {
        char c = text[i];
        size_t end = i + 1;
        if (c > '"') /* nearly always */
            continue;
        if (c == '"') {
            block->where = RS_CSV_QUOTED;
            return i + 1;
        }
        if (is_line_end(c)) {
            block->where = RS_CSV_LINE_START;
            return i;
        }
        if (c != ' ' && c != '\t')
            continue;
        while (end < block->n && (text[end] == ' ' || text[end] == '\t'))
            text[end++] = ' ';
        if (end == block->n || is_line_end(text[end]))
            return take_run(block, i);
        text[i] = block->csv->delimiter;
        i = end - 1;
    }
    return i;
}

/* Drops the delimiter, if there is one, that ends the line before `end`. */
static void drop_last(const struct block *block, size_t end)
{
    while (end > 0 && is_blank(block->csv, block->text[end - 1]))
        end--;
    if (end > 0 && block->text[end - 1] == block->csv->delimiter)
        block->text[end - 1] = filler(block->csv);
}

/* Fields between delimiters. */
static size_t take_delimited(struct block *block, size_t i)
{
    bool drops = block->csv->drops_last;
    const char *end = block->text + block->n;
    const char *special =
        rs_csv_next_special(block->found, block->text + i, end);
    size_t at = (size_t)(special - block->text);

    if (special < end && *special == '"') {
        block->where = RS_CSV_QUOTED;
        return at + 1;
    }
    if (drops && (special < end || is_line_end(next_mark(block, at))))
        drop_last(block, at);
    if (special < end)
        block->where = RS_CSV_LINE_START;
    return at;
}

static size_t take(struct block *block, size_t i)
{
    switch (block->where) {
    case RS_CSV_LINE_START:
        return take_line_start(block, i);
    case RS_CSV_COMMENT:
        return take_comment(block, i);
    case RS_CSV_QUOTED:
        return take_quoted(block, i);
    case RS_CSV_RUN:
        i = take_blanks(block, i);
        if (i < block->n)
            block->where = RS_CSV_FIELD;
        return i;
    case RS_CSV_FIELD:
        break;
    }
    return block->csv->is_blanks ? take_spaced(block, i)
                                 : take_delimited(block, i);
}

enum rs_status rs_csv_remake(const char **at, size_t *n_read,
                             struct rs_csv_stream *stream, uint64_t offset,
                             char *buffer, size_t n, struct rs_error *err)
{
    const struct rs_csv *csv = stream->csv;
    size_t kept = offset < stream->end ? (size_t)(stream->end - offset) : 0;
    struct block block = {.csv = csv,
                          .where = stream->where,
                          .text = buffer + kept,
                          .offset = offset + kept,
                          .err = err};
    const char *bytes = NULL;

    if (kept > 0)
        memmove(buffer, buffer + (offset - stream->begin), kept);
    block.status = rs_bytes_read(&bytes, &block.n, &csv->bytes, block.offset,
                                 block.text, n - kept, err);
    if (block.status == RS_OK && bytes != block.text)
        memcpy(block.text, bytes, block.n);
    for (size_t i = 0; i < block.n && block.status == RS_OK;)
        i = take(&block, i);
    stream->where = block.where;
    stream->begin = offset;
    stream->end = block.offset + block.n;
    *at = buffer;
    *n_read = kept + block.n;
    return block.status;
}
