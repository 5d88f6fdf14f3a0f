/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "normal_matrix.h"

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
