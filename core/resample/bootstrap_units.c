/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap_units.h"

#include "errors.h"
#include "mem.h"

#include <stdlib.h>
#include <string.h>

void rs_bootstrap_units_clear(struct rs_bootstrap_units *units)
{
    free(units->of);
    free(units->first);
    free(units->rows);
    free(units->number);
    memset(units, 0, sizeof *units);
}

enum rs_status rs_bootstrap_units_init(struct rs_bootstrap_units *units,
                                       const struct rs_spec *spec, size_t n_max,
                                       struct rs_error *err)
{
    const struct rs_errors_ask *ask = spec->errors_ask;

    memset(units, 0, sizeof *units);
    if (ask == NULL || ask->n_clusters == 0)
        return RS_OK;
    units->clusters = spec->data->columns[ask->clusters[0]].levels;
    units->of = rs_alloc(n_max, sizeof *units->of, err);
    units->first = rs_alloc(n_max + 1, sizeof *units->first, err);
    units->rows = rs_alloc(n_max, sizeof *units->rows, err);
    units->number =
        rs_alloc(units->clusters->n_levels, sizeof *units->number, err);
    if (units->of == NULL || units->first == NULL || units->rows == NULL ||
        units->number == NULL)
        return RS_ERR_NOMEM;
    return RS_OK;
}

/* Numbers the clusters, and says which each row is of. */
static void number_clusters(struct rs_bootstrap_units *units,
                            const uint64_t *rows, size_t n_words)
{
    size_t i = 0;

    memset(units->number, 0xff,
           units->clusters->n_levels * sizeof *units->number);
    units->n = 0;
    for (size_t w = 0; w < n_words; w++)
        for (uint64_t bits = rows[w]; bits != 0; bits &= bits - 1) {
            size_t row = 64 * w + (size_t)__builtin_ctzll(bits);
            uint32_t *number = &units->number[units->clusters->codes[row]];
            if (*number == UINT32_MAX)
                *number = (uint32_t)units->n++;
            units->of[i++] = *number;
        }
}

void rs_bootstrap_units_set(struct rs_bootstrap_units *units,
                            const uint64_t *rows, size_t n_words, size_t n)
{
    units->n = n;
    units->grouped = false;
    if (units->clusters == NULL)
        return;
    number_clusters(units, rows, n_words);
    units->grouped = units->n < n;
    memset(units->first, 0, (units->n + 1) * sizeof *units->first);
    for (size_t i = 0; i < n; i++)
        units->first[units->of[i] + 1]++;
    for (size_t u = 0; u < units->n; u++)
        units->first[u + 1] += units->first[u];
    for (size_t i = n; i-- > 0;) /* the ends move down to the beginnings */
        units->rows[--units->first[units->of[i] + 1]] = (uint32_t)i;
    memmove(units->first, units->first + 1, units->n * sizeof *units->first);
    units->first[units->n] = (uint32_t)n;
}
