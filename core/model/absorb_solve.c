/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "absorb_shared.h"

#include "mem.h"
#include "row_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Squares of steps, as parts of the square of the residual: a further one is
 * not worth its time; the last one of a refinement that stands still may be
 * as long. And as a part of the square of the column: nothing but rounding. */
static const double settled_squared = 1e-40;
static const double usable_squared = 1e-26;
static const double rounding_squared = 1e-58;

enum { MAX_STEPS = 40 };

/* Levels of all factors but the largest that are eliminated as a dense matrix:
 * 72 MB, half a second. */
enum { MOST_CORE = 3000 };

/* ---- rows -------------------------------------------------------- */

/* Numbers the levels present in the rows, the reference first. */
static void find_nodes(struct rs_absorb *a, size_t f, const uint64_t *rows)
{
    const int32_t *codes = a->factors[f]->codes;
    uint32_t *node_of = &a->node_of[a->levels_at[f]];
    uint32_t *out = &a->rows[f * a->n_rows];
    size_t n_levels = a->factors[f]->n_levels;
    size_t reference = a->factors[f]->reference;
    size_t n = 0;

    memset(node_of, 0, n_levels * sizeof *node_of);
    for (size_t w = 0; w < a->n_words; w++)
        for (uint64_t bits = rows[w]; bits != 0; bits &= bits - 1) {
            uint32_t code =
                (uint32_t)codes[64 * w + (size_t)__builtin_ctzll(bits)];
            out[n++] = code;
            node_of[code] = 1;
        }
    a->first[f] = a->n_nodes;
    if (reference < n_levels && node_of[reference] != 0)
        node_of[reference] = (uint32_t)++a->n_nodes;
    for (size_t level = 0; level < n_levels; level++)
        if (node_of[level] != 0 && level != reference)
            node_of[level] = (uint32_t)++a->n_nodes;
    for (size_t i = 0; i < n; i++)
        out[i] = node_of[out[i]] - 1;
}

static void sum_weights(struct rs_absorb *a)
{
    memset(a->totals, 0, a->n_nodes * sizeof *a->totals);
    for (size_t f = 0; f < a->n_factors; f++) {
        const uint32_t *nodes = rs_absorb_nodes(a, f);
        for (size_t i = 0; i < a->n; i++)
            a->totals[nodes[i]] =
                rs_dd_add(a->totals[nodes[i]],
                          rs_dd_of(a->weights == NULL ? 1.0 : a->weights[i]));
    }
}

/* Which factor has most nodes. */
static size_t find_largest(const struct rs_absorb *a)
{
    size_t best = 0;

    for (size_t f = 1; f < a->n_factors; f++)
        if (a->first[f + 1] - a->first[f] > a->first[best + 1] - a->first[best])
            best = f;
    return best;
}

/* Factorises the normal equations of several factors. */
static enum rs_status eliminate(struct rs_absorb *a)
{
    size_t largest = find_largest(a);
    double *diagonal = rs_alloc(a->n_nodes, sizeof *diagonal, NULL);
    uint64_t *residue = NULL;
    struct rs_cells cells;
    struct rs_normal_matrix matrix;
    const uint32_t *ignored = NULL;
    enum rs_status status = RS_ERR_NOMEM;

    memset(&cells, 0, sizeof cells);
    if (diagonal != NULL)
        status = rs_absorb_cells(&cells, &residue, a);
    if (status == RS_OK) {
        for (size_t k = 0; k < a->n_nodes; k++)
            diagonal[k] = a->totals[k].hi;
        matrix = (struct rs_normal_matrix){
            .n = a->n_nodes,
            .first = a->first[largest],
            .n_first = a->first[largest + 1] - a->first[largest],
            .most_core = MOST_CORE,
            .diagonal = diagonal,
            .residue = residue,
            .cells = &cells,
        };
        status = rs_elimination_new(&a->elimination, &matrix, NULL);
    }
    if (status == RS_OK)
        a->rank =
            a->n_nodes - rs_elimination_dependent(a->elimination, &ignored);
    rs_cells_clear(&cells);
    free(diagonal);
    free(residue);
    return status;
}

enum rs_status rs_absorb_set(struct rs_absorb *a, const uint64_t *rows,
                             size_t n, const double *weights)
{
    enum rs_status status = RS_OK;

    rs_elimination_free(a->elimination);
    a->elimination = NULL;
    a->n = n;
    a->weights = weights;
    a->n_nodes = 0;
    for (size_t f = 0; f < a->n_factors; f++)
        find_nodes(a, f, rows);
    a->first[a->n_factors] = a->n_nodes;
    sum_weights(a);
    a->rank = a->n_nodes;
    if (a->n_factors < 2)
        return RS_OK;
    status = eliminate(a);
    if (status == RS_OK)
        status = rs_absorb_drop(a);
    return status;
}

/* ---- residuals of a column --------------------------------------- */

/* sum = sum + p + e; lo gathers what hi loses */
static inline void add_term(struct rs_dd *sum, double p, double e)
{
    struct rs_dd s = rs_two_sum(sum->hi, p);

    sum->hi = s.hi;
    sum->lo += s.lo + e;
}

/* Weighted sums over the rows of each node. */
static void sum_nodes(const struct rs_absorb *a, struct rs_dd *sums,
                      const double *hi, const double *lo)
{
    memset(sums, 0, a->n_nodes * sizeof *sums);
    for (size_t f = 0; f < a->n_factors; f++) {
        const uint32_t *nodes = rs_absorb_nodes(a, f);
        if (a->weights == NULL) {
            for (size_t i = 0; i < a->n; i++)
                add_term(&sums[nodes[i]], hi[i], lo[i]);
            continue;
        }
        for (size_t i = 0; i < a->n; i++) {
            struct rs_dd p = rs_two_product(a->weights[i], hi[i]);
            add_term(&sums[nodes[i]], p.hi, p.lo + a->weights[i] * lo[i]);
        }
    }
    for (size_t k = 0; k < a->n_nodes; k++)
        sums[k] = rs_two_sum(sums[k].hi, sums[k].lo);
}

static void leave_means(const struct rs_absorb *a, struct rs_absorb_work *work,
                        double *hi, double *lo, struct rs_dd *effects)
{
    const uint32_t *nodes = rs_absorb_nodes(a, 0);
    struct rs_dd *means = work->sums;

    sum_nodes(a, means, hi, lo);
    for (size_t k = 0; k < a->n_nodes; k++)
        means[k] = rs_dd_div(means[k], a->totals[k]);
    for (size_t i = 0; i < a->n; i++) {
        struct rs_dd left =
            rs_dd_sub((struct rs_dd){hi[i], lo[i]}, means[nodes[i]]);
        hi[i] = left.hi;
        lo[i] = left.lo;
    }
    if (effects != NULL)
        memcpy(effects, means, a->n_nodes * sizeof *effects);
}

/* Takes a step out of the rows; returns the square of the residual. */
static double subtract(const struct rs_absorb *a, const double *x, double *hi,
                       double *lo)
{
    double squares = 0.0;

    for (size_t f = 0; f < a->n_factors; f++) {
        const uint32_t *nodes = rs_absorb_nodes(a, f);
        for (size_t i = 0; i < a->n; i++) {
            struct rs_dd left =
                rs_dd_sub((struct rs_dd){hi[i], lo[i]}, rs_dd_of(x[nodes[i]]));
            hi[i] = left.hi;
            lo[i] = left.lo;
        }
    }
    for (size_t i = 0; i < a->n; i++)
        squares += (a->weights == NULL ? 1.0 : a->weights[i]) * (hi[i] * hi[i]);
    return squares;
}

/* One step of the refinement; returns its square, and the residual's. */
static double take_step(const struct rs_absorb *a, struct rs_absorb_work *work,
                        double *hi, double *lo, struct rs_dd *effects,
                        double *left)
{
    double *x = work->x;
    double step = 0.0;

    sum_nodes(a, work->sums, hi, lo);
    for (size_t k = 0; k < a->n_nodes; k++)
        x[k] = rs_dd_double(work->sums[k]);
    rs_elimination_solve(a->elimination, x, work->y);
    for (size_t k = 0; k < a->n_nodes; k++)
        step += x[k] * work->sums[k].hi;
    for (size_t k = 0; effects != NULL && k < a->n_nodes; k++)
        effects[k] = rs_dd_add(effects[k], rs_dd_of(x[k]));
    *left = subtract(a, x, hi, lo);
    return fabs(step);
}

bool rs_absorb_residuals(const struct rs_absorb *a, struct rs_absorb_work *work,
                         double *hi, double *lo, struct rs_dd *effects)
{
    double before = INFINITY;
    double floor = 0.0;
    double step = 0.0;
    double left = 0.0;

    if (a->n_factors == 1) {
        leave_means(a, work, hi, lo, effects);
        return true;
    }
    if (!rs_elimination_is_sound(a->elimination))
        return false;
    if (effects != NULL)
        memset(effects, 0, a->n_nodes * sizeof *effects);
    for (int round = 0; round < MAX_STEPS; round++) {
        step = take_step(a, work, hi, lo, effects, &left);
        if (!isfinite(step) || !isfinite(left))
            return false;
        if (round == 0)
            floor = rounding_squared * (step + left);
        if (step <= floor)
            return true;
        if (step > 0.25 * before)
            break;
        if (isfinite(before) &&
            step * (step / before) <= settled_squared * left + floor)
            return true;
        before = step;
    }
    return step <= usable_squared * left;
}

/* One step towards the rows of which a contrast is the sum; returns the largest
 * number of it. */
static double add_influence(const struct rs_absorb *a,
                            struct rs_absorb_work *work, double *hi, double *lo,
                            const struct rs_contrast *contrast)
{
    double *x = work->x;
    double most = 0.0;

    sum_nodes(a, work->sums, hi, lo);
    for (size_t e = 0; e < contrast->n; e++) {
        struct rs_dd *sum = &work->sums[contrast->nodes[e]];
        *sum = rs_dd_sub(*sum, contrast->parts[e]);
    }
    for (size_t k = 0; k < a->n_nodes; k++)
        x[k] = rs_dd_double(work->sums[k]) /
               (a->n_factors > 1 ? 1.0 : a->totals[k].hi);
    if (a->n_factors > 1)
        rs_elimination_solve(a->elimination, x, work->y);
    for (size_t k = 0; k < a->n_nodes; k++)
        most = fmax(most, fabs(x[k]));
    (void)subtract(a, x, hi, lo);
    return most;
}

bool rs_absorb_influence(const struct rs_absorb *a, struct rs_absorb_work *work,
                         double *hi, double *lo,
                         const struct rs_contrast *contrast)
{
    double before = INFINITY;
    double first = 0.0;
    double step = 0.0;

    if (a->n_factors > 1 && !rs_elimination_is_sound(a->elimination))
        return false;
    memset(hi, 0, a->n * sizeof *hi);
    memset(lo, 0, a->n * sizeof *lo);
    for (int round = 0; round < MAX_STEPS; round++) {
        step = add_influence(a, work, hi, lo, contrast);
        first = round == 0 ? step : first;
        if (!(step > sqrt(rounding_squared) * first))
            return true;
        if (!(step <= 0.25 * before))
            break;
        before = step;
    }
    return step <= sqrt(usable_squared) * first;
}

double rs_absorb_length(const struct rs_absorb *a, struct rs_absorb_work *work,
                        const double *sums, size_t step)
{
    double sum = 0.0;

    for (size_t k = 0; k < a->n_nodes; k++)
        work->x[k] = sums[k * step];
    if (a->n_factors > 1)
        return rs_elimination_length(a->elimination, work->x, work->y);
    for (size_t k = 0; k < a->n_nodes; k++)
        sum += work->x[k] * work->x[k] / a->totals[k].hi;
    return sum;
}
