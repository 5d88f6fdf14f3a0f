/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outcome.h"

#include <assert.h>

static const char *const names[RS_FIT_N_OUTCOMES] = {
    [RS_FIT_OK] = "ok",
    [RS_FIT_N_TOO_SMALL] = "n_too_small",
    [RS_FIT_CONSTANT_X] = "constant_x",
    [RS_FIT_CONSTANT_Y] = "constant_y",
    [RS_FIT_COLLINEAR] = "collinear",
    [RS_FIT_Y_EXPLAINED] = "y_explained",
    [RS_FIT_PERFECT] = "perfect_fit",
    [RS_FIT_NON_FINITE] = "non_finite",
    [RS_FIT_LEVERAGE_ONE] = "leverage_one",
    [RS_FIT_ONE_CLUSTER] = "one_cluster",
    [RS_FIT_NO_VARIANCE] = "no_variance",
    [RS_FIT_LONELY_PSU] = "lonely_psu",
    [RS_FIT_NO_REFERENCE] = "no_reference",
    [RS_FIT_NO_CONVERGENCE] = "no_convergence",
    [RS_FIT_SEPARATION] = "separation",
    [RS_FIT_WORKER_LOST] = "worker_lost",
};

const char *rs_outcome_name(enum rs_outcome outcome)
{
    assert((unsigned)outcome < RS_FIT_N_OUTCOMES);
    return names[outcome];
}
