/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tilde.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void rs_tilde_expand(char *out, const char *path)
{
    const char *home = getenv("HOME");
    bool expands = strncmp(path, "~/", 2) == 0 && home != NULL;

    (void)snprintf(out, RS_TILDE_PATH, "%s%s", expands ? home : "",
                   expands ? path + 1 : path);
}
