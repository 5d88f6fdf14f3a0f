/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_transpose.h"

#include "cell_words.h"
#include "dataset_new.h"
#include "level_set.h"
#include "record_index.h"

#include <stdlib.h>
#include <string.h>

struct rs_csv_transposed {
    struct rs_csv *csv; /* of a header with the names of the samples */
    struct rs_transposed_layout layout;
    struct rs_record_index index;
    const char **names;   /* [index.n] of the variables */
    const char **samples; /* [samples] */
};

/* ---- opening ----------------------------------------------------- */

static enum rs_status check_shape(const struct rs_csv_transposed *csv,
                                  struct rs_error *err)
{
    const char *path = csv->csv->bytes.path;

    if (csv->index.n == 0)
        return rs_error_set_at(err, RS_ERR_MALFORMED, path, 0, 0,
                               "no data: the header is not followed by a "
                               "record");
    if (csv->csv->n_columns > csv->layout.leading)
        return RS_OK;
    (void)rs_error_set_at(err, RS_ERR_MALFORMED, path, csv->csv->header_line, 0,
                          "no samples: there %s %zu field%s only",
                          csv->csv->n_columns == 1 ? "is" : "are",
                          csv->csv->n_columns,
                          csv->csv->n_columns == 1 ? "" : "s");
    rs_csv_offer_layout(err, csv->csv);
    return RS_ERR_MALFORMED;
}

/* The names of variables and samples, borrowed from index and header. */
static enum rs_status gather_names(struct rs_csv_transposed *csv,
                                   struct rs_error *err)
{
    size_t n_samples = rs_csv_transposed_n_samples(csv);

    csv->names = rs_alloc(csv->index.n, sizeof *csv->names, err);
    csv->samples = rs_alloc(n_samples, sizeof *csv->samples, err);
    if (csv->names == NULL || csv->samples == NULL)
        return RS_ERR_NOMEM;
    for (size_t v = 0; v < csv->index.n; v++)
        csv->names[v] = csv->index.records[v].name;
    for (size_t i = 0; i < n_samples; i++) {
        const char *name = csv->csv->names[csv->layout.leading + i];
        if (name[0] != '\0' &&
            !rs_cell_is_na(csv->csv->cells.cells[0], name, strlen(name)))
            csv->samples[i] = name;
    }
    return RS_OK;
}

enum rs_status rs_csv_transposed_open(struct rs_csv_transposed **out,
                                      struct rs_csv *csv,
                                      const struct rs_transposed_options *ask,
                                      struct rs_error *err)
{
    struct rs_csv_transposed *made = rs_alloc(1, sizeof *made, err);
    enum rs_status status = RS_ERR_NOMEM;

    *out = NULL;
    if (made == NULL) {
        rs_csv_close(csv);
        return RS_ERR_NOMEM;
    }
    made->csv = csv;
    status = rs_transposed_layout_find(&made->layout,
                                       (const char *const *)csv->names,
                                       csv->n_columns, ask, err);
    if (status != RS_OK)
        status = rs_error_in_file(err, status, csv->bytes.path);
    else
        status =
            rs_record_index_init(&made->index, csv, made->layout.name, err);
    if (status == RS_OK)
        status = check_shape(made, err);
    if (status == RS_OK)
        status = gather_names(made, err);
    if (status == RS_OK)
        *out = made;
    else
        rs_csv_transposed_close(made);
    return status;
}

void rs_csv_transposed_close(struct rs_csv_transposed *csv)
{
    if (csv == NULL)
        return;
    rs_record_index_clear(&csv->index);
    rs_csv_close(csv->csv);
    free(csv->names);
    free(csv->samples);
    free(csv);
}

const struct rs_transposed_layout *
rs_csv_transposed_layout(const struct rs_csv_transposed *csv)
{
    return &csv->layout;
}

void rs_csv_transposed_offer_layout(struct rs_error *err,
                                    const struct rs_csv_transposed *csv)
{
    rs_csv_offer_layout(err, csv->csv);
}

size_t rs_csv_transposed_n(const struct rs_csv_transposed *csv)
{
    return csv->index.n;
}

const char *const *rs_csv_transposed_names(const struct rs_csv_transposed *csv)
{
    return csv->names;
}

size_t rs_csv_transposed_n_samples(const struct rs_csv_transposed *csv)
{
    return csv->csv->n_columns - csv->layout.leading;
}

const char *const *
rs_csv_transposed_samples(const struct rs_csv_transposed *csv)
{
    return csv->samples;
}

/* ---- loading ----------------------------------------------------- */

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
    const struct rs_cell_reader *cells; /* its rule */
    uint64_t line;                      /* on which the next field begins */
    bool one_line; /* the record has no line ends in its fields */
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
    if (self->column == SIZE_MAX)
        return;
    self->values = rs_dataset_cells(load->data, self->column);
    self->cells = rs_cell_reader_of(&load->csv->csv->cells,
                                    load->data->columns[self->column].file_ix);
}

/* Keeps the first fault of its kind, and where it is. */
static void note(struct chunk_load *self, enum rs_fault_kind kind, size_t field,
                 const char *text, size_t len)
{
    struct rs_column *column = &self->load->data->columns[self->column];
    bool is_text = rs_fault_is_text(kind);
    struct rs_fault *fault = is_text ? &column->fault : &column->loss.first;

    if (is_text) {
        column->type = RS_TYPE_TEXT;
        rs_words_add(&column->words, text, len);
    }
    rs_loss_count(&column->loss, kind);
    if (fault->kind != RS_FAULT_NONE)
        return;
    rs_fault_set(fault, kind, text, len);
    fault->line = self->line;
    fault->field = field + 1;
}

static void on_field(void *ctx, size_t field, const char *text, size_t len)
{
    struct chunk_load *self = ctx;
    const struct rs_csv *csv = self->load->csv->csv;
    size_t leading = self->load->csv->layout.leading;
    enum rs_fault_kind kind = RS_FAULT_NONE;

    if (field == 0)
        begin_record(self);
    if (self->column == SIZE_MAX || field >= csv->n_columns)
        return;
    if (field >= leading) {
        self->values[field - leading] =
            rs_cell_number(&kind, self->cells, text, len);
        if (kind != RS_FAULT_NONE)
            note(self, kind, field, text, len);
    }
    if (!self->one_line)
        self->line += ends_in(text, len);
}

static void finish_column(const struct chunk_load *self)
{
    struct rs_dataset *data = self->load->data;

    if (data->columns[self->column].type == RS_TYPE_NUMERIC)
        rs_cell_drop_values(self->values, data->n_rows, self->cells);
    rs_dataset_finish(data, self->column);
}

static bool on_record(void *ctx, uint64_t record)
{
    struct chunk_load *self = ctx;

    (void)record;
    if (self->column != SIZE_MAX)
        finish_column(self);
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

enum rs_status rs_csv_transposed_set_rules(struct rs_csv_transposed *csv,
                                           const struct rs_column_rules *rules,
                                           struct rs_error *err)
{
    return rs_csv_set_rules(csv->csv, rules, csv->index.n, err);
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
    status = rs_dataset_new(&load.data, rs_csv_transposed_n_samples(csv),
                            n_columns, err);
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

/* ---- factors ----------------------------------------------------- */

/* One variable on its way. */
struct factor_load {
    const struct rs_csv *csv;
    size_t leading;
    const struct rs_cell_reader *cells; /* its rule */
    struct rs_level_set set;
    int32_t *codes; /* [samples] */
    struct rs_error *error;
};

static void on_level(void *ctx, size_t field, const char *text, size_t len)
{
    struct factor_load *self = ctx;
    char room[RS_CELL_ROOM];
    const char *level = NULL;

    if (field < self->leading || field >= self->csv->n_columns)
        return;
    level = rs_cell_level(&len, room, self->cells, self->set.rule, text);
    self->codes[field - self->leading] =
        level == NULL ? -1
                      : rs_level_set_code(&self->set, level, len, self->error);
}

static bool on_level_record(void *ctx, uint64_t record)
{
    (void)ctx;
    (void)record;
    return false;
}

static enum rs_status read_levels(struct factor_load *load,
                                  const struct rs_csv_transposed *csv,
                                  size_t variable, struct rs_error *err)
{
    const struct rs_record *record = &csv->index.records[variable];
    const struct rs_csv_visitor visitor = {
        .ctx = load, .field = on_level, .record = on_level_record};
    struct rs_csv_fault fault;
    char *buffer = rs_alloc(csv->csv->block_bytes + RS_CSV_PAD, 1, err);

    if (buffer == NULL)
        return RS_ERR_NOMEM;
    (void)rs_csv_walk(csv->csv, record[0].offset, record[1].offset,
                      csv->csv->n_columns, buffer, &visitor, &fault);
    free(buffer);
    if (load->error->status == RS_OK && fault.wrong == RS_CSV_RUN_ERROR)
        *load->error = fault.error;
    if (load->error->status == RS_OK && fault.wrong != RS_CSV_FINE)
        return changed(csv->csv, err);
    if (load->error->status != RS_OK && err != NULL)
        *err = *load->error;
    return load->error->status;
}

static enum rs_status load_factor(struct rs_column *column,
                                  const struct rs_csv_transposed *csv,
                                  size_t most, struct rs_error *err)
{
    size_t n_samples = rs_csv_transposed_n_samples(csv);
    struct rs_error error = {0};
    struct factor_load load = {
        .csv = csv->csv,
        .leading = csv->layout.leading,
        .cells = rs_cell_reader_of(&csv->csv->cells, column->file_ix),
        .set = {.rule = column->type == RS_TYPE_NUMERIC ? RS_LEVEL_NUMBER
                                                        : RS_LEVEL_TEXT,
                .decimal = csv->csv->options.decimal,
                .most = most},
        .error = &error,
    };
    enum rs_status status = RS_ERR_NOMEM;

    rs_factor_free(column->factor);
    column->factor = rs_alloc(1, sizeof *column->factor, err);
    if (column->factor == NULL)
        return RS_ERR_NOMEM;
    load.codes = rs_alloc(n_samples, sizeof *load.codes, err);
    column->factor->codes = load.codes;
    if (load.codes != NULL)
        status = read_levels(&load, csv, column->file_ix, err);
    if (status == RS_OK)
        status = rs_level_sets_merge(column->factor, &load.set, 1, 1, err);
    for (size_t i = 0; i < n_samples && status == RS_OK; i++)
        load.codes[i] = rs_level_set_final(&load.set, load.codes[i]);
    if (load.set.over) {
        rs_factor_free(column->factor);
        column->factor = NULL;
    }
    rs_level_set_clear(&load.set);
    return status;
}

enum rs_status rs_csv_transposed_load_factors(struct rs_csv_transposed *csv,
                                              struct rs_dataset *data,
                                              const struct rs_factors_ask *ask,
                                              struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < ask->n && status == RS_OK; k++)
        status =
            load_factor(&data->columns[ask->columns[k]], csv, ask->most, err);
    return status;
}
