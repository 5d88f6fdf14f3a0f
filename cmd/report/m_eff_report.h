/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_M_EFF_REPORT_H
#define RS_M_EFF_REPORT_H

#include "run_results.h"

/*
 * --m-eff: how many independent columns the dependents and the independents
 * amount to, and how many tests follow: of groups, the sum of each one's, by
 * its own rows. Errors: those of m_eff.h.
 */
enum rs_status rs_m_eff_find(struct rs_run_m_eff *out, const struct rs_run *run,
                             struct rs_error *err) RS_MUST_CHECK;

/* Says it on standard error. */
void rs_m_eff_print(const struct rs_run_m_eff *found, const struct rs_run *run);

#endif
