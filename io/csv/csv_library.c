/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv.h"

#include <csv.h>

#define TEXT_OF(x)    #x
#define VERSION_OF(x) TEXT_OF(x)

const char *rs_csv_library(void)
{
    return "libcsv " VERSION_OF(CSV_MAJOR) "." VERSION_OF(
        CSV_MINOR) "." VERSION_OF(CSV_RELEASE);
}
