/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_stream.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/*
 * Two readers take turns. Plain fields are taken straight from the block:
 * those without quotes or NUL, and quoted ones with nothing but bytes between
 * the quotes. Where a field is not plain, libcsv reads on to the end of its
 * record. So every rule about quotes is libcsv's, and few bytes go through
 * its state machine; test_csv.c compares the two.
 */
struct walk {
    const struct rs_csv_visitor *visitor;
    struct rs_csv_fault *fault;
    size_t n_columns;
    size_t field; /* the next in the record */
    uint64_t record;
    bool over;   /* nothing more is wanted */
    bool inside; /* libcsv is at work on a record */
    bool cut;    /* the end of the block cuts the field met last */
    char delimiter;
    bool ends[256]; /* bytes at which a plain field may end */
    struct csv_parser parser;
};

static void take_field(struct walk *walk, const char *text, size_t len)
{
    if (!walk->over)
        walk->visitor->field(walk->visitor->ctx, walk->field, text, len);
    walk->field++;
}

static void end_record(struct walk *walk)
{
    walk->inside = false;
    if (walk->over)
        return;
    if (walk->n_columns > 0 && walk->field != walk->n_columns) {
        walk->fault->wrong = RS_CSV_RAGGED;
        walk->fault->record = walk->record;
        walk->fault->n_fields = walk->field;
        walk->over = true;
        return;
    }
    walk->over = !walk->visitor->record(walk->visitor->ctx, walk->record);
    walk->field = 0;
    walk->record++;
}

static void set_fault(struct walk *walk, enum rs_csv_wrong wrong,
                      uint64_t offset)
{
    walk->fault->wrong = wrong;
    walk->fault->record = walk->record;
    walk->fault->field = walk->field;
    walk->fault->offset = offset;
    walk->over = true;
}

/* ---- plain fields ------------------------------------------------ */

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Blanks are no part of a field, unless they delimit. */
static bool is_blank(const struct walk *walk, char c)
{
    return (c == ' ' || c == '\t') && c != walk->delimiter;
}

/* Where the text of a field that begins with a quote ends, if it is simple:
 * one more quote, and then the separator. Otherwise NULL. */
static char *simple_quoted(struct walk *walk, char *text, const char *end)
{
    char *quote = memchr(text, '"', (size_t)(end - text));

    walk->cut = quote == NULL || quote + 1 == end;
    if (walk->cut || (quote[1] != walk->delimiter && !is_line_end(quote[1])))
        return NULL;
    return memchr(text, '\0', (size_t)(quote - text)) == NULL ? quote : NULL;
}

/* As simple_quoted for a field without quotes; the separator stands where
 * the text ends. */
static char *unquoted(struct walk *walk, char *text, const char *end)
{
    char *stop = text;

    while (!walk->ends[(unsigned char)*stop])
        stop++;
    walk->cut = stop == end;
    return *stop == '"' || *stop == '\0' ? NULL : stop;
}

/* Takes one field that no blank begins, and the separator behind it. Returns
 * where the next one begins; NULL when the field is not plain or is cut. */
static char *take_plain_field(struct walk *walk, char *at, const char *end)
{
    char *stop = NULL;
    char *separator = NULL;
    bool line_ends = false;

    if (*at == '"') {
        stop = simple_quoted(walk, ++at, end);
        separator = stop != NULL ? stop + 1 : NULL;
    } else {
        stop = unquoted(walk, at, end);
        separator = stop;
        while (stop > at && is_blank(walk, stop[-1]))
            stop--;
    }
    if (separator == NULL)
        return NULL;
    line_ends = is_line_end(*separator);
    *stop = '\0';
    take_field(walk, at, (size_t)(stop - at));
    if (line_ends)
        end_record(walk);
    return separator + 1;
}

/* Takes plain fields from [at, end), *end being NUL. Returns where the first
 * one begins that is not plain or is cut, or end. */
static char *take_plain(struct walk *walk, char *at, const char *end)
{
    const struct rs_csv_visitor *visitor = walk->visitor;

    while (!walk->over) {
        char *next = NULL;
        while (walk->field == 0 && (is_line_end(*at) || is_blank(walk, *at)))
            at++;
        if (visitor->plain != NULL) {
            const char *behind = at;
            size_t n = visitor->plain(visitor->ctx, walk->field, at, &behind);
            walk->field += n;
            at += behind - at;
            if (n > 0 && is_line_end(at[-1])) {
                end_record(walk);
                continue;
            }
        }
        if (is_blank(walk, *at)) { /* what is behind them may be plain */
            while (is_blank(walk, *at))
                at++;
            continue;
        }
        if (at == end)
            break;
        next = take_plain_field(walk, at, end);
        if (next == NULL)
            break;
        at = next;
    }
    return at;
}

/* ---- libcsv ------------------------------------------------------ */

static void on_field(void *text, size_t len, void *data)
{
    take_field(data, text != NULL ? text : "", len);
}

static void on_record(int end, void *data)
{
    (void)end;
    end_record(data);
}

static bool parser_init(struct walk *walk)
{
    if (csv_init(&walk->parser,
                 CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
        walk->fault->wrong = RS_CSV_RUN_ERROR;
        (void)rs_error_set(&walk->fault->error, RS_ERR_NOMEM, "out of memory");
        return false;
    }
    csv_set_delim(&walk->parser, (unsigned char)walk->delimiter);
    csv_set_blk_size(&walk->parser, 4096);
    return true;
}

/* Lets libcsv know, if need be, that a record has begun. */
static void enter_record(struct walk *walk)
{
    if (!walk->inside && walk->field > 0)
        (void)csv_parse(&walk->parser, &walk->delimiter, 1, NULL, NULL, NULL);
    walk->inside = true;
}

/* Feeds bytes; libcsv takes fewer than given only on an error, and a NUL
 * byte, which it would let pass, ends them. */
static void feed(struct walk *walk, const char *bytes, size_t n,
                 uint64_t offset)
{
    struct csv_parser *parser = &walk->parser;
    const char *nul = memchr(bytes, '\0', n);
    size_t wanted = nul != NULL ? (size_t)(nul - bytes) : n;
    size_t taken = csv_parse(parser, bytes, wanted, on_field, on_record, walk);

    if (walk->over)
        return;
    if (taken != wanted && csv_error(parser) == CSV_ENOMEM) {
        walk->fault->wrong = RS_CSV_RUN_ERROR;
        (void)rs_error_set(&walk->fault->error, RS_ERR_NOMEM,
                           "out of memory for a field");
        walk->over = true;
    } else if (taken != wanted) {
        set_fault(walk,
                  parser->quoted ? RS_CSV_AFTER_QUOTE : RS_CSV_STRAY_QUOTE,
                  offset + taken);
    } else if (nul != NULL) {
        set_fault(walk, RS_CSV_NUL, offset + wanted);
    }
}

/* Feeds libcsv until its record is over. Returns the bytes taken. */
static size_t take_hard(struct walk *walk, const char *bytes, size_t n,
                        uint64_t offset)
{
    size_t used = 0;

    enter_record(walk);
    while (used < n && walk->inside && !walk->over) {
        size_t to = used;
        while (to < n && !is_line_end(bytes[to]))
            to++;
        to += to < n ? 1 : 0;
        feed(walk, bytes + used, to - used, offset + used);
        used = to;
    }
    return used;
}

/* ---- the walk ---------------------------------------------------- */

/* Takes what can be taken of a block, at least one byte. A field that the
 * end of the block cuts is left for the next, unless the block is no more. */
static size_t take_block(struct walk *walk, char *block, size_t n,
                         uint64_t offset)
{
    size_t used = 0;

    while (used < n && !walk->over) {
        if (!walk->inside)
            used = (size_t)(take_plain(walk, block + used, block + n) - block);
        if (walk->over || used == n)
            break;
        if (!walk->inside && used > 0 && walk->cut)
            break;
        used += take_hard(walk, block + used, n - used, offset + used);
    }
    return used;
}

static void walk_init(struct walk *walk, const struct rs_csv *csv)
{
    walk->delimiter = csv->delimiter;
    walk->ends[(unsigned char)csv->delimiter] = true;
    walk->ends['\n'] = true;
    walk->ends['\r'] = true;
    walk->ends['"'] = true;
    walk->ends['\0'] = true;
}

uint64_t rs_csv_walk(const struct rs_csv *csv, uint64_t begin, uint64_t end,
                     size_t n_columns, char *buffer,
                     const struct rs_csv_visitor *visitor,
                     struct rs_csv_fault *fault)
{
    struct walk walk = {
        .visitor = visitor, .fault = fault, .n_columns = n_columns};
    struct rs_csv_stream stream = {.csv = csv};
    uint64_t at = begin;

    memset(fault, 0, sizeof *fault);
    walk_init(&walk, csv);
    if (!parser_init(&walk))
        return begin;
    while (at < end && !walk.over) {
        const char *bytes = NULL;
        size_t n = csv->block_bytes;
        if (n > end - at)
            n = (size_t)(end - at);
        if (rs_csv_read(&bytes, &n, &stream, at, buffer, n, &fault->error) !=
            RS_OK) {
            fault->wrong = RS_CSV_RUN_ERROR;
            break;
        }
        if (csv->only_libcsv) {
            feed(&walk, bytes, n, at);
            at += n;
            continue;
        }
        if (bytes != buffer)
            memcpy(buffer, bytes, n);
        buffer[n] = '\0';
        at += take_block(&walk, buffer, n, at);
    }
    if (!walk.over && fault->wrong == RS_CSV_FINE) {
        if (!csv->only_libcsv)
            enter_record(&walk);
        if (csv_fini(&walk.parser, on_field, on_record, &walk) != 0)
            set_fault(&walk, RS_CSV_UNCLOSED, end);
    }
    csv_free(&walk.parser);
    return at;
}

#define TEXT_OF(x)    #x
#define VERSION_OF(x) TEXT_OF(x)

const char *rs_csv_library(void)
{
    return "libcsv " VERSION_OF(CSV_MAJOR) "." VERSION_OF(
        CSV_MINOR) "." VERSION_OF(CSV_RELEASE);
}
