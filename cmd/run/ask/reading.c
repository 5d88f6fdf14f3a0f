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

enum rs_status rs_reading_open(struct rs_table **out,
                               const struct rs_settings *settings,
                               unsigned n_threads, struct rs_hashes *hashes,
                               struct rs_error *err)
{
    const struct rs_reading_settings *asked = &settings->reading;
    struct reading reading;
    struct rs_table_options table = {
        .source = {.transposed = {asked->name_column, (size_t)asked->leading},
                   .hashes = hashes},
        .key = asked->key,
        .key_as = (enum rs_key_rule)asked->key_as};
    bool *transposed = find_transposed(settings, err);
    enum rs_status status = transposed == NULL ? RS_ERR_NOMEM : RS_OK;

    *out = NULL;
    init(&reading, asked, n_threads);
    if (status == RS_OK)
        status = split_na(&reading, settings->missing.na, err);
    table.source.csv = reading.csv;
    table.transposed = transposed;
    if (status == RS_OK)
        status = rs_table_open(out, settings->files.values, settings->files.n,
                               &table, err);
    free(transposed);
    return status;
}
