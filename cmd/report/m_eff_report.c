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

static void print_together(double nyholt, double li_ji)
{
    rs_message("m-eff: together %.5g or %.5g tests: 0.05 / tests = %.3g "
               "or %.3g",
               nyholt, li_ji, 0.05 / nyholt, 0.05 / li_ji);
}

/* The tests of groups, which share no row, are independent of each other. All
 * kinds of parts of a group have its columns in common; pooled rows have none
 * of their own. */
static enum rs_status report_groups(const struct rs_run *run,
                                    struct rs_error *err)
{
    size_t n_groups = run->input.groups.n;
    struct rs_human n;
    double nyholt = 0.0;
    double li_ji = 0.0;
    enum rs_status status = RS_OK;

    for (size_t g = 0; g < n_groups && status == RS_OK; g++) {
        struct rs_run_m_eff found;
        status = rs_run_m_eff(&found, run, g * run->n_kinds, err);
        if (status != RS_OK || !found.together)
            continue;
        nyholt += found.nyholt;
        li_ji += found.li_ji;
    }
    if (status == RS_OK && nyholt > 0.0) {
        rs_message("m-eff: the sum of %s groups, each by its own rows",
                   rs_human_count(&n, n_groups));
        print_together(nyholt, li_ji);
    }
    return status;
}

enum rs_status rs_m_eff_report(const struct rs_run *run, struct rs_error *err)
{
    struct rs_run_m_eff found;
    enum rs_status status = RS_OK;

    if (run->input.groups.n > 0)
        return report_groups(run, err);
    status = rs_run_m_eff(&found, run, 0, err);
    if (status != RS_OK)
        return status;
    print_side("dependent", &found.y);
    print_side("independent", &found.x);
    if (found.together)
        print_together(found.nyholt, found.li_ji);
    return RS_OK;
}
