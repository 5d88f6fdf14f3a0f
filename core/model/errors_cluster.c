/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coded_rows.h"
#include "errors.h"
#include "mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Errors of clusters (Liang and Zeger 1986), CR1 as vcovCL() of R's sandwich
 * and Stata have it: with S_kg the sum of the scores u_k e of the rows of
 * cluster g, of G clusters, n rows and k coefficients,
 *     meat_kl = G / (G - 1) (n - 1) / (n - k) sum_g S_kg S_lg,
 * and tests of G - 1 degrees of freedom. Of two columns (Cameron, Gelbach and
 * Miller 2011) that of each, less that of their intersections, each with its
 * own G, and the lesser G - 1.
 */

/* A way to cut the rows into clusters. */
struct cut {
    int32_t *codes; /* [n_rows] cluster of a row of the dataset; -1: none */
    size_t n_codes;
    double sign; /* of its part */
};

enum { CUTS = 3 };

struct cluster {
    struct cut cuts[CUTS];
    size_t n_cuts;
    struct rs_dd *meat; /* [most][most] */
    struct rs_dd *sums; /* [most][most codes] scores of one cut */
    double *sizes;      /* [most codes] sums of |score| */
    bool *seen;         /* [most codes] the fit has rows of it */
};

/* A sum that is a smaller part than this of its terms is 0: normal equations
 * make some so, and double-doubles leave their rounding. */
static const double nothing = 0x1p-60;

/* ---- what is cut ------------------------------------------------- */

static void cluster_close(void *state)
{
    struct cluster *self = state;

    if (self == NULL)
        return;
    for (size_t c = 0; c < CUTS; c++)
        free(self->cuts[c].codes);
    free(self->meat);
    free(self->sums);
    free(self->sizes);
    free(self->seen);
    free(self);
}

static enum rs_status cut_by(struct cut *cut, const struct rs_spec *spec,
                             size_t column, struct rs_error *err)
{
    const struct rs_factor *factor = spec->data->columns[column].levels;
    size_t n = spec->data->n_rows;

    cut->sign = 1.0;
    cut->n_codes = factor->n_levels;
    cut->codes = rs_alloc(n, sizeof *cut->codes, err);
    if (cut->codes == NULL)
        return RS_ERR_NOMEM;
    memcpy(cut->codes, factor->codes, n * sizeof *cut->codes);
    return RS_OK;
}

/* Rows are in one cluster when they are by both cuts. */
static enum rs_status cross(struct cut *out, const struct cut *a,
                            const struct cut *b, size_t n, struct rs_error *err)
{
    struct rs_coded_row *rows = rs_alloc(n, sizeof *rows, err);

    out->sign = -1.0;
    out->codes = rs_alloc(n, sizeof *out->codes, err);
    if (rows == NULL || out->codes == NULL) {
        free(rows);
        return RS_ERR_NOMEM;
    }
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct rs_coded_row){a->codes[i], b->codes[i], i};
    rs_coded_rows_sort(rows, n);
    for (size_t i = 0; i < n; i++) {
        bool none = rows[i].a < 0 || rows[i].b < 0;
        if (!none && rs_coded_rows_begins(rows, i))
            out->n_codes++;
        out->codes[rows[i].row] = none ? -1 : (int32_t)out->n_codes - 1;
    }
    free(rows);
    return RS_OK;
}

static enum rs_status cluster_open(void **state, const struct rs_spec *spec,
                                   size_t most, struct rs_error *err)
{
    const struct rs_errors_ask *ask = spec->errors_ask;
    struct cluster *self = rs_alloc(1, sizeof *self, err);
    size_t codes = 0;
    enum rs_status status = RS_OK;

    *state = self;
    if (self == NULL)
        return RS_ERR_NOMEM;
    for (size_t c = 0; c < ask->n_clusters && status == RS_OK; c++)
        status =
            cut_by(&self->cuts[self->n_cuts++], spec, ask->clusters[c], err);
    if (status == RS_OK && self->n_cuts == 2)
        status = cross(&self->cuts[self->n_cuts++], &self->cuts[0],
                       &self->cuts[1], spec->data->n_rows, err);
    if (status != RS_OK)
        return status;
    for (size_t c = 0; c < self->n_cuts; c++)
        if (self->cuts[c].n_codes > codes)
            codes = self->cuts[c].n_codes;
    self->meat = rs_alloc(most * most, sizeof *self->meat, err);
    self->sums = rs_alloc(most * codes, sizeof *self->sums, err);
    self->sizes = rs_alloc(codes, sizeof *self->sizes, err);
    self->seen = rs_alloc(codes, sizeof *self->seen, err);
    return self->meat == NULL || self->sums == NULL || self->sizes == NULL ||
                   self->seen == NULL
               ? RS_ERR_NOMEM
               : RS_OK;
}

/* ---- a fit ------------------------------------------------------- */

/* How many clusters have rows. */
static double count(struct cluster *self, const struct cut *cut,
                    const struct rs_errors_rows *rows)
{
    size_t n = 0;

    memset(self->seen, 0, cut->n_codes * sizeof *self->seen);
    for (size_t i = 0; i < rows->n; i++) {
        bool *seen = &self->seen[cut->codes[rows->row[i]]];
        n += *seen ? 0 : 1;
        *seen = true;
    }
    return (double)n;
}

/* Sums of estimate k's scores by cluster. */
static void sum_scores(struct cluster *self, struct rs_dd *sums,
                       const struct cut *cut, const struct rs_errors_rows *rows,
                       size_t k)
{
    memset(sums, 0, cut->n_codes * sizeof *sums);
    memset(self->sizes, 0, cut->n_codes * sizeof *self->sizes);
    for (size_t i = 0; i < rows->n; i++) {
        int32_t g = cut->codes[rows->row[i]];
        sums[g] = rs_dd_add(sums[g], rows->score[k][i]);
        self->sizes[g] += fabs(rows->score[k][i].hi);
    }
    for (size_t g = 0; g < cut->n_codes; g++)
        if (fabs(sums[g].hi) <= nothing * self->sizes[g])
            sums[g] = rs_dd_of(0.0);
}

static struct rs_dd product(const struct rs_dd *a, const struct rs_dd *b,
                            size_t n)
{
    struct rs_dd sum = rs_dd_of(0.0);

    for (size_t g = 0; g < n; g++)
        sum = rs_dd_add(sum, rs_dd_mul(a[g], b[g]));
    return sum;
}

/* The part of one cut, of n_clusters that have rows. */
static void add_cut(struct cluster *self, const struct cut *cut,
                    const struct rs_errors_rows *rows, double n_clusters)
{
    size_t n = rows->n_estimates;
    double up = cut->sign * n_clusters * (rows->n_all - 1.0);
    double down = (n_clusters - 1.0) * (rows->n_all - rows->k);
    struct rs_dd factor = rs_dd_div(rs_dd_of(up), rs_dd_of(down));

    for (size_t k = 0; k < n; k++)
        sum_scores(self, &self->sums[k * cut->n_codes], cut, rows, k);
    for (size_t k = 0; k < n; k++)
        for (size_t l = 0; l <= k; l++) {
            struct rs_dd *cell = &self->meat[k * n + l];
            struct rs_dd sum =
                product(&self->sums[k * cut->n_codes],
                        &self->sums[l * cut->n_codes], cut->n_codes);
            *cell = rs_dd_add(*cell, rs_dd_mul(factor, sum));
        }
}

static enum rs_outcome cluster_meat(double *meat, double *df, void *state,
                                    const struct rs_errors_rows *rows)
{
    struct cluster *self = state;
    size_t n = rows->n_estimates;

    *df = INFINITY;
    memset(self->meat, 0, n * n * sizeof *self->meat);
    for (size_t c = 0; c < self->n_cuts; c++) {
        double n_clusters = count(self, &self->cuts[c], rows);
        *df = fmin(*df, n_clusters - 1.0);
        if (n_clusters < 2.0)
            return RS_FIT_ONE_CLUSTER;
        add_cut(self, &self->cuts[c], rows, n_clusters);
    }
    for (size_t kl = 0; kl < n * n; kl++)
        meat[kl] = rs_dd_double(self->meat[kl]);
    return RS_FIT_OK;
}

const struct rs_errors_kind rs_errors_cluster = {
    .name = "cluster",
    .asks = RS_ERRORS_OF_CLUSTERS,
    .by_sums = true,
    .open = cluster_open,
    .close = cluster_close,
    .meat = cluster_meat,
};
