/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PG_ROWS_H
#define RS_PG_ROWS_H

#include "sink.h"

/*
 * Rows as tuples of PostgreSQL's binary COPY: a count of fields (16 bits),
 * then each field as its length (32 bits, -1: NULL) and its bytes, all in
 * network byte order.
 *
 * The first field is run_id, which workers cannot know: it is given by the
 * database when the parent has connected. Until then it holds the length of
 * the tuple and its kind, so that the parent finds the rows without looking
 * at their fields, and writes run_id in its place.
 */
struct rs_pg_rows;

/* Owns: rs_pg_rows_free. shape: borrowed for its life. Errors:
 * RS_ERR_INCONSISTENT for a name that is not UTF-8, which the database would
 * refuse in the middle of the run; RS_ERR_NOMEM. */
enum rs_status rs_pg_rows_new(struct rs_pg_rows **out,
                              const struct rs_rows_shape *shape,
                              struct rs_error *err) RS_MUST_CHECK;
void rs_pg_rows_free(struct rs_pg_rows *rows);

/* As in sink.h. */
size_t rs_pg_rows_bound(const struct rs_pg_rows *rows, size_t y, size_t x);
size_t rs_pg_rows_encode(const struct rs_pg_rows *rows, char *out,
                         const struct rs_row *row);

/*
 * The tuple at `tuple`, as encoded.
 * n_bytes  out  its length
 * Returns true for a row of a term.
 */
bool rs_pg_tuple_look(const char *tuple, size_t *n_bytes);

/* Makes it the tuple of a run. */
void rs_pg_tuple_finish(char *tuple, int64_t run_id);

/* True when a text is valid UTF-8 as PostgreSQL sees it. */
bool rs_pg_is_utf8(const char *text);

#endif
