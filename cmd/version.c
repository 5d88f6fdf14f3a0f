/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "version.h"

#include "blas.h"
#include "csv.h"
#include "hash.h"
#include "inflate.h"
#include "kernel.h"
#include "sink.h"

#include <gsl/gsl_version.h>
#include <libpq-fe.h>
#include <stdio.h>

void rs_version_libraries(char *out, size_t cap, const char *between)
{
    char blas[256];

    rs_blas_describe(blas, sizeof blas);
    (void)snprintf(
        out, cap,
        "GSL %s%sCBLAS: %s%stile kernel: %s%s%s%s%s%s%s%s%s%slibpq %d.%d",
        gsl_version, between, blas, between, rs_kernel_find(NULL)->name,
        between, rs_csv_library(), between, rs_inflate_libraries(), between,
        rs_hash_library(), between, rs_sqlite_library(), between,
        PQlibVersion() / 10000, PQlibVersion() % 10000);
}

void rs_version_print(bool verbose)
{
    char libraries[1024];

    (void)printf("regsweep %s\n", RS_VERSION);
    if (!verbose) {
        (void)printf("Free software, GPL-3.0-or-later; there is no "
                     "warranty.\n");
        return;
    }
    rs_version_libraries(libraries, sizeof libraries, "\n");
    (void)printf("%s\n", libraries);
}
