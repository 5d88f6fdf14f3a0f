/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair_rows.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

size_t rs_pair_rows_most(unsigned which, const struct rs_spec *spec)
{
    if ((which & RS_ROWS_TERMS) == 0)
        return 1;
    return rs_term_most(spec) + ((which & RS_ROWS_PAIRS) != 0 ? 1 : 0);
}

enum rs_status rs_pair_rows_init(struct rs_pair_rows *self, unsigned which,
                                 const struct rs_model *model,
                                 const struct rs_spec *spec,
                                 struct rs_error *err)
{
    memset(self, 0, sizeof *self);
    self->pairs = (which & RS_ROWS_TERMS) == 0 || (which & RS_ROWS_PAIRS) != 0;
    if ((which & RS_ROWS_TERMS) == 0)
        return RS_OK;
    self->rows =
        rs_alloc(rs_pair_rows_most(which, spec), sizeof *self->rows, err);
    if (self->rows == NULL)
        return RS_ERR_NOMEM;
    return rs_term_fits_new(&self->terms, model, spec, err);
}

void rs_pair_rows_clear(struct rs_pair_rows *self)
{
    rs_term_fits_free(self->terms);
    free(self->rows);
    memset(self, 0, sizeof *self);
}

const struct rs_row *rs_pair_rows_of(struct rs_pair_rows *self, size_t *n,
                                     const struct rs_row *pair, size_t shift)
{
    const struct rs_term_fit *fits = NULL;
    size_t n_terms = 0;

    *n = 1;
    if (self->terms == NULL)
        return pair;
    *n = 0;
    if (self->pairs)
        self->rows[(*n)++] = *pair;
    fits = rs_term_fits_of(self->terms, &n_terms, pair->y, pair->x, pair->fit);
    for (size_t i = 0; i < n_terms; i++) {
        size_t term = fits[i].term;
        self->rows[(*n)++] =
            (struct rs_row){pair->y,
                            pair->x,
                            term < RS_TERM_COVARIATES ? term : term + shift,
                            &fits[i].fit,
                            fits[i].added,
                            pair->part,
                            NULL};
    }
    return self->rows;
}
