/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NAMES_H
#define RS_NAMES_H

#include "error.h"

#include <stddef.h>

/*
 * The names of a header, indexed: 100,000 look-ups in 100,000 names are a
 * matter of milliseconds. Names are bytes; nothing is folded or trimmed.
 */
struct rs_names {
    const char *const *names; /* [n], borrowed */
    size_t n;
    size_t *sorted; /* [n] positions, by name, equal names by position */
    size_t *rank;   /* [n] place of a position in sorted */
};

/* Indexes a header. Owns: rs_names_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_names_init(struct rs_names *out, const char *const *names,
                             size_t n, struct rs_error *err) RS_MUST_CHECK;
void rs_names_clear(struct rs_names *names);

/* First position of a name of exactly these len bytes, or n. */
size_t rs_names_find(const struct rs_names *names, const char *text,
                     size_t len);

/* Another position with the same name, or n when the name is unique. */
size_t rs_names_twin(const struct rs_names *names, size_t position);

/*
 * The name nearest to text by edit distance, for "did you mean": at most a
 * third of the letters may differ. Returns its position, or n when none is
 * near enough to be worth offering. names: [n].
 */
size_t rs_names_nearest(const char *text, const char *const *names, size_t n);

#endif
