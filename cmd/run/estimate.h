/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ESTIMATE_H
#define RS_ESTIMATE_H

#include "corrections_cost.h"
#include "run.h"

/*
 * What a run would cost. Some of its tiles, spread over all, are fitted,
 * encoded, compressed and written to a file without a name beside the output,
 * for half a second at most, so that time and size are measured and not
 * guessed; so are a permutation and the resamples of a pair. What a row costs
 * in a database says its kind of output.
 */
struct rs_run_estimate {
    double pairs;     /* that are written */
    double output;    /* bytes of it */
    double data;      /* bytes of memory */
    double columns;   /* likewise, of what the engine made of them: where there
                         are several parts, of one in each worker */
    double buffers;   /* likewise */
    unsigned workers; /* that will be started */
    double fitting;   /* seconds, as struct rs_wall_time has them */
    double writing;
    double first; /* likewise of the first of two passes, and families; 0:
                     there is one pass only */
    struct rs_corrections_cost corrections; /* of one worker */
};

/* run  in  prepared. Errors: RS_ERR_NOMEM, those of the engine and of
 * corrections_cost.h. */
enum rs_status rs_run_estimate(struct rs_run_estimate *out,
                               const struct rs_run *run,
                               struct rs_error *err) RS_MUST_CHECK;

#endif
