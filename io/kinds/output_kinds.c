/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output_kinds.h"

#include "npy.h"
#include "sink_jsonl.h"
#include "sink_postgres.h"
#include "sink_sqlite.h"
#include "sink_text.h"

#include <string.h>
#include <strings.h>

/* clang-format off */
const struct rs_output_kind *const rs_output_kinds[] = {
    &rs_output_csv,
    &rs_output_tsv,
    &rs_output_excel,
    &rs_output_jsonl,
    &rs_output_sqlite,
    &rs_output_npy,

    &rs_output_postgres,
    NULL,
};
/* clang-format on */

static bool is_beginning(const char *mark)
{
    return mark[strlen(mark) - 1] == ':';
}

static bool ends_with(const char *text, size_t len, const char *end)
{
    size_t end_len = strlen(end);

    return len >= end_len &&
           strncasecmp(text + len - end_len, end, end_len) == 0;
}

/* The kind that has the path's beginning, or its end, among its marks. */
static const struct rs_output_kind *
find(const char **mark, const struct rs_output_kind *const *kinds,
     const char *path, size_t len, bool beginning)
{
    for (; *kinds != NULL; kinds++)
        for (const char *const *at = (*kinds)->marks; *at != NULL; at++) {
            *mark = *at;
            if (is_beginning(*at) == beginning &&
                (beginning ? strncasecmp(path, *at, strlen(*at)) == 0
                           : ends_with(path, len, *at)))
                return *kinds;
        }
    return NULL;
}

const struct rs_output_kind *
rs_output_kind_of(size_t *beginning, const struct rs_output_kind *const *kinds,
                  const char *path, size_t len)
{
    const char *mark = NULL;
    const struct rs_output_kind *kind = find(&mark, kinds, path, len, true);

    *beginning = kind == NULL ? 0 : strlen(mark);
    return kind == NULL ? find(&mark, kinds, path, len, false) : kind;
}
