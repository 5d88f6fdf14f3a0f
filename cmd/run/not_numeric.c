/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "not_numeric.h"

enum rs_status rs_not_numeric(const struct rs_column *column,
                              const struct rs_table *table, const char *setting,
                              struct rs_error *err)
{
    size_t field =
        column->fault.field > 0 ? column->fault.field : column->file_ix + 1;

    return rs_error_set_at(err, RS_ERR_MALFORMED,
                           rs_table_path(table, column->file_ix),
                           column->fault.line, field,
                           "{%s}: column '%s' is not numeric: '%s' is %s",
                           setting, column->name, column->fault.text,
                           column->fault.kind == RS_FAULT_OUT_OF_RANGE
                               ? "beyond the range of a double"
                               : "not a number");
}
