/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SINK_LINES_H
#define RS_SINK_LINES_H

#include "level_texts.h"
#include "numtext.h"
#include "output_kind.h"
#include "packfile.h"

#include <math.h>
#include <string.h>

/*
 * What the sinks have in common that write a line for each row: a file, maybe
 * packed, and the texts of a row as they stand in the output.
 */

/* Short texts are copied in one piece of this size, whatever their length. */
enum { RS_SCRAP = 16 };

/* A text as it stands in the output. */
struct rs_scrap {
    char *text; /* RS_SCRAP bytes or more are readable */
    size_t len;
};

struct rs_sink_lines {
    struct rs_sink base;
    struct rs_rows_shape rows;
    struct rs_packfile file;
    const char *const *titles;     /* [n_columns] names of the columns */
    struct rs_row_column *columns; /* [n_columns] of a row, or of a term's */
    size_t n_columns;
    struct rs_scrap *leads; /* [rows.labels.n_parts] the labels of a part's
                               rows; NULL: there are none */
    struct rs_scrap *names; /* [rows.data->n_columns] */
    struct rs_scrap *terms; /* [rows.n_term_texts] */
    struct rs_scrap *levels, *references; /* [rs_level_text_count], without a
                                             text where there is none; NULL:
                                             no such column */
    struct rs_scrap model;
    struct rs_scrap outcomes[RS_FIT_N_OUTCOMES];
    size_t fixed_bound; /* bytes of a row besides the names of y and x; a sink
                           adds what it puts between the values */
    bool breaks;        /* there are texts with line ends in them, quoted */
    uint64_t n_loose;   /* rows behind the last whole tile, of an output that
                           nothing can be taken back from */
};

/*
 * Makes a text what it is in the output of a sink: quoted, escaped. Room comes
 * from rs_scrap_new. Errors: RS_ERR_NOMEM.
 */
typedef enum rs_status rs_scrap_maker(struct rs_scrap *out, const char *text,
                                      const struct rs_sink_lines *lines,
                                      struct rs_error *err);

/* Room for most bytes. Owns: rs_sink_lines_clear, for those of the lines. */
enum rs_status rs_scrap_new(struct rs_scrap *out, size_t most,
                            struct rs_error *err) RS_MUST_CHECK;

/*
 * Fills all but base.ops. The first member of the sink must be *lines, zeroed.
 * Owns: rs_sink_lines_clear, also after an error. Errors: those of
 * rs_outfile_init, RS_ERR_NOMEM.
 */
enum rs_status rs_sink_lines_init(struct rs_sink_lines *lines,
                                  const struct rs_sink_config *config,
                                  rs_scrap_maker *make,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_sink_lines_clear(struct rs_sink_lines *lines);

/*
 * Makes lines->leads, where rows have labels: of each the text, with what
 * stands before it, and a byte behind it.
 * before  in  [labels.n]; NULL: nothing
 * behind  in  0: nothing
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_sink_lines_label(struct rs_sink_lines *lines,
                                   rs_scrap_maker *make,
                                   const struct rs_scrap *before, char behind,
                                   struct rs_error *err) RS_MUST_CHECK;

/* What these kinds of output can, and whether one can be made: see
 * output_kind.h. */
enum {
    RS_SINK_LINES_CAN =
        RS_OUTPUT_ROWS | RS_OUTPUT_PACKED | RS_OUTPUT_STDOUT | RS_OUTPUT_DIGITS
};
enum rs_status rs_sink_lines_check(const struct rs_sink_config *config,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Operations of sink.h for these sinks. */
size_t rs_sink_lines_row_bound(const struct rs_sink *base, size_t y, size_t x);
enum rs_status rs_sink_lines_write(struct rs_sink *base, const void *bytes,
                                   size_t n_bytes, struct rs_error *err);
enum rs_status rs_sink_lines_write_packed(struct rs_sink *base,
                                          const void *bytes, size_t n_bytes,
                                          struct rs_error *err);
void rs_sink_lines_unsettled(struct rs_sink *base, const void *bytes,
                             size_t n_bytes);
enum rs_status rs_sink_lines_settle(struct rs_sink *base, uint64_t n_tiles,
                                    struct rs_error *err);
enum rs_status rs_sink_lines_finish(struct rs_sink *base,
                                    const struct rs_tally *tally,
                                    struct rs_error *err);
void rs_sink_lines_abandon(struct rs_sink *base, const struct rs_tally *tally);
const char *rs_sink_lines_partial(const struct rs_sink *base);
uint64_t rs_sink_lines_left(const struct rs_sink *base, uint64_t *n_rows);

/* All of them, with the sink's own: how it encodes a row, opens its file and
 * is freed. */
#define RS_SINK_LINES_OPS(encode_row, open_file, free_sink)                    \
    {                                                                          \
        .row_bound = rs_sink_lines_row_bound, .encode = (encode_row),          \
        .open = (open_file), .write = rs_sink_lines_write,                     \
        .write_packed = rs_sink_lines_write_packed,                            \
        .unsettled = rs_sink_lines_unsettled, .settle = rs_sink_lines_settle,  \
        .finish = rs_sink_lines_finish, .abandon = rs_sink_lines_abandon,      \
        .partial = rs_sink_lines_partial, .left = rs_sink_lines_left,          \
        .free = (free_sink),                                                   \
    }

/* Writes a text; RS_SCRAP bytes at least, which the bound has room for. */
static inline char *rs_scrap_put(char *out, const struct rs_scrap *scrap)
{
    memcpy(out, scrap->text, RS_SCRAP);
    if (scrap->len > RS_SCRAP)
        memcpy(out + RS_SCRAP, scrap->text + RS_SCRAP, scrap->len - RS_SCRAP);
    return out + scrap->len;
}

/* Writes the labels of a row, if it has any. */
static inline char *rs_sink_lines_lead(char *out,
                                       const struct rs_sink_lines *lines,
                                       const struct rs_row *row)
{
    return lines->leads == NULL ? out
                                : rs_scrap_put(out, &lines->leads[row->part]);
}

/* The text of a column that is one; NULL: the column is a number. */
static inline const struct rs_scrap *
rs_sink_lines_text(const struct rs_sink_lines *lines, const struct rs_row *row,
                   enum rs_row_source source)
{
    switch (source) {
    case RS_FROM_Y:
        return &lines->names[row->y];
    case RS_FROM_X:
        return &lines->names[row->x];
    case RS_FROM_TERM:
        return row->term == RS_TERM_X ? &lines->names[row->x]
                                      : &lines->terms[row->term];
    case RS_FROM_LEVEL:
        return &lines->levels[rs_level_text_place(
            &lines->rows, source, row->part, row->x, row->term)];
    case RS_FROM_REFERENCE:
        return &lines->references[rs_level_text_place(
            &lines->rows, source, row->part, row->x, row->term)];
    case RS_FROM_MODEL:
        return &lines->model;
    case RS_FROM_OUTCOME:
        return &lines->outcomes[row->fit->outcome];
    default:
        return NULL;
    }
}

/* Writes the names of dropped covariates, or `missing` [len]. */
char *rs_sink_lines_dropped(char *out, const struct rs_sink_lines *lines,
                            const struct rs_row *row, const char *missing,
                            size_t len);

/* Writes the value of column i; `missing` [len] stands for what is not
 * available. */
static inline char *rs_sink_lines_value(char *out,
                                        const struct rs_sink_lines *lines,
                                        const struct rs_row *row, size_t i,
                                        const char *missing, size_t len)
{
    const struct rs_row_column *column = &lines->columns[i];
    const struct rs_scrap *text =
        rs_sink_lines_text(lines, row, column->source);
    int digits = lines->rows.digits;
    double value = 0.0;

    if (text != NULL && text->text != NULL)
        return rs_scrap_put(out, text);
    if (text != NULL) {
        memcpy(out, missing, len);
        return out + len;
    }
    if (column->source == RS_FROM_DROPPED)
        return rs_sink_lines_dropped(out, lines, row, missing, len);
    if (column->source == RS_FROM_COUNT)
        return out + rs_count_write(out, rs_row_count(row, column));
    value = rs_row_number(row, column, lines->rows.conf_level);
    if (!isfinite(value)) {
        memcpy(out, missing, len);
        return out + len;
    }
    return out + (digits > 0 ? rs_number_write_digits(out, value, digits)
                             : rs_number_write(out, value));
}

#endif
