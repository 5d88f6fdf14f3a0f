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

#endif
