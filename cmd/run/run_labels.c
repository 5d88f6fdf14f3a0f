/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_labels.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

static const char pooled[] = "(pooled)";

/* A column with these texts, and one more. */
static enum rs_status label(struct rs_label_column *out, const char *name,
                            const char *const *texts, size_t n,
                            struct rs_error *err)
{
    const char **copy = rs_alloc(n + 1, sizeof *copy, err);

    if (copy == NULL)
        return RS_ERR_NOMEM;
    memcpy(copy, texts, n * sizeof *copy);
    copy[n] = pooled;
    *out = (struct rs_label_column){name, copy, n + 1};
    return RS_OK;
}

/* Columns of groups, and that of sets. */
static enum rs_status label_all(struct rs_labels *out,
                                const struct rs_input *input,
                                struct rs_error *err)
{
    const struct rs_row_groups *groups = &input->groups;
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < groups->n_columns && status == RS_OK; k++) {
        const struct rs_column *column =
            &input->data->columns[groups->columns[k]];
        status = label(&out->columns[k], column->name,
                       (const char *const *)column->levels->levels,
                       column->levels->n_levels, err);
    }
    if (status == RS_OK && input->n_sets > 0)
        status = label(&out->columns[groups->n_columns], "set",
                       input->set_names, input->n_sets, err);
    return status;
}

/* Rows of all groups would look like those of such a group. */
static enum rs_status check_pooled(const struct rs_labels *labels,
                                   const struct rs_input *input,
                                   struct rs_error *err)
{
    for (size_t k = 0; k < input->groups.n_columns; k++)
        for (size_t i = 0; i + 1 < labels->columns[k].n_texts; i++)
            if (strcmp(labels->columns[k].texts[i], pooled) == 0)
                return rs_error_set(err, RS_ERR_USAGE,
                                    "{pool-groups} calls its rows %s, and a "
                                    "group of '%s' has that name",
                                    pooled, labels->columns[k].name);
    return RS_OK;
}

/* What a part's labels are: those of its group, then its set. */
static void set_codes(const struct rs_labels *labels,
                      const struct rs_row_groups *groups,
                      const struct rs_run_part *part)
{
    uint32_t *codes = &labels->codes[part->number * labels->n];

    for (size_t k = 0; k < groups->n_columns; k++)
        codes[k] = part->pooled
                       ? (uint32_t)labels->columns[k].n_texts - 1
                       : groups->codes[part->group * groups->n_columns + k];
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
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    if (n == 0)
        return RS_OK;
    out->columns = rs_alloc(n, sizeof *out->columns, err);
    out->codes = rs_alloc(n_parts * n, sizeof *out->codes, err);
    if (out->columns == NULL || out->codes == NULL)
        return RS_ERR_NOMEM;
    out->n = n;
    out->n_parts = n_parts;
    status = label_all(out, input, err);
    if (status == RS_OK && parts[n_parts - 1].pooled)
        status = check_pooled(out, input, err);
    for (size_t i = 0; i < n_parts && status == RS_OK; i++)
        set_codes(out, groups, &parts[i]);
    return status;
}

void rs_run_labels_clear(struct rs_labels *labels)
{
    for (size_t k = 0; labels->columns != NULL && k < labels->n; k++)
        free((void *)labels->columns[k].texts);
    free(labels->columns);
    free(labels->codes);
    memset(labels, 0, sizeof *labels);
}
