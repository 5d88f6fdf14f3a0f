/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readstat_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 16, LENGTH_BYTES = 4 };

/* ---- bytes ------------------------------------------------------- */

/* Where the library reads. */
struct reader {
    const struct rs_bytes *bytes;
    uint64_t at;
    const char *block; /* [n_block] bytes from `begin` on */
    uint64_t begin;
    size_t n_block;
    struct rs_error error;
    bool cut; /* less than was wanted was there */
    char buffer[BLOCK_BYTES];
};

static int on_open(const char *path, void *ctx)
{
    (void)path;
    (void)ctx;
    return 0;
}

static int on_close(void *ctx)
{
    (void)ctx;
    return 0;
}

static readstat_off_t on_seek(readstat_off_t offset, readstat_io_flags_t whence,
                              void *ctx)
{
    struct reader *self = ctx;
    uint64_t base = whence == READSTAT_SEEK_SET   ? 0
                    : whence == READSTAT_SEEK_CUR ? self->at
                                                  : self->bytes->size;

    if (offset < 0 ? (uint64_t)-offset > base
                   : (uint64_t)offset > INT64_MAX - base)
        return -1;
    self->at = base + (uint64_t)offset;
    return (readstat_off_t)self->at;
}

/* Reads the block at the place that is wanted. */
static enum rs_status next_block(struct reader *self)
{
    self->begin = self->at;
    return rs_bytes_read(&self->block, &self->n_block, self->bytes, self->at,
                         self->buffer, sizeof self->buffer, &self->error);
}

static ssize_t on_read(void *out, size_t n, void *ctx)
{
    struct reader *self = ctx;
    size_t done = 0;

    while (done < n) {
        size_t there = 0;
        if (self->at < self->begin || self->at >= self->begin + self->n_block)
            if (next_block(self) != RS_OK)
                return -1;
        there = (size_t)(self->begin + self->n_block - self->at);
        if (there == 0)
            break;
        there = there < n - done ? there : n - done;
        memcpy((char *)out + done, self->block + (self->at - self->begin),
               there);
        done += there;
        self->at += there;
    }
    /* The end of a file of Stata is looked for by the length of one thing
     * more, of LENGTH_BYTES at most. */
    self->cut = self->cut || (done < n && (done > 0 || n > LENGTH_BYTES));
    return (ssize_t)done;
}

static readstat_error_t on_update(long size, readstat_progress_handler progress,
                                  void *user, void *ctx)
{
    (void)size;
    (void)progress;
    (void)user;
    (void)ctx;
    return READSTAT_OK;
}

/* ---- a pass ------------------------------------------------------ */

static void on_error(const char *message, void *ctx)
{
    struct rs_readstat_visit *visit = ctx;

    (void)snprintf(visit->reason, sizeof visit->reason, "%s", message);
}

static readstat_parser_t *new_parser(const struct rs_readstat_library *library,
                                     const readstat_callbacks_t *handlers,
                                     struct reader *reader)
{
    readstat_parser_t *parser = library->parser_init();

    if (parser == NULL)
        return NULL;
    (void)library->set_open_handler(parser, on_open);
    (void)library->set_close_handler(parser, on_close);
    (void)library->set_seek_handler(parser, on_seek);
    (void)library->set_read_handler(parser, on_read);
    (void)library->set_update_handler(parser, on_update);
    (void)library->set_io_ctx(parser, reader);
    (void)library->set_metadata_handler(parser, handlers->metadata);
    (void)library->set_variable_handler(parser, handlers->variable);
    (void)library->set_value_handler(parser, handlers->value);
    (void)library->set_value_label_handler(parser, handlers->value_label);
    (void)library->set_error_handler(parser, on_error);
    return parser;
}

/* What is wrong with the file; NULL: nothing. */
static const char *damage(const struct rs_readstat_visit *visit,
                          const struct reader *reader, readstat_error_t result)
{
    static const char prefix[] = "ReadStat: ";
    const struct rs_readstat *file = visit->file;
    const char *reason = visit->reason;

    if (result == READSTAT_ERROR_READ || result == READSTAT_ERROR_SEEK ||
        (result == READSTAT_OK && reader->cut && file->format->exact))
        return "it ends too early";
    if (result == READSTAT_OK)
        return NULL;
    if (reason[0] == '\0')
        return file->library.error_message(result);
    return strncmp(reason, prefix, sizeof prefix - 1) == 0
               ? reason + sizeof prefix - 1
               : reason;
}

/* What ended a pass, as an error. */
static enum rs_status why(const struct rs_readstat_visit *visit,
                          const struct reader *reader, readstat_error_t result,
                          struct rs_error *err)
{
    const struct rs_readstat *file = visit->file;
    const struct rs_error *own =
        visit->error.status != RS_OK ? &visit->error : &reader->error;
    const char *wrong = damage(visit, reader, result);

    if (own->status != RS_OK) {
        if (err != NULL)
            *err = *own;
        return rs_error_in_file(err, own->status, file->bytes.path);
    }
    if (result == READSTAT_ERROR_MALLOC)
        return rs_error_set_os(err, RS_ERR_NOMEM, file->bytes.path, 0,
                               "out of memory for %s", file->format->what);
    return wrong == NULL
               ? RS_OK
               : rs_error_set_at(err, RS_ERR_MALFORMED, file->bytes.path, 0, 0,
                                 "%s, but damaged: %s", file->format->what,
                                 wrong);
}

enum rs_status rs_readstat_pass(const readstat_callbacks_t *handlers,
                                struct rs_readstat_visit *visit,
                                struct rs_error *err)
{
    const struct rs_readstat *file = visit->file;
    struct reader *reader = rs_alloc(1, sizeof *reader, err);
    __typeof__(readstat_parse_sav) *parse = NULL;
    readstat_parser_t *parser = NULL;
    readstat_error_t result = READSTAT_ERROR_MALLOC;
    enum rs_status status = RS_ERR_NOMEM;

    if (reader == NULL)
        return status;
    reader->bytes = &file->bytes;
    memcpy(&parse, (const char *)&file->library + file->format->parse,
           sizeof parse);
    parser = new_parser(&file->library, handlers, reader);
    if (parser != NULL) {
        result = parse(parser, file->bytes.path, visit);
        file->library.parser_free(parser);
    }
    status = why(visit, reader, result, err);
    free(reader);
    return status;
}

/* ---- cells ------------------------------------------------------- */

static int skip_unwanted(int index, readstat_variable_t *variable,
                         const char *labels, void *ctx)
{
    const struct rs_readstat_visit *visit = ctx;

    (void)variable;
    (void)labels;
    return index >= 0 && (size_t)index < visit->file->n_columns &&
                   visit->place[index] != SIZE_MAX
               ? READSTAT_HANDLER_OK
               : READSTAT_HANDLER_SKIP_VARIABLE;
}

/* Numbers that mean missing, and those that are none. */
static bool is_na_number(const struct rs_cell_reader *cells, double number)
{
    for (size_t i = 0; i < cells->n_values; i++)
        if (cells->values[i] == number)
            return true;
    return number != number;
}

static void read_cell(struct rs_readstat_cell *cell,
                      const struct rs_readstat *file, size_t index,
                      readstat_value_t value, readstat_variable_t *variable)
{
    const struct rs_cell_reader *cells = rs_cell_reader_of(&file->cells, index);

    cell->missing = file->library.value_is_missing(value, variable) != 0;
    if (cell->column->text) {
        cell->text = file->library.string_value(value);
        cell->text = cell->text == NULL ? "" : cell->text;
        cell->missing = cell->missing ||
                        rs_cell_is_na(cells, cell->text, strlen(cell->text));
    } else {
        cell->number = file->library.double_value(value);
        cell->missing = cell->missing || is_na_number(cells, cell->number);
    }
}

static int on_value(int row, readstat_variable_t *variable,
                    readstat_value_t value, void *ctx)
{
    struct rs_readstat_visit *visit = ctx;
    const struct rs_readstat *file = visit->file;
    int index = file->library.variable_get_index(variable);
    struct rs_readstat_cell cell = {.row = (size_t)row};
    bool text =
        file->library.value_type_class(value) == READSTAT_TYPE_CLASS_STRING;

    if (row < 0 || index < 0 || (size_t)index >= file->n_columns ||
        visit->place[index] == SIZE_MAX || text != file->columns[index].text ||
        (file->rows_known && cell.row >= file->n_rows)) {
        (void)rs_error_set_at(&visit->error, RS_ERR_MALFORMED, file->bytes.path,
                              0, 0, "%s, but damaged: a cell where none can be",
                              file->format->what);
        return READSTAT_HANDLER_ABORT;
    }
    cell.place = visit->place[index];
    cell.column = &file->columns[index];
    read_cell(&cell, file, (size_t)index, value, variable);
    visit->n_rows = cell.row + 1;
    visit->on_cell(visit, &cell);
    return visit->error.status == RS_OK ? READSTAT_HANDLER_OK
                                        : READSTAT_HANDLER_ABORT;
}

enum rs_status rs_readstat_cells(struct rs_readstat_visit *visit,
                                 struct rs_error *err)
{
    static const readstat_callbacks_t handlers = {.variable = skip_unwanted,
                                                  .value = on_value};
    const struct rs_readstat *file = visit->file;
    enum rs_status status = rs_readstat_pass(&handlers, visit, err);

    if (status == RS_OK && file->rows_known && visit->n_rows != file->n_rows)
        status =
            rs_error_set_at(err, RS_ERR_MALFORMED, file->bytes.path, 0, 0,
                            "%s, but damaged: it has %zu rows in place "
                            "of %zu",
                            file->format->what, visit->n_rows, file->n_rows);
    return status;
}
