/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_PARTS_H
#define RS_RUN_PARTS_H

#include "run.h"

/*
 * The parts of a run: one, or one of each kind (run_kinds.h) in every group of
 * rows, group by group, in the order of the kinds. Each has the pairs of its
 * kind; tiles are cut as its rows demand it, so that they come as those of a
 * run of it alone.
 */

/* Makes them, without tiles. Owns: rs_run_parts_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_run_parts_new(struct rs_run *run,
                                struct rs_error *err) RS_MUST_CHECK;
void rs_run_parts_clear(struct rs_run *run);

/* Gives the pooled parts (pooled.h) those of the groups, once these have their
 * engines. Errors: RS_ERR_NOMEM. */
enum rs_status rs_run_parts_pool(struct rs_run *run,
                                 struct rs_error *err) RS_MUST_CHECK;

/* Cuts tiles for all of them, of their kinds' pairs. */
enum rs_status rs_run_parts_cut(struct rs_run *run, bool screened, bool matrix,
                                struct rs_error *err) RS_MUST_CHECK;

/* Makes run->firsts: the same parts for the first of two passes, in the tiles
 * of their kinds. Errors: RS_ERR_NOMEM. */
enum rs_status rs_run_parts_first(struct rs_run *run,
                                  struct rs_error *err) RS_MUST_CHECK;

/* The first pass is done: what is prepared of it serves the second, where it
 * can. */
void rs_run_parts_second(struct rs_run *run);

/*
 * Prepares the columns of these parts of the run where workers shall share
 * them: not of many small parts, which workers prepare for themselves. Errors:
 * those of the engine.
 */
enum rs_status rs_run_parts_prepare(struct rs_run *run,
                                    struct rs_run_part *parts,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Parts that have rows of their own: the first ones, before the pooled; and
 * their pairs, the tests of the run. */
size_t rs_run_n_own_parts(const struct rs_run *run);
uint64_t rs_run_n_tests(const struct rs_run *run);

/* Pairs and tiles of all parts. */
uint64_t rs_run_n_pairs(const struct rs_run *run);
uint64_t rs_run_n_tiles(const struct rs_run *run);

/* Pairs of the first `tiles` tiles of the run. */
uint64_t rs_run_pairs_before(const struct rs_run *run, uint64_t tiles);

#endif
