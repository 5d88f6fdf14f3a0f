/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SET_CHOICE_H
#define RS_SET_CHOICE_H

#include "column_list.h"

/* The sets of covariates that --model-set names, by the header alone. */
struct rs_set_choice {
    char *name;
    struct rs_selection columns; /* positions in the header */
};

struct rs_set_choices {
    struct rs_set_choice *sets; /* [n] */
    size_t n;
};

/* Owns: rs_set_choices_clear, also after an error. Errors: those of
 * column_list.h; RS_ERR_USAGE for a set without a name, or with that of
 * another. */
enum rs_status rs_set_choices_init(struct rs_set_choices *out,
                                   const struct rs_table *table,
                                   const struct rs_settings *settings,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_set_choices_clear(struct rs_set_choices *sets);

#endif
