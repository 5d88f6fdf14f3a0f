/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BOOTSTRAP_LIMITS_H
#define RS_BOOTSTRAP_LIMITS_H

#include <stddef.h>
#include <stdint.h>

struct rs_bootstrap_limits {
    double low, high;         /* percentile */
    double bca_low, bca_high; /* bias-corrected and accelerated */
    uint64_t n_valid;         /* resamples with a slope */
};

/*
 * Percentile and BCa limits from resampled statistics; formulas in
 * bootstrap.h.
 * slopes        inout  [n] finite; reordered
 * estimate      in     the statistic of the whole sample
 * tie           in     slopes this near to it count as equal
 * acceleration  in     a; NaN: no BCa
 * Notes: n = 0 gives NaN.
 */
void rs_bootstrap_find_limits(struct rs_bootstrap_limits *out, double *slopes,
                              size_t n, double estimate, double tie,
                              double acceleration, double conf_level);

#endif
