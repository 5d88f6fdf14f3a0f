/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LOOK_H
#define RS_LOOK_H

#include "column_choice.h"
#include "input.h"

/*
 * What looks unmeant in an input that is read, as warnings. Each look is at few
 * columns, or leaves a column at the first cells that are not suspicious.
 */
struct rs_look {
    struct rs_input *input; /* its columns are found, transformed and complete;
                               its notices get what is seen */
    const struct rs_column_choice *choice;
    const struct rs_table *table;
    const struct rs_settings *settings;
};

/* All of these. Errors: RS_ERR_NOMEM. */
enum rs_status rs_look_all(const struct rs_look *look,
                           struct rs_error *err) RS_MUST_CHECK;

/* Columns that a pattern brought as y or x and that look like row numbers or
 * ids: their name says so and their numbers are all different integers, or
 * they count the rows from 0 or 1. */
enum rs_status rs_look_ids(const struct rs_look *look,
                           struct rs_error *err) RS_MUST_CHECK;

/* Without {x}: columns that results will not tell apart. */
enum rs_status rs_look_twins(const struct rs_look *look,
                             struct rs_error *err) RS_MUST_CHECK;

/* Without {x}: how many columns have no name, and are none; a note. */
enum rs_status rs_look_nameless(const struct rs_look *look,
                                struct rs_error *err) RS_MUST_CHECK;

/* Categories that look like an id, or dates, or numbers but for some cells. */
enum rs_status rs_look_categories(const struct rs_look *look,
                                  struct rs_error *err) RS_MUST_CHECK;

/* Numbers of y, x and covariates that look like codes for missing; of columns
 * that a pattern brought, where one of some cells is. */
enum rs_status rs_look_codes(const struct rs_look *look,
                             struct rs_error *err) RS_MUST_CHECK;

/* Covariates for which few rows are left. */
enum rs_status rs_look_rows(const struct rs_look *look,
                            struct rs_error *err) RS_MUST_CHECK;

/* Dependents of two values, where classical errors are those of least
 * squares. */
enum rs_status rs_look_two_valued(const struct rs_look *look,
                                  struct rs_error *err) RS_MUST_CHECK;

/* What leaves a column out of a list, as it is typed behind an option in
 * quotes:
 * "!name"; added to those that are there. false: a name cannot be typed so. */
enum { RS_EXCLUSIONS_TEXT = 200 };
bool rs_exclusion_add(char out[RS_EXCLUSIONS_TEXT], const char *name);

/* What a column of categories looks like: dates, by its levels, or an id, where
 * hardly a degree of freedom is left to each. */
enum rs_looks {
    RS_LOOKS_WELL,
    RS_LOOKS_LIKE_DATES,
    RS_LOOKS_LIKE_ID,
    RS_N_LOOKS
};
enum rs_looks rs_categories_look(const struct rs_column *column, size_t n_rows);

/* Whether a column of numbers looks like row numbers or an id.
 * name      in     in its file
 * n_sorted  inout  columns that had to be sorted; behind many of them none is,
 *                  and such a column is none */
bool rs_numbers_are_id(const struct rs_column *column, const char *name,
                       size_t n_rows, size_t *n_sorted);

/* True when a column's name says that it is an id or a number of the row. */
bool rs_name_is_id(const char *name);

#endif
