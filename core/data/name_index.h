/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NAME_INDEX_H
#define RS_NAME_INDEX_H

#include "error.h"

#include <stddef.h>

/*
 * Names, indexed: those of a header, or the keys of rows. 100,000 look-ups in
 * 100,000 names are a matter of milliseconds. Names are bytes; nothing is
 * folded or trimmed.
 */
struct rs_name_index {
    const char *const *names; /* [n], borrowed */
    size_t n;
    size_t *sorted; /* [n] positions, by name, equal names by position */
    size_t *rank;   /* [n] place of a position in sorted */
};

/* Indexes names. Owns: rs_name_index_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_name_index_init(struct rs_name_index *out,
                                  const char *const *names, size_t n,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_name_index_clear(struct rs_name_index *names);

/* First position of a name of exactly these len bytes, or n. */
size_t rs_name_index_find(const struct rs_name_index *names, const char *text,
                          size_t len);

/* Another position with the same name, or n when the name is unique. */
size_t rs_name_index_twin(const struct rs_name_index *names, size_t position);

/*
 * The name nearest to text by edit distance, for "did you mean": at most a
 * third of the letters may differ; else the first that begins with text, or
 * that text begins with. Returns its position, or n when none is
 * near enough to be worth offering. names: [n].
 */
size_t rs_names_nearest(const char *text, const char *const *names, size_t n);

#endif
