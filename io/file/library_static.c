/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library.h"

#include <bzlib.h>
#include <lzma.h>
#include <string.h>

/*
 * library.h for a program that is one file: it loads nothing, and has the
 * libraries that the distribution has as archives. Linked in place of
 * library.c.
 */

#define ENTRY(name) #name, (void (*)(void))(name)
static const struct {
    const char *name;
    void (*function)(void);
} linked[] = {
    {ENTRY(BZ2_bzDecompressInit)},
    {ENTRY(BZ2_bzDecompress)},
    {ENTRY(BZ2_bzDecompressEnd)},
    {ENTRY(lzma_stream_decoder)},
    {ENTRY(lzma_code)},
    {ENTRY(lzma_end)},
};
#undef ENTRY

enum rs_status rs_library_load(void *functions,
                               const struct rs_library *library,
                               const char *const *names, size_t n,
                               struct rs_error *err)
{
    char *to = functions;
    size_t n_found = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof linked / sizeof linked[0]; k++)
            if (strcmp(names[i], linked[k].name) == 0) {
                memcpy(to + i * sizeof linked[k].function, &linked[k].function,
                       sizeof linked[k].function);
                n_found++;
            }
    if (n_found == n)
        return RS_OK;
    return rs_error_set(err, RS_ERR_OPEN,
                        "%s %s, and this regsweep is a static program, which "
                        "loads no libraries: take one that is installed from "
                        "a package",
                        library->what, library->soname);
}
