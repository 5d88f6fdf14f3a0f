/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COLLECT_VALUES_H
#define RS_COLLECT_VALUES_H

#include "collector.h"

/*
 * One number of every pair instead of rows, as part->values says. Engines fill
 * it in.
 *
 * The matrix: workers fill its cells, in memory that is shared with the parent
 * before they start. There are no bytes.
 */
void rs_collect_matrix_init(struct rs_collector *self);

/*
 * The histogram: the cells of the parts' values are NULL; workers fill those
 * of a tile, ln p, and hand them over to be counted in part->histogram.
 */
void rs_collect_histogram_init(struct rs_collector *self);

#endif
