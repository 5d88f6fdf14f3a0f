/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "sink_lines.h"

#include <stdlib.h>

/* ---- quoting ----------------------------------------------------- */

/* RFC 4180: quote when the text holds delimiter, quote or line end; also
 * when blanks at an end would be trimmed by a reader. */
static bool needs_quotes(const char *text, char delimiter)
{
    size_t len = strlen(text);

    if (len == 0)
        return true;
    if (text[0] == ' ' || text[0] == '\t' || text[len - 1] == ' ' ||
        text[len - 1] == '\t')
        return true;
    for (const char *s = text; *s != '\0'; s++)
        if (*s == delimiter || *s == '"' || *s == '\n' || *s == '\r')
            return true;
    return false;
}

static enum rs_status quote(struct rs_scrap *out, const char *text,
                            const struct rs_sink_config *config,
                            struct rs_error *err)
{
    bool quoted = needs_quotes(text, config->delimiter);
    enum rs_status status = rs_scrap_new(out, 2 * strlen(text) + 2, err);
    size_t used = 0;

    if (status != RS_OK)
        return status;
    if (quoted)
        out->text[used++] = '"';
    for (const char *s = text; *s != '\0'; s++) {
        if (*s == '"')
            out->text[used++] = '"';
        out->text[used++] = *s;
    }
    if (quoted)
        out->text[used++] = '"';
    out->len = used;
    return RS_OK;
}

/* ---- rows (worker side) ------------------------------------------ */

static size_t text_encode(const struct rs_sink *base, char *out,
                          const struct rs_row *row)
{
    const struct rs_sink_lines *lines = (const struct rs_sink_lines *)base;
    const struct rs_sink_config *config = &lines->config;
    char *at = out;

    for (size_t i = 0; i < lines->n_columns; i++) {
        if (i > 0)
            *at++ = config->delimiter;
        at = rs_sink_lines_value(at, lines, row, i, "", 0);
    }
    *at++ = '\n';
    return (size_t)(at - out);
}

/* ---- the file (parent side) -------------------------------------- */

static enum rs_status text_open(struct rs_sink *base, struct rs_error *err)
{
    struct rs_sink_lines *lines = (struct rs_sink_lines *)base;
    char header[2048];
    char *at = header;
    enum rs_status status = rs_packfile_open(&lines->file, err);

    if (status != RS_OK)
        return status;
    for (size_t i = 0; i < lines->n_columns; i++) {
        size_t len = strlen(lines->titles[i]);
        if (i > 0)
            *at++ = lines->config.delimiter;
        memcpy(at, lines->titles[i], len);
        at += len;
    }
    *at++ = '\n';
    status = rs_sink_lines_write(base, header, (size_t)(at - header), err);
    return status == RS_OK ? rs_sink_lines_settle(base, 0, err) : status;
}

static void text_free(struct rs_sink *base)
{
    struct rs_sink_lines *lines = (struct rs_sink_lines *)base;

    if (lines != NULL)
        rs_sink_lines_clear(lines);
    free(lines);
}

static const struct rs_sink_ops text_ops = {
    .name = "text",
    .row_bound = rs_sink_lines_row_bound,
    .encode = text_encode,
    .open = text_open,
    .write = rs_sink_lines_write,
    .write_packed = rs_sink_lines_write_packed,
    .unsettled = rs_sink_lines_unsettled,
    .settle = rs_sink_lines_settle,
    .finish = rs_sink_lines_finish,
    .abandon = rs_sink_lines_abandon,
    .partial = rs_sink_lines_partial,
    .left = rs_sink_lines_left,
    .free = text_free,
};

enum rs_status rs_sink_text_new(struct rs_sink **out,
                                const struct rs_sink_config *config,
                                struct rs_error *err)
{
    struct rs_sink_lines *lines = rs_alloc(1, sizeof *lines, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (lines == NULL)
        return RS_ERR_NOMEM;
    lines->base.ops = &text_ops;
    status = rs_sink_lines_init(lines, config, quote, err);
    lines->fixed_bound += lines->n_columns + 1; /* delimiters, line end */
    if (status != RS_OK) {
        text_free(&lines->base);
        return status;
    }
    *out = &lines->base;
    return RS_OK;
}
