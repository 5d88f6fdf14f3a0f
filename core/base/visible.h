/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_VISIBLE_H
#define RS_VISIBLE_H

#include <stddef.h>

/*
 * Text as it is shown to people. Names of columns and files, cells, keys and
 * what servers say are data: on a terminal they must not move the cursor,
 * set its title, turn the line around or hide a part of it.
 *
 * Characters of UTF-8 that are to be seen stay as they are. Control
 * characters below U+0080 and bytes that are not UTF-8 become \xNN; those of
 * U+0080 to U+009F, line and paragraph separators and all that has no shape of
 * its own (bidirectional controls, zero-width and other format characters,
 * tags, noncharacters) become \u{N}. What is shown already is shown the same
 * again, so that a text may pass here twice.
 */

/* Most bytes of a piece: \u{10ffff} and a NUL. */
enum { RS_VISIBLE_PIECE = 11 };

/*
 * The next piece of a text as it is shown: a character, or what stands for it.
 * out   out    [RS_VISIBLE_PIECE], ends in NUL
 * text  inout  ends in NUL; moves on
 * Returns the piece's columns (each character counts as one); 0: the end.
 */
size_t rs_visible_next(char *out, const char **text);

/* A text as it is shown, cut behind a whole piece where it is longer than
 * cap - 1 bytes. cap: at least 1. Returns its bytes. */
size_t rs_visible_copy(char *out, size_t cap, const char *text);

#endif
