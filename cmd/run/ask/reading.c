/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include "column_ask.h"
#include "mem.h"
#include "transform_ask.h"

#include <stdlib.h>
#include <string.h>

/* The reader's options, with room for the texts of --na. */
struct reading {
    struct rs_csv_options csv; /* delimited text */
    const char *na[64];
    char na_text[1024];
};

static const char *const default_na[] = {"", "NA", "N/A", "NaN", "null", "."};

static enum rs_status init(struct reading *reading,
                           const struct rs_settings *settings,
                           unsigned n_threads, struct rs_error *err)
{
    size_t len =
        settings->missing.na == NULL ? 0 : strlen(settings->missing.na);
    size_t room = sizeof reading->na / sizeof reading->na[0];
    char *at = reading->na_text;

    memset(reading, 0, sizeof *reading);
    reading->csv.delimiter = settings->reading.delimiter;
    reading->csv.decimal = settings->reading.decimal;
    reading->csv.has_header = !settings->reading.no_header;
    reading->csv.n_threads = n_threads;
    reading->csv.na = default_na;
    reading->csv.n_na = sizeof default_na / sizeof default_na[0];
    if (settings->missing.na == NULL)
        return RS_OK;
    if (len >= sizeof reading->na_text)
        return rs_error_set(err, RS_ERR_USAGE, "{na}: the list is too long");
    memcpy(reading->na_text, settings->missing.na, len + 1);
    reading->csv.na = reading->na;
    reading->csv.n_na = 0;
    while (at != NULL) {
        char *comma = strchr(at, ',');
        if (reading->csv.n_na == room)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{na}: more than %zu strings", room);
        reading->na[reading->csv.n_na++] = at;
        if (comma != NULL)
            *comma++ = '\0';
        at = comma;
    }
    return RS_OK;
}

enum rs_status rs_reading_check(const struct rs_settings *settings,
                                const char *command, struct rs_error *err)
{
    if (settings->files.n == 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "%s needs a FILE (- for standard input)", command);
    if (settings->reading.transpose && settings->reading.key != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{key}: with {transpose}, FILEs are joined by "
                            "the names of the samples");
    if (settings->files.n == 1 && settings->reading.key != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{key} joins several FILEs, and there is one only");
    if (settings->files.n > 1 && settings->reading.key == NULL &&
        !settings->reading.transpose)
        return rs_error_set(err, RS_ERR_USAGE,
                            "several FILEs need {key}: the column whose text "
                            "says which rows belong together");
    if (settings->files.n > 1 && settings->reading.no_header)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{no-header}: several FILEs are joined by names, "
                            "so they need headers");
    return RS_OK;
}

enum rs_status rs_reading_sources(struct rs_sources *out,
                                  const struct rs_settings *settings,
                                  struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < settings->files.n && status == RS_OK; i++)
        status = rs_sources_add(out, settings->files.values[i], err);
    for (size_t i = 0; i < RS_N_SETTINGS && status == RS_OK; i++) {
        const struct rs_setting *option = &rs_setting_table[i];
        const struct rs_list *list =
            (const void *)((const char *)settings + option->offset);
        if (option->kind == RS_SETTING_LIST)
            status = list == &settings->selecting.transforms
                         ? rs_transform_list_add_files(out, list, err)
                         : rs_items_add_files(out, list, err);
    }
    return status;
}

enum rs_status rs_reading_open(struct rs_table **out,
                               const struct rs_settings *settings,
                               unsigned n_threads, struct rs_hashes *hashes,
                               struct rs_error *err)
{
    struct reading reading;
    struct rs_table_options table = {
        .source = {.kind = settings->reading.transpose ? "transposed" : NULL,
                   .hashes = hashes},
        .key = settings->reading.key};
    enum rs_status status = init(&reading, settings, n_threads, err);

    *out = NULL;
    if (status != RS_OK)
        return status;
    table.source.csv = reading.csv;
    return rs_table_open(out, settings->files.values, settings->files.n, &table,
                         err);
}

enum rs_status rs_joined_init(struct rs_joined *out,
                              const struct rs_settings *settings,
                              const struct rs_table *table,
                              const struct rs_dataset *data,
                              struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    if (settings->files.n < 2)
        return RS_OK;
    out->n_rows = data->n_rows;
    out->file_rows = rs_alloc(settings->files.n, sizeof *out->file_rows, err);
    if (out->file_rows == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < settings->files.n; i++)
        out->file_rows[i] = rs_table_file_rows(table, i);
    return RS_OK;
}

void rs_joined_clear(struct rs_joined *joined)
{
    free(joined->file_rows);
    memset(joined, 0, sizeof *joined);
}
