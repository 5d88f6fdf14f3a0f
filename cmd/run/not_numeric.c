/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "not_numeric.h"

#include "cell_hint.h"

#include <stdio.h>

/* What is wrong with the cell, as a format of the column's name and of it. */
static const char *what_is_wrong(const struct rs_column *column, char decimal)
{
    enum rs_cell_hint hint =
        rs_cell_hint(column->fault.text, decimal, !column->wordy);

    return column->fault.kind == RS_FAULT_OUT_OF_RANGE
               ? "is beyond the range of a double"
               : rs_cell_hint_formats[hint];
}

static size_t field_of(const struct rs_column *column)
{
    return column->fault.field > 0 ? column->fault.field : column->file_ix + 1;
}

/* cure: what else can be done */
static enum rs_status refuse(const struct rs_column *column,
                             const struct rs_table *table, const char *setting,
                             const char *cure, struct rs_error *err)
{
    char format[RS_ERROR_TEXT];
    char name[RS_ERROR_TEXT / 4];

    rs_cell_hint_column(name, sizeof name, column->name);
    (void)snprintf(format, sizeof format,
                   "{%%s}: column '%%s' is not numeric: '%%s' %s%s",
                   what_is_wrong(column, rs_table_decimal(table)), cure);
    return rs_error_set_at(
        err, RS_ERR_MALFORMED, rs_table_path(table, column->file_ix),
        column->fault.line, field_of(column), format, setting, column->name,
        column->fault.text, name, column->fault.text);
}

enum rs_status rs_not_numeric(const struct rs_column *column,
                              const struct rs_table *table, const char *setting,
                              struct rs_error *err)
{
    return refuse(column, table, setting, "", err);
}

enum rs_status rs_not_numeric_x(const struct rs_column *column,
                                const struct rs_table *table,
                                struct rs_error *err)
{
    return refuse(column, table, "independent",
                  " ({factor} makes it categories)", err);
}
