/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "part_view.h"

#include <stdlib.h>

void rs_part_view_leave(struct rs_part_view *view)
{
    if (view->prepared)
        rs_run_part_release(&view->part);
    view->prepared = false;
    view->of = NULL;
}

void rs_part_view_clear(struct rs_part_view *view)
{
    rs_part_view_leave(view);
    rs_row_view_free(view->rows);
    free(view->marks);
    *view = (struct rs_part_view){0};
}

/* The rows that fits may rest on, as far as they are the part's. */
static enum rs_status mark_rows(struct rs_part_view *view,
                                const struct rs_run_part *part,
                                struct rs_error *err)
{
    if (view->spec.rows == NULL)
        return RS_OK;
    free(view->marks);
    view->marks =
        rs_alloc(rs_bit_words(part->rows.n), sizeof *view->marks, err);
    if (view->marks == NULL)
        return RS_ERR_NOMEM;
    (void)rs_rows_of_range(view->marks, view->spec.rows, part->rows);
    view->spec.rows = view->marks;
    return RS_OK;
}

/* Makes the part's rows a dataset. */
static enum rs_status view_rows(struct rs_part_view *view,
                                const struct rs_run_part *part,
                                struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (part->rows.n == 0)
        return RS_OK;
    if (view->rows == NULL)
        status = rs_row_view_new(&view->rows, part->env.spec->data, err);
    if (status == RS_OK)
        status = rs_row_view_move(view->rows, part->rows, err);
    if (status != RS_OK)
        return status;
    view->spec = *part->env.spec;
    view->spec.data = rs_row_view_data(view->rows);
    view->part.env.spec = &view->spec;
    return mark_rows(view, part, err);
}

enum rs_status rs_part_view_look(struct rs_part_view *view,
                                 const struct rs_run_part *part,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (view->of == part)
        return RS_OK;
    rs_part_view_leave(view);
    view->part = *part;
    status = view_rows(view, part, err);
    if (status == RS_OK)
        view->of = part;
    return status;
}

enum rs_status rs_part_view_enter(struct rs_part_view *view,
                                  const struct rs_run_part *part,
                                  unsigned n_threads, struct rs_error *err)
{
    enum rs_status status = rs_part_view_look(view, part, err);

    if (status != RS_OK || part->prepared != NULL || view->prepared ||
        part->engine->prepare == NULL)
        return status;
    status = rs_run_part_prepare(&view->part, n_threads, err);
    view->prepared = status == RS_OK;
    if (status != RS_OK)
        view->of = NULL;
    return status;
}
