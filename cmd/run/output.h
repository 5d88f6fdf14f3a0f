/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OUTPUT_H
#define RS_OUTPUT_H

#include "sink.h"
#include "target.h"

/*
 * The output of a run: its sink, by the kind of the target.
 */

/* Looks whether the output can be made: what cannot should cost nobody an
 * hour of reading. Creates nothing. config: without what only the input tells
 * (data, term_texts, info). Errors: RS_ERR_OPEN, RS_ERR_DB,
 * RS_ERR_USAGE, RS_ERR_NOMEM. */
enum rs_status rs_output_check(const struct rs_target *target,
                               const struct rs_sink_config *config,
                               struct rs_error *err) RS_MUST_CHECK;

/* Makes the sink. Owns: sink->ops->free. Errors: those of the sink. */
enum rs_status rs_output_sink(struct rs_sink **out,
                              const struct rs_target *target,
                              const struct rs_sink_config *config,
                              struct rs_error *err) RS_MUST_CHECK;

#endif
