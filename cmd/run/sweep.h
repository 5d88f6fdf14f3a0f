/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SWEEP_H
#define RS_SWEEP_H

#include "parts.h"
#include "slots.h"

/*
 * A sweep: all pairs of a run's parts, and which collector has what becomes of
 * them. With a sink there are rows, of all that are kept or of the best; else
 * the numbers that part->values names, in a matrix or counted in histograms.
 */
struct rs_sweep {
    struct rs_parts parts;
    struct rs_crew crew;
    struct rs_sink *sink; /* NULL: values */
    unsigned rows; /* which the sink gets: set of RS_ROWS_; 0: of pairs */
    bool top;      /* the best alone, as the keep of each part says */
    bool best;     /* part->best gets some of those that are written */
    bool counted;  /* values go to histograms, not to a matrix */
};

/*
 * Runs the sweep: opens the sink, writes all rows, finishes it; or fills the
 * matrix of values.
 * stats  out  filled in every case
 * Errors: those of parts.h; the sink is abandoned then.
 */
enum rs_status rs_sweep_run(const struct rs_sweep *sweep,
                            struct rs_run_stats *stats,
                            struct rs_error *err) RS_MUST_CHECK;

/* What workers hand their rows over in, when a part is swept by itself. */
struct rs_slots rs_sweep_slots(const struct rs_sweep *sweep,
                               const struct rs_run_part *part);

#endif
