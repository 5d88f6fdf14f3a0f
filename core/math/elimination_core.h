/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ELIMINATION_CORE_H
#define RS_ELIMINATION_CORE_H

#include "elimination_shared.h"
#include "error.h"

/* Room for a core of r nodes, in self->nodes from n_steps on. */
enum rs_status rs_elimination_core_init(struct rs_elimination *self,
                                        struct rs_error *err) RS_MUST_CHECK;

/* Eliminates the core. */
enum rs_status rs_elimination_core(struct rs_elimination *self,
                                   struct rs_error *err) RS_MUST_CHECK;

#endif
