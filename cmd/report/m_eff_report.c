/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "m_eff_report.h"

#include "human.h"
#include "message.h"
#include "run_results.h"

static void print_side(const char *what, const struct rs_m_eff *found)
{
    struct rs_human n;

    rs_message("m-eff: %s %s%s amount%s to %.5g (Nyholt) or %.5g (Li and Ji)",
               rs_human_count(&n, found->n_columns), what,
               rs_plural(found->n_columns), found->n_columns == 1 ? "s" : "",
               found->nyholt, found->li_ji);
}

enum rs_status rs_m_eff_report(const struct rs_run *run, struct rs_error *err)
{
    struct rs_run_m_eff found;
    enum rs_status status = rs_run_m_eff(&found, run, err);

    if (status != RS_OK)
        return status;
    print_side("dependent", &found.y);
    print_side("independent", &found.x);
    if (found.together)
        rs_message("m-eff: together %.5g or %.5g tests: 0.05 / tests = %.3g "
                   "or %.3g",
                   found.nyholt, found.li_ji, 0.05 / found.nyholt,
                   0.05 / found.li_ji);
    return RS_OK;
}
