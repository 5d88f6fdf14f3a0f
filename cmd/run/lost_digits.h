/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LOST_DIGITS_H
#define RS_LOST_DIGITS_H

#include "table.h"

/*
 * What cells say and doubles do not hold, over all columns of a load that are
 * used as numbers. Borrows from the dataset and the table's paths.
 */
struct rs_lost_digits {
    uint64_t n_rounded, n_too_small; /* as in struct rs_loss */
    size_t n_columns;                /* that have such cells */
    const struct rs_column *column;  /* of the first one; NULL: none */
    char *name;                      /* its own in the file */
    const char *path;                /* of its file */
};

/* Owns: rs_lost_digits_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_lost_digits_find(struct rs_lost_digits *out,
                                   const struct rs_table *table,
                                   const struct rs_dataset *data,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Says how many, and where the first one is; "" where there are none. */
enum { RS_LOST_DIGITS_TEXT = 480 };
void rs_lost_digits_text(char out[RS_LOST_DIGITS_TEXT],
                         const struct rs_lost_digits *lost);

void rs_lost_digits_clear(struct rs_lost_digits *lost);

#endif
