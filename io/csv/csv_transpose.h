/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CSV_TRANSPOSE_H
#define RS_CSV_TRANSPOSE_H

#include "csv_read.h"
#include "transposed_layout.h"

/*
 * Delimited text with one variable a line: some leading fields, its name among
 * them, then its value in each sample. The header names the samples. Columns of
 * the dataset are lines of the file, so that each is read by one thread to
 * where it lies. All else is as in csv_read.h.
 */
struct rs_csv_transposed;

/*
 * Takes a reader whose header is read, and reads the names of the variables.
 * csv  in  of a header with leading fields and the samples; taken over, also
 *          after an error
 * Owns: rs_csv_transposed_close. Errors: as rs_csv_open and rs_csv_load for
 * an input without samples or variables, and those of transposed_layout.h.
 */
enum rs_status rs_csv_transposed_open(struct rs_csv_transposed **out,
                                      struct rs_csv *csv,
                                      const struct rs_transposed_options *ask,
                                      struct rs_error *err) RS_MUST_CHECK;
/* As rs_csv_offer_layout. */
void rs_csv_transposed_offer_layout(struct rs_error *err,
                                    const struct rs_csv_transposed *csv);

void rs_csv_transposed_close(struct rs_csv_transposed *csv);

/* Which fields are what. */
const struct rs_transposed_layout *
rs_csv_transposed_layout(const struct rs_csv_transposed *csv);

/* Number of variables, and their names (borrowed, until close). */
size_t rs_csv_transposed_n(const struct rs_csv_transposed *csv);
const char *const *rs_csv_transposed_names(const struct rs_csv_transposed *csv);

/* Number of samples, and their names (borrowed, until close; V2, ... without
 * a header): NULL where the header's field is empty or means missing. */
size_t rs_csv_transposed_n_samples(const struct rs_csv_transposed *csv);
const char *const *
rs_csv_transposed_samples(const struct rs_csv_transposed *csv);

/* As rs_csv_set_rules, of variables. */
enum rs_status rs_csv_transposed_set_rules(struct rs_csv_transposed *csv,
                                           const struct rs_column_rules *rules,
                                           struct rs_error *err) RS_MUST_CHECK;

/* As rs_csv_load: rows are samples, columns and file_ix count variables, and
 * fault.field is set. */
enum rs_status rs_csv_transposed_load(struct rs_dataset **out,
                                      struct rs_csv_transposed *csv,
                                      const size_t *columns, size_t n_columns,
                                      struct rs_error *err) RS_MUST_CHECK;

/* As rs_csv_load_factors. */
enum rs_status rs_csv_transposed_load_factors(
    struct rs_csv_transposed *csv, struct rs_dataset *data,
    const struct rs_factors_ask *ask, struct rs_error *err) RS_MUST_CHECK;

#endif
