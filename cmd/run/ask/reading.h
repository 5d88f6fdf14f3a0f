/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_READING_H
#define RS_READING_H

#include "input_files.h"
#include "settings.h"
#include "table.h"

/*
 * How the command line wants its files read; the same for every subcommand.
 */

/* Notes all files that the command line wants read: the tables and the lists
 * of columns. Owns: rs_input_files_clear, also after an error. Errors: those of
 * transform_ask.h. */
enum rs_status rs_reading_files(struct rs_input_files *out,
                                const struct rs_settings *settings,
                                struct rs_error *err) RS_MUST_CHECK;

/* Opens the files. hashes gets their hashes; NULL: not wanted.
 * Owns: rs_table_close. Errors: those of rs_table_open and cells_ask.h. */
enum rs_status rs_reading_open(struct rs_table **out,
                               const struct rs_settings *settings,
                               unsigned n_threads, struct rs_hashes *hashes,
                               struct rs_error *err) RS_MUST_CHECK;

/* What a join made of several files, for the summary. */
struct rs_joined {
    uint64_t *file_rows; /* [n_files]; NULL: there was no join */
    uint64_t n_rows;
};

/* Notes it after the load. Owns: rs_joined_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_joined_init(struct rs_joined *out, size_t n_files,
                              const struct rs_table *table,
                              const struct rs_dataset *data,
                              struct rs_error *err) RS_MUST_CHECK;
void rs_joined_clear(struct rs_joined *joined);

#endif
