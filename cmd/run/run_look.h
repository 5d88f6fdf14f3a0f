/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_LOOK_H
#define RS_RUN_LOOK_H

#include "run.h"

/*
 * What looks unmeant in a run, besides its columns (look.h): warnings among
 * the notices of its input.
 */

/* Of the covariates of an input that is loaded, before rs_run_prepare, which
 * may take long. Errors: RS_ERR_NOMEM. */
enum rs_status rs_run_look(struct rs_run *run,
                           struct rs_error *err) RS_MUST_CHECK;

/* Of the families of tests, once they are known. Errors: RS_ERR_NOMEM. */
enum rs_status rs_run_look_at_families(struct rs_run *run,
                                       struct rs_error *err) RS_MUST_CHECK;

/* Of what a sweep has come to: pairs that have failed one and all. Errors:
 * RS_ERR_NOMEM. */
enum rs_status rs_run_look_back(struct rs_run *run,
                                struct rs_error *err) RS_MUST_CHECK;

#endif
