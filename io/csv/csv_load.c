/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_internal.h"
#include "dataset_new.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_ROWS = 8 };

/* What is found in a column besides its numbers. Rows are counted ones;
 * UINT64_MAX: none. */
struct findings {
    _Atomic uint64_t text_row; /* first cell that is no number */
    _Atomic uint64_t lost_row; /* first cell of which digits are lost */
    _Atomic uint64_t n_rounded, n_too_small;
    _Atomic unsigned n_words; /* of the column's words, that are not to be
                                 changed any more */
};

/* What a thread needs for a chunk; kept for its next one. */
struct scratch {
    struct scratch *next;
    char *buffer;  /* [block_bytes + RS_CSV_PAD] */
    double *cells; /* [BLOCK_ROWS x data->n_columns] */
};

/* Fields on end that are all kept, or not, and have one format. */
struct run {
    size_t n;
    const struct rs_number_format *format;
};

/* What all threads of a load share. */
struct load {
    struct rs_csv *csv;
    struct rs_dataset *data;
    double *values; /* [n_columns x stride] */
    size_t stride;
    size_t *place;   /* [csv->n_columns] rank among those kept, or SIZE_MAX */
    struct run *run; /* [csv->n_columns] that begins with the field */
    size_t *column;  /* [data->n_columns] of the dataset, by rank */
    struct findings *found;      /* [data->n_columns] */
    struct scratch *idle;        /* stack */
    pthread_mutex_t lock;        /* of found and idle */
    struct rs_csv_fault *faults; /* [n_chunks] */
    _Atomic size_t worst;        /* lowest chunk with a fault */
    uint64_t n_rows;
};

/* One chunk on its way: rows are gathered in a block, so that each column
 * receives a cache line at a time. */
struct chunk_load {
    struct load *load;
    const struct rs_chunk *chunk;
    size_t n_fields;
    char delimiter;
    double *block;   /* [BLOCK_ROWS x data->n_columns], by rank */
    double *cells;   /* the row that is being read */
    size_t in_block; /* whole rows in it */
    uint64_t row;    /* first row of the block */
    bool overfull;   /* more records than were counted */
};

/* Keeps a fault if it is the first in the file. */
static void keep_first(struct load *load, struct rs_fault *fault,
                       _Atomic uint64_t *first, uint64_t row,
                       enum rs_fault_kind kind, const char *text, size_t len)
{
    if (row >= atomic_load_explicit(first, memory_order_relaxed))
        return;
    (void)pthread_mutex_lock(&load->lock);
    if (row < atomic_load(first)) {
        rs_fault_set(fault, kind, text, len);
        atomic_store(first, row);
    }
    (void)pthread_mutex_unlock(&load->lock);
}

/* Keeps a text that is no number among the words of its column. Most cells
 * have one that is there, and need no lock to find it. */
static void keep_word(struct load *load, size_t ix, const char *text,
                      size_t len)
{
    struct findings *found = &load->found[ix];
    struct rs_column *column = &load->data->columns[ix];
    unsigned n = atomic_load_explicit(&found->n_words, memory_order_acquire);

    if (n > RS_WORDS_MOST ||
        (n > 0 && rs_words_have(column->words, n, text, len)))
        return;
    (void)pthread_mutex_lock(&load->lock);
    rs_words_add(&column->words, text, len);
    if (column->words != NULL)
        atomic_store_explicit(&found->n_words, column->words->n,
                              memory_order_release);
    (void)pthread_mutex_unlock(&load->lock);
}

static void note(struct load *load, size_t ix, uint64_t row,
                 enum rs_fault_kind kind, const char *text, size_t len)
{
    struct findings *found = &load->found[ix];
    struct rs_column *column = &load->data->columns[ix];

    if (rs_fault_is_text(kind)) {
        keep_first(load, &column->fault, &found->text_row, row, kind, text,
                   len);
        keep_word(load, ix, text, len);
        return;
    }
    atomic_fetch_add_explicit(kind == RS_FAULT_ROUNDED ? &found->n_rounded
                                                       : &found->n_too_small,
                              1, memory_order_relaxed);
    keep_first(load, &column->loss.first, &found->lost_row, row, kind, text,
               len);
}

static void on_field(void *ctx, size_t field, const char *text, size_t len)
{
    struct chunk_load *self = ctx;
    struct load *load = self->load;
    const struct rs_csv *csv = load->csv;
    size_t place = field < csv->n_columns ? load->place[field] : SIZE_MAX;
    enum rs_fault_kind kind = RS_FAULT_NONE;

    if (place == SIZE_MAX)
        return;
    self->cells[place] =
        rs_cell_number(&kind, rs_cell_reader_of(&csv->cells, field), text, len);
    if (kind != RS_FAULT_NONE)
        note(load, load->column[place], self->row + self->in_block, kind, text,
             len);
}

/* Numbers without anything around them, as many as are kept on end; or as
 * many fields as are not. */
static size_t on_plain(void *ctx, size_t field, const char *text,
                       const char **next)
{
    struct chunk_load *self = ctx;
    const struct load *load = self->load;

    if (field >= self->n_fields)
        return 0;
    if (load->place[field] == SIZE_MAX)
        return rs_fields_skip(load->run[field].n, self->delimiter, text, next);
    return rs_numbers_read(self->cells + load->place[field], load->run[field].n,
                           next, text, load->run[field].format);
}

static void flush_block(struct chunk_load *self)
{
    const struct load *load = self->load;
    size_t n_columns = load->data->n_columns;

    for (size_t j = 0; j < n_columns; j++) {
        double *to = load->values + load->column[j] * load->stride + self->row;
        for (size_t i = 0; i < self->in_block; i++)
            to[i] = self->block[i * n_columns + j];
    }
    self->row += self->in_block;
    self->in_block = 0;
    self->cells = self->block;
}

static bool on_record(void *ctx, uint64_t record)
{
    struct chunk_load *self = ctx;

    if (record >= self->chunk->most) {
        self->overfull = true;
        return false;
    }
    self->in_block++;
    self->cells += self->load->data->n_columns;
    if ((self->row + self->in_block) % BLOCK_ROWS == 0)
        flush_block(self);
    return true;
}

static void set_worst(struct load *load, size_t chunk)
{
    size_t worst = atomic_load(&load->worst);

    while (chunk < worst &&
           !atomic_compare_exchange_weak(&load->worst, &worst, chunk))
        ;
}

static void free_scratch(struct scratch *scratch)
{
    if (scratch == NULL)
        return;
    free(scratch->buffer);
    free(scratch->cells);
    free(scratch);
}

static void put_scratch(struct load *load, struct scratch *scratch)
{
    (void)pthread_mutex_lock(&load->lock);
    scratch->next = load->idle;
    load->idle = scratch;
    (void)pthread_mutex_unlock(&load->lock);
}

/* A scratch that is idle, or a new one; NULL if there is no memory. */
static struct scratch *get_scratch(struct load *load, struct rs_error *err)
{
    struct scratch *scratch = NULL;

    (void)pthread_mutex_lock(&load->lock);
    scratch = load->idle;
    if (scratch != NULL)
        load->idle = scratch->next;
    (void)pthread_mutex_unlock(&load->lock);
    if (scratch != NULL)
        return scratch;
    scratch = rs_alloc(1, sizeof *scratch, err);
    if (scratch == NULL)
        return NULL;
    scratch->buffer = rs_alloc(load->csv->block_bytes + RS_CSV_PAD, 1, err);
    scratch->cells = rs_alloc(load->data->n_columns * BLOCK_ROWS,
                              sizeof *scratch->cells, err);
    if (scratch->buffer != NULL && scratch->cells != NULL)
        return scratch;
    free_scratch(scratch);
    return NULL;
}

static void load_chunk(void *ctx, size_t ix)
{
    struct load *load = ctx;
    struct rs_csv *csv = load->csv;
    struct rs_chunk *chunk = &csv->chunks[ix];
    struct rs_csv_fault *fault = &load->faults[ix];
    struct chunk_load self = {.load = load,
                              .chunk = chunk,
                              .n_fields = csv->n_columns,
                              .delimiter = csv->delimiter,
                              .row = chunk->first_row};
    const struct rs_csv_visitor visitor = {
        &self, on_field, on_record,
        rs_number_may_contain(csv->delimiter) ? NULL : on_plain};
    struct scratch *scratch = NULL;

    if (atomic_load(&load->worst) < ix)
        return; /* an earlier fault will be reported */
    scratch = get_scratch(load, &fault->error);
    if (scratch == NULL) {
        fault->wrong = RS_CSV_RUN_ERROR;
    } else {
        self.block = self.cells = scratch->cells;
        (void)rs_csv_walk(csv, chunk->begin, chunk->end, csv->n_columns,
                          scratch->buffer, &visitor, fault);
        flush_block(&self);
        chunk->n_rows = self.row - chunk->first_row;
        put_scratch(load, scratch);
    }
    if (self.overfull && fault->wrong == RS_CSV_FINE) {
        fault->wrong = RS_CSV_RUN_ERROR;
        (void)rs_error_set_os(&fault->error, RS_ERR_READ, csv->bytes.path, 0,
                              "the file changed while it was read");
    }
    if (fault->wrong != RS_CSV_FINE)
        set_worst(load, ix);
}

/* ---- after the parse --------------------------------------------- */

/* Blank lines were counted as records: closes the gaps they leave. */
static void close_gaps(void *ctx, size_t column)
{
    struct load *load = ctx;
    double *values = load->values + column * load->stride;
    uint64_t to = 0;

    for (size_t i = 0; i < load->csv->n_chunks; i++) {
        const struct rs_chunk *chunk = &load->csv->chunks[i];
        if (to != chunk->first_row)
            memmove(values + to, values + chunk->first_row,
                    chunk->n_rows * sizeof *values);
        to += chunk->n_rows;
    }
}

/* Type, validity bits and counts of a column. */
static void finish_column(void *ctx, size_t ix)
{
    struct load *load = ctx;
    struct rs_column *column = &load->data->columns[ix];
    size_t n_words = rs_bit_words(load->n_rows);

    close_gaps(ctx, ix);
    column->type =
        column->fault.kind == RS_FAULT_NONE ? RS_TYPE_NUMERIC : RS_TYPE_TEXT;
    if (column->type == RS_TYPE_NUMERIC)
        rs_cell_drop_values(
            load->values + ix * load->stride, load->n_rows,
            rs_cell_reader_of(&load->csv->cells, column->file_ix));
    column->loss.n_rounded = atomic_load(&load->found[ix].n_rounded);
    column->loss.n_too_small = atomic_load(&load->found[ix].n_too_small);
    rs_column_finish(column, load->values + ix * load->stride,
                     (uint64_t *)load->data->bits.base + ix * n_words,
                     load->n_rows);
}

/* The chunk that a counted row is in. */
static const struct rs_chunk *chunk_of_row(const struct rs_csv *csv,
                                           uint64_t row)
{
    size_t i = csv->n_chunks - 1;

    while (i > 0 && csv->chunks[i].first_row > row)
        i--;
    return &csv->chunks[i];
}

/* The lines of the fields of a record, kept for the next that is asked. */
struct record_lines {
    uint64_t row;    /* as counted; UINT64_MAX: none */
    uint64_t *lines; /* [csv->n_columns] */
};

/* The line of a cell; row UINT64_MAX: of none. */
static enum rs_status find_line(uint64_t *line, struct record_lines *record,
                                const struct rs_csv *csv, uint64_t row,
                                size_t field, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (row == UINT64_MAX)
        return RS_OK;
    if (row != record->row) {
        const struct rs_chunk *chunk = chunk_of_row(csv, row);
        status = rs_csv_field_lines(record->lines, csv->n_columns, csv, chunk,
                                    row - chunk->first_row, err);
        record->row = row;
    }
    *line = record->lines[field];
    return status;
}

/* Fills in the lines of what is wrong with columns. Those whose first such
 * cell is in the same record are served together. */
static enum rs_status find_lines(struct load *load, struct rs_error *err)
{
    const struct rs_csv *csv = load->csv;
    struct record_lines record = {.row = UINT64_MAX};
    enum rs_status status = RS_OK;

    record.lines = rs_alloc(csv->n_columns, sizeof *record.lines, err);
    if (record.lines == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < load->data->n_columns && status == RS_OK; j++) {
        struct rs_column *column = &load->data->columns[j];
        struct findings *found = &load->found[j];
        bool is_text = column->fault.kind != RS_FAULT_NONE;
        status = find_line(
            is_text ? &column->fault.line : &column->loss.first.line, &record,
            csv, atomic_load(is_text ? &found->text_row : &found->lost_row),
            column->file_ix, err);
    }
    free(record.lines);
    return status;
}

/* ---- the load ---------------------------------------------------- */

/* From columns of the dataset, in any order, to ranks in the file's. */
static void rank_columns(struct load *load)
{
    size_t rank = 0;

    for (size_t field = 0; field < load->csv->n_columns; field++)
        if (load->place[field] != SIZE_MAX) {
            load->column[rank] = load->place[field];
            load->place[field] = rank++;
        }
    for (size_t field = load->csv->n_columns; field-- > 0;) {
        struct run *run = &load->run[field];
        bool is_kept = load->place[field] != SIZE_MAX;
        run->n = 1;
        run->format = &rs_cell_reader_of(&load->csv->cells, field)->format;
        if (field + 1 < load->csv->n_columns && run->format == run[1].format &&
            is_kept == (load->place[field + 1] != SIZE_MAX))
            run->n += run[1].n;
    }
}

static enum rs_status new_dataset(struct load *load, const size_t *columns,
                                  size_t n_columns, struct rs_error *err)
{
    const struct rs_csv *csv = load->csv;
    struct rs_dataset *data = rs_alloc(1, sizeof *data, err);
    size_t cells = 0;
    enum rs_status status = RS_OK;

    load->data = data;
    if (data == NULL)
        return RS_ERR_NOMEM;
    data->columns = rs_alloc(n_columns, sizeof *data->columns, err);
    if (data->columns == NULL)
        return RS_ERR_NOMEM;
    data->n_columns = n_columns;
    for (size_t j = 0; j < n_columns; j++) {
        const char *name = csv->names[columns[j]];
        data->columns[j].file_ix = columns[j];
        data->columns[j].name = rs_text_copy(name, strlen(name), err);
        if (data->columns[j].name == NULL)
            return RS_ERR_NOMEM;
        load->place[columns[j]] = j;
    }
    rank_columns(load);
    load->stride = (size_t)(load->n_rows + 7) / 8 * 8; /* 64-byte columns */
    if (!rs_size_mul(&cells, load->stride, n_columns) ||
        !rs_size_mul(&cells, cells, sizeof(double)))
        return rs_error_set(err, RS_ERR_NOMEM, "the table is too large");
    status = rs_pages_new(&data->numbers, cells, err);
    load->values = data->numbers.base;
    return status;
}

static enum rs_status parse(struct load *load, struct rs_error *err)
{
    struct rs_csv *csv = load->csv;
    size_t worst = 0;

    rs_csv_parallel(csv, csv->n_chunks, load, load_chunk);
    worst = atomic_load(&load->worst);
    if (worst < csv->n_chunks)
        return rs_csv_report(csv, &csv->chunks[worst], &load->faults[worst],
                             err);
    load->n_rows = 0;
    for (size_t i = 0; i < csv->n_chunks; i++)
        load->n_rows += csv->chunks[i].n_rows;
    if (load->n_rows == 0)
        return rs_error_set_at(err, RS_ERR_MALFORMED, csv->bytes.path, 0, 0,
                               "no data: the header is not followed by a "
                               "record");
    return RS_OK;
}

static enum rs_status finish(struct load *load, struct rs_error *err)
{
    struct rs_csv *csv = load->csv;
    struct rs_dataset *data = load->data;
    size_t bytes = rs_bit_words(load->n_rows) * sizeof(uint64_t);
    enum rs_status status = RS_OK;

    if (!rs_size_mul(&bytes, bytes, data->n_columns))
        return rs_error_set(err, RS_ERR_NOMEM, "the table is too large");
    status = rs_pages_new(&data->bits, bytes, err);
    if (status != RS_OK)
        return status;
    data->n_rows = load->n_rows;
    status = find_lines(load, err); /* by rows as counted */
    if (status != RS_OK)
        return status;
    rs_csv_parallel(csv, data->n_columns, load, finish_column);
    for (size_t i = 0, row = 0; i < csv->n_chunks; i++) {
        csv->chunks[i].first_row = row; /* now of the dataset */
        row += csv->chunks[i].n_rows;
    }
    return RS_OK;
}

static enum rs_status count_rows(struct load *load, struct rs_error *err)
{
    struct rs_csv *csv = load->csv;
    enum rs_status status = rs_csv_split(csv, err);

    load->n_rows = 0;
    for (size_t i = 0; i < csv->n_chunks && status == RS_OK; i++) {
        csv->chunks[i].first_row = load->n_rows;
        load->n_rows += csv->chunks[i].most;
    }
    return status;
}

enum rs_status rs_csv_load(struct rs_dataset **out, struct rs_csv *csv,
                           const size_t *columns, size_t n_columns,
                           struct rs_error *err)
{
    struct load load = {.csv = csv};
    enum rs_status status = count_rows(&load, err);

    *out = NULL;
    if (status != RS_OK)
        return status;
    (void)pthread_mutex_init(&load.lock, NULL);
    atomic_store(&load.worst, SIZE_MAX);
    load.place = rs_alloc(csv->n_columns, sizeof *load.place, err);
    load.run = rs_alloc(csv->n_columns, sizeof *load.run, err);
    load.column = rs_alloc(n_columns, sizeof *load.column, err);
    load.found = rs_alloc(n_columns, sizeof *load.found, err);
    load.faults = rs_alloc(csv->n_chunks, sizeof *load.faults, err);
    status = RS_ERR_NOMEM;
    if (load.place == NULL || load.run == NULL || load.column == NULL ||
        load.found == NULL || load.faults == NULL)
        goto done;
    memset(load.place, 0xff, csv->n_columns * sizeof *load.place);
    for (size_t j = 0; j < n_columns; j++)
        load.found[j] =
            (struct findings){.text_row = UINT64_MAX, .lost_row = UINT64_MAX};
    status = new_dataset(&load, columns, n_columns, err);
    if (status == RS_OK)
        status = parse(&load, err);
    if (status == RS_OK)
        status = finish(&load, err);
    if (status == RS_OK) {
        *out = load.data;
        load.data = NULL;
    }
done:
    rs_dataset_free(load.data);
    while (load.idle != NULL) {
        struct scratch *scratch = load.idle;
        load.idle = scratch->next;
        free_scratch(scratch);
    }
    free(load.place);
    free(load.run);
    free(load.column);
    free(load.found);
    free(load.faults);
    (void)pthread_mutex_destroy(&load.lock);
    return status;
}
