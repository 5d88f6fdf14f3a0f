/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_WEIGHT_CHOICE_H
#define RS_WEIGHT_CHOICE_H

#include "column_list.h"

/*
 * Which columns have weights of their own (--weights-for), by the header
 * alone. COLS=NAME gives each of COLS the weights NAME, in which * stands for
 * what the * of an item took, or for the whole name of a column that no * has
 * brought.
 */
struct rs_weight_choice {
    size_t *of;    /* [n_names] position of its weights, or RS_WEIGHTS_; NULL:
                      no column has any */
    char **wanted; /* [n_names] what the weights are called that are not there;
                      NULL: they are, or there are none */
    size_t n_names;
};

#define RS_WEIGHTS_COMMON SIZE_MAX       /* it has none of its own */
#define RS_WEIGHTS_ABSENT (SIZE_MAX - 1) /* there is no such column */

/* Owns: rs_weight_choice_clear, also after an error. Errors: those of
 * column_list.h; RS_ERR_USAGE. */
enum rs_status rs_weight_choice_init(struct rs_weight_choice *out,
                                     const struct rs_table *table,
                                     const struct rs_settings *settings,
                                     struct rs_error *err) RS_MUST_CHECK;
void rs_weight_choice_clear(struct rs_weight_choice *choice);

/* Whether the weights of columns that are used are there. Errors:
 * RS_ERR_USAGE. */
enum rs_status rs_weight_choice_check(const struct rs_weight_choice *choice,
                                      const struct rs_table *table,
                                      const struct rs_selection *used,
                                      struct rs_error *err) RS_MUST_CHECK;

#endif
