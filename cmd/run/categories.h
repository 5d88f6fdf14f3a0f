/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CATEGORIES_H
#define RS_CATEGORIES_H

#include "column_choice.h"
#include "input.h"

/*
 * Which columns of a run are categories, their levels and references.
 *
 * Covariates and x that are text are, and what --factor names. Of x, text by
 * name is where fewer than half of its cells are numbers: where more are, the
 * others are taken for mistakes. Text that a pattern brings is where it has
 * no more levels than --max-levels, too; without -x, no text is.
 */

/* The setting that has x be numbers; NULL: it may be categories. */
const char *rs_categories_need_numbers(const struct rs_settings *settings);

/*
 * Reads the categories of a loaded dataset, and the levels of roles.
 * Errors: those of rs_table_load_factors, RS_ERR_NOMEM.
 */
enum rs_status rs_categories_load(struct rs_input *input,
                                  struct rs_table *table,
                                  const struct rs_column_choice *choice,
                                  const struct rs_settings *settings,
                                  struct rs_error *err) RS_MUST_CHECK;

/*
 * Sets the references that --ref names.
 * Errors: RS_ERR_USAGE for what is no column, no categories, or no level.
 */
enum rs_status rs_categories_refer(struct rs_input *input,
                                   const struct rs_table *table,
                                   const struct rs_settings *settings,
                                   struct rs_error *err) RS_MUST_CHECK;

/* The columns that models take as categories: of x, then other covariates.
 * out  out  [n] of the dataset, the caller's to free, also after an error
 * Errors: RS_ERR_NOMEM. */
enum rs_status rs_categories_of(size_t **out, size_t *n,
                                const struct rs_input *input,
                                struct rs_error *err) RS_MUST_CHECK;

/* Says how many levels a column has, which is the reference, and what they are;
 * of many, the first and how many more there are. */
enum { RS_CATEGORY_TEXT = 400 };
void rs_category_text(char out[RS_CATEGORY_TEXT],
                      const struct rs_column *column);

#endif
