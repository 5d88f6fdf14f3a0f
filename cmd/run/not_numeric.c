/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "not_numeric.h"

#define TEXT "{%s}: column '%s' is not numeric: '%s' is %s"
/* Of a file with a variable a line; the field may be none of a sample. */
#define IN_SAMPLE " in '%s' ({leading} %zu if that is no sample"

static const char *what_is_wrong(const struct rs_column *column)
{
    return column->fault.kind == RS_FAULT_OUT_OF_RANGE
               ? "beyond the range of a double"
               : "not a number";
}

static size_t field_of(const struct rs_column *column)
{
    return column->fault.field > 0 ? column->fault.field : column->file_ix + 1;
}

enum rs_status rs_not_numeric(const struct rs_column *column,
                              const struct rs_table *table, const char *setting,
                              struct rs_error *err)
{
    const char *sample =
        rs_table_sample(table, column->file_ix, field_of(column));

    return rs_error_set_at(
        err, RS_ERR_MALFORMED, rs_table_path(table, column->file_ix),
        column->fault.line, field_of(column),
        sample == NULL ? TEXT : TEXT IN_SAMPLE ")", setting, column->name,
        column->fault.text, what_is_wrong(column), sample, field_of(column));
}

enum rs_status rs_not_numeric_x(const struct rs_column *column,
                                const struct rs_table *table,
                                struct rs_error *err)
{
    const char *sample =
        rs_table_sample(table, column->file_ix, field_of(column));

    return rs_error_set_at(
        err, RS_ERR_MALFORMED, rs_table_path(table, column->file_ix),
        column->fault.line, field_of(column),
        sample == NULL ? TEXT " ({factor} makes it categories)"
                       : TEXT IN_SAMPLE "; {factor} makes it categories)",
        "independent", column->name, column->fault.text, what_is_wrong(column),
        sample, field_of(column));
}
