/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_INFLATE_H
#define RS_INFLATE_H

#include "bytes.h"

/*
 * Compressed input, by zlib and libzstd, and by libbz2 and liblzma, which are
 * loaded when they are needed. A codec is its own file and a row in inflate.c.
 *
 * What the bytes are is told by their first six (gzip: RFC 1952; zstd: RFC
 * 8878, a skippable frame at the beginning too; bzip2; xz), never by the file's
 * name. Members, frames or streams may follow one another, as `cat a.gz b.gz`,
 * bgzip, pzstd and pbzip2 make them.
 */

/*
 * Opens an input as rs_bytes_open does, and where it is compressed, puts what
 * it holds, in memory, in its place.
 * most    in     of what is compressed no more bytes are wanted, or not many;
 * 0: all are hashes  inout  gets the hash of the input as it lies; NULL: not
 * wanted Owns: rs_bytes_close. Errors: those of rs_bytes_open; RS_ERR_MALFORMED
 * when compressed data end too early, are corrupt or are followed by something
 * else; RS_ERR_OPEN when a library is missing.
 */
enum rs_status rs_inflate_open(struct rs_bytes *out, const char *path,
                               size_t most, struct rs_hashes *hashes,
                               struct rs_error *err) RS_MUST_CHECK;

/* Names and versions of the libraries. */
const char *rs_inflate_libraries(void);

#endif
