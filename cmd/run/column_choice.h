/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COLUMN_CHOICE_H
#define RS_COLUMN_CHOICE_H

#include "listed_pairs.h"
#include "roles.h"
#include "set_choice.h"
#include "settings.h"
#include "table.h"
#include "transformed.h"
#include "weight_choice.h"
#include "where_ask.h"

/*
 * Which columns of a table a run wants, and as what: all that the header
 * tells, before a cell is read. Lists hold positions in the header.
 */
struct rs_column_choice {
    struct rs_selection y, x, covariates, factors;
    struct rs_listed_pairs *listed; /* borrowed, and reduced to what is chosen;
                                       NULL: no list */
    struct rs_selection roles[RS_N_ROLES];
    struct rs_weight_choice weights; /* of columns that have their own, which
                                        are among those of the role too */
    struct rs_set_choices sets; /* of covariates; they are in the list of all */
    size_t n_common;            /* covariates of every set, the first ones */
    struct rs_where where;
    size_t *wanted; /* [n_wanted] every column of them, once */
    size_t n_wanted;
    size_t *place;   /* [n_names] position in wanted, or n_names */
    bool *is_factor; /* [n_names] in `factors` */
    bool *used;      /* [n_names] as y, x or covariate */
    struct rs_transformed transforms;
};

/*
 * listed  inout  the pairs of a list, kept; NULL: there is none
 * Owns: rs_column_choice_clear, also after an error. Errors: those of select.h;
 * RS_ERR_USAGE for lists that do not go together; RS_ERR_NOMEM. Notes: the
 * {key} of a join can be in no list.
 */
enum rs_status rs_column_choice_init(struct rs_column_choice *choice,
                                     const struct rs_table *table,
                                     const struct rs_settings *settings,
                                     struct rs_listed_pairs *listed,
                                     struct rs_error *err) RS_MUST_CHECK;
void rs_column_choice_clear(struct rs_column_choice *choice);

/* The same for the transforms, which look at the rest. Borrows from it. */
struct rs_transformed_of
rs_column_choice_transformed(const struct rs_column_choice *choice,
                             const struct rs_table *table);

#endif
