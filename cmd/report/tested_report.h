/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TESTED_REPORT_H
#define RS_TESTED_REPORT_H

#include "run.h"

enum { RS_TESTED_TEXT = 400 };

/*
 * In words, what the rows of a run test, and by what standard errors: a row has
 * no room to say so. Long names are cut.
 * text  out  [RS_TESTED_TEXT]
 * False where that is as without any option: x alone, by classical errors.
 */
bool rs_tested_text(char *text, const struct rs_run *run);
bool rs_errors_text(char *text, const struct rs_run *run);

/* Likewise which x have no slope that --pool-groups could pool. */
bool rs_unpooled_text(char *text, const struct rs_run *run);

#endif
