/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TABLE_INTERNAL_H
#define RS_TABLE_INTERNAL_H

#include "join_lost.h"
#include "key_names.h"
#include "keyed.h"
#include "table.h"

/* What table_open.c and table_load.c share. */
struct rs_table {
    struct rs_keyed *parts; /* [n_parts], one a source */
    size_t n_parts;
    size_t *first;      /* [n_parts + 1] column at which a part begins */
    const char **names; /* [n_columns], borrowed from the parts */
    size_t n_columns;
    unsigned n_threads;
    struct rs_key_names keys; /* of several parts */
    struct rs_key_as as;
    struct rs_join join; /* since the first load */
    struct rs_join_lost lost;
};

/* The part that a column is in. */
size_t rs_table_part_of(const struct rs_table *table, size_t column);

#endif
