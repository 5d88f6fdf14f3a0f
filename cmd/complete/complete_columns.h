/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COMPLETE_COLUMNS_H
#define RS_COMPLETE_COLUMNS_H

#include "candidates.h"
#include "typed.h"

/*
 * The columns of the files on the command line, where an argument has names of
 * columns: which that are, and how they are written there, follows from what
 * the argument is called (struct rs_setting, arg). Only headers are read; a
 * file that cannot be read has no columns.
 */

/* Whether an argument has names of columns. */
bool rs_complete_has_columns(const struct rs_setting *setting);

/* Adds them to the word; kept grows by what of the value stays. Errors:
 * RS_ERR_NOMEM. */
enum rs_status rs_complete_columns(struct rs_candidates *out,
                                   const struct rs_typed *typed,
                                   struct rs_error *err) RS_MUST_CHECK;

#endif
