/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder.h"

#include "mem.h"

#include <string.h>

char *rs_folder_of(const char *path, struct rs_error *err)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return rs_text_copy(".", 1, err);
    return rs_text_copy(path, slash == path ? 1 : (size_t)(slash - path), err);
}
