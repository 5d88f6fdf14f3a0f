/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MADE_PARTS_H
#define RS_MADE_PARTS_H

#include "made_sweep.h"
#include "part.h"
#include "sink.h"

/* Small parts of a run, of made numbers, and a sink that keeps what it is
 * given. */

struct made_part {
    struct rs_run_part part; /* all pairs of y and x, all kept */
    struct made_sweep sweep; /* tiles of 2 by 3 */
};

/* Of n_y and n_x columns, and n rows. Must not be moved. Owns:
 * made_part_clear. */
void made_part_init(struct made_part *made, size_t n, size_t n_y, size_t n_x,
                    uint64_t seed);
void made_part_clear(struct made_part *made);

struct made_sink {
    struct rs_sink base;
    char text[1 << 16]; /* the rows: y, x, outcome, slope, ln p */
    size_t n;
    uint64_t settled;          /* tiles */
    unsigned opened, finished; /* how often */
    unsigned abandoned;        /* likewise */
    struct rs_tally tally;     /* at the end */
};

void made_sink_init(struct made_sink *sink);

/* Adds the row that a pair of the part has to a text. */
void made_sink_row(struct made_sink *sink, const struct rs_run_part *part,
                   size_t y_ix, size_t x_ix);

#endif
