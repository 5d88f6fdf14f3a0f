/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TABLE_INTERNAL_H
#define RS_TABLE_INTERNAL_H

#include "join_lost.h"
#include "key_names.h"
#include "keyed.h"
#include "table.h"

/* A column that a later file has too, which is left out there. */
struct rs_shared {
    size_t column; /* of the table: the one that is kept */
    size_t part;   /* of the one that is left out */
};

/* What the files of this folder's table_*.c share. */
struct rs_table {
    struct rs_keyed *parts; /* [n_parts], one a source */
    size_t n_parts;
    size_t *first;      /* [n_parts + 1] column at which a part begins */
    const char **names; /* [n_columns], borrowed from the parts */
    size_t n_columns;
    unsigned n_threads;
    struct rs_key_names keys; /* of several parts */
    struct rs_key_as as;
    struct rs_shared *shared; /* [n_shared] by column */
    size_t n_shared;
    struct rs_join join; /* since the first load */
    struct rs_join_lost lost;
};

/* The part that a column is in. */
size_t rs_table_part_of(const struct rs_table *table, size_t column);

/* Leaves out of the parts what a part before has a column of the same name of,
 * nameless ones apart; names, first and n_columns are those of before.
 * Errors: RS_ERR_NOMEM. */
enum rs_status rs_table_share(struct rs_table *table,
                              struct rs_error *err) RS_MUST_CHECK;

#endif
