/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "numtext.h"
#include "outfile.h"
#include "sink.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A column's name as it stands in the output, quoted where it must be. */
struct name {
    char *text;
    size_t len;
};

struct text_sink {
    struct rs_sink base;
    struct rs_sink_config config;
    struct rs_outfile file;
    struct name *names; /* [data->n_columns] */
    struct name model;
    size_t fixed_bound; /* bytes of a row besides the names of y and x */
};

/* ---- quoting -------------------------------------------------------- */

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

static enum rs_status quote(struct name *out, const char *text, char delimiter,
                            struct rs_error *err)
{
    bool quoted = needs_quotes(text, delimiter);
    size_t used = 0;

    out->text = rs_alloc(2 * strlen(text) + 3, 1, err);
    if (out->text == NULL)
        return RS_ERR_NOMEM;
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

/* ---- rows (worker side) --------------------------------------------- */

static size_t text_row_bound(const struct rs_sink *base, size_t y, size_t x)
{
    const struct text_sink *sink = (const struct text_sink *)base;

    return sink->fixed_bound + sink->names[y].len + sink->names[x].len;
}

static char *put(char *out, const char *text, size_t len)
{
    memcpy(out, text, len);
    return out + len;
}

static char *put_number(char *out, double value, int digits)
{
    if (!isfinite(value))
        return out; /* not available: an empty field */
    return out + (digits > 0 ? rs_number_write_digits(out, value, digits)
                             : rs_number_write(out, value));
}

static char *put_count(char *out, uint64_t value)
{
    char digits[24];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    return put(out, digits + at, sizeof digits - at);
}

static char *put_field(const struct text_sink *sink, char *out,
                       enum rs_field field, size_t y, size_t x,
                       const struct rs_fit *fit)
{
    const char *status = NULL;

    switch (field) {
    case RS_FIELD_Y:
        return put(out, sink->names[y].text, sink->names[y].len);
    case RS_FIELD_X:
        return put(out, sink->names[x].text, sink->names[x].len);
    case RS_FIELD_MODEL:
        return put(out, sink->model.text, sink->model.len);
    case RS_FIELD_STATUS:
        status = rs_outcome_name(fit->outcome);
        return put(out, status, strlen(status));
    case RS_FIELD_N:
        return put_count(out, fit->n);
    default:
        return put_number(out,
                          rs_fit_value(fit, field, sink->config.conf_level),
                          sink->config.digits);
    }
}

static size_t text_encode(const struct rs_sink *base, char *out, size_t y,
                          size_t x, const struct rs_fit *fit)
{
    const struct text_sink *sink = (const struct text_sink *)base;
    char *at = out;

    for (size_t i = 0; i < sink->config.n_fields; i++) {
        if (i > 0)
            *at++ = sink->config.delimiter;
        at = put_field(sink, at, sink->config.fields[i], y, x, fit);
    }
    *at++ = '\n';
    return (size_t)(at - out);
}

/* ---- the file (parent side) ------------------------------------------ */

static enum rs_status text_write(struct rs_sink *base, const void *bytes,
                                 size_t n_bytes, struct rs_error *err)
{
    return rs_outfile_write(&((struct text_sink *)base)->file, bytes, n_bytes,
                            err);
}

static enum rs_status text_open(struct rs_sink *base, struct rs_error *err)
{
    struct text_sink *sink = (struct text_sink *)base;
    char header[1024];
    char *at = header;
    enum rs_status status = rs_outfile_open(&sink->file, err);

    if (status != RS_OK)
        return status;
    for (size_t i = 0; i < sink->config.n_fields; i++) {
        const char *name = rs_fields[sink->config.fields[i]].name;
        if (i > 0)
            *at++ = sink->config.delimiter;
        at = put(at, name, strlen(name));
    }
    *at++ = '\n';
    return text_write(base, header, (size_t)(at - header), err);
}

static enum rs_status text_finish(struct rs_sink *base, struct rs_error *err)
{
    return rs_outfile_finish(&((struct text_sink *)base)->file, err);
}

static void text_abandon(struct rs_sink *base)
{
    rs_outfile_abandon(&((struct text_sink *)base)->file);
}

static void text_free(struct rs_sink *base)
{
    struct text_sink *sink = (struct text_sink *)base;

    if (sink == NULL)
        return;
    rs_outfile_clear(&sink->file);
    if (sink->names != NULL)
        for (size_t j = 0; j < sink->config.data->n_columns; j++)
            free(sink->names[j].text);
    free(sink->names);
    free(sink->model.text);
    free(sink);
}

static const struct rs_sink_ops text_ops = {
    .name = "text",
    .row_bound = text_row_bound,
    .encode = text_encode,
    .open = text_open,
    .write = text_write,
    .finish = text_finish,
    .abandon = text_abandon,
    .free = text_free,
};

static enum rs_status prepare_names(struct text_sink *sink,
                                    struct rs_error *err)
{
    const struct rs_sink_config *config = &sink->config;
    enum rs_status status =
        quote(&sink->model, config->model_name, config->delimiter, err);

    sink->names = rs_alloc(config->data->n_columns, sizeof *sink->names, err);
    if (sink->names == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < config->data->n_columns && status == RS_OK; j++)
        status = quote(&sink->names[j], config->data->columns[j].name,
                       config->delimiter, err);
    sink->fixed_bound = sink->model.len + config->n_fields * RS_NUMTEXT_MAX;
    return status;
}

enum rs_status rs_sink_text_new(struct rs_sink **out,
                                const struct rs_sink_config *config,
                                struct rs_error *err)
{
    struct text_sink *sink = rs_alloc(1, sizeof *sink, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (sink == NULL)
        return RS_ERR_NOMEM;
    sink->base.ops = &text_ops;
    sink->config = *config;
    sink->file.fd = -1;
    status = rs_outfile_init(&sink->file, config->path, config->force,
                             config->durable, err);
    if (status == RS_OK)
        status = prepare_names(sink, err);
    if (status != RS_OK) {
        text_free(&sink->base);
        return status;
    }
    *out = &sink->base;
    return RS_OK;
}

const char *rs_sink_text_partial(const struct rs_sink *base)
{
    const struct text_sink *sink = (const struct text_sink *)base;

    return sink->file.n_bytes == 0 ? NULL : sink->file.partial;
}
