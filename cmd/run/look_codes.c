/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include "human.h"
#include "mem.h"
#include "missing_code.h"
#include "name_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cells of a column that a pattern brought: of wide tables, whose reading costs
 * 200 instructions a cell, a whole pass would be 4 % of that. */
enum { LOOKED = 128 };

enum {
    MOST_TYPED = 3,   /* columns that get a value of {na} each */
    MOST_LENGTH = 200 /* bytes of these values */
};

/* Columns that have one code. */
struct having {
    int code;
    struct rs_name_list names;
    const char *first[MOST_TYPED];
};

static void note(struct having *having, size_t *n,
                 const struct rs_missing_codes *codes, const char *name)
{
    for (size_t i = 0; i < codes->n; i++) {
        size_t k = 0;
        while (k < *n && having[k].code != codes->values[i])
            k++;
        if (k == *n)
            having[(*n)++] = (struct having){.code = codes->values[i]};
        if (having[k].names.of < MOST_TYPED)
            having[k].first[having[k].names.of] = name;
        rs_name_list_add(&having[k].names, name);
    }
}

/* Few columns get a value each, as others may have the number as it is.
 * Returns how many there are. */
static size_t find_cures(char out[MOST_TYPED][RS_MISSING_CODE_TEXT],
                         const struct having *having, const char *code)
{
    size_t n = having->names.of;
    size_t length = 0;
    bool typed = n <= MOST_TYPED;

    for (size_t i = 0; i < n && typed; i++) {
        rs_missing_na(out[i], having->first[i], code);
        length += strlen(out[i]);
        typed = out[i][1] != '+' && length <= MOST_LENGTH;
    }
    if (typed)
        return n;
    rs_missing_na(out[0], NULL, code);
    return 1;
}

#define CODE "%s in %s column%s (%s) looks like a code for missing: {na} %s"

static enum rs_status tell(const struct rs_look *look, struct having *having,
                           struct rs_error *err)
{
    static const char *const formats[MOST_TYPED] = {CODE, CODE " {na} %s",
                                                    CODE " {na} %s {na} %s"};
    char cures[MOST_TYPED][RS_MISSING_CODE_TEXT] = {"", "", ""};
    char code[16];
    struct rs_human n;
    size_t n_cures = 0;

    (void)snprintf(code, sizeof code, "%d", having->code);
    n_cures = find_cures(cures, having, code);
    return rs_notices_add(
        &look->input->notices, RS_NOTICE_WARNING, err, formats[n_cures - 1],
        code, rs_human_count(&n, having->names.of), rs_plural(having->names.of),
        rs_name_list_end(&having->names), cures[0], cures[1], cures[2]);
}

static void mark_named(bool *named, const struct rs_selection *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (!list->by_pattern[i])
            named[list->columns[i]] = true;
}

enum rs_status rs_look_codes(const struct rs_look *look, struct rs_error *err)
{
    const struct rs_column_choice *choice = look->choice;
    const struct rs_dataset *data = look->input->data;
    size_t n_columns = rs_table_n_columns(look->table);
    struct having having[RS_MISSING_CODES] = {0};
    struct rs_missing_codes codes;
    size_t n = 0;
    bool *named = rs_alloc(n_columns, sizeof *named, err);
    enum rs_status status = named == NULL ? RS_ERR_NOMEM : RS_OK;

    if (named == NULL)
        return status;
    mark_named(named, &choice->y);
    mark_named(named, &choice->x);
    mark_named(named, &choice->covariates);
    for (size_t j = 0; j < n_columns; j++) {
        if (!choice->used[j])
            continue;
        rs_missing_codes_find(&codes, &data->columns[choice->place[j]],
                              data->n_rows, named[j] ? data->n_rows : LOOKED);
        note(having, &n, &codes, rs_table_names(look->table)[j]);
    }
    for (size_t k = 0; k < n && status == RS_OK; k++)
        status = tell(look, &having[k], err);
    free(named);
    return status;
}
