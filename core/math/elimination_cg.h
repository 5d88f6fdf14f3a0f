/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ELIMINATION_CG_H
#define RS_ELIMINATION_CG_H

#include "elimination_shared.h"
#include "error.h"

/* Conjugate gradients: finds the components of the core, where pivots are 0
 * once each; then x = A^-1 x. work [4 r] */
enum rs_status rs_elimination_cg_init(struct rs_elimination *self,
                                      struct rs_error *err) RS_MUST_CHECK;
void rs_elimination_cg(const struct rs_elimination *self, double *x,
                       double *work);

#endif
