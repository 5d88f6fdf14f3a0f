/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

const struct rs_transform *const rs_transforms[] = {
    &rs_transform_center,
    &rs_transform_log,
    &rs_transform_zscore,
    NULL,
};
