/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include "bad_cells.h"
#include "human.h"

#include <ctype.h>
#include <string.h>

enum {
    LEAST_LEVELS = 10, /* fewer are no id */
    LEAST_DATES = 3    /* nor are fewer dates */
};

/* Digits at a text; moves on behind them. */
static size_t digits(const char **at)
{
    const char *begin = *at;

    while (isdigit((unsigned char)**at) != 0)
        ++*at;
    return (size_t)(*at - begin);
}

bool rs_text_is_date(const char *text)
{
    const char *at = text;
    size_t first = digits(&at);
    char part = *at;
    size_t second = 0;
    size_t third = 0;

    if ((part != '-' && part != '/' && part != '.') || first == 0)
        return false;
    at++;
    second = digits(&at);
    if (*at != part || second == 0 || second > 2)
        return false;
    at++;
    third = digits(&at);
    return ((first == 4 && (third == 1 || third == 2)) ||
            (first <= 2 && third == 4)) &&
           (*at == '\0' || *at == ' ' || *at == 'T');
}

static bool are_dates(const struct rs_factor *factor)
{
    size_t n = factor->n_levels;

    return n >= LEAST_DATES && rs_text_is_date(factor->levels[0]) &&
           rs_text_is_date(factor->levels[n / 2]) &&
           rs_text_is_date(factor->levels[n - 1]);
}

/* A column as categories, and who has asked for it. */
struct seen {
    const struct rs_column *column;
    const char *setting;
    bool by_pattern;
    const char *name; /* in the file */
};

/* Tells what a column looks like, and how it is left out. */
static enum rs_status tell(const struct rs_look *look, const struct seen *seen,
                           const char *what, struct rs_error *err)
{
    const struct rs_column *column = seen->column;
    size_t n_rows = look->input->data->n_rows - column->n_missing;
    char out[RS_EXCLUSIONS_TEXT] = "";
    struct rs_human levels;
    struct rs_human rows;

    if (seen->by_pattern && rs_exclusion_add(out, seen->name))
        return rs_notices_add(
            &look->input->notices, RS_NOTICE_WARNING, err,
            "%s has %s levels in %s rows: it looks like %s, and is taken as "
            "categories ({%s} '%s' leaves it out)",
            seen->name, rs_human_count(&levels, column->factor->n_levels),
            rs_human_count(&rows, n_rows), what, seen->setting, out);
    return rs_notices_add(
        &look->input->notices, RS_NOTICE_WARNING, err,
        "%s has %s levels in %s rows: it looks like %s, and is taken as "
        "categories (leave it out of {%s})",
        seen->name, rs_human_count(&levels, column->factor->n_levels),
        rs_human_count(&rows, n_rows), what, seen->setting);
}

/* An id leaves hardly a degree of freedom to each level; a date is a number. */
static enum rs_status look_at(const struct rs_look *look,
                              const struct seen *seen, struct rs_error *err)
{
    const struct rs_column *column = seen->column;
    size_t n_rows = look->input->data->n_rows - column->n_missing;

    if (are_dates(column->factor))
        return tell(look, seen, "dates", err);
    if (column->factor->n_levels >= LEAST_LEVELS &&
        2 * column->factor->n_levels > n_rows)
        return tell(look, seen, "an id", err);
    return RS_OK;
}

/* A covariate that was meant to be numbers. */
static enum rs_status tell_bad(const struct rs_look *look,
                               const struct rs_column *column,
                               struct rs_error *err)
{
    struct rs_bad_cells bad;

    rs_bad_cells_find(&bad, column, look->table);
    if (bad.na[0] == '\0')
        return rs_notices_add(&look->input->notices, RS_NOTICE_WARNING, err,
                              "%s is taken as categories: %s (%s: '%s'; "
                              "{factor} if it is meant)",
                              column->name, bad.count, bad.place, bad.first);
    return rs_notices_add(&look->input->notices, RS_NOTICE_WARNING, err,
                          "%s is taken as categories: %s (%s: '%s'; {na} '%s' "
                          "makes %s missing, {factor} if it is meant)",
                          column->name, bad.count, bad.place, bad.first, bad.na,
                          bad.them);
}

static enum rs_status look_at_covariates(const struct rs_look *look,
                                         struct rs_error *err)
{
    const struct rs_selection *list = &look->choice->covariates;
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < list->n && status == RS_OK; i++) {
        size_t position = list->columns[i];
        struct seen seen = {
            .column =
                &look->input->data->columns[look->choice->place[position]],
            .setting = "covariates",
            .by_pattern = list->by_pattern[i],
            .name = rs_table_names(look->table)[position]};
        if (seen.column->factor == NULL)
            continue;
        if (rs_bad_cells_has(seen.column) && !look->choice->is_factor[position])
            status = tell_bad(look, seen.column, err);
        else
            status = look_at(look, &seen, err);
    }
    return status;
}

/* One of several says enough. */
static enum rs_status look_at_x(const struct rs_look *look,
                                struct rs_error *err)
{
    const struct rs_selection *list = &look->choice->x;
    const struct rs_notices *notices = &look->input->notices;
    size_t before = notices->n;
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < list->n && notices->n == before && status == RS_OK;
         i++) {
        size_t position = list->columns[i];
        struct seen seen = {
            .column =
                &look->input->data->columns[look->choice->place[position]],
            .setting = "independent",
            .by_pattern = list->by_pattern[i],
            .name = rs_table_names(look->table)[position]};
        if (seen.column->factor != NULL &&
            !rs_selection_has(&look->choice->covariates, position))
            status = look_at(look, &seen, err);
    }
    return status;
}

enum rs_status rs_look_categories(const struct rs_look *look,
                                  struct rs_error *err)
{
    enum rs_status status = look_at_covariates(look, err);

    return status == RS_OK ? look_at_x(look, err) : status;
}
