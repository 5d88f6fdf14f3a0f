/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RANK_COLUMNS_H
#define RS_RANK_COLUMNS_H

#include "ranks.h"
#include "spec.h"

/*
 * Columns as models of ranks want them. A column is sorted once; the ranks
 * that its cells have among the rows of a pair follow by counting.
 */
struct rs_rank_column {
    size_t n_levels; /* different values */
    uint32_t *codes; /* [n_rows] see rs_rank_codes */
};

/* Of one worker. */
struct rs_rank_columns {
    const struct rs_dataset *data;
    struct rs_rank_column *columns;   /* [n_columns] codes NULL: not there */
    size_t left;                      /* columns that may still be kept */
    struct rs_rank_column scratch[2]; /* y and x, where none may */
    size_t in_scratch[2];             /* which columns; RS_NO_COLUMN */
    double *room;                     /* [RS_RANKS_ROOM * n_rows] */
};

/* Which of the two that are asked for at a time. */
enum rs_rank_side { RS_RANK_Y, RS_RANK_X };

/* cache_bytes: that may be kept. Owns: rs_rank_columns_clear, also after an
 * error. Errors: RS_ERR_NOMEM; RS_ERR_INCONSISTENT for more rows than codes. */
enum rs_status rs_rank_columns_init(struct rs_rank_columns *out,
                                    const struct rs_spec *spec,
                                    size_t cache_bytes,
                                    struct rs_error *err) RS_MUST_CHECK;
void rs_rank_columns_clear(struct rs_rank_columns *columns);

/* A numeric column, valid until the next call for the same side. */
const struct rs_rank_column *rs_rank_column(struct rs_rank_columns *columns,
                                            size_t column,
                                            enum rs_rank_side side);

/*
 * Average ranks among some rows.
 * ranks  out    [n_rows] of the dataset; other rows stay as they are
 * rows   in     the column has them all
 * places inout  [n_levels + 1] to work in
 */
void rs_rank_among(double *ranks, const struct rs_rank_column *column,
                   const uint64_t *rows, size_t n_words, uint32_t *places);

#endif
