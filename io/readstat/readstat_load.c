/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dataset_new.h"
#include "readstat_internal.h"
#include "utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- rows -------------------------------------------------------- */

static void count_cell(struct rs_readstat_visit *visit,
                       const struct rs_readstat_cell *cell)
{
    (void)visit;
    (void)cell;
}

/* Counts the rows of a file that does not say how many there are.
 * place  inout  [n_columns] all SIZE_MAX, and again afterwards */
static enum rs_status count_rows(struct rs_readstat *self, size_t *place,
                                 struct rs_error *err)
{
    struct rs_readstat_visit visit = {
        .file = self, .place = place, .on_cell = count_cell};
    enum rs_status status = RS_OK;

    if (!self->rows_known) {
        place[0] = 0;
        status = rs_readstat_cells(&visit, err);
        place[0] = SIZE_MAX;
        self->rows_known = status == RS_OK;
        self->n_rows = visit.n_rows;
    }
    if (status == RS_OK && self->n_rows == 0)
        status =
            rs_error_set_at(err, RS_ERR_MALFORMED, self->bytes.path, 0, 0,
                            "no data: %s without rows", self->format->what);
    return status;
}

/* ---- cells ------------------------------------------------------- */

/* Cells of a column that are there. */
struct tally {
    size_t n;
    size_t labelled; /* that have a label */
};

/* A load on its way. */
struct loading {
    struct rs_readstat_visit visit; /* first */
    struct rs_dataset *data;
    double **cells;        /* [data->n_columns] */
    struct tally *tallies; /* [data->n_columns] */
};

/* Counts a cell, and notes the first number that has a label. */
static void count_label(struct tally *tally, struct rs_column *column,
                        const struct rs_readstat_cell *cell)
{
    const struct rs_value_labels *labels = cell->column->labels;
    const struct rs_value_label *label = NULL;
    struct rs_labelled *out = &column->labelled;
    size_t len = 0;

    tally->n++;
    if (labels != NULL)
        label = rs_value_labels_find(labels, cell->number, cell->text);
    if (label == NULL || tally->labelled++ > 0)
        return;
    len = strlen(label->label);
    len = rs_utf8_whole(label->label,
                        len < sizeof out->label ? len : sizeof out->label - 1);
    memcpy(out->label, label->label, len);
    out->label[len] = '\0';
    out->value = label->number;
}

static void become_text(struct rs_column *column, const char *text)
{
    column->type = RS_TYPE_TEXT;
    rs_fault_set(&column->fault, RS_FAULT_NOT_A_NUMBER, text, strlen(text));
}

static void load_cell(struct rs_readstat_visit *visit,
                      const struct rs_readstat_cell *cell)
{
    struct loading *self = (struct loading *)visit;
    struct rs_column *column = &self->data->columns[cell->place];
    double *value = &self->cells[cell->place][cell->row];

    *value = cell->missing        ? NAN
             : cell->text == NULL ? cell->number
                                  : rs_nan_text();
    if (cell->missing)
        return;
    count_label(&self->tallies[cell->place], column, cell);
    if (cell->text != NULL && column->type != RS_TYPE_TEXT)
        become_text(column, cell->text);
}

/* Numbers that all have labels stand for these. */
static void see_to_labels(struct rs_column *column,
                          struct rs_readstat_column *from,
                          const struct tally *tally, double *values,
                          size_t n_rows)
{
    from->labelled = tally->n > 0 && tally->labelled == tally->n;
    if (from->text)
        return;
    column->labelled.n = tally->labelled;
    column->labelled.all = from->labelled;
    if (!from->labelled)
        return;
    become_text(column, column->labelled.label);
    for (size_t i = 0; i < n_rows; i++)
        values[i] = isnan(values[i]) ? NAN : rs_nan_text();
}

/* ---- the load ---------------------------------------------------- */

static enum rs_status name_column(struct rs_column *column,
                                  const struct rs_readstat *self, size_t from,
                                  struct rs_error *err)
{
    const char *name = self->names[from];
    const char *label = self->columns[from].label;

    column->file_ix = from;
    column->unit = self->columns[from].unit;
    column->name = rs_text_copy(name, strlen(name), err);
    if (label != NULL)
        column->label = rs_text_copy(label, strlen(label), err);
    return column->name == NULL || (label != NULL && column->label == NULL)
               ? RS_ERR_NOMEM
               : RS_OK;
}

static enum rs_status fill(struct loading *self, const size_t *columns,
                           struct rs_error *err)
{
    struct rs_readstat *file = self->visit.file;
    struct rs_dataset *data = self->data;
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < data->n_columns && status == RS_OK; k++) {
        self->cells[k] = rs_dataset_cells(data, k);
        status = name_column(&data->columns[k], file, columns[k], err);
    }
    if (status == RS_OK && data->n_columns > 0)
        status = rs_readstat_cells(&self->visit, err);
    for (size_t k = 0; k < data->n_columns && status == RS_OK; k++) {
        see_to_labels(&data->columns[k], &file->columns[columns[k]],
                      &self->tallies[k], self->cells[k], data->n_rows);
        rs_dataset_finish(data, k);
    }
    return status;
}

enum rs_status rs_readstat_load(struct rs_dataset **out,
                                struct rs_readstat *self, const size_t *columns,
                                size_t n, struct rs_error *err)
{
    size_t *place = rs_alloc(self->n_columns, sizeof *place, err);
    struct loading loading = {
        .visit = {.file = self, .place = place, .on_cell = load_cell}};
    enum rs_status status = RS_ERR_NOMEM;

    *out = NULL;
    loading.cells = rs_alloc(n, sizeof *loading.cells, err);
    loading.tallies = rs_alloc(n, sizeof *loading.tallies, err);
    if (place == NULL || loading.cells == NULL || loading.tallies == NULL)
        goto done;
    memset(place, 0xff, self->n_columns * sizeof *place);
    status = count_rows(self, place, err);
    if (status == RS_OK)
        status = rs_dataset_new(&loading.data, self->n_rows, n, err);
    if (status != RS_OK)
        goto done;
    for (size_t k = 0; k < n; k++)
        place[columns[k]] = k;
    status = fill(&loading, columns, err);
    if (status == RS_OK) {
        *out = loading.data;
        loading.data = NULL;
    }
done:
    rs_dataset_free(loading.data);
    free(loading.cells);
    free(loading.tallies);
    free(place);
    return status;
}
