/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FITTER_H
#define RS_FITTER_H

#include "collector.h"

/* A worker at its tiles: the engine fits them, a collector has the fits. */
struct rs_fitter;

/* collector: borrowed. Owns: rs_fitter_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_fitter_new(struct rs_fitter **out,
                             const struct rs_collector *collector,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_fitter_free(struct rs_fitter *fitter); /* NULL allowed */

/* Opens engine and collector for a part, as a view has it (part_view.h),
 * unless it is at this one. Borrowed. Errors: theirs. */
enum rs_status rs_fitter_enter(struct rs_fitter *fitter,
                               const struct rs_run_part *part,
                               struct rs_error *err) RS_MUST_CHECK;

/* Fits a tile of the part that was entered. Errors: as above. */
enum rs_status rs_fitter_fit(struct rs_fitter *fitter,
                             const struct rs_tile *tile, struct rs_out *out,
                             struct rs_error *err) RS_MUST_CHECK;

#endif
