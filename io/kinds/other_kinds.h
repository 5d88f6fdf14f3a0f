/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OTHER_KINDS_H
#define RS_OTHER_KINDS_H

#include <stddef.h>

/*
 * Endings of files that other programs write: a name that ends so promises
 * what no kind of output is.
 */
struct rs_other_kind {
    const char *const *endings; /* with their dots, in letters of either case;
                                   NULL at the end */
    const char *what; /* what such a file is, for people, with its article */
    const char *near; /* the ending that the nearest kind of output has */
    /* Behind the name to type; in it & is that name, @ the one that was
     * given. "": nothing more. */
    const char *then;
    const char *column; /* the nearest kind holds one result column, such as
                           this; NULL: it holds rows */
    const char *format; /* what --format some should give, and who; NULL */
};

/*
 * The row whose ending a name has; NULL: none has it.
 * stem  out  bytes of the name before the ending
 * len   in   bytes of the name, without .gz or .zst
 */
const struct rs_other_kind *rs_other_kind_of(size_t *stem, const char *name,
                                             size_t len);

/*
 * What stands behind the name to type, with the names in it.
 * text        out  [cap] cut if longer
 * near, name  in   the name to type, and the one that was given
 */
void rs_other_kind_then(char *text, size_t cap,
                        const struct rs_other_kind *kind, const char *near,
                        const char *name);

#endif
