/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "left_out.h"

#include "bad_cells.h"
#include "categories.h"
#include "human.h"
#include "mem.h"
#include "name_list.h"
#include "pairs_ask.h"

#include <stdio.h>
#include <string.h>

static bool is_left(const struct rs_column *column)
{
    return column->type == RS_TYPE_TEXT && column->factor == NULL;
}

/* ---- by a few cells ---------------------------------------------- */

static enum rs_status tell_bad(struct rs_input *input,
                               const struct rs_column *column,
                               const struct rs_table *table,
                               struct rs_error *err)
{
    struct rs_bad_cells bad;
    char format[RS_ERROR_TEXT];

    rs_bad_cells_find(&bad, column, table);
    (void)snprintf(format, sizeof format, "%%s left out: %%s (%%s: '%%s'%s)",
                   bad.cure);
    return rs_notices_add(&input->notices, RS_NOTICE_WARNING, err, format,
                          rs_name_shown(column->name), bad.count, bad.place,
                          bad.first, bad.value);
}

/* told  inout  [columns of the dataset] */
static enum rs_status tell_all_bad(struct rs_input *input, bool *told,
                                   const struct rs_left_out *left,
                                   const struct rs_table *table, bool verbose,
                                   struct rs_error *err)
{
    size_t n = 0;
    struct rs_human more;
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < left->selection->n && status == RS_OK; i++) {
        size_t j = left->place[left->selection->columns[i]];
        const struct rs_column *column = &input->data->columns[j];
        if (told[j] || !is_left(column) || !rs_bad_cells_has(column))
            continue;
        told[j] = true;
        if (n++ < RS_NAME_LIST_MOST || verbose)
            status = tell_bad(input, column, table, err);
    }
    if (n <= RS_NAME_LIST_MOST || verbose || status != RS_OK)
        return status;
    return rs_notices_add(
        &input->notices, RS_NOTICE_WARNING, err,
        "and %s more column%s left out for cells that are no numbers "
        "({verbose} names all)",
        rs_human_count(&more, n - RS_NAME_LIST_MOST),
        n - RS_NAME_LIST_MOST == 1 ? " is" : "s are");
}

/* ---- as text ----------------------------------------------------- */

#define OUT "left out of the %ss: %s text column%s"

/* What they are named in: why, and what would take them. */
static enum rs_status tell_names(struct rs_input *input,
                                 struct rs_name_list *names,
                                 const char *setting,
                                 const struct rs_settings *settings,
                                 struct rs_error *err)
{
    bool categories = strcmp(setting, "independent") == 0 &&
                      rs_categories_need_numbers(settings) == NULL;
    const char *list = rs_name_list_end(names);
    const char *s = rs_plural(names->of);
    struct rs_human n;
    struct rs_human most;

    (void)rs_human_count(&n, names->of);
    if (names->of == 0)
        return RS_OK;
    if (!categories)
        return rs_notices_add(&input->notices, RS_NOTICE_NOTE, err, OUT ": %s",
                              setting, n.text, s, list);
    if (settings->selecting.independent.n == 0)
        return rs_notices_add(&input->notices, RS_NOTICE_NOTE, err,
                              OUT ", which {independent} '*' takes as "
                                  "categories: %s",
                              setting, n.text, s, list);
    return rs_notices_add(
        &input->notices, RS_NOTICE_NOTE, err,
        OUT " of more than %s levels ({max-levels}): %s", setting, n.text, s,
        rs_human_count(&most, settings->selecting.max_levels), list);
}

static enum rs_status tell_text(struct rs_input *input,
                                const struct rs_left_out *left,
                                const struct rs_settings *settings,
                                struct rs_error *err)
{
    bool verbose = settings->informing.verbose;
    struct rs_name_list names = {0};
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < left->selection->n && status == RS_OK; i++) {
        const struct rs_column *column =
            &input->data->columns[left->place[left->selection->columns[i]]];
        if (!is_left(column) || rs_bad_cells_has(column))
            continue;
        rs_name_list_add(&names, column->name);
        if (!verbose || names.of < RS_NAME_LIST_MOST)
            continue;
        status = tell_names(input, &names, left->setting, settings, err);
        names = (struct rs_name_list){0};
    }
    return status == RS_OK
               ? tell_names(input, &names, left->setting, settings, err)
               : status;
}

enum rs_status rs_left_out_tell(struct rs_input *input,
                                const struct rs_left_out *left,
                                const struct rs_table *table,
                                const struct rs_settings *settings,
                                struct rs_error *err)
{
    bool again = strcmp(left->setting, "independent") == 0 &&
                 rs_pairs_of(settings) == RS_PAIRS_UNIQUE;
    enum rs_status status = RS_OK;

    if (again)
        return RS_OK;
    if (input->told == NULL)
        input->told =
            rs_alloc(input->data->n_columns, sizeof *input->told, err);
    if (input->told == NULL)
        return RS_ERR_NOMEM;
    status = tell_all_bad(input, input->told, left, table,
                          settings->informing.verbose, err);
    return status == RS_OK ? tell_text(input, left, settings, err) : status;
}
