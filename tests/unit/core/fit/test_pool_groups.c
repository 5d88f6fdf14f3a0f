/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool_groups.h"
#include "run_suite.h"

#include <math.h>

enum { MOST = 4 };

/* metafor 3.8 (R): rma(b, sei = s, method = "FE") and "DL" */
static const struct table {
    size_t n;
    double beta[MOST], se[MOST];
    double fixed, fixed_se, random, random_se, tau2, q, q_p, i2;
} table[] = {
    {3,
     {0.5, 0.2, 0.9},
     {0.1, 0.2, 0.3},
     0.47755102040816338,
     0.085714285714285729,
     0.48139929808672022,
     0.15060486801022308,
     0.034285714285714301,
     3.9591836734693877,
     0.13812560360417458,
     49.484536082474229},
    {4,
     {1, -1, 0.5, 0.25},
     {0.1, 0.15, 0.2, 0.4},
     0.39624505928853737,
     0.07544335361543178,
     0.18688712434279486,
     0.55152527014980424,
     1.1613833333333334,
     123.49925889328064,
     1.360578916705273e-26,
     97.570835625343804},
    {4,
     {2, 2.01, 1.99, 2},
     {1, 2, 1.5, 0.5},
     1.9996585365853647,
     0.41905817746174678,
     1.9996585365853647,
     0.41905817746174678,
     0,
     6.878048780487702e-05,
     0.99999984829226551,
     0},
    {2,
     {3, 7},
     {0.5, 0.01},
     6.9984006397441032,
     0.0099980005998000707,
     5.0312374999999978,
     1.9997560397693792,
     7.8749500000007222,
     63.974410235899683,
     1.2604583777543249e-15,
     98.436874999999844},
};

static void near(double got, double wanted)
{
    ck_assert_double_eq_tol(got, wanted, 1e-12 * fabs(wanted) + 1e-300);
}

/* Whatever the scale, with groups that do not enter in between. _i: of the
 * table */
START_TEST(test_metafor)
{
    const struct table *t = &table[_i];
    static const double scales[] = {1.0, 0x1p-600, 0x1p600};

    for (size_t k = 0; k < 3; k++) {
        double c = scales[k];
        double pairs[2 * MOST + 4][2]; /* beta, se */
        size_t n = 0;
        struct rs_pooled p;
        for (size_t i = 0; i < t->n; i++) {
            pairs[n][0] = c * 5.0; /* perfect fits, and such without error */
            pairs[n++][1] = i % 2 == 0 ? NAN : 0.0;
            pairs[n][0] = c * t->beta[i];
            pairs[n++][1] = c * t->se[i];
        }
        rs_pool_groups(&p, RS_POOLING_FIXED, &pairs[0][0], &pairs[0][1], n, 2);
        ck_assert_uint_eq(p.k, t->n);
        near(p.beta, c * t->fixed);
        near(p.se, c * t->fixed_se);
        near(p.z, t->fixed / t->fixed_se);
        ck_assert_double_eq_tol(p.q, t->q, 1e-11 * t->q);
        ck_assert_double_eq_tol(rs_pooled_q_p((double)p.k, p.q), t->q_p,
                                1e-10 * t->q_p);
        ck_assert_double_eq_tol(rs_pooled_i2((double)p.k, p.q), t->i2, 1e-10);
        if (k > 0)
            continue; /* squares of tau have no doubles there */
        rs_pool_groups(&p, RS_POOLING_RANDOM, &pairs[0][0], &pairs[0][1], n, 2);
        ck_assert_double_eq_tol(p.tau2, t->tau2, 1e-11 * t->tau2 + 1e-300);
        near(p.beta, t->random);
        near(p.se, t->random_se);
    }
}
END_TEST

START_TEST(test_few)
{
    const double beta[] = {2.0, 1.0};
    const double se[] = {0.5, INFINITY};
    struct rs_pooled p;

    rs_pool_groups(&p, RS_POOLING_RANDOM, beta, se, 2, 1);
    ck_assert_uint_eq(p.k, 1);
    ck_assert_double_eq(p.beta, 2.0);
    ck_assert_double_eq(p.se, 0.5);
    ck_assert_double_eq(p.tau2, 0.0);
    ck_assert_double_eq(p.q, 0.0);
    ck_assert_double_nan(rs_pooled_q_p(1.0, 0.0));
    ck_assert_double_nan(rs_pooled_i2(1.0, 0.0));
    rs_pool_groups(&p, RS_POOLING_FIXED, beta + 1, se + 1, 1, 1);
    ck_assert_uint_eq(p.k, 0);
    ck_assert_double_nan(p.beta);
    ck_assert_double_nan(p.q);
}
END_TEST

/* Errors that are far apart (exact fractions), of slopes of any size. */
START_TEST(test_scales)
{
    const double scale = ldexp(1.0, 950 * (_i - 1));
    const double beta[] = {5398.25 * scale, 3432.5 * scale};
    const double se[] = {scale, ldexp(scale, -22)};
    struct rs_pooled p;

    rs_pool_groups(&p, RS_POOLING_RANDOM, beta, se, 2, 1);
    ck_assert_double_eq_tol(p.beta / scale, 4415.3747456441562, 1e-11);
    ck_assert_double_eq_tol(p.se / scale, 982.87499999996709, 1e-12);
    ck_assert_double_eq_tol(p.q, 3864173.0624997803, 1e-8);
    if (_i == 1)
        ck_assert_double_eq_tol(p.tau2, 1932086.0312499999716, 1e-9);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_scales, 3},
    {&test_metafor, sizeof table / sizeof table[0]},
    {&test_few, 1},
};
SUITE(pool_groups, tests)
