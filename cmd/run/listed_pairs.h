/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LISTED_PAIRS_H
#define RS_LISTED_PAIRS_H

#include "notices.h"
#include "pairs.h"
#include "select.h"
#include "settings.h"
#include "table.h"

/*
 * The pairs that a file lists (--pairs @FILE): delimited text, compressed or
 * not, of two columns of names, each as it stands in the header of the table.
 *
 * Columns that its header calls y and x are those; others are not looked at
 * then. Of two columns of other names the first is y; where line 1 names two
 * columns of the table, it is a pair and no header.
 */
struct rs_listed_pairs {
    struct rs_pair_list list; /* positions in the table's header: y, and the x
                                 of each, as they first come */
    uint64_t n_repeated;      /* that the file has once more */
    uint64_t n_outside;       /* that a choice of columns leaves out */
};

/*
 * path  in  "-": standard input
 * Owns: rs_listed_pairs_clear. Errors: those of source.h; at their place in
 * the file: RS_ERR_INCONSISTENT for names that the table has not, or twice,
 * RS_ERR_MALFORMED for other columns; RS_ERR_NOMEM.
 */
enum rs_status rs_listed_pairs_read(struct rs_listed_pairs *out,
                                    const char *path,
                                    const struct rs_table *table,
                                    unsigned n_threads,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Leaves out the pairs whose y or x are not chosen; NULL: all are. n_names: of
 * the table. Errors: RS_ERR_USAGE when none is left; RS_ERR_NOMEM. */
enum rs_status rs_listed_pairs_choose(struct rs_listed_pairs *pairs,
                                      const struct rs_selection *y,
                                      const struct rs_selection *x,
                                      size_t n_names,
                                      struct rs_error *err) RS_MUST_CHECK;

/* The columns that they name, as they first come. Owns: rs_selection_clear of
 * both. Errors: RS_ERR_NOMEM. */
enum rs_status rs_listed_pairs_columns(struct rs_selection *y,
                                       struct rs_selection *x,
                                       const struct rs_listed_pairs *pairs,
                                       size_t n_names,
                                       struct rs_error *err) RS_MUST_CHECK;

/* Notes how many were left out, and repeated. Errors: RS_ERR_NOMEM. */
enum rs_status rs_listed_pairs_note(struct rs_notices *notices,
                                    const struct rs_listed_pairs *pairs,
                                    struct rs_error *err) RS_MUST_CHECK;

void rs_listed_pairs_clear(struct rs_listed_pairs *pairs);

#endif
