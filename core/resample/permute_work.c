/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "permute_bundles.h"
#include "permute_levels.h"
#include "permute_shared.h"
#include "random.h"
#include "vector_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * A permutation moves whole rows of a panel of y, which are pieces of memory
 * of at least a cache line. A group of panels is permuted, a piece of rows at
 * a time, and multiplied by all x while it lies in the cache.
 */
enum {
    GROUP = 128,    /* dependents of a group */
    WIDE = 64,      /* x blocks of a product in more pieces than one */
    UNIT = 8,       /* every panel's width is a multiple of it */
    GROUP_BITS = 32 /* of the stream of random numbers: the permutation */
};

/* Squared length of the residual of a permuted column on the covariates: below
 * small_residual it is summed from the rows, not taken as a difference from 1;
 * below least_residual it counts as 0. */
static const double small_residual = 1.0 / 64.0;
static const double least_residual = 1e-20;

struct rs_permute_worker {
    const struct rs_permute *shared;
    size_t width;    /* columns of a panel */
    size_t block_x;  /* of a block */
    size_t n_panels; /* of y in a group */
    size_t step;     /* rows of a piece */
    size_t wide;     /* x blocks multiplied at once */
    uint32_t *rows;  /* [n] the permutation */
    double *y;       /* [n_panels][step][width] permuted */
    double *coefs;   /* [n_panels][n_project][width] on the basis */
    double *factor;  /* [n_panels][width] 1 / length of the residual; 0: none */
    double *c;       /* [n_panels * width][wide * block_x] products */
    double *x_maxima;                   /* [n_x and room for a block] */
    double *maxima;                     /* [n_values] */
    struct rs_permute_bundles *bundles; /* NULL: there are none */
    struct rs_permute_levels *levels;   /* of absorbed factors; NULL */
};

/* Panels [first, end) of y. */
struct group {
    size_t first, end;
};

/* ---- life -------------------------------------------------------- */

static size_t ceil_div(size_t a, size_t b)
{
    return a / b + (a % b != 0);
}

void rs_permute_close(struct rs_permute_worker *worker)
{
    if (worker == NULL)
        return;
    free(worker->rows);
    free(worker->y);
    free(worker->coefs);
    free(worker->factor);
    free(worker->c);
    free(worker->x_maxima);
    free(worker->maxima);
    rs_permute_levels_free(worker->levels);
    rs_permute_bundles_free(worker->bundles);
    free(worker);
}

/* A permutation moves columns into the space of the covariates, which leaves
 * them shorter than 1. */
static bool is_scaled(const struct rs_permute *shared)
{
    return shared->any_test && shared->data.basis.adjusted;
}

static enum rs_status allocate(struct rs_permute_worker *worker,
                               struct rs_error *err)
{
    const struct rs_permute *shared = worker->shared;
    size_t columns = worker->n_panels * worker->width;
    size_t x_columns = shared->plan->n_x + RS_BLOCK_X_MOST;
    enum rs_status status = RS_OK;

    worker->rows = rs_alloc(shared->n, sizeof *worker->rows, err);
    worker->y = rs_alloc(columns * worker->step, sizeof *worker->y, err);
    worker->coefs =
        rs_alloc(columns * shared->n_project, sizeof *worker->coefs, err);
    worker->factor = rs_alloc(columns, sizeof *worker->factor, err);
    worker->c = rs_alloc(columns * worker->wide * worker->block_x,
                         sizeof *worker->c, err);
    worker->x_maxima = rs_alloc(x_columns, sizeof *worker->x_maxima, err);
    worker->maxima = rs_alloc(shared->n_values, sizeof *worker->maxima, err);
    if (worker->rows == NULL || worker->y == NULL || worker->coefs == NULL ||
        worker->factor == NULL || worker->c == NULL ||
        worker->x_maxima == NULL || worker->maxima == NULL)
        return RS_ERR_NOMEM;
    status = rs_permute_bundles_new(&worker->bundles, shared, columns, err);
    if (status != RS_OK || !is_scaled(shared) ||
        shared->data.basis.base.absorb == NULL)
        return status;
    return rs_permute_levels_new(
        &worker->levels, shared->data.basis.base.absorb, shared->n, err);
}

enum rs_status rs_permute_open(struct rs_permute_worker **out,
                               const struct rs_permute *permute,
                               struct rs_error *err)
{
    const struct rs_kernel *kernel = permute->data.kernel;
    struct rs_permute_worker *worker = rs_alloc(1, sizeof *worker, err);
    size_t panels = ceil_div(permute->plan->n_y, kernel->width);
    enum rs_status status = RS_OK;

    if (worker == NULL)
        return RS_ERR_NOMEM;
    worker->shared = permute;
    worker->width = kernel->width;
    worker->block_x = kernel->width * kernel->x_panels;
    worker->n_panels = GROUP / kernel->width;
    if (worker->n_panels > panels)
        worker->n_panels = panels;
    worker->step = rs_row_step(permute->n);
    worker->wide = worker->step < permute->n ? WIDE : 1;
    status = allocate(worker, err);
    if (status == RS_OK)
        *out = worker;
    else
        rs_permute_close(worker);
    return status;
}

/* ---- a group of y ------------------------------------------------ */

/* First row of a panel of y. */
static const double *panel_of(const struct rs_permute *shared, size_t panel)
{
    return rs_tile_column(&shared->data, &shared->data.y,
                          panel * shared->data.y.width);
}

/* Rows of a panel in the order of a permutation. */
struct permuted {
    const double *panel;
    size_t width;
    const uint32_t *rows; /* [n] of the panel */
    size_t n;
};

/* Sums over the rows of four vectors, which are k apart, times UNIT permuted
 * columns from w on; more than that the registers do not hold. */
RS_WIDE static void four_coefs(double *restrict out,
                               const double *const vectors[4], size_t k,
                               const struct permuted *permuted, size_t w)
{
    const double *restrict panel = permuted->panel + w;
    const uint32_t *rows = permuted->rows;
    size_t width = permuted->width;
    size_t n = permuted->n;
    double s0[UNIT] = {0.0};
    double s1[UNIT] = {0.0};
    double s2[UNIT] = {0.0};
    double s3[UNIT] = {0.0};

    for (size_t i = 0; i < n; i++) {
        const double *from = &panel[(size_t)rows[i] * width];
        double v0 = vectors[0][i * k];
        double v1 = vectors[1][i * k];
        double v2 = vectors[2][i * k];
        double v3 = vectors[3][i * k];
        for (size_t u = 0; u < UNIT; u++) {
            s0[u] += v0 * from[u];
            s1[u] += v1 * from[u];
            s2[u] += v2 * from[u];
            s3[u] += v3 * from[u];
        }
    }
    memcpy(out, s0, sizeof s0);
    memcpy(out + UNIT, s1, sizeof s1);
    memcpy(out + 2 * UNIT, s2, sizeof s2);
    memcpy(out + 3 * UNIT, s3, sizeof s3);
}

/* coefs[l][w] = sum over the rows of vector l times the permuted column */
static void find_coefs(double *coefs, const double *vectors, size_t k,
                       const struct permuted *permuted)
{
    size_t width = permuted->width;

    for (size_t w = 0; w < width; w += UNIT)
        for (size_t l = 0; l < k; l += 4) {
            double sums[4 * UNIT];
            const double *from[4];
            for (size_t a = 0; a < 4; a++) /* beyond the last: that again */
                from[a] = &vectors[l + a < k ? l + a : k - 1];
            four_coefs(sums, from, k, permuted, w);
            for (size_t a = 0; a < 4 && l + a < k; a++)
                memcpy(&coefs[(l + a) * width + w], &sums[a * UNIT],
                       UNIT * sizeof *sums);
        }
}

/* out = permuted panel less the part in the space of the covariates, scaled
 * by factor [width]; NULL: it is as long as it was. */
RS_WIDE static void put_rows(double *restrict out, const double *restrict coefs,
                             const double *restrict factor,
                             const double *restrict vectors, size_t k,
                             const struct permuted *permuted)
{
    const double *restrict panel = permuted->panel;
    const uint32_t *rows = permuted->rows;
    size_t width = permuted->width;
    size_t n = permuted->n;

    for (size_t i = 0; i < n; i++)
        for (size_t w = 0; w < width; w += UNIT) {
            const double *from = &panel[(size_t)rows[i] * width + w];
            double v[UNIT];
            memcpy(v, from, sizeof v);
            for (size_t l = 0; l < k; l++)
                for (size_t u = 0; u < UNIT; u++)
                    v[u] -= vectors[i * k + l] * coefs[l * width + w + u];
            for (size_t u = 0; factor != NULL && u < UNIT; u++)
                v[u] *= factor[w + u];
            memcpy(&out[i * width + w], v, sizeof v);
        }
}

/* Squared length of the residual of one column, from its rows. */
static double sum_residual(const struct rs_permute_worker *worker,
                           const double *panel, const double *coefs, size_t w)
{
    const struct rs_permute *shared = worker->shared;
    size_t k = shared->n_project;
    double sum = 0.0;
    double *column = worker->levels == NULL
                         ? NULL
                         : rs_permute_levels_column(worker->levels);

    for (size_t i = 0; i < shared->n; i++) {
        double left = panel[worker->rows[i] * worker->width + w];
        for (size_t l = 0; l < k; l++)
            left -= shared->project[i * k + l] * coefs[l * worker->width + w];
        sum += left * left;
        if (column != NULL)
            column[i] = left;
    }
    return column == NULL ? sum
                          : rs_permute_levels_residual(worker->levels, column);
}

/* Coefficients of a permuted panel on the basis, and its residual. */
static void project(struct rs_permute_worker *worker, const double *panel,
                    double *coefs, double *factor)
{
    const struct rs_permute *shared = worker->shared;
    size_t k = shared->n_project;
    size_t width = worker->width;
    const struct permuted permuted = {panel, width, worker->rows, shared->n};

    find_coefs(coefs, shared->project, k, &permuted);
    memset(factor, 0, width * sizeof *factor);
    if (worker->levels != NULL)
        rs_permute_levels_parts(worker->levels, factor, panel, width,
                                worker->rows);
    for (size_t w = 0; w < width; w++) {
        double left = 1.0 - factor[w];
        for (size_t l = 0; l < k; l++)
            left -= coefs[l * width + w] * coefs[l * width + w];
        if (left < small_residual)
            left = sum_residual(worker, panel, coefs, w);
        factor[w] = left > least_residual ? 1.0 / sqrt(left) : 0.0;
    }
}

/* Permutes the rows [row, row + n) of a group; first: of a new permutation
 * or group. */
static void permute_rows(struct rs_permute_worker *worker, struct group group,
                         size_t row, size_t n, bool first)
{
    const struct rs_permute *shared = worker->shared;
    size_t k = shared->n_project;
    size_t width = worker->width;

    for (size_t p = group.first; p < group.end; p++) {
        size_t at = p - group.first;
        const double *panel = panel_of(shared, p);
        double *coefs = &worker->coefs[at * k * width];
        const struct permuted permuted = {panel, width, &worker->rows[row], n};
        double *factor = &worker->factor[at * width];
        if (first && is_scaled(shared))
            project(worker, panel, coefs, factor);
        put_rows(&worker->y[at * worker->step * width], coefs,
                 is_scaled(shared) ? factor : NULL, &shared->project[row * k],
                 k, &permuted);
    }
}

/* ---- products ---------------------------------------------------- */

/* True when no cell of the block is a pair of columns: x before all y, or x of
 * several columns. */
static bool is_empty(const struct rs_permute_worker *worker, size_t y_ix,
                     size_t block)
{
    const struct rs_plan *plan = worker->shared->plan;
    size_t block_x = worker->block_x;
    bool any = plan->pairs != RS_PAIRS_LIST;

    for (size_t i = y_ix; i < y_ix + RS_BLOCK_Y && i < plan->n_y && !any; i++)
        any = rs_plan_next(plan, i, block * block_x) < (block + 1) * block_x &&
              rs_plan_next(plan, i, block * block_x) < plan->n_x;
    return !any ||
           (plan->pairs == RS_PAIRS_UNIQUE &&
            (block + 1) * block_x <= y_ix + 1) ||
           !rs_tile_any_column(&worker->shared->data, block * block_x, block_x);
}

/* The products of a piece of a group with x blocks [b0, b1), to c. */
static void multiply(struct rs_permute_worker *worker, struct group group,
                     size_t b0, size_t b1, size_t row, size_t n)
{
    const struct rs_tile_data *data = &worker->shared->data;
    size_t width = worker->width;
    size_t ldc = worker->wide * worker->block_x;
    size_t n_y = (group.end - group.first) * width;

    for (size_t b = b0; b < b1; b++) {
        const double *x =
            rs_tile_column(data, &data->x, b * worker->block_x) + row * width;
        for (size_t y = 0; y < n_y; y += RS_BLOCK_Y) {
            if (is_empty(worker, group.first * width + y, b))
                continue;
            data->kernel->product(
                &worker->c[y * ldc + (b - b0) * worker->block_x], ldc,
                &worker->y[y / width * worker->step * width + y % width], x,
                worker->shared->n * width, n, row > 0, NULL);
        }
    }
}

/* ---- maxima ------------------------------------------------------ */

/* most[j] = the largest of it and |c[j]| */
RS_WIDE static void fold(double *restrict most, const double *restrict c,
                         size_t n)
{
    for (size_t j = 0; j < n; j++) {
        double a = fabs(c[j]);
        most[j] = a > most[j] ? a : most[j];
    }
}

RS_WIDE static double largest(const double *c, size_t n)
{
    double most[UNIT] = {0.0};

    for (size_t j = 0; j < n; j += UNIT)
        for (size_t u = 0; u < UNIT; u++) {
            double a = fabs(c[j + u]);
            most[u] = a > most[u] ? a : most[u];
        }
    for (size_t u = 1; u < UNIT; u++)
        most[0] = most[u] > most[0] ? most[u] : most[0];
    return most[0];
}

static void blank_unlisted(double *c, const struct rs_plan *plan, size_t y_ix,
                           size_t x0, size_t x1)
{
    size_t next = rs_plan_next(plan, y_ix, x0);

    for (size_t x = x0; x < x1; x++)
        if (x == next)
            next = rs_plan_next(plan, y_ix, x + 1);
        else
            c[x - x0] = 0.0;
}

/* Cells of a row that are no pairs of the plan become 0.
 * x0, x1  in  the columns of c */
static void blank(double *c, const struct rs_plan *plan, size_t y_ix, size_t x0,
                  size_t x1)
{
    size_t self = plan->self_x[y_ix];

    if (plan->pairs == RS_PAIRS_UNIQUE)
        for (size_t x = x0; x < x1 && x <= y_ix; x++)
            c[x - x0] = 0.0;
    if (plan->pairs == RS_PAIRS_LIST) {
        blank_unlisted(c, plan, y_ix, x0, x1);
        return;
    }
    if (self >= x0 && self < x1)
        c[self - x0] = 0.0;
}

static void take_maxima(struct rs_permute_worker *worker, struct group group,
                        size_t b0, size_t b1)
{
    const struct rs_plan *plan = worker->shared->plan;
    bool per_y = worker->shared->ask.family == RS_FAMILY_Y;
    size_t block_x = worker->block_x;

    for (size_t b = b0; b < b1; b++)
        for (size_t y = group.first * worker->width;
             y < group.end * worker->width && y < plan->n_y; y++) {
            double *c = &worker->c[(y - group.first * worker->width) *
                                       worker->wide * block_x +
                                   (b - b0) * block_x];
            if (is_empty(worker, y / RS_BLOCK_Y * RS_BLOCK_Y, b))
                continue;
            blank(c, plan, y, b * block_x, (b + 1) * block_x);
            if (per_y)
                worker->maxima[y] =
                    fmax(worker->maxima[y], largest(c, block_x));
            else
                fold(&worker->x_maxima[b * block_x], c, block_x);
        }
}

/* ---- a permutation ----------------------------------------------- */

static void grid_maxima(struct rs_permute_worker *worker, struct group group)
{
    const struct rs_permute *shared = worker->shared;
    size_t n_blocks = ceil_div(shared->plan->n_x, worker->block_x);
    size_t step = worker->step;

    for (size_t b0 = 0; b0 < n_blocks; b0 += worker->wide) {
        size_t b1 = n_blocks - b0 < worker->wide ? n_blocks : b0 + worker->wide;
        for (size_t row = 0; row < shared->n; row += step) {
            size_t n = shared->n - row < step ? shared->n - row : step;
            if (b0 == 0 || step < shared->n)
                permute_rows(worker, group, row, n, b0 == 0 && row == 0);
            multiply(worker, group, b0, b1, row, n);
        }
        take_maxima(worker, group, b0, b1);
    }
}

/* ---- x of several columns ---------------------------------------- */

struct permuting {
    struct rs_permute_worker *worker;
    struct group group;
};

/* After the single columns of the same group, whose coefficients are these. */
static const double *permuted_piece(void *ctx, size_t row, size_t n)
{
    const struct permuting *permuting = ctx;

    permute_rows(permuting->worker, permuting->group, row, n, false);
    return permuting->worker->y;
}

static const double *still_piece(void *ctx, size_t row, size_t n)
{
    const struct permuting *permuting = ctx;
    struct rs_permute_worker *worker = permuting->worker;
    size_t width = worker->width;

    for (size_t p = permuting->group.first; p < permuting->group.end; p++)
        memcpy(&worker->y[(p - permuting->group.first) * worker->step * width],
               panel_of(worker->shared, p) + row * width,
               n * width * sizeof *worker->y);
    return worker->y;
}

static void bundle_maxima(struct rs_permute_worker *worker, struct group group)
{
    struct permuting permuting = {worker, group};
    const struct rs_permute_rows rows = {
        .ctx = &permuting,
        .piece = permuted_piece,
        .still = still_piece,
        .rows = worker->rows,
        .coefs = worker->coefs,
        .factor = is_scaled(worker->shared) ? worker->factor : NULL,
        .first = group.first * worker->width,
        .n_y = (group.end - group.first) * worker->width,
        .step = worker->step};

    rs_permute_bundles_take(worker->bundles, &rows);
}

/* ---- matched pairs ----------------------------------------------- */

/* sum[w] += y x, row by row */
RS_WIDE static void add_matched(double *restrict sum, const double *restrict y,
                                const double *restrict x, size_t width,
                                size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t w = 0; w < width; w += UNIT)
            for (size_t u = 0; u < UNIT; u++)
                sum[w + u] += y[i * width + w + u] * x[i * width + w + u];
}

/* The i-th y with the i-th x: their panels go together. */
static void matched_maxima(struct rs_permute_worker *worker, struct group group)
{
    const struct rs_permute *shared = worker->shared;
    const struct rs_plan *plan = shared->plan;
    const struct rs_tile_data *data = &shared->data;
    size_t width = worker->width;
    size_t step = worker->step;
    size_t first = group.first * width;

    memset(worker->c, 0, worker->n_panels * width * sizeof *worker->c);
    for (size_t row = 0; row < shared->n; row += step) {
        size_t n = shared->n - row < step ? shared->n - row : step;
        permute_rows(worker, group, row, n, row == 0);
        for (size_t p = group.first; p < group.end; p++)
            add_matched(&worker->c[(p - group.first) * width],
                        &worker->y[(p - group.first) * step * width],
                        rs_tile_column(data, &data->x, p * width) + row * width,
                        width, n);
    }
    for (size_t i = first; i < group.end * width && i < plan->n_y; i++) {
        double r = fabs(worker->c[i - first]);
        if (!rs_plan_has(plan, i, i))
            continue;
        if (shared->ask.family == RS_FAMILY_Y)
            worker->maxima[i] = r;
        else
            worker->x_maxima[i] = r;
    }
}

const double *rs_permute_maxima(struct rs_permute_worker *worker,
                                const uint32_t *rows)
{
    const struct rs_permute *shared = worker->shared;
    const struct rs_plan *plan = shared->plan;
    size_t n_panels = ceil_div(plan->n_y, worker->width);

    if (rows != worker->rows)
        memcpy(worker->rows, rows, shared->n * sizeof *rows);
    memset(worker->maxima, 0, shared->n_values * sizeof *worker->maxima);
    if (worker->bundles != NULL)
        rs_permute_bundles_begin(worker->bundles);
    memset(worker->x_maxima, 0,
           (plan->n_x + RS_BLOCK_X_MOST) * sizeof *worker->x_maxima);
    for (size_t p = 0; shared->any_test && p < n_panels;
         p += worker->n_panels) {
        size_t most = n_panels - p;
        struct group group = {
            p, p + (most < worker->n_panels ? most : worker->n_panels)};
        if (plan->pairs == RS_PAIRS_MATCHED)
            matched_maxima(worker, group);
        else
            grid_maxima(worker, group);
        if (worker->bundles != NULL)
            bundle_maxima(worker, group);
    }
    if (worker->bundles != NULL)
        rs_permute_bundles_maxima(worker->bundles,
                                  worker->maxima + shared->n_families);
    for (size_t j = 0; j < plan->n_x; j++) {
        if (shared->ask.family == RS_FAMILY_X)
            worker->maxima[j] = worker->x_maxima[j];
        else if (shared->ask.family == RS_FAMILY_ALL)
            worker->maxima[0] = fmax(worker->maxima[0], worker->x_maxima[j]);
    }
    return worker->maxima;
}

const double *rs_permute_work(struct rs_permute_worker *worker, uint64_t number)
{
    const struct rs_permute *shared = worker->shared;
    struct rs_random random;

    rs_random_start(&random, shared->ask.seed, RS_RANDOM_PERMUTE,
                    (uint64_t)shared->ask.group << GROUP_BITS | number);
    rs_random_permutation(worker->rows, shared->n, &random);
    return rs_permute_maxima(worker, worker->rows);
}
