/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BLAS_H
#define RS_BLAS_H

#include <stddef.h>

/*
 * The BLAS that GSL's CBLAS calls are really bound to. It must run one
 * thread: the parallelism is in the workers, and threads started after a
 * fork would fight over the same CPUs.
 */

/* Sets the bound BLAS to one thread. Call before any fork. */
void rs_blas_pin(void);

/* Name, version and kernel of the bound BLAS, e.g. "OpenBLAS 0.3.21 ...
 * (Zen)"; "unknown CBLAS" when it does not say. */
void rs_blas_describe(char *out, size_t cap);

#endif
