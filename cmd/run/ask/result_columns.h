/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RESULT_COLUMNS_H
#define RS_RESULT_COLUMNS_H

#include "error.h"
#include "fields.h"
#include "naming.h"

#include <stdbool.h>
#include <stddef.h>

/* The columns of a result row, in order. Must not be moved once it has
 * names. */
struct rs_result_columns {
    enum rs_field fields[RS_FIELD_COUNT];
    const char *names[RS_FIELD_COUNT]; /* as the output calls them */
    char texts[RS_FIELD_COUNT][RS_COLUMN_NAME_SIZE];
    size_t n;
};

/* Which columns the options of a run have given values. */
struct rs_available {
    bool fields[RS_FIELD_COUNT];
    bool also[RS_FIELD_COUNT];   /* shown without --columns besides */
    bool always[RS_FIELD_COUNT]; /* shown whatever --columns says, at the end
                                    if it does not name them */
    const enum rs_field *first;  /* RS_FIELD_COUNT at the end: the columns
                                    of the default, and their order, instead
                                    of ours; NULL */
    unsigned rows; /* RS_ROWS_PAIRS or RS_ROWS_TERMS: of which rows */
};

/* Which columns such rows can have, whatever is asked for. */
struct rs_available rs_result_columns_of(unsigned rows);

/*
 * Reads --columns: a list of columns in the order wanted, or, when every
 * word begins with + or -, changes to the default set (kept in its natural
 * order: first those of available->first, if any, then as in the table).
 * text       in  NULL: the default set
 * available  in  the others are not known, or what they need is named
 * Errors: RS_ERR_USAGE for an unknown or repeated column, or none left.
 */
enum rs_status rs_result_columns_parse(struct rs_result_columns *out,
                                       const char *text,
                                       const struct rs_available *available,
                                       struct rs_error *err) RS_MUST_CHECK;

/* Calls the columns as --naming says: see rs_naming_column. After the parse
 * they have our names. */
void rs_result_columns_name(struct rs_result_columns *columns,
                            const struct rs_naming *naming);

#endif
