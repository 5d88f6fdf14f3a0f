/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elimination_core.h"

#include "mem.h"
#include "prime.h"

#include <gsl/gsl_cblas.h>
#include <math.h>
#include <stdlib.h>

/* Rows that are eliminated before the rest of the core hears of it, by one
 * matrix product. */
enum { BLOCK = 48, STRIPE = 128 };

enum rs_status rs_elimination_core_init(struct rs_elimination *self,
                                        struct rs_error *err)
{
    size_t cells = 0;

    for (size_t i = 0; i < self->r; i++)
        self->core_of[self->nodes[self->n_steps + i]] = (uint32_t)i;
    if (!rs_size_mul(&cells, self->r, self->r))
        return rs_error_set(err, RS_ERR_NOMEM, "too many levels");
    self->core = rs_alloc(cells, sizeof *self->core, err);
    if (!self->laplacian)
        self->residue = rs_alloc(cells, sizeof *self->residue, err);
    return self->core == NULL || (!self->laplacian && self->residue == NULL)
               ? RS_ERR_NOMEM
               : RS_OK;
}

/* Which pivots are 0, modulo the prime: marks[i]. */
static void find_dependent(struct rs_elimination *self, bool *marks)
{
    size_t r = self->r;

    for (size_t k = 0; k < r; k++) {
        uint64_t *row = &self->residue[k * r];
        uint64_t inverse = 0;
        marks[k] = row[k] == 0;
        if (marks[k])
            continue;
        inverse = rs_prime_inverse(row[k]);
        for (size_t i = k + 1; i < r; i++) {
            uint64_t factor = rs_prime_mul(row[i], inverse);
            uint64_t *to = &self->residue[i * r];
            if (factor == 0)
                continue;
            for (size_t j = i; j < r; j++)
                to[j] = rs_prime_sub(to[j], rs_prime_mul(factor, row[j]));
        }
    }
}

/* Row k, to which the rows before the block have been applied, takes those
 * of the block. */
static void take_block(struct rs_elimination *self, size_t first, size_t k)
{
    size_t r = self->r;
    double *row = &self->core[k * r];

    for (size_t p = first; p < k; p++) {
        const double *from = &self->core[p * r];
        double pivot = self->pivots[self->n_steps + p];
        double factor = pivot == 0.0 ? 0.0 : from[k] / pivot;
        if (factor == 0.0)
            continue;
        for (size_t j = k; j < r; j++)
            row[j] -= factor * from[j];
    }
}

static double pivot_of(struct rs_elimination *self, const bool *marks, size_t k)
{
    const double *row = &self->core[k * self->r];
    double sum = 0.0;

    if (!self->laplacian) {
        if (marks[k])
            return 0.0;
        self->sound = self->sound && row[k] > 0.0;
        return row[k] > 0.0 ? row[k] : 0.0;
    }
    for (size_t j = k + 1; j < self->r; j++)
        sum += fabs(row[j]);
    return sum;
}

/* The rows behind a block take it; its own become factors. scaled, raw: [BLOCK]
 * [r] */
static void pass_on(struct rs_elimination *self, size_t first, size_t end,
                    double *scaled)
{
    size_t r = self->r;

    for (size_t p = first; p < end; p++) {
        const double *row = &self->core[p * r];
        double pivot = self->pivots[self->n_steps + p];
        for (size_t j = end; j < r; j++)
            scaled[(p - first) * r + j] = pivot == 0.0 ? 0.0 : row[j] / pivot;
    }
    for (size_t i = end; i < r; i += STRIPE) {
        size_t rows = r - i < STRIPE ? r - i : STRIPE;
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)rows,
                    (int)(r - i), (int)(end - first), -1.0, &scaled[i], (int)r,
                    &self->core[first * r + i], (int)r, 1.0,
                    &self->core[i * r + i], (int)r);
    }
    for (size_t p = first; p < end; p++) {
        double *row = &self->core[p * r];
        double pivot = self->pivots[self->n_steps + p];
        for (size_t j = p + 1; j < r; j++)
            row[j] = pivot == 0.0 ? 0.0 : row[j] / pivot;
    }
}

enum rs_status rs_elimination_core(struct rs_elimination *self,
                                   struct rs_error *err)
{
    size_t r = self->r;
    bool *marks = rs_alloc(r, sizeof *marks, err);
    double *scaled = rs_alloc(r * BLOCK, sizeof *scaled, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (marks == NULL || scaled == NULL)
        goto done;
    if (!self->laplacian)
        find_dependent(self, marks);
    free(self->residue);
    self->residue = NULL;
    for (size_t first = 0; first < r; first += BLOCK) {
        size_t end = r - first < BLOCK ? r : first + BLOCK;
        for (size_t k = first; k < end; k++) {
            take_block(self, first, k);
            self->pivots[self->n_steps + k] = pivot_of(self, marks, k);
        }
        pass_on(self, first, end, scaled);
    }
    status = RS_OK;
done:
    free(marks);
    free(scaled);
    return status;
}
