/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CORRECTIONS_REPORT_H
#define RS_CORRECTIONS_REPORT_H

#include "corrections.h"

/*
 * What is said on standard error of the tests of a run.
 */

/* What was found. */
void rs_corrections_print(const struct rs_corrections *corrections);

/* What happened to the workers of its passes. */
void rs_corrections_report_workers(const struct rs_corrections *corrections,
                                   unsigned n_workers);

/* True when tests or permutations are missing, for good: says so. */
bool rs_corrections_report_lost(const struct rs_corrections *corrections,
                                const struct rs_labels *labels);

#endif
