/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BASE_LSQ_H
#define RS_BASE_LSQ_H

#include "base_columns.h"

/*
 * Makes a workspace fit on the rows and covariates of rs_base_columns_set, and
 * finds the order in which coefficients are dropped, which changes the
 * intercept of columns prepared from then on. Where memory lacked for that,
 * the base is not settled.
 */
void rs_base_to_lsq(struct rs_base_columns *base, struct rs_lsq *lsq);

#endif
