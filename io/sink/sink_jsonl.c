/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sink_jsonl.h"

#include "json_string.h"
#include "mem.h"
#include "sink_lines.h"

#include <stdlib.h>

struct jsonl_sink {
    struct rs_sink_lines lines;
    struct rs_scrap *keys; /* [lines.n_columns] what stands before a value */
};

static char *put(char *out, const char *text, size_t len)
{
    memcpy(out, text, len);
    return out + len;
}

static enum rs_status quote(struct rs_scrap *out, const char *text,
                            const struct rs_sink_lines *lines,
                            struct rs_error *err)
{
    enum rs_status status =
        rs_scrap_new(out, RS_JSON_ESCAPED * strlen(text) + 2, err);

    (void)lines;
    if (status == RS_OK)
        out->len = (size_t)(rs_json_string(out->text, text) - out->text);
    return status;
}

/* ---- rows (worker side) ------------------------------------------ */

static size_t jsonl_encode(const struct rs_sink *base, char *out,
                           const struct rs_row *row)
{
    const struct jsonl_sink *sink = (const struct jsonl_sink *)base;
    const struct rs_sink_lines *lines = &sink->lines;
    char *at = out;

    at = rs_sink_lines_lead(at, lines, row);
    for (size_t i = 0; i < lines->n_columns; i++) {
        at = rs_scrap_put(at, &sink->keys[i]);
        /* the numbers of text are numbers to JSON as they are */
        at = rs_sink_lines_value(at, lines, row, i, "null", 4);
    }
    at = put(at, "}\n", 2);
    return (size_t)(at - out);
}

/* ---- the file (parent side) -------------------------------------- */

static enum rs_status jsonl_open(struct rs_sink *base, struct rs_error *err)
{
    enum rs_status status =
        rs_packfile_open(&((struct jsonl_sink *)base)->lines.file, err);

    return status == RS_OK ? rs_sink_lines_settle(base, 0, err) : status;
}

static void jsonl_free(struct rs_sink *base)
{
    struct jsonl_sink *sink = (struct jsonl_sink *)base;

    if (sink == NULL)
        return;
    for (size_t i = 0; sink->keys != NULL && i < sink->lines.n_columns; i++)
        free(sink->keys[i].text);
    free(sink->keys);
    rs_sink_lines_clear(&sink->lines);
    free(sink);
}

static const struct rs_sink_ops jsonl_ops =
    RS_SINK_LINES_OPS(jsonl_encode, jsonl_open, jsonl_free);

/* What stands before a value: {"y": or ,"x": */
static enum rs_status make_key(struct rs_scrap *key, bool first,
                               const char *title, struct rs_error *err)
{
    enum rs_status status =
        rs_scrap_new(key, RS_JSON_ESCAPED * strlen(title) + 4, err);

    if (status != RS_OK)
        return status;
    key->text[0] = first ? '{' : ',';
    key->len = (size_t)(rs_json_string(key->text + 1, title) - key->text);
    key->text[key->len++] = ':';
    return RS_OK;
}

static enum rs_status prepare_keys(struct jsonl_sink *sink,
                                   struct rs_error *err)
{
    struct rs_sink_lines *lines = &sink->lines;
    bool labelled = lines->rows.labels.n > 0;

    sink->keys = rs_alloc(lines->n_columns, sizeof *sink->keys, err);
    if (sink->keys == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < lines->n_columns; i++) {
        enum rs_status status = make_key(&sink->keys[i], i == 0 && !labelled,
                                         lines->titles[i], err);
        if (status != RS_OK)
            return status;
        lines->fixed_bound += sink->keys[i].len;
    }
    lines->fixed_bound += strlen("}\n");
    return RS_OK;
}

static enum rs_status prepare_labels(struct rs_sink_lines *lines,
                                     struct rs_error *err)
{
    const struct rs_labels *labels = &lines->rows.labels;
    struct rs_scrap *keys = rs_alloc(labels->n, sizeof *keys, err);
    enum rs_status status = keys == NULL ? RS_ERR_NOMEM : RS_OK;

    for (size_t k = 0; k < labels->n && status == RS_OK; k++)
        status = make_key(&keys[k], k == 0, labels->columns[k].name, err);
    if (status == RS_OK)
        status = rs_sink_lines_label(lines, quote, keys, '\0', err);
    for (size_t k = 0; keys != NULL && k < labels->n; k++)
        free(keys[k].text);
    free(keys);
    return status;
}

static enum rs_status make(struct rs_sink **out,
                           const struct rs_sink_config *config,
                           struct rs_error *err)
{
    struct jsonl_sink *sink = rs_alloc(1, sizeof *sink, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (sink == NULL)
        return RS_ERR_NOMEM;
    sink->lines.base.ops = &jsonl_ops;
    status = rs_sink_lines_init(&sink->lines, config, quote, err);
    if (status == RS_OK)
        status = prepare_keys(sink, err);
    if (status == RS_OK)
        status = prepare_labels(&sink->lines, err);
    if (status != RS_OK) {
        jsonl_free(&sink->lines.base);
        return status;
    }
    *out = &sink->lines.base;
    return RS_OK;
}

static const char *const marks[] = {".jsonl", ".ndjson", NULL};

const struct rs_output_kind rs_output_jsonl = {
    .name = "jsonl",
    .what = "JSON Lines",
    .marks = marks,
    .can = RS_SINK_LINES_CAN,
    .check = rs_sink_lines_check,
    .make = make,
};
