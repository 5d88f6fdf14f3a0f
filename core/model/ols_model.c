/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_errors.h"
#include "ols_shared.h"

#include <math.h>

/* What is tested: F, or t of the slope. */
static void take_test(struct rs_fit *out, const struct rs_lsq_result *result)
{
    out->outcome = result->outcome;
    if (out->statistic == RS_STAT_F) {
        out->stat = result->f;
        return;
    }
    out->beta = result->x.estimate;
    out->se = result->x.se;
    out->stat = result->t;
}

/* A robust standard error or F in the place of the classical one. */
static void find_errors(struct rs_ols *self, struct rs_lsq_result *result)
{
    rs_ols_base_left(self);
    if (result->df1 > 0)
        rs_lsq_errors_f(self->lsq, result, &self->errors);
    else
        rs_lsq_errors(self->lsq, result, &self->errors);
}

static void ols_fit(void *state, size_t y, size_t x, struct rs_fit *out)
{
    struct rs_ols *self = state;
    const struct rs_spec *spec = &self->base.spec;
    struct rs_lsq_result result;
    size_t n = 0;
    bool solved = rs_ols_solve(self, &result, &n, y, x);

    rs_fit_clear(out, RS_FIT_N_TOO_SMALL, n);
    if (rs_block_of(spec, x).by_f) {
        out->statistic = RS_STAT_F;
        out->df1 = solved && result.df1 > 0 ? (double)result.df1 : NAN;
    }
    if (!solved)
        return;
    out->df = result.df > 0.0 ? result.df : 0.0;
    out->n_coef = (double)result.rank;
    out->intercept = result.intercept.estimate;
    out->r2 = result.r2;
    out->sigma = ldexp(result.sigma, self->base.exponent);
    out->log_weight = self->log_weight;
    out->r = result.r;
    if (result.outcome == RS_FIT_OK && rs_errors_robust(spec)) {
        if (out->statistic == RS_STAT_T)
            out->r = result.t / hypot(result.t, sqrt(result.df));
        find_errors(self, &result);
        out->test_df = result.test_df;
    }
    take_test(out, &result);
}

static bool ols_lacked_memory(const void *state)
{
    const struct rs_ols *self = state;

    return self->no_memory;
}

const struct rs_model rs_model_ols = {
    .name = "ols",
    .help = "least squares",
    .can = RS_CAN_TERMS | RS_CAN_TILE | RS_CAN_WEIGHTS | RS_CAN_PERMUTE |
           RS_CAN_BOOTSTRAP | RS_CAN_COVARIATES | RS_CAN_LINE | RS_CAN_BLOCKS,
    .open = rs_ols_open,
    .fit = ols_fit,
    .terms = rs_ols_terms,
    .lacked_memory = ols_lacked_memory,
    .close = rs_ols_close,
};
