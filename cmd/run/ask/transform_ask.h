/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TRANSFORM_ASK_H
#define RS_TRANSFORM_ASK_H

#include "input_files.h"
#include "settings.h"
#include "transform.h"

/*
 * The values of --transform, NAME(COLS) or NAME:NUMBER(COLS) each, taken
 * apart. Where COLS is again such a value, as in zscore(log(bmi)), it is two
 * steps on the same columns: a column of the file that is itself called so is
 * reached by a pattern.
 */
struct rs_transform_list {
    struct rs_transform_item {
        struct rs_transform_step step;
        char *columns; /* what stands between the innermost parentheses */
    } * items;         /* [n] */
    size_t n;
};

/*
 * Owns: rs_transform_list_clear, which does nothing on a zeroed one. Errors:
 * RS_ERR_USAGE for what is not NAME(COLS), no transform, or not its number;
 * RS_ERR_NOMEM.
 */
enum rs_status rs_transform_list_init(struct rs_transform_list *out,
                                      const struct rs_list *list,
                                      struct rs_error *err) RS_MUST_CHECK;
void rs_transform_list_clear(struct rs_transform_list *list);

/* Adds the @files of the columns to the inputs, without reading them. Errors:
 * as above. */
enum rs_status rs_transform_list_add_files(struct rs_input_files *out,
                                           const struct rs_list *list,
                                           struct rs_error *err) RS_MUST_CHECK;

#endif
