/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NEAR_FILE_H
#define RS_NEAR_FILE_H

#include <stddef.h>

/* The file in the folder of path whose name is nearest to its own, with the
 * folder as path has it; "" when none is near. */
void rs_near_file(char *out, size_t room, const char *path);

#endif
