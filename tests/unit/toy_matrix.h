/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TOY_MATRIX_H
#define RS_TOY_MATRIX_H

#include "output_kind.h"

/* raw: a matrix as a file of its doubles alone, without names. */
extern const struct rs_output_kind toy_matrix;

#endif
