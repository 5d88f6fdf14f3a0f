/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ERRORS_H
#define RS_ERRORS_H

#include "dd.h"
#include "spec.h"

/*
 * Kinds of standard errors of a slope. One file a kind, one
 * `const struct rs_errors_kind` in it, one row in the table of errors.c; the
 * tile engine has a way for a kind, or leaves it to the exact engine
 * (tile_way.h).
 */

/* One fit, row by row; all numbers times the root of the row's weight. */
struct rs_errors_rows {
    const double *x;    /* [n] residuals of x on the covariates */
    const double *e;    /* [n] residuals of the fit */
    const double *left; /* [n] what the row's leverage, the diagonal of the hat
                           matrix, leaves of 1 */
    size_t n;
    double xx; /* sum of the squares of x */
};

/* Less than this left of 1 is leverage 1 but for the rounding of the data,
 * which enters squared, and of double-doubles; from here on its digits are
 * right. */
static const double rs_errors_least_left = 1e-20;

struct rs_errors_kind {
    const char *name; /* as in --se */

    /* Variance of the slope; NaN: it has none, as a row has leverage 1. NULL:
     * the classical one, sigma^2 / xx. */
    double (*variance)(const struct rs_errors_rows *rows);
};

/* The kind of that name, or NULL. */
const struct rs_errors_kind *rs_errors_find(const char *name);

/* The names of all kinds, a comma between them. */
void rs_errors_names(char *out, size_t room);

/* The kind that a run asks for: spec->errors, or the classical one. */
const struct rs_errors_kind *rs_errors_of(const struct rs_spec *spec);

/* Not the classical one: t is no function of r. */
static inline bool rs_errors_robust(const struct rs_spec *spec)
{
    return rs_errors_of(spec)->variance != NULL;
}

/* Room for the rows of fits one after another. */
struct rs_errors_room {
    const struct rs_errors_kind *kind;
    double *x, *e, *left;     /* [n] as in struct rs_errors_rows */
    struct rs_dd *own, *rest; /* [n] x and e, without weights */
    double *base;             /* [n] what the covariates' leverage leaves of 1,
                                 and that of absorbed levels alone: */
    struct rs_dd *levels;     /* [n] */
    bool base_known;          /* both are those of the rows set now */
};

/* n rows at most. Owns: rs_errors_room_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_errors_room_init(struct rs_errors_room *room,
                                   const struct rs_errors_kind *kind, size_t n,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_errors_room_clear(struct rs_errors_room *room);

#endif
