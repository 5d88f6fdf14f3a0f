/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NOTICES_REPORT_H
#define RS_NOTICES_REPORT_H

#include "notices.h"
#include "settings.h"

/*
 * Prints the notices of a kind that have not been told yet: `warning: ...`, and
 * notes as they are. What settings hide is not printed; with {strict} warnings
 * are errors, which nothing hides.
 */
void rs_notices_report(struct rs_notices *notices, enum rs_notice_kind kind,
                       const struct rs_informing_settings *settings);

#endif
