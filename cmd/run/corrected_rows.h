/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CORRECTED_ROWS_H
#define RS_CORRECTED_ROWS_H

#include "corrections.h"

/* Corrections that are found, as the second pass uses them. */

/* What rows of the part get. part: not to be moved. */
struct rs_adder rs_corrected_adder(const struct rs_corrected_part *part);

/* The condition on q, and on p what follows from it, for all parts.
 * keep  inout  of the run */
void rs_corrected_keep(struct rs_corrections *corrections,
                       struct rs_keep *keep);

#endif
