/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PAIRS_H
#define RS_PAIRS_H

#include <stddef.h>
#include <stdint.h>

/* Which y are paired with which x. */
enum rs_pairs {
    RS_PAIRS_ALL,     /* every y with every x */
    RS_PAIRS_UNIQUE,  /* one list: cell (i, j) with i < j */
    RS_PAIRS_MATCHED, /* the i-th y with the i-th x */
    RS_PAIRS_LIST     /* those that a list names */
};

/* Pairs by name, y by y: columns of a header, or of a dataset. */
struct rs_pair_list {
    size_t n_y;
    size_t *y;        /* [n_y] each once */
    uint64_t *starts; /* [n_y + 1] */
    uint32_t *x;      /* [starts[n_y]] of y[i] from starts[i] on, each once */
};

#endif
