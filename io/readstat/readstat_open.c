/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readstat_internal.h"
#include "xport_check.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD_BYTES = 512 };

size_t rs_readstat_n_columns(const struct rs_readstat *self)
{
    return self->n_columns;
}

const char *const *rs_readstat_names(const struct rs_readstat *self)
{
    return (const char *const *)self->names;
}

bool rs_readstat_is(const unsigned char *head, size_t n)
{
    return rs_readstat_format_of(head, n) != NULL;
}

/* ---- what comes before the cells --------------------------------- */

static int on_metadata(readstat_metadata_t *metadata, void *ctx)
{
    struct rs_readstat *self = ((struct rs_readstat_visit *)ctx)->file;
    int n_rows = self->library.get_row_count(metadata);

    self->rows_known = n_rows >= 0;
    self->n_rows = n_rows >= 0 ? (size_t)n_rows : 0;
    return READSTAT_HANDLER_OK;
}

/* A copy; NULL of what is NULL or empty, too. */
static enum rs_status copy(char **out, const char *text, struct rs_error *err)
{
    *out = NULL;
    if (text == NULL || text[0] == '\0')
        return RS_OK;
    *out = rs_text_copy(text, strlen(text), err);
    return *out == NULL ? RS_ERR_NOMEM : RS_OK;
}

/* Makes room for one more column. */
static enum rs_status grow(struct rs_readstat *self, struct rs_error *err)
{
    struct rs_readstat_column *columns =
        rs_grow(self->columns, self->n_columns, sizeof *columns, err);
    char **names = NULL;

    if (columns == NULL)
        return RS_ERR_NOMEM;
    self->columns = columns;
    names = rs_grow(self->names, self->n_columns, sizeof *names, err);
    if (names == NULL)
        return RS_ERR_NOMEM;
    self->names = names;
    return RS_OK;
}

static int on_variable(int index, readstat_variable_t *variable,
                       const char *labels, void *ctx)
{
    struct rs_readstat_visit *visit = ctx;
    struct rs_readstat *self = visit->file;
    const char *name = self->library.variable_get_name(variable);
    struct rs_readstat_column column = {
        .text = self->library.variable_get_type_class(variable) ==
                READSTAT_TYPE_CLASS_STRING};
    enum rs_status status = RS_OK;

    if (!column.text)
        column.unit = rs_time_unit(self->format->program,
                                   self->library.variable_get_format(variable));
    if (index < 0 || (size_t)index != self->n_columns ||
        self->library.variable_get_index(variable) != index)
        status = rs_error_set_at(
            &visit->error, RS_ERR_MALFORMED, self->bytes.path, 0, 0,
            "%s, but damaged: its columns are in no order", self->format->what);
    if (status == RS_OK)
        status = grow(self, &visit->error);
    if (status != RS_OK)
        return READSTAT_HANDLER_ABORT;
    status = copy(&column.label, self->library.variable_get_label(variable),
                  &visit->error);
    if (status == RS_OK)
        status = copy(&column.set, labels, &visit->error);
    self->columns[self->n_columns] = column;
    name = name == NULL ? "" : name;
    self->names[self->n_columns++] =
        rs_text_copy(name, strlen(name), &visit->error);
    return visit->error.status == RS_OK ? READSTAT_HANDLER_OK
                                        : READSTAT_HANDLER_ABORT;
}

/* Words for missing values are of no use: such cells are missing. */
static int on_value_label(const char *set, readstat_value_t value,
                          const char *label, void *ctx)
{
    struct rs_readstat_visit *visit = ctx;
    const struct rs_readstat_library *library = &visit->file->library;
    bool text = library->value_type_class(value) == READSTAT_TYPE_CLASS_STRING;
    struct rs_value_label own = {.label = (char *)(uintptr_t)label};
    enum rs_status status = RS_OK;

    if (text)
        own.text = (char *)(uintptr_t)library->string_value(value);
    else
        own.number = library->double_value(value);
    if (set == NULL || label == NULL || label[0] == '\0' ||
        (text ? own.text == NULL
              : library->value_is_tagged_missing(value) != 0 ||
                    own.number != own.number))
        return READSTAT_HANDLER_OK;
    status = rs_label_sets_add(&visit->file->labels, set, &own, &visit->error);
    return status == RS_OK ? READSTAT_HANDLER_OK : READSTAT_HANDLER_ABORT;
}

static enum rs_status read_columns(struct rs_readstat *self,
                                   struct rs_error *err)
{
    readstat_callbacks_t handlers = {.metadata = on_metadata,
                                     .variable = on_variable,
                                     .value_label = on_value_label};
    struct rs_readstat_visit visit = {.file = self};
    enum rs_status status = RS_OK;

    if (self->no_labels)
        handlers.value_label = NULL;
    status = rs_readstat_pass(&handlers, &visit, err);
    if (status != RS_OK)
        return status;
    if (self->n_columns == 0)
        return rs_error_set_at(err, RS_ERR_MALFORMED, self->bytes.path, 0, 0,
                               "%s without columns", self->format->what);
    rs_label_sets_sort(&self->labels);
    for (size_t j = 0; j < self->n_columns; j++)
        if (self->columns[j].set != NULL)
            self->columns[j].labels =
                rs_label_sets_find(&self->labels, self->columns[j].set);
    return RS_OK;
}

/* ---- opening ----------------------------------------------------- */

static enum rs_status find_format(struct rs_readstat *self,
                                  struct rs_error *err)
{
    char buffer[HEAD_BYTES];
    const char *head = NULL;
    size_t n = 0;
    enum rs_status status =
        rs_bytes_read(&head, &n, &self->bytes, 0, buffer, sizeof buffer, err);

    if (status != RS_OK)
        return status;
    self->format = rs_readstat_format_of((const unsigned char *)head, n);
    return self->format != NULL
               ? RS_OK
               : rs_error_set_at(err, RS_ERR_MALFORMED, self->bytes.path, 0, 0,
                                 "no file of SAS, SPSS or Stata");
}

enum rs_status rs_readstat_set_rules(struct rs_readstat *self,
                                     const struct rs_column_rules *rules,
                                     struct rs_error *err)
{
    for (size_t j = 0; j < self->n_columns; j++) {
        const struct rs_cell_rule *rule =
            &rules->rules[rules->of == NULL ? 0 : rules->of[j]];
        if (rule->truth || rule->dates)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{%s} is for text: '%s' of '%s' has a type of "
                                "its own",
                                rule->truth ? "truth" : "dates", self->names[j],
                                self->bytes.path);
    }
    return rs_cell_readers_set(&self->cells, rules, self->n_columns, '\0', '.',
                               err);
}

enum rs_status rs_readstat_open(struct rs_readstat **out,
                                struct rs_bytes *bytes,
                                const struct rs_readstat_options *options,
                                struct rs_error *err)
{
    const struct rs_column_rules rules = {.rules = &options->cells, .n = 1};
    struct rs_readstat *self = rs_alloc(1, sizeof *self, err);
    enum rs_status status = self == NULL ? RS_ERR_NOMEM : RS_OK;

    *out = NULL;
    if (status != RS_OK) {
        rs_bytes_close(bytes);
        return status;
    }
    self->bytes = *bytes;
    *bytes = (struct rs_bytes){.fd = -1};
    self->no_labels = options->no_labels;
    status = find_format(self, err);
    if (status == RS_OK)
        status =
            rs_error_in_file(err, rs_readstat_library_load(&self->library, err),
                             self->bytes.path);
    if (status == RS_OK)
        status = rs_cell_readers_set(&self->cells, &rules, 0, '\0', '.', err);
    if (status == RS_OK && self->format->transport)
        status = rs_xport_check(&self->bytes, err);
    if (status == RS_OK)
        status = read_columns(self, err);
    if (status == RS_OK)
        *out = self;
    else
        rs_readstat_close(self);
    return status;
}

void rs_readstat_close(struct rs_readstat *self)
{
    if (self == NULL)
        return;
    rs_bytes_close(&self->bytes);
    for (size_t j = 0; j < self->n_columns; j++) {
        free(self->names[j]);
        free(self->columns[j].label);
        free(self->columns[j].set);
    }
    free(self->names);
    free(self->columns);
    rs_cell_readers_clear(&self->cells);
    rs_label_sets_clear(&self->labels);
    free(self);
}
