/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "version.h"

#include "blas.h"
#include "csv.h"
#include "inflate.h"
#include "kernel.h"

#include <gsl/gsl_version.h>
#include <stdio.h>

void rs_version_print(bool verbose)
{
    char blas[256];

    (void)printf("regsweep %s\n", RS_VERSION);
    if (!verbose) {
        (void)printf("Free software, GPL-3.0-or-later; there is no "
                     "warranty.\n");
        return;
    }
    rs_blas_describe(blas, sizeof blas);
    (void)printf("GSL %s\nCBLAS: %s\ntile kernel: %s\n%s\n%s\n", gsl_version,
                 blas, rs_kernel_find(NULL)->name, rs_csv_library(),
                 rs_inflate_libraries());
}
