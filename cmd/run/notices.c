/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notices.h"

#include "human.h"
#include "mem.h"

#include <stdlib.h>
#include <string.h>

enum rs_status rs_notices_take(struct rs_notices *notices,
                               struct rs_notice *from, struct rs_error *err)
{
    struct rs_notice *list = NULL;

    for (size_t i = 0; i < notices->n; i++)
        if (strcmp(notices->list[i].text, from->text) == 0)
            return RS_OK;
    list = rs_grow(notices->list, notices->n, sizeof *list, err);
    if (list == NULL)
        return RS_ERR_NOMEM;
    notices->list = list;
    notices->list[notices->n++] = *from;
    from->text = NULL;
    return RS_OK;
}

enum rs_status rs_notices_add(struct rs_notices *notices,
                              enum rs_notice_kind kind, struct rs_error *err,
                              const char *fmt, ...)
{
    struct rs_notice notice = {.kind = kind};
    char text[RS_ERROR_TEXT];
    enum rs_status status = RS_OK;
    va_list args;

    va_start(args, fmt);
    rs_error_text(text, fmt, args);
    va_end(args);
    notice.text = rs_text_copy(text, strlen(text), err);
    if (notice.text == NULL)
        return RS_ERR_NOMEM;
    status = rs_notices_take(notices, &notice, err);
    free(notice.text);
    return status;
}

enum rs_status rs_notices_refuse(const struct rs_notices *notices, bool written,
                                 struct rs_error *err)
{
    size_t n = 0;

    for (size_t i = 0; i < notices->n; i++)
        n += notices->list[i].kind == RS_NOTICE_WARNING;
    if (n == 0)
        return RS_OK;
    return rs_error_set(err, RS_ERR_INCONSISTENT, "{strict}: %zu warning%s; %s",
                        n, rs_plural(n),
                        written ? "the output is whole"
                                : "nothing has been written");
}

void rs_notices_clear(struct rs_notices *notices)
{
    for (size_t i = 0; i < notices->n; i++)
        free(notices->list[i].text);
    free(notices->list);
    memset(notices, 0, sizeof *notices);
}
