/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_part.h"

#include "select.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static enum rs_status find_key(struct rs_part *part, const char *key,
                               struct rs_error *err)
{
    const struct rs_item item = {key, true};
    struct rs_selection selection = {0};
    enum rs_status status =
        rs_select(&selection, rs_csv_names(part->csv),
                  rs_csv_n_columns(part->csv), &item, 1, "key", err);

    if (status == RS_OK) {
        part->key = key;
        part->key_column = selection.columns[0];
        part->n_columns--;
    }
    rs_selection_clear(&selection);
    return status == RS_OK || status == RS_ERR_NOMEM
               ? status
               : rs_error_in_file(err, status, part->path);
}

enum rs_status rs_part_open(struct rs_part *part, const char *path,
                            const struct rs_table_options *options, bool key,
                            struct rs_error *err)
{
    enum rs_status status = RS_OK;

    memset(part, 0, sizeof *part);
    part->path = path;
    if (options->transpose) {
        status = rs_csv_transposed_open(&part->lines, path, &options->csv, err);
        if (status != RS_OK)
            return status;
        part->csv = part->lines->csv;
        part->n_columns = part->lines->index.n;
        return RS_OK;
    }
    status = rs_csv_open(&part->csv, path, &options->csv, err);
    if (status != RS_OK)
        return status;
    part->n_columns = rs_csv_n_columns(part->csv);
    return key ? find_key(part, options->key, err) : RS_OK;
}

void rs_part_drop_data(struct rs_part *part)
{
    rs_dataset_free(part->data);
    free(part->place);
    free(part->key_texts);
    part->data = NULL;
    part->place = NULL;
    part->key_texts = NULL;
}

void rs_part_close(struct rs_part *part)
{
    rs_part_drop_data(part);
    if (part->lines != NULL)
        rs_csv_transposed_close(part->lines);
    else
        rs_csv_close(part->csv);
    memset(part, 0, sizeof *part);
}

/* Position in the file. */
static size_t file_column(const struct rs_part *part, size_t column)
{
    return part->key != NULL && column >= part->key_column ? column + 1
                                                           : column;
}

const char *rs_part_name(const struct rs_part *part, size_t column)
{
    if (part->lines != NULL)
        return part->lines->names[column];
    return rs_csv_names(part->csv)[file_column(part, column)];
}

/* ---- loading ----------------------------------------------------- */

enum rs_status rs_part_load(struct rs_dataset **out, struct rs_part *part,
                            const size_t *columns, size_t n_columns,
                            struct rs_error *err)
{
    enum rs_status status =
        part->lines != NULL
            ? rs_csv_transposed_load(out, part->lines, columns, n_columns, err)
            : rs_csv_load(out, part->csv, columns, n_columns, err);

    if (status == RS_OK)
        part->n_rows = (*out)->n_rows;
    return status;
}

enum rs_status rs_part_load_keyed(struct rs_part *part, const size_t *columns,
                                  size_t n_columns, struct rs_error *err)
{
    size_t *wanted = rs_alloc(n_columns + 1, sizeof *wanted, err);
    size_t n = 0;
    enum rs_status status = RS_ERR_NOMEM;

    part->place = rs_alloc(part->n_columns, sizeof *part->place, err);
    if (wanted == NULL || part->place == NULL)
        goto done;
    if (part->key != NULL)
        wanted[n++] = part->key_column;
    for (size_t k = 0; k < n_columns; k++) {
        part->place[columns[k]] = n;
        wanted[n++] = file_column(part, columns[k]);
    }
    status = rs_part_load(&part->data, part, wanted, n, err);
    for (size_t k = 0; k < n && status == RS_OK; k++) {
        struct rs_column *column = &part->data->columns[k];
        if (column->fault.field == 0)
            column->fault.field = column->file_ix + 1;
        if (column->loss.first.field == 0)
            column->loss.first.field = column->file_ix + 1;
    }
done:
    free(wanted);
    return status;
}

enum rs_status rs_part_load_factors(struct rs_part *part,
                                    struct rs_dataset *data,
                                    const size_t *columns, size_t n,
                                    struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (part->lines != NULL)
        return rs_csv_transposed_load_factors(part->lines, data, columns, n,
                                              err);
    for (size_t k = 0; k < n; k++) {
        struct rs_column *column = &data->columns[columns[k]];
        column->file_ix = file_column(part, column->file_ix);
    }
    status = rs_csv_load_factors(part->csv, data, columns, n, err);
    for (size_t k = 0; k < n; k++) {
        struct rs_column *column = &data->columns[columns[k]];
        if (part->key != NULL && column->file_ix > part->key_column)
            column->file_ix--;
    }
    return status;
}

/* ---- keys -------------------------------------------------------- */

/* The message at the key of a row; earlier: NULL when it is missing. */
static enum rs_status bad_key(const struct rs_part *part, size_t row,
                              const size_t *earlier, struct rs_error *err)
{
    uint64_t line = 0;
    uint64_t before = 0;
    enum rs_status status =
        rs_csv_row_line(&line, part->csv, row, part->key_column, err);

    if (status == RS_OK && earlier != NULL)
        status = rs_csv_row_line(&before, part->csv, *earlier, part->key_column,
                                 err);
    if (status != RS_OK)
        return status;
    if (earlier == NULL)
        return rs_error_set_at(err, RS_ERR_MALFORMED, part->path, line,
                               part->key_column + 1, "the key '%s' is missing",
                               part->key);
    return rs_error_set_at(err, RS_ERR_MALFORMED, part->path, line,
                           part->key_column + 1,
                           "the key '%s' stands on line %" PRIu64 " already",
                           part->key_texts[row], before);
}

static enum rs_status bad_sample(const struct rs_part *part, size_t row,
                                 const size_t *earlier, struct rs_error *err)
{
    uint64_t line = rs_csv_header_line(part->csv);

    if (earlier == NULL)
        return rs_error_set_at(err, RS_ERR_MALFORMED, part->path, line, row + 2,
                               "the sample has no name");
    return rs_error_set_at(err, RS_ERR_MALFORMED, part->path, line, row + 2,
                           "the sample '%s' is field %zu already",
                           part->key_texts[row], *earlier + 2);
}

/* The text of each row's key, NULL where it is missing. */
static enum rs_status read_texts(struct rs_part *part, struct rs_error *err)
{
    const size_t first = 0;
    const struct rs_factor *factor = NULL;
    enum rs_status status = RS_OK;

    part->key_texts = rs_alloc(part->n_rows, sizeof *part->key_texts, err);
    if (part->key_texts == NULL)
        return RS_ERR_NOMEM;
    if (part->lines == NULL) {
        part->data->columns[first].type = RS_TYPE_TEXT; /* 01 is not 1 */
        status = rs_csv_load_factors(part->csv, part->data, &first, 1, err);
        if (status != RS_OK)
            return status;
        factor = part->data->columns[0].factor;
    }
    for (size_t i = 0; i < part->n_rows; i++) {
        const char *text = NULL;
        if (factor == NULL)
            text = rs_csv_transposed_samples(part->lines)[i];
        else if (factor->codes[i] >= 0)
            text = factor->levels[factor->codes[i]];
        if (text != NULL && text[0] != '\0' &&
            (factor != NULL || !rs_csv_is_na(part->csv, text, strlen(text))))
            part->key_texts[i] = text;
    }
    return RS_OK;
}

enum rs_status rs_part_keys(struct rs_keys *out, struct rs_part *part,
                            struct rs_error *err)
{
    enum rs_status (*bad)(const struct rs_part *, size_t, const size_t *,
                          struct rs_error *) =
        part->lines != NULL ? bad_sample : bad_key;
    size_t row = 0;
    size_t earlier = 0;
    enum rs_status status = read_texts(part, err);

    for (size_t i = 0; i < part->n_rows && status == RS_OK; i++)
        if (part->key_texts[i] == NULL)
            status = bad(part, i, NULL, err);
    if (status == RS_OK)
        status = rs_keys_init(out, part->key_texts, part->n_rows, err);
    if (status == RS_OK && rs_keys_repeated(&row, &earlier, out))
        status = bad(part, row, &earlier, err);
    return status;
}
