/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_internal.h"
#include "csv_stream.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_BYTES = 1 << 20 };

/* Whether the line at text, before end, has this first field. */
static bool begins(const struct rs_csv *csv, const char *text, const char *end,
                   const char *name)
{
    size_t len = strlen(name);
    bool quoted = text < end && *text == '"';

    text += quoted ? 1 : 0;
    if ((size_t)(end - text) <= len || memcmp(text, name, len) != 0)
        return false;
    text += len;
    if (quoted && *text++ != '"')
        return false;
    return text < end && *text == csv->delimiter;
}

bool rs_csv_has_line(const struct rs_csv *csv, const char *name)
{
    char *buffer = rs_alloc(FIRST_BYTES, 1, NULL);
    struct rs_csv_stream stream = {.csv = csv};
    const char *bytes = NULL;
    size_t n = 0;
    bool found = false;

    if (buffer == NULL)
        return false;
    if (rs_csv_read(&bytes, &n, &stream, csv->data_begin, buffer, FIRST_BYTES,
                    NULL) != RS_OK)
        n = 0;
    for (const char *at = bytes; n > 0 && at != NULL && !found;) {
        found = begins(csv, at, bytes + n, name);
        at = memchr(at, '\n', (size_t)(bytes + n - at));
        at = at == NULL || at + 1 == bytes + n ? NULL : at + 1;
    }
    free(buffer);
    return found;
}
