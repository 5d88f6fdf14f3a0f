/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blas.h"

#include <stdio.h>

/* Weak: another CBLAS may be linked that has none of these. */
extern char *openblas_get_config(void) __attribute__((weak));
extern char *openblas_get_corename(void) __attribute__((weak));

void rs_blas_describe(char *out, size_t cap)
{
    if (openblas_get_config == NULL || openblas_get_corename == NULL)
        (void)snprintf(out, cap, "unknown CBLAS");
    else
        (void)snprintf(out, cap, "%s, kernel %s", openblas_get_config(),
                       openblas_get_corename());
}
