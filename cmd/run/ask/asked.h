/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ASKED_H
#define RS_ASKED_H

#include "adjust_list.h"
#include "family_ask.h"
#include "model.h"
#include "result_columns.h"
#include "target.h"

/*
 * What settings ask for, as far as it is known before anything is read; of a
 * run or bench. Found by rs_rules_check. Borrows from the settings.
 */
struct rs_asked {
    const struct rs_settings *settings;
    const struct rs_model *model;
    const struct rs_errors_kind *errors;
    struct rs_target target;
    unsigned rows; /* set of RS_ROWS_ */
    struct rs_adjust_list adjust;
    enum rs_family family;            /* of tests that are adjusted together */
    struct rs_result_columns columns; /* of a pair's row */
    struct rs_result_columns term_columns; /* of a term's */
};

/* The steps, in this order. Errors: RS_ERR_USAGE for a value that means
 * nothing. */
enum rs_status rs_asked_model(struct rs_asked *asked,
                              struct rs_error *err) RS_MUST_CHECK;
enum rs_status rs_asked_output(struct rs_asked *asked,
                               struct rs_error *err) RS_MUST_CHECK;
enum rs_status rs_asked_adjust(struct rs_asked *asked,
                               struct rs_error *err) RS_MUST_CHECK;
enum rs_status rs_asked_columns(struct rs_asked *asked,
                                struct rs_error *err) RS_MUST_CHECK;

/* What is known of a run's rows once its table is read. */
struct rs_row_kinds {
    bool levels;     /* some x is categorical */
    bool f;          /* some x is tested by F */
    bool f_of_terms; /* some row of terms is an F */
};

/* Shows by default what such rows need to be understood, and names columns by
 * what they hold. Databases have these columns anyway. Errors: as of
 * rs_asked_columns. */
enum rs_status rs_asked_show(struct rs_asked *asked,
                             const struct rs_row_kinds *kinds,
                             struct rs_error *err) RS_MUST_CHECK;

/* Whether the result has one of the columns from first to last. */
bool rs_asked_shows(const struct rs_asked *asked, int first, int last);

#endif
