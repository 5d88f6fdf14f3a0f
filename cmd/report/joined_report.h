/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_JOINED_REPORT_H
#define RS_JOINED_REPORT_H

#include "reading.h"

/* What a join made of several files, on standard error; nothing without a
 * join. */
void rs_joined_report(const struct rs_joined *joined,
                      const struct rs_list *files,
                      const struct rs_reading_settings *settings);

#endif
