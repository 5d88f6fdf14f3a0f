/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include "column_ask.h"
#include "hash.h"
#include "mem.h"
#include "not_numeric.h"
#include "plan.h"
#include "select.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The lists of a sweep, as positions in the header. */
struct lists {
    struct rs_selection y, x, covariates, factors, weights;
    size_t *wanted; /* [n_wanted] every column of them, once */
    size_t n_wanted;
    size_t *place;   /* [n_names] position in wanted, or n_wanted */
    bool *is_factor; /* [n_names] in `factors` */
    bool *used;      /* [n_names] as y, x or covariate */
    struct rs_transformed transforms;
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
    free(lists->is_factor);
    free(lists->used);
    rs_transformed_clear(&lists->transforms);
}

/* The key of a join is in no list; "no such column" would not say why. */
static enum rs_status refuse_key(const struct rs_items *items, const char *key,
                                 const char *setting, struct rs_error *err)
{
    for (size_t i = 0; i < items->n && key != NULL; i++)
        if (strcmp(items->items[i].text, key) == 0)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{%s}: '%s' is the {key}, which can be in no "
                                "list",
                                setting, key);
    return RS_OK;
}

static enum rs_status select_list(struct rs_selection *out,
                                  const struct rs_table *table,
                                  const struct rs_list *list, const char *key,
                                  const char *setting, struct rs_error *err)
{
    struct rs_items items;
    enum rs_status status = rs_items_split(&items, list, setting, err);

    if (status != RS_OK)
        return status;
    status = refuse_key(&items, key, setting, err);
    if (status == RS_OK)
        status =
            rs_select(out, rs_table_names(table), rs_table_n_columns(table),
                      items.items, items.n, setting, err);
    rs_items_clear(&items);
    return status;
}

static void mark(bool *used, const struct rs_selection *selection, bool value)
{
    for (size_t i = 0; i < selection->n; i++)
        used[selection->columns[i]] = value;
}

/* Without -x: the list of -y for unique pairs, else every other column. */
static enum rs_status default_x(struct lists *lists,
                                const struct rs_table *table, bool unique,
                                struct rs_error *err)
{
    size_t n_names = rs_table_n_columns(table);
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
            if (rs_table_names(table)[j][0] == '\0')
                keep[j] = false; /* nobody could tell it in the results */
        rs_selection_filter(&lists->x, keep);
        if (lists->x.n == 0)
            status = rs_error_set(err, RS_ERR_USAGE,
                                  "no column is left to be independent: give "
                                  "{x}, or {pairs} unique");
    }
    free(keep);
    return status;
}

/* Notes which columns --factor names; they must be covariates. */
static enum rs_status mark_factors(struct lists *lists,
                                   const struct rs_table *table,
                                   struct rs_error *err)
{
    size_t n_names = rs_table_n_columns(table);
    bool *covariate = rs_alloc(n_names, sizeof *covariate, err);
    enum rs_status status = RS_OK;

    lists->is_factor = rs_alloc(n_names, sizeof *lists->is_factor, err);
    if (covariate == NULL || lists->is_factor == NULL) {
        free(covariate);
        return RS_ERR_NOMEM;
    }
    mark(covariate, &lists->covariates, true);
    mark(lists->is_factor, &lists->factors, true);
    for (size_t i = 0; i < lists->factors.n && status == RS_OK; i++)
        if (!covariate[lists->factors.columns[i]])
            status = rs_error_set(
                err, RS_ERR_USAGE, "{factor}: '%s' is not among the covariates",
                rs_table_names(table)[lists->factors.columns[i]]);
    free(covariate);
    return status;
}

static struct rs_transformed_of transforms_of(const struct lists *lists,
                                              const struct rs_table *table)
{
    return (struct rs_transformed_of){table, &lists->weights, lists->used,
                                      lists->place};
}

/* Selects the columns of --transform. */
static enum rs_status select_transforms(struct lists *lists,
                                        const struct rs_table *table,
                                        const struct rs_settings *settings,
                                        struct rs_error *err)
{
    const struct rs_transformed_of of = transforms_of(lists, table);
    struct rs_transformed *out = &lists->transforms;
    enum rs_status status = rs_transform_list_init(
        &out->list, &settings->selecting.transforms, err);

    if (status != RS_OK)
        return status;
    out->columns = rs_alloc(out->list.n, sizeof *out->columns, err);
    out->n_lost = rs_alloc(out->list.n, sizeof *out->n_lost, err);
    if (out->columns == NULL || out->n_lost == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < out->list.n && status == RS_OK; k++) {
        const char *columns = out->list.items[k].columns;
        const struct rs_list list = {&columns, 1};
        status = select_list(&out->columns[k], table, &list,
                             settings->reading.key, "transform", err);
    }
    return status == RS_OK ? rs_transformed_check(out, &of, err) : status;
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

/* Finds what is to be read, and where each column will be. */
static enum rs_status place_columns(struct lists *lists, size_t n_names,
                                    struct rs_error *err)
{
    lists->wanted = rs_alloc(n_names, sizeof *lists->wanted, err);
    lists->place = rs_alloc(n_names, sizeof *lists->place, err);
    lists->used = rs_alloc(n_names, sizeof *lists->used, err);
    if (lists->wanted == NULL || lists->place == NULL || lists->used == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < n_names; j++)
        lists->place[j] = n_names;
    want(lists, &lists->y, n_names);
    want(lists, &lists->x, n_names);
    want(lists, &lists->covariates, n_names);
    want(lists, &lists->weights, n_names);
    mark(lists->used, &lists->y, true);
    mark(lists->used, &lists->x, true);
    mark(lists->used, &lists->covariates, true);
    mark(lists->used, &lists->weights, false);
    return RS_OK;
}

static enum rs_status lists_init(struct lists *lists,
                                 const struct rs_table *table,
                                 const struct rs_settings *settings,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;

    memset(lists, 0, sizeof *lists);
    status = select_list(&lists->y, table, &settings->selecting.dependent,
                         settings->reading.key, "dependent", err);
    if (status == RS_OK)
        status = select_list(&lists->covariates, table,
                             &settings->selecting.covariates,
                             settings->reading.key, "covariates", err);
    if (status == RS_OK)
        status =
            select_list(&lists->factors, table, &settings->selecting.factors,
                        settings->reading.key, "factor", err);
    if (status == RS_OK)
        status =
            select_list(&lists->weights, table, &settings->selecting.weights,
                        settings->reading.key, "weights", err);
    if (status == RS_OK && lists->weights.n > 1)
        status =
            rs_error_set(err, RS_ERR_USAGE, "{weights}: one column, not %zu",
                         lists->weights.n);
    if (status == RS_OK)
        status = select_list(&lists->x, table, &settings->selecting.independent,
                             settings->reading.key, "independent", err);
    if (status == RS_OK && settings->selecting.independent.n == 0)
        status = default_x(lists, table,
                           settings->selecting.pairs == RS_PAIRS_UNIQUE, err);
    if (status == RS_OK)
        status = mark_factors(lists, table, err);
    if (status == RS_OK)
        status = place_columns(lists, rs_table_n_columns(table), err);
    return status == RS_OK ? select_transforms(lists, table, settings, err)
                           : status;
}

/* Turns positions in the header to columns of the dataset; text columns
 * that only a pattern brought are left out, others are refused. */
static enum rs_status resolve(size_t **out, size_t *n_out,
                              struct rs_input *input, const struct lists *lists,
                              const struct rs_selection *selection,
                              const struct rs_table *table, const char *setting,
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
            status = rs_not_numeric(column, table, setting, err);
    }
    *out = columns;
    *n_out = n;
    if (status == RS_OK && n == 0)
        status = rs_error_set(err, RS_ERR_INCONSISTENT,
                              "{%s}: no numeric column is left", setting);
    return status;
}

/* Reads text covariates, and those of --factor, as categories. */
static enum rs_status load_factors(struct rs_input *input,
                                   struct rs_table *table,
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
        input->covariates[i] = place;
        if (lists->is_factor[position] ||
            input->data->columns[place].type == RS_TYPE_TEXT)
            columns[n++] = place;
    }
    if (n > 0)
        status = rs_table_load_factors(table, input->data, columns, n, err);
    free(columns);
    return status;
}

/* Finds the column of --weights and looks at what is in it. */
static enum rs_status check_weights(struct rs_input *input,
                                    const struct lists *lists,
                                    const struct rs_table *table,
                                    struct rs_error *err)
{
    const struct rs_column *column = NULL;
    const char *path = NULL;

    if (lists->weights.n == 0)
        return RS_OK;
    input->weighted = true;
    input->weights = lists->place[lists->weights.columns[0]];
    column = &input->data->columns[input->weights];
    path = rs_table_path(table, column->file_ix);
    if (column->type != RS_TYPE_NUMERIC)
        return rs_not_numeric(column, table, "weights", err);
    for (size_t i = 0; i < input->data->n_rows; i++)
        if (column->values[i] < 0.0 || isinf(column->values[i]))
            return rs_error_set_at(
                err, RS_ERR_INCONSISTENT, path, 0, 0,
                "{weights}: column '%s' has the weight %g in data row %zu",
                column->name, column->values[i], i + 1);
    return RS_OK;
}

/* --missing over all columns that the sweep uses. */
static enum rs_status apply_missing(struct rs_input *input,
                                    const struct rs_settings *settings,
                                    struct rs_error *err)
{
    const struct rs_missing_ask ask = {
        .policy = (enum rs_missing)settings->missing.policy,
        .same_rows = settings->testing.permute > 0,
        .y = input->y,
        .n_y = input->n_y,
        .x = input->x,
        .n_x = input->n_x,
        .covariates = input->covariates,
        .n_covariates = input->n_covariates,
        .weights = input->weighted ? &input->weights : NULL,
    };

    return rs_missing_apply(&input->missing, input->data, &ask, err);
}

static enum rs_status load_columns(struct rs_input *out, struct rs_table *table,
                                   struct lists *lists,
                                   const struct rs_settings *settings,
                                   unsigned n_threads, struct rs_error *err)
{
    const struct rs_transformed_of of = transforms_of(lists, table);
    enum rs_status status =
        rs_table_load(&out->data, table, lists->wanted, lists->n_wanted, err);

    if (status == RS_OK)
        status = resolve(&out->y, &out->n_y, out, lists, &lists->y, table,
                         "dependent", err);
    if (status == RS_OK)
        status = resolve(&out->x, &out->n_x, out, lists, &lists->x, table,
                         "independent", err);
    if (status == RS_OK)
        status = load_factors(out, table, lists, err);
    if (status == RS_OK)
        status = check_weights(out, lists, table, err);
    if (status == RS_OK)
        status = rs_transformed_apply(&lists->transforms, out->data, &of,
                                      n_threads, err);
    out->transforms = lists->transforms;
    lists->transforms = (struct rs_transformed){0};
    if (status == RS_OK)
        status = apply_missing(out, settings, err);
    return status;
}

enum rs_status rs_input_load(struct rs_input *out,
                             const struct rs_settings *settings,
                             struct rs_source *source, unsigned n_threads,
                             bool hash, struct rs_error *err)
{
    struct rs_table *table = NULL;
    struct rs_hashes *hashes = NULL;
    struct lists lists = {0};
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    if (hash) {
        hashes = rs_hashes_new(settings->files.n, err);
        if (hashes == NULL) {
            rs_source_close(source);
            return RS_ERR_NOMEM;
        }
    }
    status = source == NULL
                 ? rs_reading_open(&table, settings, n_threads, hashes, err)
                 : rs_table_open_source(&table, source, n_threads, err);
    if (status != RS_OK)
        goto done;
    status = lists_init(&lists, table, settings, err);
    if (status == RS_ERR_MALFORMED && err->file[0] == '\0') {
        const char *path = rs_table_header(&err->line, table);
        status = rs_error_in_file(err, status, path); /* of the header */
    }
    if (status == RS_OK)
        status = load_columns(out, table, &lists, settings, n_threads, err);
    if (status == RS_OK)
        status = rs_joined_init(&out->joined, settings->files.n, table,
                                out->data, err);
    if (status == RS_OK)
        status = rs_lost_digits_find(&out->lost, table, out->data, err);
    if (status == RS_OK && hash)
        status = rs_hashes_text(&out->hash, hashes, err);
    out->n_bytes = rs_table_n_bytes(table);
done:
    lists_clear(&lists);
    rs_table_close(table);
    rs_hashes_free(hashes);
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
    free(input->missing.filled);
    free(input->hash);
    rs_joined_clear(&input->joined);
    rs_lost_digits_clear(&input->lost);
    rs_transformed_clear(&input->transforms);
    memset(input, 0, sizeof *input);
}
