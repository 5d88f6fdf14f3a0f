/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_DRY_RUN_H
#define RS_DRY_RUN_H

#include "run.h"

/* --dry-run: what a prepared run would do, on standard output. Errors: those of
 * estimate.h. */
enum rs_status rs_dry_run(const struct rs_run *run,
                          struct rs_error *err) RS_MUST_CHECK;

#endif
