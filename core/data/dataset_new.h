/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_DATASET_NEW_H
#define RS_DATASET_NEW_H

#include "dataset.h"

/*
 * Datasets in the making, for readers that know how many rows there are
 * before they read: columns may be filled by different threads.
 */

/*
 * A dataset of so many rows and columns, every cell 0 and nothing named;
 * values and valid of each column point where they belong.
 * Owns: rs_dataset_free. Errors: RS_ERR_NOMEM; *out is NULL then.
 */
enum rs_status rs_dataset_new(struct rs_dataset **out, size_t n_rows,
                              size_t n_columns,
                              struct rs_error *err) RS_MUST_CHECK;

/* Where the cells of a column are written: [n_rows], NaN = missing. */
double *rs_dataset_cells(const struct rs_dataset *data, size_t column);

/* The NaN of a cell that says nan, or another word that is missing among
 * numbers but a text like others in a text column. */
double rs_nan_word(void);

/* The NaN of a cell that is no number: its column is text. */
double rs_nan_text(void);

/* The NaN of a cell that is a number beyond the largest double: its column is
 * text. */
double rs_nan_beyond(void);

/* Validity bits and counts of a column that is filled; its type is set
 * already, and a text column loses its values. */
void rs_dataset_finish(struct rs_dataset *data, size_t column);

/* The same for values and bits that lie elsewhere. */
void rs_column_finish(struct rs_column *column, const double *values,
                      uint64_t *valid, size_t n_rows);

/* Says what is wrong with a cell; a long one is cut. */
void rs_fault_set(struct rs_fault *fault, enum rs_fault_kind kind,
                  const char *text, size_t len);

/* True when the fault makes its column text; else digits are lost. */
bool rs_fault_is_text(enum rs_fault_kind kind);

/* Counts a cell of which digits are lost. */
void rs_loss_count(struct rs_loss *loss, enum rs_fault_kind kind);

#endif
