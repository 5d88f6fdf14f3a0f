/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_POOL_GROUPS_H
#define RS_POOL_GROUPS_H

#include <stddef.h>

/*
 * The meta-analysis of a slope that was estimated in several groups.
 *
 * Groups i = 1 .. k have slopes b_i with standard errors s_i, w_i = 1 / s_i^2.
 *   fixed    b = sum w_i b_i / sum w_i, its error (sum w_i)^-1/2
 *   Q        sum w_i (b_i - b)^2: chi-square of k - 1 where all are the same
 *   tau2     max(0, Q - (k - 1)) / (sum w_i - sum w_i^2 / sum w_i): the
 *            variance between groups (DerSimonian and Laird 1986)
 *   random   as fixed with w_i = 1 / (s_i^2 + tau2)
 *   I2       max(0, Q - (k - 1)) / Q in percent (Higgins and Thompson 2002)
 * as R's metafor::rma(yi, sei, method = "FE" and "DL"). z = b / error.
 */
enum rs_pooling { RS_POOLING_NONE, RS_POOLING_FIXED, RS_POOLING_RANDOM };

struct rs_pooled {
    size_t k; /* groups with a finite error above 0: the others do not enter */
    double beta, se, z; /* NaN where there is none */
    double tau2;        /* of fixed as well; 0 of one group */
    double q;           /* likewise */
};

/*
 * how      in  fixed or random
 * beta, se in  of n groups, `stride` apart
 */
void rs_pool_groups(struct rs_pooled *out, enum rs_pooling how,
                    const double *beta, const double *se, size_t n,
                    size_t stride);

/* What follows from k and Q; NaN of fewer than two groups. */
double rs_pooled_q_p(double k, double q);
double rs_pooled_i2(double k, double q);

#endif
