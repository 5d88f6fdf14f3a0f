/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_transpose.h"

#include "columns.h"
#include "names.h"
#include "numtext.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- opening --------------------------------------------------------------
 */

static enum rs_status check_shape(const struct rs_csv_transposed *csv,
                                  struct rs_error *err)
{
    const char *path = csv->csv->bytes.path;

    if (csv->index.n == 0)
        return rs_error_set_at(err, RS_ERR_MALFORMED, path, 0, 0,
                               "no data: the header is not followed by a "
                               "record");
    if (csv->csv->n_columns < 2)
        return rs_error_set_at(err, RS_ERR_MALFORMED, path,
                               csv->csv->header_line, 0,
                               "no samples: there is one field only");
    return RS_OK;
}

enum rs_status rs_csv_transposed_open(struct rs_csv_transposed **out,
                                      const char *path,
                                      const struct rs_csv_options *options,
                                      struct rs_error *err)
{
    struct rs_csv_transposed *csv = rs_alloc(1, sizeof *csv, err);
    enum rs_status status = RS_ERR_NOMEM;

    *out = NULL;
    if (csv == NULL)
        return RS_ERR_NOMEM;
    status = rs_csv_open(&csv->csv, path, options, err);
    if (status == RS_OK)
        status = rs_record_index_init(&csv->index, csv->csv, err);
    if (status == RS_OK)
        status = check_shape(csv, err);
    if (status != RS_OK)
        goto done;
    csv->names = rs_alloc(csv->index.n, sizeof *csv->names, err);
    if (csv->names == NULL) {
        status = RS_ERR_NOMEM;
        goto done;
    }
    for (size_t v = 0; v < csv->index.n; v++)
        csv->names[v] = csv->index.records[v].name;
    *out = csv;
    csv = NULL;
done:
    rs_csv_transposed_close(csv);
    return status;
}

void rs_csv_transposed_close(struct rs_csv_transposed *csv)
{
    if (csv == NULL)
        return;
    rs_record_index_clear(&csv->index);
    rs_csv_close(csv->csv);
    free(csv->names);
    free(csv);
}

static size_t n_samples_of(const struct rs_csv_transposed *csv)
{
    return csv->csv->n_columns - 1;
}

const char *const *
rs_csv_transposed_samples(const struct rs_csv_transposed *csv)
{
    return rs_csv_names(csv->csv) + 1;
}

/* ---- loading --------------------------------------------------------------
 */

static enum rs_status changed(const struct rs_csv *csv, struct rs_error *err)
{
    return rs_error_set_os(err, RS_ERR_READ, csv->bytes.path, 0,
                           "the file changed while it was read");
}

/* What all threads of a load share. */
struct load {
    const struct rs_csv_transposed *csv;
    struct rs_dataset *data;
    size_t *place; /* [index.n] column of the dataset, or SIZE_MAX */
    struct rs_csv_fault *faults; /* [n_chunks] */
};

/* One chunk on its way. */
struct chunk_load {
    struct load *load;
    const struct rs_chunk *chunk;
    uint64_t n_done; /* records */
    size_t column;   /* of the dataset, or SIZE_MAX: not wanted */
    double *values;  /* of the column */
    uint64_t line;   /* on which the next field begins */
    bool one_line;   /* the record has no line ends in its fields */
};

/* Line ends within a field; CRLF counts once. */
static uint64_t ends_in(const char *text, size_t len)
{
    uint64_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += text[i] == '\r' ||
             (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'));
    return n;
}

static void begin_record(struct chunk_load *self)
{
    const struct load *load = self->load;
    const struct rs_record *record =
        &load->csv->index.records[self->chunk->first_row + self->n_done];

    self->column = SIZE_MAX;
    if (self->n_done >= self->chunk->n_rows)
        return;
    self->column = load->place[self->chunk->first_row + self->n_done];
    self->line = record[0].line;
    self->one_line = record[1].line == record[0].line + 1;
    if (self->column != SIZE_MAX)
        self->values = rs_columns_values(load->data, self->column);
}

static void on_field(void *ctx, size_t field, const char *text, size_t len)
{
    struct chunk_load *self = ctx;
    const struct rs_csv *csv = self->load->csv->csv;
    double value = NAN;
    enum rs_number_result result = RS_NUMBER_NAN;

    if (field == 0)
        begin_record(self);
    if (self->column == SIZE_MAX || field >= csv->n_columns)
        return;
    if (field > 0 && !rs_csv_is_na(csv, text, len))
        result = rs_number_read(&value, text, len, csv->options.decimal);
    if (result == RS_NUMBER_INVALID || result == RS_NUMBER_OUT_OF_RANGE) {
        struct rs_column *column = &self->load->data->columns[self->column];
        if (column->fault.kind == RS_FAULT_NONE) {
            rs_columns_set_fault(column,
                                 result == RS_NUMBER_INVALID
                                     ? RS_FAULT_NOT_A_NUMBER
                                     : RS_FAULT_OUT_OF_RANGE,
                                 text, len);
            column->fault.line = self->line;
            column->fault.field = field + 1;
        }
        value = 0.0; /* present, that is all that counts */
    } else if (result == RS_NUMBER_NAN) {
        value = NAN;
    }
    if (field > 0)
        self->values[field - 1] = value;
    if (!self->one_line)
        self->line += ends_in(text, len);
}

static bool on_record(void *ctx, uint64_t record)
{
    struct chunk_load *self = ctx;

    (void)record;
    if (self->column != SIZE_MAX)
        rs_columns_finish(self->load->data, self->column);
    self->n_done++;
    return self->n_done <= self->chunk->n_rows;
}

static void load_chunk(void *ctx, size_t ix)
{
    struct load *load = ctx;
    const struct rs_csv *csv = load->csv->csv;
    const struct rs_chunk *chunk = &csv->chunks[ix];
    struct rs_csv_fault *fault = &load->faults[ix];
    struct chunk_load self = {.load = load, .chunk = chunk, .column = SIZE_MAX};
    const struct rs_csv_visitor visitor = {
        .ctx = &self, .field = on_field, .record = on_record};
    char *buffer = rs_alloc(csv->block_bytes + RS_CSV_PAD, 1, &fault->error);

    if (buffer == NULL) {
        fault->wrong = RS_CSV_RUN_ERROR;
        return;
    }
    (void)rs_csv_walk(csv, chunk->begin, chunk->end, csv->n_columns, buffer,
                      &visitor, fault);
    free(buffer);
    if (fault->wrong == RS_CSV_FINE && self.n_done != chunk->n_rows) {
        fault->wrong = RS_CSV_RUN_ERROR;
        (void)changed(csv, &fault->error);
    }
}

static enum rs_status name_columns(struct load *load, const size_t *columns,
                                   struct rs_error *err)
{
    memset(load->place, 0xff, load->csv->index.n * sizeof *load->place);
    for (size_t k = 0; k < load->data->n_columns; k++) {
        struct rs_column *column = &load->data->columns[k];
        const char *name = load->csv->names[columns[k]];
        load->place[columns[k]] = k;
        column->file_ix = columns[k];
        column->name = rs_text_copy(name, strlen(name), err);
        if (column->name == NULL)
            return RS_ERR_NOMEM;
    }
    return RS_OK;
}

enum rs_status rs_csv_transposed_load(struct rs_dataset **out,
                                      struct rs_csv_transposed *csv,
                                      const size_t *columns, size_t n_columns,
                                      struct rs_error *err)
{
    size_t n_chunks = csv->csv->n_chunks;
    struct load load = {.csv = csv};
    enum rs_status status = RS_ERR_NOMEM;

    *out = NULL;
    load.place = rs_alloc(csv->index.n, sizeof *load.place, err);
    load.faults = rs_alloc(n_chunks, sizeof *load.faults, err);
    if (load.place == NULL || load.faults == NULL)
        goto done;
    status = rs_columns_new(&load.data, n_samples_of(csv), n_columns, err);
    if (status == RS_OK)
        status = name_columns(&load, columns, err);
    if (status != RS_OK)
        goto done;
    rs_csv_parallel(csv->csv, n_chunks, &load, load_chunk);
    for (size_t i = 0; i < n_chunks && status == RS_OK; i++)
        status =
            rs_csv_report(csv->csv, &csv->csv->chunks[i], &load.faults[i], err);
    if (status == RS_OK) {
        *out = load.data;
        load.data = NULL;
    }
done:
    rs_dataset_free(load.data);
    free(load.place);
    free(load.faults);
    return status;
}

/* ---- factors --------------------------------------------------------------
 */

/* The texts of one variable where they are not missing. */
struct texts {
    const struct rs_csv *csv;
    char **texts;    /* [n] */
    size_t *samples; /* [n] whose they are */
    size_t n;
    struct rs_error *err;
    enum rs_status status;
};

static void on_text(void *ctx, size_t field, const char *text, size_t len)
{
    struct texts *self = ctx;

    if (field == 0 || field >= self->csv->n_columns ||
        rs_csv_is_na(self->csv, text, len) || self->status != RS_OK)
        return;
    self->texts[self->n] = rs_text_copy(text, len, self->err);
    self->samples[self->n] = field - 1;
    if (self->texts[self->n] == NULL)
        self->status = RS_ERR_NOMEM;
    else
        self->n++;
}

static bool on_text_record(void *ctx, uint64_t record)
{
    (void)ctx;
    (void)record;
    return false;
}

static enum rs_status read_texts(struct texts *texts,
                                 const struct rs_csv_transposed *csv,
                                 size_t variable, struct rs_error *err)
{
    const struct rs_record *record = &csv->index.records[variable];
    const struct rs_csv_visitor visitor = {
        .ctx = texts, .field = on_text, .record = on_text_record};
    struct rs_csv_fault fault;
    char *buffer = rs_alloc(csv->csv->block_bytes + RS_CSV_PAD, 1, err);

    if (buffer == NULL)
        return RS_ERR_NOMEM;
    (void)rs_csv_walk(csv->csv, record[0].offset, record[1].offset,
                      csv->csv->n_columns, buffer, &visitor, &fault);
    free(buffer);
    if (texts->status != RS_OK)
        return texts->status;
    if (fault.wrong == RS_CSV_RUN_ERROR) {
        if (err != NULL)
            *err = fault.error;
        return fault.error.status;
    }
    return fault.wrong == RS_CSV_FINE ? RS_OK : changed(csv->csv, err);
}

/* Levels by their bytes, and the codes of the samples. */
static enum rs_status make_factor(struct rs_factor *factor,
                                  const struct texts *texts, size_t n_samples,
                                  struct rs_error *err)
{
    struct rs_names index = {0};
    enum rs_status status =
        rs_names_init(&index, (const char *const *)texts->texts, texts->n, err);

    if (status != RS_OK)
        return status;
    factor->codes = rs_alloc(n_samples, sizeof *factor->codes, err);
    factor->levels = rs_alloc(texts->n, sizeof *factor->levels, err);
    if (factor->codes == NULL || factor->levels == NULL)
        status = RS_ERR_NOMEM;
    for (size_t i = 0; i < n_samples && status == RS_OK; i++)
        factor->codes[i] = -1;
    for (size_t i = 0; i < texts->n && status == RS_OK; i++) {
        size_t at = index.sorted[i];
        char *text = texts->texts[at];
        size_t n = factor->n_levels;
        if (n == 0 || strcmp(factor->levels[n - 1], text) != 0) {
            factor->levels[n] = rs_text_copy(text, strlen(text), err);
            if (factor->levels[n] == NULL)
                status = RS_ERR_NOMEM;
            else
                factor->n_levels++;
        }
        factor->codes[texts->samples[at]] = (int32_t)factor->n_levels - 1;
    }
    rs_names_clear(&index);
    return status;
}

static enum rs_status load_factor(struct rs_column *column,
                                  const struct rs_csv_transposed *csv,
                                  struct rs_error *err)
{
    size_t n_samples = n_samples_of(csv);
    struct texts texts = {.csv = csv->csv, .err = err};
    enum rs_status status = RS_ERR_NOMEM;

    rs_factor_free(column->factor);
    column->factor = rs_alloc(1, sizeof *column->factor, err);
    texts.texts = rs_alloc(n_samples, sizeof *texts.texts, err);
    texts.samples = rs_alloc(n_samples, sizeof *texts.samples, err);
    if (column->factor == NULL || texts.texts == NULL || texts.samples == NULL)
        goto done;
    status = read_texts(&texts, csv, column->file_ix, err);
    if (status == RS_OK)
        status = make_factor(column->factor, &texts, n_samples, err);
done:
    for (size_t i = 0; i < texts.n; i++)
        free(texts.texts[i]);
    free(texts.texts);
    free(texts.samples);
    return status;
}

enum rs_status rs_csv_transposed_load_factors(struct rs_csv_transposed *csv,
                                              struct rs_dataset *data,
                                              const size_t *columns, size_t n,
                                              struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < n && status == RS_OK; k++)
        status = load_factor(&data->columns[columns[k]], csv, err);
    return status;
}
