/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CELL_READER_H
#define RS_CELL_READER_H

#include "cell_rule.h"
#include "dataset.h"
#include "level.h"
#include "numread.h"

/*
 * A rule (cell_rule.h) made ready: what one cell is. Private to the readers
 * of text in this room.
 *
 * Plain numbers do not come here: rs_numbers_read takes them by `format`. So
 * what means missing only among numbers costs nothing but where it stands, and
 * numbers that mean missing are taken out of the values once these are read.
 */
struct rs_cell_texts {
    char **texts; /* [n] */
    size_t n;
    bool first[256]; /* their first bytes */
    bool empty;      /* one of them has none */
};

struct rs_cell_reader {
    struct rs_cell_texts na, among;
    double *values; /* [n_values] that mean missing in a column of numbers */
    size_t n_values;
    bool loose, truth, dates;
    char decimal;
    bool special[256]; /* first bytes of cells that are no plain numbers */
    struct rs_number_format format; /* points into this: not to be moved */
};

/*
 * Makes a rule ready; its texts are copied.
 * Owns: rs_cell_reader_clear, also after an error. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_cell_reader_init(struct rs_cell_reader *out,
                                   const struct rs_cell_rule *rule,
                                   char delimiter, char decimal,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_cell_reader_clear(struct rs_cell_reader *cells);

/* True where the text means missing, whatever the column. */
bool rs_cell_is_na(const struct rs_cell_reader *cells, const char *text,
                   size_t len);

/*
 * A field as a cell of a column of numbers.
 * fault  out  NONE for a number and where it is missing
 * Returns what is stored: NaN where it is missing, by dataset_new.h's own NaN
 * where it is so among numbers only, and for what is no number; a number that
 * means missing as it is.
 */
double rs_cell_number(enum rs_fault_kind *fault,
                      const struct rs_cell_reader *cells, const char *text,
                      size_t len);

/* Makes the numbers that mean missing NaN: in the cells of a column, once it
 * is known to be numeric. */
void rs_cell_drop_values(double *values, size_t n,
                         const struct rs_cell_reader *cells);

/*
 * A field as a level: what rs_cell_number makes a number of is its number.
 * len   inout  of text, of what is returned
 * room  out    [RS_CELL_ROOM] for what is written in another way than text
 * text  in     NUL behind it
 * Returns NULL where it is missing, but for the word nan among numbers, which
 * level_set.h knows.
 */
const char *rs_cell_level(size_t *len, char *room,
                          const struct rs_cell_reader *cells,
                          enum rs_level_rule rule, const char *text);

/* The rules of a file, made ready. */
struct rs_cell_readers {
    struct rs_cell_reader *
        *cells; /* [n] the first is of what is no column, too */
    size_t n;
    size_t *of; /* [columns] index into cells; NULL: all have the first */
};

static inline const struct rs_cell_reader *
rs_cell_reader_of(const struct rs_cell_readers *list, size_t column)
{
    return list->cells[list->of == NULL ? 0 : list->of[column]];
}

/*
 * Makes rules ready, in place of those that the list has.
 * list  inout  zeroed at first
 * Owns: rs_cell_readers_clear, also after an error. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_cell_readers_set(struct rs_cell_readers *list,
                                   const struct rs_column_rules *rules,
                                   size_t n_columns, char delimiter,
                                   char decimal,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_cell_readers_clear(struct rs_cell_readers *list);

#endif
