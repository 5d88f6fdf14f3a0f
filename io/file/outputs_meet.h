/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OUTPUTS_MEET_H
#define RS_OUTPUTS_MEET_H

#include <stdbool.h>

/*
 * Whether two outputs would take one another's place: one file, by whatever
 * names, also where none is there yet, or one of them NAME.partial of the
 * other.
 * path   in  an output
 * other  in  another; NULL is standard output, which may be a file
 */
bool rs_outputs_meet(const char *path, const char *other);

#endif
