/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include "ranks.h"

/* R's rank(x, na.last = "keep"). */
static void take_ranks(double *values, size_t n_rows, double number,
                       double *spare)
{
    (void)number;
    (void)rs_ranks(values, values, n_rows, spare);
}

const struct rs_transform rs_transform_rank = {
    .name = "rank",
    .help = "the rank among the cells of the column, 1 for the least; ties "
            "have their average",
    .apply = take_ranks,
    .room = RS_RANKS_ROOM,
};
