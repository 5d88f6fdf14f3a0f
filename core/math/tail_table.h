/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TAIL_TABLE_H
#define RS_TAIL_TABLE_H

#include "error.h"

#include <stddef.h>

/*
 * p-values in bulk: the two-sided tail of Student's t with fixed degrees of
 * freedom, as a function of the correlation r, t = |r| sqrt(df / (1 - r^2)).
 *
 * Relative error of ln P at most 1e-14, near P = 1 as well as far out: of P
 * at most 1e-12 down to 1e-300, for 1 <= df <= 1e9 and beyond. The same bits
 * on every machine with IEEE arithmetic, for any n and any place in the
 * array: nothing here calls the mathematical library. A table is constant
 * once made and may be shared by threads.
 */
struct rs_tail_table;

/*
 * Makes the table of one df, in about 6 microseconds.
 * df  in  finite, >= 1, not necessarily whole
 * Owns: the caller frees with rs_tail_table_free.
 * Errors: RS_ERR_NOMEM, or RS_ERR_INTERNAL for another df; *out is NULL then.
 */
enum rs_status rs_tail_table_new(struct rs_tail_table **out, double df,
                                 struct rs_error *err) RS_MUST_CHECK;

/* NULL allowed. */
void rs_tail_table_free(struct rs_tail_table *table);

/* The degrees of freedom it was made for. */
double rs_tail_table_df(const struct rs_tail_table *table);

/*
 * log_p[i] = ln P(|T| >= t_i), t_i = abs_r[i] sqrt(df / rest[i]), for i < n.
 * log_p  out  n values <= 0; exactly 0 where abs_r is 0; -infinity where rest
 *             is 0; NaN where abs_r or rest is NaN or rest is negative
 * abs_r  in   n values |r| in [0, 1]; may be the array log_p
 * rest   in   n values 1 - r^2, asked for beside r because near |r| = 1 it has
 *             digits that r has lost; may be the array log_p. Where r^2 is
 *             small r has the digits, and rest is looked at only for being
 *             positive.
 */
void rs_tail_table_log_p(const struct rs_tail_table *table, double *log_p,
                         const double *abs_r, const double *rest, size_t n);

#endif
