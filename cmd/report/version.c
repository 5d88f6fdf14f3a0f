/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "version.h"

#include "blas.h"
#include "csv_read.h"
#include "hash.h"
#include "inflate.h"
#include "kernel.h"
#include "pg_library.h"
#include "sink_sqlite.h"

#include <gsl/gsl_version.h>
#include <stdio.h>
#include <string.h>

void rs_version_libraries(char *out, size_t cap, const char *between)
{
    char blas[256];
    int libpq = rs_pg_library_version();
    size_t used = 0;

    rs_blas_describe(blas, sizeof blas);
    (void)snprintf(
        out, cap, "GSL %s%sCBLAS: %s%stile kernel: %s%s%s%s%s%s%s%s%s",
        gsl_version, between, blas, between, rs_kernel_find(NULL)->name,
        between, rs_csv_library(), between, rs_inflate_libraries(), between,
        rs_hash_library(), between, rs_sqlite_library());
    used = strlen(out);
    if (libpq > 0)
        (void)snprintf(out + used, cap - used, "%slibpq %d.%d", between,
                       libpq / 10000, libpq % 10000);
}

void rs_version_print(bool verbose)
{
    char libraries[1024];
    struct rs_error err = {0};
    enum rs_status loaded = RS_OK;

    (void)printf("regsweep %s\n", RS_VERSION);
    if (!verbose) {
        (void)printf("Free software, GPL-3.0-or-later; there is no "
                     "warranty.\n");
        return;
    }
    loaded = rs_pg_library_load(&err);
    rs_version_libraries(libraries, sizeof libraries, "\n");
    (void)printf("%s\n", libraries);
    if (loaded != RS_OK)
        (void)printf("no libpq: %s\n", err.text);
}
