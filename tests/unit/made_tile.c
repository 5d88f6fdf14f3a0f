/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_tile.h"

#include "tile_prepare.h"

#include <check.h>
#include <string.h>

void made_tile_init(struct made_tile *t, const struct made_ask *ask)
{
    memset(t, 0, sizeof *t);
    made_sweep_init(&t->sweep, ask);
}

void made_tile_prepare(struct made_tile *t, enum rs_tile_screening screening)
{
    const struct rs_kernel *kernel = t->sweep.env.kernel;
    struct rs_tile_worker *w = &t->worker;
    struct rs_error err;

    ck_assert_int_eq(rs_tile_data_init(&t->data, &t->sweep.spec, &t->sweep.plan,
                                       kernel, screening, 1, &err),
                     RS_OK);
    w->env = t->sweep.env;
    w->data = &t->data;
    w->kernel = kernel;
    w->block_x = t->data.single ? kernel->single_x_panels * kernel->single_width
                                : kernel->x_panels * kernel->width;
    w->wide = (t->sweep.plan.n_x / w->block_x + 2) * w->block_x;
    w->high = (t->sweep.plan.n_y / RS_BLOCK_Y + 2) * RS_BLOCK_Y;
    w->single_error = rs_single_error(t->data.basis.n);
    w->certain = 1e-4;
    w->least_rest = rs_tile_least_rest;
    ck_assert_int_eq(rs_tile_levels_new(w, &err), RS_OK);
    ck_assert_int_eq(w->env.model->open(&w->fits, w->env.spec, &err), RS_OK);
}

void made_tile_clear(struct made_tile *t)
{
    t->worker.env.model->close(t->worker.fits);
    rs_tile_levels_free(&t->worker);
    rs_tile_data_clear(&t->data);
    made_sweep_clear(&t->sweep);
}

struct rs_tile made_tile_all(const struct made_tile *t)
{
    return (struct rs_tile){0, t->sweep.plan.n_y, 0, t->sweep.plan.n_x};
}
