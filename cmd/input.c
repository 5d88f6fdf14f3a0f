/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include "column_list.h"
#include "mem.h"
#include "message.h"
#include "missing.h"
#include "select.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const default_na[] = {"", "NA", "N/A", "NaN", "null", "."};

enum rs_status rs_reading_init(struct rs_reading *reading,
                               const struct rs_options *options,
                               unsigned n_threads, struct rs_error *err)
{
    size_t len = options->na == NULL ? 0 : strlen(options->na);
    size_t room = sizeof reading->na / sizeof reading->na[0];
    char *at = reading->na_text;

    memset(reading, 0, sizeof *reading);
    reading->csv.delimiter = options->delimiter;
    reading->csv.decimal = options->decimal;
    reading->csv.has_header = !options->no_header;
    reading->csv.n_threads = n_threads;
    reading->csv.na = default_na;
    reading->csv.n_na = sizeof default_na / sizeof default_na[0];
    if (options->na == NULL)
        return RS_OK;
    if (len >= sizeof reading->na_text)
        return rs_error_set(err, RS_ERR_USAGE, "--na: the list is too long");
    memcpy(reading->na_text, options->na, len + 1);
    reading->csv.na = reading->na;
    reading->csv.n_na = 0;
    while (at != NULL) {
        char *comma = strchr(at, ',');
        if (reading->csv.n_na == room)
            return rs_error_set(err, RS_ERR_USAGE,
                                "--na: more than %zu strings", room);
        reading->na[reading->csv.n_na++] = at;
        if (comma != NULL)
            *comma++ = '\0';
        at = comma;
    }
    return RS_OK;
}

/* The lists of a sweep, as positions in the header. */
struct lists {
    struct rs_selection y, x, covariates, factors, weights;
    size_t *wanted; /* [n_wanted] every column of them, once */
    size_t n_wanted;
    size_t *place; /* [n_names] position in wanted, or n_wanted */
};

static void lists_clear(struct lists *lists)
{
    rs_selection_clear(&lists->y);
    rs_selection_clear(&lists->x);
    rs_selection_clear(&lists->covariates);
    rs_selection_clear(&lists->factors);
    rs_selection_clear(&lists->weights);
    free(lists->wanted);
    free(lists->place);
}

static enum rs_status select_list(struct rs_selection *out,
                                  const struct rs_csv *csv,
                                  const struct rs_list *list,
                                  const char *option, struct rs_error *err)
{
    struct rs_items items;
    enum rs_status status = rs_items_split(&items, list, option, err);

    if (status != RS_OK)
        return status;
    status = rs_select(out, rs_csv_names(csv), rs_csv_n_columns(csv),
                       items.items, items.n, option, err);
    rs_items_clear(&items);
    return status;
}

static void mark(bool *used, const struct rs_selection *selection, bool value)
{
    for (size_t i = 0; i < selection->n; i++)
        used[selection->columns[i]] = value;
}

/* Without -x: the list of -y for unique pairs, else every other column. */
static enum rs_status default_x(struct lists *lists, const struct rs_csv *csv,
                                bool unique, struct rs_error *err)
{
    size_t n_names = rs_csv_n_columns(csv);
    bool *keep = rs_alloc(n_names, sizeof *keep, err);
    enum rs_status status = RS_OK;

    if (keep == NULL)
        return RS_ERR_NOMEM;
    rs_selection_clear(&lists->x);
    status = rs_select_all(&lists->x, n_names, err);
    if (status == RS_OK && unique) {
        memcpy(lists->x.columns, lists->y.columns,
               lists->y.n * sizeof *lists->y.columns);
        memcpy(lists->x.by_pattern, lists->y.by_pattern,
               lists->y.n * sizeof *lists->y.by_pattern);
        lists->x.n = lists->y.n;
    } else if (status == RS_OK) {
        memset(keep, true, n_names * sizeof *keep);
        mark(keep, &lists->y, false);
        mark(keep, &lists->covariates, false);
        mark(keep, &lists->weights, false);
        for (size_t j = 0; j < n_names; j++)
            if (rs_csv_names(csv)[j][0] == '\0')
                keep[j] = false; /* nobody could tell it in the results */
        rs_selection_filter(&lists->x, keep);
        if (lists->x.n == 0)
            status = rs_error_set(err, RS_ERR_USAGE,
                                  "no column is left to be independent: give "
                                  "-x, or --pairs unique");
    }
    free(keep);
    return status;
}

static enum rs_status check_factors(const struct lists *lists,
                                    const struct rs_csv *csv,
                                    struct rs_error *err)
{
    for (size_t i = 0; i < lists->factors.n; i++) {
        bool found = false;
        for (size_t j = 0; j < lists->covariates.n && !found; j++)
            found = lists->covariates.columns[j] == lists->factors.columns[i];
        if (!found)
            return rs_error_set(err, RS_ERR_USAGE,
                                "--factor: '%s' is not among the covariates",
                                rs_csv_names(csv)[lists->factors.columns[i]]);
    }
    return RS_OK;
}

static void want(struct lists *lists, const struct rs_selection *selection,
                 size_t nowhere)
{
    for (size_t i = 0; i < selection->n; i++) {
        size_t column = selection->columns[i];
        if (lists->place[column] != nowhere)
            continue;
        lists->place[column] = lists->n_wanted;
        lists->wanted[lists->n_wanted++] = column;
    }
}

static enum rs_status lists_init(struct lists *lists, const struct rs_csv *csv,
                                 const struct rs_options *options,
                                 struct rs_error *err)
{
    size_t n_names = rs_csv_n_columns(csv);
    enum rs_status status = RS_OK;

    memset(lists, 0, sizeof *lists);
    status =
        select_list(&lists->y, csv, &options->dependent, "--dependent", err);
    if (status == RS_OK)
        status = select_list(&lists->covariates, csv, &options->covariates,
                             "--covariates", err);
    if (status == RS_OK)
        status = select_list(&lists->factors, csv, &options->factors,
                             "--factor", err);
    if (status == RS_OK)
        status = select_list(&lists->weights, csv, &options->weights,
                             "--weights", err);
    if (status == RS_OK && lists->weights.n > 1)
        status =
            rs_error_set(err, RS_ERR_USAGE, "--weights: one column, not %zu",
                         lists->weights.n);
    if (status == RS_OK)
        status = select_list(&lists->x, csv, &options->independent,
                             "--independent", err);
    if (status == RS_OK && options->independent.n == 0)
        status = default_x(lists, csv, options->pairs == 1, err);
    if (status == RS_OK)
        status = check_factors(lists, csv, err);
    if (status != RS_OK)
        return status;
    lists->wanted = rs_alloc(n_names, sizeof *lists->wanted, err);
    lists->place = rs_alloc(n_names, sizeof *lists->place, err);
    if (lists->wanted == NULL || lists->place == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < n_names; j++)
        lists->place[j] = n_names;
    want(lists, &lists->y, n_names);
    want(lists, &lists->x, n_names);
    want(lists, &lists->covariates, n_names);
    want(lists, &lists->weights, n_names);
    return RS_OK;
}

/* The message at the cell that makes a column text. */
static enum rs_status not_numeric(const struct rs_column *column,
                                  const char *path, const char *option,
                                  struct rs_error *err)
{
    return rs_error_set_at(err, RS_ERR_MALFORMED, path, column->fault.line,
                           column->file_ix + 1,
                           "%s: column '%s' is not numeric: '%s' is %s", option,
                           column->name, column->fault.text,
                           column->fault.kind == RS_FAULT_OUT_OF_RANGE
                               ? "beyond the range of a double"
                               : "not a number");
}

/* Turns positions in the header to columns of the dataset; text columns
 * that only a pattern brought are left out, others are refused. */
static enum rs_status resolve(size_t **out, size_t *n_out,
                              struct rs_input *input, const struct lists *lists,
                              const struct rs_selection *selection,
                              const char *path, const char *option,
                              struct rs_error *err)
{
    size_t n = 0;
    size_t *columns = rs_alloc(selection->n, sizeof *columns, err);
    enum rs_status status = RS_OK;

    if (columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < selection->n && status == RS_OK; i++) {
        size_t place = lists->place[selection->columns[i]];
        const struct rs_column *column = &input->data->columns[place];
        if (column->type == RS_TYPE_NUMERIC)
            columns[n++] = place;
        else if (selection->by_pattern[i])
            input->n_text_skipped++;
        else
            status = not_numeric(column, path, option, err);
    }
    *out = columns;
    *n_out = n;
    if (status == RS_OK && n == 0)
        status = rs_error_set(err, RS_ERR_INCONSISTENT,
                              "%s: no numeric column is left", option);
    return status;
}

/* Reads text covariates, and those of --factor, as categories. */
static enum rs_status load_factors(struct rs_input *input, struct rs_csv *csv,
                                   const struct lists *lists,
                                   struct rs_error *err)
{
    size_t n = 0;
    size_t *columns = rs_alloc(lists->covariates.n, sizeof *columns, err);
    enum rs_status status = RS_OK;

    input->covariates =
        rs_alloc(lists->covariates.n, sizeof *input->covariates, err);
    if (columns == NULL || input->covariates == NULL) {
        free(columns);
        return RS_ERR_NOMEM;
    }
    input->n_covariates = lists->covariates.n;
    for (size_t i = 0; i < lists->covariates.n; i++) {
        size_t position = lists->covariates.columns[i];
        size_t place = lists->place[position];
        bool factor = input->data->columns[place].type == RS_TYPE_TEXT;
        for (size_t j = 0; j < lists->factors.n && !factor; j++)
            factor = lists->factors.columns[j] == position;
        input->covariates[i] = place;
        if (factor)
            columns[n++] = place;
    }
    if (n > 0)
        status = rs_csv_load_factors(csv, input->data, columns, n, err);
    free(columns);
    return status;
}

/* Finds the column of --weights and looks at what is in it. */
static enum rs_status check_weights(struct rs_input *input,
                                    const struct lists *lists, const char *path,
                                    struct rs_error *err)
{
    const struct rs_column *column = NULL;

    if (lists->weights.n == 0)
        return RS_OK;
    input->weighted = true;
    input->weights = lists->place[lists->weights.columns[0]];
    column = &input->data->columns[input->weights];
    if (column->type != RS_TYPE_NUMERIC)
        return not_numeric(column, path, "--weights", err);
    for (size_t i = 0; i < input->data->n_rows; i++)
        if (column->values[i] < 0.0 || isinf(column->values[i]))
            return rs_error_set_at(
                err, RS_ERR_INCONSISTENT, path, 0, 0,
                "--weights: column '%s' has the weight %g in data row %zu",
                column->name, column->values[i], i + 1);
    return RS_OK;
}

/* --missing over all columns that the sweep uses. */
static enum rs_status apply_missing(struct rs_input *input,
                                    const struct rs_options *options,
                                    struct rs_error *err)
{
    size_t n_columns = input->data->n_columns;
    bool *used = rs_alloc(n_columns, sizeof *used, err);
    size_t *columns = rs_alloc(n_columns, sizeof *columns, err);
    size_t n = 0;
    enum rs_status status = RS_ERR_NOMEM;

    if (used == NULL || columns == NULL)
        goto done;
    for (size_t i = 0; i < input->n_y; i++)
        used[input->y[i]] = true;
    for (size_t i = 0; i < input->n_x; i++)
        used[input->x[i]] = true;
    for (size_t i = 0; i < input->n_covariates; i++)
        used[input->covariates[i]] = true;
    /* A weight is never made up: its row is left out instead. */
    if (input->weighted && options->missing != RS_MISSING_MEAN)
        used[input->weights] = true;
    for (size_t j = 0; j < n_columns; j++)
        if (used[j])
            columns[n++] = j;
    status = rs_missing_apply(input->data, (enum rs_missing)options->missing,
                              columns, n, &input->n_rows_dropped,
                              &input->n_filled, err);
done:
    free(used);
    free(columns);
    return status;
}

static enum rs_status load_columns(struct rs_input *out, struct rs_csv *csv,
                                   const struct lists *lists,
                                   const struct rs_options *options,
                                   struct rs_error *err)
{
    const char *path = options->files[0];
    enum rs_status status =
        rs_csv_load(&out->data, csv, lists->wanted, lists->n_wanted, err);

    if (status == RS_OK)
        status = resolve(&out->y, &out->n_y, out, lists, &lists->y, path,
                         "--dependent", err);
    if (status == RS_OK)
        status = resolve(&out->x, &out->n_x, out, lists, &lists->x, path,
                         "--independent", err);
    if (status == RS_OK)
        status = load_factors(out, csv, lists, err);
    if (status == RS_OK)
        status = check_weights(out, lists, path, err);
    if (status == RS_OK)
        status = apply_missing(out, options, err);
    return status;
}

enum rs_status rs_input_load(struct rs_input *out,
                             const struct rs_options *options,
                             unsigned n_threads, struct rs_error *err)
{
    struct rs_reading reading;
    struct rs_csv *csv = NULL;
    struct lists lists = {0};
    enum rs_status status = rs_reading_init(&reading, options, n_threads, err);

    memset(out, 0, sizeof *out);
    if (status == RS_OK)
        status = rs_csv_open(&csv, options->files[0], &reading.csv, err);
    if (status != RS_OK)
        goto done;
    status = lists_init(&lists, csv, options, err);
    if (status == RS_ERR_MALFORMED && err->file[0] == '\0') {
        struct rs_error found = *err; /* a fault of the header */
        status = rs_error_set_at(err, RS_ERR_MALFORMED, options->files[0],
                                 rs_csv_header_line(csv), 0, "%s", found.text);
    }
    if (status == RS_OK)
        status = load_columns(out, csv, &lists, options, err);
    out->n_bytes = rs_csv_n_bytes(csv);
done:
    lists_clear(&lists);
    rs_csv_close(csv);
    if (status != RS_OK)
        rs_input_clear(out);
    return status;
}

void rs_input_clear(struct rs_input *input)
{
    rs_dataset_free(input->data);
    free(input->y);
    free(input->x);
    free(input->covariates);
    memset(input, 0, sizeof *input);
}
