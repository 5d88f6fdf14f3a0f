/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row.h"

struct rs_row_column rs_row_column_of(enum rs_field field)
{
    const struct rs_field_info *info = &rs_fields[field];
    struct rs_row_column column = {info->source, info->offset, info->value};

    if (info->source == RS_FROM_ADDED)
        column.offset = (field - RS_ADDED_FIRST) * sizeof(double);
    return column;
}
