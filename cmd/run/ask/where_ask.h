/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_WHERE_ASK_H
#define RS_WHERE_ASK_H

#include "condition.h"
#include "settings.h"

/*
 * --where, read: conditions that all have to hold.
 *
 *     any    := all { "or" all }
 *     all    := one { "and" one }
 *     one    := "not" one | "(" any ")" | NAME test
 *     test   := ( "=" | "==" | "!=" | "<" | "<=" | ">" | ">=" ) constant
 *             | "is" [ "not" ] "missing"
 *     constant := a number | 'a text', a quote in it doubled
 *     NAME   := letters, digits, _ and . (no digit first), or anything in
 *               backquotes or double quotes
 *
 * The words are lower case, and no names unless they are quoted.
 */
struct rs_where {
    struct rs_condition_part *parts; /* [n]; column: an index into names */
    size_t n;
    char **names; /* [n_names] of columns, each once */
    size_t n_names;
    char **texts; /* [n_texts] that parts have */
    size_t n_texts;
};

/* Owns: rs_where_clear, also after an error. Errors: RS_ERR_USAGE with what was
 * expected, and where; RS_ERR_NOMEM. */
enum rs_status rs_where_read(struct rs_where *out,
                             const struct rs_list *conditions,
                             struct rs_error *err) RS_MUST_CHECK;

/* Does nothing on a zeroed one. */
void rs_where_clear(struct rs_where *where);

#endif
