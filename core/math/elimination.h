/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ELIMINATION_H
#define RS_ELIMINATION_H

#include "error.h"
#include "normal_matrix.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Symmetric elimination of the cross products of 0/1 columns, one column a
 * level of a factor (a node): A = Z'WZ. The diagonal holds the weights of the
 * levels, the rest those of the cells that two levels of different factors
 * share. A is singular: it tells which columns depend on those eliminated
 * before them, and solves with the others.
 *
 * Nodes with few neighbours go first, as sparse steps (minimum degree, Tinney
 * and Walker 1967); what is left, when that is small or full, is a dense core.
 * Of two factors, a core that is large as well is solved by conjugate
 * gradients.
 *
 * Two factors: A is, but for signs, the Laplacian of a graph. Pivots are the
 * sums of what is off the diagonal, nothing is ever subtracted, and every
 * number of the factorisation is right to its last digits however weakly the
 * graph hangs together (Grassmann, Taksar and Heyman 1985; Alfa, Xue and Ye
 * 2002). A column is dependent where nothing is left off the diagonal: once a
 * component. More factors: a second elimination, of Z'RZ with random weights
 * R modulo the prime 2^61 - 1, goes with the first; there a column is
 * dependent where the pivot is 0, but for a chance of about n / 2^61.
 */

struct rs_elimination;

enum { RS_ELIMINATION_WORK = 5 };

/*
 * Eliminates. Reads the matrix and keeps nothing of it.
 * Owns: rs_elimination_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_elimination_new(struct rs_elimination **out,
                                  const struct rs_normal_matrix *matrix,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_elimination_free(struct rs_elimination *self);

/* Columns that depend on the others; their nodes in *nodes, borrowed. */
size_t rs_elimination_dependent(const struct rs_elimination *self,
                                const uint32_t **nodes);

/* False when a pivot drowned in rounding: do not solve. */
bool rs_elimination_is_sound(const struct rs_elimination *self);

/*
 * A solution of A x = t, with 0 at the dependent nodes.
 * x     inout  [n] t on entry
 * work  out    [RS_ELIMINATION_WORK n]
 */
void rs_elimination_solve(const struct rs_elimination *self, double *x,
                          double *work);

/*
 * t'A^-t of a t that is orthogonal to the null vectors, as a sum of squares:
 * no digits are lost. x: t on entry, undefined afterwards.
 */
double rs_elimination_length(const struct rs_elimination *self, double *x,
                             double *work);

/* The null vector of A that is 1 at this dependent node, 0 at the others;
 * three and more factors. */
void rs_elimination_null(const struct rs_elimination *self, uint32_t node,
                         double *x, double *work);

#endif
