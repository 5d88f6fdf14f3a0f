/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_HASH_H
#define RS_HASH_H

#include "error.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Hashes of the inputs of a run: XXH3 with 128 bits, over the bytes as they
 * come, before anything is decompressed; what `xxh128sum FILE` prints. A file
 * is hashed by a thread of its own while others read it. The hash tells one
 * input from another; it is no protection against somebody who forges.
 */
struct rs_hashes;

/*
 * Room for the hashes of n inputs.
 * Owns: rs_hashes_free. Errors: NULL and err filled.
 */
struct rs_hashes *rs_hashes_new(size_t n, struct rs_error *err);

/*
 * Adds the next input: the first `size` bytes of a regular file, which may be
 * closed at any time, or n bytes in memory. More inputs than there is room for
 * are not taken.
 */
void rs_hashes_add_file(struct rs_hashes *hashes, int fd, uint64_t size);
void rs_hashes_add_bytes(struct rs_hashes *hashes, const void *bytes, size_t n);

/*
 * Waits for all and gives one text, "xxh3-128:" and the hashes in hexadecimal
 * digits, separated by blanks.
 * text  out  the caller frees; NULL when a file could not be read
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_hashes_text(char **text, struct rs_hashes *hashes,
                              struct rs_error *err) RS_MUST_CHECK;

/* Waits and frees; NULL allowed. */
void rs_hashes_free(struct rs_hashes *hashes);

/* Name and version of the library. */
const char *rs_hash_library(void);

#endif
