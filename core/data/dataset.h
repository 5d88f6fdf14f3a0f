/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_DATASET_H
#define RS_DATASET_H

#include "error.h"
#include "mem.h"
#include "row_set.h"
#include "words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The dataset: the columns of the input that a run may use, column-major.
 *
 * It is filled once by a reader (io/), before the workers are forked, and
 * never written again: every worker inherits the same pages and none copies
 * them. Numbers lie in one private huge-page mapping, column after column,
 * each column beginning on a 64-byte boundary. A missing value is a NaN in
 * `values` and a 0 bit in `valid`. It knows nothing of files or models.
 */

enum rs_type {
    RS_TYPE_NUMERIC, /* every non-missing cell is a number */
    RS_TYPE_TEXT     /* at least one cell is not */
};

enum rs_fault_kind {
    RS_FAULT_NONE = 0,
    RS_FAULT_NOT_A_NUMBER,
    RS_FAULT_OUT_OF_RANGE, /* a number beyond the largest double */
    RS_FAULT_ROUNDED,      /* an integer beyond 2^53, written without an
                              exponent, that no double is */
    RS_FAULT_TOO_SMALL     /* a number other than 0 that became 0 */
};

/* What is wrong with a cell, and where it is. */
struct rs_fault {
    enum rs_fault_kind kind;
    uint64_t line; /* physical line on which the cell begins, from 1 */
    size_t field;  /* of its record, from 1; 0: the column's file_ix + 1 */
    char text[64]; /* the cell, cut if longer (then ending in "...") */
};

/* Cells of a numeric column that say more than a double holds. */
struct rs_loss {
    uint64_t n_rounded;    /* RS_FAULT_ROUNDED */
    uint64_t n_too_small;  /* RS_FAULT_TOO_SMALL */
    struct rs_fault first; /* in the file; kind NONE: there are none */
};

/* A column as categories. Levels are sorted, by value where they are numbers
 * and else by their bytes. */
struct rs_factor {
    size_t n_levels;
    char **levels;    /* [n_levels] texts */
    int32_t *codes;   /* [n_rows] index into levels, -1 where missing */
    size_t reference; /* the level that treatment contrasts are with */
};

struct rs_column {
    char *name;     /* as in the header, or V1, V2, ... without one */
    size_t file_ix; /* position in the table that was read, from 0 */
    enum rs_type type;
    bool wordy;     /* text, and fewer than half of the cells that its file has
                       are numbers: it was not meant to be numeric */
    size_t n_words; /* cells that its file has and that are no numbers a double
                       holds; missing ones are none, nor is nan; 0 of a numeric
                       column */
    size_t n_cells; /* that its file has, but for missing ones and nan */
    const double *values;     /* [n_rows], NaN = missing; NULL for text */
    const uint64_t *valid;    /* [rs_bit_words(n_rows)], bit i of word i/64 =
                                 row i present; bits past n_rows are 0 */
    size_t n_missing;         /* cells that are missing, text columns too */
    size_t n_infinite;        /* cells that read inf or -inf */
    struct rs_fault fault;    /* why it is text: its first cell that is no
                                 number; kind NONE when numeric */
    struct rs_words *words;   /* of those cells; NULL where numeric, or where
                                 the reader did not say */
    struct rs_loss loss;      /* of the file's cells; none when text */
    struct rs_factor *factor; /* NULL unless models take it as categories */
    struct rs_factor *levels; /* NULL unless rows go together by it: groups,
                                 clusters; may be `factor` */
};

struct rs_dataset {
    size_t n_rows;
    size_t n_columns;
    struct rs_column *columns; /* [n_columns], in the order asked for */
    struct rs_pages numbers;   /* all values */
    struct rs_pages bits;      /* all validity words */
    struct rs_pages copies;    /* both, of rs_dataset_copy_columns */
};

/* What is read as categories. */
struct rs_factors_ask {
    const size_t *columns; /* [n] of the dataset */
    size_t n;
    size_t most; /* levels: of a column that has more the factor is NULL, and
                    no more than this is gathered; 0: any number */
};

/* Words of 64 bits that hold one bit per row. */
static inline size_t rs_bit_words(size_t n_rows)
{
    return (n_rows + 63) / 64;
}

/* True when row i is present. */
static inline bool rs_column_has(const struct rs_column *column, size_t i)
{
    return rs_rows_has(column->valid, i);
}

/*
 * Adds copies of numeric columns behind the others, before workers share it.
 * columns  in  [n] of the dataset
 * Errors: RS_ERR_NOMEM; *data is good for rs_dataset_free alone then. Notes:
 * factor, levels, words and loss are not copied; may be called once.
 */
enum rs_status rs_dataset_copy_columns(struct rs_dataset *data,
                                       const size_t *columns, size_t n,
                                       struct rs_error *err) RS_MUST_CHECK;

/* Drops the levels that no row has; the reference is the least one then. */
enum rs_status rs_factor_trim(struct rs_factor *factor, size_t n_rows,
                              struct rs_error *err) RS_MUST_CHECK;

/* Frees a factor and all it owns; NULL allowed. */
void rs_factor_free(struct rs_factor *factor);

/* Frees the dataset and all it owns; NULL allowed. */
void rs_dataset_free(struct rs_dataset *data);

#endif
