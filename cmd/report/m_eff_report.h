/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_M_EFF_REPORT_H
#define RS_M_EFF_REPORT_H

#include "run.h"

/* --m-eff: says on standard error how many independent columns the dependents
 * and the independents amount to, and how many tests follow. Errors: those of
 * m_eff.h. */
enum rs_status rs_m_eff_report(const struct rs_run *run,
                               struct rs_error *err) RS_MUST_CHECK;

#endif
