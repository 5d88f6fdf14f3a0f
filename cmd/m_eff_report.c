/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "m_eff_report.h"

#include "human.h"
#include "m_eff.h"
#include "message.h"

static void print_side(const char *what, const struct rs_m_eff *found)
{
    struct rs_human n;

    rs_message("m-eff: %s %s amount to %.5g (Nyholt) or %.5g (Li and Ji)",
               rs_human_count(&n, found->n_columns), what, found->nyholt,
               found->li_ji);
}

enum rs_status rs_m_eff_report(const struct rs_input *input,
                               struct rs_error *err)
{
    struct rs_m_eff y;
    struct rs_m_eff x;
    enum rs_status status =
        rs_m_eff(&y, input->data, input->y, input->n_y, err);

    if (status == RS_OK)
        status = rs_m_eff(&x, input->data, input->x, input->n_x, err);
    if (status != RS_OK)
        return status;
    print_side("dependents", &y);
    print_side("independents", &x);
    rs_message("m-eff: together %.5g or %.5g tests: 0.05 / tests = %.3g or "
               "%.3g",
               y.nyholt * x.nyholt, y.li_ji * x.li_ji,
               0.05 / (y.nyholt * x.nyholt), 0.05 / (y.li_ji * x.li_ji));
    return RS_OK;
}
