/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row_groups.h"

#include "row_take.h"

#include <stdlib.h>
#include <string.h>

static const struct rs_factor *levels_of(const struct rs_row_groups *groups,
                                         const struct rs_dataset *data,
                                         size_t k)
{
    return data->columns[groups->columns[k]].levels;
}

/* ---- the order --------------------------------------------------- */

/* The rows that have all levels, in their order; returns how many. */
static size_t find_rows(size_t *order, const struct rs_row_groups *groups,
                        const struct rs_dataset *data)
{
    size_t n = 0;

    for (size_t i = 0; i < data->n_rows; i++) {
        bool has_all = true;
        for (size_t k = 0; k < groups->n_columns; k++)
            has_all = has_all && levels_of(groups, data, k)->codes[i] >= 0;
        if (has_all)
            order[n++] = i;
    }
    return n;
}

/* Sorts rows [n] by a column, those of one level as they were.
 * starts  out  [n_levels + 1] to work in */
static void sort_by(size_t *out, const size_t *order, size_t n,
                    const struct rs_factor *levels, size_t *starts)
{
    memset(starts, 0, (levels->n_levels + 1) * sizeof *starts);
    for (size_t i = 0; i < n; i++)
        starts[levels->codes[order[i]] + 1]++;
    for (size_t l = 0; l < levels->n_levels; l++)
        starts[l + 1] += starts[l];
    for (size_t i = 0; i < n; i++)
        out[starts[levels->codes[order[i]]]++] = order[i];
}

/* Column by column, the last one first. */
static enum rs_status sort_rows(size_t *order, size_t n,
                                const struct rs_row_groups *groups,
                                const struct rs_dataset *data,
                                struct rs_error *err)
{
    size_t *sorted = rs_alloc(n, sizeof *sorted, err);
    enum rs_status status = sorted == NULL ? RS_ERR_NOMEM : RS_OK;

    for (size_t k = groups->n_columns; k > 0 && status == RS_OK; k--) {
        const struct rs_factor *levels = levels_of(groups, data, k - 1);
        size_t *starts = rs_alloc(levels->n_levels + 1, sizeof *starts, err);
        if (starts == NULL) {
            status = RS_ERR_NOMEM;
            break;
        }
        sort_by(sorted, order, n, levels, starts);
        memcpy(order, sorted, n * sizeof *order);
        free(starts);
    }
    free(sorted);
    return status;
}

/* ---- the groups -------------------------------------------------- */

static bool begins_group(const struct rs_row_groups *groups,
                         const struct rs_dataset *data, size_t i)
{
    if (i == 0)
        return true;
    for (size_t k = 0; k < groups->n_columns; k++) {
        const int32_t *codes = levels_of(groups, data, k)->codes;
        if (codes[i] != codes[i - 1])
            return true;
    }
    return false;
}

static size_t count_groups(const struct rs_row_groups *groups,
                           const struct rs_dataset *data)
{
    size_t n = 0;

    for (size_t i = 0; i < data->n_rows; i++)
        n += begins_group(groups, data, i) ? 1 : 0;
    return n;
}

enum rs_status rs_row_groups_find(struct rs_row_groups *groups,
                                  const struct rs_dataset *data,
                                  struct rs_error *err)
{
    size_t n = count_groups(groups, data);
    size_t at = 0;

    free(groups->rows);
    free(groups->codes);
    groups->n = n;
    groups->rows = rs_alloc(n, sizeof *groups->rows, err);
    groups->codes = rs_alloc(n * groups->n_columns, sizeof *groups->codes, err);
    if (groups->rows == NULL || groups->codes == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < data->n_rows; i++) {
        if (begins_group(groups, data, i)) {
            groups->rows[at].first = i;
            for (size_t k = 0; k < groups->n_columns; k++)
                groups->codes[at * groups->n_columns + k] =
                    (uint32_t)levels_of(groups, data, k)->codes[i];
            at++;
        }
        groups->rows[at - 1].n++;
    }
    return RS_OK;
}

enum rs_status rs_row_groups_sort(struct rs_row_groups *out,
                                  struct rs_dataset *data,
                                  const size_t *columns, size_t n_columns,
                                  unsigned n_threads, struct rs_error *err)
{
    size_t *order = rs_alloc(data->n_rows, sizeof *order, err);
    size_t n = 0;
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    out->columns = rs_alloc(n_columns, sizeof *out->columns, err);
    if (order == NULL || out->columns == NULL) {
        status = RS_ERR_NOMEM;
        goto done;
    }
    memcpy(out->columns, columns, n_columns * sizeof *columns);
    out->n_columns = n_columns;
    n = find_rows(order, out, data);
    out->n_dropped = data->n_rows - n;
    if (n == 0)
        status = rs_error_set(err, RS_ERR_INCONSISTENT,
                              "{group}: no row has a group");
    if (status == RS_OK)
        status = sort_rows(order, n, out, data, err);
    if (status == RS_OK)
        status = rs_dataset_take_rows(data, order, n, n_threads, err);
    if (status == RS_OK)
        status = rs_row_groups_find(out, data, err);
done:
    free(order);
    if (status != RS_OK)
        rs_row_groups_clear(out);
    return status;
}

void rs_row_groups_clear(struct rs_row_groups *groups)
{
    free(groups->columns);
    free(groups->rows);
    free(groups->codes);
    memset(groups, 0, sizeof *groups);
}
