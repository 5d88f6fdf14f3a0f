/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column_choice.h"

#include "column_list.h"
#include "label_name.h"
#include "mem.h"
#include "pairs_ask.h"

#include <stdlib.h>
#include <string.h>

void rs_column_choice_clear(struct rs_column_choice *choice)
{
    rs_selection_clear(&choice->y);
    rs_selection_clear(&choice->x);
    rs_selection_clear(&choice->covariates);
    rs_selection_clear(&choice->factors);
    for (int r = 0; r < RS_N_ROLES; r++)
        rs_selection_clear(&choice->roles[r]);
    rs_set_choices_clear(&choice->sets);
    rs_weight_choice_clear(&choice->weights);
    rs_where_clear(&choice->where);
    free(choice->wanted);
    free(choice->place);
    free(choice->is_factor);
    free(choice->used);
    rs_transformed_clear(&choice->transforms);
}

static void mark(bool *used, const struct rs_selection *selection, bool value)
{
    for (size_t i = 0; i < selection->n; i++)
        used[selection->columns[i]] = value;
}

/* Without -x: the list of -y for unique pairs, else every other column. */
static enum rs_status default_x(struct rs_column_choice *choice,
                                const struct rs_table *table, bool unique,
                                struct rs_error *err)
{
    size_t n_names = rs_table_n_columns(table);
    bool *keep = rs_alloc(n_names, sizeof *keep, err);
    enum rs_status status = RS_OK;

    if (keep == NULL)
        return RS_ERR_NOMEM;
    rs_selection_clear(&choice->x);
    status = rs_select_all(&choice->x, n_names, err);
    if (status == RS_OK && unique) {
        memcpy(choice->x.columns, choice->y.columns,
               choice->y.n * sizeof *choice->y.columns);
        memcpy(choice->x.by_pattern, choice->y.by_pattern,
               choice->y.n * sizeof *choice->y.by_pattern);
        choice->x.n = choice->y.n;
    } else if (status == RS_OK) {
        memset(keep, true, n_names * sizeof *keep);
        mark(keep, &choice->y, false);
        mark(keep, &choice->covariates, false);
        for (int r = 0; r < RS_N_ROLES; r++)
            if (rs_roles[r].kind != RS_ROLE_LOOKED)
                mark(keep, &choice->roles[r], false);
        for (size_t j = 0; j < n_names; j++)
            if (rs_table_names(table)[j][0] == '\0')
                keep[j] = false; /* nobody could tell it in the results */
        rs_selection_filter(&choice->x, keep);
        if (choice->x.n == 0)
            status = rs_error_set(err, RS_ERR_USAGE,
                                  "no column is left to be independent: give "
                                  "{x}, or {pairs} unique");
    }
    free(keep);
    return status;
}

/* With a list, -y and -x leave pairs out; the columns are those of the rest. */
static enum rs_status
choose_listed(struct rs_column_choice *choice, const struct rs_table *table,
              const struct rs_selecting_settings *selecting,
              struct rs_error *err)
{
    size_t n_names = rs_table_n_columns(table);
    enum rs_status status = rs_listed_pairs_choose(
        choice->listed, selecting->dependent.n == 0 ? NULL : &choice->y,
        selecting->independent.n == 0 ? NULL : &choice->x, n_names, err);

    return status == RS_OK
               ? rs_listed_pairs_columns(&choice->y, &choice->x, choice->listed,
                                         n_names, err)
               : status;
}

/* Notes which columns --factor names: covariates or x, and no y. */
static enum rs_status mark_factors(struct rs_column_choice *choice,
                                   const struct rs_table *table,
                                   struct rs_error *err)
{
    choice->is_factor =
        rs_alloc(rs_table_n_columns(table), sizeof *choice->is_factor, err);
    if (choice->is_factor == NULL)
        return RS_ERR_NOMEM;
    mark(choice->is_factor, &choice->factors, true);
    for (size_t i = 0; i < choice->factors.n; i++) {
        size_t column = choice->factors.columns[i];
        const char *name = rs_table_names(table)[column];
        if (rs_selection_has(&choice->y, column))
            return rs_error_set(err, RS_ERR_USAGE,
                                "{factor}: '%s' is a dependent column, which "
                                "must be numbers",
                                name);
        if (!rs_selection_has(&choice->covariates, column) &&
            !rs_selection_has(&choice->x, column))
            return rs_error_set(err, RS_ERR_USAGE,
                                "{factor}: '%s' is no covariate or "
                                "independent column",
                                name);
    }
    return RS_OK;
}

struct rs_transformed_of
rs_column_choice_transformed(const struct rs_column_choice *choice,
                             const struct rs_table *table)
{
    return (struct rs_transformed_of){table, &choice->roles[RS_ROLE_WEIGHTS],
                                      choice->used, choice->place, NULL};
}

/* Selects the columns of --transform. */
static enum rs_status
select_transforms(struct rs_column_choice *choice, const struct rs_table *table,
                  const struct rs_selecting_settings *settings,
                  struct rs_error *err)
{
    const struct rs_transformed_of of =
        rs_column_choice_transformed(choice, table);
    struct rs_transformed *out = &choice->transforms;
    enum rs_status status =
        rs_transform_list_init(&out->list, &settings->transforms, err);

    if (status != RS_OK)
        return status;
    out->columns = rs_alloc(out->list.n, sizeof *out->columns, err);
    out->n_lost = rs_alloc(out->list.n, sizeof *out->n_lost, err);
    if (out->columns == NULL || out->n_lost == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < out->list.n && status == RS_OK; k++) {
        const char *columns = out->list.items[k].columns;
        const struct rs_list list = {&columns, 1};
        status =
            rs_column_list(&out->columns[k], table, &list, "transform", err);
    }
    return status == RS_OK ? rs_transformed_check(out, &of, err) : status;
}

static void want(struct rs_column_choice *choice,
                 const struct rs_selection *selection, size_t nowhere)
{
    for (size_t i = 0; i < selection->n; i++) {
        size_t column = selection->columns[i];
        if (choice->place[column] != nowhere)
            continue;
        choice->place[column] = choice->n_wanted;
        choice->wanted[choice->n_wanted++] = column;
    }
}

/* Finds what is to be read, and where each column will be. */
static enum rs_status place_columns(struct rs_column_choice *choice,
                                    size_t n_names, struct rs_error *err)
{
    choice->wanted = rs_alloc(n_names, sizeof *choice->wanted, err);
    choice->place = rs_alloc(n_names, sizeof *choice->place, err);
    choice->used = rs_alloc(n_names, sizeof *choice->used, err);
    if (choice->wanted == NULL || choice->place == NULL || choice->used == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < n_names; j++)
        choice->place[j] = n_names;
    want(choice, &choice->y, n_names);
    want(choice, &choice->x, n_names);
    want(choice, &choice->covariates, n_names);
    for (int r = 0; r < RS_N_ROLES; r++)
        want(choice, &choice->roles[r], n_names);
    mark(choice->used, &choice->y, true);
    mark(choice->used, &choice->x, true);
    mark(choice->used, &choice->covariates, true);
    mark(choice->used, &choice->roles[RS_ROLE_WEIGHTS], false);
    return RS_OK;
}

/* Adds the columns that a list does not hold yet, each once. */
static enum rs_status add_missing(struct rs_selection *list,
                                  const struct rs_selection *more,
                                  size_t n_names, struct rs_error *err)
{
    bool *missing = rs_alloc(n_names, sizeof *missing, err);
    size_t most = list->n + more->n;
    enum rs_status status = RS_ERR_NOMEM;

    if (missing == NULL)
        return status;
    mark(missing, more, true);
    mark(missing, list, false);
    status = rs_selection_reserve(list, most, err);
    for (size_t i = 0; i < more->n && status == RS_OK; i++) {
        if (missing[more->columns[i]])
            rs_selection_add(list, more->columns[i], false);
        missing[more->columns[i]] = false;
    }
    free(missing);
    return status;
}

/* The columns that conditions name. */
static enum rs_status select_looked(struct rs_selection *out,
                                    struct rs_where *where,
                                    const struct rs_table *table,
                                    const struct rs_settings *settings,
                                    struct rs_error *err)
{
    struct rs_items items = {0};
    enum rs_status status =
        rs_where_read(where, &settings->selecting.where, err);

    if (status != RS_OK)
        return status;
    items.n = where->n_names;
    items.items = rs_alloc(items.n, sizeof *items.items, err);
    if (items.items == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < items.n; i++)
        items.items[i] = (struct rs_item){where->names[i], true};
    status = rs_column_items(out, table, &items, "where", err);
    rs_items_clear(&items);
    return status;
}

static enum rs_status select_role(struct rs_column_choice *choice,
                                  const struct rs_table *table,
                                  const struct rs_settings *settings,
                                  enum rs_role role, struct rs_error *err)
{
    const struct rs_role_info *info = &rs_roles[role];
    struct rs_selection *out = &choice->roles[role];
    enum rs_status status = RS_OK;

    if (info->kind == RS_ROLE_LOOKED)
        return select_looked(out, &choice->where, table, settings, err);
    status = rs_column_list(out, table, rs_role_list(settings, role),
                            info->setting, err);

    if (status == RS_OK && out->n > info->most && info->most == 1)
        return rs_error_set(err, RS_ERR_USAGE, "{%s}: one column, not %zu",
                            info->setting, out->n);
    if (status == RS_OK && out->n > info->most)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: at most %zu columns, not %zu", info->setting,
                            info->most, out->n);
    if (status == RS_OK && info->kind == RS_ROLE_TERMS)
        status = add_missing(&choice->covariates, out,
                             rs_table_n_columns(table), err);
    return status;
}

/* The weights of columns' own. */
static enum rs_status select_weights(struct rs_column_choice *choice,
                                     const struct rs_table *table,
                                     const struct rs_settings *settings,
                                     struct rs_error *err)
{
    size_t n_names = rs_table_n_columns(table);
    struct rs_selection own = {0};
    enum rs_status status =
        rs_weight_choice_init(&choice->weights, table, settings, err);

    if (status != RS_OK || choice->weights.of == NULL)
        return status;
    if (rs_pairs_of(settings) == RS_PAIRS_UNIQUE)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{weights-for} needs pairs that {y} and {x} tell "
                            "apart, not {pairs} unique");
    status = rs_selection_reserve(&own, n_names, err);
    for (size_t j = 0; j < n_names && status == RS_OK; j++)
        if (choice->weights.of[j] < n_names)
            rs_selection_add(&own, choice->weights.of[j], false);
    if (status == RS_OK)
        status =
            add_missing(&choice->roles[RS_ROLE_WEIGHTS], &own, n_names, err);
    rs_selection_clear(&own);
    return status;
}

/* Whether columns of a role are of the rows, not of what is asked of them: no
 * pattern brings them. */
static bool is_of_rows(int role)
{
    return rs_roles[role].kind == RS_ROLE_NUMBERS ||
           rs_roles[role].kind == RS_ROLE_LEVELS;
}

/* Takes columns of roles out of a list that a pattern brought there. Those of
 * --group, which are constant within each, it cannot name either. */
static enum rs_status leave_roles(struct rs_selection *selection,
                                  const struct rs_column_choice *choice,
                                  const struct rs_table *table,
                                  const char *setting, struct rs_error *err)
{
    bool *keep = rs_alloc(rs_table_n_columns(table), sizeof *keep, err);
    enum rs_status status = keep == NULL ? RS_ERR_NOMEM : RS_OK;

    if (status != RS_OK)
        return status;
    memset(keep, true, rs_table_n_columns(table) * sizeof *keep);
    for (int r = 0; r < RS_N_ROLES; r++)
        if (is_of_rows(r))
            mark(keep, &choice->roles[r], false);
    for (size_t i = 0; i < selection->n && status == RS_OK; i++) {
        size_t column = selection->columns[i];
        if (keep[column] || selection->by_pattern[i])
            continue;
        keep[column] = true;
        if (rs_selection_has(&choice->roles[RS_ROLE_GROUP], column))
            status = rs_error_set(
                err, RS_ERR_USAGE,
                "{%s}: '%s' is a column of {group}, constant within each",
                setting, rs_table_names(table)[column]);
    }
    rs_selection_filter(selection, keep);
    free(keep);
    return status;
}

/* The sets of --model-set; their columns are covariates of the run. */
static enum rs_status select_sets(struct rs_column_choice *choice,
                                  const struct rs_table *table,
                                  const struct rs_settings *settings,
                                  struct rs_error *err)
{
    enum rs_status status =
        rs_set_choices_init(&choice->sets, table, settings, err);

    choice->n_common = choice->covariates.n;
    for (size_t k = 0; k < choice->sets.n && status == RS_OK; k++) {
        struct rs_selection *own = &choice->sets.sets[k].columns;
        status = leave_roles(own, choice, table, "model-set", err);
        if (status == RS_OK)
            status = add_missing(&choice->covariates, own,
                                 rs_table_n_columns(table), err);
    }
    return status;
}

/* Roles are no y or x by a pattern; groups have names that no other column of
 * the result has. */
static enum rs_status see_to_roles(struct rs_column_choice *choice,
                                   const struct rs_table *table,
                                   const struct rs_settings *settings,
                                   struct rs_error *err)
{
    const struct rs_selection *groups = &choice->roles[RS_ROLE_GROUP];
    enum rs_status status =
        leave_roles(&choice->y, choice, table, "dependent", err);

    if (status == RS_OK)
        status = leave_roles(&choice->x, choice, table, "independent", err);
    for (size_t i = 0; i < groups->n && status == RS_OK; i++)
        status = rs_label_check(rs_table_names(table)[groups->columns[i]],
                                rs_roles[RS_ROLE_GROUP].setting, settings, err);
    return status;
}

/* The columns of x, and the pairs of a list. */
static enum rs_status select_x(struct rs_column_choice *choice,
                               const struct rs_table *table,
                               const struct rs_settings *settings,
                               struct rs_error *err)
{
    const struct rs_selecting_settings *selecting = &settings->selecting;
    enum rs_pairs pairs = rs_pairs_of(settings);
    enum rs_status status = rs_column_list(
        &choice->x, table, &selecting->independent, "independent", err);

    if (status != RS_OK)
        return status;
    if (choice->listed != NULL)
        return choose_listed(choice, table, selecting, err);
    return selecting->independent.n > 0
               ? RS_OK
               : default_x(choice, table, pairs == RS_PAIRS_UNIQUE, err);
}

/* What is asked for, list by list. */
static enum rs_status select_lists(struct rs_column_choice *choice,
                                   const struct rs_table *table,
                                   const struct rs_settings *settings,
                                   struct rs_error *err)
{
    const struct rs_selecting_settings *selecting = &settings->selecting;
    enum rs_status status = rs_column_list(
        &choice->y, table, &selecting->dependent, "dependent", err);

    if (status == RS_OK)
        status = rs_column_list(&choice->covariates, table,
                                &selecting->covariates, "covariates", err);
    if (status == RS_OK)
        status = rs_column_list(&choice->factors, table, &selecting->factors,
                                "factor", err);
    for (int r = 0; r < RS_N_ROLES && status == RS_OK; r++)
        status = select_role(choice, table, settings, (enum rs_role)r, err);
    if (status == RS_OK)
        status = select_weights(choice, table, settings, err);
    if (status == RS_OK)
        status =
            leave_roles(&choice->covariates, choice, table, "covariates", err);
    if (status == RS_OK)
        status = select_sets(choice, table, settings, err);
    if (status == RS_OK)
        status = select_x(choice, table, settings, err);
    if (status == RS_OK)
        status =
            rs_weight_choice_check(&choice->weights, table, &choice->y, err);
    if (status == RS_OK)
        status =
            rs_weight_choice_check(&choice->weights, table, &choice->x, err);
    return status == RS_OK ? see_to_roles(choice, table, settings, err)
                           : status;
}

enum rs_status rs_column_choice_init(struct rs_column_choice *choice,
                                     const struct rs_table *table,
                                     const struct rs_settings *settings,
                                     struct rs_listed_pairs *listed,
                                     struct rs_error *err)
{
    enum rs_status status = RS_OK;

    memset(choice, 0, sizeof *choice);
    choice->listed = listed;
    status = select_lists(choice, table, settings, err);
    if (status == RS_OK)
        status = mark_factors(choice, table, err);
    if (status == RS_OK)
        status = place_columns(choice, rs_table_n_columns(table), err);
    if (status == RS_OK)
        status = select_transforms(choice, table, &settings->selecting, err);
    return status;
}
