/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_JOIN_H
#define RS_JOIN_H

#include "dataset.h"
#include "name_index.h"

/*
 * An inner join of lists of keys: which rows of each list belong together.
 * Keys are bytes, compared as they are, and each stands in its list once.
 */

/* The keys of one list. */
struct rs_keys {
    const char *const *texts; /* [n], borrowed */
    size_t n;
    struct rs_name_index index;
};

/* Indexes keys. Owns: rs_keys_clear; does nothing on a zeroed one. */
enum rs_status rs_keys_init(struct rs_keys *out, const char *const *texts,
                            size_t n, struct rs_error *err) RS_MUST_CHECK;
void rs_keys_clear(struct rs_keys *keys);

/* True when a key stands twice: the first row that repeats a key, and the
 * row whose key it repeats. */
bool rs_keys_repeated(size_t *row, size_t *earlier, const struct rs_keys *keys);

/* Rows that belong together. */
struct rs_join {
    size_t n_rows;
    size_t n_lists;
    size_t **rows; /* [n_lists][n_rows] row of the list, in the order of the
                      first list */
};

/* Joins lists. Owns: rs_join_clear, which does nothing on a zeroed one.
 * Errors: RS_ERR_NOMEM. No row at all is no error here. */
enum rs_status rs_join_init(struct rs_join *out, const struct rs_keys *lists,
                            size_t n_lists, struct rs_error *err) RS_MUST_CHECK;
void rs_join_clear(struct rs_join *join);

/*
 * Puts a column of a list's dataset in its place in the joint dataset, whose
 * n_rows is the join's. The name moves; a factor does not.
 */
void rs_join_column(struct rs_dataset *to, size_t to_column,
                    const struct rs_dataset *from, size_t from_column,
                    const size_t *rows);

#endif
