/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_F_TABLE_H
#define RS_F_TABLE_H

#include "tail_table.h"

#include <stddef.h>

/*
 * p-values of F in bulk: the upper tail of F(df1, df) as a function of the
 * share z of the squares that what is tested explains,
 *     F = z / df1 / ((1 - z) / df).
 * As tail_table.h in all else: P to 1e-12 down to 1e-300, the same bits
 * anywhere.
 */
struct rs_f_table;

enum { RS_F_MOST = 64 }; /* the largest df1 that there are tables for */

/*
 * Makes the table of one pair of degrees of freedom.
 * df1   in  from 1 to RS_F_MOST
 * tail  in  of df, kept
 * Owns: the caller frees with rs_f_table_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_f_table_new(struct rs_f_table **out, size_t df1,
                              const struct rs_tail_table *tail,
                              struct rs_error *err) RS_MUST_CHECK;

/* NULL allowed. */
void rs_f_table_free(struct rs_f_table *table);

/*
 * ln P for i < n.
 * log_p    out  may be the array z
 * z, rest  in   z in [0, 1] and 1 - z, as in tail_table.h
 */
void rs_f_table_log_p(const struct rs_f_table *table, double *log_p,
                      const double *z, const double *rest, size_t n);

/* The z with the tails p[i], each in (0, 1), to about 1e-14. */
void rs_f_table_quantiles(const struct rs_f_table *table, double *z,
                          const double *p, size_t n);

#endif
