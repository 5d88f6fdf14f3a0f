/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row_calls.h"

#include "dropped_text.h"
#include "level_texts.h"
#include "mem.h"
#include "row_binary.h"

#include <stdlib.h>

struct rs_row_calls {
    struct rs_sink base;
    struct rs_rows_shape shape;
    struct rs_row_columns columns; /* of the one kind of rows */
    struct rs_row_layout layout;
    char *dropped; /* to make that column in */
    int (*row)(void *ctx, const struct rs_row_shown *shown);
    void *ctx;
};

/* ---- a sink ------------------------------------------------------ */

static size_t bound_row(const struct rs_sink *base, size_t y, size_t x)
{
    (void)y;
    (void)x;
    return ((const struct rs_row_calls *)base)->layout.row_bytes;
}

static size_t encode_row(const struct rs_sink *base, char *out,
                         const struct rs_row *row)
{
    const struct rs_row_calls *calls = (const struct rs_row_calls *)base;

    rs_row_pack(out, &calls->layout, row);
    return calls->layout.row_bytes;
}

static enum rs_status call(struct rs_sink *base, const void *bytes,
                           size_t n_bytes, struct rs_error *err)
{
    const struct rs_row_calls *calls = (const struct rs_row_calls *)base;
    struct rs_row_shown shown = {calls, bytes};

    for (size_t at = 0; at < n_bytes; at += calls->layout.row_bytes) {
        shown.bytes = (const char *)bytes + at;
        if (calls->row(calls->ctx, &shown) != 0)
            return rs_error_set(err, RS_ERR_INTERRUPTED,
                                "whoever takes the rows has ended the run");
    }
    return RS_OK;
}

static uint64_t none_left(const struct rs_sink *base, uint64_t *n_rows)
{
    (void)base;
    *n_rows = 0;
    return 0;
}

static void free_sink(struct rs_sink *base)
{
    struct rs_row_calls *calls = (struct rs_row_calls *)base;

    rs_row_layout_clear(&calls->layout);
    free(calls->dropped);
    free(calls);
}

static const struct rs_sink_ops calls_ops = {
    .row_bound = bound_row,
    .encode = encode_row,
    .write = call,
    .left = none_left,
    .free = free_sink,
};

static enum rs_status make(struct rs_sink **out,
                           const struct rs_sink_config *config,
                           struct rs_error *err)
{
    struct rs_row_calls *calls = rs_alloc(1, sizeof *calls, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (calls == NULL)
        return RS_ERR_NOMEM;
    calls->base.ops = &calls_ops;
    calls->shape = config->rows;
    calls->columns = (config->rows.which & RS_ROWS_TERMS) != 0
                         ? config->rows.terms
                         : config->rows.pairs;
    status = rs_row_layout_init(&calls->layout, calls->columns.fields,
                                calls->columns.n, config->rows.n_covariates,
                                config->rows.conf_level, err);
    if (status == RS_OK) {
        calls->dropped = rs_alloc(rs_dropped_most(&config->rows) + 1, 1, err);
        status = calls->dropped == NULL ? RS_ERR_NOMEM : RS_OK;
    }
    if (status == RS_OK)
        *out = &calls->base;
    else
        free_sink(&calls->base);
    return status;
}

static enum rs_status check(const struct rs_sink_config *config,
                            struct rs_error *err)
{
    (void)config; /* a function can always be called */
    (void)err;
    return RS_OK;
}

static const char *const no_marks[] = {NULL};

const struct rs_output_kind rs_output_calls = {
    .name = "function",
    .what = "a function",
    .marks = no_marks,
    .can = RS_OUTPUT_ROWS,
    .check = check,
    .make = make,
};

void rs_row_calls_set(struct rs_sink *sink,
                      int (*row)(void *ctx, const struct rs_row_shown *shown),
                      void *ctx)
{
    struct rs_row_calls *calls = (struct rs_row_calls *)sink;

    calls->row = row;
    calls->ctx = ctx;
}

/* ---- a row ------------------------------------------------------- */

/* n of the columns: there is none of that name. */
static size_t find(const struct rs_row_calls *calls, const char *name)
{
    size_t i = 0;

    while (i < calls->columns.n && strcmp(calls->columns.names[i], name) != 0)
        i++;
    return i;
}

/* The label of that name; NULL: there is none. */
static const char *find_label(const struct rs_row_shown *shown,
                              const char *name)
{
    const struct rs_labels *labels = &shown->calls->shape.labels;

    for (size_t k = 0; k < labels->n; k++)
        if (strcmp(labels->columns[k].name, name) == 0)
            return rs_label_text(labels, rs_row_head(shown->bytes).part, k);
    return NULL;
}

double rs_row_shown_number(const struct rs_row_shown *shown, const char *name)
{
    const struct rs_row_layout *layout = &shown->calls->layout;
    size_t i = find(shown->calls, name);

    if (i == layout->n_columns || rs_source_is_text(layout->columns[i].source))
        return NAN;
    if (layout->columns[i].source == RS_FROM_COUNT)
        return (double)rs_row_whole(shown->bytes, layout->offsets[i]);
    return rs_row_real(shown->bytes, layout->offsets[i]);
}

static size_t level_place(const struct rs_rows_shape *shape,
                          enum rs_row_source source,
                          const struct rs_row_head *head)
{
    size_t term = head->term == RS_HEAD_PAIR ? RS_NO_TERM : head->term;

    return rs_level_text_place(shape, source, head->part, head->x, term);
}

static const char *term_text(const struct rs_rows_shape *shape,
                             const struct rs_row_head *head)
{
    const char *text = NULL;

    if (head->term == RS_HEAD_PAIR)
        return NULL;
    text = shape->term_texts[head->term];
    return text != NULL ? text : shape->data->columns[head->x].name;
}

const char *rs_row_shown_text(const struct rs_row_shown *shown,
                              const char *name)
{
    const struct rs_rows_shape *shape = &shown->calls->shape;
    const struct rs_row_layout *layout = &shown->calls->layout;
    const struct rs_row_head head = rs_row_head(shown->bytes);
    size_t i = find(shown->calls, name);

    if (i == layout->n_columns)
        return find_label(shown, name);
    switch (layout->columns[i].source) {
    case RS_FROM_Y:
        return shape->data->columns[head.y].name;
    case RS_FROM_X:
        return shape->data->columns[head.x].name;
    case RS_FROM_TERM:
        return term_text(shape, &head);
    case RS_FROM_LEVEL:
    case RS_FROM_REFERENCE:
        return rs_level_text(
            shape, layout->columns[i].source,
            level_place(shape, layout->columns[i].source, &head));
    case RS_FROM_DROPPED:
        return rs_dropped_unpack(shown->calls->dropped, shape,
                                 shown->bytes + layout->offsets[i]) == 0
                   ? NULL
                   : shown->calls->dropped;
    case RS_FROM_MODEL:
        return shape->model_name;
    case RS_FROM_OUTCOME:
        return rs_outcome_name((enum rs_outcome)head.outcome);
    default:
        return NULL;
    }
}

const char *rs_row_shown_column(const struct rs_row_shown *shown, size_t i)
{
    const struct rs_row_columns *columns = &shown->calls->columns;
    const struct rs_labels *labels = &shown->calls->shape.labels;

    if (i < labels->n)
        return labels->columns[i].name;
    i -= labels->n;
    return i < columns->n ? columns->names[i] : NULL;
}
