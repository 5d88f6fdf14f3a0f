/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include "column_ask.h"
#include "mem.h"
#include "transform_ask.h"

#include <stdlib.h>
#include <string.h>

/* How the reader is told, with room for the texts of --na. */
struct reading {
    struct rs_csv_options csv; /* delimited text */
    const char *na[64];
    char na_text[1024];
};

static const char *const default_na[] = {"", "NA", "N/A", "NaN", "null", "."};

static void init(struct reading *reading,
                 const struct rs_reading_settings *settings, unsigned n_threads)
{
    memset(reading, 0, sizeof *reading);
    reading->csv.delimiter = settings->delimiter;
    reading->csv.decimal = settings->decimal;
    reading->csv.has_header = !settings->no_header;
    reading->csv.trailing_delimiter = settings->trailing_delimiter;
    reading->csv.n_skip = settings->skip;
    reading->csv.comment = settings->comment;
    reading->csv.row_name = settings->row_names;
    reading->csv.n_threads = n_threads;
    reading->csv.na = default_na;
    reading->csv.n_na = sizeof default_na / sizeof default_na[0];
}

/* The list of --na in place of the default one; NULL: there is none. */
static enum rs_status split_na(struct reading *reading, const char *na,
                               struct rs_error *err)
{
    size_t room = sizeof reading->na / sizeof reading->na[0];
    char *at = reading->na_text;

    if (na == NULL)
        return RS_OK;
    if (strlen(na) >= sizeof reading->na_text)
        return rs_error_set(err, RS_ERR_USAGE, "{na}: the list is too long");
    memcpy(reading->na_text, na, strlen(na) + 1);
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

enum rs_status rs_reading_files(struct rs_input_files *out,
                                const struct rs_settings *settings,
                                struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < settings->files.n && status == RS_OK; i++)
        status = rs_input_files_add(out, settings->files.values[i], err);
    for (size_t i = 0; i < RS_N_SETTINGS && status == RS_OK; i++) {
        const struct rs_setting *setting = &rs_setting_table[i];
        const struct rs_list *list =
            (const void *)((const char *)settings + setting->offset);
        if (setting->kind == RS_SETTING_LIST)
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
    enum rs_status status = RS_OK;

    *out = NULL;
    init(&reading, &settings->reading, n_threads);
    status = split_na(&reading, settings->missing.na, err);
    if (status != RS_OK)
        return status;
    table.source.csv = reading.csv;
    return rs_table_open(out, settings->files.values, settings->files.n, &table,
                         err);
}

enum rs_status rs_joined_init(struct rs_joined *out, size_t n_files,
                              const struct rs_table *table,
                              const struct rs_dataset *data,
                              struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    if (n_files < 2)
        return RS_OK;
    out->n_rows = data->n_rows;
    out->file_rows = rs_alloc(n_files, sizeof *out->file_rows, err);
    if (out->file_rows == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n_files; i++)
        out->file_rows[i] = rs_table_file_rows(table, i);
    return RS_OK;
}

void rs_joined_clear(struct rs_joined *joined)
{
    free(joined->file_rows);
    memset(joined, 0, sizeof *joined);
}
