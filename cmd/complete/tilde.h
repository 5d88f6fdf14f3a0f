/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILDE_H
#define RS_TILDE_H

enum { RS_TILDE_PATH = 4096 };

/* A path as it is typed, with ~/ at its beginning as shells expand it; one that
 * is too long is cut.
 * out  out  [RS_TILDE_PATH] */
void rs_tilde_expand(char *out, const char *path);

#endif
