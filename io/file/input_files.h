/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_INPUT_FILES_H
#define RS_INPUT_FILES_H

#include "error.h"

#include <stddef.h>
#include <sys/stat.h>

/*
 * The files that a run reads: tables, lists of names, standard input. None of
 * them may become its output, by whatever name, so they are told by device and
 * inode.
 */
struct rs_input_files {
    struct rs_input_file *files; /* [n] */
    size_t n;
};

/*
 * Adds a file; "-" is standard input. What is not there or no regular file has
 * no content to lose, and is not added.
 * Owns: rs_input_files_clear. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_input_files_add(struct rs_input_files *inputs,
                                  const char *path,
                                  struct rs_error *err) RS_MUST_CHECK;

/* The path, as it was added, of the input that a file is; NULL: it is none.
 * inputs: NULL is none at all. */
const char *rs_input_files_find(const struct rs_input_files *inputs,
                                const struct stat *file);

/*
 * Refuses an output that would destroy an input.
 * output   in  as people know it
 * path     in  what will be written: the same, or a file beside it
 * Errors: RS_ERR_USAGE.
 */
enum rs_status rs_input_files_check(const struct rs_input_files *inputs,
                                    const char *output, const char *path,
                                    struct rs_error *err) RS_MUST_CHECK;

void rs_input_files_clear(struct rs_input_files *inputs);

#endif
