/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TOY_TRANSFORM_H
#define RS_TOY_TRANSFORM_H

#include "transform.h"

/* negate: times -1. */
extern const struct rs_transform toy_transform;

#endif
