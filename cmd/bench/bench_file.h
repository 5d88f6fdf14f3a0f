/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BENCH_FILE_H
#define RS_BENCH_FILE_H

#include "outfile.h"

/*
 * The files of `regsweep bench`: nameless ones, so that nothing is left
 * behind however it ends. They are written with rs_outfile_write and closed
 * with rs_outfile_clear.
 */

/*
 * Makes a file in a folder, whose name is that of its path.
 * folder  in  NULL: that of TMPDIR, or /tmp
 * Owns: rs_outfile_clear, also after an error. Errors: RS_ERR_OPEN,
 * RS_ERR_NOMEM.
 */
enum rs_status rs_bench_file_new(struct rs_outfile *out, const char *folder,
                                 struct rs_error *err) RS_MUST_CHECK;

/*
 * Opens where rows shall be written: NULL: as above; a pipe or device: this
 * itself; a folder, or the name of a file: a nameless file in that folder.
 * durable  in  rs_bench_file_sync waits for the disk
 * Owns and errors as above.
 */
enum rs_status rs_bench_file_output(struct rs_outfile *out, const char *path,
                                    bool durable,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Empties a regular file, to be written again. Errors: RS_ERR_WRITE. */
enum rs_status rs_bench_file_empty(struct rs_outfile *file,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Waits until the bytes are on the disk, when the file is durable. Errors:
 * RS_ERR_WRITE. */
enum rs_status rs_bench_file_sync(const struct rs_outfile *file,
                                  struct rs_error *err) RS_MUST_CHECK;

#endif
