/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_internal.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* State of a walk, behind libcsv's callbacks. */
struct walk {
    const struct rs_csv_visitor *visitor;
    struct rs_csv_fault *fault;
    size_t n_columns;
    size_t field;
    uint64_t record;
    bool over; /* nothing more is wanted */
};

static void on_field(void *text, size_t len, void *data)
{
    struct walk *walk = data;

    if (!walk->over)
        walk->visitor->field(walk->visitor->ctx, walk->field,
                             text != NULL ? text : "", len);
    walk->field++;
}

static void on_record(int end, void *data)
{
    struct walk *walk = data;

    (void)end;
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

/* Feeds one block; libcsv takes fewer bytes than given only on an error, and
 * a NUL byte, which it would let pass, ends the block before it. */
static void feed(struct walk *walk, struct csv_parser *parser,
                 const char *bytes, size_t n, uint64_t offset)
{
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

static bool parser_init(struct csv_parser *parser, const struct rs_csv *csv,
                        struct rs_csv_fault *fault)
{
    if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
        fault->wrong = RS_CSV_RUN_ERROR;
        (void)rs_error_set(&fault->error, RS_ERR_NOMEM, "out of memory");
        return false;
    }
    csv_set_delim(parser, (unsigned char)csv->delimiter);
    csv_set_blk_size(parser, 4096);
    return true;
}

uint64_t rs_csv_walk(const struct rs_csv *csv, uint64_t begin, uint64_t end,
                     size_t n_columns, char *buffer,
                     const struct rs_csv_visitor *visitor,
                     struct rs_csv_fault *fault)
{
    struct walk walk = {
        .visitor = visitor, .fault = fault, .n_columns = n_columns};
    struct csv_parser parser;
    uint64_t at = begin;

    memset(fault, 0, sizeof *fault);
    if (!parser_init(&parser, csv, fault))
        return begin;
    while (at < end && !walk.over) {
        const char *bytes = NULL;
        size_t n = csv->block_bytes;
        if (n > end - at)
            n = (size_t)(end - at);
        if (rs_bytes_read(&bytes, &n, &csv->bytes, at, buffer, n,
                          &fault->error) != RS_OK) {
            fault->wrong = RS_CSV_RUN_ERROR;
            break;
        }
        feed(&walk, &parser, bytes, n, at);
        at += n;
    }
    if (!walk.over && fault->wrong == RS_CSV_FINE &&
        csv_fini(&parser, on_field, on_record, &walk) != 0)
        set_fault(&walk, RS_CSV_UNCLOSED, end);
    csv_free(&parser);
    return at;
}
