/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FAMILY_ASK_H
#define RS_FAMILY_ASK_H

#include "error.h"
#include "family.h"

/*
 * Which tests are adjusted together: all; or those that have y, x, group, set
 * in common, one or several of these.
 * text  in  NULL: all
 * Errors: RS_ERR_USAGE for another word, one that is there twice, and y
 * beside x.
 */
enum rs_status rs_family_read(enum rs_family *out, const char *text,
                              struct rs_error *err) RS_MUST_CHECK;

#endif
