/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_KEEP_H
#define RS_KEEP_H

#include "fit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which fits are kept: those that meet the conditions, and of these, when
 * asked, the best by p. A perfect fit counts as p = 0 and r2 = 1; a fit
 * without p or r2 fails a condition on it and is none of the best.
 */
enum rs_top_of {
    RS_TOP_NONE,
    RS_TOP_ALL,   /* the best of all pairs, */
    RS_TOP_PER_Y, /* of each dependent's, */
    RS_TOP_PER_X  /* of each independent's */
};

/* A condition beyond a fit's own numbers: on its adjusted p. */
struct rs_keep_q {
    const void *ctx;
    bool by_p; /* within a group of `top_of` it is a condition on p: if a fit
                  meets it, so does any of smaller p. False where groups cut
                  across the families that are adjusted */
    bool (*met)(const void *ctx, size_t y_ix, size_t x_ix,
                const struct rs_fit *fit);
};

struct rs_keep {
    double p_max;          /* 1: any */
    double r2_min;         /* 0: any */
    double partial_r2_min; /* 0: any */
    enum rs_top_of top_of;
    size_t top;                /* how many */
    const struct rs_keep_q *q; /* asked of what meets the others; NULL: none */
};

/* True when some fits may not be kept. */
static inline bool rs_keep_some(const struct rs_keep *keep)
{
    return keep->p_max < 1.0 || keep->r2_min > 0.0 ||
           keep->partial_r2_min > 0.0 || keep->top_of != RS_TOP_NONE ||
           keep->q != NULL;
}

/* True when a fit need not be looked at once its group of `top_of` has enough
 * of smaller p that meet the other conditions. */
static inline bool rs_keep_cuts(const struct rs_keep *keep)
{
    return keep->top_of != RS_TOP_NONE && (keep->q == NULL || keep->q->by_p);
}

/* True when the fit meets the conditions; its log_p must be there. */
bool rs_keep_fit(const struct rs_keep *keep, const struct rs_fit *fit);

/* The least |r| whose p with df degrees of freedom is p_max, less a
 * billionth; 0 without a condition on p. */
double rs_keep_least_r(const struct rs_keep *keep, double df);

/* The least |r| that gives r2_min where covariates explain base_r2 already, and
 * partial_r2_min;
 * less a billionth; 0 without a condition on r2. */
double rs_keep_least_partial_r(const struct rs_keep *keep, double base_r2);

#endif
