/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_file.h"

#include "source.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *tests_path(const char *name)
{
    static char path[4096];
    const char *root = getenv("REGSWEEP_TESTS");

    (void)snprintf(path, sizeof path, "%s/%s", root != NULL ? root : "tests",
                   name);
    return path;
}

struct rs_dataset *load_table(const char *path)
{
    static const char *const na[] = {"", "NA"};
    const struct rs_source_options options = {
        .csv = {.delimiter = ',',
                .decimal = '.',
                .has_header = true,
                .cells = {.na = na, .n_na = 2},
                .n_threads = 1}};
    struct rs_dataset *data = NULL;
    struct rs_source *source = NULL;
    struct rs_error err;
    size_t columns[64];
    size_t n = 0;

    ck_assert_msg(rs_source_open(&source, path, &options, &err) == RS_OK,
                  "%s: %s", path, err.text);
    n = source->n_columns;
    ck_assert_uint_le(n, 64);
    for (size_t j = 0; j < n; j++)
        columns[j] = j;
    ck_assert_msg(rs_source_load(&data, source, columns, n, &err) == RS_OK,
                  "%s: %s", path, err.text);
    rs_source_close(source);
    return data;
}

const struct rs_column *table_column(const struct rs_dataset *data,
                                     const char *name)
{
    for (size_t j = 0; j < data->n_columns; j++)
        if (strcmp(data->columns[j].name, name) == 0)
            return &data->columns[j];
    ck_abort_msg("no column '%s'", name);
    return NULL;
}
