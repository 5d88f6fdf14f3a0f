/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BYTES_H
#define RS_BYTES_H

#include "error.h"
#include "hash.h"
#include "mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * An input as a sequence of bytes that several threads may read at any
 * offset. A regular file is read where it lies and never held as a whole; a
 * pipe is held in memory, and so is what a compressed input holds.
 */
struct rs_bytes {
    char *path; /* as in messages; "-" is standard input */
    int fd;     /* -1 when the bytes are held */
    bool owns_fd;
    struct rs_pages held;
    uint64_t size; /* when compressed: of what it holds */
};

/* Opens an input as it is (inflate.h: what it holds); a pipe is read to its
 * end.
 * hashes  inout  gets the hash of the input; NULL: not wanted
 * Owns: rs_bytes_close. Errors: RS_ERR_OPEN, RS_ERR_READ, RS_ERR_NOMEM. */
enum rs_status rs_bytes_open(struct rs_bytes *out, const char *path,
                             struct rs_hashes *hashes,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_bytes_close(struct rs_bytes *bytes);

/*
 * Bytes [offset, offset + n), n cut at the end of the input.
 * at      out  where they are: in buffer, or in the memory held
 * buffer  out  [n]
 * Errors: RS_ERR_READ, also when a file has become shorter.
 */
enum rs_status rs_bytes_read(const char **at, size_t *n_read,
                             const struct rs_bytes *bytes, uint64_t offset,
                             char *buffer, size_t n,
                             struct rs_error *err) RS_MUST_CHECK;

/* Makes held memory `bytes` large at least, and then twice what it was, so
 * that growing step by step stays cheap. Errors: RS_ERR_NOMEM, *held as it
 * was. */
enum rs_status rs_bytes_room(struct rs_pages *held, size_t bytes,
                             struct rs_error *err) RS_MUST_CHECK;

/* Puts `size` bytes of memory in the place of what bytes had.
 * held  inout  taken over; empty afterwards */
void rs_bytes_replace(struct rs_bytes *bytes, struct rs_pages *held,
                      size_t size);

#endif
