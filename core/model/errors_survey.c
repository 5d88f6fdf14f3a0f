/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coded_rows.h"
#include "errors.h"
#include "mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * Linearised errors of a survey whose PSUs are drawn within strata (Binder
 * 1983), as svyglm() of R's survey: with z_kj the sum of the scores of PSU j,
 *     meat_kl = sum_h n_h / (n_h - 1) sum_j (z_kj - z_kh) (z_lj - z_lh),
 * over the strata h, n_h PSUs each and z_kh their mean. The rows of a fit are a
 * domain of the file: a PSU without any has z = 0, and counts in n_h. Tests
 * have PSUs - strata + 1 - k degrees of freedom, both of the rows used.
 */

struct survey {
    enum rs_lonely lonely;
    int32_t *stratum; /* [n_rows] of the dataset */
    size_t *psu;      /* [n_rows] likewise, those of a stratum its own */
    size_t n_strata, n_psus;
    const size_t *n_of;   /* [n_strata] PSUs of the file */
    struct rs_dd *totals; /* [most][n_psus] of one fit */
    struct rs_dd *means;  /* [most][n_strata] */
    int32_t *stratum_of;  /* [n_psus] -1: the fit has no row of it */
    size_t *seen;         /* [n_strata] PSUs that the fit has rows of */
    double psus_used, strata_used;
};

/* ---- the design -------------------------------------------------- */

/* The rows in the order of strata (a) and PSUs (b); -1: a row lacks it. Without
 * PSUs each row is one. */
static struct rs_coded_row *sort_rows(const struct rs_dataset *data,
                                      const struct rs_errors_ask *ask,
                                      struct rs_error *err)
{
    struct rs_coded_row *places = rs_alloc(data->n_rows, sizeof *places, err);
    const struct rs_factor *strata =
        ask->strata == RS_NO_COLUMN ? NULL : data->columns[ask->strata].levels;
    const struct rs_factor *psus =
        ask->psu == RS_NO_COLUMN ? NULL : data->columns[ask->psu].levels;

    for (size_t i = 0; places != NULL && i < data->n_rows; i++)
        places[i] = (struct rs_coded_row){
            strata == NULL ? 0 : strata->codes[i],
            psus == NULL ? (int32_t)i : psus->codes[i], i};
    if (places != NULL)
        rs_coded_rows_sort(places, data->n_rows);
    return places;
}

static bool is_in(const struct rs_coded_row *place)
{
    return place->a >= 0 && place->b >= 0;
}

/* The first row of a PSU. */
static bool begins(const struct rs_coded_row *places, size_t i)
{
    return is_in(&places[i]) && rs_coded_rows_begins(places, i);
}

static size_t count_strata(const struct rs_dataset *data,
                           const struct rs_errors_ask *ask)
{
    return ask->strata == RS_NO_COLUMN
               ? 1
               : data->columns[ask->strata].levels->n_levels;
}

enum rs_status rs_errors_count_psus(size_t **out, const struct rs_dataset *data,
                                    const struct rs_errors_ask *ask,
                                    struct rs_error *err)
{
    struct rs_coded_row *places = sort_rows(data, ask, err);

    *out = rs_alloc(count_strata(data, ask), sizeof **out, err);
    for (size_t i = 0; places != NULL && *out != NULL && i < data->n_rows; i++)
        if (begins(places, i))
            (*out)[places[i].a]++;
    free(places);
    return places == NULL || *out == NULL ? RS_ERR_NOMEM : RS_OK;
}

static void survey_close(void *state)
{
    struct survey *self = state;

    if (self == NULL)
        return;
    free(self->stratum);
    free(self->psu);
    free(self->totals);
    free(self->means);
    free(self->stratum_of);
    free(self->seen);
    free(self);
}

/* Numbers the PSUs of the rows. */
static enum rs_status number_psus(struct survey *self,
                                  const struct rs_spec *spec,
                                  struct rs_error *err)
{
    size_t n = spec->data->n_rows;
    struct rs_coded_row *places = sort_rows(spec->data, spec->errors_ask, err);

    self->stratum = rs_alloc(n, sizeof *self->stratum, err);
    self->psu = rs_alloc(n, sizeof *self->psu, err);
    if (places == NULL || self->stratum == NULL || self->psu == NULL) {
        free(places);
        return RS_ERR_NOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        if (begins(places, i))
            self->n_psus++;
        self->stratum[places[i].row] = places[i].a;
        self->psu[places[i].row] = is_in(&places[i]) ? self->n_psus - 1 : 0;
    }
    free(places);
    return RS_OK;
}

static enum rs_status survey_open(void **state, const struct rs_spec *spec,
                                  size_t most, struct rs_error *err)
{
    struct survey *self = rs_alloc(1, sizeof *self, err);
    enum rs_status status = RS_OK;

    *state = self;
    if (self == NULL)
        return RS_ERR_NOMEM;
    status = number_psus(self, spec, err);
    if (status != RS_OK)
        return status;
    self->lonely = spec->errors_ask->lonely;
    self->n_of = spec->errors_ask->n_psus;
    self->n_strata = count_strata(spec->data, spec->errors_ask);
    self->totals = rs_alloc(most * self->n_psus, sizeof *self->totals, err);
    self->means = rs_alloc(most * self->n_strata, sizeof *self->means, err);
    self->stratum_of = rs_alloc(self->n_psus, sizeof *self->stratum_of, err);
    self->seen = rs_alloc(self->n_strata, sizeof *self->seen, err);
    return self->totals == NULL || self->means == NULL ||
                   self->stratum_of == NULL || self->seen == NULL
               ? RS_ERR_NOMEM
               : RS_OK;
}

/* ---- a fit ------------------------------------------------------- */

/* Which PSUs and strata the fit has rows of. */
static void count_used(struct survey *self, const struct rs_errors_rows *rows)
{
    memset(self->seen, 0, self->n_strata * sizeof *self->seen);
    memset(self->stratum_of, -1, self->n_psus * sizeof *self->stratum_of);
    self->psus_used = 0.0;
    self->strata_used = 0.0;
    for (size_t i = 0; i < rows->n; i++) {
        size_t row = rows->row[i];
        int32_t *stratum = &self->stratum_of[self->psu[row]];
        if (*stratum >= 0)
            continue;
        *stratum = self->stratum[row];
        self->psus_used += 1.0;
        self->strata_used += self->seen[*stratum]++ == 0 ? 1.0 : 0.0;
    }
}

/* Totals of estimate k by PSU, and their means by stratum. */
static void sum_scores(struct survey *self, const struct rs_errors_rows *rows,
                       size_t k)
{
    struct rs_dd *totals = &self->totals[k * self->n_psus];
    struct rs_dd *means = &self->means[k * self->n_strata];

    memset(totals, 0, self->n_psus * sizeof *totals);
    memset(means, 0, self->n_strata * sizeof *means);
    for (size_t i = 0; i < rows->n; i++) {
        size_t row = rows->row[i];
        struct rs_dd *total = &totals[self->psu[row]];
        struct rs_dd *mean = &means[self->stratum[row]];
        *total = rs_dd_add(*total, rows->score[k][i]);
        *mean = rs_dd_add(*mean, rows->score[k][i]);
    }
    for (size_t h = 0; h < self->n_strata; h++)
        if (self->seen[h] > 0 && self->n_of[h] > 1)
            means[h] = rs_dd_div(means[h], rs_dd_of((double)self->n_of[h]));
}

/* n_h / (n_h - 1); of a PSU that is alone what is made of it: 1 by its
 * distance from 0, or nothing. */
static double factor_of(const struct survey *self, size_t h)
{
    double n = (double)self->n_of[h];

    if (n > 1.0)
        return n / (n - 1.0);
    return self->lonely == RS_LONELY_ADJUST ? 1.0 : 0.0;
}

static struct rs_dd distance(const struct survey *self, size_t k, size_t psu)
{
    size_t h = (size_t)self->stratum_of[psu];
    struct rs_dd total = self->totals[k * self->n_psus + psu];

    return self->n_of[h] > 1
               ? rs_dd_sub(total, self->means[k * self->n_strata + h])
               : total;
}

/* The sum over PSUs with rows, and over those without. */
static struct rs_dd product(const struct survey *self, size_t k, size_t l)
{
    struct rs_dd sum = rs_dd_of(0.0);

    for (size_t j = 0; j < self->n_psus; j++) {
        struct rs_dd part;
        if (self->stratum_of[j] < 0)
            continue;
        part = rs_dd_mul(distance(self, k, j), distance(self, l, j));
        sum = rs_dd_add(
            sum,
            rs_dd_scale(part, factor_of(self, (size_t)self->stratum_of[j])));
    }
    for (size_t h = 0; h < self->n_strata; h++) {
        double n_without = (double)(self->n_of[h] - self->seen[h]);
        struct rs_dd part;
        if (self->seen[h] == 0 || self->n_of[h] < 2)
            continue;
        part = rs_dd_mul(self->means[k * self->n_strata + h],
                         self->means[l * self->n_strata + h]);
        sum = rs_dd_add(sum, rs_dd_scale(part, n_without * factor_of(self, h)));
    }
    return sum;
}

/* Strata with rows whose PSU is the only one. */
static double count_lonely(const struct survey *self)
{
    double n = 0.0;

    for (size_t h = 0; h < self->n_strata; h++)
        n += self->seen[h] > 0 && self->n_of[h] < 2 ? 1.0 : 0.0;
    return n;
}

static enum rs_outcome survey_meat(double *meat, double *df, void *state,
                                   const struct rs_errors_rows *rows)
{
    struct survey *self = state;
    size_t n = rows->n_estimates;
    double up = 1.0;
    double lonely = 0.0;

    count_used(self, rows);
    lonely = count_lonely(self);
    *df = self->psus_used - self->strata_used + 1.0 - rows->k;
    if (lonely > 0.0 && self->lonely == RS_LONELY_FAIL)
        return RS_FIT_LONELY_PSU;
    if (!(*df >= 1.0)) {
        *df = 0.0;
        return RS_FIT_N_TOO_SMALL;
    }
    if (self->lonely == RS_LONELY_AVERAGE && lonely < self->strata_used)
        up = self->strata_used / (self->strata_used - lonely);
    for (size_t k = 0; k < n; k++)
        sum_scores(self, rows, k);
    for (size_t k = 0; k < n; k++)
        for (size_t l = 0; l <= k; l++)
            meat[k * n + l] = up * rs_dd_double(product(self, k, l));
    return RS_FIT_OK;
}

const struct rs_errors_kind rs_errors_survey = {
    .name = "survey",
    .asks = RS_ERRORS_OF_DESIGN,
    .by_sums = true,
    .open = survey_open,
    .close = survey_close,
    .meat = survey_meat,
};
