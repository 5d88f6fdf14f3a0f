/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_errors.h"
#include "lsq_errors_shared.h"

void rs_lsq_errors_of_base(const struct rs_lsq *lsq,
                           struct rs_errors_room *room, size_t first)
{
    const double *root = rs_lsq_roots(lsq);

    for (size_t i = 0; i < lsq->n; i++) {
        double by = root == NULL ? 1.0 : root[i];
        room->rest[i] = rs_lsq_residual_of(lsq, &lsq->y, i);
        room->e[i] = room->rest[i].hi * by;
        room->left[i] = rs_lsq_left_of(lsq, room->base[i], room->levels[i], i);
        for (size_t l = first; l < lsq->m; l++) {
            struct rs_dd v = rs_lsq_vector_at(lsq, l, i);
            room->own[l - first][i] = v;
            room->u[l - first][i] = v.hi * by;
        }
    }
}

double rs_lsq_find_influence(const struct rs_lsq *lsq,
                             struct rs_errors_room *room, size_t k,
                             const struct rs_lsq_influence *of)
{
    const double *root = rs_lsq_roots(lsq);
    bool has_x = lsq->x.column != &lsq->none;
    struct rs_dd slope = rs_dd_div(of->of_x, lsq->x.rss);
    struct rs_dd *own = room->own[k];
    double *u = room->u[k];
    double uu = 0.0;

    for (size_t i = 0; i < lsq->n; i++) {
        own[i] = of->constant;
        if (of->levels)
            own[i] = rs_dd_add(
                own[i], (struct rs_dd){room->level_hi[i], room->level_lo[i]});
        if (has_x)
            own[i] = rs_dd_sub(own[i], rs_dd_mul(slope, room->own[0][i]));
    }
    for (size_t l = of->first; l < lsq->m; l++)
        for (size_t i = 0; i < lsq->n; i++)
            own[i] = rs_dd_add(own[i], rs_dd_mul(of->parts[l - of->first],
                                                 rs_lsq_vector_at(lsq, l, i)));
    for (size_t i = 0; i < lsq->n; i++) {
        u[i] = own[i].hi * (root == NULL ? 1.0 : root[i]);
        uu += u[i] * u[i] * (lsq->counts ? room->times[i] : 1.0);
    }
    return uu;
}
