/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COLUMN_LIST_H
#define RS_COLUMN_LIST_H

#include "column_ask.h"
#include "table.h"

/*
 * The columns of a table that a list of a setting names. The key of a join can
 * be in no list.
 * setting  in  whose list it is
 * Owns: rs_selection_clear. Errors: those of select.h and column_ask.h;
 * RS_ERR_USAGE for the key; RS_ERR_INCONSISTENT for a name that two files have.
 */
enum rs_status rs_column_list(struct rs_selection *out,
                              const struct rs_table *table,
                              const struct rs_list *list, const char *setting,
                              struct rs_error *err) RS_MUST_CHECK;

/* The same of one that is taken apart. */
enum rs_status rs_column_items(struct rs_selection *out,
                               const struct rs_table *table,
                               const struct rs_items *items,
                               const char *setting,
                               struct rs_error *err) RS_MUST_CHECK;

#endif
