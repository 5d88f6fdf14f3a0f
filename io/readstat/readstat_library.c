/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readstat_library.h"

#include "library.h"

enum rs_status rs_readstat_library_load(struct rs_readstat_library *out,
                                        struct rs_error *err)
{
    static const struct rs_library library = {
        "files of SAS, SPSS and Stata need", "libreadstat.so.1",
        "libreadstat1"};
    static const char *const names[] = {
#define NAME(name) "readstat_" #name,
        RS_READSTAT_FUNCTIONS(NAME)
#undef NAME
    };

    return rs_library_load(out, &library, names, sizeof names / sizeof names[0],
                           err);
}
