/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "labelled_notes.h"

#include "cell_hint.h"
#include "numtext.h"

#include <inttypes.h>

enum { MOST_NOTES = 10 };

static bool has_some(const struct rs_column *column)
{
    return column->labelled.n > 0 && !column->labelled.all;
}

static enum rs_status add_note(struct rs_notices *notices,
                               const struct rs_column *column,
                               struct rs_error *err)
{
    const struct rs_labelled *some = &column->labelled;
    char value[RS_NUMTEXT_MAX + 1];
    char name[RS_ERROR_TEXT / 4];

    rs_cell_hint_column(name, sizeof name, column->name);
    value[rs_number_write(value, some->value)] = '\0';
    return rs_notices_add(notices, RS_NOTICE_NOTE, err,
                          "'%s': %" PRIu64 " cell%s a label, as %s '%s', and "
                          "others have none: all are numbers ({na} %s=+%s "
                          "makes such cells missing)",
                          column->name, some->n,
                          some->n == 1 ? " has" : "s have", value, some->label,
                          name, value);
}

enum rs_status rs_labelled_notes(struct rs_notices *notices,
                                 const struct rs_dataset *data,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;
    size_t n = 0;

    for (size_t j = 0; j < data->n_columns && status == RS_OK; j++)
        if (has_some(&data->columns[j]) && n++ < MOST_NOTES)
            status = add_note(notices, &data->columns[j], err);
    if (status == RS_OK && n > MOST_NOTES)
        status = rs_notices_add(notices, RS_NOTICE_NOTE, err,
                                "%zu more columns have labels for some of "
                                "their numbers",
                                n - MOST_NOTES);
    return status;
}
