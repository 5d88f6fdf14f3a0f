/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_STRAY_H
#define RS_STRAY_H

#include "settings.h"

/*
 * Words that are no options and so are files, but are none: pieces of a list
 * that has blanks, of a pattern that the shell took, of a formula, a setting
 * written as name=value, or the name of a file misspelt.
 */

/* A word that is no option, and what stands before it. */
struct rs_operand {
    const char *text;
    const struct rs_setting *after; /* the option before it and the words like
                                       it; NULL: none */
    const char *value;              /* that this was given; NULL: a flag */
};

/*
 * Refuses the first of the operands that is no file, where there is more to
 * say of it than that; what is opened in vain says so itself.
 * Errors: RS_ERR_USAGE; RS_ERR_OPEN for a file that has another name.
 */
enum rs_status rs_stray_check(const struct rs_operand *operands, size_t n,
                              unsigned command,
                              struct rs_error *err) RS_MUST_CHECK;

/* Refuses files that a shell has made of a pattern for columns: the value of a
 * list is one, by a name as files have, and others follow. RS_OK: there is no
 * sign of that. */
enum rs_status rs_stray_pattern(const struct rs_operand *operands, size_t n,
                                struct rs_error *err) RS_MUST_CHECK;

#endif
