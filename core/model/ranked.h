/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RANKED_H
#define RS_RANKED_H

#include "spec.h"

/*
 * Columns as their own ranks, for models that fit those, shared by workers:
 * where a column has all rows that covariates and spec->rows leave, its ranks
 * are the same in every such pair. One that has not is infinite throughout:
 * its pairs rank the rows that they have, which is the model's own affair.
 */
struct rs_ranked;

/*
 * Ranks the numeric ones of these columns, and the covariates.
 * spec     in  kept, as is what it points at
 * columns  in  [n] may be repeated
 * Owns: rs_ranked_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_ranked_new(struct rs_ranked **out, const struct rs_spec *spec,
                             const size_t *columns, size_t n,
                             unsigned n_threads,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_ranked_free(struct rs_ranked *ranked); /* NULL allowed */

/* Bytes of the ranks. */
size_t rs_ranked_bytes(const struct rs_ranked *ranked);

/* The spec of a fit of ranks: of which r alone counts, and its t. */
const struct rs_spec *rs_ranked_spec(const struct rs_ranked *ranked);

/* The ranks of a column, [n_rows]; NULL where it has not all rows. */
const double *rs_ranked_values(const struct rs_ranked *ranked, size_t column);

#endif
