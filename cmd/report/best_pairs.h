/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BEST_PAIRS_H
#define RS_BEST_PAIRS_H

#include "dataset.h"
#include "labels.h"
#include "plan.h"
#include "top.h"

#include <stdbool.h>
#include <stddef.h>

/* What is to be printed, and what says its names. */
struct rs_best_pairs {
    const struct rs_top_fit *fits; /* [n] */
    size_t n;
    const struct rs_dataset *data;
    const struct rs_plan *plans;    /* by the parts of fits */
    const struct rs_labels *labels; /* of the parts; n = 0: there are none */
    bool some;                      /* of the pairs that were kept */
    bool utf8;                      /* as in summary_table.h */
};

/* Prints pairs, with what was found: a slope and its error, an F, or a rank
 * correlation. */
void rs_best_pairs_print(const struct rs_best_pairs *best);

/*
 * A name for people, in at most `width` columns, as visible.h shows it: the
 * middle of a long one is left out, never a part of an escape. Without utf8 a
 * character that is not ASCII is `?`. A character counts as one column.
 * out    out  [4 * width + 4]
 * width  in   at least 8
 * Returns the columns used. Exported for tests.
 */
size_t rs_summary_name(char *out, size_t width, const char *name, bool utf8);

#endif
