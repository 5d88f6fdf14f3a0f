/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform.h"

#include "dataset_new.h"
#include "parallel.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the table --------------------------------------------------- */

enum { TEXT_SIZE = 64 };

static const struct rs_transform *find_name(const char *text, size_t len)
{
    for (size_t i = 0; rs_transforms[i] != NULL; i++)
        if (strlen(rs_transforms[i]->name) == len &&
            memcmp(rs_transforms[i]->name, text, len) == 0)
            return rs_transforms[i];
    return NULL;
}

/* Bytes before the number. */
static size_t name_length(const char *text, size_t len)
{
    const char *colon = memchr(text, ':', len);

    return colon == NULL ? len : (size_t)(colon - text);
}

bool rs_transform_is(const char *text, size_t len)
{
    return find_name(text, name_length(text, len)) != NULL;
}

/* Reads the text behind the name: empty, or a colon and a number. */
static enum rs_status read_number(struct rs_transform_step *out,
                                  const char *text, struct rs_error *err)
{
    const struct rs_transform *by = out->by;
    const struct rs_transform_number *of = by->number;
    char *end = NULL;

    if (of == NULL)
        return text[0] == '\0' ? RS_OK
                               : rs_error_set(err, RS_ERR_USAGE,
                                              "{transform}: '%s%s': %s takes "
                                              "no number",
                                              by->name, text, by->name);
    out->number = text[0] == '\0' ? NAN : strtod(text + 1, &end);
    if (end != NULL && end != text + 1 && *end == '\0' &&
        of->is_allowed(out->number))
        return RS_OK;
    return rs_error_set(
        err, RS_ERR_USAGE, "{transform}: '%s%s': %s takes %s, as in %s:%s(bmi)",
        by->name, text, by->name, of->allowed, by->name, of->example);
}

enum rs_status rs_transform_find(struct rs_transform_step *out,
                                 const char *text, size_t len,
                                 struct rs_error *err)
{
    char copy[TEXT_SIZE];
    size_t name = name_length(text, len);

    (void)snprintf(copy, sizeof copy, "%.*s", (int)len, text);
    *out = (struct rs_transform_step){find_name(text, name), 0.0};
    if (out->by != NULL)
        return read_number(out, copy + name, err);
    copy[name < sizeof copy ? name : sizeof copy - 1] = '\0';
    return rs_error_set(err, RS_ERR_USAGE, "{transform}: no transform '%s'",
                        copy);
}

void rs_transform_label(char label[RS_TRANSFORM_LABEL_SIZE],
                        const struct rs_transform_step *step)
{
    if (step->by->number == NULL)
        (void)snprintf(label, RS_TRANSFORM_LABEL_SIZE, "%s", step->by->name);
    else
        (void)snprintf(label, RS_TRANSFORM_LABEL_SIZE, "%s:%.15g",
                       step->by->name, step->number);
}

/* ---- columns ----------------------------------------------------- */

static enum rs_status rename_column(struct rs_column *column, const char *label,
                                    struct rs_error *err)
{
    size_t size = strlen(label) + strlen(column->name) + 3;
    char *name = rs_alloc(size, 1, err);

    if (name == NULL)
        return RS_ERR_NOMEM;
    (void)snprintf(name, size, "%s(%s)", label, column->name);
    free(column->name);
    column->name = name;
    return RS_OK;
}

struct task {
    struct rs_dataset *data;
    const struct rs_transform_ask *ask;
    atomic_bool failed; /* out of memory */
};

static void transform_rows(const struct task *task, double *values,
                           double *spare)
{
    const struct rs_transform_ask *ask = task->ask;
    const struct rs_transform_step *step = &ask->step;

    if (ask->n_groups == 0)
        step->by->apply(values, task->data->n_rows, step->number, spare);
    for (size_t g = 0; g < ask->n_groups; g++)
        step->by->apply(values + ask->groups[g].first, ask->groups[g].n,
                        step->number, spare);
}

static void transform_one(void *ctx, size_t i)
{
    struct task *task = ctx;
    struct rs_column *column = &task->data->columns[task->ask->columns[i]];
    /* The dataset is ours to change until workers share it. */
    double *values = (double *)(uintptr_t)column->values;
    uint64_t *valid = (uint64_t *)(uintptr_t)column->valid;
    size_t n = task->data->n_rows;
    double *spare = rs_alloc(task->ask->step.by->room * n, sizeof *spare, NULL);

    if (spare == NULL) {
        atomic_store(&task->failed, true);
        return;
    }
    transform_rows(task, values, spare);
    rs_column_finish(column, values, valid, n);
    free(spare);
}

static uint64_t count_missing(const struct task *task)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < task->ask->n; i++)
        sum += task->data->columns[task->ask->columns[i]].n_missing;
    return sum;
}

enum rs_status rs_transform_apply(uint64_t *n_lost, struct rs_dataset *data,
                                  const struct rs_transform_ask *ask,
                                  unsigned n_threads, struct rs_error *err)
{
    struct task task = {.data = data, .ask = ask};
    uint64_t before = count_missing(&task);
    char label[RS_TRANSFORM_LABEL_SIZE];
    enum rs_status status = RS_OK;

    *n_lost = 0;
    rs_transform_label(label, &ask->step);
    for (size_t i = 0; i < ask->n && status == RS_OK; i++)
        status = rename_column(&data->columns[ask->columns[i]], label, err);
    if (status != RS_OK)
        return status;
    rs_parallel(n_threads, ask->n, &task, transform_one);
    if (atomic_load(&task.failed))
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory for a transform");
    *n_lost = count_missing(&task) - before;
    return RS_OK;
}
