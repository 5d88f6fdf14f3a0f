/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "term_numbers.h"

size_t rs_term_count(const struct rs_spec *spec)
{
    size_t n = RS_TERM_COVARIATES;

    for (size_t i = 0; i < spec->n_covariates; i++)
        n += rs_covariate_terms(spec, i);
    return n;
}

bool rs_term_has_joint(const struct rs_spec *spec, size_t i)
{
    const struct rs_factor *factor = rs_covariate_factor(spec, i);

    return factor != NULL && factor->n_levels > 2;
}

size_t rs_term_joint(const struct rs_spec *spec, size_t i)
{
    return rs_term_count(spec) + i;
}

/* A column that can be an x. */
static bool is_x(const struct rs_spec *spec, size_t column)
{
    const struct rs_column *c = &spec->data->columns[column];

    for (size_t i = 0; i < spec->n_covariates; i++)
        if (spec->covariates[i] == column)
            return false;
    return c->factor != NULL || c->type == RS_TYPE_NUMERIC;
}

struct rs_term_block rs_term_block_of(const struct rs_spec *spec, size_t x)
{
    const struct rs_factor *factor = spec->data->columns[x].factor;
    struct rs_block block = rs_block_of(spec, x);
    struct rs_term_block out = {.first = 1};

    if (block.plain)
        return out;
    out.reference = out.first + block.n_columns;
    out.pairwise = out.reference + (factor == NULL ? 0 : 1);
    out.n = out.pairwise;
    if (factor != NULL && spec->pairwise != RS_PAIRWISE_NONE)
        out.n += rs_term_pair(0, factor->n_levels);
    return out;
}

void rs_term_blocks(size_t *out, const struct rs_spec *spec)
{
    size_t next = rs_term_joint(spec, spec->n_covariates);

    for (size_t j = 0; j < spec->data->n_columns; j++) {
        out[j] = next;
        next += is_x(spec, j) ? rs_term_block_of(spec, j).n : 0;
    }
    out[spec->data->n_columns] = next;
}

/* Terms of the covariates. */
static size_t most_of_covariates(const struct rs_spec *spec)
{
    size_t n = 0;

    for (size_t i = 0; i < spec->n_covariates; i++) {
        n += rs_covariate_terms(spec, i) + (rs_term_has_joint(spec, i) ? 1 : 0);
        if (rs_covariate_factor(spec, i) != NULL &&
            !rs_covariate_keeps_all(spec, i) && rs_covariate_terms(spec, i) > 0)
            n--;
    }
    return n;
}

size_t rs_term_most(const struct rs_spec *spec)
{
    size_t of_x = 1;

    for (size_t j = 0; j < spec->data->n_columns; j++) {
        /* and x's own F */
        size_t n = is_x(spec, j) ? rs_term_block_of(spec, j).n + 1 : 0;
        of_x = n > of_x ? n : of_x;
    }
    return (spec->intercept ? 1 : 0) + of_x + most_of_covariates(spec);
}
