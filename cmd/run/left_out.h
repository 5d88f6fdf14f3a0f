/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LEFT_OUT_H
#define RS_LEFT_OUT_H

#include "input.h"
#include "table.h"

/* Columns that a list wants, of which a pattern may have brought some that
 * could not be used. */
struct rs_left_out {
    const char *setting; /* "dependent" or "independent" */
    const struct rs_selection *selection;
    const size_t *place; /* in the dataset, by position in the header */
};

/*
 * Tells of those: of each that is text by a few cells, in a warning that says
 * which; of those that are text in a note. Ten of them by name, with {verbose}
 * all. What was told of one list is not told of the next.
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_left_out_tell(struct rs_input *input,
                                const struct rs_left_out *left,
                                const struct rs_table *table,
                                const struct rs_settings *settings,
                                struct rs_error *err) RS_MUST_CHECK;

#endif
