/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OUTLET_H
#define RS_OUTLET_H

#include "crew.h"
#include "sink.h"

/*
 * The sink of a run, from its opening to its end. All parts write to it: who
 * comes first opens it, once workers are under way.
 */
struct rs_outlet {
    struct rs_sink *sink; /* borrowed */
    bool is_open;
    double seconds; /* that opening and finishing took */
};

/* Opens the sink unless it is. Errors: those of the sink. */
enum rs_status rs_outlet_open(struct rs_outlet *outlet,
                              struct rs_error *err) RS_MUST_CHECK;

/* All rows of the first n_jobs tiles are written. Errors: as above. */
enum rs_status rs_outlet_settle(struct rs_outlet *outlet, uint64_t n_jobs,
                                struct rs_error *err) RS_MUST_CHECK;

/*
 * Finishes the sink, or abandons it.
 * status  in  of the run so far; returned when it is an error
 * Errors: those of the sink; RS_ERR_INTERRUPTED when the run was to stop.
 */
enum rs_status rs_outlet_end(struct rs_outlet *outlet,
                             const struct rs_tally *tally,
                             const struct rs_crew *crew, enum rs_status status,
                             struct rs_error *err) RS_MUST_CHECK;

#endif
