/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measured.h"

#include "measures.h"
#include "mem.h"

#include <stdlib.h>

struct measured {
    const struct rs_plan *plan;
    struct rs_measurer *measurer;
    struct rs_dropped dropped; /* in the pair measured last */
};

static void close_measured(void *state)
{
    struct measured *self = state;

    if (self == NULL)
        return;
    rs_measurer_free(self->measurer);
    free(self);
}

static enum rs_status open_measured(const void *ctx, void **state,
                                    const struct rs_plan *plan,
                                    const struct rs_spec *spec,
                                    struct rs_error *err)
{
    struct measured *self = rs_alloc(1, sizeof *self, err);

    (void)ctx;
    *state = self;
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->plan = plan;
    return rs_measurer_new(&self->measurer, spec, err);
}

static const struct rs_dropped *dropped(const void *state)
{
    return &((const struct measured *)state)->dropped;
}

static void add(const void *ctx, void *state, double *added, size_t y_ix,
                size_t x_ix, const struct rs_fit *fit)
{
    struct measured *self = state;
    struct rs_measures m;
    const struct {
        enum rs_field field;
        const double *value;
    } columns[] = {
        {RS_FIELD_STD_BETA, &m.std_beta},
        {RS_FIELD_MEAN_Y, &m.mean_y},
        {RS_FIELD_SD_Y, &m.sd_y},
        {RS_FIELD_MEAN_X, &m.mean_x},
        {RS_FIELD_SD_X, &m.sd_x},
        {RS_FIELD_N_LEVELS, &m.n_levels},
        {RS_FIELD_COND, &m.cond},
        {RS_FIELD_VIF, &m.vif},
        {RS_FIELD_LEVERAGE_MAX, &m.leverage_max},
        {RS_FIELD_COOKS_MAX, &m.cooks_max},
        {RS_FIELD_DW, &m.dw},
        {RS_FIELD_BP_P, &m.bp_p},
        {RS_FIELD_N_DROPPED, &m.n_dropped},
    };

    (void)ctx;
    self->dropped.n = 0;
    if (fit->outcome == RS_FIT_WORKER_LOST)
        return;
    rs_measure(self->measurer, &m, self->plan->y[y_ix], self->plan->x[x_ix],
               fit);
    self->dropped = (struct rs_dropped){m.dropped, m.n_names};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        added[(int)columns[i].field - RS_ADDED_FIRST] = *columns[i].value;
}

const struct rs_adder rs_measured_adder = {NULL, open_measured, add, dropped,
                                           close_measured};
