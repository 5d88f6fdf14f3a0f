/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include "categories.h"
#include "column_choice.h"
#include "hash.h"
#include "joined_notes.h"
#include "labelled_notes.h"
#include "left_out.h"
#include "listed_pairs.h"
#include "look.h"
#include "lost_digits.h"
#include "mem.h"
#include "not_numeric.h"
#include "pairs_ask.h"
#include "row_take.h"
#include "spec.h"
#include "where.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The dependents or the independents: what is chosen, and what comes of it. */
struct side {
    const char *setting;
    bool text; /* may be categories */
    const struct rs_selection *selection;
    size_t **columns; /* [*n] */
    size_t *n;
};

/* Turns positions in the header to columns of the dataset; text columns that
 * are no categories are left out where a pattern brought them, else refused. */
static enum rs_status resolve(const struct side *side, struct rs_input *input,
                              const struct rs_column_choice *choice,
                              const struct rs_table *table,
                              const struct rs_settings *settings,
                              struct rs_error *err)
{
    const struct rs_selection *selection = side->selection;
    const struct rs_left_out left = {side->setting, selection, choice->place};
    size_t n = 0;
    size_t *columns = rs_alloc(selection->n, sizeof *columns, err);
    enum rs_status status = RS_OK;

    if (columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < selection->n && status == RS_OK; i++) {
        size_t place = choice->place[selection->columns[i]];
        const struct rs_column *column = &input->data->columns[place];
        if (column->type == RS_TYPE_NUMERIC || column->factor != NULL)
            columns[n++] = place;
        else if (!selection->by_pattern[i])
            status = side->text
                         ? rs_not_numeric_x(column, table, err)
                         : rs_not_numeric(column, table, side->setting, err);
    }
    *side->columns = columns;
    *side->n = n;
    if (status == RS_OK && n < selection->n)
        status = rs_left_out_tell(input, &left, table, settings, err);
    if (status == RS_OK && n == 0)
        status = rs_error_set(err, RS_ERR_INCONSISTENT,
                              "{%s}: no numeric column is left", side->setting);
    return status;
}

/* The columns of the dataset that a selection is. */
static size_t *places_of(const struct rs_selection *selection,
                         const struct rs_column_choice *choice,
                         struct rs_error *err)
{
    size_t *columns = rs_alloc(selection->n, sizeof *columns, err);

    for (size_t i = 0; columns != NULL && i < selection->n; i++)
        columns[i] = choice->place[selection->columns[i]];
    return columns;
}

/* The list of pairs becomes one of columns of the dataset. */
static void take_list(struct rs_input *input,
                      const struct rs_column_choice *choice)
{
    struct rs_pair_list *list = &input->list;

    if (choice->listed == NULL)
        return;
    *list = choice->listed->list;
    choice->listed->list = (struct rs_pair_list){0};
    for (size_t i = 0; i < list->n_y; i++)
        list->y[i] = choice->place[list->y[i]];
    for (uint64_t k = 0; k < list->starts[list->n_y]; k++)
        list->x[k] = (uint32_t)choice->place[list->x[k]];
}

static bool holds(const size_t *columns, size_t n, size_t column)
{
    for (size_t i = 0; i < n; i++)
        if (columns[i] == column)
            return true;
    return false;
}

/* The covariates of each set: those of all, and its own. */
static enum rs_status find_sets(struct rs_input *input,
                                struct rs_column_choice *choice,
                                struct rs_error *err)
{
    input->sets = rs_alloc(choice->sets.n, sizeof *input->sets, err);
    input->set_names = rs_alloc(choice->sets.n, sizeof *input->set_names, err);
    if (input->sets == NULL || input->set_names == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < choice->sets.n; k++) {
        struct rs_set_choice *from = &choice->sets.sets[k];
        struct rs_model_set *set = &input->sets[input->n_sets++];
        set->name = from->name;
        from->name = NULL;
        input->set_names[k] = set->name;
        set->covariates = rs_alloc(input->n_common + from->columns.n,
                                   sizeof *set->covariates, err);
        if (set->covariates == NULL)
            return RS_ERR_NOMEM;
        memcpy(set->covariates, input->covariates,
               input->n_common * sizeof *set->covariates);
        set->n = input->n_common;
        for (size_t i = 0; i < from->columns.n; i++) {
            size_t column = choice->place[from->columns.columns[i]];
            if (!holds(set->covariates, set->n, column))
                set->covariates[set->n++] = column;
        }
    }
    return RS_OK;
}

/* Finds covariates and roles, and sees to their types. */
static enum rs_status find_roles(struct rs_input *input,
                                 const struct rs_column_choice *choice,
                                 const struct rs_table *table,
                                 struct rs_error *err)
{
    const struct rs_column *columns = input->data->columns;

    input->covariates = places_of(&choice->covariates, choice, err);
    if (input->covariates == NULL)
        return RS_ERR_NOMEM;
    input->n_covariates = choice->covariates.n;
    input->n_common = choice->n_common;
    for (int r = 0; r < RS_N_ROLES; r++) {
        struct rs_role_columns *role = &input->roles[r];
        role->columns = places_of(&choice->roles[r], choice, err);
        if (role->columns == NULL)
            return RS_ERR_NOMEM;
        role->n = choice->roles[r].n;
        for (size_t i = 0; i < role->n; i++)
            if (rs_roles[r].kind == RS_ROLE_NUMBERS &&
                columns[role->columns[i]].type != RS_TYPE_NUMERIC)
                return rs_not_numeric(&columns[role->columns[i]], table,
                                      rs_roles[r].setting, err);
    }
    return RS_OK;
}

/* What counts are not: a number of rows, of which doubles can tell the sum. */
static enum rs_status check_counts(const struct rs_column *column,
                                   const char *path, size_t n_rows,
                                   struct rs_error *err)
{
    double sum = 0.0;

    for (size_t i = 0; i < n_rows; i++) {
        double count = column->values[i];
        sum += isnan(count) ? 0.0 : count;
        if (!isnan(count) && count != floor(count))
            return rs_error_set_at(
                err, RS_ERR_INCONSISTENT, path, 0, 0,
                "{weights-are} counts: column '%s' has %g in data row %zu, "
                "which is no whole number",
                column->name, count, i + 1);
    }
    if (sum > 0x1p53)
        return rs_error_set_at(err, RS_ERR_INCONSISTENT, path, 0, 0,
                               "{weights-are} counts: column '%s' counts more "
                               "than 2^53 rows",
                               column->name);
    return RS_OK;
}

/* Looks at what is in a column of weights. */
static enum rs_status check_weights(const struct rs_input *input,
                                    const struct rs_column *column,
                                    const struct rs_table *table, bool counts,
                                    struct rs_error *err)
{
    const char *path = rs_table_path(table, column->file_ix);

    for (size_t i = 0; i < input->data->n_rows; i++)
        if (column->values[i] < 0.0 || isinf(column->values[i]))
            return rs_error_set_at(
                err, RS_ERR_INCONSISTENT, path, 0, 0,
                "{weights}: column '%s' has the weight %g in data row %zu%s",
                column->name, column->values[i], i + 1,
                input->n_where_dropped > 0 ? " of those kept" : "");
    return counts ? check_counts(column, path, input->data->n_rows, err)
                  : RS_OK;
}

/* Finds the weights: of all pairs, and of some columns. */
static enum rs_status find_weights(struct rs_input *input,
                                   const struct rs_column_choice *choice,
                                   const struct rs_table *table,
                                   const struct rs_settings *settings,
                                   struct rs_error *err)
{
    bool counts = settings->selecting.weights_are == RS_WEIGHTS_ARE_COUNTS;
    const struct rs_role_columns *role = &input->roles[RS_ROLE_WEIGHTS];
    const struct rs_column *columns = input->data->columns;
    enum rs_status status = RS_OK;

    input->weighted = settings->selecting.weights.n > 0;
    if (input->weighted)
        input->weights = role->columns[0];
    for (size_t i = 0; i < role->n && status == RS_OK; i++)
        status = check_weights(input, &columns[role->columns[i]], table, counts,
                               err);
    if (choice->weights.of == NULL || status != RS_OK)
        return status;
    input->weights_of =
        rs_alloc(input->data->n_columns, sizeof *input->weights_of, err);
    if (input->weights_of == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < input->data->n_columns; j++) {
        size_t own = choice->weights.of[columns[j].file_ix];
        input->weights_of[j] =
            own >= choice->weights.n_names ? RS_NO_COLUMN : choice->place[own];
    }
    return RS_OK;
}

/* Categories have no mean. */
static enum rs_status check_means(const struct rs_input *input,
                                  const struct rs_settings *settings,
                                  struct rs_error *err)
{
    if (settings->missing.policy != RS_MISSING_MEAN)
        return RS_OK;
    for (size_t i = 0; i < input->n_x; i++) {
        const struct rs_column *column = &input->data->columns[input->x[i]];
        if (column->factor != NULL && column->n_missing > 0)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{missing} mean: '%s' is categories, which "
                                "have no mean, and has missing cells",
                                column->name);
    }
    return RS_OK;
}

/* --missing over all columns that the sweep uses. */
static enum rs_status apply_missing(struct rs_input *input,
                                    const struct rs_settings *settings,
                                    struct rs_error *err)
{
    const struct rs_missing_ask ask = {
        .policy = (enum rs_missing)settings->missing.policy,
        .same_rows = settings->testing.permute > 0,
        .y = input->y,
        .n_y = input->n_y,
        .x = input->x,
        .n_x = input->n_x,
        .covariates = input->covariates,
        .n_covariates = input->n_covariates,
        .n_common = input->n_sets == 0 ? input->n_covariates : input->n_common,
        .weights = input->roles[RS_ROLE_WEIGHTS].columns,
        .n_weights = input->roles[RS_ROLE_WEIGHTS].n,
        .groups = input->groups.rows,
        .n_groups = input->groups.n,
    };

    return rs_missing_apply(&input->missing, input->data, &ask, err);
}

/* --compare: models of a pair that shall tell what a covariate does rest on
 * the same rows, those that have the covariates of all. */
static enum rs_status keep_comparable(struct rs_input *input,
                                      unsigned n_threads, struct rs_error *err)
{
    const struct rs_complete_ask ask = {
        .columns = input->covariates,
        .n = input->n_covariates,
        .empty = "{compare}: no row has all covariates"};

    return rs_dataset_keep_complete(&input->n_rows_uncompared, input->data,
                                    &ask, n_threads, err);
}

/* Puts the rows of each group together. */
static enum rs_status sort_groups(struct rs_input *input, unsigned n_threads,
                                  struct rs_error *err)
{
    const struct rs_role_columns *by = &input->roles[RS_ROLE_GROUP];

    return by->n == 0 ? RS_OK
                      : rs_row_groups_sort(&input->groups, input->data,
                                           by->columns, by->n, n_threads, err);
}

/* Rows went with the missing values, and groups may have gone with them. */
static enum rs_status find_groups_again(struct rs_input *input,
                                        struct rs_error *err)
{
    size_t before = input->groups.n;
    enum rs_status status = RS_OK;

    if (before == 0)
        return RS_OK;
    status = rs_row_groups_find(&input->groups, input->data, err);
    input->n_groups_dropped += before - input->groups.n;
    return status;
}

/* Which rows are left to fits, and what is filled. */
static enum rs_status see_to_rows(struct rs_input *input,
                                  const struct rs_settings *settings,
                                  unsigned n_threads, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (settings->modelling.compare) {
        status = keep_comparable(input, n_threads, err);
        if (status == RS_OK && input->n_rows_uncompared > 0)
            status = find_groups_again(input, err);
    }
    if (status == RS_OK)
        status = apply_missing(input, settings, err);
    return status == RS_OK && input->missing.n_rows_dropped > 0
               ? find_groups_again(input, err)
               : status;
}

static enum rs_status load_columns(struct rs_input *out, struct rs_table *table,
                                   struct rs_column_choice *choice,
                                   const struct rs_settings *settings,
                                   unsigned n_threads, struct rs_error *err)
{
    struct rs_transformed_of of = rs_column_choice_transformed(choice, table);
    const struct side y = {"dependent", false, &choice->y, &out->y, &out->n_y};
    const struct rs_look look = {out, choice, table, settings};
    const struct side x = {"independent", true, &choice->x, &out->x, &out->n_x};
    enum rs_status status =
        rs_table_load(&out->data, table, choice->wanted, choice->n_wanted, err);

    if (status == RS_OK)
        status = resolve(&y, out, choice, table, settings, err);
    if (status == RS_OK)
        status = find_roles(out, choice, table, err);
    if (status == RS_OK)
        status = find_sets(out, choice, err);
    if (status == RS_OK)
        status = rs_categories_load(out, table, choice, settings, err);
    if (status == RS_OK)
        status = rs_where_apply(out, choice, table, settings->modelling.survey,
                                n_threads, err);
    if (status == RS_OK)
        status = resolve(&x, out, choice, table, settings, err);
    if (status == RS_OK)
        status = rs_categories_refer(out, table, settings, err);
    if (status == RS_OK)
        status = find_weights(out, choice, table, settings, err);
    if (status == RS_OK)
        status = sort_groups(out, n_threads, err);
    of.groups = &out->groups;
    if (status == RS_OK)
        status = rs_transformed_apply(&choice->transforms, out->data, &of,
                                      n_threads, err);
    out->transforms = choice->transforms;
    choice->transforms = (struct rs_transformed){0};
    if (status == RS_OK)
        status = check_means(out, settings, err);
    if (status == RS_OK)
        status = rs_look_all(&look, err);
    if (status == RS_OK)
        status = see_to_rows(out, settings, n_threads, err);
    return status;
}

/* The columns, of those of a list where there is one. */
static enum rs_status choose_columns(struct rs_column_choice *choice,
                                     struct rs_listed_pairs *listed,
                                     const struct rs_input *input,
                                     const struct rs_table *table,
                                     const struct rs_settings *settings,
                                     unsigned n_threads, struct rs_error *err)
{
    bool is_listed = input->pairs == RS_PAIRS_LIST;
    enum rs_status status = RS_OK;

    if (is_listed)
        status = rs_listed_pairs_read(listed, rs_pairs_file(settings), table,
                                      n_threads, err);
    if (status != RS_OK)
        return status;
    status = rs_column_choice_init(choice, table, settings,
                                   is_listed ? listed : NULL, err);
    if (status == RS_ERR_USAGE) /* there may be no such column so */
        rs_table_offer(err, table);
    if (status == RS_ERR_MALFORMED && err->file[0] == '\0') {
        const char *path = rs_table_header(&err->line, table);
        status = rs_error_in_file(err, status, path); /* of the header */
    }
    return status;
}

/* What doubles do not hold. */
static enum rs_status find_lost(struct rs_input *input,
                                const struct rs_table *table,
                                struct rs_error *err)
{
    char text[RS_LOST_DIGITS_TEXT];
    struct rs_lost_digits lost;
    enum rs_status status = rs_lost_digits_find(&lost, table, input->data, err);

    if (status != RS_OK)
        return status;
    rs_lost_digits_text(text, &lost);
    rs_lost_digits_clear(&lost);
    return text[0] == '\0' ? RS_OK
                           : rs_notices_add(&input->notices, RS_NOTICE_WARNING,
                                            err, "%s", text);
}

/* What has been noticed may be why the load has failed. */
static void clear_but_notices(struct rs_input *input)
{
    struct rs_notices notices = input->notices;

    input->notices = (struct rs_notices){0};
    rs_input_clear(input);
    input->notices = notices;
}

enum rs_status rs_input_load(struct rs_input *out,
                             const struct rs_settings *settings,
                             struct rs_source *source, unsigned n_threads,
                             bool hash, struct rs_error *err)
{
    struct rs_table *table = NULL;
    struct rs_hashes *hashes = NULL;
    struct rs_column_choice choice = {0};
    struct rs_listed_pairs listed = {0};
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    out->pairs = rs_pairs_of(settings);
    if (hash) {
        hashes = rs_hashes_new(settings->files.n, err);
        if (hashes == NULL) {
            rs_source_close(source);
            return RS_ERR_NOMEM;
        }
    }
    status = source == NULL
                 ? rs_reading_open(&table, settings, n_threads, hashes, err)
                 : rs_table_open_source(&table, source, n_threads, err);
    if (status != RS_OK)
        goto done;
    status =
        choose_columns(&choice, &listed, out, table, settings, n_threads, err);
    if (status == RS_OK)
        status = rs_listed_pairs_note(&out->notices, &listed, err);
    if (status == RS_OK)
        status = load_columns(out, table, &choice, settings, n_threads, err);
    if (status == RS_OK)
        take_list(out, &choice);
    if (status == RS_OK)
        status = rs_labelled_notes(&out->notices, out->data, err);
    if (status == RS_OK)
        status = rs_joined_notes(&out->notices, table, err);
    if (status == RS_OK)
        status = find_lost(out, table, err);
    if (status == RS_OK && hash)
        status = rs_hashes_text(&out->hash, hashes, err);
    out->n_bytes = rs_table_n_bytes(table);
done:
    rs_listed_pairs_clear(&listed);
    rs_column_choice_clear(&choice);
    rs_table_close(table);
    rs_hashes_free(hashes);
    if (status != RS_OK)
        clear_but_notices(out);
    return status;
}

void rs_input_clear(struct rs_input *input)
{
    rs_dataset_free(input->data);
    free(input->y);
    free(input->x);
    free(input->list.y);
    free(input->list.starts);
    free(input->list.x);
    free(input->covariates);
    for (size_t k = 0; k < input->n_sets; k++) {
        free(input->sets[k].name);
        free(input->sets[k].covariates);
    }
    free(input->sets);
    free(input->set_names);
    free(input->weights_of);
    free(input->told);
    for (int r = 0; r < RS_N_ROLES; r++)
        free(input->roles[r].columns);
    rs_row_groups_clear(&input->groups);
    free(input->missing.filled);
    free(input->hash);
    rs_notices_clear(&input->notices);
    rs_transformed_clear(&input->transforms);
    memset(input, 0, sizeof *input);
}
