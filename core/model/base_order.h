/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BASE_ORDER_H
#define RS_BASE_ORDER_H

#include "absorb.h"

/*
 * Which coefficients are dropped, in the order of the covariates.
 *
 * Absorbed factors are taken out before all else, so that a covariate which
 * they explain is dropped wherever it stands. R's lm() drops what stands
 * last: where a covariate comes before a factor, a level of that factor. The
 * fits are the same, the coefficients are not. Each dropped column z gives a
 * null vector: z less its combination of the others and of the levels is 0.
 * Brought to a form in which each ends with a term that the others do not
 * have, those that end with a level drop that one, and z gets a coefficient:
 *     b'_t = b_t - sum_p null_p[t] b_end(p)
 */
struct rs_base_order {
    size_t n;           /* null vectors that end with a level; mostly 0 */
    size_t n_terms;     /* rs_term_count */
    size_t *ends;       /* [n] terms of these levels */
    struct rs_dd *null; /* [n][n_terms] 1 at its own end, 0 at the others';
                     scaled as the prepared columns are */
    bool *kept;         /* [columns of the base] is not dropped after all */
    struct rs_contrast *contrasts; /* [n] of the ends */
};

void rs_base_order_clear(struct rs_base_order *order);

/* True when a term is the end of a null vector: it is dropped. */
bool rs_base_order_ends(const struct rs_base_order *order, size_t term);

/* Takes the null vectors out of a term's contrast, which has room. */
void rs_base_order_apply(const struct rs_base_order *order, size_t term,
                         struct rs_contrast *contrast);

#endif
