/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row_maker.h"

#include <math.h>
#include <string.h>

enum rs_status rs_row_maker_init(struct rs_row_maker *maker,
                                 const struct rs_row_ask *from,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;

    memset(maker, 0, sizeof *maker);
    maker->from = *from;
    status = rs_pair_rows_init(&maker->rows, from->rows, from->model,
                               from->spec, err);
    for (size_t k = 0; k < RS_N_ADDERS && status == RS_OK; k++) {
        const struct rs_adder *adder = from->adders[k];
        if (adder == NULL)
            continue;
        maker->any = true;
        status = adder->open(adder->ctx, &maker->adders[k], from->plan,
                             from->spec, err);
    }
    return status;
}

void rs_row_maker_clear(struct rs_row_maker *maker)
{
    if (maker->from.plan == NULL)
        return;
    rs_pair_rows_clear(&maker->rows);
    for (size_t k = 0; k < RS_N_ADDERS; k++)
        if (maker->from.adders[k] != NULL)
            maker->from.adders[k]->close(maker->adders[k]);
    maker->from.plan = NULL;
}

const struct rs_row *rs_row_maker_rows(struct rs_row_maker *maker, size_t *n,
                                       size_t y_ix, size_t x_ix,
                                       const struct rs_fit *fit)
{
    const struct rs_plan *plan = maker->from.plan;

    maker->pair =
        (struct rs_row){plan->y[y_ix], plan->x[x_ix],    RS_NO_TERM, fit,
                        NULL,          maker->from.part, NULL};
    for (size_t k = 0; k < RS_N_ADDED && maker->any; k++)
        maker->added[k] = NAN;
    for (size_t k = 0; k < RS_N_ADDERS && maker->any; k++) {
        const struct rs_adder *adder = maker->from.adders[k];
        if (adder == NULL)
            continue;
        adder->add(adder->ctx, maker->adders[k], maker->added, y_ix, x_ix, fit);
        if (adder->dropped != NULL)
            maker->pair.dropped = adder->dropped(maker->adders[k]);
    }
    if (maker->any)
        maker->pair.added = maker->added;
    return rs_pair_rows_of(&maker->rows, n, &maker->pair,
                           maker->from.term_shift);
}

enum rs_status rs_row_maker_check(const struct rs_row_maker *maker,
                                  struct rs_error *err)
{
    if (maker->from.plan == NULL || maker->rows.terms == NULL)
        return RS_OK;
    return rs_term_fits_check(maker->rows.terms, err);
}
