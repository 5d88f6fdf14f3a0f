/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LEVELS_REPORT_H
#define RS_LEVELS_REPORT_H

#include "input.h"

/* Prints the levels and reference of each categorical x and covariate; of many
 * columns, the first. Errors: RS_ERR_NOMEM. */
enum rs_status rs_levels_report(const struct rs_input *input,
                                struct rs_error *err) RS_MUST_CHECK;

#endif
