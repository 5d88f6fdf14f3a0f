/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PART_VIEW_H
#define RS_PART_VIEW_H

#include "part.h"

/*
 * A part as it is worked on, in a worker or in the parent: its rows are a
 * dataset by themselves, and its columns are prepared. A part of all rows that
 * is prepared already is itself. One view serves one part after another.
 */
struct rs_part_view {
    const struct rs_run_part *of; /* NULL: it is at none */
    struct rs_run_part part;      /* what `of` is here */
    struct rs_spec spec;          /* of these rows */
    struct rs_row_view *rows;     /* NULL: none was needed so far */
    uint64_t *marks;              /* spec.rows here; NULL: none was needed */
    bool prepared;                /* part.prepared is the view's own */
};

/*
 * Enters a part, unless it is there. view: all zero at first. part: borrowed
 * until another is entered.
 * Owns: rs_part_view_clear, also after an error. Errors: those of the
 * engine, RS_ERR_NOMEM.
 */
enum rs_status rs_part_view_enter(struct rs_part_view *view,
                                  const struct rs_run_part *part,
                                  unsigned n_threads,
                                  struct rs_error *err) RS_MUST_CHECK;

/* The same for who needs no prepared columns. */
enum rs_status rs_part_view_look(struct rs_part_view *view,
                                 const struct rs_run_part *part,
                                 struct rs_error *err) RS_MUST_CHECK;

/* Leaves the part, and keeps what another may need. */
void rs_part_view_leave(struct rs_part_view *view);
void rs_part_view_clear(struct rs_part_view *view);

#endif
