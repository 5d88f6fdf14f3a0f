/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toy_model.h"

#include <math.h>

static enum rs_status toy_open(void **state, const struct rs_spec *spec,
                               struct rs_error *err)
{
    (void)err;
    *state = (void *)(uintptr_t)spec;
    return RS_OK;
}

static void toy_fit(void *state, size_t y, size_t x, struct rs_fit *out)
{
    const struct rs_spec *spec = state;
    const struct rs_column *columns = spec->data->columns;
    double mean_y = 0.0;
    double mean_x = 0.0;
    double xx = 0.0;
    double xy = 0.0;
    uint64_t n = 0;

    for (size_t i = 0; i < spec->data->n_rows; i++) {
        if (!rs_column_has(&columns[y], i) || !rs_column_has(&columns[x], i))
            continue;
        n++;
        mean_y += (columns[y].values[i] - mean_y) / (double)n;
        mean_x += (columns[x].values[i] - mean_x) / (double)n;
    }
    rs_fit_clear(out, n == 0 ? RS_FIT_N_TOO_SMALL : RS_FIT_OK, n);
    if (n == 0)
        return;
    for (size_t i = 0; i < spec->data->n_rows; i++) {
        if (!rs_column_has(&columns[y], i) || !rs_column_has(&columns[x], i))
            continue;
        xx += pow(columns[x].values[i] - mean_x, 2.0);
        xy += (columns[x].values[i] - mean_x) * (columns[y].values[i] - mean_y);
    }
    out->statistic = RS_STAT_Z;
    out->df = (double)n - 1.0;
    out->beta = xy / xx;
    out->se = 1.0 / sqrt(xx);
    out->stat = out->beta / out->se;
}

static void toy_close(void *state)
{
    (void)state;
}

const struct rs_model toy_model = {
    .name = "toy",
    .help = "known variance",
    .can = RS_CAN_LINE,
    .open = toy_open,
    .fit = toy_fit,
    .close = toy_close,
};
