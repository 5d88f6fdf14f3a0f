/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LEVEL_SET_H
#define RS_LEVEL_SET_H

#include "dataset.h"
#include "level.h"

/*
 * The levels of a column as a reader meets them (level.h says which cells
 * are one): each gets a code in its set. Sets of parts of a column, read by
 * different threads, are merged to a factor.
 */
struct rs_level_set {
    enum rs_level_rule rule;
    char decimal;
    size_t most; /* with more it is `over`, and has none; 0: any number */
    bool over;
    /* private */
    struct rs_level_entry *entries; /* [n] by code */
    size_t n, room;
    uint32_t *slots; /* [n_slots] hash table of code + 1; 0: free */
    size_t n_slots;  /* a power of two, or 0 */
};

/*
 * The code of a cell that is not missing, in the order in which levels were
 * met; -1 for the word nan among numbers, which is missing, of a set that is
 * over, and when memory is short: err->status tells.
 * set  inout  zeroed but for rule, decimal and most at first;
 *             rs_level_set_clear
 * text in     [len] bytes, NUL behind them
 */
int32_t rs_level_set_code(struct rs_level_set *set, const char *text,
                          size_t len, struct rs_error *err);
void rs_level_set_clear(struct rs_level_set *set);

/*
 * Adds the levels of another set of the same rule to a set. The first is over
 * if the other is; rs_level_set_final of the other gives codes in the first.
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_level_set_add(struct rs_level_set *set,
                                struct rs_level_set *more,
                                struct rs_error *err) RS_MUST_CHECK;

/*
 * The levels of all parts, sorted, each by the plainest of its spellings:
 * whatever the parts, they are the same.
 * factor  out    levels and n_levels; also after an error, rs_factor_free
 * sets    inout  [n_sets], stride apart, all of one rule
 * Errors: RS_ERR_NOMEM. Notes: rs_level_set_final gives the codes then. Sets
 * that have a `most` are one.
 */
enum rs_status rs_level_sets_merge(struct rs_factor *factor,
                                   struct rs_level_set *sets, size_t n_sets,
                                   size_t stride,
                                   struct rs_error *err) RS_MUST_CHECK;

/* The code in the factor of a code of the set; -1 stays, and is all there is
 * of a set that is over. */
int32_t rs_level_set_final(const struct rs_level_set *set, int32_t code);

#endif
