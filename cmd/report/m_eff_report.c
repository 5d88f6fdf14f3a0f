/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "m_eff_report.h"

#include "human.h"
#include "m_eff.h"
#include "message.h"

#include <math.h>
#include <string.h>

static void print_side(const char *what, const struct rs_m_eff *found)
{
    struct rs_human n;

    rs_message("m-eff: %s %s%s amount%s to %.5g (Nyholt) or %.5g (Li and Ji)",
               rs_human_count(&n, found->n_columns), what,
               rs_plural(found->n_columns), found->n_columns == 1 ? "s" : "",
               found->nyholt, found->li_ji);
}

/* True when both lists are the same, as those of --pairs unique are. */
static bool is_one_list(const struct rs_input *input)
{
    return input->n_y == input->n_x &&
           memcmp(input->y, input->x, input->n_y * sizeof *input->y) == 0;
}

static double tests_of(double y, double x, bool one_list)
{
    return one_list ? fmax(0.5 * y * (y - 1.0), 1.0) : y * x;
}

enum rs_status rs_m_eff_report(const struct rs_input *input,
                               enum rs_pairs pairs, struct rs_error *err)
{
    double nyholt = 0.0;
    double li_ji = 0.0;
    struct rs_m_eff y;
    struct rs_m_eff x;
    enum rs_status status =
        rs_m_eff(&y, input->data, input->y, input->n_y, err);

    if (status == RS_OK)
        status = rs_m_eff(&x, input->data, input->x, input->n_x, err);
    if (status != RS_OK)
        return status;
    print_side("dependent", &y);
    print_side("independent", &x);
    if (pairs == RS_PAIRS_MATCHED || !(y.nyholt * x.nyholt > 0.0))
        return RS_OK;
    nyholt = tests_of(y.nyholt, x.nyholt, is_one_list(input));
    li_ji = tests_of(y.li_ji, x.li_ji, is_one_list(input));
    rs_message("m-eff: together %.5g or %.5g tests: 0.05 / tests = %.3g or "
               "%.3g",
               nyholt, li_ji, 0.05 / nyholt, 0.05 / li_ji);
    return RS_OK;
}
