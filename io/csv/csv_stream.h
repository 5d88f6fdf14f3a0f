/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CSV_STREAM_H
#define RS_CSV_STREAM_H

#include "csv_internal.h"

/*
 * An input as a pass over its records reads it, from a record's beginning on.
 * Where the layout is plain these are its bytes. Otherwise they are remade on
 * the way, in the buffer that they are read to, so that whoever looks at them
 * sees delimiters and blanks alone, each byte at its offset:
 *
 * - of a run of blanks the first is the delimiter, the others are blanks; those
 *   that begin or end a line are all blanks (RS_CSV_BLANKS);
 * - lines of comment are blanks;
 * - a delimiter with nothing but blanks between it and the line end is a blank.
 *
 * Nothing is remade in quotes, and no quote or line end but those of comments.
 */
enum rs_csv_where {
    RS_CSV_LINE_START, /* nothing but blanks since the line began */
    RS_CSV_COMMENT,
    RS_CSV_FIELD,
    RS_CSV_RUN, /* blanks behind a field, whose first is remade */
    RS_CSV_QUOTED
};

/* Begins zeroed, but for csv. */
struct rs_csv_stream {
    const struct rs_csv *csv;
    uint64_t begin, end;     /* what the buffer has of the input */
    enum rs_csv_where where; /* at end */
    bool as_is;              /* nothing is to be remade */
};

enum rs_status rs_csv_remake(const char **at, size_t *n_read,
                             struct rs_csv_stream *stream, uint64_t offset,
                             char *buffer, size_t n,
                             struct rs_error *err) RS_MUST_CHECK;

/*
 * As rs_bytes_read. A stream is read on from where it ended, or from any offset
 * that its buffer has, which then has to be the same and as it was.
 */
static inline enum rs_status rs_csv_read(const char **at, size_t *n_read,
                                         struct rs_csv_stream *stream,
                                         uint64_t offset, char *buffer,
                                         size_t n, struct rs_error *err)
{
    if (stream->csv->is_remade && !stream->as_is)
        return rs_csv_remake(at, n_read, stream, offset, buffer, n, err);
    return rs_bytes_read(at, n_read, &stream->csv->bytes, offset, buffer, n,
                         err);
}

#endif
