/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TRANSFORM_ASK_H
#define RS_TRANSFORM_ASK_H

#include "input_files.h"
#include "settings.h"
#include "transform.h"

/* The values of --transform, NAME(COLS) each, taken apart. */
struct rs_transform_list {
    struct rs_transform_item {
        const struct rs_transform *by;
        char *columns; /* what stands between the parentheses */
    } * items;         /* [n] */
    size_t n;
};

/*
 * Owns: rs_transform_list_clear, which does nothing on a zeroed one. Errors:
 * RS_ERR_USAGE for what is not NAME(COLS) or no transform; RS_ERR_NOMEM.
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
