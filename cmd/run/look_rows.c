/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include "human.h"
#include "mem.h"

#include <stdlib.h>

/* Missing covariates of each row: none, one, or more.
 * lacks  out  [n_rows] 0, 1, 2 */
static void count_lacks(unsigned char *lacks, const struct rs_dataset *data,
                        const size_t *columns, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        const struct rs_column *column = &data->columns[columns[k]];
        if (column->n_missing == 0)
            continue;
        for (size_t i = 0; i < data->n_rows; i++)
            if (!rs_column_has(column, i) && lacks[i] < 2)
                lacks[i]++;
    }
}

/* Rows that lack this column alone. */
static size_t count_alone(const unsigned char *lacks,
                          const struct rs_dataset *data,
                          const struct rs_column *column)
{
    size_t n = 0;

    if (column->n_missing == 0)
        return 0;
    for (size_t i = 0; i < data->n_rows; i++)
        n += lacks[i] == 1 && !rs_column_has(column, i);
    return n;
}

/* The covariate without which most rows would be left, of the same the one
 * that lacks most. Returns how many more. */
static size_t find_worst(const struct rs_column **worst,
                         const unsigned char *lacks,
                         const struct rs_dataset *data, const size_t *columns,
                         size_t n)
{
    size_t most = 0;

    *worst = &data->columns[columns[0]];
    for (size_t k = 0; k < n; k++) {
        const struct rs_column *column = &data->columns[columns[k]];
        size_t alone = count_alone(lacks, data, column);
        if (alone < most ||
            (alone == most && column->n_missing <= (*worst)->n_missing))
            continue;
        most = alone;
        *worst = column;
    }
    return most;
}

static enum rs_status tell(const struct rs_look *look,
                           const struct rs_column *worst, size_t left,
                           size_t more, struct rs_error *err)
{
    size_t n_rows = look->input->data->n_rows;
    struct rs_human some;
    struct rs_human all;
    struct rs_human missing;
    struct rs_human without;

    return rs_notices_add(
        &look->input->notices, RS_NOTICE_WARNING, err,
        "%s of %s rows have all covariates: %s is missing in %s, and without "
        "it %s are left (leave it out of {covariates})",
        rs_human_count(&some, left), rs_human_count(&all, n_rows), worst->name,
        rs_human_count(&missing, worst->n_missing),
        rs_human_count(&without, left + more));
}

/* Fewer than half of the rows, where one covariate less is a quarter more. */
enum rs_status rs_look_rows(const struct rs_look *look, struct rs_error *err)
{
    const struct rs_input *input = look->input;
    size_t n = input->n_sets == 0 ? input->n_covariates : input->n_common;
    size_t n_rows = input->data->n_rows;
    const struct rs_column *worst = NULL;
    unsigned char *lacks = NULL;
    size_t left = 0;
    size_t more = 0;
    enum rs_status status = RS_OK;

    if (n == 0)
        return RS_OK;
    lacks = rs_alloc(n_rows, sizeof *lacks, err);
    if (lacks == NULL)
        return RS_ERR_NOMEM;
    count_lacks(lacks, input->data, input->covariates, n);
    for (size_t i = 0; i < n_rows; i++)
        left += lacks[i] == 0;
    if (left > 0 && 2 * left < n_rows) {
        more = find_worst(&worst, lacks, input->data, input->covariates, n);
        if (4 * more >= left)
            status = tell(look, worst, left, more, err);
    }
    free(lacks);
    return status;
}
