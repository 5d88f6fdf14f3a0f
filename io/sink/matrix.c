/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matrix.h"

#include "mem.h"

#include <stdint.h>

size_t rs_matrix_bytes(size_t n_y, size_t n_x, bool matched)
{
    size_t cells = 0;
    size_t bytes = 0;

    if (!rs_size_mul(&cells, n_y, matched ? 1 : n_x) ||
        !rs_size_mul(&bytes, cells, sizeof(double)))
        return SIZE_MAX;
    return bytes;
}
