/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_M_EFF_REPORT_H
#define RS_M_EFF_REPORT_H

#include "input.h"

/* --m-eff: says on standard error how many independent tests the dependents
 * and the independents amount to, and all pairs. Errors: those of m_eff.h. */
enum rs_status rs_m_eff_report(const struct rs_input *input,
                               struct rs_error *err) RS_MUST_CHECK;

#endif
