/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "block.h"

#include "dd.h"
#include "mem.h"
#include "value_range.h"
#include "vector_code.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* ---- what a block has -------------------------------------------- */

static const struct rs_factor *factor_of(const struct rs_spec *spec, size_t x)
{
    return spec->data->columns[x].factor;
}

static const struct rs_factor *factor_of_z(const struct rs_spec *spec)
{
    return factor_of(spec, *spec->interact);
}

bool rs_block_has_all_levels(const struct rs_spec *spec)
{
    for (size_t i = 0; i < spec->n_covariates; i++)
        if (rs_covariate_factor(spec, i) != NULL)
            return false;
    return !spec->intercept;
}

/* Columns of contrasts: one, or one a level but the reference. */
static size_t n_contrasts(const struct rs_factor *factor)
{
    if (factor == NULL)
        return 1;
    return factor->n_levels > 0 ? factor->n_levels - 1 : 0;
}

/* Columns of x without products. */
static size_t n_own(const struct rs_spec *spec, size_t x)
{
    const struct rs_factor *factor = factor_of(spec, x);

    if (factor != NULL)
        return rs_block_has_all_levels(spec) ? factor->n_levels
                                             : n_contrasts(factor);
    return spec->poly > 1 ? spec->poly : 1;
}

struct rs_block rs_block_of(const struct rs_spec *spec, size_t x)
{
    struct rs_block block = {.n_columns = n_own(spec, x)};

    block.plain = factor_of(spec, x) == NULL && block.n_columns == 1 &&
                  spec->interact == NULL;
    if (spec->interact != NULL) {
        block.n_beside = block.n_columns;
        block.n_columns +=
            n_contrasts(factor_of(spec, x)) * n_contrasts(factor_of_z(spec));
    } else if (factor_of(spec, x) == NULL) {
        block.n_beside = block.n_columns - 1;
    }
    if (spec->test_all)
        block.n_beside = 0;
    block.by_f = block.n_columns - block.n_beside > 1;
    return block;
}

/* Contrast number i of a factor; RS_NO_LEVEL of numbers. */
static size_t contrast_level(const struct rs_factor *factor, size_t i)
{
    if (factor == NULL)
        return RS_NO_LEVEL;
    return i < factor->reference ? i : i + 1;
}

struct rs_block_column rs_block_column(const struct rs_spec *spec, size_t x,
                                       size_t j)
{
    const struct rs_factor *factor = factor_of(spec, x);
    size_t own = n_own(spec, x);
    size_t wide = n_contrasts(factor);
    struct rs_block_column column = {RS_NO_LEVEL, 1, false, RS_NO_LEVEL};

    if (j >= own) {
        column.product = true;
        column.level = contrast_level(factor, (j - own) % wide);
        column.z_level = contrast_level(factor_of_z(spec), (j - own) / wide);
    } else if (factor == NULL) {
        column.power = (unsigned)j + 1;
    } else {
        column.level =
            rs_block_has_all_levels(spec) ? j : contrast_level(factor, j);
    }
    return column;
}

/* ---- on some rows ------------------------------------------------ */

size_t rs_factor_reference(const struct rs_factor *factor, const size_t *there)
{
    size_t level = 0;

    if (factor->reference < factor->n_levels && there[factor->reference] > 0)
        return factor->reference;
    while (level < factor->n_levels && there[level] == 0)
        level++;
    return level;
}

void rs_factor_count(size_t *there, const struct rs_factor *factor,
                     const uint64_t *rows, size_t n_words)
{
    for (size_t level = 0; level < factor->n_levels; level++)
        there[level] = 0;
    for (size_t w = 0; w < n_words; w++)
        for (uint64_t bits = rows[w]; bits != 0; bits &= bits - 1)
            there[factor->codes[64 * w + (size_t)__builtin_ctzll(bits)]]++;
}

size_t rs_factor_gather(double *out, const struct rs_factor *factor,
                        size_t level, const uint64_t *rows, size_t n_words)
{
    size_t n = 0;

    for (size_t w = 0; w < n_words; w++)
        for (uint64_t bits = rows[w]; bits != 0; bits &= bits - 1) {
            size_t i = 64 * w + (size_t)__builtin_ctzll(bits);
            out[n++] = factor->codes[i] == (int32_t)level ? 1.0 : 0.0;
        }
    return n;
}

/* Room for n numbers, what was there lost. */
static bool make_room(size_t **out, size_t *most, size_t n,
                      struct rs_error *err)
{
    if (*out != NULL && *most >= n)
        return true;
    free(*out);
    *out = rs_alloc(n, sizeof **out, err);
    *most = *out == NULL ? 0 : n;
    return *out != NULL;
}

static size_t n_levels(const struct rs_factor *factor)
{
    return factor == NULL ? 0 : factor->n_levels;
}

/* True when a column of that level is needed; reference: of the rows. */
static bool is_there(size_t level, const size_t *counts, size_t reference)
{
    return level == RS_NO_LEVEL || (counts[level] > 0 && level != reference);
}

/* Levels of a factor on the rows. */
static size_t count_levels(size_t *counts, const struct rs_factor *factor,
                           const uint64_t *rows, size_t n_words)
{
    if (factor == NULL)
        return RS_NO_LEVEL;
    rs_factor_count(counts, factor, rows, n_words);
    return rs_factor_reference(factor, counts);
}

/* How many of the levels are there. */
static size_t count_there(const struct rs_factor *factor, const size_t *counts)
{
    size_t n = 0;

    for (size_t level = 0; level < n_levels(factor); level++)
        n += counts[level] > 0 ? 1 : 0;
    return n;
}

static void list_columns(struct rs_block_there *there,
                         const struct rs_spec *spec, size_t x,
                         size_t x_reference, size_t z_reference)
{
    struct rs_block block = rs_block_of(spec, x);

    there->n = 0;
    there->n_beside = 0;
    for (size_t j = 0; j < block.n_columns; j++) {
        struct rs_block_column column = rs_block_column(spec, x, j);
        size_t reference = !column.product && rs_block_has_all_levels(spec)
                               ? RS_NO_LEVEL
                               : x_reference;
        if (!is_there(column.level, there->x_levels, reference) ||
            !is_there(column.z_level, there->z_levels, z_reference))
            continue;
        there->n_beside += j < block.n_beside ? 1 : 0;
        there->columns[there->n++] = j;
    }
}

enum rs_status rs_block_find(struct rs_block_there *there,
                             const struct rs_spec *spec, size_t x,
                             const uint64_t *rows, struct rs_error *err)
{
    const struct rs_factor *factor = factor_of(spec, x);
    const struct rs_factor *of_z =
        spec->interact == NULL ? NULL : factor_of_z(spec);
    size_t n_words = rs_bit_words(spec->data->n_rows);
    size_t n = rs_block_of(spec, x).n_columns;
    size_t x_reference = 0;
    size_t z_reference = 0;

    if (!make_room(&there->columns, &there->most, n, err) ||
        !make_room(&there->x_levels, &there->most_x, n_levels(factor), err) ||
        !make_room(&there->z_levels, &there->most_z, n_levels(of_z), err))
        return RS_ERR_NOMEM;
    x_reference = count_levels(there->x_levels, factor, rows, n_words);
    z_reference = count_levels(there->z_levels, of_z, rows, n_words);
    there->n_levels = count_there(factor, there->x_levels);
    list_columns(there, spec, x, x_reference, z_reference);
    return RS_OK;
}

void rs_block_there_clear(struct rs_block_there *there)
{
    free(there->columns);
    free(there->x_levels);
    free(there->z_levels);
    *there = (struct rs_block_there){0};
}

/* ---- values ------------------------------------------------------ */

/* Half an ulp of numbers below 1. */
static const double half_ulp = DBL_EPSILON / 4;

/* One of the columns that are multiplied, scaled to below 1. */
struct part {
    double *values; /* [n] */
    size_t n;
    int exponent;
    bool whole;
    bool finite;
};

/* Scales by a power of two, and notes what is to be known. */
static void scale(struct part *part)
{
    double least = 0.0;
    double most = 0.0;
    struct rs_scale by = {1.0, 1.0};

    if (part->n > 0)
        rs_value_range(&least, &most, &part->finite, part->values, part->n);
    most = fmax(fabs(least), fabs(most));
    part->whole = part->finite && rs_are_whole(part->values, part->n, most);
    if (!part->finite || most == 0.0)
        return;
    (void)frexp(most, &part->exponent);
    by = rs_scale_of(part->exponent);
    for (size_t i = 0; i < part->n; i++)
        part->values[i] = part->values[i] * by.first * by.second;
}

/* Reads a level as 0/1, or numbers. */
static struct part read_part(double *room, const struct rs_dataset *data,
                             size_t column, size_t level, const uint64_t *rows)
{
    size_t n_words = rs_bit_words(data->n_rows);
    struct part part = {room, 0, 0, true, true};

    if (level != RS_NO_LEVEL) {
        part.n = rs_factor_gather(room, data->columns[column].factor, level,
                                  rows, n_words);
        return part;
    }
    part.n = rs_rows_gather(room, data->columns[column].values, rows, n_words);
    scale(&part);
    return part;
}

/* Multiplies n values with others. */
RS_WIDE static void multiply_values(double *restrict hi, double *restrict lo,
                                    const double *restrict by, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct rs_dd value = rs_dd_scale((struct rs_dd){hi[i], lo[i]}, by[i]);
        hi[i] = value.hi;
        lo[i] = value.lo;
    }
}

/* Multiplies the values so far, no larger than 1, with a part. */
static void multiply(struct rs_block_values *values, const struct part *part)
{
    multiply_values(values->hi, values->lo, part->values, part->n);
    values->exponent += part->exponent;
    values->whole = values->whole && part->whole;
    values->finite = values->finite && part->finite;
    values->unit += part->whole ? 0.0 : half_ulp;
}

static bool any_not_0(const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (values[i] != 0.0)
            return true;
    return false;
}

void rs_block_fill(struct rs_block_values *values, double *room,
                   const struct rs_spec *spec, size_t x, size_t j,
                   const uint64_t *rows)
{
    struct rs_block_column column = rs_block_column(spec, x, j);
    struct part part = read_part(room, spec->data, x, column.level, rows);

    values->exponent = 0;
    values->whole = true;
    values->unit = 0.0;
    values->finite = true;
    for (size_t i = 0; i < part.n; i++) {
        values->hi[i] = 1.0;
        values->lo[i] = 0.0;
    }
    for (unsigned power = 0; power < column.power; power++)
        multiply(values, &part);
    if (column.product) {
        part =
            read_part(room, spec->data, *spec->interact, column.z_level, rows);
        multiply(values, &part);
    }
    values->low = any_not_0(values->lo, part.n);
}
