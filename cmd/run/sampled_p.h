/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SAMPLED_P_H
#define RS_SAMPLED_P_H

#include "adjust.h"

/* The p of some pairs, from which is judged how many of all will meet a
 * condition on their adjusted ones (--q-max). */
struct rs_sampled_p {
    double *logs; /* [n] ln p */
    size_t n;
    size_t room; /* 0: nobody asks */
};

/* room  in  p at most. Owns: rs_sampled_p_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_sampled_p_init(struct rs_sampled_p *p, size_t room,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_sampled_p_clear(struct rs_sampled_p *p);

/* Keeps one, while there is room. NaN is none. */
void rs_sampled_p_add(struct rs_sampled_p *p, double log_p);

/*
 * The share of them that would be kept, taken as one family, of which n_tests
 * were tried: those that are not here have p = 1.
 * Returns 1 where there are none.
 * Notes: the share of bh, by and storey does not hang on how many were tried,
 * that of the others is too large.
 */
double rs_sampled_p_share(struct rs_sampled_p *p, double n_tests,
                          enum rs_adjust method, double log_q_max);

#endif
