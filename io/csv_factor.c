/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* tdestroy */
#include "csv_internal.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* A level as one chunk met it. */
struct level {
    char *text;
    int32_t code; /* in the chunk; later in the factor */
};

/* The levels of one column in one chunk. */
struct dictionary {
    void *tree;           /* of struct level *, by text (tsearch) */
    struct level **order; /* [n] by code */
    size_t n, room;
};

struct factor_load {
    struct rs_csv *csv;
    struct rs_dataset *data;
    const size_t *columns; /* [n] of the dataset */
    size_t n;
    size_t *place; /* [csv->n_columns] index into columns, or SIZE_MAX */
    struct dictionary *dictionaries; /* [n_chunks x n] */
    struct rs_error *errors;         /* [n_chunks] */
};

struct chunk_factors {
    struct factor_load *load;
    struct dictionary *dictionaries; /* [n] of this chunk */
    const struct rs_chunk *chunk;
    uint64_t row;
    struct rs_error *error;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct level *)a)->text,
                  ((const struct level *)b)->text);
}

static void free_level(void *node)
{
    struct level *level = node;

    free(level->text);
    free(level);
}

/* A new level of a chunk's dictionary, or NULL. */
static struct level *add_level(struct dictionary *dictionary, const char *text,
                               size_t len, struct rs_error *err)
{
    struct level *level = rs_alloc(1, sizeof *level, err);

    if (dictionary->n == dictionary->room) {
        size_t room = dictionary->room == 0 ? 16 : 2 * dictionary->room;
        struct level **order =
            realloc(dictionary->order, room * sizeof(struct level *));
        if (order == NULL) {
            free(level);
            (void)rs_error_set(err, RS_ERR_NOMEM, "out of memory");
            return NULL;
        }
        dictionary->order = order;
        dictionary->room = room;
    }
    if (level == NULL)
        return NULL;
    level->text = rs_text_copy(text, len, err);
    level->code = (int32_t)dictionary->n;
    if (level->text == NULL ||
        tsearch(level, &dictionary->tree, by_text) == NULL) {
        free_level(level);
        (void)rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        return NULL;
    }
    dictionary->order[dictionary->n++] = level;
    return level;
}

static void on_field(void *ctx, size_t field, const char *text, size_t len)
{
    struct chunk_factors *self = ctx;
    struct factor_load *load = self->load;
    size_t place = field < load->csv->n_columns ? load->place[field] : SIZE_MAX;
    struct level key = {.text = (char *)(uintptr_t)text};
    struct dictionary *dictionary = NULL;
    struct level *const *found = NULL;
    const struct level *level = NULL;
    int32_t *code = NULL;

    if (place == SIZE_MAX || self->row >= load->data->n_rows)
        return;
    code = &load->data->columns[load->columns[place]].factor->codes[self->row];
    *code = -1;
    if (rs_csv_is_na(load->csv, text, len))
        return;
    dictionary = &self->dictionaries[place];
    found = tfind(&key, &dictionary->tree, by_text);
    level =
        found != NULL ? *found : add_level(dictionary, text, len, self->error);
    if (level != NULL)
        *code = level->code;
}

static bool on_record(void *ctx, uint64_t record)
{
    struct chunk_factors *self = ctx;

    (void)record;
    self->row++;
    return self->error->status == RS_OK;
}

static void factor_chunk(void *ctx, size_t ix)
{
    struct factor_load *load = ctx;
    const struct rs_csv *csv = load->csv;
    const struct rs_chunk *chunk = &csv->chunks[ix];
    struct rs_error *error = &load->errors[ix];
    struct chunk_factors self = {
        .load = load,
        .dictionaries = &load->dictionaries[ix * load->n],
        .chunk = chunk,
        .row = chunk->first_row,
        .error = error,
    };
    const struct rs_csv_visitor visitor = {&self, on_field, on_record, NULL};
    struct rs_csv_fault fault;
    char *buffer = rs_alloc(csv->block_bytes + RS_CSV_PAD, 1, error);

    if (buffer == NULL)
        return;
    (void)rs_csv_walk(csv, chunk->begin, chunk->end, csv->n_columns, buffer,
                      &visitor, &fault);
    free(buffer);
    if (fault.wrong == RS_CSV_RUN_ERROR)
        *error = fault.error;
    else if (error->status == RS_OK &&
             (fault.wrong != RS_CSV_FINE ||
              self.row != chunk->first_row + chunk->n_rows))
        (void)rs_error_set_os(error, RS_ERR_READ, csv->bytes.path, 0,
                              "the file changed while it was read");
}

/* ---- merging
 * ----------------------------------------------------------------- */

static int by_text_at(const void *a, const void *b)
{
    return by_text(*(const struct level *const *)a,
                   *(const struct level *const *)b);
}

/* All levels of a column, every chunk's, sorted by their bytes. */
static struct level **gather_levels(const struct factor_load *load,
                                    size_t place, size_t *n_out,
                                    struct rs_error *err)
{
    size_t n = 0;
    struct level **all = NULL;

    for (size_t i = 0; i < load->csv->n_chunks; i++)
        n += load->dictionaries[i * load->n + place].n;
    all = rs_alloc(n, sizeof(struct level *), err);
    *n_out = n;
    n = 0;
    for (size_t i = 0; i < load->csv->n_chunks && all != NULL; i++) {
        const struct dictionary *d = &load->dictionaries[i * load->n + place];
        for (size_t k = 0; k < d->n; k++)
            all[n++] = d->order[k];
    }
    if (all != NULL)
        qsort(all, n, sizeof(struct level *), by_text_at);
    return all;
}

/* From the codes of the chunks to those of the factor. */
static void recode(const struct factor_load *load, size_t place,
                   struct rs_factor *factor)
{
    for (size_t i = 0; i < load->csv->n_chunks; i++) {
        const struct rs_chunk *chunk = &load->csv->chunks[i];
        const struct dictionary *d = &load->dictionaries[i * load->n + place];
        int32_t *codes = factor->codes + chunk->first_row;
        for (uint64_t r = 0; r < chunk->n_rows; r++)
            if (codes[r] >= 0)
                codes[r] = d->order[codes[r]]->code;
    }
}

static enum rs_status merge_levels(struct factor_load *load, size_t place,
                                   struct rs_error *err)
{
    struct rs_factor *factor = load->data->columns[load->columns[place]].factor;
    size_t n = 0;
    struct level **all = gather_levels(load, place, &n, err);
    enum rs_status status = RS_OK;

    factor->levels = all == NULL ? NULL : rs_alloc(n, sizeof(char *), err);
    if (factor->levels == NULL)
        status = RS_ERR_NOMEM;
    for (size_t i = 0; i < n && status == RS_OK; i++) {
        bool is_new = i == 0 || strcmp(all[i]->text, all[i - 1]->text) != 0;
        if (is_new) {
            factor->levels[factor->n_levels] =
                rs_text_copy(all[i]->text, strlen(all[i]->text), err);
            if (factor->levels[factor->n_levels] == NULL)
                status = RS_ERR_NOMEM;
            else
                factor->n_levels++;
        }
        all[i]->code = (int32_t)factor->n_levels - 1;
    }
    if (status == RS_OK)
        recode(load, place, factor);
    free(all);
    return status;
}

/* ---- the load
 * ------------------------------------------------------------------ */

static enum rs_status new_factors(struct factor_load *load,
                                  struct rs_error *err)
{
    memset(load->place, 0xff, load->csv->n_columns * sizeof *load->place);
    for (size_t k = 0; k < load->n; k++) {
        struct rs_column *column = &load->data->columns[load->columns[k]];
        rs_factor_free(column->factor);
        column->factor = rs_alloc(1, sizeof *column->factor, err);
        if (column->factor == NULL)
            return RS_ERR_NOMEM;
        column->factor->codes =
            rs_alloc(load->data->n_rows, sizeof(int32_t), err);
        if (column->factor->codes == NULL)
            return RS_ERR_NOMEM;
        load->place[column->file_ix] = k;
    }
    return RS_OK;
}

static void free_dictionaries(struct factor_load *load)
{
    size_t n = load->dictionaries == NULL ? 0 : load->csv->n_chunks * load->n;

    for (size_t i = 0; i < n; i++) {
        tdestroy(load->dictionaries[i].tree, free_level);
        free(load->dictionaries[i].order);
    }
    free(load->dictionaries);
}

enum rs_status rs_csv_load_factors(struct rs_csv *csv, struct rs_dataset *data,
                                   const size_t *columns, size_t n,
                                   struct rs_error *err)
{
    struct factor_load load = {
        .csv = csv, .data = data, .columns = columns, .n = n};
    enum rs_status status = RS_ERR_NOMEM;

    load.place = rs_alloc(csv->n_columns, sizeof *load.place, err);
    load.dictionaries =
        rs_alloc(csv->n_chunks * n, sizeof *load.dictionaries, err);
    load.errors = rs_alloc(csv->n_chunks, sizeof *load.errors, err);
    if (load.place == NULL || load.dictionaries == NULL || load.errors == NULL)
        goto done;
    status = new_factors(&load, err);
    if (status != RS_OK)
        goto done;
    rs_csv_parallel(csv, csv->n_chunks, &load, factor_chunk);
    for (size_t i = 0; i < csv->n_chunks && status == RS_OK; i++) {
        status = load.errors[i].status;
        if (status != RS_OK && err != NULL)
            *err = load.errors[i];
    }
    for (size_t k = 0; k < n && status == RS_OK; k++)
        status = merge_levels(&load, k, err);
done:
    free_dictionaries(&load);
    free(load.place);
    free(load.errors);
    return status;
}
