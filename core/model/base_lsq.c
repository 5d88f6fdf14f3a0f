/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base_lsq.h"

#include "mem.h"
#include "row.h"
#include "terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A null vector has no part in a term below this part of its largest. */
static const double nothing = 1e-8;

/* ---- null vectors ------------------------------------------------ */

/* Numbers of the base's columns that were dropped though they are not
 * constant; returns how many. */
static size_t list_dropped(size_t *out, const struct rs_base_columns *base,
                           const struct rs_lsq *lsq)
{
    size_t n = 0;
    size_t kept = 0;

    for (size_t j = 0; j < base->n_used; j++)
        if (kept < rs_lsq_base_rank(lsq) && rs_lsq_base_column(lsq, kept) == j)
            kept++;
        else if (!base->use[j]->constant)
            out[n++] = j;
    return n;
}

/* The parts that absorbed levels have in a null vector. */
static void fill_levels(struct rs_dd *null, struct rs_base_columns *base,
                        struct rs_lsq *lsq, struct rs_contrast *contrast)
{
    struct rs_base_terms at = {0};

    while (rs_base_terms_next(&at, &base->spec))
        for (size_t level = 0; at.absorbed && level < at.n; level++)
            if (rs_absorb_level(base->absorb, at.factor, level, contrast) ==
                RS_LEVEL_FITTED)
                null[at.first + level] =
                    rs_dd_neg(rs_lsq_explained_level(lsq, contrast, false));
}

/* The null vector that a dropped column ends, or began. */
static void fill_null(struct rs_dd *null, struct rs_base_columns *base,
                      struct rs_lsq *lsq, size_t dropped,
                      struct rs_contrast *contrast)
{
    rs_lsq_explain(lsq, base->use[dropped]);
    for (size_t l = 0; l < rs_lsq_base_rank(lsq); l++)
        null[base->terms[rs_lsq_base_column(lsq, l)]] =
            rs_dd_neg(rs_lsq_explained_part(lsq, l));
    null[base->terms[dropped]] = rs_dd_of(1.0);
    fill_levels(null, base, lsq, contrast);
    if (base->spec.intercept)
        null[RS_TERM_INTERCEPT] =
            rs_dd_neg(rs_lsq_explained_level(lsq, &base->intercept, true));
}

static double largest(const struct rs_dd *v, size_t n)
{
    double most = 0.0;

    for (size_t t = 0; t < n; t++)
        most = fmax(most, fabs(v[t].hi));
    return most;
}

/* Makes row `best` row `done`, 1 at term t. */
static void take_row(struct rs_dd *null, size_t done, size_t best, size_t t,
                     size_t n_terms)
{
    struct rs_dd *row = &null[done * n_terms];
    struct rs_dd *from = &null[best * n_terms];
    struct rs_dd pivot = from[t];

    for (size_t k = 0; k < n_terms; k++) {
        struct rs_dd value = rs_dd_div(from[k], pivot);
        from[k] = row[k];
        row[k] = value;
    }
}

/* Brings null vectors to the form in which ends[r] is the last term of row r,
 * and 0 in all others. */
static void reduce(struct rs_dd *null, size_t *ends, size_t n, size_t n_terms)
{
    size_t done = 0;

    for (size_t t = n_terms; t-- > 0 && done < n;) {
        size_t best = done;
        for (size_t r = done; r < n; r++)
            if (fabs(null[r * n_terms + t].hi) >
                fabs(null[best * n_terms + t].hi))
                best = r;
        if (!(fabs(null[best * n_terms + t].hi) >
              nothing * largest(&null[best * n_terms], n_terms)))
            continue;
        take_row(null, done, best, t, n_terms);
        for (size_t r = 0; r < n; r++) {
            struct rs_dd factor = null[r * n_terms + t];
            for (size_t k = 0; r != done && k < n_terms; k++)
                null[r * n_terms + k] =
                    rs_dd_sub(null[r * n_terms + k],
                              rs_dd_mul(factor, null[done * n_terms + k]));
        }
        ends[done++] = t;
    }
}

/* ---- the order --------------------------------------------------- */

/* The absorbed level that a term is; false: it is none. */
static bool find_level(struct rs_contrast *out,
                       const struct rs_base_columns *base, size_t wanted)
{
    struct rs_base_terms at = {0};

    while (rs_base_terms_next(&at, &base->spec))
        if (wanted >= at.first && wanted < at.first + at.n)
            return at.absorbed &&
                   rs_absorb_level(base->absorb, at.factor, wanted - at.first,
                                   out) == RS_LEVEL_FITTED;
    return false;
}

/* Keeps the null vectors that end with a level, and their contrasts. */
static enum rs_status keep_levels(struct rs_base_order *order,
                                  const struct rs_base_columns *base, size_t n,
                                  struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t r = 0; r < n && status == RS_OK; r++) {
        struct rs_contrast *contrast = &order->contrasts[order->n];
        status = rs_contrast_init(contrast, base->absorb, 1, err);
        if (status != RS_OK)
            break;
        if (!find_level(contrast, base, order->ends[r])) {
            rs_contrast_clear(contrast);
            continue;
        }
        memmove(&order->null[order->n * order->n_terms],
                &order->null[r * order->n_terms],
                order->n_terms * sizeof *order->null);
        order->ends[order->n++] = order->ends[r];
    }
    return status;
}

/* Columns that have a coefficient now: all dropped ones but those that are
 * ends themselves. */
static void mark_kept(struct rs_base_order *order,
                      const struct rs_base_columns *base, const size_t *dropped,
                      size_t n_dropped, const size_t *ends)
{
    for (size_t d = 0; d < n_dropped; d++) {
        bool is_end = false;
        for (size_t r = 0; r < n_dropped; r++)
            is_end = is_end || ends[r] == base->terms[dropped[d]];
        order->kept[dropped[d]] = !is_end;
    }
}

static enum rs_status make_order(struct rs_base_order *order,
                                 struct rs_base_columns *base,
                                 struct rs_lsq *lsq, const size_t *dropped,
                                 size_t n, struct rs_error *err)
{
    struct rs_contrast contrast = {0, NULL, NULL};
    enum rs_status status = rs_contrast_init(&contrast, base->absorb, 1, err);

    order->n_terms = rs_term_count(&base->spec);
    order->ends = rs_alloc(n, sizeof *order->ends, err);
    order->null = rs_alloc(n * order->n_terms, sizeof *order->null, err);
    order->kept = rs_alloc(base->n_used, sizeof *order->kept, err);
    order->contrasts = rs_alloc(n, sizeof *order->contrasts, err);
    if (order->ends == NULL || order->null == NULL || order->kept == NULL ||
        order->contrasts == NULL)
        status = RS_ERR_NOMEM;
    for (size_t r = 0; r < n && status == RS_OK; r++)
        fill_null(&order->null[r * order->n_terms], base, lsq, dropped[r],
                  &contrast);
    if (status == RS_OK) {
        reduce(order->null, order->ends, n, order->n_terms);
        mark_kept(order, base, dropped, n, order->ends);
        status = keep_levels(order, base, n, err);
    }
    rs_contrast_clear(&contrast);
    return status;
}

/* The intercept's contrast with the null vectors taken out, and what follows
 * from it. */
static enum rs_status change_intercept(struct rs_base_columns *base,
                                       struct rs_error *err)
{
    struct rs_contrast changed = {0, NULL, NULL};
    enum rs_status status =
        rs_contrast_init(&changed, base->absorb, base->order.n + 1, err);

    if (status != RS_OK)
        return status;
    rs_absorb_intercept(base->absorb, &changed);
    rs_base_order_apply(&base->order, RS_TERM_INTERCEPT, &changed);
    rs_contrast_clear(&base->intercept);
    base->intercept = changed;
    base->lever = rs_absorb_spread(base->absorb, base->work, &base->intercept);
    for (size_t j = 0; j < base->n_used; j++)
        rs_lsq_column_find_mean(&base->columns[j], &base->intercept);
    return RS_OK;
}

void rs_base_to_lsq(struct rs_base_columns *base, struct rs_lsq *lsq)
{
    size_t *dropped = NULL;
    size_t n = 0;
    enum rs_status status = RS_OK;

    rs_base_order_clear(&base->order);
    rs_base_lend_lsq(base, lsq);
    if (base->absorb == NULL || !base->settled || base->n_set == 0 ||
        rs_lsq_base_rank(lsq) == base->n_used)
        return;
    dropped = rs_alloc(base->n_used, sizeof *dropped, NULL);
    if (dropped == NULL)
        status = RS_ERR_NOMEM;
    else
        n = list_dropped(dropped, base, lsq);
    if (n > 0)
        status = make_order(&base->order, base, lsq, dropped, n, NULL);
    if (status == RS_OK && base->order.n > 0) {
        status = change_intercept(base, NULL);
        rs_base_lend_lsq(base, lsq);
    }
    if (status != RS_OK)
        base->settled = false;
    free(dropped);
}
