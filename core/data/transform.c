/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include "dataset_new.h"
#include "name_index.h"
#include "parallel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the table --------------------------------------------------- */

enum { MOST_NAMES = 64, NAME_SIZE = 32 };

/* Says which transforms there are, where none has a name like it. */
static enum rs_status unknown(const char *name, struct rs_error *err)
{
    const char *names[MOST_NAMES] = {NULL};
    char list[192] = "";
    size_t n = 0;
    size_t used = 0;
    size_t near = 0;

    for (; rs_transforms[n] != NULL && n < MOST_NAMES; n++) {
        int more = snprintf(list + used, sizeof list - used, "%s%s",
                            n == 0 ? "" : ", ", rs_transforms[n]->name);
        names[n] = rs_transforms[n]->name;
        if (more > 0 && (size_t)more < sizeof list - used)
            used += (size_t)more;
    }
    near = rs_names_nearest(name, names, n);
    if (near < n)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{transform}: no transform '%s'; did you mean "
                            "'%s'?",
                            name, names[near]);
    return rs_error_set(err, RS_ERR_USAGE,
                        "{transform}: no transform '%s'; there are %s", name,
                        list);
}

enum rs_status rs_transform_find(const struct rs_transform **out,
                                 const char *name, size_t len,
                                 struct rs_error *err)
{
    char text[NAME_SIZE];

    (void)snprintf(text, sizeof text, "%.*s", (int)len, name);
    for (size_t i = 0; rs_transforms[i] != NULL; i++)
        if (strlen(rs_transforms[i]->name) == len &&
            memcmp(rs_transforms[i]->name, name, len) == 0) {
            *out = rs_transforms[i];
            return RS_OK;
        }
    return unknown(text, err);
}

/* ---- columns ----------------------------------------------------- */

static enum rs_status rename_column(struct rs_column *column,
                                    const struct rs_transform *transform,
                                    struct rs_error *err)
{
    size_t size = strlen(transform->name) + strlen(column->name) + 3;
    char *name = rs_alloc(size, 1, err);

    if (name == NULL)
        return RS_ERR_NOMEM;
    (void)snprintf(name, size, "%s(%s)", transform->name, column->name);
    free(column->name);
    column->name = name;
    return RS_OK;
}

struct task {
    struct rs_dataset *data;
    const struct rs_transform *transform;
    const size_t *columns;
};

static void transform_one(void *ctx, size_t i)
{
    const struct task *task = ctx;
    struct rs_column *column = &task->data->columns[task->columns[i]];
    /* The dataset is ours to change until workers share it. */
    double *values = (double *)(uintptr_t)column->values;
    uint64_t *valid = (uint64_t *)(uintptr_t)column->valid;

    task->transform->apply(values, task->data->n_rows);
    rs_column_finish(column, values, valid, task->data->n_rows);
}

static uint64_t count_missing(const struct task *task, size_t n)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += task->data->columns[task->columns[i]].n_missing;
    return sum;
}

enum rs_status rs_transform_apply(uint64_t *n_lost, struct rs_dataset *data,
                                  const struct rs_transform *transform,
                                  const size_t *columns, size_t n,
                                  unsigned n_threads, struct rs_error *err)
{
    struct task task = {data, transform, columns};
    uint64_t before = count_missing(&task, n);
    enum rs_status status = RS_OK;

    *n_lost = 0;
    for (size_t i = 0; i < n && status == RS_OK; i++)
        status = rename_column(&data->columns[columns[i]], transform, err);
    if (status != RS_OK)
        return status;
    rs_parallel(n_threads, n, &task, transform_one);
    *n_lost = count_missing(&task, n) - before;
    return RS_OK;
}
