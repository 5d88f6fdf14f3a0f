/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ELIMINATION_SPARSE_H
#define RS_ELIMINATION_SPARSE_H

#include "elimination_shared.h"
#include "error.h"
#include "normal_matrix.h"

/* Makes the steps, and the core as they leave it. Errors: RS_ERR_NOMEM. */
enum rs_status rs_elimination_steps(struct rs_elimination *self,
                                    const struct rs_normal_matrix *matrix,
                                    struct rs_error *err) RS_MUST_CHECK;

#endif
