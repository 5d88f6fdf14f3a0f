/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "levels_report.h"

#include "categories.h"
#include "human.h"
#include "message.h"

#include <stdlib.h>

enum { MOST_COLUMNS = 10 };

enum rs_status rs_levels_report(const struct rs_input *input,
                                struct rs_error *err)
{
    size_t *columns = NULL;
    size_t n = 0;
    struct rs_human more;
    enum rs_status status = rs_categories_of(&columns, &n, input, err);

    for (size_t i = 0; i < n && i < MOST_COLUMNS && status == RS_OK; i++) {
        char text[RS_CATEGORY_TEXT];
        rs_category_text(text, &input->data->columns[columns[i]]);
        rs_message("%s", text);
    }
    if (n > MOST_COLUMNS && status == RS_OK)
        rs_message("and of %s more column%s",
                   rs_human_count(&more, n - MOST_COLUMNS),
                   rs_plural(n - MOST_COLUMNS));
    free(columns);
    return status;
}
