/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TAIL_STORE_H
#define RS_TAIL_STORE_H

#include "tally.h"

/*
 * What follows from degrees of freedom alone, made once and kept: tables of
 * tails, and the edges of the tally as correlations. A worker takes them from
 * part to part, where groups of few rows would make the same again and again.
 */
struct rs_tail_store;

/* Degrees of freedom from which on it keeps nothing. */
enum { RS_TAIL_STORE_MOST = 1 << 14 };

/* Owns: rs_tail_store_free. Errors: RS_ERR_NOMEM. */
enum rs_status rs_tail_store_new(struct rs_tail_store **out,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_tail_store_free(struct rs_tail_store *store); /* NULL allowed */

/* True when the store holds what belongs to so many degrees of freedom. */
static inline bool rs_tail_store_has(const struct rs_tail_store *store,
                                     double df)
{
    return store != NULL && df >= 1.0 && df < RS_TAIL_STORE_MOST &&
           df == (double)(unsigned)df;
}

/* The table of tails of degrees of freedom that it holds; the store's. NULL:
 * no memory. */
struct rs_tail_table *rs_tail_store_table(struct rs_tail_store *store,
                                          double df);

/* Likewise the edges [RS_P_EDGES], as rs_p_edges_r has them. */
const double *rs_tail_store_edges(struct rs_tail_store *store, double df);

#endif
