/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CSV_INTERNAL_H
#define RS_CSV_INTERNAL_H

#include "cell_reader.h"
#include "csv_read.h"

#include <stdatomic.h>

/*
 * Private to csv*.c and record_index.c: the open input, its chunks, and the
 * walk over records that all passes share.
 */

/* Part of the input that begins and ends where records do. */
struct rs_chunk {
    uint64_t begin, end; /* offsets */
    uint64_t most;       /* no more records than this are in it */
    uint64_t first_row;  /* of the dataset; set by the load */
    uint64_t n_rows;     /* records found; set by the load */
};

struct rs_csv {
    struct rs_bytes bytes;
    struct rs_csv_options options;
    struct rs_cell_readers
        cells;     /* by column; of a transposed file by variable */
    char *comment; /* [comment_len], our copy */
    size_t comment_len;
    bool is_remade;  /* its bytes are not read as they are: csv_stream.h */
    bool drops_last; /* a delimiter that ends a line is no field */
    bool is_blanks;  /* runs of blanks separate fields; the delimiter is what
                        csv_stream.h makes of them */
    char delimiter;
    char **names; /* [n_columns] */
    size_t n_columns;
    uint64_t header_line;
    uint64_t begin;          /* offset behind what is skipped */
    uint64_t data_begin;     /* offset of the first record */
    size_t block_bytes;      /* read at once by a thread */
    size_t chunk_bytes;      /* wanted size of a chunk; tests make it tiny */
    struct rs_chunk *chunks; /* [n_chunks]; NULL before the first load */
    size_t n_chunks;
    bool only_libcsv; /* libcsv reads plain fields too; tests set it */
};

/* Bytes that a walk needs behind the block in its buffer. */
enum { RS_CSV_PAD = 1 + RS_NUMBER_PAD };

/* What is wrong with a chunk, if anything. */
enum rs_csv_wrong {
    RS_CSV_FINE = 0,
    RS_CSV_RAGGED,      /* n_fields in a record instead of n_columns */
    RS_CSV_STRAY_QUOTE, /* in an unquoted field */
    RS_CSV_AFTER_QUOTE, /* text behind a closing quote */
    RS_CSV_UNCLOSED,    /* quoted field still open at the end */
    RS_CSV_NUL,
    RS_CSV_RUN_ERROR /* reading failed, or memory */
};

struct rs_csv_fault {
    enum rs_csv_wrong wrong;
    uint64_t record;       /* within the chunk, from 0 */
    size_t field;          /* within the record, from 0 */
    size_t n_fields;       /* RAGGED */
    uint64_t offset;       /* of the byte, for quotes and NUL */
    struct rs_error error; /* RUN_ERROR */
};

/*
 * Who looks at the records of a walk. field: in order, text NUL-terminated.
 * record: after the last field; false ends the walk.
 * plain: NULL, or takes as many fields as it likes, from `field` on, out of
 * text by rs_numbers_read or rs_fields_skip; returns their count and *next. It
 * need not take any; those that it takes do not go to `field`.
 */
struct rs_csv_visitor {
    void *ctx;
    void (*field)(void *ctx, size_t field, const char *text, size_t len);
    bool (*record)(void *ctx, uint64_t record);
    size_t (*plain)(void *ctx, size_t field, const char *text,
                    const char **next);
};

/*
 * Walks over the records of [begin, end).
 * n_columns  in  fields that every record must have; 0: any number
 * buffer     in  [block_bytes + RS_CSV_PAD] scratch
 * fault      out  what ended the walk early; wrong = FINE at the end, or
 *                 when the visitor wanted no more
 * Returns the offset behind the last byte that was taken.
 */
uint64_t rs_csv_walk(const struct rs_csv *csv, uint64_t begin, uint64_t end,
                     size_t n_columns, char *buffer,
                     const struct rs_csv_visitor *visitor,
                     struct rs_csv_fault *fault);

/*
 * Passes over fields that nobody wants, each with the delimiter behind it;
 * stops well before whatever is not plain, and may leave some of the n.
 * text  in  with a NUL somewhere, and 7 bytes behind it
 * Returns how many were passed; *next is where the next field begins.
 */
size_t rs_fields_skip(size_t n, char delimiter, const char *text,
                      const char **next);

/*
 * The next quote or line end in [from, end), or end.
 * found  inout  NULL thrice at first; where each kind is next, looked for again
 *               only when it has been passed
 */
const char *rs_csv_next_special(const char *found[3], const char *from,
                                const char *end);

/* Bytes that are looked at before the header is read. */
enum { RS_CSV_SNIFF_BYTES = 1 << 18 };

/*
 * Finds what delimits fields, and where the header begins: behind a byte order
 * mark and the lines that are skipped.
 * buffer  out  [RS_CSV_SNIFF_BYTES] scratch
 * Errors: those of rs_csv_open; RS_ERR_MALFORMED also where nothing is behind
 * the skipped lines, and of Excel's line that names the separator.
 */
enum rs_status rs_csv_find_layout(uint64_t *begin, struct rs_csv *csv,
                                  char *buffer,
                                  struct rs_error *err) RS_MUST_CHECK;

/* Cuts [data_begin, size) to chunks; done once. */
enum rs_status rs_csv_split(struct rs_csv *csv,
                            struct rs_error *err) RS_MUST_CHECK;

/*
 * Physical line on which a field begins.
 * lines  out  [n] for the first n fields of the record
 * record  in  within the chunk
 */
enum rs_status rs_csv_field_lines(uint64_t *lines, size_t n,
                                  const struct rs_csv *csv,
                                  const struct rs_chunk *chunk, uint64_t record,
                                  struct rs_error *err) RS_MUST_CHECK;

/* Physical line of the byte at offset, from 1. */
enum rs_status rs_csv_line_at(uint64_t *line, const struct rs_csv *csv,
                              uint64_t offset,
                              struct rs_error *err) RS_MUST_CHECK;

/* The run error that a fault in a chunk amounts to. */
enum rs_status rs_csv_report(const struct rs_csv *csv,
                             const struct rs_chunk *chunk,
                             const struct rs_csv_fault *fault,
                             struct rs_error *err) RS_MUST_CHECK;

/* Runs work(ctx, i) for i in [0, n) on the reader's threads. */
void rs_csv_parallel(const struct rs_csv *csv, size_t n, void *ctx,
                     void (*work)(void *ctx, size_t i));

#endif
