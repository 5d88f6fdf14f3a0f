/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source_memory.h"

#include "dataset_new.h"
#include "level_set.h"
#include "numtext.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct memory_source {
    struct rs_source base;
    struct rs_memory_column *columns; /* [n_columns] */
    const char **names;               /* [n_columns] */
};

/* ---- loading ----------------------------------------------------- */

/* A text is there, whatever it says; the first makes the column text. */
static void fill_texts(struct rs_column *column, double *values,
                       const char *const *texts, size_t n_rows)
{
    for (size_t i = 0; i < n_rows; i++) {
        values[i] = texts[i] == NULL ? NAN : rs_nan_text();
        if (texts[i] == NULL || column->type == RS_TYPE_TEXT)
            continue;
        column->type = RS_TYPE_TEXT;
        rs_fault_set(&column->fault, RS_FAULT_NOT_A_NUMBER, texts[i],
                     strlen(texts[i]));
    }
}

static enum rs_status load_column(struct rs_dataset *data, size_t k,
                                  const struct rs_memory_column *from,
                                  struct rs_error *err)
{
    struct rs_column *column = &data->columns[k];
    double *values = rs_dataset_cells(data, k);

    column->name = rs_text_copy(from->name, strlen(from->name), err);
    if (column->name == NULL)
        return RS_ERR_NOMEM;
    if (from->texts != NULL)
        fill_texts(column, values, from->texts, data->n_rows);
    else
        memcpy(values, from->values, data->n_rows * sizeof *values);
    rs_dataset_finish(data, k);
    return RS_OK;
}

static enum rs_status memory_load(struct rs_dataset **out,
                                  struct rs_source *source,
                                  const size_t *columns, size_t n,
                                  struct rs_error *err)
{
    const struct memory_source *self = (struct memory_source *)source;
    struct rs_dataset *data = NULL;
    enum rs_status status = rs_dataset_new(&data, source->n_rows, n, err);

    *out = NULL;
    for (size_t k = 0; k < n && status == RS_OK; k++) {
        data->columns[k].file_ix = columns[k];
        status = load_column(data, k, &self->columns[columns[k]], err);
    }
    if (status == RS_OK)
        *out = data;
    else
        rs_dataset_free(data);
    return status;
}

/* ---- factors ----------------------------------------------------- */

/* The code of a cell; -1 when it is missing, and when memory is short. */
static int32_t code_of(struct rs_level_set *set,
                       const struct rs_memory_column *from, size_t row,
                       struct rs_error *err)
{
    char number[RS_NUMTEXT_MAX + 1];
    const char *text = number;
    size_t len = 0;

    if (from->texts != NULL) {
        text = from->texts[row];
        if (text == NULL)
            return -1;
        return rs_level_set_code(set, text, strlen(text), err);
    }
    if (isnan(from->values[row]))
        return -1;
    if (isinf(from->values[row])) {
        text = from->values[row] > 0.0 ? "inf" : "-inf";
        len = strlen(text);
    } else {
        len = rs_number_write(number, from->values[row]);
        number[len] = '\0';
    }
    return rs_level_set_code(set, text, len, err);
}

static enum rs_status load_factor(struct rs_column *column,
                                  const struct rs_memory_column *from,
                                  size_t n_rows, size_t most,
                                  struct rs_error *err)
{
    struct rs_level_set set = {.rule = from->texts != NULL ? RS_LEVEL_TEXT
                                                           : RS_LEVEL_NUMBER,
                               .decimal = '.',
                               .most = most};
    struct rs_factor *factor = rs_alloc(1, sizeof *factor, err);
    struct rs_error error = {0};
    enum rs_status status = RS_ERR_NOMEM;

    rs_factor_free(column->factor);
    column->factor = factor;
    if (factor == NULL)
        return RS_ERR_NOMEM;
    factor->codes = rs_alloc(n_rows, sizeof *factor->codes, err);
    if (factor->codes == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n_rows && error.status == RS_OK; i++)
        factor->codes[i] = code_of(&set, from, i, &error);
    status = error.status;
    if (status != RS_OK && err != NULL)
        *err = error;
    if (status == RS_OK)
        status = rs_level_sets_merge(factor, &set, 1, 1, err);
    for (size_t i = 0; i < n_rows && status == RS_OK; i++)
        factor->codes[i] = rs_level_set_final(&set, factor->codes[i]);
    if (set.over) {
        rs_factor_free(factor);
        column->factor = NULL;
    }
    rs_level_set_clear(&set);
    return status;
}

static enum rs_status memory_load_factors(struct rs_source *source,
                                          struct rs_dataset *data,
                                          const struct rs_factors_ask *ask,
                                          struct rs_error *err)
{
    const struct memory_source *self = (struct memory_source *)source;
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < ask->n && status == RS_OK; k++) {
        struct rs_column *column = &data->columns[ask->columns[k]];
        status = load_factor(column, &self->columns[column->file_ix],
                             data->n_rows, ask->most, err);
    }
    return status;
}

/* ---- making ------------------------------------------------------ */

static void memory_close(struct rs_source *source)
{
    struct memory_source *self = (struct memory_source *)source;

    free(self->columns);
    free(self->names);
    free(self);
}

/* Made by rs_source_memory_new, so never looked for by its bytes. */
static const struct rs_source_ops memory_ops = {
    .name = "memory",
    .load = memory_load,
    .load_factors = memory_load_factors,
    .close = memory_close,
};

enum rs_status rs_source_memory_new(struct rs_source **out,
                                    const struct rs_memory_column *columns,
                                    size_t n_columns, size_t n_rows,
                                    struct rs_error *err)
{
    struct memory_source *self = NULL;

    *out = NULL;
    if (n_rows == 0)
        return rs_error_set(err, RS_ERR_INCONSISTENT,
                            "the columns have no row");
    self = rs_alloc(1, sizeof *self, err);
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->columns = rs_alloc(n_columns, sizeof *self->columns, err);
    self->names = rs_alloc(n_columns, sizeof *self->names, err);
    if (self->columns == NULL || self->names == NULL) {
        memory_close(&self->base);
        return RS_ERR_NOMEM;
    }
    for (size_t j = 0; j < n_columns; j++) {
        self->columns[j] = columns[j];
        self->names[j] = columns[j].name;
    }
    self->base = (struct rs_source){.ops = &memory_ops,
                                    .n_columns = n_columns,
                                    .names = self->names,
                                    .n_rows = n_rows};
    *out = &self->base;
    return RS_OK;
}
