/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PARTIAL_H
#define RS_PARTIAL_H

#include "input_files.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * FILE.partial: the name under which an output grows. Who can write to its
 * folder can put anything there, so nothing is written to but a file that this
 * run has made, or one that an earlier run of the same user has left: a
 * regular file, of one name, that is no input. It is locked from before the
 * first byte until it has its final name, and what the name leads to is
 * compared with what is locked, or two runs could lose each other's rows.
 */

/*
 * Whether the run may write to what has this name. Nothing there is fine.
 * inputs  in  NULL: no inputs
 * Errors: RS_ERR_OPEN, which says what is there and what to do; RS_ERR_USAGE
 * for an input.
 */
enum rs_status rs_partial_check(const char *path,
                                const struct rs_input_files *inputs,
                                struct rs_error *err) RS_MUST_CHECK;

/*
 * Opens it for reading and writing, made anew when it is not there, and locks
 * it. What is in it stays.
 * mode  in  of a new file; the umask takes its part
 * Owns: the caller closes *fd, which ends the lock. Errors: as above, and
 * RS_ERR_OPEN when another run holds the lock.
 */
enum rs_status rs_partial_open(int *fd, const char *path, mode_t mode,
                               const struct rs_input_files *inputs,
                               struct rs_error *err) RS_MUST_CHECK;

/*
 * Gives the locked file its final name.
 * replace  in  whether a file of that name may be there
 * Errors: RS_ERR_OPEN.
 */
enum rs_status rs_partial_rename(const char *path, int fd, const char *final,
                                 bool replace,
                                 struct rs_error *err) RS_MUST_CHECK;

/* Removes it, if it is still the open file. */
void rs_partial_remove(const char *path, int fd);

#endif
