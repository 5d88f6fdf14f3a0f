/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_JOIN_LOST_H
#define RS_JOIN_LOST_H

#include "keyed.h"

/*
 * What a join lost, where that looks unmeant: less than half of the rows of
 * the smallest list are in it. Otherwise all is zero: a small table joined
 * with a large one loses most rows of the large one, as it should.
 */
struct rs_join_lost {
    char **lone; /* [n_lists] the first key of each that has no partner; NULL:
                    all have one */
    size_t n_lists;
    enum rs_key_rule cure; /* by which more than twice as many rows would join;
                              TEXT: there is none */
    size_t n_cured;        /* so many */
};

/*
 * Finds it, while the keys are there.
 * parts  in  [join->n_lists] what was joined, by as
 * Owns: rs_join_lost_clear, also after an error; does nothing on a zeroed one.
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_join_lost_find(struct rs_join_lost *out,
                                 const struct rs_join *join,
                                 const struct rs_keyed *parts,
                                 struct rs_key_as as,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_join_lost_clear(struct rs_join_lost *lost);

#endif
