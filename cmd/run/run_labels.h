/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_LABELS_H
#define RS_RUN_LABELS_H

#include "input.h"
#include "labels.h"
#include "part.h"

/*
 * The labels of a run's parts (labels.h): the columns of --group, and the sets
 * of --model-set.
 */

/* Those of parts [n_parts], by their numbers; they borrow the input's texts.
 * Owns: rs_run_labels_clear, also after an error. Errors: RS_ERR_NOMEM. */
enum rs_status rs_run_labels_make(struct rs_labels *out,
                                  const struct rs_input *input,
                                  const struct rs_run_part *parts,
                                  size_t n_parts,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_run_labels_clear(struct rs_labels *labels);

#endif
