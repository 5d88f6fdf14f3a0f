/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PLAN_COLUMNS_H
#define RS_PLAN_COLUMNS_H

#include "run.h"

/*
 * Of a plan (dry_run.h), on standard output: rows, and by name what columns
 * are there for, the first ten of each, all with --verbose; levels and
 * references. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_plan_columns_print(const struct rs_run *run,
                                     struct rs_error *err) RS_MUST_CHECK;

#endif
