/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "joined_report.h"

#include "human.h"
#include "message.h"

void rs_joined_report(const struct rs_joined *joined,
                      const struct rs_list *files,
                      const struct rs_reading_settings *settings)
{
    const char *unit = settings->transpose ? "sample" : "row";
    struct rs_human n;

    if (joined->file_rows == NULL)
        return;
    for (size_t i = 0; i < files->n; i++)
        rs_message("read: %s %s%s of %s",
                   rs_human_count(&n, joined->file_rows[i]), unit,
                   rs_plural(joined->file_rows[i]), files->values[i]);
    rs_message(
        "joined by %s: %s %s%s", settings->transpose ? "name" : settings->key,
        rs_human_count(&n, joined->n_rows), unit, rs_plural(joined->n_rows));
}
