/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "missing.h"

#include "lsq_sums.h"
#include "middle.h"
#include "row_take.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Columns of the lists, each once. */
struct used {
    size_t *columns; /* [n] */
    size_t n;
};

static void mark(bool *is_used, const size_t *columns, size_t n)
{
    for (size_t i = 0; i < n; i++)
        is_used[columns[i]] = true;
}

/* all  in  x and the weights too */
static enum rs_status find_used(struct used *used,
                                const struct rs_dataset *data,
                                const struct rs_missing_ask *ask, bool all,
                                struct rs_error *err)
{
    bool *is_used = rs_alloc(data->n_columns, sizeof *is_used, err);

    used->n = 0;
    used->columns = rs_alloc(data->n_columns, sizeof *used->columns, err);
    if (is_used == NULL || used->columns == NULL) {
        free(is_used);
        return RS_ERR_NOMEM;
    }
    mark(is_used, ask->y, ask->n_y);
    mark(is_used, ask->covariates, ask->n_covariates);
    if (all) {
        mark(is_used, ask->x, ask->n_x);
        mark(is_used, ask->weights, ask->n_weights);
    }
    for (size_t j = 0; j < data->n_columns; j++)
        if (is_used[j])
            used->columns[used->n++] = j;
    free(is_used);
    return RS_OK;
}

static enum rs_status refuse_missing(const struct rs_dataset *data,
                                     const struct used *used,
                                     struct rs_error *err)
{
    for (size_t k = 0; k < used->n; k++) {
        const struct rs_column *column = &data->columns[used->columns[k]];
        if (column->n_missing > 0)
            return rs_error_set(
                err, RS_ERR_INCONSISTENT,
                "column '%s' has %zu missing value%s ({missing} fail)",
                column->name, column->n_missing,
                column->n_missing == 1 ? "" : "s");
    }
    return RS_OK;
}

/* ---- filling ----------------------------------------------------- */

/* Storage for one column at a time. */
struct means {
    const double *weights; /* [n_rows] of the dataset; NULL: all one */
    double *values;        /* [n_rows] those that count, scaled */
    double *shares;        /* [n_rows] their weights, scaled */
    double *ones;          /* [n_rows] */
    const struct rs_row_range
        *groups; /* [n_groups] each has means of its own */
    size_t n_groups;
};

static void means_clear(struct means *means)
{
    free(means->values);
    free(means->shares);
    free(means->ones);
}

static enum rs_status means_init(struct means *means,
                                 const struct rs_dataset *data,
                                 const size_t *weights, struct rs_error *err)
{
    size_t n = data->n_rows;

    means->weights = weights == NULL ? NULL : data->columns[*weights].values;
    means->values = rs_alloc(n, sizeof *means->values, err);
    means->shares = rs_alloc(n, sizeof *means->shares, err);
    means->ones = rs_alloc(n, sizeof *means->ones, err);
    if (means->values == NULL || means->shares == NULL || means->ones == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++)
        means->ones[i] = 1.0;
    return RS_OK;
}

/* Multiplies by a power of two; returns it. */
static double scale(double *values, size_t n)
{
    double most = 0.0;
    double unit = 1.0;

    for (size_t i = 0; i < n; i++)
        most = fabs(values[i]) > most ? fabs(values[i]) : most;
    unit = rs_unit_of(most);
    for (size_t i = 0; i < n; i++)
        values[i] *= unit;
    return unit;
}

/* The mean of the finite cells that have a weight, summed in double-double so
 * that what is constant stays so; false when there are none. */
static bool find_mean(double *mean, struct means *means,
                      const struct rs_column *column, struct rs_row_range rows)
{
    size_t n = 0;
    double unit = 1.0;
    struct rs_dd total;
    struct rs_dd sum;

    for (size_t i = rows.first; i < rows.first + rows.n; i++) {
        double weight = means->weights == NULL ? 1.0 : means->weights[i];
        if (!rs_column_has(column, i) || !isfinite(column->values[i]) ||
            !(weight > 0.0))
            continue;
        means->values[n] = column->values[i];
        means->shares[n++] = weight;
    }
    if (n == 0)
        return false;
    unit = scale(means->values, n);
    (void)scale(means->shares, n);
    total = rs_lsq_dot(means->shares, means->ones, n);
    sum = rs_lsq_dot(means->values, means->shares, n);
    *mean = rs_dd_double(rs_dd_div(sum, total)) / unit;
    return true;
}

/* Fills a column, group by group, where there are cells to take a mean of;
 * returns how many cells that are. */
static uint64_t fill_with_means(struct rs_column *column, struct means *means)
{
    double *values = (double *)(uintptr_t)column->values;
    uint64_t *valid = (uint64_t *)(uintptr_t)column->valid;
    uint64_t n_filled = 0;
    double mean = 0.0;

    for (size_t g = 0; g < means->n_groups; g++) {
        struct rs_row_range rows = means->groups[g];
        if (!find_mean(&mean, means, column, rows))
            continue;
        for (size_t i = rows.first; i < rows.first + rows.n; i++) {
            if (rs_rows_has(valid, i))
                continue;
            values[i] = mean;
            rs_rows_add(valid, i);
            n_filled++;
        }
    }
    column->n_missing -= n_filled;
    return n_filled;
}

/* The independents that are to be filled, those first that are dependents too
 * and need a copy for it. Covariates are no x of a pair, and without a weight
 * there is no row.
 * out  out  [n_x]; returns how many there are */
static size_t find_holes(size_t *out, size_t *n_copies,
                         const struct rs_dataset *data, const bool *is_y,
                         const bool *is_fixed, const struct rs_missing_ask *ask)
{
    size_t n = 0;

    for (int copied = 1; copied >= 0; copied--) {
        for (size_t i = 0; i < ask->n_x; i++) {
            size_t column = ask->x[i];
            if (data->columns[column].n_missing > 0 && !is_fixed[column] &&
                is_y[column] == (copied == 1))
                out[n++] = column;
        }
        if (copied == 1)
            *n_copies = n;
    }
    return n;
}

/* Which column each is as an independent. */
static enum rs_status make_copies(struct rs_missing_done *done,
                                  struct rs_dataset *data,
                                  const size_t *columns, size_t n,
                                  struct rs_error *err)
{
    size_t n_before = data->n_columns;
    enum rs_status status = RS_OK;

    if (n == 0)
        return RS_OK;
    done->filled = rs_alloc(n_before, sizeof *done->filled, err);
    if (done->filled == NULL)
        return RS_ERR_NOMEM;
    status = rs_dataset_copy_columns(data, columns, n, err);
    for (size_t j = 0; j < n_before; j++)
        done->filled[j] = j;
    for (size_t k = 0; k < n && status == RS_OK; k++)
        done->filled[columns[k]] = n_before + k;
    return status;
}

static enum rs_status fill_x(struct rs_missing_done *done,
                             struct rs_dataset *data,
                             const struct rs_missing_ask *ask,
                             struct rs_error *err)
{
    const struct rs_row_range all = {0, data->n_rows};
    struct means means = {.groups = ask->n_groups == 0 ? &all : ask->groups,
                          .n_groups = ask->n_groups == 0 ? 1 : ask->n_groups};
    bool *is_y = rs_alloc(data->n_columns, sizeof *is_y, err);
    bool *is_fixed = rs_alloc(data->n_columns, sizeof *is_fixed, err);
    size_t *holes = rs_alloc(ask->n_x, sizeof *holes, err);
    size_t n_copies = 0;
    size_t n = 0;
    enum rs_status status = RS_ERR_NOMEM;

    if (is_y == NULL || is_fixed == NULL || holes == NULL)
        goto done;
    mark(is_y, ask->y, ask->n_y);
    mark(is_y, ask->covariates, ask->n_covariates);
    mark(is_fixed, ask->covariates, ask->n_common);
    mark(is_fixed, ask->weights, ask->n_weights);
    mark(is_fixed, ask->y, ask->n_y == 1 ? 1 : 0); /* it has no other y */
    n = find_holes(holes, &n_copies, data, is_y, is_fixed, ask);
    status = n == 0 ? RS_OK
                    : means_init(&means, data,
                                 ask->n_weights > 0 ? ask->weights : NULL, err);
    if (status == RS_OK)
        status = make_copies(done, data, holes, n_copies, err);
    for (size_t k = 0; k < n && status == RS_OK; k++) {
        size_t j = k < n_copies ? done->filled[holes[k]] : holes[k];
        done->n_filled += fill_with_means(&data->columns[j], &means);
    }
done:
    means_clear(&means);
    free(is_y);
    free(is_fixed);
    free(holes);
    return status;
}

enum rs_status rs_missing_apply(struct rs_missing_done *done,
                                struct rs_dataset *data,
                                const struct rs_missing_ask *ask,
                                struct rs_error *err)
{
    struct used used = {0};
    struct rs_complete_ask complete = {
        .empty = "no row is complete in all %zu columns used ({missing} "
                 "listwise)"};
    enum rs_status status = RS_OK;

    memset(done, 0, sizeof *done);
    if (ask->policy == RS_MISSING_PAIRWISE)
        return RS_OK;
    status = find_used(&used, data, ask, ask->policy != RS_MISSING_MEAN, err);
    if (status == RS_OK && ask->policy == RS_MISSING_FAIL)
        status = refuse_missing(data, &used, err);
    if (status == RS_OK && ask->policy == RS_MISSING_MEAN)
        status = fill_x(done, data, ask, err);
    complete.columns = used.columns;
    complete.n = used.n;
    if (ask->policy == RS_MISSING_MEAN)
        complete.empty = "no row is complete in all %zu columns used "
                         "(dependents and covariates, for {permute})";
    if (status == RS_OK && (ask->policy == RS_MISSING_LISTWISE ||
                            (ask->policy == RS_MISSING_MEAN && ask->same_rows)))
        status = rs_dataset_keep_complete(&done->n_rows_dropped, data,
                                          &complete, 1, err);
    free(used.columns);
    return status;
}
