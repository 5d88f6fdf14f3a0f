/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elimination_shared.h"

#include <stdlib.h>

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
