/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ADDER_H
#define RS_ADDER_H

#include "error.h"
#include "fields.h"
#include "plan.h"
#include "row.h"
#include "spec.h"

#include <stddef.h>

/* Who adds to a row: at most one of each, and of these some may not. */
enum rs_adder_kind {
    RS_ADDS_CORRECTED,
    RS_ADDS_MEASURES,
    RS_ADDS_COMPARED,
    RS_N_ADDERS
};

/* What rows get besides their fits. Each worker has a state of its own. */
struct rs_adder {
    const void *ctx;
    /* plan, spec: of the rows, here; borrowed. Owns: give it to close. */
    enum rs_status (*open)(const void *ctx, void **state,
                           const struct rs_plan *plan,
                           const struct rs_spec *spec, struct rs_error *err);
    /* added  inout  [RS_N_ADDED] NaN before */
    void (*add)(const void *ctx, void *state, double *added, size_t y_ix,
                size_t x_ix, const struct rs_fit *fit);
    /* Covariates dropped in the pair added to last; NULL: not known. */
    const struct rs_dropped *(*dropped)(const void *state);
    void (*close)(void *state); /* NULL allowed */
};

#endif
