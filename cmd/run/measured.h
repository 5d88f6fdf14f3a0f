/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MEASURED_H
#define RS_MEASURED_H

#include "adder.h"

/* Adds the measures of measures.h to rows. */
extern const struct rs_adder rs_measured_adder;

#endif
