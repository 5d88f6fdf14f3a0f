/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input_notes.h"

#include "categories.h"
#include "mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MOST_COLUMNS = 100,
    OTHER_BYTES = 128 /* what is said besides levels */
};

/* Settings by their names alone. */
static void show_names(char out[RS_ERROR_TEXT], const char *text)
{
    (void)snprintf(out, RS_ERROR_TEXT, "%s", text);
    rs_text_unmark(out);
}

/* "; " and a notice. Returns the bytes of out that are used. */
static size_t put_notices(char *out, size_t size, size_t used,
                          const struct rs_notices *notices,
                          void (*show)(char out[RS_ERROR_TEXT],
                                       const char *text))
{
    char text[RS_ERROR_TEXT];

    for (size_t i = 0; i < notices->n; i++) {
        show(text, notices->list[i].text);
        used += (size_t)snprintf(out + used, size - used, "%s%s",
                                 used > 0 ? "; " : "", text);
    }
    return used;
}

/* Levels and reference of categories, behind `used` bytes of out. */
static void put_levels(char *out, size_t size, size_t used,
                       const struct rs_input *input, const size_t *columns,
                       size_t n)
{
    char levels[RS_CATEGORY_TEXT];

    for (size_t i = 0; i < n && i < MOST_COLUMNS; i++) {
        rs_category_text(levels, &input->data->columns[columns[i]]);
        used += (size_t)snprintf(out + used, size - used, "%s%s",
                                 used > 0 ? "; " : "", levels);
    }
    if (n > MOST_COLUMNS)
        (void)snprintf(out + used, size - used, "; levels of %zu more columns",
                       n - MOST_COLUMNS);
}

/* "; " stands between them. */
static size_t bytes_of(const struct rs_input *input, size_t n)
{
    size_t size =
        (n < MOST_COLUMNS ? n : MOST_COLUMNS) * (RS_CATEGORY_TEXT + 2) +
        OTHER_BYTES;

    return size + input->notices.n * (RS_ERROR_TEXT + 2);
}

enum rs_status rs_input_notes(char **out, const struct rs_input *input,
                              void (*show)(char out[RS_ERROR_TEXT],
                                           const char *text),
                              struct rs_error *err)
{
    size_t *columns = NULL;
    size_t n = 0;
    size_t size = 0;
    size_t used = 0;
    enum rs_status status = rs_categories_of(&columns, &n, input, err);

    *out = NULL;
    if (status != RS_OK ||
        (n == 0 && input->n_where_dropped == 0 && input->notices.n == 0))
        goto done;
    size = bytes_of(input, n);
    *out = rs_alloc(size, 1, err);
    if (*out == NULL) {
        status = RS_ERR_NOMEM;
        goto done;
    }
    if (input->n_where_dropped > 0)
        used = (size_t)snprintf(*out, size, "rows left out by where: %" PRIu64,
                                input->n_where_dropped);
    used = put_notices(*out, size, used, &input->notices,
                       show == NULL ? show_names : show);
    put_levels(*out, size, used, input, columns, n);
done:
    free(columns);
    return status;
}
