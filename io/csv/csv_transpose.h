/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CSV_TRANSPOSE_H
#define RS_CSV_TRANSPOSE_H

#include "record_index.h"

/*
 * Delimited text with one variable a line: its name in the first field, then
 * its value in each sample. The header names the samples; its first field
 * says nothing. Columns of the dataset are lines of the file, so that each
 * is read by one thread to where it lies. All else is as in csv.h.
 */
struct rs_csv_transposed {
    struct rs_csv *csv; /* fields of the header: a corner and the samples */
    struct rs_record_index index;
    const char **names; /* [index.n] of the variables */
};

/* Opens an input and reads header and names.
 * Owns: rs_csv_transposed_close. Errors: as rs_csv_open and rs_csv_load for
 * an input without samples or variables. */
enum rs_status rs_csv_transposed_open(struct rs_csv_transposed **out,
                                      const char *path,
                                      const struct rs_csv_options *options,
                                      struct rs_error *err) RS_MUST_CHECK;
void rs_csv_transposed_close(struct rs_csv_transposed *csv);

/* Names of the samples (borrowed; V2, ... without a header). */
const char *const *
rs_csv_transposed_samples(const struct rs_csv_transposed *csv);

/* As rs_csv_load: rows are samples, columns and file_ix count variables, and
 * fault.field is set. */
enum rs_status rs_csv_transposed_load(struct rs_dataset **out,
                                      struct rs_csv_transposed *csv,
                                      const size_t *columns, size_t n_columns,
                                      struct rs_error *err) RS_MUST_CHECK;

/* As rs_csv_load_factors. */
enum rs_status
rs_csv_transposed_load_factors(struct rs_csv_transposed *csv,
                               struct rs_dataset *data, const size_t *columns,
                               size_t n, struct rs_error *err) RS_MUST_CHECK;

#endif
