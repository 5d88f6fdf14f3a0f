/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listfile.h"

#include "mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static enum rs_status append(struct rs_lines *out, size_t *room,
                             const char *text, size_t len, struct rs_error *err)
{
    char *copy = NULL;

    if (out->n == *room) {
        size_t more = *room == 0 ? 64 : 2 * *room;
        char **lines = realloc(out->lines, more * sizeof *lines);
        if (lines == NULL)
            return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        out->lines = lines;
        *room = more;
    }
    copy = rs_text_copy(text, len, err);
    if (copy == NULL)
        return RS_ERR_NOMEM;
    out->lines[out->n++] = copy;
    return RS_OK;
}

enum rs_status rs_lines_read(struct rs_lines *out, const char *path,
                             struct rs_error *err)
{
    enum rs_status status = RS_OK;
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    size_t room = 0;
    ssize_t len = 0;

    memset(out, 0, sizeof *out);
    if (file == NULL)
        return rs_error_set_os(err, RS_ERR_OPEN, path, errno,
                               "cannot open the list of columns");
    for (len = getline(&line, &cap, file); len >= 0 && status == RS_OK;
         len = getline(&line, &cap, file)) {
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            len--;
        if (len > 0)
            status = append(out, &room, line, (size_t)len, err);
    }
    if (status == RS_OK && ferror(file))
        status = rs_error_set_os(err, RS_ERR_READ, path, errno,
                                 "cannot read the list of columns");
    free(line);
    (void)fclose(file);
    if (status != RS_OK)
        rs_lines_clear(out);
    return status;
}

void rs_lines_clear(struct rs_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        free(lines->lines[i]);
    free(lines->lines);
    memset(lines, 0, sizeof *lines);
}
