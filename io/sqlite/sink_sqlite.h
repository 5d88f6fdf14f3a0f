/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SINK_SQLITE_H
#define RS_SINK_SQLITE_H

#include "output_kind.h"

/*
 * Tables in an SQLite database, as db_schema.h has them.
 * Errors of make: RS_ERR_USAGE for the names of tables or columns,
 * RS_ERR_NOMEM; those of open and the others: RS_ERR_OPEN when the file may or
 * can not be used, RS_ERR_DB with SQLite's own text.
 */
extern const struct rs_output_kind rs_output_sqlite;

/* Looks whether its database can be used; creates nothing. config: without
 * data, term_texts and info. Errors: as above. */
enum rs_status rs_sqlite_check(const struct rs_sink_config *config,
                               struct rs_error *err) RS_MUST_CHECK;

/* Name and version of the library. */
const char *rs_sqlite_library(void);

#endif
