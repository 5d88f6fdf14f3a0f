/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xport_check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { RECORD_BYTES = 80, BLOCK_BYTES = 1024 * RECORD_BYTES };

/* Whether a dataset begins at a record. */
static bool begins_member(const char *record)
{
    static const char v5[] = "HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!";
    static const char v8[] = "HEADER RECORD*******MEMBV8  HEADER RECORD!!!!!!!";

    return record[0] == v5[0] && (memcmp(record, v5, sizeof v5 - 1) == 0 ||
                                  memcmp(record, v8, sizeof v8 - 1) == 0);
}

/* How many datasets there are. */
static enum rs_status count_members(size_t *n, const struct rs_bytes *bytes,
                                    char *buffer, struct rs_error *err)
{
    *n = 0;
    for (uint64_t at = 0; at < bytes->size;) {
        const char *block = NULL;
        size_t n_block = 0;
        enum rs_status status = rs_bytes_read(&block, &n_block, bytes, at,
                                              buffer, BLOCK_BYTES, err);
        if (status != RS_OK)
            return status;
        for (size_t i = 0; i + RECORD_BYTES <= n_block; i += RECORD_BYTES)
            *n += begins_member(block + i);
        at += n_block;
    }
    return RS_OK;
}

enum rs_status rs_xport_check(const struct rs_bytes *bytes,
                              struct rs_error *err)
{
    char *buffer = NULL;
    size_t n = 0;
    enum rs_status status = RS_OK;

    if (bytes->size % RECORD_BYTES != 0)
        return rs_error_set_at(err, RS_ERR_MALFORMED, bytes->path, 0, 0,
                               "a SAS transport file, but cut: %" PRIu64
                               " bytes are no whole records of %d",
                               bytes->size, RECORD_BYTES);
    buffer = rs_alloc(BLOCK_BYTES, 1, err);
    if (buffer == NULL)
        return RS_ERR_NOMEM;
    status = count_members(&n, bytes, buffer, err);
    free(buffer);
    if (status == RS_OK && n > 1)
        return rs_error_set_at(err, RS_ERR_MALFORMED, bytes->path, 0, 0,
                               "a SAS transport file of %zu datasets: write "
                               "the one that is wanted to a file of its own "
                               "(R: foreign::read.xport, haven::write_xpt)",
                               n);
    return status;
}
