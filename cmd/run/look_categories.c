/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include "bad_cells.h"
#include "cell_hint.h"
#include "cells_ask.h"
#include "human.h"
#include "missing_code.h"
#include "name_list.h"

#include <stdio.h>
#include <string.h>

enum {
    LEAST_LEVELS = 10, /* fewer are no id */
    LEAST_DATES = 3    /* nor are fewer dates */
};

static bool is_date(const char *level)
{
    enum rs_cell_hint hint = rs_cell_hint(level, '.');

    return hint == RS_HINT_DATE || hint == RS_HINT_SLASHES;
}

static bool are_dates(const struct rs_column *column)
{
    const struct rs_factor *factor = column->factor;
    size_t n = factor->n_levels;

    return column->type == RS_TYPE_TEXT && n >= LEAST_DATES &&
           is_date(factor->levels[0]) && is_date(factor->levels[n / 2]) &&
           is_date(factor->levels[n - 1]);
}

/* A column as categories, and who has asked for it. */
struct seen {
    const struct rs_column *column;
    const char *setting;
    bool by_pattern;
    const char *name; /* in the file */
};

#define LEVELS "%s has %s levels in %s rows: it looks like "
#define TAKEN  ", and is taken as categories "

static enum rs_status tell_dates(const struct rs_look *look,
                                 const struct seen *seen, struct rs_error *err)
{
    const struct rs_column *column = seen->column;
    char name[RS_ERROR_TEXT / 4];
    struct rs_human levels;
    struct rs_human rows;

    rs_cell_hint_column(name, sizeof name, seen->name);
    return rs_notices_add(
        &look->input->notices, RS_NOTICE_WARNING, err,
        LEVELS "dates" TAKEN "({dates} %s reads days)",
        rs_name_shown(seen->name),
        rs_human_count(&levels, column->factor->n_levels),
        rs_human_count(&rows, look->input->data->n_rows - column->n_missing),
        name);
}

static enum rs_status tell_id(const struct rs_look *look,
                              const struct seen *seen, struct rs_error *err)
{
    const struct rs_column *column = seen->column;
    size_t n_rows = look->input->data->n_rows - column->n_missing;
    char out[RS_EXCLUSIONS_TEXT] = "";
    bool typed = seen->by_pattern && rs_exclusion_add(out, seen->name);
    struct rs_human levels;
    struct rs_human rows;

    return rs_notices_add(&look->input->notices, RS_NOTICE_WARNING, err,
                          typed ? LEVELS "an id" TAKEN
                                         "({%s} '%s' leaves it out)"
                                : LEVELS "an id" TAKEN "(leave it out of {%s})",
                          rs_name_shown(seen->name),
                          rs_human_count(&levels, column->factor->n_levels),
                          rs_human_count(&rows, n_rows), seen->setting, out);
}

enum rs_looks rs_categories_look(const struct rs_column *column, size_t n_rows)
{
    size_t n_levels = column->factor->n_levels;

    if (are_dates(column))
        return RS_LOOKS_LIKE_DATES;
    return n_levels >= LEAST_LEVELS && 2 * n_levels > n_rows - column->n_missing
               ? RS_LOOKS_LIKE_ID
               : RS_LOOKS_WELL;
}

/* told  inout  [RS_N_LOOKS] what need not be told again */
static enum rs_status look_at(const struct rs_look *look,
                              const struct seen *seen, bool *told,
                              struct rs_error *err)
{
    enum rs_looks looks =
        rs_categories_look(seen->column, look->input->data->n_rows);

    if (looks == RS_LOOKS_WELL || told[looks])
        return RS_OK;
    told[looks] = true;
    return looks == RS_LOOKS_LIKE_DATES ? tell_dates(look, seen, err)
                                        : tell_id(look, seen, err);
}

static bool is_written(const char *cell, char decimal)
{
    enum rs_cell_hint hint = rs_cell_hint(cell, decimal);

    return hint >= RS_HINT_THOUSANDS && hint <= RS_HINT_POINT;
}

/* Whether a column of text seems to be numbers that are written otherwise than
 * they are read: 1,200. Its first cell, and the first, middle and last of its
 * levels are. */
static bool are_written(const struct rs_column *column, char decimal)
{
    const struct rs_factor *factor = column->factor;
    size_t last = factor->n_levels - 1;

    if (column->type != RS_TYPE_TEXT || factor->n_levels == 0 ||
        column->fault.line == 0 || !is_written(column->fault.text, decimal))
        return false;
    for (size_t i = 0; i < 3; i++) {
        const char *level = factor->levels[i * last / 2];
        if (!is_written(level, decimal) && !rs_cells_missing_word(level) &&
            rs_cell_hint(level, decimal) != RS_HINT_NUMBER)
            return false;
    }
    return true;
}

static enum rs_status tell_written(const struct rs_look *look,
                                   const struct seen *seen,
                                   struct rs_error *err)
{
    const struct rs_column *column = seen->column;
    char decimal = rs_table_decimal(look->table);
    char name[RS_ERROR_TEXT / 4];
    char format[RS_ERROR_TEXT];

    rs_cell_hint_column(name, sizeof name, seen->name);
    (void)snprintf(
        format, sizeof format,
        "%%s is taken as categories: '%%s' %s; {factor} if that is "
        "meant",
        rs_cell_hint_formats[rs_cell_hint(column->fault.text, decimal)]);
    return rs_notices_add(&look->input->notices, RS_NOTICE_WARNING, err, format,
                          rs_name_shown(seen->name), column->fault.text, name);
}

/* A covariate that was meant to be numbers. */
static enum rs_status tell_bad(const struct rs_look *look,
                               const struct rs_column *column,
                               struct rs_error *err)
{
    struct rs_bad_cells bad;
    char format[RS_ERROR_TEXT];

    rs_bad_cells_find(&bad, column, look->table);
    (void)snprintf(format, sizeof format,
                   "%%s is taken as categories: %%s (%%s: '%%s'%s; {factor} if "
                   "that is meant)",
                   bad.cure);
    return rs_notices_add(&look->input->notices, RS_NOTICE_WARNING, err, format,
                          rs_name_shown(column->name), bad.count, bad.place,
                          bad.first, bad.value);
}

/* Levels that mean missing among numbers, but for None, which may be an answer:
 * "#N/A,NULL". Returns how many there are; those that find no room are left
 * out. */
static size_t find_missing_words(char out[RS_ERROR_TEXT / 8],
                                 const struct rs_factor *factor)
{
    size_t used = 0;
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; i < factor->n_levels; i++) {
        const char *level = factor->levels[i];
        if (!rs_cells_missing_word(level) || strcmp(level, "None") == 0 ||
            used + strlen(level) + 2 > RS_ERROR_TEXT / 8)
            continue;
        used += (size_t)snprintf(out + used, RS_ERROR_TEXT / 8 - used, "%s%s",
                                 n > 0 ? "," : "", level);
        n++;
    }
    return n;
}

static enum rs_status tell_missing_words(const struct rs_look *look,
                                         const struct seen *seen,
                                         struct rs_error *err)
{
    char words[RS_ERROR_TEXT / 8];
    char na[RS_MISSING_CODE_TEXT];
    size_t n = seen->column->type == RS_TYPE_TEXT
                   ? find_missing_words(words, seen->column->factor)
                   : 0;

    if (n == 0)
        return RS_OK;
    rs_missing_na(na, seen->name, words);
    return rs_notices_add(&look->input->notices, RS_NOTICE_WARNING, err,
                          "%s has '%s' as %s: {na} %s makes %s missing",
                          rs_name_shown(seen->name), words,
                          n == 1 ? "a level" : "levels", na,
                          n == 1 ? "it" : "them");
}

static enum rs_status look_at_list(const struct rs_look *look,
                                   const struct rs_selection *list,
                                   const char *setting, struct rs_error *err)
{
    bool covariates = list == &look->choice->covariates;
    bool told[RS_N_LOOKS] = {false};
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < list->n && status == RS_OK; i++) {
        size_t position = list->columns[i];
        struct seen seen = {
            .column =
                &look->input->data->columns[look->choice->place[position]],
            .setting = setting,
            .by_pattern = list->by_pattern[i],
            .name = rs_table_names(look->table)[position]};
        if (seen.column->factor == NULL ||
            (!covariates &&
             rs_selection_has(&look->choice->covariates, position)))
            continue;
        if (covariates && rs_bad_cells_has(seen.column) &&
            !look->choice->is_factor[position])
            status = tell_bad(look, seen.column, err);
        else if (!look->choice->is_factor[position] &&
                 are_written(seen.column, rs_table_decimal(look->table)))
            status = tell_written(look, &seen, err);
        else if ((status = tell_missing_words(look, &seen, err)) == RS_OK)
            status = look_at(look, &seen, told, err);
    }
    return status;
}

enum rs_status rs_look_categories(const struct rs_look *look,
                                  struct rs_error *err)
{
    enum rs_status status =
        look_at_list(look, &look->choice->covariates, "covariates", err);

    return status == RS_OK
               ? look_at_list(look, &look->choice->x, "independent", err)
               : status;
}
