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

struct text_sink {
    struct rs_sink base;
    struct rs_sink_config config;
    struct rs_outfile file;
    struct name *names; /* [data->n_columns] */
    struct name model;
    struct label outcomes[RS_FIT_N_OUTCOMES];
    struct name *terms;            /* [config.n_term_texts] */
    struct rs_row_column *columns; /* [n_columns] of a row, or of a term's */
    size_t n_columns;
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

    /* x is the name of a term, too */
    return sink->fixed_bound + sink->names[y].len + 2 * sink->names[x].len;
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

static size_t text_encode(const struct rs_sink *base, char *out,
                          const struct rs_row *row)
{
    const struct text_sink *sink = (const struct text_sink *)base;
    const struct rs_sink_config *config = &sink->config;
    char *at = out;

    for (size_t i = 0; i < sink->n_columns; i++) {
        const struct rs_row_column *column = &sink->columns[i];
        if (i > 0)
            *at++ = config->delimiter;
        switch (column->source) {
        case RS_FROM_Y:
            at = put_name(at, &sink->names[row->y]);
            break;
        case RS_FROM_X:
            at = put_name(at, &sink->names[row->x]);
            break;
        case RS_FROM_TERM:
            at = put_name(at, row->term == RS_TERM_X ? &sink->names[row->x]
                                                     : &sink->terms[row->term]);
            break;
        case RS_FROM_COUNT:
            at += rs_count_write(at, row->fit->n);
            break;
        case RS_FROM_MODEL:
            at = put_name(at, &sink->model);
            break;
        case RS_FROM_OUTCOME:
            at = put_label(at, &sink->outcomes[row->fit->outcome]);
            break;
        default:
            at = put_number(at, rs_row_number(row, column, config->conf_level),
                            config->digits);
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
    const struct rs_sink_config *config = &sink->config;
    const char *const *names =
        config->rows == RS_ROWS_TERMS ? config->terms_names : config->names;
    char header[2048];
    char *at = header;
    enum rs_status status = rs_outfile_open(&sink->file, err);

    if (status != RS_OK)
        return status;
    for (size_t i = 0; i < sink->n_columns; i++) {
        if (i > 0)
            *at++ = config->delimiter;
        at = put(at, names[i], strlen(names[i]));
    }
    *at++ = '\n';
    return text_write(base, header, (size_t)(at - header), err);
}

static enum rs_status text_finish(struct rs_sink *base,
                                  const struct rs_tally *tally,
                                  struct rs_error *err)
{
    (void)tally;
    return rs_outfile_finish(&((struct text_sink *)base)->file, err);
}

static void text_abandon(struct rs_sink *base, const struct rs_tally *tally)
{
    (void)tally;
    rs_outfile_abandon(&((struct text_sink *)base)->file);
}

static const char *text_partial(const struct rs_sink *base)
{
    const struct text_sink *sink = (const struct text_sink *)base;

    return sink->file.n_bytes == 0 ? NULL : sink->file.partial;
}

static void free_names(struct name *names, size_t n)
{
    for (size_t i = 0; names != NULL && i < n; i++)
        free(names[i].text);
    free(names);
}

static void text_free(struct rs_sink *base)
{
    struct text_sink *sink = (struct text_sink *)base;

    if (sink == NULL)
        return;
    rs_outfile_clear(&sink->file);
    free_names(sink->names, sink->config.data->n_columns);
    free_names(sink->terms, sink->config.n_term_texts);
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
    .partial = text_partial,
    .free = text_free,
};

static enum rs_status prepare_columns(struct text_sink *sink,
                                      struct rs_error *err)
{
    const struct rs_sink_config *config = &sink->config;
    bool terms = config->rows == RS_ROWS_TERMS;
    const enum rs_field *fields = terms ? config->terms : config->fields;

    sink->n_columns = terms ? config->n_terms : config->n_fields;
    sink->columns = rs_alloc(sink->n_columns, sizeof *sink->columns, err);
    if (sink->columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < sink->n_columns; i++)
        sink->columns[i] = rs_row_column_of(fields[i]);
    sink->fixed_bound += sink->n_columns * RS_NUMTEXT_MAX;
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
    sink->fixed_bound += sink->model.len;
    return status;
}

static enum rs_status prepare_terms(struct text_sink *sink,
                                    struct rs_error *err)
{
    const struct rs_sink_config *config = &sink->config;
    enum rs_status status = RS_OK;
    size_t longest = 0;

    if (config->n_term_texts == 0)
        return RS_OK;
    sink->terms = rs_alloc(config->n_term_texts, sizeof *sink->terms, err);
    if (sink->terms == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < config->n_term_texts && status == RS_OK; k++) {
        if (k == RS_TERM_X)
            continue;
        status = quote(&sink->terms[k], config->term_texts[k],
                       config->delimiter, err);
        if (sink->terms[k].len > longest)
            longest = sink->terms[k].len;
    }
    sink->fixed_bound += longest;
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
        status = prepare_terms(sink, err);
    if (status == RS_OK)
        status = prepare_columns(sink, err);
    if (status != RS_OK) {
        text_free(&sink->base);
        return status;
    }
    *out = &sink->base;
    return RS_OK;
}
