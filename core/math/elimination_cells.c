/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elimination_shared.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

enum rs_status rs_cells_init(struct rs_cells *cells, size_t n, bool residues,
                             struct rs_error *err)
{
    memset(cells, 0, sizeof *cells);
    cells->i = rs_alloc(n, sizeof *cells->i, err);
    cells->j = rs_alloc(n, sizeof *cells->j, err);
    cells->weights = rs_alloc(n, sizeof *cells->weights, err);
    if (residues)
        cells->residue = rs_alloc(n, sizeof *cells->residue, err);
    if (cells->i == NULL || cells->j == NULL || cells->weights == NULL ||
        (residues && cells->residue == NULL)) {
        rs_cells_clear(cells);
        return RS_ERR_NOMEM;
    }
    return RS_OK;
}

void rs_cells_clear(struct rs_cells *cells)
{
    free(cells->i);
    free(cells->j);
    free(cells->weights);
    free(cells->residue);
    memset(cells, 0, sizeof *cells);
}

bool rs_elimination_put(struct rs_elimination *self, uint32_t other,
                        double factor)
{
    if (self->n_factors == self->room_factors) {
        size_t room = self->room_factors < 1024 ? 1024 : self->room_factors * 2;
        uint32_t *others = realloc(self->others, room * sizeof *others);
        double *factors = NULL;
        if (others != NULL)
            self->others = others;
        factors = realloc(self->factors, room * sizeof *factors);
        if (factors != NULL)
            self->factors = factors;
        if (others == NULL || factors == NULL)
            return false;
        self->room_factors = room;
    }
    self->others[self->n_factors] = other;
    self->factors[self->n_factors++] = factor;
    return true;
}

uint64_t rs_prime_inverse(uint64_t a)
{
    uint64_t power = RS_PRIME - 2; /* Fermat */
    uint64_t result = 1;

    for (; power != 0; power >>= 1) {
        if ((power & 1) != 0)
            result = rs_prime_mul(result, a);
        a = rs_prime_mul(a, a);
    }
    return result;
}
