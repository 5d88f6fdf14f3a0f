/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TOY_MODEL_H
#define RS_TOY_MODEL_H

#include "model.h"

/* The slope of y on x about their means where the residuals are known to have
 * variance 1: a z test. It heeds no covariates, and can nothing but fit. */
extern const struct rs_model toy_model;

#endif
