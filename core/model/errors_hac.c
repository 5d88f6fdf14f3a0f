/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coded_rows.h"
#include "errors.h"
#include "mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * Errors of Newey and West (1987) of L lags, as NeweyWest(prewhite = FALSE,
 * adjust = TRUE) of R's sandwich: of n rows in their order, k coefficients and
 * scores s_kt = u_kt e_t,
 *     meat_kl = n / (n - k) sum_j w_j sum_t (s_kt s_l,t-j + s_k,t-j s_lt),
 *     w_j = 1 - j / (L + 1), j = 1 .. L, and w_0 = 1 / 2.
 * Rows that a fit does not use leave no gap.
 */

struct hac {
    size_t lag;
    size_t *order; /* [n_rows] rows of the dataset by time; NULL: as they are */
    size_t n_rows;
    size_t *place; /* [n_rows] of a row among the fit's, 1 more; 0: none */
    struct rs_dd *scores; /* [most][n_rows] of a fit, in order */
};

static enum rs_status sort_rows(struct hac *self, const struct rs_factor *time,
                                struct rs_error *err)
{
    struct rs_coded_row *moments = rs_alloc(self->n_rows, sizeof *moments, err);

    self->order = rs_alloc(self->n_rows, sizeof *self->order, err);
    self->place = rs_alloc(self->n_rows, sizeof *self->place, err);
    if (moments == NULL || self->order == NULL || self->place == NULL) {
        free(moments);
        return RS_ERR_NOMEM;
    }
    for (size_t i = 0; i < self->n_rows; i++)
        moments[i] = (struct rs_coded_row){time->codes[i], 0, i};
    rs_coded_rows_sort(moments, self->n_rows);
    for (size_t i = 0; i < self->n_rows; i++)
        self->order[i] = moments[i].row;
    free(moments);
    return RS_OK;
}

static void hac_close(void *state)
{
    struct hac *self = state;

    if (self == NULL)
        return;
    free(self->order);
    free(self->place);
    free(self->scores);
    free(self);
}

static enum rs_status hac_open(void **state, const struct rs_spec *spec,
                               size_t most, struct rs_error *err)
{
    const struct rs_errors_ask *ask = spec->errors_ask;
    struct hac *self = rs_alloc(1, sizeof *self, err);

    *state = self;
    if (self == NULL)
        return RS_ERR_NOMEM;
    self->lag = ask->lag;
    self->n_rows = spec->data->n_rows;
    self->scores = rs_alloc(most * self->n_rows, sizeof *self->scores, err);
    if (self->scores == NULL)
        return RS_ERR_NOMEM;
    if (ask->time == RS_NO_COLUMN)
        return RS_OK;
    return sort_rows(self, spec->data->columns[ask->time].levels, err);
}

/* The scores of all estimates in the order of time. */
static void order_scores(struct hac *self, const struct rs_errors_rows *rows)
{
    size_t used = 0;

    if (self->order == NULL) {
        for (size_t k = 0; k < rows->n_estimates; k++)
            memcpy(&self->scores[k * rows->n], rows->score[k],
                   rows->n * sizeof *self->scores);
        return;
    }
    memset(self->place, 0, self->n_rows * sizeof *self->place);
    for (size_t i = 0; i < rows->n; i++)
        self->place[rows->row[i]] = i + 1;
    for (size_t j = 0; j < self->n_rows; j++) {
        size_t place = self->place[self->order[j]];
        if (place == 0)
            continue;
        for (size_t k = 0; k < rows->n_estimates; k++)
            self->scores[k * rows->n + used] = rows->score[k][place - 1];
        used++;
    }
}

/* sum_t a_t b_t-j */
static struct rs_dd lagged(const struct rs_dd *a, const struct rs_dd *b,
                           size_t j, size_t n)
{
    struct rs_dd sum = rs_dd_of(0.0);

    for (size_t t = j; t < n; t++)
        sum = rs_dd_add(sum, rs_dd_mul(a[t], b[t - j]));
    return sum;
}

/* All lags of two estimates. */
static struct rs_dd product(const struct hac *self, const struct rs_dd *a,
                            const struct rs_dd *b, size_t n)
{
    struct rs_dd sum = lagged(a, b, 0, n);
    double steps = (double)self->lag + 1.0;

    for (size_t j = 1; j <= self->lag && j < n; j++) {
        struct rs_dd weight =
            rs_dd_div(rs_dd_of(steps - (double)j), rs_dd_of(steps));
        struct rs_dd both = rs_dd_add(lagged(a, b, j, n), lagged(b, a, j, n));
        sum = rs_dd_add(sum, rs_dd_mul(weight, both));
    }
    return sum;
}

static enum rs_outcome hac_meat(double *meat, double *df, void *state,
                                const struct rs_errors_rows *rows)
{
    struct hac *self = state;
    size_t n = rows->n;

    order_scores(self, rows);
    for (size_t k = 0; k < rows->n_estimates; k++)
        for (size_t l = 0; l <= k; l++)
            meat[k * rows->n_estimates + l] =
                rs_dd_double(product(self, &self->scores[k * n],
                                     &self->scores[l * n], n)) *
                (rows->n_all / *df);
    return RS_FIT_OK;
}

const struct rs_errors_kind rs_errors_hac = {
    .name = "hac",
    .asks = RS_ERRORS_OF_LAGS,
    .by_sums = true,
    .open = hac_open,
    .close = hac_close,
    .meat = hac_meat,
};
