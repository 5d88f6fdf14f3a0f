/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_tile.h"
#include "run_suite.h"
#include "tile_missing.h"
#include "tile_screen_missing.h"
#include "tile_single.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Pairs on the rows that both columns have. */

static const struct made_ask asks[] = {
    {.n = 70, .n_y = 21, .n_x = 50, .missing = 0.08},
    {.n = 70, .n_y = 21, .n_x = 50, .missing = 0.08, .through_0 = true},
    {.n = 70, .n_y = 21, .n_x = 50, .missing = 0.3, .weighted = true},
    {.n = 70, .n_y = 21, .n_x = 50, .missing = 0.08, .n_z = 2},
    {.n = 12, .n_y = 21, .n_x = 50, .missing = 0.4, .n_z = 1},
    {.n = 140, .n_y = 21, .n_x = 50, .missing = 0.08, .n_levels = 20},
    {.n = 140,
     .n_y = 21,
     .n_x = 50,
     .missing = 0.08,
     .n_z = 1,
     .n_levels = 20,
     .weighted = true},
};
enum { N_ASKS = sizeof asks / sizeof asks[0], N_SINGLE = 3 };

static void check_number(double got, double want, const char *name)
{
    if (!(fabs(got - want) <= 1e-10 * fabs(want)) &&
        !(isnan(got) && isnan(want)))
        ck_abort_msg("%s: %.17g, not %.17g", name, got, want);
}

/* The columns of a pair as they are packed, and their product. */
static struct rs_tile_two two_of(const struct made_tile *t, size_t i, size_t j)
{
    const struct rs_tile_data *data = &t->data;
    struct rs_tile_two two = {rs_tile_column(data, &data->y, i),
                              rs_tile_column(data, &data->x, j), data->y.width,
                              data->x.width, 0.0};

    for (size_t k = 0; k < data->basis.n; k++)
        two.product += two.y[k * two.y_step] * two.x[k * two.x_step];
    return two;
}

/* The fit that the terms of a pair make is the model's. */
START_TEST(test_pair)
{
    struct made_tile t;
    struct rs_tile_missing *missing = NULL;
    unsigned fitted = 0;

    made_tile_init(&t, &asks[_i]);
    made_tile_prepare(&t, RS_TILE_STORE);
    ck_assert_int_eq(rs_tile_missing_new(&missing, &t.worker, 1, NULL), RS_OK);
    for (size_t i = 0; i < asks[_i].n_y; i++)
        for (size_t j = 0; j < asks[_i].n_x; j++) {
            struct rs_tile_two two = two_of(&t, i, j);
            struct rs_tile_terms terms;
            struct rs_tile_level *level = NULL;
            struct rs_fit want;
            struct rs_fit got;
            bool mine = rs_tile_missing_pair(&terms, missing, i, j, &two);
            made_sweep_fit(&t.sweep, i, j, &want);
            ck_assert_uint_eq(terms.n, want.n);
            if (!mine || want.outcome != RS_FIT_OK)
                continue;
            level = rs_tile_level_of(&t.worker, terms.level);
            if (!rs_tile_assemble(&got, &t.worker, &terms, level,
                                  rs_tile_log_p(level, terms.r)))
                continue;
            rs_fit_find_p(&want);
            ck_assert_int_eq(got.outcome, want.outcome);
            check_number(got.df, want.df, "df");
            check_number(got.beta, want.beta, "beta");
            check_number(got.se, want.se, "se");
            check_number(got.stat, want.stat, "stat");
            check_number(got.r2, want.r2, "r2");
            check_number(got.sigma, want.sigma, "sigma");
            check_number(got.log_p, want.log_p, "ln p");
            fitted++;
        }
    ck_assert_uint_gt(fitted, asks[_i].n > 20 ? 900 : 100);
    rs_tile_missing_free(missing);
    made_tile_clear(&t);
}
END_TEST

/* ---- the bound of screening -------------------------------------- */

/* |r| of a pair over its own rows, by plain weighted sums in long double. */
static double plain_r(const struct made_sweep *s, size_t y, size_t x)
{
    const double *a = s->values + s->plan.y[y] * s->n;
    const double *b = s->values + s->plan.x[x] * s->n;
    long double sums[6] = {0};

    for (size_t i = 0; i < s->n; i++) {
        long double w = s->spec.weights == NULL
                            ? 1.0L
                            : s->values[*s->spec.weights * s->n + i];
        if (isnan(a[i]) || isnan(b[i]))
            continue;
        sums[0] += w;
        sums[1] += w * a[i];
        sums[2] += w * b[i];
        sums[3] += w * a[i] * a[i];
        sums[4] += w * b[i] * b[i];
        sums[5] += w * a[i] * b[i];
    }
    if (s->spec.intercept) {
        sums[3] -= sums[1] * sums[1] / sums[0];
        sums[4] -= sums[2] * sums[2] / sums[0];
        sums[5] -= sums[1] * sums[2] / sums[0];
    }
    return (double)fabsl(sums[5] / sqrtl(sums[3] * sums[4]));
}

/* Checks |r| of a block as it was screened: scaled, within the error that
 * the screen allows it. Gives how many pairs there were. */
static unsigned check_block(const struct made_tile *t,
                            const struct rs_tile_missing_single *h,
                            struct rs_tile_place at)
{
    double most = (double)h->y_most[(at.y_ix - h->y_first) / RS_BLOCK_Y];
    double error =
        (t->worker.single_error + h->extra) * (double)h->x_most * most;
    unsigned n_pairs = 0;

    for (size_t i = 0; i < RS_BLOCK_Y * h->wide; i++) {
        size_t y = at.y_ix + i / h->wide;
        size_t x = at.x_ix + i % h->wide;
        struct rs_tile_cell cell = {0};
        double scale = 0.0;
        if (y >= t->data.y.n || x >= t->data.x.n) {
            ck_assert(h->r[i] == -1.0F);
            continue;
        }
        if (h->r[i] == -2.0F) /* the exact engine's */
            continue;
        cell = rs_tile_missing_cell(h, at.y_ix - h->y_first, i);
        scale = (double)h->scale[h->n[cell.patterns]];
        ck_assert_double_le(
            fabs((double)h->r[i] - scale * plain_r(&t->sweep, y, x)), error);
        n_pairs++;
    }
    return n_pairs;
}

START_TEST(test_bound)
{
    struct made_tile t;
    struct rs_tile_missing *missing = NULL;
    struct rs_tile_missing_single *singles = NULL;
    struct rs_tile_hits hits = {0};
    struct rs_tally tally;
    const struct rs_emitter emit = {.begin = made_sweep_begin, .tally = &tally};
    struct rs_tile tile;
    struct rs_tile_grid grid;
    unsigned n_pairs = 0;

    memset(&tally, 0, sizeof tally);
    made_tile_init(&t, &asks[_i]);
    t.sweep.keep.p_max = 0.01;
    made_tile_prepare(&t, RS_TILE_SCREEN);
    ck_assert(t.data.single);
    tile = made_tile_all(&t);
    grid = rs_tile_grid_of(&t.worker, &tile);
    ck_assert_int_eq(rs_tile_missing_new(&missing, &t.worker, 1, NULL), RS_OK);
    ck_assert_int_eq(
        rs_tile_missing_single_new(&singles, &t.worker, missing, NULL), RS_OK);
    rs_tile_missing_single_tile(singles, &grid);
    for (size_t x = 0; x < t.data.x.n; x += t.worker.block_x) {
        float *c = calloc(RS_BLOCK_Y * t.worker.block_x, sizeof *c);
        ck_assert_ptr_nonnull(c);
        ck_assert(rs_tile_missing_single_block(singles, &grid, x));
        for (size_t y = 0; y < t.data.y.n; y += RS_BLOCK_Y) {
            const struct rs_tile_place at = {y, x};
            for (size_t i = 0; i < RS_BLOCK_Y; i++)
                for (size_t j = 0; j < t.worker.block_x; j++)
                    if (y + i < t.data.y.n && x + j < t.data.x.n)
                        c[i * t.worker.block_x + j] =
                            (float)rs_tile_rounded(&t.data, y + i, x + j);
            ck_assert(
                rs_tile_screen_missing(&hits, singles, &tile, &emit, c, at));
            n_pairs += check_block(&t, singles, at);
        }
        free(c);
    }
    ck_assert_uint_gt(n_pairs, 900);
    ck_assert_uint_gt(hits.n, 0);
    rs_tile_hits_clear(&hits);
    rs_tile_missing_single_free(singles);
    rs_tile_missing_free(missing);
    made_tile_clear(&t);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_pair, N_ASKS},
    {&test_bound, N_SINGLE},
};
SUITE(tile_missing, tests)
