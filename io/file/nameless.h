/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NAMELESS_H
#define RS_NAMELESS_H

#include <stddef.h>

/*
 * A file without a name, to be written and forgotten: in the folder of a path
 * where the file system has such, else in that of TMPDIR, or /tmp.
 * path  in  of a file, there or not; NULL: there is none
 * Returns a descriptor, which the caller closes; -1 and errno.
 */
int rs_nameless_open(const char *path);

/* Bytes that are free where the path is, or would be; a negative number: it is
 * not known. */
double rs_nameless_room(const char *path);

#endif
