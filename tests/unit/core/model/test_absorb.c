/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "absorb.h"
#include "made_data.h"
#include "mem.h"
#include "row_set.h"
#include "run_suite.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Against a column for each level, orthogonalised twice in quadruple
 * precision: what is left of a column, the rank, every coefficient and its
 * variance, which levels are dropped.
 */
typedef __float128 quad;

enum { MOST_ROWS = 160, MOST_COLUMNS = 200, MOST_FACTORS = 4 };

/* Which level of factor f row i has. */
static int32_t random_level(size_t f, size_t i, uint64_t *seed)
{
    (void)i;
    return (int32_t)(made_uniform(seed) * (f == 0 ? 40.0 : 7.0 - (double)f));
}

/* Groups of rows that share no level of two factors. */
static int32_t apart(size_t f, size_t i, uint64_t *seed)
{
    int32_t part = (int32_t)(i % 5);

    return part + 5 * (int32_t)(made_uniform(seed) * (f == 0 ? 6.0 : 3.0));
}

/* A chain: level k of the one has rows in k and k + 1 of the other. */
static int32_t chained(size_t f, size_t i, uint64_t *seed)
{
    (void)seed;
    return (int32_t)((f == 0 ? i : i + 1) / 2 % 75);
}

/* Two blocks that one row joins. */
static int32_t joined(size_t f, size_t i, uint64_t *seed)
{
    int32_t levels = f == 0 ? 20 : 6;

    if (i == 0)
        return f == 0 ? 0 : levels;
    return (int32_t)(made_uniform(seed) * levels) + (i % 2 == 1 ? levels : 0);
}

/* Factor 0 within factor 1; factor 2 is factor 1 with other names. */
static int32_t nested(size_t f, size_t i, uint64_t *seed)
{
    int32_t inner = (int32_t)(i * 7 % 30);

    (void)seed;
    return f == 0 ? inner : f == 1 ? inner / 5 : 6 - inner / 5;
}

/* Each row a level of its own. */
static int32_t alone(size_t f, size_t i, uint64_t *seed)
{
    (void)seed;
    return (int32_t)(f == 0 ? i : i % 9);
}

/* Three factors, the third of which hangs by single rows. */
static int32_t hung(size_t f, size_t i, uint64_t *seed)
{
    if (f < 2)
        return apart(f, i, seed);
    return (int32_t)(i % 5 + (i < 3 ? 1 : 0));
}

static const struct {
    const char *name;
    size_t n_factors, n_rows;
    int32_t (*level)(size_t f, size_t i, uint64_t *seed);
} shapes[] = {
    {"one factor", 1, 150, random_level},
    {"one factor of single rows", 1, 60, alone},
    {"two factors", 2, 150, random_level},
    {"two factors apart", 2, 150, apart},
    {"two factors in a chain", 2, 150, chained},
    {"two blocks and one row", 2, 150, joined},
    {"as many levels as rows", 2, 90, alone},
    {"three factors", 3, 150, random_level},
    {"three factors apart", 3, 150, apart},
    {"three factors nested", 3, 150, nested},
    {"three factors, the third hung", 3, 150, hung},
    {"four factors", 4, 150, random_level},
};

enum { N_SHAPES = sizeof shapes / sizeof shapes[0] };

struct setup {
    size_t n, n_factors;
    bool intercept, weighted;
    struct rs_factor factors[MOST_FACTORS];
    const struct rs_factor *list[MOST_FACTORS];
    uint64_t rows[(MOST_ROWS + 63) / 64];
    size_t n_used;
    size_t used[MOST_ROWS];
    double weights[MOST_ROWS]; /* of the used */
    struct rs_absorb *a;
};

static void take_rows(struct setup *s, uint64_t *seed, bool some)
{
    s->n_used = 0;
    memset(s->rows, 0, sizeof s->rows);
    for (size_t i = 0; i < s->n; i++) {
        if (some && i > 5 && made_uniform(seed) < 0.3)
            continue;
        rs_rows_add(s->rows, i);
        s->weights[s->n_used] = exp(3.0 * made_normal(seed));
        s->used[s->n_used++] = i;
    }
    ck_assert_int_eq(rs_absorb_set(s->a, s->rows, s->n_used,
                                   s->weighted ? s->weights : NULL),
                     RS_OK);
}

static void setup_init(struct setup *s, size_t which, uint64_t *seed)
{
    size_t shape = which % N_SHAPES;

    memset(s, 0, sizeof *s);
    s->intercept = which / N_SHAPES % 2 == 0;
    s->weighted = which / N_SHAPES / 2 % 2 == 1;
    s->n = shapes[shape].n_rows;
    s->n_factors = shapes[shape].n_factors;
    for (size_t f = 0; f < s->n_factors; f++) {
        struct rs_factor *factor = &s->factors[f];
        factor->codes = rs_alloc(s->n, sizeof *factor->codes, NULL);
        for (size_t i = 0; i < s->n; i++) {
            factor->codes[i] = shapes[shape].level(f, i, seed);
            if ((size_t)factor->codes[i] >= factor->n_levels)
                factor->n_levels = (size_t)factor->codes[i] + 1;
        }
        s->list[f] = factor;
    }
    ck_assert_int_eq(
        rs_absorb_new(&s->a, s->list, s->n_factors, s->n, s->intercept, NULL),
        RS_OK);
}

static void setup_clear(struct setup *s)
{
    rs_absorb_free(s->a);
    for (size_t f = 0; f < s->n_factors; f++)
        free(s->factors[f].codes);
}

/* ---- a column a level -------------------------------------------- */

struct dense {
    size_t n, k;                        /* rows, columns kept */
    quad q[MOST_COLUMNS][MOST_ROWS];    /* orthonormal, rows times root w */
    quad r[MOST_COLUMNS][MOST_COLUMNS]; /* upper */
    quad root[MOST_ROWS];
    size_t factor[MOST_COLUMNS], level[MOST_COLUMNS]; /* SIZE_MAX: 1 */
    bool kept[MOST_FACTORS + 1][MOST_ROWS + 1];
};

static quad quad_root(quad a)
{
    quad x = sqrt((double)a);

    if (!(a > 0))
        return 0;
    for (int i = 0; i < 3; i++)
        x = (x + a / x) / 2;
    return x;
}

static quad quad_dot(const quad *a, const quad *b, size_t n)
{
    quad sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Takes the kept columns out of v, twice; sums of both rounds to r. */
static void take_out(const struct dense *d, quad *v, quad *r)
{
    memset(r, 0, MOST_COLUMNS * sizeof *r);
    for (int round = 0; round < 2; round++)
        for (size_t j = 0; j < d->k; j++) {
            quad c = quad_dot(d->q[j], v, d->n);
            r[j] += c;
            for (size_t i = 0; i < d->n; i++)
                v[i] -= c * d->q[j][i];
        }
}

static bool add_column(struct dense *d, quad *v, size_t factor, size_t level)
{
    quad r[MOST_COLUMNS];
    quad before = quad_dot(v, v, d->n);
    quad left = 0;

    take_out(d, v, r);
    left = quad_dot(v, v, d->n);
    if (!(left > before * 1e-40Q))
        return false;
    ck_assert_uint_lt(d->k, MOST_COLUMNS);
    for (size_t j = 0; j < d->k; j++)
        d->r[j][d->k] = r[j];
    d->r[d->k][d->k] = quad_root(left);
    for (size_t i = 0; i < d->n; i++)
        d->q[d->k][i] = v[i] / d->r[d->k][d->k];
    d->factor[d->k] = factor;
    d->level[d->k++] = level;
    return true;
}

static void make_dense(struct dense *d, const struct setup *s)
{
    quad v[MOST_ROWS];

    memset(d, 0, sizeof *d);
    d->n = s->n_used;
    for (size_t i = 0; i < d->n; i++) {
        d->root[i] = s->weighted ? quad_root(s->weights[i]) : 1;
        v[i] = d->root[i];
    }
    if (s->intercept)
        ck_assert(add_column(d, v, SIZE_MAX, 0));
    for (size_t f = 0; f < s->n_factors; f++) {
        bool reference = f > 0 || s->intercept;
        for (size_t level = 0; level < s->factors[f].n_levels; level++) {
            bool any = false;
            for (size_t i = 0; i < d->n; i++) {
                bool has = s->factors[f].codes[s->used[i]] == (int32_t)level;
                v[i] = has ? d->root[i] : 0;
                any = any || has;
            }
            if (!any)
                continue;
            if (!reference)
                d->kept[f][level] = add_column(d, v, f, level);
            reference = false;
        }
    }
}

/* R^-1 c */
static void back_solve(const struct dense *d, quad *c)
{
    for (size_t j = d->k; j-- > 0;) {
        for (size_t l = j + 1; l < d->k; l++)
            c[j] -= d->r[j][l] * c[l];
        c[j] /= d->r[j][j];
    }
}

/* Diagonal of (X'WX)^-1. */
static void find_spread(const struct dense *d, quad *spread)
{
    quad c[MOST_COLUMNS];

    memset(spread, 0, MOST_COLUMNS * sizeof *spread);
    for (size_t j = 0; j < d->k; j++) {
        memset(c, 0, sizeof c);
        c[j] = 1;
        back_solve(d, c);
        for (size_t l = 0; l < d->k; l++)
            spread[l] += c[l] * c[l];
    }
}

/* ---- comparisons ------------------------------------------------- */

static double off(double a, quad b, quad size)
{
    quad d = b - (quad)a;

    if (size == 0)
        return a == 0.0 ? 0.0 : INFINITY;
    return fabs((double)(d / size));
}

static void check_column(const struct setup *s, const struct dense *d,
                         struct rs_absorb_work *work, struct rs_dd *effects,
                         const double *column)
{
    static quad v[MOST_ROWS];
    static quad c[MOST_COLUMNS];
    double hi[MOST_ROWS];
    double lo[MOST_ROWS] = {0.0};
    quad length = 0;
    quad whole = 0;
    struct rs_contrast contrast;

    for (size_t i = 0; i < d->n; i++) {
        hi[i] = column[i];
        v[i] = (quad)column[i] * d->root[i];
        whole += v[i] * v[i];
    }
    take_out(d, v, c);
    length = quad_root(quad_dot(v, v, d->n));
    if (length < 1e-25Q * quad_root(whole)) /* nothing is left */
        length = 1e-10Q * quad_root(whole);
    ck_assert(rs_absorb_residuals(s->a, work, hi, lo, effects));
    for (size_t i = 0; i < d->n; i++) {
        quad left = ((quad)hi[i] + (quad)lo[i]) * d->root[i];
        ck_assert_double_lt(off(0.0, left - v[i], length), 1e-15);
    }
    back_solve(d, c);
    ck_assert_int_eq(rs_contrast_init(&contrast, s->a, 1, NULL), RS_OK);
    for (size_t j = 0; j < d->k; j++) {
        struct rs_dd value;
        if (d->factor[j] == SIZE_MAX)
            rs_absorb_intercept(s->a, &contrast);
        else
            ck_assert_int_eq(
                rs_absorb_level(s->a, d->factor[j], d->level[j], &contrast),
                RS_LEVEL_FITTED);
        value = rs_contrast_value(&contrast, effects);
        ck_assert_double_lt(off(value.hi, c[j], quad_root(whole)), 1e-14);
    }
    rs_contrast_clear(&contrast);
}

static void check_levels(const struct setup *s, const struct dense *d,
                         struct rs_absorb_work *work)
{
    static quad spread[MOST_COLUMNS];
    struct rs_contrast contrast;

    find_spread(d, spread);
    ck_assert_int_eq(rs_contrast_init(&contrast, s->a, 1, NULL), RS_OK);
    for (size_t j = 0; j < d->k; j++) {
        if (d->factor[j] == SIZE_MAX)
            rs_absorb_intercept(s->a, &contrast);
        else
            (void)rs_absorb_level(s->a, d->factor[j], d->level[j], &contrast);
        ck_assert_double_lt(
            off(rs_absorb_spread(s->a, work, &contrast), spread[j], spread[j]),
            s->n_factors > 2 ? 1e-10 : 1e-12);
    }
    for (size_t f = 0; f < s->n_factors; f++) {
        bool reference = f > 0 || s->intercept;
        for (size_t level = 0; level < s->factors[f].n_levels; level++) {
            enum rs_level_state want = RS_LEVEL_ABSENT;
            for (size_t i = 0; i < d->n; i++)
                if (s->factors[f].codes[s->used[i]] == (int32_t)level)
                    want = RS_LEVEL_DROPPED;
            if (want == RS_LEVEL_DROPPED && reference) {
                want = RS_LEVEL_REFERENCE;
                reference = false;
            } else if (d->kept[f][level]) {
                want = RS_LEVEL_FITTED;
            }
            ck_assert_int_eq(rs_absorb_level(s->a, f, level, &contrast), want);
        }
    }
    rs_contrast_clear(&contrast);
}

START_TEST(equals_dummies)
{
    static struct setup s;
    static struct dense d;
    static struct rs_dd effects[MOST_COLUMNS * 2];
    uint64_t seed = 77 + (uint64_t)_i;
    struct rs_absorb_work *work = NULL;

    setup_init(&s, (size_t)_i, &seed);
    work = rs_absorb_work_new(s.a, NULL);
    ck_assert_ptr_nonnull(work);
    for (int round = 0; round < 2; round++) {
        double column[MOST_ROWS];
        take_rows(&s, &seed, round == 1);
        make_dense(&d, &s);
        ck_assert_uint_eq(rs_absorb_rank(s.a), d.k);
        check_levels(&s, &d, work);
        for (size_t i = 0; i < s.n_used; i++)
            column[i] = made_normal(&seed);
        check_column(&s, &d, work, effects, column);
        for (size_t i = 0; i < s.n_used; i++)
            column[i] = 1e9 + 1e-3 * floor(1000.0 * made_uniform(&seed));
        check_column(&s, &d, work, effects, column);
        for (size_t i = 0; i < s.n_used; i++)
            column[i] = s.factors[0].codes[s.used[i]] * 1.7;
        check_column(&s, &d, work, effects, column);
    }
    rs_absorb_work_free(work);
    setup_clear(&s);
}
END_TEST

static const struct suite_test tests[] = {
    {&equals_dummies, 4 * N_SHAPES},
};
SUITE(absorb, tests)
