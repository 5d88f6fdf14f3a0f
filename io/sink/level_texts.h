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
 * term. */
static inline size_t rs_level_text_count(const struct rs_rows_shape *rows)
{
    return rows->data->n_columns + rows->n_term_texts;
}

/* Which of them a row has. term: RS_NO_TERM is a pair's row. */
static inline size_t rs_level_text_place(const struct rs_rows_shape *rows,
                                         size_t x, size_t term)
{
    return term == RS_NO_TERM || term == RS_TERM_X
               ? x
               : rows->data->n_columns + term;
}

/* One of them, of RS_FROM_LEVEL or RS_FROM_REFERENCE; NULL: none. */
const char *rs_level_text(const struct rs_rows_shape *rows,
                          enum rs_row_source source, size_t place);

/* Whether some rows have such a column. */
bool rs_level_text_wanted(const struct rs_rows_shape *rows,
                          enum rs_row_source source);

#endif
