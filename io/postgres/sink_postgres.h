/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SINK_POSTGRES_H
#define RS_SINK_POSTGRES_H

#include "output_kind.h"

/*
 * A PostgreSQL database; path: the connection string. Workers encode tuples of
 * binary COPY, the parent connects and streams them. A batch of whole tiles
 * and the row of `runs` that counts them are one transaction, so that what is
 * visible is exactly the rows of the first tiles_done tiles. A connection that
 * is lost is made again, and the batch sent again unless it had been
 * committed: no row is lost or doubled.
 *
 * The check connects and does all that the sink will do, without rows, and
 * takes it back.
 * Errors of make and check: RS_ERR_USAGE for --table and the connection
 * string, RS_ERR_INCONSISTENT for names that are not UTF-8, RS_ERR_NOMEM; of
 * the check and the functions of the parent: RS_ERR_DB, RS_ERR_OPEN,
 * RS_ERR_INTERRUPTED.
 */
extern const struct rs_output_kind rs_output_postgres;

#endif
