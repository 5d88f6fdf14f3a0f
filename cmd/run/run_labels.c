/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_labels.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

/* Columns of groups. */
static void label_groups(struct rs_labels *out, const struct rs_input *input)
{
    const struct rs_row_groups *groups = &input->groups;

    for (size_t k = 0; k < groups->n_columns; k++) {
        const struct rs_column *column =
            &input->data->columns[groups->columns[k]];
        out->columns[k] = (struct rs_label_column){
            column->name, (const char *const *)column->levels->levels,
            column->levels->n_levels};
    }
}

/* What a part's labels are: those of its group, then its set. */
static void set_codes(const struct rs_labels *labels,
                      const struct rs_row_groups *groups,
                      const struct rs_run_part *part)
{
    uint32_t *codes = &labels->codes[part->number * labels->n];

    for (size_t k = 0; k < groups->n_columns; k++)
        codes[k] = groups->codes[part->group * groups->n_columns + k];
    if (labels->n > groups->n_columns)
        codes[groups->n_columns] = (uint32_t)part->set;
}

enum rs_status rs_run_labels_make(struct rs_labels *out,
                                  const struct rs_input *input,
                                  const struct rs_run_part *parts,
                                  size_t n_parts, struct rs_error *err)
{
    const struct rs_row_groups *groups = &input->groups;
    size_t n = groups->n_columns + (input->n_sets > 0 ? 1 : 0);

    memset(out, 0, sizeof *out);
    if (n == 0)
        return RS_OK;
    out->columns = rs_alloc(n, sizeof *out->columns, err);
    out->codes = rs_alloc(n_parts * n, sizeof *out->codes, err);
    if (out->columns == NULL || out->codes == NULL)
        return RS_ERR_NOMEM;
    out->n = n;
    out->n_parts = n_parts;
    label_groups(out, input);
    if (input->n_sets > 0)
        out->columns[groups->n_columns] =
            (struct rs_label_column){"set", input->set_names, input->n_sets};
    for (size_t i = 0; i < n_parts; i++)
        set_codes(out, groups, &parts[i]);
    return RS_OK;
}

void rs_run_labels_clear(struct rs_labels *labels)
{
    free(labels->columns);
    free(labels->codes);
    memset(labels, 0, sizeof *labels);
}
