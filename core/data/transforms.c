/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

const struct rs_transform *const rs_transforms[] = {
    &rs_transform_center,
    &rs_transform_diff,
    &rs_transform_lag,
    &rs_transform_log,
    &rs_transform_log10,
    &rs_transform_log1p,
    &rs_transform_log2,
    &rs_transform_rank,
    &rs_transform_rank_normal,
    &rs_transform_sqrt,
    &rs_transform_winsor,
    &rs_transform_zscore,
    NULL,
};
