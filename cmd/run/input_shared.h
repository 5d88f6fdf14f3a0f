/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_INPUT_SHARED_H
#define RS_INPUT_SHARED_H

#include "column_choice.h"
#include "input.h"

/*
 * The steps of rs_input_load behind the reading, in their order there: what
 * the columns are for (input_roles.c), and which rows are left
 * (input_rows.c). What they find is owned by the input.
 */

/* The dependents or the independents: what is chosen, and what comes of it. */
struct rs_input_side {
    const char *setting;
    bool text; /* may be categories */
    const struct rs_selection *selection;
    size_t **columns; /* [*n] */
    size_t *n;
};

/* Turns positions in the header to columns of the dataset; text columns that
 * are no categories are left out where a pattern brought them, else refused.
 * Errors: RS_ERR_MALFORMED, RS_ERR_INCONSISTENT when none is left. */
enum rs_status rs_input_find_side(const struct rs_input_side *side,
                                  struct rs_input *input,
                                  const struct rs_column_choice *choice,
                                  const struct rs_table *table,
                                  const struct rs_settings *settings,
                                  struct rs_error *err) RS_MUST_CHECK;

/* Finds covariates and roles, and sees to their types. Errors:
 * RS_ERR_MALFORMED at a text where a role is of numbers. */
enum rs_status rs_input_find_roles(struct rs_input *input,
                                   const struct rs_column_choice *choice,
                                   const struct rs_table *table,
                                   struct rs_error *err) RS_MUST_CHECK;

/* The covariates of each set: those of all, and its own. Takes the names. */
enum rs_status rs_input_find_sets(struct rs_input *input,
                                  struct rs_column_choice *choice,
                                  struct rs_error *err) RS_MUST_CHECK;

/* Finds the weights: of all pairs, and of some columns. Errors:
 * RS_ERR_INCONSISTENT for what no weight is. */
enum rs_status rs_input_find_weights(struct rs_input *input,
                                     const struct rs_column_choice *choice,
                                     const struct rs_table *table,
                                     const struct rs_settings *settings,
                                     struct rs_error *err) RS_MUST_CHECK;

/* Puts the rows of each group together. */
enum rs_status rs_input_sort_groups(struct rs_input *input, unsigned n_threads,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Categories have no mean: RS_ERR_USAGE where one is asked for. */
enum rs_status rs_input_check_means(const struct rs_input *input,
                                    const struct rs_settings *settings,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Which rows are left to fits, and what is filled. Errors: those of
 * missing.h, and of no row that has all covariates to compare. */
enum rs_status rs_input_see_to_rows(struct rs_input *input,
                                    const struct rs_settings *settings,
                                    unsigned n_threads,
                                    struct rs_error *err) RS_MUST_CHECK;

#endif
