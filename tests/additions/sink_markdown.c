/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sink_markdown.h"

#include "mem.h"
#include "sink_lines.h"

#include <stdlib.h>

static enum rs_status escape(struct rs_scrap *out, const char *text,
                             const struct rs_sink_lines *lines,
                             struct rs_error *err)
{
    enum rs_status status = rs_scrap_new(out, 2 * strlen(text), err);

    (void)lines;
    for (; status == RS_OK && *text != '\0'; text++) {
        if (*text == '|')
            out->text[out->len++] = '\\';
        out->text[out->len++] = *text;
    }
    return status;
}

static size_t encode(const struct rs_sink *base, char *out,
                     const struct rs_row *row)
{
    const struct rs_sink_lines *lines = (const struct rs_sink_lines *)base;
    char *at = out;

    for (size_t i = 0; i < lines->n_columns; i++) {
        *at++ = '|';
        at = rs_sink_lines_value(at, lines, row, i, "-", 1);
    }
    memcpy(at, "|\n", 2);
    return (size_t)(at + 2 - out);
}

static enum rs_status open_file(struct rs_sink *base, struct rs_error *err)
{
    struct rs_sink_lines *lines = (struct rs_sink_lines *)base;
    enum rs_status status = rs_packfile_open(&lines->file, err);

    for (size_t i = 0; i < lines->n_columns && status == RS_OK; i++) {
        status = rs_sink_lines_write(base, "|", 1, err);
        if (status == RS_OK)
            status = rs_sink_lines_write(base, lines->titles[i],
                                         strlen(lines->titles[i]), err);
    }
    if (status == RS_OK)
        status = rs_sink_lines_write(base, "|\n", 2, err);
    for (size_t i = 0; i < lines->n_columns && status == RS_OK; i++)
        status = rs_sink_lines_write(base, "|-", 2, err);
    if (status == RS_OK)
        status = rs_sink_lines_write(base, "|\n", 2, err);
    return status == RS_OK ? rs_sink_lines_settle(base, 0, err) : status;
}

static void free_sink(struct rs_sink *base)
{
    rs_sink_lines_clear((struct rs_sink_lines *)base);
    free(base);
}

static const struct rs_sink_ops ops = {
    .row_bound = rs_sink_lines_row_bound,
    .encode = encode,
    .open = open_file,
    .write = rs_sink_lines_write,
    .write_packed = rs_sink_lines_write_packed,
    .unsettled = rs_sink_lines_unsettled,
    .settle = rs_sink_lines_settle,
    .finish = rs_sink_lines_finish,
    .abandon = rs_sink_lines_abandon,
    .partial = rs_sink_lines_partial,
    .left = rs_sink_lines_left,
    .free = free_sink,
};

static enum rs_status make(struct rs_sink **out,
                           const struct rs_sink_config *config,
                           struct rs_error *err)
{
    struct rs_sink_lines *lines = rs_alloc(1, sizeof *lines, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (lines == NULL)
        return RS_ERR_NOMEM;
    lines->base.ops = &ops;
    status = rs_sink_lines_init(lines, config, escape, err);
    if (status != RS_OK) {
        free_sink(&lines->base);
        return status;
    }
    lines->fixed_bound += 2 * lines->n_columns + strlen("|\n");
    *out = &lines->base;
    return RS_OK;
}

static const char *const marks[] = {".md", NULL};

const struct rs_output_kind rs_output_markdown = {
    .name = "markdown",
    .what = "a table of Markdown",
    .marks = marks,
    .can = RS_SINK_LINES_CAN,
    .check = rs_sink_lines_check,
    .make = make,
};
