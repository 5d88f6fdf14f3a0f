/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ESTIMATE_H
#define RS_ESTIMATE_H

#include "corrections_cost.h"
#include "run.h"

/*
 * What a run would cost. A few pairs spread over the grid are fitted and
 * encoded, so that time and size are measured and not guessed; so are a
 * permutation and the resamples of a pair.
 */
struct rs_run_estimate {
    double pairs;   /* that are written */
    double output;  /* bytes of it, before compression */
    double data;    /* bytes of memory */
    double columns; /* likewise, of what the engine made of them: where there
                       are several parts, of one in each worker */
    double buffers; /* likewise */
    double sweep;   /* seconds */
    double first;   /* likewise of the first of two passes: at most as the
                       second; 0: there is one only */
    struct rs_corrections_cost corrections; /* of one worker */
};

/* run  in  prepared. Errors: RS_ERR_NOMEM, and those of corrections_cost.h. */
enum rs_status rs_run_estimate(struct rs_run_estimate *out,
                               const struct rs_run *run,
                               struct rs_error *err) RS_MUST_CHECK;

#endif
