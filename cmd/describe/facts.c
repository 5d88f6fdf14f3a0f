/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts.h"

#include "bad_cells.h"
#include "cells_ask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LEVELS = 10000 };

size_t rs_facts_most_levels(const struct rs_dataset *data)
{
    size_t half = data->n_rows / 2 + 1;

    half = half < MOST_LEVELS ? half : MOST_LEVELS;
    return half > RS_DISTINCT_MOST ? half : RS_DISTINCT_MOST;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void find_numbers(struct rs_facts *out, struct rs_facts_source *source)
{
    const struct rs_column *column = out->column;
    size_t n = 0;

    rs_missing_codes_find(&out->codes, column, out->n_rows, out->n_rows);
    rs_moments_of(&out->moments, column, out->n_rows, source->buffer);
    n = rs_distinct_count(source->met, column->values, out->n_rows);
    out->n_distinct = n;
    if (n <= RS_FACTS_VALUES) {
        memcpy(out->values, source->met->values, n * sizeof out->values[0]);
        qsort(out->values, n, sizeof out->values[0], by_value);
    }
    if (rs_numbers_are_id(column, column->name, out->n_rows, &source->n_sorted))
        out->looks = RS_LOOKS_LIKE_ID;
}

/* Where the levels are too many to be counted, the rule that needs them is
 * as good as the bound, or the name tells. */
static enum rs_looks looks_of_many(const struct rs_facts *facts, size_t bound)
{
    return 2 * bound > facts->n_present || rs_name_is_id(facts->column->name)
               ? RS_LOOKS_LIKE_ID
               : RS_LOOKS_WELL;
}

/* Cells that say NULL, n/a and the like. Without levels only what the reader
 * has counted is known, of the rows of its file. */
static size_t count_missing_words(const struct rs_facts *facts)
{
    const struct rs_column *column = facts->column;
    const struct rs_factor *factor = column->factor;
    size_t n = 0;

    if (factor == NULL)
        return facts->n_present > column->n_cells
                   ? facts->n_present - column->n_cells
                   : 0;
    for (size_t k = 0; k < factor->n_levels; k++)
        if (rs_cells_missing_word(factor->levels[k]))
            for (size_t i = 0; i < facts->n_rows; i++)
                n += factor->codes[i] == (int32_t)k;
    return n;
}

static void find_text(struct rs_facts *out,
                      const struct rs_facts_source *source)
{
    const struct rs_column *column = out->column;
    const struct rs_factor *factor = column->factor;

    out->bad = rs_bad_cells_has(column);
    out->n_missing_words = count_missing_words(out);
    out->n_distinct = factor != NULL && factor->n_levels <= RS_DISTINCT_MOST
                          ? factor->n_levels
                          : RS_DISTINCT_MOST + 1;
    if (out->bad)
        return;
    out->looks = factor != NULL
                     ? rs_categories_look(column, out->n_rows)
                     : looks_of_many(out, rs_facts_most_levels(source->data));
}

void rs_facts_find(struct rs_facts *out, struct rs_facts_source *source,
                   size_t column)
{
    memset(out, 0, sizeof *out);
    out->column = &source->data->columns[column];
    out->n_rows = source->data->n_rows;
    out->n_present = out->n_rows - out->column->n_missing;
    out->moments = (struct rs_moments){0, NAN, NAN, NAN, NAN};
    if (out->column->type == RS_TYPE_NUMERIC)
        find_numbers(out, source);
    else
        find_text(out, source);
}

void rs_facts_clear(struct rs_facts *facts)
{
    for (size_t i = 0; i < facts->n_hints; i++)
        free(facts->hints[i]);
    free(facts->hints);
    facts->hints = NULL;
    facts->n_hints = 0;
}
