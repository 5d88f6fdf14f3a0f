/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row_binary.h"

#include "mem.h"

#include <stdlib.h>

enum rs_status rs_row_layout_init(struct rs_row_layout *layout,
                                  const enum rs_field *fields, size_t n_fields,
                                  size_t n_covariates, double conf_level,
                                  struct rs_error *err)
{
    memset(layout, 0, sizeof *layout);
    layout->row_bytes = sizeof(struct rs_row_head);
    layout->conf_level = conf_level;
    layout->n_covariates = n_covariates;
    layout->columns = rs_alloc(n_fields, sizeof *layout->columns, err);
    layout->offsets = rs_alloc(n_fields, sizeof *layout->offsets, err);
    if (layout->columns == NULL || layout->offsets == NULL)
        return RS_ERR_NOMEM;
    layout->n_columns = n_fields;
    for (size_t i = 0; i < n_fields; i++) {
        layout->columns[i] = rs_row_column_of(fields[i]);
        enum rs_row_source source = layout->columns[i].source;
        if (rs_source_is_text(source) && source != RS_FROM_DROPPED)
            continue;
        layout->offsets[i] = layout->row_bytes;
        layout->row_bytes += source == RS_FROM_DROPPED
                                 ? n_covariates * sizeof(uint64_t)
                                 : sizeof(double);
    }
    return RS_OK;
}

void rs_row_layout_clear(struct rs_row_layout *layout)
{
    free(layout->columns);
    free(layout->offsets);
    memset(layout, 0, sizeof *layout);
}

static void pack_dropped(char *out, const struct rs_row_layout *layout,
                         const struct rs_row *row)
{
    size_t n = row->dropped == NULL ? 0 : row->dropped->n;

    for (size_t k = 0; k < layout->n_covariates; k++) {
        uint64_t place = k < n ? row->dropped->columns[k] + 1 : 0;
        memcpy(out + k * sizeof place, &place, sizeof place);
    }
}

void rs_row_pack(char *out, const struct rs_row_layout *layout,
                 const struct rs_row *row)
{
    const struct rs_row_head head = {
        .y = (uint32_t)row->y,
        .x = (uint32_t)row->x,
        .part = row->part,
        .term = row->term == RS_NO_TERM ? RS_HEAD_PAIR : (uint32_t)row->term,
        .outcome = (uint32_t)row->fit->outcome,
    };

    memcpy(out, &head, sizeof head);
    for (size_t i = 0; i < layout->n_columns; i++) {
        const struct rs_row_column *column = &layout->columns[i];
        if (layout->offsets[i] == 0)
            continue;
        if (column->source == RS_FROM_DROPPED) {
            pack_dropped(out + layout->offsets[i], layout, row);
        } else if (column->source == RS_FROM_COUNT) {
            uint64_t count = rs_row_count(row, column);
            memcpy(out + layout->offsets[i], &count, sizeof count);
        } else {
            double value = rs_row_number(row, column, layout->conf_level);
            memcpy(out + layout->offsets[i], &value, sizeof value);
        }
    }
}
