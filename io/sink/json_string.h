/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_JSON_STRING_H
#define RS_JSON_STRING_H

/* Most bytes that one byte of a text becomes: \u001f. */
enum { RS_JSON_ESCAPED = 6 };

/*
 * Writes a text as a string of JSON (RFC 8259) with its quotes; a byte that is
 * not UTF-8 becomes U+FFFD.
 * out  out  RS_JSON_ESCAPED for each byte of text, and 2; no NUL behind it
 * Returns its end.
 */
char *rs_json_string(char *out, const char *text);

#endif
