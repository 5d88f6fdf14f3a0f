/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LOST_DIGITS_REPORT_H
#define RS_LOST_DIGITS_REPORT_H

#include "lost_digits.h"

/* Tells it on standard error in one line; nothing when nothing is lost. */
void rs_lost_digits_print(const struct rs_lost_digits *lost);

#endif
