/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corrected_rows.h"

#include <math.h>

/* ---- the condition on q ------------------------------------------ */

double rs_corrections_log_p(const struct rs_corrected_part *part, size_t y_ix,
                            size_t x_ix, double own)
{
    double first = part->values.cells == NULL
                       ? own
                       : *rs_values_cell(&part->values, y_ix, x_ix);

    return isnan(first) ? own : first;
}

static double log_p_of(const struct rs_corrected_part *part, size_t y_ix,
                       size_t x_ix, const struct rs_fit *fit)
{
    return rs_corrections_log_p(part, y_ix, x_ix,
                                rs_values_of(&part->values, fit));
}

static const struct rs_adjust_curve *
curve_of(const struct rs_corrected_part *part, size_t y_ix, size_t x_ix)
{
    return rs_families_of(part->all->families, part->ix, y_ix, x_ix);
}

static bool meets_q(const void *ctx, size_t y_ix, size_t x_ix,
                    const struct rs_fit *fit)
{
    const struct rs_corrected_part *part = ctx;

    return rs_adjust_log(curve_of(part, y_ix, x_ix), part->all->q_method,
                         log_p_of(part, y_ix, x_ix, fit)) <=
           part->all->log_q_max;
}

/* Within a part a family is one of the groups that the best are taken of, or
 * has them all. */
static bool is_by_p(enum rs_family family, enum rs_top_of top_of)
{
    if (rs_family_of_parts(family))
        return true;
    return top_of == (((unsigned)family & RS_FAMILY_Y) != 0 ? RS_TOP_PER_Y
                                                            : RS_TOP_PER_X);
}

/* No test beyond the largest p that any family keeps need be looked at. */
void rs_corrected_keep(struct rs_corrections *c, struct rs_keep *keep)
{
    double largest = -INFINITY;
    double p = 0.0;

    for (size_t i = 0; i < rs_families_n(c->families); i++) {
        double most = rs_adjust_log_p_max(rs_families_curve(c->families, i),
                                          c->q_method, c->log_q_max);
        if (most > largest)
            largest = most;
    }
    /* the margin covers the rounding of exp; meets_q decides */
    p = fmin(exp(largest) * (1.0 + 1e-12), 1.0);
    keep->p_max = fmin(keep->p_max, fmax(p, 1e-300));
    for (size_t i = 0; i < c->n_parts; i++) {
        struct rs_corrected_part *part = &c->parts[i];
        part->q =
            (struct rs_keep_q){part, is_by_p(c->family, keep->top_of), meets_q};
    }
    keep->q = &c->parts[0].q;
}

/* ---- numbers of rows --------------------------------------------- */

static enum rs_status open_adder(const void *ctx, void **state,
                                 const struct rs_plan *plan,
                                 const struct rs_spec *spec,
                                 struct rs_error *err)
{
    const struct rs_corrected_part *part = ctx;
    struct rs_bootstrap *bootstrap = NULL;
    enum rs_status status = RS_OK;

    (void)plan;
    if (part->all->bootstrap.n_resamples > 0)
        status =
            rs_bootstrap_open(&bootstrap, spec, &part->all->bootstrap, err);
    *state = bootstrap;
    return status;
}

static void close_adder(void *state)
{
    rs_bootstrap_close(state);
}

static void add_intervals(const struct rs_plan *plan,
                          struct rs_bootstrap *bootstrap, double *added,
                          size_t y_ix, size_t x_ix, const struct rs_fit *fit)
{
    double *at = &added[RS_FIELD_BOOT_LOW - RS_ADDED_FIRST];
    struct rs_bootstrap_limits limits;

    rs_bootstrap_interval(bootstrap, &limits, plan->y[y_ix], plan->x[x_ix],
                          fit);
    at[0] = limits.low;
    at[1] = limits.high;
    at[2] = limits.bca_low;
    at[3] = limits.bca_high;
}

static void add(const void *ctx, void *state, double *added, size_t y_ix,
                size_t x_ix, const struct rs_fit *fit)
{
    const struct rs_corrected_part *part = ctx;
    double logs[RS_ADJUST_COUNT];

    if (state != NULL)
        add_intervals(part->plan, state, added, y_ix, x_ix, fit);
    if (isnan(fit->log_p)) /* no p is shown: none is adjusted */
        return;
    if (part->all->families != NULL) {
        rs_adjust_log_all(logs, curve_of(part, y_ix, x_ix),
                          log_p_of(part, y_ix, x_ix, fit));
        for (int i = 0; i < RS_ADJUST_COUNT; i++)
            added[RS_FIELD_P_BONFERRONI + i - RS_ADDED_FIRST] = exp(logs[i]);
    }
    if (part->permute != NULL)
        added[RS_FIELD_P_PERM - RS_ADDED_FIRST] =
            rs_permute_p(part->permute, y_ix, x_ix, fit);
}

struct rs_adder rs_corrected_adder(const struct rs_corrected_part *part)
{
    return (struct rs_adder){part, open_adder, add, NULL, close_adder};
}

void rs_corrections_serve(const struct rs_corrections *c, size_t ix,
                          struct rs_run_part *part)
{
    struct rs_corrected_part *own = &c->parts[ix];

    part->adders[RS_ADDS_CORRECTED] = &own->adder;
    if (c->log_q_max == 0.0)
        return;
    own->keep = *part->env.keep;
    own->keep.q = &own->q;
    part->env.keep = &own->keep;
}
