/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "level_set.h"
#include "numtext.h"
#include "readstat_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A factor in the making. */
struct making {
    struct rs_factor *factor;
    struct rs_level_set set; /* of cells without labels */
};

/* Factors on their way. */
struct factoring {
    struct rs_readstat_visit visit; /* first */
    struct making *makings;         /* [ask->n] */
};

static int32_t code_of_number(struct rs_level_set *set, double number,
                              struct rs_error *err)
{
    char text[RS_NUMTEXT_MAX + 1];
    size_t len = 0;

    if (isinf(number))
        return rs_level_set_code(set, number > 0.0 ? "inf" : "-inf",
                                 number > 0.0 ? 3 : 4, err);
    len = rs_number_write(text, number);
    text[len] = '\0';
    return rs_level_set_code(set, text, len, err);
}

/* Labels are counted in the order of what they stand for; -1: there is none,
 * which the load would have seen. */
static int32_t code_of_label(const struct rs_value_labels *labels,
                             const struct rs_readstat_cell *cell)
{
    const struct rs_value_label *label =
        rs_value_labels_find(labels, cell->number, cell->text);

    return label == NULL ? -1 : (int32_t)(label - labels->list);
}

static void code_cell(struct rs_readstat_visit *visit,
                      const struct rs_readstat_cell *cell)
{
    struct making *making = &((struct factoring *)visit)->makings[cell->place];
    int32_t *code = &making->factor->codes[cell->row];

    if (cell->missing)
        *code = -1;
    else if (cell->column->labelled)
        *code = code_of_label(cell->column->labels, cell);
    else if (cell->text != NULL)
        *code = rs_level_set_code(&making->set, cell->text, strlen(cell->text),
                                  &visit->error);
    else
        *code = code_of_number(&making->set, cell->number, &visit->error);
}

/* ---- levels ------------------------------------------------------ */

/* The levels of the labels that occur, each once, in their order.
 * level  inout  [labels->n] 1 where a label occurs, then the level it is */
static enum rs_status name_levels(struct making *making, int32_t *level,
                                  const struct rs_value_labels *labels,
                                  struct rs_error *err)
{
    struct rs_factor *factor = making->factor;
    struct rs_error error = {0};

    factor->levels = rs_alloc(labels->n, sizeof(char *), err);
    if (factor->levels == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < labels->n && error.status == RS_OK; i++) {
        const char *label = labels->list[i].label;
        size_t len = strlen(label);
        if (level[i] == 0)
            continue;
        level[i] = rs_level_set_code(&making->set, label, len, &error);
        if (level[i] != (int32_t)factor->n_levels || error.status != RS_OK)
            continue;
        factor->levels[factor->n_levels] = rs_text_copy(label, len, &error);
        factor->n_levels++;
    }
    if (error.status != RS_OK && err != NULL)
        *err = error;
    return error.status;
}

/* From labels to levels. */
static enum rs_status level_labels(struct making *making,
                                   const struct rs_value_labels *labels,
                                   size_t n_rows, struct rs_error *err)
{
    int32_t *level = rs_alloc(labels->n, sizeof *level, err);
    int32_t *codes = making->factor->codes;
    enum rs_status status = RS_ERR_NOMEM;

    if (level == NULL)
        return status;
    for (size_t i = 0; i < n_rows; i++)
        if (codes[i] >= 0)
            level[codes[i]] = 1;
    status = name_levels(making, level, labels, err);
    for (size_t i = 0; i < n_rows && status == RS_OK; i++)
        if (codes[i] >= 0)
            codes[i] = level[codes[i]];
    free(level);
    return status;
}

/* Gives the factor to its column, unless there are too many levels. */
static enum rs_status finish(struct rs_column *column, struct making *making,
                             const struct rs_readstat_column *from,
                             size_t n_rows, struct rs_error *err)
{
    int32_t *codes = making->factor->codes;
    enum rs_status status =
        from->labelled
            ? level_labels(making, from->labels, n_rows, err)
            : rs_level_sets_merge(making->factor, &making->set, 1, 1, err);

    if (status != RS_OK || making->set.over)
        return status;
    for (size_t i = 0; i < n_rows && !from->labelled; i++)
        codes[i] = rs_level_set_final(&making->set, codes[i]);
    column->factor = making->factor;
    making->factor = NULL;
    return RS_OK;
}

/* ---- the load ---------------------------------------------------- */

static enum rs_status begin(struct factoring *self, size_t *place,
                            struct rs_dataset *data,
                            const struct rs_factors_ask *ask,
                            struct rs_error *err)
{
    const struct rs_readstat *file = self->visit.file;

    memset(place, 0xff, file->n_columns * sizeof *place);
    for (size_t k = 0; k < ask->n; k++) {
        struct rs_column *column = &data->columns[ask->columns[k]];
        const struct rs_readstat_column *from = &file->columns[column->file_ix];
        struct making *making = &self->makings[k];
        place[column->file_ix] = k;
        rs_factor_free(column->factor);
        column->factor = NULL;
        making->set.rule =
            from->text || from->labelled ? RS_LEVEL_TEXT : RS_LEVEL_NUMBER;
        making->set.decimal = '.';
        making->set.most = ask->most;
        making->factor = rs_alloc(1, sizeof *making->factor, err);
        if (making->factor == NULL)
            return RS_ERR_NOMEM;
        making->factor->codes = rs_alloc(data->n_rows, sizeof(int32_t), err);
        if (making->factor->codes == NULL)
            return RS_ERR_NOMEM;
    }
    return RS_OK;
}

enum rs_status rs_readstat_load_factors(struct rs_readstat *self,
                                        struct rs_dataset *data,
                                        const struct rs_factors_ask *ask,
                                        struct rs_error *err)
{
    size_t *place = rs_alloc(self->n_columns, sizeof *place, err);
    struct factoring factoring = {
        .visit = {.file = self, .place = place, .on_cell = code_cell}};
    enum rs_status status = RS_ERR_NOMEM;

    factoring.makings = rs_alloc(ask->n, sizeof *factoring.makings, err);
    if (place == NULL || factoring.makings == NULL)
        goto done;
    status = begin(&factoring, place, data, ask, err);
    if (status == RS_OK)
        status = rs_readstat_cells(&factoring.visit, err);
    for (size_t k = 0; k < ask->n && status == RS_OK; k++) {
        struct rs_column *column = &data->columns[ask->columns[k]];
        status = finish(column, &factoring.makings[k],
                        &self->columns[column->file_ix], data->n_rows, err);
    }
done:
    for (size_t k = 0; factoring.makings != NULL && k < ask->n; k++) {
        rs_factor_free(factoring.makings[k].factor);
        rs_level_set_clear(&factoring.makings[k].set);
    }
    free(factoring.makings);
    free(place);
    return status;
}
