/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input_notes.h"

#include "categories.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_COLUMNS = 100 };

static void put_notes(FILE *out, const struct rs_input *input,
                      const size_t *columns, size_t n)
{
    char levels[RS_CATEGORY_TEXT];
    const char *between = "";

    if (input->n_where_dropped > 0) {
        (void)fprintf(out, "where: %" PRIu64 " rows left out",
                      input->n_where_dropped);
        between = "; ";
    }
    for (size_t i = 0; i < n && i < MOST_COLUMNS; i++) {
        rs_category_text(levels, &input->data->columns[columns[i]]);
        (void)fprintf(out, "%s%s", between, levels);
        between = "; ";
    }
    if (n > MOST_COLUMNS)
        (void)fprintf(out, "; levels of %zu more columns", n - MOST_COLUMNS);
}

enum rs_status rs_input_notes(char **out, const struct rs_input *input,
                              struct rs_error *err)
{
    size_t *columns = NULL;
    size_t n = 0;
    size_t size = 0;
    FILE *stream = NULL;
    enum rs_status status = rs_categories_of(&columns, &n, input, err);

    *out = NULL;
    if (status != RS_OK || (n == 0 && input->n_where_dropped == 0))
        goto done;
    stream = open_memstream(out, &size);
    if (stream != NULL)
        put_notes(stream, input, columns, n);
    if (stream == NULL || fclose(stream) != 0) {
        free(*out);
        *out = NULL;
        status = rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    }
done:
    free(columns);
    return status;
}
