/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ROW_BINARY_H
#define RS_ROW_BINARY_H

#include "error.h"
#include "row.h"

/*
 * Rows as workers hand them to a parent that looks into them: a head, then
 * eight bytes for each column that is a number, in the order of the columns.
 * The texts (names, model, status) are the parent's own; of those that are
 * names one behind another there is a list, of a column + 1 each, and zeros.
 * All rows of one layout are equally long.
 */
struct rs_row_head {
    uint32_t y, x;    /* columns of the dataset */
    uint64_t part;    /* whose labels it has */
    uint32_t term;    /* RS_HEAD_PAIR: the row of a pair */
    uint32_t outcome; /* enum rs_outcome */
};

#define RS_HEAD_PAIR UINT32_MAX

struct rs_row_layout {
    struct rs_row_column *columns; /* [n_columns] */
    size_t *offsets;               /* [n_columns] of its number in the row;
                                      0: it is a text */
    size_t n_columns;
    size_t row_bytes;
    size_t n_covariates; /* of which names may be dropped: places of a list */
    double conf_level;
};

/*
 * Makes the layout of rows with these columns.
 * n_covariates  in  of all models together
 * Owns: rs_row_layout_clear, also after an error. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_row_layout_init(struct rs_row_layout *layout,
                                  const enum rs_field *fields, size_t n_fields,
                                  size_t n_covariates, double conf_level,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_row_layout_clear(struct rs_row_layout *layout);

/* Writes a row, layout->row_bytes long. */
void rs_row_pack(char *out, const struct rs_row_layout *layout,
                 const struct rs_row *row);

static inline struct rs_row_head rs_row_head(const char *row)
{
    struct rs_row_head head;

    memcpy(&head, row, sizeof head);
    return head;
}

/* The number of a column whose source is RS_FROM_COUNT. */
static inline uint64_t rs_row_whole(const char *row, size_t offset)
{
    uint64_t count;

    memcpy(&count, row + offset, sizeof count);
    return count;
}

/* The number of another column; not finite where there is none. */
static inline double rs_row_real(const char *row, size_t offset)
{
    double value;

    memcpy(&value, row + offset, sizeof value);
    return value;
}

#endif
