/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_bundle_bulk.h"

#include "mem.h"
#include "tile_pair.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

struct rs_tile_bundle_bulk {
    struct rs_tile_worker *worker;
    /* [cells] */
    double *least;   /* of root of tested; infinite: exactly */
    size_t *last;    /* column of the last vector's product */
    double *count_z; /* z of pairs done here; -1 of others */
    double *value;
};

/* ---- life -------------------------------------------------------- */

void rs_tile_bundle_bulk_free(struct rs_tile_bundle_bulk *bulk)
{
    if (bulk == NULL)
        return;
    free(bulk->least);
    free(bulk->last);
    free(bulk);
}

enum rs_status rs_tile_bundle_bulk_new(struct rs_tile_bundle_bulk **out,
                                       struct rs_tile_worker *worker,
                                       size_t cells, struct rs_error *err)
{
    struct rs_tile_bundle_bulk *bulk = rs_alloc(1, sizeof *bulk, err);

    if (bulk == NULL)
        return RS_ERR_NOMEM;
    bulk->worker = worker;
    bulk->least = rs_alloc(3 * cells, sizeof *bulk->least, err);
    bulk->last = rs_alloc(cells, sizeof *bulk->last, err);
    if (bulk->least == NULL || bulk->last == NULL) {
        rs_tile_bundle_bulk_free(bulk);
        return RS_ERR_NOMEM;
    }
    bulk->count_z = bulk->least + cells;
    bulk->value = bulk->count_z + cells;
    *out = bulk;
    return RS_OK;
}

bool rs_tile_bundle_bulk_can(const struct rs_tile_bundle_bulk *bulk,
                             const struct rs_emitter *emit)
{
    const struct rs_tile_worker *w = bulk->worker;

    return emit->values != NULL && !w->data->any_missing &&
           !rs_keep_some(w->env.keep) && w->env.plan->pairs == RS_PAIRS_ALL &&
           (emit->values->field == RS_FIELD_STAT ||
            emit->values->field == RS_FIELD_P ||
            emit->values->field == RS_FIELD_R2 ||
            emit->values->field == RS_VALUE_LOG_P);
}

void rs_tile_bundle_bulk_begin(struct rs_tile_bundle_bulk *bulk,
                               const struct rs_tile_bundle_row *row)
{
    const struct rs_tile_bundles *bundles = &bulk->worker->data->bundles;
    const struct rs_tile_stacks *stacks = &bundles->doubles;
    size_t width = stacks->width;

    for (size_t b = row->first; b < row->end; b++) {
        const struct rs_tile_bundle *bundle = &bundles->bundles[b];
        const struct rs_tile_stack *stack = &stacks->stacks[b / width];
        size_t at = b - row->base;
        size_t k = bundle->n_beside + bundle->n_tested;
        size_t panel = 0;
        bulk->least[at] = bulk->worker->certain;
        if (bundle->by_f)
            bulk->least[at] *= 2.0 * sqrt((double)bundle->n_tested);
        if (row->f[at] == NULL)
            bulk->least[at] = INFINITY;
        panel = stack->panel - row->panel0 +
                rs_tile_stack_place(stack, bundle, k - 1);
        bulk->last[at] = panel * width + b % width;
    }
}

/* ---- which pairs ------------------------------------------------- */

/* Which of n pairs are not delicate: as rs_tile_joint_assemble. */
RS_WIDE_INTEGER static void judge(double *restrict count_z,
                                  const struct rs_tile_bundle_bulk *bulk,
                                  const struct rs_tile_bundle_row *row,
                                  const struct rs_tile_column *y, size_t first,
                                  size_t n)
{
    const double *restrict beside = row->beside;
    const double *restrict tested = row->tested;
    const double *restrict z = row->z;
    const double *restrict least = bulk->least;
    double least_rest = bulk->worker->least_rest;
    double least_r2 =
        bulk->worker->data->basis.adjusted ? rs_tile_least_r2 : -INFINITY;
    double base_r2 = y->base_r2;

    for (size_t k = first; k < first + n; k++) {
        double explained = beside[k] + tested[k];
        double r2 = base_r2 + (1.0 - base_r2) * explained;
        bool fine = (1.0 - explained >= least_rest) &
                    (sqrt(tested[k]) >= least[k]) & (r2 >= least_r2);
        count_z[k] = fine ? z[k] : -1.0;
    }
}

/* ---- counts and numbers ------------------------------------------ */

/* Counts the pairs of n bundles of the same degrees of freedom. */
static void count_run(const struct rs_tile_bundle_bulk *bulk,
                      const struct rs_tile_bundle_row *row,
                      struct rs_tally *tally, size_t first, size_t n)
{
    const struct rs_tile_f_level *f = row->f[first];
    struct rs_fit fit;

    rs_fit_clear(&fit, RS_FIT_OK, 0);
    for (size_t k = first; k < first + n; k++)
        if (bulk->count_z[k] >= 0.0) {
            tally->outcomes[RS_FIT_OK]++;
            tally->kept++;
        }
    if (f == NULL || rs_tally_clear(tally, &bulk->count_z[first], n, f->edges))
        return;
    for (size_t k = first; k < first + n; k++) {
        if (!(bulk->count_z[k] >= 0.0))
            continue;
        fit.log_p = rs_tile_f_log_p(f, row->z[k], row->rest[k]);
        rs_tally_add_p(tally, &fit);
    }
}

/* F or t of place k. */
static double stat_of(const struct rs_tile_bundle_bulk *bulk,
                      const struct rs_tile_bundle_row *row, size_t k)
{
    const struct rs_tile_f_level *f = row->f[k];
    double df = f->level->df;

    if (bulk->worker->data->bundles.bundles[row->base + k].by_f)
        return row->z[k] / (double)f->df1 / (row->rest[k] / df);
    return row->c[bulk->last[k]] /
           sqrt((1.0 - (row->beside[k] + row->tested[k])) / df);
}

/* The numbers of n bundles of the same degrees of freedom. */
static void find_numbers(struct rs_tile_bundle_bulk *bulk,
                         const struct rs_tile_bundle_row *row, int field,
                         double base_r2, size_t first, size_t n)
{
    const struct rs_tile_f_level *f = row->f[first];
    double *out = bulk->value;

    if (f == NULL)
        return;
    if (field == RS_FIELD_P || field == RS_VALUE_LOG_P)
        rs_f_table_log_p(f->table, &out[first], &row->z[first],
                         &row->rest[first], n);
    for (size_t k = first; k < first + n; k++)
        if (field == RS_FIELD_STAT)
            out[k] = stat_of(bulk, row, k);
        else if (field == RS_FIELD_R2)
            out[k] =
                base_r2 + (1.0 - base_r2) * (row->beside[k] + row->tested[k]);
        else if (field == RS_FIELD_P)
            out[k] = exp(out[k]);
}

/* Notes the p of the pairs that are done. */
static void sample_row(const struct rs_tile_bundle_bulk *bulk,
                       const struct rs_tile_bundle_row *row,
                       const struct rs_p_sample *sample, size_t i)
{
    const struct rs_tile_bundle *bundles = bulk->worker->data->bundles.bundles;

    for (size_t b = row->first; b < row->end; b++) {
        size_t k = b - row->base;
        float *cell = bulk->count_z[k] >= 0.0
                          ? rs_p_sample_cell(sample, i, bundles[b].x)
                          : NULL;
        if (cell != NULL)
            *cell = rs_p_sample_number(
                -rs_tile_f_log_p(row->f[k], row->z[k], row->rest[k]));
    }
}

/* ---- a row ------------------------------------------------------- */

void rs_tile_bundle_bulk_row(struct rs_tile_bundle_bulk *bulk,
                             const struct rs_tile_bundle_row *row,
                             const struct rs_emitter *emit, size_t i)
{
    const struct rs_tile_worker *w = bulk->worker;
    const struct rs_tile_bundles *bundles = &w->data->bundles;
    const struct rs_tile_column *y = &w->data->y.columns[i];
    size_t own = w->env.plan->self_x[i];
    size_t first = row->first - row->base;
    size_t end = row->end - row->base;

    if (y->kind != RS_TILE_PLAIN) {
        for (size_t k = first; k < end; k++)
            bulk->count_z[k] = -1.0;
        return;
    }
    judge(bulk->count_z, bulk, row, y, first, end - first);
    if (own < w->env.plan->n_x && bundles->before[own] >= row->first &&
        bundles->before[own] < row->end)
        bulk->count_z[bundles->before[own] - row->base] = -1.0;
    while (first < end) {
        size_t n = 1;
        while (first + n < end && row->f[first + n] == row->f[first])
            n++;
        count_run(bulk, row, emit->tally, first, n);
        find_numbers(bulk, row, emit->values->field, y->base_r2, first, n);
        first += n;
    }
    if (emit->sample != NULL)
        sample_row(bulk, row, emit->sample, i);
}

bool rs_tile_bundle_bulk_at(double *out, const struct rs_tile_bundle_bulk *bulk,
                            size_t at)
{
    *out = bulk->value[at];
    return bulk->count_z[at] >= 0.0;
}
