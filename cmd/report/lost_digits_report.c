/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lost_digits_report.h"

#include "human.h"
#include "message.h"

#include <inttypes.h>
#include <stdio.h>

void rs_lost_digits_print(const struct rs_lost_digits *lost)
{
    char rounded[96] = "";
    char small[96] = "";
    const struct rs_fault *first = NULL;
    struct rs_human n;

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
    rs_message("digits lost: %s%s%s, in %zu column%s; first %s:%" PRIu64
               ":%zu: '%s' in column '%s'",
               rounded, rounded[0] != '\0' && small[0] != '\0' ? ", " : "",
               small, lost->n_columns, rs_plural(lost->n_columns), lost->path,
               first->line,
               first->field > 0 ? first->field : lost->column->file_ix + 1,
               first->text, lost->name);
}
