/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include "normal.h"
#include "ranks.h"

#include <math.h>

/* Blom (1958): the normal quantile of (rank - 3/8) / (n + 1/4). It is taken
 * of the tail, or near the middle of the distance from it, so that neither
 * costs a digit: ranks are multiples of a half, and these numbers exact but
 * for one division. */
static double blom(double rank, double n)
{
    double tail = fmin(rank, n + 1.0 - rank);
    double z = rs_normal_quantile((tail - 0.375) / (n + 0.25),
                                  (n + 1.0 - 2.0 * tail) / (n + 0.25));

    return rank > tail ? z : -z;
}

static void rank_normal(double *values, size_t n_rows, double number,
                        double *spare)
{
    double n = (double)rs_ranks(values, values, n_rows, spare);

    (void)number;
    for (size_t i = 0; i < n_rows; i++)
        if (!isnan(values[i]))
            values[i] = blom(values[i], n);
}

const struct rs_transform rs_transform_rank_normal = {
    .name = "rank-normal",
    .help = "the normal quantile of (rank - 3/8) / (n + 1/4), n cells being "
            "ranked (Blom's scores); ties have that of their average rank",
    .apply = rank_normal,
    .room = RS_RANKS_ROOM,
};
