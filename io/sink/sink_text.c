/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sink_text.h"

#include "mem.h"
#include "sink_lines.h"

#include <stdlib.h>
#include <strings.h>

struct text_sink {
    struct rs_sink_lines lines;
    char delimiter;
    bool bom; /* the file begins with a mark that it is UTF-8 */
};

static const char bom[] = "\xef\xbb\xbf";
enum { BOM_SIZE = sizeof bom - 1 };

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
                            const struct rs_sink_lines *lines,
                            struct rs_error *err)
{
    bool quoted =
        needs_quotes(text, ((const struct text_sink *)lines)->delimiter);
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

/* A number has one point at most, and no other. */
static void put_comma(char *text, const char *end)
{
    char *point = memchr(text, '.', (size_t)(end - text));

    if (point != NULL)
        *point = ',';
}

/* comma: in the place of the decimal point; a constant of each caller. */
static inline size_t encode(const struct rs_sink *base, char *out,
                            const struct rs_row *row, bool comma)
{
    const struct text_sink *sink = (const struct text_sink *)base;
    const struct rs_sink_lines *lines = &sink->lines;
    char *at = out;

    at = rs_sink_lines_lead(at, lines, row);
    for (size_t i = 0; i < lines->n_columns; i++) {
        char *value = at + (i > 0 ? 1 : 0);
        if (i > 0)
            *at = sink->delimiter;
        at = rs_sink_lines_value(value, lines, row, i, "", 0);
        if (comma && !rs_source_is_text(lines->columns[i].source))
            put_comma(value, at);
    }
    *at++ = '\n';
    return (size_t)(at - out);
}

static size_t text_encode(const struct rs_sink *base, char *out,
                          const struct rs_row *row)
{
    return encode(base, out, row, false);
}

static size_t comma_encode(const struct rs_sink *base, char *out,
                           const struct rs_row *row)
{
    return encode(base, out, row, true);
}

/* ---- the file (parent side) -------------------------------------- */

/* Room for the mark and the names of all columns, each quoted and with its
 * end. */
static size_t header_size(const struct rs_sink_lines *lines)
{
    size_t size = 1 + BOM_SIZE;

    for (size_t k = 0; k < lines->rows.labels.n; k++)
        size += 2 * strlen(lines->rows.labels.columns[k].name) + 3;
    for (size_t i = 0; i < lines->n_columns; i++)
        size += strlen(lines->titles[i]) + 1;
    return size;
}

/* Writes the names to out; *n: how many bytes. Those of labels are the
 * user's; those of naming.h need no quotes. */
static enum rs_status put_header(char *out, size_t *n,
                                 const struct text_sink *sink,
                                 struct rs_error *err)
{
    const struct rs_sink_lines *lines = &sink->lines;
    const struct rs_labels *labels = &lines->rows.labels;
    char *at = out;

    if (sink->bom) {
        memcpy(at, bom, BOM_SIZE);
        at += BOM_SIZE;
    }
    for (size_t k = 0; k < labels->n; k++) {
        struct rs_scrap name = {0};
        if (quote(&name, labels->columns[k].name, lines, err) != RS_OK)
            return RS_ERR_NOMEM;
        memcpy(at, name.text, name.len);
        at += name.len;
        *at++ = sink->delimiter;
        free(name.text);
    }
    for (size_t i = 0; i < lines->n_columns; i++) {
        size_t len = strlen(lines->titles[i]);
        memcpy(at, lines->titles[i], len);
        at += len;
        *at++ = i + 1 < lines->n_columns ? sink->delimiter : '\n';
    }
    *n = (size_t)(at - out);
    return RS_OK;
}

static enum rs_status text_open(struct rs_sink *base, struct rs_error *err)
{
    struct text_sink *sink = (struct text_sink *)base;
    struct rs_sink_lines *lines = &sink->lines;
    char *header = NULL;
    size_t n = 0;
    enum rs_status status = rs_packfile_open(&lines->file, err);

    if (status != RS_OK)
        return status;
    header = rs_alloc(header_size(lines), 1, err);
    if (header == NULL)
        return RS_ERR_NOMEM;
    status = put_header(header, &n, sink, err);
    if (status == RS_OK)
        status = rs_sink_lines_write(base, header, n, err);
    free(header);
    return status == RS_OK ? rs_sink_lines_settle(base, 0, err) : status;
}

static void text_free(struct rs_sink *base)
{
    struct text_sink *sink = (struct text_sink *)base;

    if (sink != NULL)
        rs_sink_lines_clear(&sink->lines);
    free(sink);
}

static const struct rs_sink_ops text_ops =
    RS_SINK_LINES_OPS(text_encode, text_open, text_free);
static const struct rs_sink_ops comma_ops =
    RS_SINK_LINES_OPS(comma_encode, text_open, text_free);

/* ---- the kinds --------------------------------------------------- */

/* Whose ops are those of a decimal point or of a comma. */
static enum rs_status make(struct rs_sink **out,
                           const struct rs_sink_config *config,
                           const struct rs_sink_ops *ops, char delimiter,
                           struct rs_error *err)
{
    struct text_sink *sink = rs_alloc(1, sizeof *sink, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (sink == NULL)
        return RS_ERR_NOMEM;
    sink->lines.base.ops = ops;
    sink->delimiter = delimiter;
    sink->bom = config->rows.bom || ops == &comma_ops;
    status = rs_sink_lines_init(&sink->lines, config, quote, err);
    if (status == RS_OK)
        status = rs_sink_lines_label(&sink->lines, quote, NULL, delimiter, err);
    /* delimiters, line end */
    sink->lines.fixed_bound += sink->lines.n_columns + 1;
    if (status != RS_OK) {
        text_free(&sink->lines.base);
        return status;
    }
    *out = &sink->lines.base;
    return RS_OK;
}

static enum rs_status make_csv(struct rs_sink **out,
                               const struct rs_sink_config *config,
                               struct rs_error *err)
{
    return make(out, config, &text_ops, ',', err);
}

static enum rs_status make_tsv(struct rs_sink **out,
                               const struct rs_sink_config *config,
                               struct rs_error *err)
{
    return make(out, config, &text_ops, '\t', err);
}

static enum rs_status make_excel(struct rs_sink **out,
                                 const struct rs_sink_config *config,
                                 struct rs_error *err)
{
    return make(out, config, &comma_ops, ';', err);
}

/* Excel refuses text that is called a workbook. */
static enum rs_status check_excel_name(const char *path, struct rs_error *err)
{
    const char *end = path == NULL ? NULL : strrchr(path, '.');

    if (end == NULL || strncasecmp(end, ".xls", 4) != 0)
        return RS_OK;
    return rs_error_set(err, RS_ERR_USAGE,
                        "{output}: {format} excel is text that Excel opens, "
                        "and '%s' would be a workbook; {o} %.*s.csv",
                        path, (int)(end - path), path);
}

static const char *const csv_marks[] = {".csv", NULL};
static const char *const tsv_marks[] = {".tsv", NULL};
static const char *const no_marks[] = {NULL};

const struct rs_output_kind rs_output_csv = {
    .name = "csv",
    .what = "CSV",
    .marks = csv_marks,
    .can = RS_SINK_LINES_CAN | RS_OUTPUT_BOM,
    .check = rs_sink_lines_check,
    .make = make_csv,
};

const struct rs_output_kind rs_output_tsv = {
    .name = "tsv",
    .what = "TSV",
    .marks = tsv_marks,
    .can = RS_SINK_LINES_CAN | RS_OUTPUT_BOM,
    .check = rs_sink_lines_check,
    .make = make_tsv,
};

const struct rs_output_kind rs_output_excel = {
    .name = "excel",
    .what = "CSV for Excel",
    .marks = no_marks,
    .can = RS_SINK_LINES_CAN | RS_OUTPUT_BOM,
    .check_name = check_excel_name,
    .check = rs_sink_lines_check,
    .make = make_excel,
};
