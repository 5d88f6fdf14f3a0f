/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "m_eff_report.h"

#include "human.h"
#include "message.h"

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
static enum rs_status add_groups(struct rs_run_m_eff *out,
                                 const struct rs_run *run, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    *out = (struct rs_run_m_eff){.together = false};
    for (size_t g = 0; g < run->input.groups.n && status == RS_OK; g++) {
        struct rs_run_m_eff found;
        status = rs_run_m_eff(&found, run, g * run->n_kinds, err);
        if (status != RS_OK || !found.together)
            continue;
        out->nyholt += found.nyholt;
        out->li_ji += found.li_ji;
        out->together = out->nyholt > 0.0;
    }
    return status;
}

enum rs_status rs_m_eff_find(struct rs_run_m_eff *out, const struct rs_run *run,
                             struct rs_error *err)
{
    return run->input.groups.n > 0 ? add_groups(out, run, err)
                                   : rs_run_m_eff(out, run, 0, err);
}

void rs_m_eff_print(const struct rs_run_m_eff *found, const struct rs_run *run)
{
    size_t n_groups = run->input.groups.n;
    struct rs_human n;

    if (n_groups == 0) {
        print_side("dependent", &found->y);
        print_side("independent", &found->x);
    } else if (found->together) {
        rs_message("m-eff: the sum of %s groups, each by its own rows",
                   rs_human_count(&n, n_groups));
    }
    if (found->together)
        print_together(found->nyholt, found->li_ji);
}
