/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lost_digits.h"

#include "human.h"
#include "mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* True when the first cell of a comes before that of b: columns of a file
 * stand together, and within it lines count first. */
static bool is_before(const struct rs_column *a, const char *a_path,
                      const struct rs_column *b, const char *b_path)
{
    if (a_path == b_path && a->loss.first.line != b->loss.first.line)
        return a->loss.first.line < b->loss.first.line;
    return a->file_ix < b->file_ix;
}

/* A transform has given the column another name. */
static enum rs_status copy_name(struct rs_lost_digits *out,
                                const struct rs_table *table,
                                struct rs_error *err)
{
    const char *name = rs_table_names(table)[out->column->file_ix];

    out->name = rs_text_copy(name, strlen(name), err);
    return out->name == NULL ? RS_ERR_NOMEM : RS_OK;
}

enum rs_status rs_lost_digits_find(struct rs_lost_digits *out,
                                   const struct rs_table *table,
                                   const struct rs_dataset *data,
                                   struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    for (size_t j = 0; j < data->n_columns; j++) {
        const struct rs_column *column = &data->columns[j];
        const char *path = rs_table_path(table, column->file_ix);
        /* levels are compared as they are written */
        if (column->loss.first.kind == RS_FAULT_NONE || column->factor != NULL)
            continue;
        out->n_rounded += column->loss.n_rounded;
        out->n_too_small += column->loss.n_too_small;
        out->n_columns++;
        if (out->column == NULL ||
            is_before(column, path, out->column, out->path)) {
            out->column = column;
            out->path = path;
        }
    }
    return out->column == NULL ? RS_OK : copy_name(out, table, err);
}

void rs_lost_digits_clear(struct rs_lost_digits *lost)
{
    free(lost->name);
    memset(lost, 0, sizeof *lost);
}

void rs_lost_digits_text(char out[RS_LOST_DIGITS_TEXT],
                         const struct rs_lost_digits *lost)
{
    char rounded[96] = "";
    char small[96] = "";
    const struct rs_fault *first = NULL;
    struct rs_human n;

    out[0] = '\0';
    if (lost->column == NULL)
        return;
    if (lost->n_rounded > 0)
        (void)snprintf(
            rounded, sizeof rounded, "%s integer%s beyond 2^53 rounded",
            rs_human_count(&n, lost->n_rounded), rs_plural(lost->n_rounded));
    if (lost->n_too_small > 0)
        (void)snprintf(small, sizeof small,
                       "%s number%s too small for a double read as 0",
                       rs_human_count(&n, lost->n_too_small),
                       rs_plural(lost->n_too_small));
    first = &lost->column->loss.first;
    (void)snprintf(out, RS_LOST_DIGITS_TEXT,
                   "digits lost: %s%s%s, in %zu column%s; first %s:%" PRIu64
                   ":%zu: '%s' in column '%.100s'",
                   rounded, rounded[0] != '\0' && small[0] != '\0' ? ", " : "",
                   small, lost->n_columns, rs_plural(lost->n_columns),
                   lost->path, first->line,
                   first->field > 0 ? first->field : lost->column->file_ix + 1,
                   first->text, lost->name);
}
