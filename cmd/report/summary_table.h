/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SUMMARY_TABLE_H
#define RS_SUMMARY_TABLE_H

#include "dataset.h"
#include "families.h"
#include "keep.h"
#include "labels.h"
#include "p_sample.h"
#include "plan.h"
#include "tally.h"
#include "top.h"

/* What the table of --summary shows. */
struct rs_summary_table {
    const struct rs_dataset *data;
    const struct rs_plan *plans;    /* by the parts of the best */
    const struct rs_labels *labels; /* of the parts; n = 0: there are none */
    const struct rs_keep *keep;
    struct rs_tally tally;
    struct rs_top *best; /* NULL: no rows were written, so none are known */
    const struct rs_families *families; /* NULL: nothing was adjusted */
    struct rs_lambda lambda;            /* where the families do not tell */
    bool utf8; /* blocks and an ellipsis instead of # and ... */
};

/* True when the environment names a locale in UTF-8. */
bool rs_summary_table_utf8(void);

/* Prints the table on standard error. Errors: RS_ERR_NOMEM. */
enum rs_status rs_summary_table_print(const struct rs_summary_table *table,
                                      struct rs_error *err) RS_MUST_CHECK;

/*
 * What is known of the Benjamini-Hochberg threshold at level q, from the
 * counts at fixed edges alone. Exported for tests.
 */
struct rs_bh_bounds {
    double sure; /* every p up to this passes */
    double most; /* no p above this passes; 0: none passes at all */
};
struct rs_bh_bounds rs_bh_bounds_of(const struct rs_tally *tally, double q);

#endif
