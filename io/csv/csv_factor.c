/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_internal.h"
#include "level_set.h"

#include <stdlib.h>
#include <string.h>

struct factor_load {
    struct rs_csv *csv;
    struct rs_dataset *data;
    const size_t *columns; /* [n] of the dataset */
    size_t n;
    size_t *place; /* [csv->n_columns] index into columns, or SIZE_MAX */
    struct rs_level_set *sets; /* [n_chunks x n] */
    struct rs_error *errors;   /* [n_chunks] */
};

struct chunk_factors {
    struct factor_load *load;
    struct rs_level_set *sets; /* [n] of this chunk */
    const struct rs_chunk *chunk;
    uint64_t row;
    struct rs_error *error;
};

static void on_field(void *ctx, size_t field, const char *text, size_t len)
{
    struct chunk_factors *self = ctx;
    struct factor_load *load = self->load;
    size_t place = field < load->csv->n_columns ? load->place[field] : SIZE_MAX;
    int32_t *codes = NULL;

    if (place == SIZE_MAX || self->row >= load->data->n_rows)
        return;
    codes = load->data->columns[load->columns[place]].factor->codes;
    codes[self->row] =
        rs_csv_is_na(load->csv, text, len)
            ? -1
            : rs_level_set_code(&self->sets[place], text, len, self->error);
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
        .sets = &load->sets[ix * load->n],
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

/* From the codes of the chunks to those of the factor. */
static void recode(const struct factor_load *load, size_t place,
                   struct rs_factor *factor)
{
    for (size_t i = 0; i < load->csv->n_chunks; i++) {
        const struct rs_chunk *chunk = &load->csv->chunks[i];
        const struct rs_level_set *set = &load->sets[i * load->n + place];
        int32_t *codes = factor->codes + chunk->first_row;
        for (uint64_t r = 0; r < chunk->n_rows; r++)
            codes[r] = rs_level_set_final(set, codes[r]);
    }
}

static enum rs_status merge_levels(struct factor_load *load, size_t place,
                                   struct rs_error *err)
{
    struct rs_factor *factor = load->data->columns[load->columns[place]].factor;
    enum rs_status status = rs_level_sets_merge(
        factor, &load->sets[place], load->csv->n_chunks, load->n, err);

    if (status == RS_OK)
        recode(load, place, factor);
    return status;
}

/* ---- the load ---------------------------------------------------- */

/* The rule of a column, to its sets in all chunks. */
static void set_rule(struct factor_load *load, size_t place,
                     const struct rs_column *column)
{
    for (size_t i = 0; i < load->csv->n_chunks; i++) {
        struct rs_level_set *set = &load->sets[i * load->n + place];
        set->rule =
            column->type == RS_TYPE_NUMERIC ? RS_LEVEL_NUMBER : RS_LEVEL_TEXT;
        set->decimal = load->csv->options.decimal;
    }
}

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
        set_rule(load, k, column);
    }
    return RS_OK;
}

static void clear_sets(struct factor_load *load)
{
    size_t n = load->sets == NULL ? 0 : load->csv->n_chunks * load->n;

    for (size_t i = 0; i < n; i++)
        rs_level_set_clear(&load->sets[i]);
    free(load->sets);
}

enum rs_status rs_csv_load_factors(struct rs_csv *csv, struct rs_dataset *data,
                                   const size_t *columns, size_t n,
                                   struct rs_error *err)
{
    struct factor_load load = {
        .csv = csv, .data = data, .columns = columns, .n = n};
    enum rs_status status = RS_ERR_NOMEM;

    load.place = rs_alloc(csv->n_columns, sizeof *load.place, err);
    load.sets = rs_alloc(csv->n_chunks * n, sizeof *load.sets, err);
    load.errors = rs_alloc(csv->n_chunks, sizeof *load.errors, err);
    if (load.place == NULL || load.sets == NULL || load.errors == NULL)
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
    clear_sets(&load);
    free(load.place);
    free(load.errors);
    return status;
}
