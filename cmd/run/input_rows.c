/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input_shared.h"

#include "row_take.h"

enum rs_status rs_input_sort_groups(struct rs_input *input, unsigned n_threads,
                                    struct rs_error *err)
{
    const struct rs_role_columns *by = &input->roles[RS_ROLE_GROUP];

    return by->n == 0 ? RS_OK
                      : rs_row_groups_sort(&input->groups, input->data,
                                           by->columns, by->n, n_threads, err);
}

enum rs_status rs_input_check_means(const struct rs_input *input,
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

enum rs_status rs_input_see_to_rows(struct rs_input *input,
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
