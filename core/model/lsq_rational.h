/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LSQ_RATIONAL_H
#define RS_LSQ_RATIONAL_H

#include "lsq_column.h"

/*
 * Least squares in exact rational arithmetic (GMP), for the one number that
 * double-doubles may not have enough digits for: an intercept beside values
 * that are larger by more than their 32 digits.
 */

/* True when some value, 0 aside, is so small beside the column's largest
 * that sums over the column may have lost it. */
bool rs_lsq_is_wide(const struct rs_lsq_column *column);

/*
 * The intercept of the regression of y on k columns that do not depend on
 * each other, in y's scaled units, rounded once.
 * columns  in  [k] prepared over the rows of y
 * Returns false where that cannot be had: it would take too long, there is
 * no memory, or the columns do depend on each other.
 * Notes: normal equations in integers, eliminated without fractions (Bareiss
 * 1968).
 */
bool rs_lsq_rational_intercept(double *out,
                               const struct rs_lsq_column *const *columns,
                               size_t k, const struct rs_lsq_column *y);

#endif
