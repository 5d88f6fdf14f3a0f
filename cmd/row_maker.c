/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row_maker.h"

#include <math.h>
#include <string.h>

enum rs_status rs_row_maker_init(struct rs_row_maker *maker,
                                 const struct rs_sweep *sweep,
                                 struct rs_error *err)
{
    const struct rs_adder *adder = sweep->adder;
    enum rs_status status = RS_OK;

    memset(maker, 0, sizeof *maker);
    maker->sweep = sweep;
    status = rs_pair_rows_init(&maker->rows, sweep->rows, sweep->env.model,
                               sweep->env.spec, err);
    if (status == RS_OK && adder != NULL)
        status = adder->open(adder->ctx, &maker->adder, err);
    return status;
}

void rs_row_maker_clear(struct rs_row_maker *maker)
{
    if (maker->sweep == NULL)
        return;
    rs_pair_rows_clear(&maker->rows);
    if (maker->sweep->adder != NULL)
        maker->sweep->adder->close(maker->adder);
    maker->sweep = NULL;
}

const struct rs_row *rs_row_maker_rows(struct rs_row_maker *maker, size_t *n,
                                       size_t y_ix, size_t x_ix,
                                       const struct rs_fit *fit)
{
    const struct rs_adder *adder = maker->sweep->adder;
    const struct rs_plan *plan = maker->sweep->env.plan;

    maker->pair =
        (struct rs_row){plan->y[y_ix], plan->x[x_ix], RS_NO_TERM, fit, NULL};
    if (adder != NULL) {
        for (size_t k = 0; k < RS_N_ADDED; k++)
            maker->added[k] = NAN;
        adder->add(adder->ctx, maker->adder, maker->added, y_ix, x_ix, fit);
        maker->pair.added = maker->added;
    }
    return rs_pair_rows_of(&maker->rows, n, &maker->pair);
}

enum rs_status rs_row_maker_check(const struct rs_row_maker *maker,
                                  struct rs_error *err)
{
    if (maker->sweep == NULL || maker->rows.terms == NULL)
        return RS_OK;
    return rs_term_fits_check(maker->rows.terms, err);
}
