/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BOOTSTRAP_UNITS_H
#define RS_BOOTSTRAP_UNITS_H

#include "spec.h"

/*
 * What a resample draws: rows, or whole clusters of them. Of some rows of the
 * dataset, units are numbered in the order in which their first rows come.
 */
struct rs_bootstrap_units {
    size_t n;        /* units of the rows set last */
    bool grouped;    /* some unit has several rows; if not, row i is unit i */
    uint32_t *of;    /* [rows] the unit of each; meaningless if not grouped */
    uint32_t *first; /* [n + 1] where in `rows` those of each begin */
    uint32_t *rows;  /* [rows] unit by unit */

    const struct rs_factor *clusters; /* NULL: rows are drawn */
    uint32_t *number;                 /* [levels] the unit of each */
};

/* Of up to n_max rows. Owns: rs_bootstrap_units_clear, also after an error.
 * Errors: RS_ERR_NOMEM. */
enum rs_status rs_bootstrap_units_init(struct rs_bootstrap_units *units,
                                       const struct rs_spec *spec, size_t n_max,
                                       struct rs_error *err) RS_MUST_CHECK;
void rs_bootstrap_units_clear(struct rs_bootstrap_units *units);

/* Finds the units of n rows, which have clusters; rows: bits. */
void rs_bootstrap_units_set(struct rs_bootstrap_units *units,
                            const uint64_t *rows, size_t n_words, size_t n);

/* The rows of a unit, to *rows, which may point at `unit` itself. Returns how
 * many. */
static inline size_t
rs_bootstrap_unit_rows(const uint32_t **rows,
                       const struct rs_bootstrap_units *units,
                       const uint32_t *unit)
{
    if (!units->grouped) {
        *rows = unit;
        return 1;
    }
    *rows = &units->rows[units->first[*unit]];
    return units->first[*unit + 1] - units->first[*unit];
}

#endif
