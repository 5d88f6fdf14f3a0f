/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OUTFILE_H
#define RS_OUTFILE_H

#include "input_files.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * An output file that looks finished only when it is.
 *
 * A regular file grows as PATH.partial (partial.h), locked against a second
 * run until it takes its name by rename, when it is whole. Standard output and
 * what exists already as a pipe or device is written directly. Every error of
 * write, fsync, close and rename is reported: there is no success after a lost
 * byte.
 *
 * What waits for somebody else (a reader to come, or to read) ends with
 * RS_ERR_INTERRUPTED once a signal breaks it off and *stop says so. Where a
 * write has gone in part, n_bytes says how far.
 */
struct rs_outfile {
    int fd;        /* -1 when closed */
    char *path;    /* as the user gave it, or what this links to; NULL =
                      standard output */
    char *partial; /* PATH.partial; NULL when written directly */
    const struct rs_input_files *inputs; /* borrowed */
    bool force;                          /* replace an existing file */
    bool durable;                        /* fsync file and folder */
    bool owns_fd;                        /* to be closed */
    bool renamed;                        /* what was partial bears its name */
    bool keeps_mode;                     /* of the file that is replaced: */
    mode_t mode;
    uint64_t n_bytes;
    const atomic_int *stop; /* borrowed; NULL allowed */
};

/* What is behind the name of a file that grows. */
#define RS_OUTFILE_PARTIAL ".partial"

struct rs_outfile_options {
    const char *path; /* NULL or "-": standard output */
    bool force;
    bool durable;
    const struct rs_input_files *inputs; /* what is never written to; NULL:
                                         nothing is known to be read */
    const atomic_int *stop;              /* non-zero: waits end. NULL allowed */
};

/* Whether a name is that of standard output: "-", or one of its paths. What
 * these lead to is never replaced. */
bool rs_outfile_is_stdout(const char *path);

/*
 * Prepares an output and looks whether it can be made; creates nothing.
 * options  in  only inputs and stop are borrowed
 * Owns: rs_outfile_clear. Errors: RS_ERR_OPEN when the file exists (without
 * force), the folder is missing or read-only, or PATH.partial is not to be
 * written to; RS_ERR_USAGE when one of both is an input; RS_ERR_WRITE when
 * standard output is closed; RS_ERR_NOMEM.
 */
enum rs_status rs_outfile_init(struct rs_outfile *file,
                               const struct rs_outfile_options *options,
                               struct rs_error *err) RS_MUST_CHECK;

/* Creates it. Errors: as above; RS_ERR_OPEN when another run holds the lock;
 * RS_ERR_INTERRUPTED. */
enum rs_status rs_outfile_open(struct rs_outfile *file,
                               struct rs_error *err) RS_MUST_CHECK;

/* Writes all bytes. Errors: RS_ERR_WRITE with the bytes written so far,
 * RS_ERR_INTERRUPTED. */
enum rs_status rs_outfile_write(struct rs_outfile *file, const void *bytes,
                                size_t n_bytes,
                                struct rs_error *err) RS_MUST_CHECK;

/* Takes back what stands behind the first n_bytes; what is written next follows
 * these. Returns false where that cannot be: in a pipe, or in a file (standard
 * output may be one) into which somebody else has written since. */
bool rs_outfile_cut(struct rs_outfile *file, uint64_t n_bytes);

/*
 * For a file that is filled in any order, instead of rs_outfile_write: space
 * for all of it, reserved on the disk, and mapped shared; and writing in
 * place. Nothing of it is a prefix, so rs_outfile_abandon removes it.
 * base  out  page-aligned; the caller unmaps it, before finish
 * Errors: RS_ERR_WRITE when the disk has not got the space, RS_ERR_OPEN when
 * the output is no regular file, RS_ERR_INTERRUPTED.
 */
enum rs_status rs_outfile_map(struct rs_outfile *file, void **base,
                              size_t n_bytes,
                              struct rs_error *err) RS_MUST_CHECK;
enum rs_status rs_outfile_write_at(struct rs_outfile *file, size_t at,
                                   const void *bytes, size_t n_bytes,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Flushes, closes and gives the file its name, and the mode of the file that
 * it replaces. Errors: RS_ERR_WRITE,
 * RS_ERR_OPEN when the name is taken by now (the partial file stays). */
enum rs_status rs_outfile_finish(struct rs_outfile *file,
                                 struct rs_error *err) RS_MUST_CHECK;

/* Closes and leaves PATH.partial as it is; an empty one is removed. */
void rs_outfile_abandon(struct rs_outfile *file);

/* Frees; abandons an open one. */
void rs_outfile_clear(struct rs_outfile *file);

#endif
