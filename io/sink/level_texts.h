/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LEVEL_TEXTS_H
#define RS_LEVEL_TEXTS_H

#include "sink.h"

/*
 * The result columns level and reference: which level a row is of, and which
 * one that is compared with. A row of an x of two levels is of the one that is
 * not the reference; one of more levels, which are tested together, of none; a
 * row of a term is of the term's.
 */

/* How many different answers there are: for each column as x, then for each
 * term, and none. */
static inline size_t rs_level_text_count(const struct rs_rows_shape *rows)
{
    return rows->data->n_columns + rows->n_term_texts + 1;
}

/* Which of them a row of a part has, of RS_FROM_LEVEL or RS_FROM_REFERENCE.
 * term: RS_NO_TERM is a pair's row. */
static inline size_t rs_level_text_place(const struct rs_rows_shape *rows,
                                         enum rs_row_source source, size_t part,
                                         size_t x, size_t term)
{
    size_t n = rows->data->n_columns;

    if (term != RS_NO_TERM && term != RS_TERM_X)
        return n + term;
    if (source == RS_FROM_LEVEL && rows->together != NULL &&
        rows->together[part % rows->n_kinds * n + x])
        return n + rows->n_term_texts;
    return x;
}

/* The answer at a place, of one of the two; NULL: none. */
const char *rs_level_text(const struct rs_rows_shape *rows,
                          enum rs_row_source source, size_t place);

/* Whether some rows have such a column. */
bool rs_level_text_wanted(const struct rs_rows_shape *rows,
                          enum rs_row_source source);

#endif
