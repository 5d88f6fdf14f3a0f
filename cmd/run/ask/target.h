/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TARGET_H
#define RS_TARGET_H

#include "output_kinds.h"
#include "settings.h"

/*
 * What -o and --format ask for: the kind of output, and where it is.
 */
struct rs_target {
    const struct rs_output_kind *kind;
    const struct rs_packing *packing; /* NULL: none */
    const char *path;                 /* NULL: standard output */
};

/*
 * Finds the kind of output: by --format, or by how FILE begins and ends.
 * Errors: RS_ERR_USAGE when the two contradict each other, or when the kind
 * cannot be compressed, or have a byte order mark.
 */
enum rs_status rs_target_find(struct rs_target *out,
                              const struct rs_writing_settings *settings,
                              struct rs_error *err) RS_MUST_CHECK;

/* Whether an output of the kind can be there. Errors: RS_ERR_USAGE. */
enum rs_status rs_target_check_place(const struct rs_target *target,
                                     struct rs_error *err) RS_MUST_CHECK;

#endif
