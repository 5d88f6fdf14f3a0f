/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shortage.h"

#include "basis.h"
#include "mem.h"
#include "row_set.h"

#include <stdlib.h>

/* The factor with most levels; NULL: there is none. */
static const struct rs_factor *find_largest(const struct rs_spec *spec,
                                            size_t *column)
{
    const struct rs_factor *largest = NULL;

    for (size_t i = 0; i < spec->n_covariates; i++) {
        const struct rs_factor *factor = rs_covariate_factor(spec, i);
        if (factor == NULL ||
            (largest != NULL && factor->n_levels <= largest->n_levels))
            continue;
        largest = factor;
        *column = spec->covariates[i];
    }
    return largest;
}

/* True when the covariates may have as many coefficients as rows. */
static bool may_be(const struct rs_spec *spec, uint64_t *rows)
{
    size_t n_rows = spec->data->n_rows;
    size_t n_words = rs_bit_words(n_rows);
    size_t most = 2; /* intercept and x */
    size_t n = n_rows;

    rs_rows_fill(rows, n_rows);
    for (size_t i = 0; i < spec->n_covariates; i++) {
        most += rs_covariate_terms(spec, i);
        n = rs_rows_and(rows, rows,
                        spec->data->columns[spec->covariates[i]].valid,
                        n_words);
    }
    if (spec->weights != NULL)
        n = rs_rows_and(rows, rows, spec->data->columns[*spec->weights].valid,
                        n_words);
    for (size_t i = 0; spec->weights != NULL && i < n_rows; i++)
        if (rs_rows_has(rows, i) &&
            !(spec->data->columns[*spec->weights].values[i] > 0.0))
            n--;
    return n <= most;
}

static size_t count_levels(const struct rs_factor *factor, const uint64_t *rows,
                           size_t n_rows, bool *seen)
{
    size_t n = 0;

    for (size_t i = 0; i < n_rows; i++)
        if (rs_rows_has(rows, i) && !seen[factor->codes[i]]) {
            seen[factor->codes[i]] = true;
            n++;
        }
    return n;
}

enum rs_status rs_shortage_find(struct rs_shortage *out, bool *found,
                                const struct rs_spec *spec,
                                struct rs_error *err)
{
    const struct rs_factor *largest = find_largest(spec, &out->column);
    struct rs_basis basis;
    uint64_t *rows = NULL;
    bool *seen = NULL;
    enum rs_status status = RS_OK;

    *found = false;
    if (largest == NULL)
        return RS_OK;
    rows = rs_alloc(rs_bit_words(spec->data->n_rows), sizeof *rows, err);
    seen = rs_alloc(largest->n_levels, sizeof *seen, err);
    if (rows == NULL || seen == NULL) {
        status = RS_ERR_NOMEM;
        goto done;
    }
    if (!may_be(spec, rows))
        goto done;
    status = rs_basis_init(&basis, spec, err);
    if (status != RS_OK)
        goto done;
    *found = basis.n < basis.rank + 2;
    out->rows = basis.n;
    out->rank = basis.rank;
    out->levels =
        count_levels(largest, basis.base.rows, spec->data->n_rows, seen);
    rs_basis_clear(&basis);
done:
    free(rows);
    free(seen);
    return status;
}
