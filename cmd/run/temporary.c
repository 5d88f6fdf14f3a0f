/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "temporary.h"

#include <stdlib.h>

const char *rs_temporary_folder(void)
{
    const char *folder = getenv("TMPDIR");

    return folder == NULL || folder[0] == '\0' ? "/tmp" : folder;
}
