/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NAMELESS_H
#define RS_NAMELESS_H

/*
 * A file without a name in a folder, to be written, read and forgotten: where
 * the file system has no such, one whose name is taken away at once.
 * Returns a descriptor, which the caller closes; -1 and errno.
 */
int rs_nameless_open(const char *folder);

/* Bytes that are free in a folder; a negative number: it is not known. */
double rs_nameless_room(const char *folder);

#endif
