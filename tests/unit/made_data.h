/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MADE_DATA_H
#define RS_MADE_DATA_H

#include "dataset.h"

/* Datasets made in memory, and random numbers to fill them with. */

/* The next random number in [0, 1). */
double made_uniform(uint64_t *state);

/* The next random number, nearly normal. */
double made_normal(uint64_t *state);

/*
 * A dataset of numeric columns, all of the name "".
 * values  in  [n_columns][n_rows], NaN = missing; copied
 * Owns: rs_dataset_free.
 */
struct rs_dataset *made_data(const double *values, size_t n_rows,
                             size_t n_columns);

/* Copies values that were changed to a dataset that was made of them; none is
 * missing that was not. */
void made_data_refill(struct rs_dataset *data, const double *values);

/* Calls a column otherwise. */
void made_name(struct rs_dataset *data, size_t column, const char *name);

/* Makes a column of whole numbers below n_levels (NaN = missing) a factor. */
void made_factor(struct rs_column *column, size_t n_rows, size_t n_levels);

#endif
