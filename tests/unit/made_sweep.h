/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MADE_SWEEP_H
#define RS_MADE_SWEEP_H

#include "engine.h"
#include "made_data.h"

/* A small sweep: a dataset of made numbers, the plan of its pairs, and what an
 * engine works on. */

/* What is wanted of one. */
struct made_ask {
    size_t n;             /* rows */
    size_t n_y, n_x, n_z; /* columns, in this order; n_x 0: x are the y */
    bool through_0;       /* without an intercept */
    bool weighted;        /* by a column behind the others */
    size_t n_levels;      /* of a factor, one more covariate; 0: none */
    double missing;       /* part of the cells of y and x */
    enum rs_pairs pairs;
    struct rs_tile_shape tile; /* 0, 0: of 4 by 4 */
    uint64_t seed;
};

/* To be changed at will: the values before made_sweep_load, the lists before
 * made_sweep_plan, the rest any time. */
struct made_sweep {
    size_t n, n_y, n_x, n_z; /* the factor is one of z, the last */
    size_t n_columns, n_levels;
    double *values;  /* [n_columns][n], NaN = missing */
    size_t *columns; /* [n_columns] 0, 1, ...: the lists of y, x, covariates */
    struct rs_tile_shape tile;
    struct rs_dataset *data;
    struct rs_plan plan;
    struct rs_spec spec;
    struct rs_keep keep; /* all pairs */
    struct rs_engine_env env;
};

/* Normal numbers, weights in [0.5, 1.5); made into a dataset with columns c0,
 * c1, ..., and a plan. Must not be moved. Owns: made_sweep_clear. */
void made_sweep_init(struct made_sweep *s, const struct made_ask *ask);
void made_sweep_clear(struct made_sweep *s);

/* The dataset again, and the plan. */
void made_sweep_load(struct made_sweep *s);
void made_sweep_plan(struct made_sweep *s, enum rs_pairs pairs);

/* All tiles, in order, in this process. */
void made_sweep_run(const struct made_sweep *s, const struct rs_engine *engine,
                    const struct rs_emitter *emit);

/* The fit of a cell of the plan by the model alone. */
void made_sweep_fit(const struct made_sweep *s, size_t y, size_t x,
                    struct rs_fit *fit);

/* For an emitter: no pair has been given up. */
bool made_sweep_begin(void *ctx, uint64_t item);

#endif
