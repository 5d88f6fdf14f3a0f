/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "complete_columns.h"

#include "column_place.h"
#include "mem.h"
#include "reading.h"

#include <stdlib.h>
#include <string.h>

bool rs_complete_has_columns(const struct rs_setting *setting)
{
    return rs_column_place_of(setting) != NULL;
}

static enum rs_status add_name(struct rs_candidates *out,
                               const struct rs_column_place *place,
                               const char *name, struct rs_error *err)
{
    char *written = rs_alloc(2 * strlen(name) + 3, 1, err);
    struct rs_candidate_text text = {"", written, place->behind, NULL};
    enum rs_status status = RS_ERR_NOMEM;

    if (written == NULL)
        return status;
    rs_column_place_write(written, place, name, out->word + out->kept);
    status = name[0] == '\0' ? RS_OK : rs_candidates_add(out, &text, err);
    free(written);
    return status;
}

/* The columns of one file; each is opened by itself, so that no key is needed,
 * and one that cannot be read does not matter to the others. */
static enum rs_status add_file(struct rs_candidates *out,
                               const struct rs_column_place *place,
                               const struct rs_typed *typed, const char *path,
                               struct rs_error *err)
{
    struct rs_settings one = typed->settings;
    struct rs_table *table = NULL;
    enum rs_status status = RS_OK;

    one.files = (struct rs_list){&path, 1};
    one.headers_only = true;
    if (strcmp(typed->setting->name, "name-column") == 0) {
        one.reading.transpose = false; /* the header's fields are asked for */
        one.reading.transposed.n = 0;
    }
    status = rs_reading_open(&table, &one, 1, NULL, err);
    if (status != RS_OK)
        return status == RS_ERR_NOMEM ? status : RS_OK;
    for (size_t j = 0; j < rs_table_n_columns(table) && status == RS_OK; j++)
        status = add_name(out, place, rs_table_names(table)[j], err);
    rs_table_close(table);
    return status;
}

enum rs_status rs_complete_columns(struct rs_candidates *out,
                                   const struct rs_typed *typed,
                                   struct rs_error *err)
{
    const struct rs_column_place *place = rs_column_place_of(typed->setting);
    const struct rs_list *files = &typed->settings.files;
    enum rs_status status = RS_OK;
    size_t begin = 0;

    if (!rs_column_place_find(&begin, place, out->word + out->kept))
        return RS_OK;
    out->kept += begin;
    for (size_t i = 0; i < files->n && status == RS_OK; i++)
        status = add_file(out, place, typed, files->values[i], err);
    return status;
}
