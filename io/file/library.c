/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library.h"

#include "mem.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

static enum rs_status unusable(const struct rs_library *library,
                               struct rs_error *err)
{
    const char *why = dlerror();

    return rs_error_set(err, RS_ERR_OPEN, "%s %s (apt install %s): %s",
                        library->what, library->soname, library->package,
                        why == NULL ? "it cannot be loaded" : why);
}

enum rs_status rs_library_load(void *functions,
                               const struct rs_library *library,
                               const char *const *names, size_t n,
                               struct rs_error *err)
{
    void **found = rs_alloc(n, sizeof *found, err);
    void *handle = NULL;
    enum rs_status status = found == NULL ? RS_ERR_NOMEM : RS_OK;

    if (status != RS_OK)
        return status;
    handle = dlopen(library->soname, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        status = unusable(library, err);
    for (size_t i = 0; i < n && status == RS_OK; i++) {
        found[i] = dlsym(handle, names[i]);
        if (found[i] == NULL)
            status = unusable(library, err);
    }
    /* A pointer to data becomes one to a function by its bytes alone. */
    if (status == RS_OK)
        memcpy(functions, found, n * sizeof *found);
    else if (handle != NULL)
        (void)dlclose(handle);
    free(found);
    return status;
}
