/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PG_RUN_H
#define RS_PG_RUN_H

#include "pg_conn.h"
#include "pg_tables.h"
#include "tally.h"

/*
 * The row of `runs` that tells what of a run is in the database, and the
 * sessions in which it is written.
 *
 * Every batch of rows and the row's new tiles_done are one transaction. When
 * a connection is lost while a COMMIT is under way, nobody knows whether it
 * went through; the row does. It can be believed once the old session has
 * ended: until then its COMMIT may still be to come.
 */
struct rs_pg_state {
    uint64_t tiles_done;
    uint64_t rows_written;
    bool complete;
};

struct rs_pg_run {
    char id[24];               /* run_id; "" before rs_pg_run_insert */
    char started[64];          /* the time, as the database says it */
    struct rs_pg_state stored; /* as far as is known */
    char pid[16];              /* the session that may be alive; "": none */
    char since[64];            /* when it began */
};

/* How a run stands when its row is written. */
enum rs_pg_phase { RS_PG_RUNNING, RS_PG_ENDED, RS_PG_COMPLETE };

/* Connects and waits until the session before has ended. durable: a COMMIT
 * is one only when the server has it on its disk. */
enum rs_status rs_pg_run_connect(struct rs_pg_run *run, struct rs_pg *pg,
                                 bool durable,
                                 struct rs_error *err) RS_MUST_CHECK;

/* Inserts the row; run gets its key. secret: the command line holds a
 * password and is not stored. */
enum rs_status rs_pg_run_insert(struct rs_pg_run *run,
                                const struct rs_pg_tables *tables,
                                struct rs_pg *pg, bool secret,
                                struct rs_error *err) RS_MUST_CHECK;

/* Looks whether the row that rs_pg_run_insert made is there, because its
 * COMMIT was in doubt. */
enum rs_status rs_pg_run_find(bool *found, const struct rs_pg_run *run,
                              const struct rs_pg_tables *tables,
                              struct rs_pg *pg,
                              struct rs_error *err) RS_MUST_CHECK;

/* Reads how the run stands. Errors: RS_ERR_DB also when the row is gone. */
enum rs_status rs_pg_run_read(struct rs_pg_state *state,
                              const struct rs_pg_run *run,
                              const struct rs_pg_tables *tables,
                              struct rs_pg *pg,
                              struct rs_error *err) RS_MUST_CHECK;

/*
 * Writes how the run stands, in the transaction of its rows.
 * state  in  what is true when the transaction is committed
 * tally  in  counts by status; NULL: not known yet
 * Errors: RS_ERR_DB also when the row is not as run->stored says.
 */
enum rs_status
rs_pg_run_update(const struct rs_pg_run *run, const struct rs_pg_state *state,
                 enum rs_pg_phase phase, const struct rs_tally *tally,
                 const struct rs_pg_tables *tables, struct rs_pg *pg,
                 struct rs_error *err) RS_MUST_CHECK;

#endif
