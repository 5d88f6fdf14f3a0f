/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_KEY_NAMES_H
#define RS_KEY_NAMES_H

#include "source.h"

/*
 * By which column each of several sources is joined. Sources whose rows have
 * names, as the samples of a transposed file, are joined by these and have
 * no such column.
 */
struct rs_key_names {
    const char **names; /* [n] of the sources; NULL: names of rows */
    char *text;         /* the words that names points to, or by = */
    const char *by;     /* as people would write it; NULL: names of rows only */
    bool found;         /* nobody gave it: it is the only column in all */
};

/*
 * Finds them.
 * sources  in  [n], at least 2
 * key      in  a column's name that all have, or such names with = between
 *              them, one for each source without names of rows; NULL: the one
 *              column that all of these have
 * Owns: rs_key_names_clear, also after an error; what key and the sources
 * hold is borrowed. Errors: RS_ERR_USAGE; RS_ERR_NOMEM.
 */
enum rs_status rs_key_names_find(struct rs_key_names *out,
                                 struct rs_source *const *sources, size_t n,
                                 const char *key,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_key_names_clear(struct rs_key_names *keys);

#endif
