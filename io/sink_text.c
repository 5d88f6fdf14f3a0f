/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "numtext.h"
#include "outfile.h"
#include "sink.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Short texts are copied in one piece of this size, whatever their length. */
enum { PIECE = 16 };

/* A column's name as it stands in the output, quoted where it must be. */
struct name {
    char *text; /* PIECE bytes or more are readable */
    size_t len;
};

/* An outcome's name. */
struct label {
    char text[PIECE];
    size_t len;
};

/* How a column of the output is made. */
enum source {
    FROM_Y,
    FROM_X,
    FROM_COUNT,
    FROM_MEMBER, /* a number that the fit holds */
    FROM_VALUE,  /* a number that follows from those: rs_fit_value */
    FROM_MODEL,
    FROM_OUTCOME
};

struct column {
    enum source source;
    enum rs_field field;
    size_t offset; /* FROM_MEMBER: of the double in struct rs_fit */
};

struct text_sink {
    struct rs_sink base;
    struct rs_sink_config config;
    struct rs_outfile file;
    struct name *names; /* [data->n_columns] */
    struct name model;
    struct label outcomes[RS_FIT_N_OUTCOMES];
    struct column *columns; /* [config.n_fields] */
    size_t fixed_bound;     /* bytes of a row besides the names of y and x */
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

    out->text = rs_alloc(2 * strlen(text) + 3 + PIECE, 1, err);
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

/* As put; writes PIECE bytes at least, which the bound has room for. */
static inline char *put_name(char *out, const struct name *name)
{
    memcpy(out, name->text, PIECE);
    if (name->len > PIECE)
        memcpy(out + PIECE, name->text + PIECE, name->len - PIECE);
    return out + name->len;
}

static inline char *put_label(char *out, const struct label *label)
{
    memcpy(out, label->text, PIECE);
    return out + label->len;
}

static inline char *put_number(char *out, double value, int digits)
{
    if (!isfinite(value))
        return out; /* not available: an empty field */
    return out + (digits > 0 ? rs_number_write_digits(out, value, digits)
                             : rs_number_write(out, value));
}

static inline double member(const struct rs_fit *fit, size_t offset)
{
    double value = 0.0;

    memcpy(&value, (const char *)fit + offset, sizeof value);
    return value;
}

static size_t text_encode(const struct rs_sink *base, char *out, size_t y,
                          size_t x, const struct rs_fit *fit)
{
    const struct text_sink *sink = (const struct text_sink *)base;
    const struct rs_sink_config *config = &sink->config;
    char *at = out;

    for (size_t i = 0; i < config->n_fields; i++) {
        const struct column *column = &sink->columns[i];
        if (i > 0)
            *at++ = config->delimiter;
        switch (column->source) {
        case FROM_Y:
            at = put_name(at, &sink->names[y]);
            break;
        case FROM_X:
            at = put_name(at, &sink->names[x]);
            break;
        case FROM_COUNT:
            at += rs_count_write(at, fit->n);
            break;
        case FROM_MEMBER:
            at = put_number(at, member(fit, column->offset), config->digits);
            break;
        case FROM_VALUE:
            at = put_number(
                at, rs_fit_value(fit, column->field, config->conf_level),
                config->digits);
            break;
        case FROM_MODEL:
            at = put_name(at, &sink->model);
            break;
        case FROM_OUTCOME:
            at = put_label(at, &sink->outcomes[fit->outcome]);
            break;
        }
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
    free(sink->columns);
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

static struct column column_of(enum rs_field field)
{
    struct column column = {.source = FROM_MEMBER, .field = field};

    switch (field) {
    case RS_FIELD_Y:
        column.source = FROM_Y;
        break;
    case RS_FIELD_X:
        column.source = FROM_X;
        break;
    case RS_FIELD_N:
        column.source = FROM_COUNT;
        break;
    case RS_FIELD_MODEL:
        column.source = FROM_MODEL;
        break;
    case RS_FIELD_STATUS:
        column.source = FROM_OUTCOME;
        break;
    case RS_FIELD_INTERCEPT:
        column.offset = offsetof(struct rs_fit, intercept);
        break;
    case RS_FIELD_BETA:
        column.offset = offsetof(struct rs_fit, beta);
        break;
    case RS_FIELD_SE:
        column.offset = offsetof(struct rs_fit, se);
        break;
    case RS_FIELD_STAT:
        column.offset = offsetof(struct rs_fit, stat);
        break;
    case RS_FIELD_R2:
        column.offset = offsetof(struct rs_fit, r2);
        break;
    case RS_FIELD_SIGMA:
        column.offset = offsetof(struct rs_fit, sigma);
        break;
    default:
        column.source = FROM_VALUE;
    }
    return column;
}

static enum rs_status prepare_columns(struct text_sink *sink,
                                      struct rs_error *err)
{
    size_t n = sink->config.n_fields;

    sink->columns = rs_alloc(n, sizeof *sink->columns, err);
    if (sink->columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++)
        sink->columns[i] = column_of(sink->config.fields[i]);
    for (size_t i = 0; i < RS_FIT_N_OUTCOMES; i++) {
        const char *text = rs_outcome_name((enum rs_outcome)i);
        sink->outcomes[i].len = strlen(text);
        assert(sink->outcomes[i].len <= PIECE);
        memcpy(sink->outcomes[i].text, text, sink->outcomes[i].len);
    }
    return RS_OK;
}

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
    if (status == RS_OK)
        status = prepare_columns(sink, err);
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
