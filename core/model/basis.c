/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "basis.h"

#include "base_lsq.h"
#include "mem.h"
#include "row_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Vector 0: the same coefficient for every row. */
static void add_intercept(struct rs_basis *basis)
{
    const double *root = basis->base.root;
    double unit = 1.0 / sqrt(basis->total);

    for (size_t i = 0; i < basis->n; i++)
        basis->vectors[i] = root == NULL ? unit : unit * root[i];
    basis->level[0] = unit;
    basis->n_vectors = 1;
    basis->n_levels = 1;
}

static enum rs_status add_covariates(struct rs_basis *basis,
                                     struct rs_error *err)
{
    struct rs_base_columns *base = &basis->base;
    struct rs_lsq *lsq = NULL;
    enum rs_status status =
        rs_lsq_new(&lsq, basis->n, base->n_used, base->spec.intercept, err);

    if (status != RS_OK)
        return status;
    rs_base_to_lsq(base, lsq);
    for (size_t j = 0; j < base->n_used; j++)
        basis->finite =
            basis->finite && base->use[j]->finite && base->use[j]->settled;
    for (size_t l = 0; l < rs_lsq_base_rank(lsq); l++) {
        size_t at = basis->n_vectors++;
        struct rs_lsq_vector vector =
            rs_lsq_vector(lsq, &basis->vectors[at * basis->n], l);
        basis->level[at] = -vector.level;
        basis->reach[at] = vector.reach;
    }
    rs_lsq_free(lsq);
    return RS_OK;
}

static enum rs_status allocate(struct rs_basis *basis, struct rs_error *err)
{
    size_t most = basis->base.n_used + 1;

    basis->vectors = rs_alloc(most * basis->n, sizeof *basis->vectors, err);
    basis->level = rs_alloc(most, sizeof *basis->level, err);
    basis->reach = rs_alloc(most, sizeof *basis->reach, err);
    basis->log_weights = rs_alloc(basis->n, sizeof(double), err);
    return basis->vectors == NULL || basis->level == NULL ||
                   basis->reach == NULL || basis->log_weights == NULL
               ? RS_ERR_NOMEM
               : RS_OK;
}

/* Intercept, covariates, and what they are together. */
static enum rs_status fill(struct rs_basis *basis, struct rs_error *err)
{
    const struct rs_base_columns *base = &basis->base;
    enum rs_status status = RS_OK;

    if (base->log_weights != NULL)
        (void)rs_rows_gather(basis->log_weights, base->log_weights, base->rows,
                             base->n_words);
    if (base->spec.intercept && basis->n > 0 && base->absorb == NULL)
        add_intercept(basis);
    if (basis->n > 0)
        status = add_covariates(basis, err);
    if (status == RS_OK && base->absorb != NULL && !base->settled)
        status = rs_error_set(err, RS_ERR_NOMEM,
                              "out of memory for the levels of covariates");
    basis->rank = basis->n_vectors;
    if (base->absorb != NULL)
        basis->rank += rs_base_taken(base);
    basis->adjusted =
        base->absorb != NULL || basis->n_vectors > basis->n_levels;
    return status;
}

enum rs_status rs_basis_init(struct rs_basis *basis, const struct rs_spec *spec,
                             struct rs_error *err)
{
    struct rs_base_columns *base = &basis->base;
    const struct rs_row_weights *weights = NULL;
    enum rs_status status = RS_OK;

    memset(basis, 0, sizeof *basis);
    status = rs_base_columns_init(base, spec, err);
    if (status != RS_OK)
        return status;
    rs_base_columns_set(base, base->rows, base->n);
    weights = rs_base_weights(base);
    basis->n = base->n;
    basis->total = weights == NULL ? (double)base->n : weights->total.hi;
    basis->log_weight = rs_base_log_weight(base, base->rows);
    basis->finite = true;
    status = allocate(basis, err);
    if (status == RS_OK)
        status = fill(basis, err);
    if (status != RS_OK)
        rs_basis_clear(basis);
    return status;
}

void rs_basis_clear(struct rs_basis *basis)
{
    rs_base_columns_clear(&basis->base);
    free(basis->vectors);
    free(basis->level);
    free(basis->reach);
    free(basis->log_weights);
    memset(basis, 0, sizeof *basis);
}
