/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row.h"

#include <stddef.h>

/* Members of a fit that are columns as they stand. */
static const struct {
    enum rs_field field;
    size_t offset;
} members[] = {
    {RS_FIELD_INTERCEPT, offsetof(struct rs_fit, intercept)},
    {RS_FIELD_BETA, offsetof(struct rs_fit, beta)},
    {RS_FIELD_SE, offsetof(struct rs_fit, se)},
    {RS_FIELD_STAT, offsetof(struct rs_fit, stat)},
    {RS_FIELD_R2, offsetof(struct rs_fit, r2)},
    {RS_FIELD_SIGMA, offsetof(struct rs_fit, sigma)},
};

static enum rs_row_source source_of(enum rs_field field)
{
    switch (field) {
    case RS_FIELD_Y:
        return RS_FROM_Y;
    case RS_FIELD_X:
        return RS_FROM_X;
    case RS_FIELD_TERM:
        return RS_FROM_TERM;
    case RS_FIELD_N:
        return RS_FROM_COUNT;
    case RS_FIELD_MODEL:
        return RS_FROM_MODEL;
    case RS_FIELD_STATUS:
        return RS_FROM_OUTCOME;
    default:
        return rs_fields[field].need == RS_NEED_NOTHING ? RS_FROM_VALUE
                                                        : RS_FROM_ADDED;
    }
}

struct rs_row_column rs_row_column_of(enum rs_field field)
{
    struct rs_row_column column = {.source = source_of(field), .field = field};

    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (members[i].field == field) {
            column.source = RS_FROM_MEMBER;
            column.offset = members[i].offset;
        }
    return column;
}
