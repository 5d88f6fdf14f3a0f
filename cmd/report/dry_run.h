/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_DRY_RUN_H
#define RS_DRY_RUN_H

#include "input.h"
#include "run_setup.h"

/*
 * --dry-run: what the run would do, on standard output. A few pairs spread
 * over the grid are fitted and encoded, so that time and size are measured
 * and not guessed; so are a permutation and the resamples of a pair. The first
 * of two passes counts as much as the second, at most. Errors: RS_ERR_NOMEM,
 * and those of corrections_cost.h.
 */
enum rs_status rs_dry_run(const struct rs_run_setup *setup,
                          const struct rs_input *input,
                          struct rs_error *err) RS_MUST_CHECK;

#endif
