/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_UTF8_H
#define RS_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * Characters of UTF-8, by table 3-7 of the Unicode Standard: no overlong
 * forms, no surrogates, nothing above U+10FFFF.
 */

/*
 * The character that begins at text, which ends in NUL.
 * c  out  its number; that of the byte when it is no character
 * Returns its bytes, 1 for the NUL; 0: the byte begins no character.
 */
size_t rs_utf8_next(uint32_t *c, const char *text);

/* Bytes of text [len] without the character at its end that was cut in two;
 * len when none was. */
size_t rs_utf8_whole(const char *text, size_t len);

#endif
