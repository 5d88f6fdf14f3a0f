/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names are put down one after another. */
struct naming {
    const struct rs_spec *spec;
    struct rs_term_names *names;
    size_t at;
    bool whole; /* memory has been there for all */
};

/* Of parts that are put together; NULL: not there. */
static void put(struct naming *naming, const char *const *parts, size_t n)
{
    size_t size = 1;
    size_t used = 0;
    char *text = NULL;

    for (size_t k = 0; k < n; k++)
        size += parts[k] == NULL ? 0 : strlen(parts[k]);
    text = rs_alloc(size, 1, NULL);
    naming->names->texts[naming->at++] = text;
    naming->whole = naming->whole && text != NULL;
    for (size_t k = 0; k < n && text != NULL; k++) {
        size_t len = parts[k] == NULL ? 0 : strlen(parts[k]);
        if (len > 0)
            memcpy(text + used, parts[k], len);
        used += len;
    }
}

/* `name`, with a level NAME=LEVEL; `more` behind. */
static void put_level(struct naming *naming, const char *name,
                      const char *level, const char *more, const char *last)
{
    put(naming,
        (const char *const[]){name, level == NULL ? NULL : "=", level, more,
                              last},
        5);
}

static const char *level_of(const struct rs_column *column, size_t level)
{
    return level == RS_NO_LEVEL ? NULL : column->factor->levels[level];
}

/* The level that the last name is of, and its reference, or RS_NO_LEVEL. */
static void set_level(struct naming *naming, const struct rs_column *column,
                      size_t level, size_t reference)
{
    naming->names->levels[naming->at - 1] = level_of(column, level);
    naming->names->references[naming->at - 1] = level_of(column, reference);
}

static size_t reference_of(const struct rs_column *column)
{
    return column->factor == NULL || column->factor->n_levels == 0
               ? RS_NO_LEVEL
               : column->factor->reference;
}

static void put_covariates(struct naming *naming)
{
    const struct rs_spec *spec = naming->spec;

    for (size_t i = 0; i < spec->n_covariates; i++) {
        const struct rs_column *column =
            &spec->data->columns[spec->covariates[i]];
        size_t n = rs_covariate_terms(spec, i);
        for (size_t k = 0; k < n; k++) {
            size_t level = column->factor == NULL ? RS_NO_LEVEL : k;
            put_level(naming, column->name, level_of(column, level), NULL,
                      NULL);
            set_level(naming, column, level, reference_of(column));
        }
    }
    for (size_t i = 0; i < spec->n_covariates; i++) {
        const struct rs_column *column =
            &spec->data->columns[spec->covariates[i]];
        put_level(naming, column->name, NULL, NULL, NULL);
        set_level(naming, column, RS_NO_LEVEL, reference_of(column));
    }
}

/* The F of what several columns of an x are tested by. */
static void put_joint(struct naming *naming, const struct rs_column *x)
{
    const struct rs_spec *spec = naming->spec;

    if (spec->interact != NULL)
        put_level(naming, x->name, NULL, spec->test_all ? "*" : ":",
                  spec->data->columns[*spec->interact].name);
    else
        put_level(naming, spec->poly > 1 ? "poly(" : "", NULL, x->name,
                  spec->poly > 1 ? ")" : NULL);
}

static void put_column(struct naming *naming, const struct rs_column *x,
                       struct rs_block_column column)
{
    const struct rs_spec *spec = naming->spec;
    const struct rs_column *z =
        spec->interact == NULL ? NULL : &spec->data->columns[*spec->interact];
    char power[16] = "";
    const char *level = level_of(x, column.level);

    if (!column.product) {
        if (column.power > 1)
            (void)snprintf(power, sizeof power, "^%u", column.power);
        put_level(naming, x->name, level, power, NULL);
        return;
    }
    put(naming,
        (const char *const[]){x->name, level == NULL ? NULL : "=", level, ":",
                              z->name,
                              column.z_level == RS_NO_LEVEL ? NULL : "=",
                              level_of(z, column.z_level)},
        7);
}

/* The block of a column; see term_numbers.h. */
static void put_block(struct naming *naming, size_t x, size_t n)
{
    const struct rs_spec *spec = naming->spec;
    const struct rs_column *column = &spec->data->columns[x];
    const struct rs_factor *factor = column->factor;
    size_t n_columns = rs_block_of(spec, x).n_columns;
    size_t end = naming->at + n;

    if (n == 0)
        return;
    put_joint(naming, column);
    set_level(naming, column, RS_NO_LEVEL, reference_of(column));
    for (size_t j = 0; j < n_columns; j++) {
        struct rs_block_column of = rs_block_column(spec, x, j);
        put_column(naming, column, of);
        set_level(naming, column, of.level, reference_of(column));
    }
    if (naming->at < end) {
        put_level(naming, column->name, level_of(column, factor->reference),
                  NULL, NULL);
        set_level(naming, column, factor->reference, factor->reference);
    }
    for (size_t b = 1; naming->at < end; b++)
        for (size_t a = 0; a < b; a++) {
            put_level(naming, column->name, level_of(column, b), "-",
                      level_of(column, a));
            set_level(naming, column, b, a);
        }
}

enum rs_status rs_term_names_init(struct rs_term_names *names,
                                  const struct rs_spec *spec,
                                  struct rs_error *err)
{
    struct naming naming = {spec, names, RS_TERM_COVARIATES, true};
    size_t *blocks = rs_alloc(spec->data->n_columns + 1, sizeof *blocks, err);

    if (blocks == NULL) {
        *names = (struct rs_term_names){0};
        return RS_ERR_NOMEM;
    }
    rs_term_blocks(blocks, spec);
    names->n = blocks[spec->data->n_columns];
    names->texts = rs_alloc(names->n, sizeof *names->texts, err);
    names->levels = rs_alloc(names->n, sizeof(char *), err);
    names->references = rs_alloc(names->n, sizeof(char *), err);
    if (names->texts == NULL || names->levels == NULL ||
        names->references == NULL) {
        free(blocks);
        rs_term_names_clear(names);
        return RS_ERR_NOMEM;
    }
    naming.at = RS_TERM_INTERCEPT;
    put_level(&naming, "(intercept)", NULL, NULL, NULL);
    naming.at = RS_TERM_COVARIATES;
    put_covariates(&naming);
    for (size_t j = 0; j < spec->data->n_columns; j++)
        put_block(&naming, j, blocks[j + 1] - blocks[j]);
    free(blocks);
    if (naming.whole)
        return RS_OK;
    rs_term_names_clear(names);
    return rs_error_set(err, RS_ERR_NOMEM, "out of memory for names of terms");
}

void rs_term_names_clear(struct rs_term_names *names)
{
    for (size_t i = 0; names->texts != NULL && i < names->n; i++)
        free(names->texts[i]);
    free(names->texts);
    free(names->levels);
    free(names->references);
    *names = (struct rs_term_names){0};
}

/* Room for so many. */
static enum rs_status reserve(struct rs_term_names *names, size_t n,
                              struct rs_error *err)
{
    char **texts = realloc(names->texts, n * sizeof *texts);
    const char **levels = NULL;
    const char **references = NULL;

    if (texts != NULL)
        names->texts = texts;
    levels = realloc(names->levels, n * sizeof(char *));
    if (levels != NULL)
        names->levels = levels;
    references = realloc(names->references, n * sizeof(char *));
    if (references != NULL)
        names->references = references;
    return texts == NULL || levels == NULL || references == NULL
               ? rs_error_set(err, RS_ERR_NOMEM, "out of memory")
               : RS_OK;
}

enum rs_status rs_term_names_join(struct rs_term_names *names, size_t *shift,
                                  struct rs_term_names *more,
                                  struct rs_error *err)
{
    enum rs_status status = reserve(names, names->n + more->n, err);

    *shift = names->n - RS_TERM_COVARIATES;
    for (size_t i = RS_TERM_COVARIATES; i < more->n && status == RS_OK; i++) {
        names->texts[names->n] = more->texts[i];
        names->levels[names->n] = more->levels[i];
        names->references[names->n++] = more->references[i];
        more->texts[i] = NULL;
    }
    rs_term_names_clear(more);
    return status;
}
