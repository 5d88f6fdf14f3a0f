/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_M_EFF_H
#define RS_M_EFF_H

#include "dataset.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The effective number of independent tests among correlated columns, from
 * the eigenvalues of their correlation matrix. A hint for thresholds, not an
 * adjustment: Bonferroni with the effective number in place of the number.
 *
 * A missing value counts as its column's mean. So the matrix stays one of
 * correlations for any pattern of missing cells (one of pairwise complete
 * rows has negative eigenvalues, and rows complete in all columns may not
 * exist); correlations come out a little smaller, in proportion to what is
 * missing, and the effective number on the large side, the safe one. Columns
 * that are constant, hold infinities or have no numbers are left out.
 */
enum { RS_M_EFF_MOST = 5000 };

struct rs_m_eff {
    size_t n_columns;   /* that count */
    uint64_t n_missing; /* cells of these that count as the mean */
    double nyholt;      /* 1 + (M - 1) (1 - Var(lambda) / M), Nyholt (2004) */
    double li_ji;       /* sum of [lambda >= 1] + lambda - floor(lambda),
                           Li and Ji (2005) */
};

/*
 * columns  in  [n] numeric columns of the dataset
 * Errors: RS_ERR_NOMEM; RS_ERR_INCONSISTENT when both the columns that count
 * and the rows are more than RS_M_EFF_MOST; RS_ERR_INTERNAL when the
 * eigenvalues do not converge. *out is untouched then.
 * Notes: without columns both numbers are 0. With k the smaller of columns and
 * rows (fewer rows than columns: the matrix of rows has the same eigenvalues
 * other than 0) it needs k^2 + n rows doubles and, on one thread, time for
 * the products, k n rows, and for the eigenvalues, k^3: 0.4 s for
 * k = 1000, 3 s for 2000, a minute for 5000. Eigenvalues within 1e-8 (relative
 * to their sum, 1e-12) of a whole number count as whole, since Li and Ji's
 * function jumps there.
 */
enum rs_status rs_m_eff(struct rs_m_eff *out, const struct rs_dataset *data,
                        const size_t *columns, size_t n,
                        struct rs_error *err) RS_MUST_CHECK;

#endif
