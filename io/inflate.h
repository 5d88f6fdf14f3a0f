/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_INFLATE_H
#define RS_INFLATE_H

#include "bytes.h"

/*
 * Compressed input, by zlib and libzstd.
 *
 * What the bytes are is told by their first four (gzip: RFC 1952; zstd: RFC
 * 8878, a skippable frame at the beginning too), never by the file's name.
 * Members or frames may follow one another, as `cat a.gz b.gz`, bgzip and
 * pzstd make them.
 */

/*
 * Replaces compressed bytes by what they hold, in memory; leaves others alone.
 * bytes  inout  an open input; its descriptor is closed when it is replaced
 * Errors: RS_ERR_MALFORMED when the data end too early, are corrupt or are
 * followed by something else; RS_ERR_READ, RS_ERR_NOMEM. bytes stays as it
 * was then.
 */
enum rs_status rs_inflate(struct rs_bytes *bytes,
                          struct rs_error *err) RS_MUST_CHECK;

/* Names and versions of the libraries. */
const char *rs_inflate_libraries(void);

#endif
