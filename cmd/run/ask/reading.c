/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include "cells_ask.h"
#include "column_ask.h"
#include "mem.h"
#include "pairs_ask.h"
#include "transform_ask.h"

#include <stdlib.h>
#include <string.h>

enum rs_status rs_reading_files(struct rs_input_files *out,
                                const struct rs_settings *settings,
                                struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < settings->files.n && status == RS_OK; i++)
        status = rs_input_files_add(out, settings->files.values[i], err);
    if (status == RS_OK && rs_pairs_file(settings) != NULL)
        status = rs_input_files_add(out, rs_pairs_file(settings), err);
    for (size_t i = 0; i < RS_N_SETTINGS && status == RS_OK; i++) {
        const struct rs_setting *setting = &rs_setting_table[i];
        const struct rs_list *list =
            (const void *)((const char *)settings + setting->offset);
        if (setting->kind == RS_SETTING_LIST && list != &settings->missing.na)
            status = list == &settings->selecting.transforms
                         ? rs_transform_list_add_files(out, list, err)
                         : rs_items_add_files(out, list, err);
    }
    return status;
}

/* What is given that only text has; NULL: nothing. */
static const char *text_setting(const struct rs_reading_settings *settings)
{
    const struct {
        bool given;
        const char *name;
    } all[] = {
        {settings->delimiter != '\0', "delimiter"},
        {settings->decimal != '.', "decimal"},
        {settings->numbers == RS_NUMBERS_LOOSE, "numbers"},
        {settings->trailing_delimiter, "trailing-delimiter"},
        {settings->skip > 0, "skip"},
        {settings->comment != NULL, "comment"},
        {settings->row_names != NULL, "row-names"},
        {settings->no_header, "no-header"},
    };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i].given)
            return all[i].name;
    return NULL;
}

/* A setting that means nothing to any of the files. */
static enum rs_status check_cells(const struct rs_table *table,
                                  const struct rs_reading_settings *settings,
                                  struct rs_error *err)
{
    const char *given = text_setting(settings);
    bool text = false;
    bool typed = false;

    rs_table_cells(&text, &typed, table);
    if (!text && given != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s} is for text, and there is none: files of "
                            "SAS, SPSS and Stata have columns and types",
                            given);
    if (!typed && settings->no_labels)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{no-labels} is for files of SAS, SPSS and Stata, "
                            "and there is none");
    return RS_OK;
}

/* Which files have a variable a line. */
static bool *find_transposed(const struct rs_settings *settings,
                             struct rs_error *err)
{
    bool *out = rs_alloc(settings->files.n, sizeof *out, err);

    for (size_t i = 0; i < settings->files.n && out != NULL; i++)
        out[i] = settings->reading.transpose ||
                 rs_list_has(&settings->reading.transposed,
                             settings->files.values[i]);
    return out;
}

/* The rules of columns, where some have their own. */
static enum rs_status set_rules(struct rs_table *table,
                                struct rs_cells_ask *cells,
                                const struct rs_settings *settings,
                                struct rs_error *err)
{
    struct rs_column_rules rules = {0};
    enum rs_status status = rs_cells_ask_columns(cells, table, settings, err);

    if (status != RS_OK || cells->n == 1)
        return status;
    rules = (struct rs_column_rules){cells->rules, cells->n, cells->of};
    return rs_table_set_rules(table, &rules, err);
}

enum rs_status rs_reading_open(struct rs_table **out,
                               const struct rs_settings *settings,
                               unsigned n_threads, struct rs_hashes *hashes,
                               struct rs_error *err)
{
    const struct rs_reading_settings *asked = &settings->reading;
    struct rs_cells_ask cells;
    bool *transposed = find_transposed(settings, err);
    struct rs_table_options table = {
        .source = {.transposed = {asked->name_column, (size_t)asked->leading},
                   .csv = {.delimiter = asked->delimiter,
                           .decimal = asked->decimal,
                           .has_header = !asked->no_header,
                           .trailing_delimiter = asked->trailing_delimiter,
                           .n_skip = asked->skip,
                           .comment = asked->comment,
                           .row_name = asked->row_names,
                           .n_threads = n_threads},
                   .no_labels = settings->reading.no_labels,
                   .header_only = settings->headers_only,
                   .hashes = hashes},
        .transposed = transposed,
        .key = asked->key,
        .key_as = (enum rs_key_rule)asked->key_as};
    enum rs_status status = rs_cells_ask_init(&cells, settings, err);

    *out = NULL;
    if (transposed == NULL)
        status = RS_ERR_NOMEM;
    if (status != RS_OK)
        goto done;
    table.source.csv.cells = cells.rules[0];
    status = rs_table_open(out, settings->files.values, settings->files.n,
                           &table, err);
    if (status == RS_OK)
        status = check_cells(*out, &settings->reading, err);
    if (status == RS_OK)
        status = set_rules(*out, &cells, settings, err);
    if (status != RS_OK) {
        rs_table_close(*out);
        *out = NULL;
    }
done:
    free(transposed);
    rs_cells_ask_clear(&cells);
    return status;
}
