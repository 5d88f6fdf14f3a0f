/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pg_rows.h"

#include "dropped_text.h"
#include "level_texts.h"
#include "mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Short fields are copied in one piece of this size, whatever their
 * length. */
enum { PIECE = 24 };

enum {
    RUN_ID_AT = 2 + 4,          /* behind the number of fields, its length */
    TUPLE_HEAD = RUN_ID_AT + 8, /* up to the second field */
    FIELD_MAX = 4 + 8,          /* of a number */
};

static const uint64_t is_term = UINT64_C(1) << 63;

/* A text as it stands in a tuple, its length before it. */
struct field {
    char *bytes; /* PIECE bytes or more are readable */
    size_t len;
};

/* The columns of a table. */
struct columns {
    struct rs_row_column *columns; /* [n] */
    size_t n;
};

struct rs_pg_rows {
    const struct rs_rows_shape *shape;
    struct field *leads; /* [labels.n_parts] the labels of a part's rows, as
                            fields one behind another */
    struct field *names; /* [data->n_columns] */
    struct field *terms; /* [shape->n_term_texts] */
    struct field *levels, *references; /* [rs_level_text_count], NULL where
                                          there is none; NULL: no such column */
    struct field outcomes[RS_FIT_N_OUTCOMES];
    struct field model;
    struct columns pairs;
    struct columns of_terms;
    size_t fixed_bound; /* bytes of a row besides the names of y and x */
};

/* ---- bytes ------------------------------------------------------- */

/* Written so that compilers see one instruction in it. */
static inline void put_32(char *out, uint32_t v)
{
    const unsigned char bytes[4] = {(unsigned char)(v >> 24),
                                    (unsigned char)(v >> 16),
                                    (unsigned char)(v >> 8), (unsigned char)v};
    memcpy(out, bytes, sizeof bytes);
}

static inline void put_64(char *out, uint64_t v)
{
    put_32(out, (uint32_t)(v >> 32));
    put_32(out + 4, (uint32_t)v);
}

static inline uint64_t get_64(const char *in)
{
    uint64_t v = 0;

    for (int i = 0; i < 8; i++)
        v = v << 8 | (unsigned char)in[i];
    return v;
}

/* ---- UTF-8 ------------------------------------------------------- */

/* Bytes that follow a first byte; the second lies in [*low, *high]. -1: not
 * a first byte. No surrogates, nothing beyond U+10FFFF, nothing that a
 * shorter sequence says (RFC 3629). */
static int followers(unsigned char first, unsigned char *low,
                     unsigned char *high)
{
    *low = 0x80;
    *high = 0xbf;
    if (first < 0x80)
        return 0;
    if (first < 0xc2 || first > 0xf4)
        return -1;
    if (first < 0xe0)
        return 1;
    if (first == 0xe0)
        *low = 0xa0;
    else if (first == 0xed)
        *high = 0x9f;
    else if (first == 0xf0)
        *low = 0x90;
    else if (first == 0xf4)
        *high = 0x8f;
    return first < 0xf0 ? 2 : 3;
}

bool rs_pg_is_utf8(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;

    while (*s != 0) {
        unsigned char low = 0;
        unsigned char high = 0;
        int more = followers(*s++, &low, &high);
        if (more < 0)
            return false;
        for (; more > 0; more--, s++) {
            if (*s < low || *s > high)
                return false; /* the NUL, too */
            low = 0x80;
            high = 0xbf;
        }
    }
    return true;
}

/* ---- making ------------------------------------------------------ */

static enum rs_status make_field(struct field *out, const char *text,
                                 struct rs_error *err)
{
    size_t len = strlen(text);

    if (len > INT32_MAX)
        return rs_error_set(err, RS_ERR_INCONSISTENT, "a name is too long");
    out->bytes = rs_alloc(4 + len + PIECE, 1, err);
    if (out->bytes == NULL)
        return RS_ERR_NOMEM;
    put_32(out->bytes, (uint32_t)len);
    memcpy(out->bytes + 4, text, len);
    out->len = 4 + len;
    return RS_OK;
}

static enum rs_status make_null(struct field *out, struct rs_error *err)
{
    out->bytes = rs_alloc(4 + PIECE, 1, err);
    if (out->bytes == NULL)
        return RS_ERR_NOMEM;
    put_32(out->bytes, UINT32_MAX);
    out->len = 4;
    return RS_OK;
}

static enum rs_status make_name(struct field *out, const char *text,
                                struct rs_error *err)
{
    if (!rs_pg_is_utf8(text))
        return rs_error_set(err, RS_ERR_INCONSISTENT,
                            "'%s' is not valid UTF-8, and a PostgreSQL "
                            "database takes no other names (iconv converts "
                            "a file)",
                            text);
    return make_field(out, text, err);
}

static enum rs_status make_names(struct rs_pg_rows *rows, struct rs_error *err)
{
    const struct rs_dataset *data = rows->shape->data;
    enum rs_status status = RS_OK;

    rows->names = rs_alloc(data->n_columns, sizeof *rows->names, err);
    if (rows->names == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < data->n_columns && status == RS_OK; j++)
        status = make_name(&rows->names[j], data->columns[j].name, err);
    return status;
}

/* Adds a field to the leads of the parts that have the text. */
static enum rs_status add_label(struct rs_pg_rows *rows, size_t column,
                                uint32_t code, const struct field *text,
                                struct rs_error *err)
{
    const struct rs_labels *labels = &rows->shape->labels;

    for (size_t i = 0; i < labels->n_parts; i++) {
        struct field *lead = &rows->leads[i];
        char *longer = NULL;
        if (labels->codes[i * labels->n + column] != code)
            continue;
        longer = realloc(lead->bytes, lead->len + text->len + PIECE);
        if (longer == NULL)
            return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        memcpy(longer + lead->len, text->bytes, text->len);
        lead->bytes = longer;
        lead->len += text->len;
        memset(longer + lead->len, 0, PIECE);
    }
    return RS_OK;
}

static enum rs_status make_leads(struct rs_pg_rows *rows, struct rs_error *err)
{
    const struct rs_labels *labels = &rows->shape->labels;
    enum rs_status status = RS_OK;
    size_t longest = 0;

    if (labels->n == 0)
        return RS_OK;
    rows->leads = rs_alloc(labels->n_parts, sizeof *rows->leads, err);
    if (rows->leads == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < labels->n; k++) {
        const struct rs_label_column *column = &labels->columns[k];
        for (size_t t = 0; t < column->n_texts && status == RS_OK; t++) {
            struct field text = {0};
            status = make_name(&text, column->texts[t], err);
            if (status == RS_OK)
                status = add_label(rows, k, (uint32_t)t, &text, err);
            free(text.bytes);
        }
    }
    for (size_t i = 0; i < labels->n_parts; i++)
        if (rows->leads[i].len > longest)
            longest = rows->leads[i].len;
    rows->fixed_bound += longest + PIECE;
    return status;
}

static enum rs_status make_terms(struct rs_pg_rows *rows, struct rs_error *err)
{
    const struct rs_rows_shape *shape = rows->shape;
    enum rs_status status = RS_OK;
    size_t longest = 0;

    rows->terms = rs_alloc(shape->n_term_texts, sizeof *rows->terms, err);
    if (rows->terms == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < shape->n_term_texts && status == RS_OK; k++) {
        if (k == RS_TERM_X)
            continue;
        status = make_name(&rows->terms[k], shape->term_texts[k], err);
        if (rows->terms[k].len > longest)
            longest = rows->terms[k].len;
    }
    rows->fixed_bound += longest;
    return status;
}

/* The fields of `level` or `reference`. */
static enum rs_status make_levels(struct field **out, struct rs_pg_rows *rows,
                                  enum rs_row_source source,
                                  struct rs_error *err)
{
    const struct rs_rows_shape *shape = rows->shape;
    size_t n = rs_level_text_count(shape);
    enum rs_status status = RS_OK;
    size_t longest = 0;

    if (!rs_level_text_wanted(shape, source))
        return RS_OK;
    *out = rs_alloc(n, sizeof **out, err);
    if (*out == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n && status == RS_OK; i++) {
        const char *text = rs_level_text(shape, source, i);
        status = text == NULL ? make_null(&(*out)[i], err)
                              : make_name(&(*out)[i], text, err);
        longest = (*out)[i].len > longest ? (*out)[i].len : longest;
    }
    rows->fixed_bound += longest;
    return status;
}

static enum rs_status make_columns(struct columns *out,
                                   const struct rs_row_columns *from,
                                   struct rs_error *err)
{
    size_t n = from->n;

    out->columns = rs_alloc(n, sizeof *out->columns, err);
    if (out->columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++)
        out->columns[i] = rs_row_column_of(from->fields[i]);
    out->n = n;
    return RS_OK;
}

enum rs_status rs_pg_rows_new(struct rs_pg_rows **out,
                              const struct rs_rows_shape *shape,
                              struct rs_error *err)
{
    struct rs_pg_rows *rows = rs_alloc(1, sizeof *rows, err);
    enum rs_status status = RS_OK;
    size_t most = 0;

    *out = NULL;
    if (rows == NULL)
        return RS_ERR_NOMEM;
    rows->shape = shape;
    status = make_leads(rows, err);
    if (status == RS_OK)
        status = make_names(rows, err);
    if (status == RS_OK)
        status = make_terms(rows, err);
    if (status == RS_OK)
        status = make_levels(&rows->levels, rows, RS_FROM_LEVEL, err);
    if (status == RS_OK)
        status = make_levels(&rows->references, rows, RS_FROM_REFERENCE, err);
    if (status == RS_OK)
        status = make_field(&rows->model, shape->model_name, err);
    for (int i = 0; i < RS_FIT_N_OUTCOMES && status == RS_OK; i++)
        status = make_field(&rows->outcomes[i],
                            rs_outcome_name((enum rs_outcome)i), err);
    if (status == RS_OK)
        status = make_columns(&rows->pairs, &shape->pairs, err);
    if (status == RS_OK)
        status = make_columns(&rows->of_terms, &shape->terms, err);
    if (status != RS_OK) {
        rs_pg_rows_free(rows);
        return status;
    }
    most = rows->pairs.n > rows->of_terms.n ? rows->pairs.n : rows->of_terms.n;
    rows->fixed_bound += TUPLE_HEAD + most * FIELD_MAX + rows->model.len +
                         2 * PIECE + rs_dropped_most(shape);
    *out = rows;
    return RS_OK;
}

static void free_fields(struct field *fields, size_t n)
{
    for (size_t i = 0; fields != NULL && i < n; i++)
        free(fields[i].bytes);
}

void rs_pg_rows_free(struct rs_pg_rows *rows)
{
    if (rows == NULL)
        return;
    free_fields(rows->leads, rows->shape->labels.n_parts);
    free_fields(rows->names, rows->shape->data->n_columns);
    free_fields(rows->terms, rows->shape->n_term_texts);
    free_fields(rows->levels, rs_level_text_count(rows->shape));
    free_fields(rows->references, rs_level_text_count(rows->shape));
    free_fields(rows->outcomes, RS_FIT_N_OUTCOMES);
    free_fields(&rows->model, 1);
    free(rows->leads);
    free(rows->names);
    free(rows->terms);
    free(rows->levels);
    free(rows->references);
    free(rows->pairs.columns);
    free(rows->of_terms.columns);
    free(rows);
}

/* ---- encoding (worker side) -------------------------------------- */

size_t rs_pg_rows_bound(const struct rs_pg_rows *rows, size_t y, size_t x)
{
    /* x is the name of a term, too */
    return rows->fixed_bound + rows->names[y].len + 2 * rows->names[x].len;
}

/* Writes PIECE bytes at least, which the bound has room for. */
static inline char *put_field(char *out, const struct field *field)
{
    memcpy(out, field->bytes, PIECE);
    if (field->len > PIECE)
        memcpy(out + PIECE, field->bytes + PIECE, field->len - PIECE);
    return out + field->len;
}

static inline char *put_count(char *out, uint64_t n)
{
    put_32(out, 8);
    put_64(out + 4, n);
    return out + 12;
}

static inline char *put_number(char *out, double value)
{
    uint64_t bits = 0;

    if (!isfinite(value)) {
        put_32(out, UINT32_MAX); /* not available: NULL */
        return out + 4;
    }
    memcpy(&bits, &value, sizeof bits);
    return put_count(out, bits);
}

static inline const struct field *level_of(const struct rs_pg_rows *rows,
                                           enum rs_row_source source,
                                           const struct rs_row *row)
{
    size_t place =
        rs_level_text_place(rows->shape, source, row->part, row->x, row->term);

    return source == RS_FROM_LEVEL ? &rows->levels[place]
                                   : &rows->references[place];
}

/* The names of dropped covariates as one field. */
static char *put_dropped(char *out, const struct rs_pg_rows *rows,
                         const struct rs_row *row)
{
    char *at = out + 4;

    if (row->dropped == NULL || row->dropped->n == 0)
        return put_number(out, NAN);
    for (size_t k = 0; k < row->dropped->n; k++) {
        const struct field *name = &rows->names[row->dropped->columns[k]];
        if (k > 0)
            *at++ = RS_DROPPED_BETWEEN;
        memcpy(at, name->bytes + 4, name->len - 4);
        at += name->len - 4;
    }
    put_32(out, (uint32_t)(at - out - 4));
    return at;
}

size_t rs_pg_rows_encode(const struct rs_pg_rows *rows, char *out,
                         const struct rs_row *row)
{
    bool term = row->term != RS_NO_TERM;
    const struct columns *columns = term ? &rows->of_terms : &rows->pairs;
    double conf_level = rows->shape->conf_level;
    uint32_t n_fields = (uint32_t)(1 + rows->shape->labels.n + columns->n);
    char *at = out + TUPLE_HEAD;
    uint64_t n_bytes = 0;

    if (rows->leads != NULL)
        at = put_field(at, &rows->leads[row->part]);
    for (size_t i = 0; i < columns->n; i++) {
        const struct rs_row_column *column = &columns->columns[i];
        switch (column->source) {
        case RS_FROM_Y:
            at = put_field(at, &rows->names[row->y]);
            break;
        case RS_FROM_X:
            at = put_field(at, &rows->names[row->x]);
            break;
        case RS_FROM_TERM:
            at = put_field(at, !term || row->term == RS_TERM_X
                                   ? &rows->names[row->x]
                                   : &rows->terms[row->term]);
            break;
        case RS_FROM_COUNT:
            at = put_count(at, rs_row_count(row, column));
            break;
        case RS_FROM_LEVEL:
            at = put_field(at, level_of(rows, RS_FROM_LEVEL, row));
            break;
        case RS_FROM_REFERENCE:
            at = put_field(at, level_of(rows, RS_FROM_REFERENCE, row));
            break;
        case RS_FROM_DROPPED:
            at = put_dropped(at, rows, row);
            break;
        case RS_FROM_MODEL:
            at = put_field(at, &rows->model);
            break;
        case RS_FROM_OUTCOME:
            at = put_field(at, &rows->outcomes[row->fit->outcome]);
            break;
        default:
            at = put_number(at, rs_row_number(row, column, conf_level));
        }
    }
    n_bytes = (uint64_t)(at - out);
    out[0] = (char)(n_fields >> 8);
    out[1] = (char)n_fields;
    put_32(out + 2, 8);
    put_64(out + RUN_ID_AT, term ? n_bytes | is_term : n_bytes);
    return (size_t)n_bytes;
}

/* ---- the parent's side ------------------------------------------- */

bool rs_pg_tuple_look(const char *tuple, size_t *n_bytes)
{
    uint64_t word = get_64(tuple + RUN_ID_AT);

    *n_bytes = (size_t)(word & ~is_term);
    return (word & is_term) != 0;
}

void rs_pg_tuple_finish(char *tuple, int64_t run_id)
{
    put_64(tuple + RUN_ID_AT, (uint64_t)run_id);
}
