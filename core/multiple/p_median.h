/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_P_MEDIAN_H
#define RS_P_MEDIAN_H

#include "error.h"

#include <stddef.h>

/*
 * The exact median of many p, without sorting or copying them.
 * median  out  ln of the median p, of two middle ones see rs_log_p_middle; NaN
 *              without any
 * log_p   in   [n] ln p; NaN is left out
 * Errors: RS_ERR_NOMEM; *median is NaN then.
 * Notes: a histogram tells the buckets of the middle ones, and only what is
 * in these is sorted. Its lambda is rs_genomic_lambda in tally.h.
 */
enum rs_status rs_p_median(double *median, const double *log_p, size_t n,
                           unsigned n_threads,
                           struct rs_error *err) RS_MUST_CHECK;

#endif
