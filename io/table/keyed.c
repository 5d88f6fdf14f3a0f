/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyed.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Position in the source. */
static size_t source_column(const struct rs_keyed *keyed, size_t column)
{
    return keyed->columns != NULL ? keyed->columns[column] : column;
}

enum rs_status rs_keyed_leave(struct rs_keyed *keyed, const bool *left,
                              struct rs_error *err)
{
    size_t *columns = rs_alloc(keyed->n_columns, sizeof *columns, err);
    size_t n = 0;

    if (columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < keyed->n_columns; j++)
        if (!left[j])
            columns[n++] = source_column(keyed, j);
    free(keyed->columns);
    keyed->columns = columns;
    keyed->n_columns = n;
    return RS_OK;
}

static enum rs_status leave_key(struct rs_keyed *keyed, struct rs_error *err)
{
    bool *left = rs_alloc(keyed->n_columns, sizeof *left, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (left == NULL)
        return status;
    left[keyed->key_column] = true;
    status = rs_keyed_leave(keyed, left, err);
    free(left);
    return status;
}

/* The column of the key, which key_names.h has found to be there. */
static enum rs_status find_key(struct rs_keyed *keyed, const char *key,
                               struct rs_error *err)
{
    const struct rs_source *source = keyed->source;
    size_t n_found = 0;

    for (size_t j = 0; j < source->n_columns; j++) {
        if (strcmp(source->names[j], key) != 0)
            continue;
        if (n_found++ > 0)
            return rs_error_set_at(err, RS_ERR_MALFORMED, source->path,
                                   source->header_line, 0,
                                   "{key}: two columns are called '%s': "
                                   "columns %zu and %zu",
                                   key, keyed->key_column + 1, j + 1);
        keyed->key_column = j;
    }
    keyed->key = key;
    return leave_key(keyed, err);
}

enum rs_status rs_keyed_init(struct rs_keyed *out, struct rs_source *source,
                             const char *key, bool found, struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    out->source = source;
    out->found = found;
    out->n_columns = source->n_columns;
    return key != NULL ? find_key(out, key, err) : RS_OK;
}

void rs_keyed_drop_data(struct rs_keyed *keyed)
{
    rs_dataset_free(keyed->data);
    free(keyed->place);
    free(keyed->key_texts);
    rs_key_forms_clear(&keyed->forms);
    keyed->data = NULL;
    keyed->place = NULL;
    keyed->key_texts = NULL;
}

void rs_keyed_clear(struct rs_keyed *keyed)
{
    rs_keyed_drop_data(keyed);
    rs_source_close(keyed->source);
    free(keyed->columns);
    memset(keyed, 0, sizeof *keyed);
}

const char *rs_keyed_name(const struct rs_keyed *keyed, size_t column)
{
    return keyed->source->names[source_column(keyed, column)];
}

enum rs_status rs_keyed_set_rules(struct rs_keyed *keyed,
                                  const struct rs_column_rules *rules,
                                  size_t first, struct rs_error *err)
{
    size_t *of = rs_alloc(keyed->source->n_columns, sizeof *of, err);
    const struct rs_column_rules own = {rules->rules, rules->n, of};
    enum rs_status status = RS_ERR_NOMEM;

    if (of == NULL)
        return status;
    for (size_t j = 0; j < keyed->n_columns && rules->of != NULL; j++)
        of[source_column(keyed, j)] = rules->of[first + j];
    status = rs_source_set_rules(keyed->source, &own, err);
    free(of);
    return status;
}

/* ---- loading ----------------------------------------------------- */

enum rs_status rs_keyed_load(struct rs_keyed *keyed, const size_t *columns,
                             size_t n_columns, bool with_key,
                             struct rs_error *err)
{
    size_t *wanted = rs_alloc(n_columns + 1, sizeof *wanted, err);
    size_t n = 0;
    enum rs_status status = RS_ERR_NOMEM;

    keyed->place = rs_alloc(keyed->n_columns, sizeof *keyed->place, err);
    if (wanted == NULL || keyed->place == NULL)
        goto done;
    if (keyed->key != NULL && with_key)
        wanted[n++] = keyed->key_column;
    for (size_t k = 0; k < n_columns; k++) {
        keyed->place[columns[k]] = n;
        wanted[n++] = source_column(keyed, columns[k]);
    }
    status = rs_source_load(&keyed->data, keyed->source, wanted, n, err);
    for (size_t k = 0; k < n && status == RS_OK; k++) {
        struct rs_column *column = &keyed->data->columns[k];
        if (column->fault.field == 0)
            column->fault.field = column->file_ix + 1;
        if (column->loss.first.field == 0)
            column->loss.first.field = column->file_ix + 1;
    }
done:
    free(wanted);
    return status;
}

enum rs_status rs_keyed_load_factors(struct rs_keyed *keyed,
                                     struct rs_dataset *data,
                                     const struct rs_factors_ask *ask,
                                     struct rs_error *err)
{
    size_t *own = rs_alloc(ask->n, sizeof *own, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (own == NULL)
        return status;
    for (size_t k = 0; k < ask->n; k++) {
        struct rs_column *column = &data->columns[ask->columns[k]];
        own[k] = column->file_ix;
        column->file_ix = source_column(keyed, own[k]);
    }
    status = rs_source_load_factors(keyed->source, data, ask, err);
    for (size_t k = 0; k < ask->n; k++)
        data->columns[ask->columns[k]].file_ix = own[k];
    free(own);
    return status;
}

/* ---- keys -------------------------------------------------------- */

/* What bad_key says where there are no lines. */
static enum rs_status bad_typed_key(const struct rs_keyed *keyed, size_t row,
                                    const size_t *earlier, struct rs_error *err)
{
    const char *path = keyed->source->path;

    if (earlier == NULL)
        return rs_error_set_at(err, RS_ERR_MALFORMED, path, 0, 0,
                               "the key '%s' is missing in data row %zu",
                               keyed->key, row + 1);
    return rs_error_set_at(err, RS_ERR_MALFORMED, path, 0, 0,
                           "data rows %zu and %zu have the same key '%s'",
                           *earlier + 1, row + 1, keyed->key_texts[row]);
}

/* Behind a message on a key that nobody gave. */
#define FOUND    " (it is the only column in all files; {key} names another)"
#define MISSING  "the key '%s' is missing"
#define REPEATED "the key '%s' stands on line %" PRIu64 " already"

/* The message at the key of a row; earlier: NULL when it is missing. */
static enum rs_status bad_key(const struct rs_keyed *keyed, size_t row,
                              const size_t *earlier, struct rs_error *err)
{
    const struct rs_source *source = keyed->source;
    uint64_t line = 0;
    uint64_t before = 0;
    size_t field = 0;
    enum rs_status status =
        rs_source_locate(&line, &field, source, row, keyed->key_column, err);

    if (status == RS_OK && earlier != NULL)
        status = rs_source_locate(&before, &field, source, *earlier,
                                  keyed->key_column, err);
    if (status != RS_OK)
        return status;
    if (line == 0)
        return bad_typed_key(keyed, row, earlier, err);
    if (earlier == NULL)
        return rs_error_set_at(err, RS_ERR_MALFORMED, source->path, line, field,
                               keyed->found ? MISSING FOUND : MISSING,
                               keyed->key);
    return rs_error_set_at(err, RS_ERR_MALFORMED, source->path, line, field,
                           keyed->found ? "'%s': " REPEATED FOUND
                                        : "%.0s" REPEATED,
                           keyed->key, keyed->key_texts[row], before);
}

static enum rs_status bad_row_name(const struct rs_keyed *keyed, size_t row,
                                   const size_t *earlier, struct rs_error *err)
{
    const struct rs_source *source = keyed->source;
    uint64_t line = 0;
    size_t field = 0;
    size_t before = 0;
    enum rs_status status =
        rs_source_locate(&line, &field, source, row, RS_ROW_NAME, err);

    if (status == RS_OK && earlier != NULL)
        status = rs_source_locate(&line, &before, source, *earlier, RS_ROW_NAME,
                                  err);
    if (status != RS_OK)
        return status;
    if (earlier == NULL)
        return rs_error_set_at(err, RS_ERR_MALFORMED, source->path, line, field,
                               "the sample has no name");
    return rs_error_set_at(err, RS_ERR_MALFORMED, source->path, line, field,
                           "the sample '%s' is field %zu already",
                           keyed->key_texts[row], before);
}

/* The text of each row's key, NULL where it is missing. */
static enum rs_status read_texts(struct rs_keyed *keyed, struct rs_error *err)
{
    const size_t first = 0;
    const struct rs_factors_ask ask = {.columns = &first, .n = 1};
    const struct rs_factor *factor = NULL;
    size_t n_rows = keyed->data->n_rows;
    enum rs_status status = RS_OK;

    keyed->key_texts = rs_alloc(n_rows, sizeof *keyed->key_texts, err);
    if (keyed->key_texts == NULL)
        return RS_ERR_NOMEM;
    if (keyed->key == NULL) {
        memcpy(keyed->key_texts, keyed->source->row_names,
               n_rows * sizeof *keyed->key_texts);
        return RS_OK;
    }
    keyed->data->columns[first].type = RS_TYPE_TEXT; /* 01 is not 1 */
    status = rs_source_load_factors(keyed->source, keyed->data, &ask, err);
    if (status != RS_OK)
        return status;
    factor = keyed->data->columns[first].factor;
    for (size_t i = 0; i < n_rows; i++)
        if (factor->codes[i] >= 0 &&
            factor->levels[factor->codes[i]][0] != '\0')
            keyed->key_texts[i] = factor->levels[factor->codes[i]];
    return RS_OK;
}

enum rs_status rs_keyed_keys(struct rs_keys *out, struct rs_keyed *keyed,
                             struct rs_key_as as, struct rs_error *err)
{
    enum rs_status (*bad)(const struct rs_keyed *, size_t, const size_t *,
                          struct rs_error *) =
        keyed->key == NULL ? bad_row_name : bad_key;
    size_t n_rows = keyed->data->n_rows;
    size_t row = 0;
    size_t earlier = 0;
    enum rs_status status = read_texts(keyed, err);

    for (size_t i = 0; i < n_rows && status == RS_OK; i++)
        if (keyed->key_texts[i] == NULL)
            status = bad(keyed, i, NULL, err);
    if (status == RS_OK)
        status = rs_key_forms_init(&keyed->forms, keyed->key_texts, n_rows,
                                   keyed->key == NULL, as, err);
    if (status == RS_OK)
        status = rs_keys_init(out,
                              keyed->forms.texts != NULL ? keyed->forms.texts
                                                         : keyed->key_texts,
                              n_rows, err);
    if (status == RS_OK && rs_keys_repeated(&row, &earlier, out))
        status = bad(keyed, row, &earlier, err);
    return status;
}
