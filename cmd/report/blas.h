/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BLAS_H
#define RS_BLAS_H

#include <stddef.h>

/* The BLAS that GSL's CBLAS calls are really bound to: name, version and kernel
 * of the bound BLAS, e.g. "OpenBLAS 0.3.21 ... (Zen)"; "unknown CBLAS" when it
 * does not say. */
void rs_blas_describe(char *out, size_t cap);

#endif
