/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_CHECK_H
#define RS_RUN_CHECK_H

#include "corrections.h"
#include "rules.h"

/*
 * What the settings of a run ask for, as far as that can be said before
 * anything is read.
 */
struct rs_run_setup {
    struct rs_asked asked;
    int field;                         /* of a matrix: see values.h */
    struct rs_corrections corrections; /* asked for, not found */
    double retry_seconds;              /* of a database; from the environment */
    size_t batch_bytes;
};

/*
 * Reads them, and checks whether they go together (rules.h).
 * setup  out  zeroed by the caller before; not to be moved
 * Errors: RS_ERR_USAGE.
 */
enum rs_status rs_run_setup_find(struct rs_run_setup *setup,
                                 const struct rs_settings *settings,
                                 struct rs_error *err) RS_MUST_CHECK;

#endif
