/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TOP_H
#define RS_TOP_H

#include "error.h"
#include "keep.h"

/*
 * The best fits by p, of one heap or of each of several: all pairs, or those of
 * each y or x. Of equal p the pair that comes first in the run is better, so
 * that the result does not depend on the order in which fits are offered. A fit
 * without p (a lost pair) is worse than any with.
 */
struct rs_top_fit {
    size_t part;       /* among those of the run */
    size_t y_ix, x_ix; /* places in the lists of its plan */
    struct rs_fit fit;
};

struct rs_top;

/*
 * most  in  fits of each heap
 * Owns: rs_top_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_top_new(struct rs_top **out, size_t n_heaps, size_t most,
                          struct rs_error *err) RS_MUST_CHECK;
void rs_top_free(struct rs_top *top);

/* Forgets all fits. */
void rs_top_clear(struct rs_top *top);

/* Offers a fit to its heap. Errors: RS_ERR_NOMEM. */
enum rs_status rs_top_offer(struct rs_top *top, size_t heap,
                            const struct rs_top_fit *fit,
                            struct rs_error *err) RS_MUST_CHECK;

/* False when an offer of this fit would surely change nothing: cheaper than
 * the offer. Of a single heap. */
bool rs_top_would_take(const struct rs_top *top, const struct rs_fit *fit);

/*
 * Sorts what is kept, heap by heap, the best first.
 * Returns the fits, [*n], until the next call that changes them.
 * Errors: NULL and err filled.
 */
const struct rs_top_fit *rs_top_sorted(struct rs_top *top, size_t *n,
                                       struct rs_error *err);

#endif
