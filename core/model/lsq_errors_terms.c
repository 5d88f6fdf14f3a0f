/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_errors.h"
#include "lsq_errors_shared.h"

#include <math.h>

void rs_lsq_rows_of_terms(struct rs_lsq *lsq, struct rs_errors_room *room)
{
    if (lsq->x.column != &lsq->none)
        rs_lsq_errors_of_x(lsq, room);
    else
        rs_lsq_errors_of_base(lsq, room, lsq->m);
}

double rs_lsq_term_error(struct rs_lsq *lsq, enum rs_outcome *outcome,
                         const struct rs_lsq_result *result,
                         struct rs_errors_room *room,
                         const struct rs_lsq_influence *of)
{
    const struct rs_errors_fit fit =
        rs_lsq_errors_fit(lsq, result, room->most, 1);
    double uu = rs_lsq_find_influence(lsq, room, room->most, of);
    double variance = NAN;
    double df = 0.0;

    room->norm[room->most] = rs_lsq_plain_norm(lsq);
    *outcome = rs_errors_covariance(&variance, &df, room, &fit);
    if (*outcome == RS_FIT_OK &&
        (!(variance > 0.0) || rs_lsq_errors_met(lsq, room, room->most, uu)))
        *outcome = RS_FIT_NO_VARIANCE;
    return *outcome == RS_FIT_OK ? sqrt(variance) : NAN;
}
