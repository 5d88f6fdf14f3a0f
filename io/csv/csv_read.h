/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CSV_READ_H
#define RS_CSV_READ_H

#include "bytes.h"
#include "cell_rule.h"
#include "dataset.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * CSV in: delimited text to a dataset, strictly; by libcsv wherever a field
 * is more than bytes between separators.
 *
 * Two steps, so that names are chosen before numbers are read: open (find
 * the delimiter, read the header) and load (the columns asked for, in
 * parallel). A regular file is read in blocks by every thread and is never
 * held in memory as bytes; a pipe is held until it is closed, and so is what
 * a compressed file holds (inflate.h).
 *
 * Accepted: LF, CRLF and CR line ends, mixed too; a UTF-8 byte order mark;
 * blank lines (skipped, but counted as lines); blanks around unquoted fields
 * (not part of the field); quoted fields with delimiters, doubled quotes and
 * line ends in them; nameless columns. Refused, with file, line and field:
 * a record with more or fewer fields than the header, an unclosed quote
 * (line where the field begins), text behind a closing quote, a quote inside
 * an unquoted field, a NUL byte, compressed data that are not whole, what is no
 * text (first_bytes.h), an empty file, a header without records. Bytes above
 * 127 pass unchanged.
 *
 * A number is [+-]digits[.digits][e[+-]digits] (leading or trailing point
 * allowed, `decimal` for the point), or inf / infinity in any case; nan or
 * -nan in any case is missing, but a text in a column that has others. Nothing
 * else, unless a rule says so (cell_rule.h):
 * no hexadecimal, no thousands mark, no D exponent. 1e400 is a fault, not
 * infinity; 1e-400 is 0, and what so is lost is counted (struct rs_loss).
 */
struct rs_csv;

/* In place of a delimiter: runs of blanks and tabs separate fields; those that
 * begin or end a line count for nothing. */
#define RS_CSV_BLANKS '\n'

enum { RS_CSV_COMMENT_MOST = 64 }; /* bytes of options.comment */

struct rs_csv_options {
    char delimiter;          /* 0: found from the first lines: , tab ; | */
    char decimal;            /* '.' or ',' */
    bool has_header;         /* false: columns are named V1, V2, ... */
    bool trailing_delimiter; /* one at the end of a line is no field: of the
                                header, and where the first record has one too
                                many, of records */
    uint64_t n_skip;         /* physical lines before the header */
    const char *comment;     /* lines that begin with it, behind blanks, are
                                skipped; NULL: none */
    const char *row_name; /* the header lacks the first column, whose name this
                             is; NULL: it does not */
    struct rs_cell_rule cells; /* of all columns, unless rs_csv_set_rules */
    unsigned n_threads;        /* parser threads, at least 1 */
};

/*
 * Reads the header of an open input.
 * out    out    the reader
 * bytes  inout  taken over, also after an error
 * Owns: the caller closes with rs_csv_close.
 * Errors: RS_ERR_READ, RS_ERR_MALFORMED, RS_ERR_NOMEM, and RS_ERR_USAGE when
 * the delimiter found is the decimal mark; *out is NULL then. Duplicate names
 * are not refused here: see select.h.
 */
enum rs_status rs_csv_open(struct rs_csv **out, struct rs_bytes *bytes,
                           const struct rs_csv_options *options,
                           struct rs_error *err) RS_MUST_CHECK;

/* Number of columns, and their names [n_columns] (borrowed, until close). */
size_t rs_csv_n_columns(const struct rs_csv *csv);
const char *const *rs_csv_names(const struct rs_csv *csv);

/*
 * The rules by which cells are read, for all columns at once; before a load.
 * rules  in  copied; of is [n_columns]
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_csv_set_rules(struct rs_csv *csv,
                                const struct rs_column_rules *rules,
                                size_t n_columns,
                                struct rs_error *err) RS_MUST_CHECK;

/* Physical line on which the header stands, from 1 (0 without a header). */
uint64_t rs_csv_header_line(const struct rs_csv *csv);

/*
 * Reads all records and keeps the columns asked for. May be called again, for
 * other columns.
 * out        out  the dataset, columns in the order of `columns`
 * columns    in   [n_columns] positions in the file, each at most once
 * Owns: the caller frees *out with rs_dataset_free.
 * Errors: as open; every record of the file is checked, whatever is kept. Of
 * several faults the first in the file is reported, for any n_threads.
 * A text column is no error: its `fault` says why it is text.
 */
enum rs_status rs_csv_load(struct rs_dataset **out, struct rs_csv *csv,
                           const size_t *columns, size_t n_columns,
                           struct rs_error *err) RS_MUST_CHECK;

/*
 * Reads some columns once more, as categories: texts in a text column,
 * decimals in a numeric one (level.h).
 * data  inout  the dataset that rs_csv_load gave; columns[ix].factor is set
 *              for the columns asked for, with the least level as reference;
 *              valid and n_missing are right already
 * Errors: as load; also RS_ERR_INCONSISTENT when the file has changed.
 */
enum rs_status rs_csv_load_factors(struct rs_csv *csv, struct rs_dataset *data,
                                   const struct rs_factors_ask *ask,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Physical line on which a field of a row of the dataset begins; after a
 * load. row, field: from 0. */
enum rs_status rs_csv_row_line(uint64_t *line, const struct rs_csv *csv,
                               uint64_t row, size_t field,
                               struct rs_error *err) RS_MUST_CHECK;

/* Adds to an error how the file seems to be laid out, and what to type, if it
 * is not as it was read: `; blanks separate the fields: {d} blanks`. */
void rs_csv_offer_layout(struct rs_error *err, const struct rs_csv *csv);

/* Whether one of the first lines behind the header begins with a field of this
 * name, in quotes or not. */
bool rs_csv_has_line(const struct rs_csv *csv, const char *name);

/* Name and version of the library that reads the format. */
const char *rs_csv_library(void);

/* Closes and frees; NULL allowed. */
void rs_csv_close(struct rs_csv *csv);

#endif
