/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_files.h"

#include <stdio.h>

int rs_cmd_files(const struct rs_settings *settings)
{
    (void)printf("%zu files\n", settings->files.n);
    return 0;
}
