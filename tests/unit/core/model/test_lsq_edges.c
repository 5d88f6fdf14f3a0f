/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <string.h>

/* Fits at the edge of what doubles hold. The right answers come from exact
 * rational arithmetic on these very doubles. */
enum { ROWS = 12, MOST = 7 };

struct edge {
    size_t n, k;
    double y[ROWS], weights[ROWS];
    double columns[MOST][ROWS]; /* k covariates, then x */
    double beta, se, t, sigma, intercept;
};

static const struct edge edges[] = {
    /* powers of the year, weighted */
    {12,
     4,
     {3.1, 4.9, 7.2, 8.8, 11.3, 12.7, 15.2, 16.6, 18.9, 21.3, 22.4, 25.1},
     {0.3, 1.7, 2.2, 0.9, 1.1, 3.3, 0.7, 0.2, 1.9, 1.3, 0.4, 2.6},
     {{1900, 1910, 1920, 1930, 1940, 1950, 1960, 1970, 1980, 1990, 2000, 2010},
      {3610000, 3648100, 3686400, 3724900, 3763600, 3802500, 3841600, 3880900,
       3920400, 3960100, 4000000, 4040100},
      {6859000000, 6967871000, 7077888000, 7189057000, 7301384000, 7414875000,
       7529536000, 7645373000, 7762392000, 7880599000, 8000000000, 8120601000},
      {13032100000000, 13308633610000, 13589544960000, 13874880010000,
       14164684960000, 14459006250000, 14757890560000, 15061384810000,
       15369536160000, 15682392010000, 16000000000000, 16322408010000},
      {2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5}},
     -0.0375206964759484,
     0.02757811440284149,
     -1.360524361015867,
     0.31243115199308047,
     -793728.8726005536},
    /* powers up to the sixth: 1e-12 of it is left, which is not rounding */
    {12,
     6,
     {3.1, 4.9, 7.2, 8.8, 11.3, 12.7, 15.2, 16.6, 18.9, 21.3, 22.4, 25.1},
     {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
     {{1900, 1910, 1920, 1930, 1940, 1950, 1960, 1970, 1980, 1990, 2000, 2010},
      {3610000, 3648100, 3686400, 3724900, 3763600, 3802500, 3841600, 3880900,
       3920400, 3960100, 4000000, 4040100},
      {6859000000, 6967871000, 7077888000, 7189057000, 7301384000, 7414875000,
       7529536000, 7645373000, 7762392000, 7880599000, 8000000000, 8120601000},
      {13032100000000, 13308633610000, 13589544960000, 13874880010000,
       14164684960000, 14459006250000, 14757890560000, 15061384810000,
       15369536160000, 15682392010000, 16000000000000, 16322408010000},
      {2.476099e+16, 2.54194901951e+16, 2.60919263232e+16, 2.67785184193e+16,
       2.74794888224e+16, 2.81950621875e+16, 2.89254654976e+16,
       2.96709280757e+16, 3.04316815968e+16, 3.12079600999e+16, 3.2e+16,
       3.28080401001e+16},
      {4.7045881000000004e+19, 4.8551226272641e+19, 5.0096498540544e+19,
       5.1682540549249e+19, 5.3310208315456e+19, 5.4980371265625e+19,
       5.6693912375296e+19, 5.8451728309129e+19, 6.0254729561664e+19,
       6.2103840598801e+19, 6.4e+19, 6.5944160601201e+19},
      {2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5}},
     -0.03671913135398911,
     0.0408033488708999,
     -0.8999048453147049,
     0.39183388499929284,
     8125506981.805125},
    /* weights over 26 decades */
    {5,
     0,
     {2, 3, 5, 4.5, 6.5},
     {10000000000000, 1e-13, 1, 1e-05, 1e-09},
     {{1, 2, 4, 3, 5.5}},
     1.0000011111061704,
     0.00030428895698741786,
     3286.3536061465406,
     0.0009128689005799786,
     0.9999988888938296},
    /* the same where two rows have nearly all of the weight */
    {7,
     1,
     {2, 3, 5, 4, 6.5, 7, 1},
     {10000000000000, 10000000000000, 1e-13, 1, 1e-05, 1e-09, 1e-13},
     {{1, 5, 2, 2.5, 9, 4, 3}, {1, 2, 4, 3, 5.5, 7, 2.5}},
     0.9999999980117867,
     9.733010000419448e-06,
     102743.13886132772,
     1.58163285053879e-05,
     1.0000000014911599},
    /* an intercept beside huge values in the other group */
    {7,
     0,
     {1, 2, 3, 1e+40, 3e+40, 2.5e+40, 2.5},
     {1, 1, 1, 1, 1, 1, 1},
     {{0, 0, 0, 1, 1, 1, 0}},
     2.1666666666666667e+40,
     5.027701042999452e+39,
     4.309458036856673,
     6.582805886043833e+39,
     2.125},
    /* the same with weights */
    {7,
     0,
     {1, 2, 3, 1e+200, 3e+200, 2.5e+200, 2.5},
     {0.3, 0.7, 1.1, 2, 3, 1, 5},
     {{0, 0, 0, 3, 3, 3, 0}},
     7.5e+199,
     1.8252060573534395e+199,
     4.109125087429881,
     9.87420882906575e+199,
     2.464788732394366},
    /* clocks of which a covariate leaves single digits: their product is no
       rounding */
    {12,
     1,
     {700000002, 175000000000031, 371000000000126, 544443900000281,
      630000000000495, 770000700000777, 910000000001119, 1050000000001519,
      1190002100001985, 1330000000002513, 1610000000003099, 1750000700003752},
     {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
     {{700000001, 175000000000032, 371000000000125, 544443900000280,
       630000000000497, 770000700000776, 910000000001117, 1050000000001520,
       1190002100001985, 1330000000002512, 1610000000003101, 1750000700003752},
      {700000003, 175000000000031, 371000000000125, 544443900000281,
       630000000000495, 770000700000778, 910000000001118, 1050000000001519,
       1190002100001985, 1330000000002514, 1610000000003099, 1750000700003753}},
     0.7616325437519975,
     0.1375030750492093,
     5.539021898087924,
     0.6738475404038766,
     0.16625752967448565},
};

static void check_close(double ours, double right)
{
    ck_assert_msg(fabs(ours - right) <= 1e-12 * fabs(right),
                  "%.17g, but %.17g is right", ours, right);
}

/* Weights as a fit takes them: scaled by a power of four. */
static void scale_weights(struct rs_row_weights *out, double *weight,
                          double *root, const double *given, size_t n)
{
    double most = 0.0;
    int exponent = 0;

    for (size_t i = 0; i < n; i++)
        most = fmax(most, given[i]);
    (void)frexp(sqrt(most), &exponent);
    for (size_t i = 0; i < n; i++) {
        weight[i] = ldexp(given[i], -2 * exponent);
        root[i] = sqrt(weight[i]);
    }
    rs_row_weights_set(out, weight, root, n);
}

/* y on the last of k + 1 columns with the others as covariates. */
static void fit(struct rs_lsq_result *result, const double *y,
                const double columns[][ROWS], size_t k, size_t n,
                const struct rs_row_weights *weights)
{
    struct rs_lsq_column prepared[MOST + 1];
    const struct rs_lsq_column *base[MOST];
    struct rs_lsq *lsq = NULL;

    ck_assert_int_eq(rs_lsq_new(&lsq, n, k, true, NULL), RS_OK);
    for (size_t j = 0; j <= k + 1; j++) {
        ck_assert_int_eq(rs_lsq_column_init(&prepared[j], n, NULL), RS_OK);
        rs_lsq_column_set(&prepared[j], j <= k ? columns[j] : y, n, weights,
                          true);
        if (j < k)
            base[j] = &prepared[j];
    }
    rs_lsq_base(lsq, base, k, n);
    rs_lsq_response(lsq, &prepared[k + 1]);
    rs_lsq_fit(lsq, result, &prepared[k]);
    for (size_t j = 0; j <= k + 1; j++)
        rs_lsq_column_clear(&prepared[j]);
    rs_lsq_free(lsq);
}

START_TEST(test_edges)
{
    const struct edge *edge = &edges[_i];
    struct rs_row_weights weights;
    struct rs_lsq_result result;
    double weight[ROWS];
    double root[ROWS];

    scale_weights(&weights, weight, root, edge->weights, edge->n);
    fit(&result, edge->y, edge->columns, edge->k, edge->n, &weights);
    ck_assert_int_eq(result.outcome, RS_FIT_OK);
    check_close(result.x.estimate, edge->beta);
    check_close(result.x.se, edge->se);
    check_close(result.t, edge->t);
    check_close(result.intercept.estimate, edge->intercept);
}
END_TEST

static enum rs_outcome outcome_of(const double *y, const double columns[][ROWS],
                                  size_t k, size_t n)
{
    struct rs_lsq_result result;

    fit(&result, y, columns, k, n, NULL);
    return result.outcome;
}

/* What varies in its last bit alone is constant, but integers do not. */
START_TEST(test_last_bit)
{
    const double one = 1.0;
    const double below = nextafter(one, 0.0);
    const double shares[] = {one, below, one, one, below, nextafter(one, 2.0)};
    const double noise[][ROWS] = {{0.3, -1.2, 0.7, 0.1, 2.2, -0.4}};
    const double big[] = {0x1p53 - 1, 0x1p53 - 2, 0x1p53 - 1,
                          0x1p53 - 1, 0x1p53 - 2, 0x1p53 - 3};
    double far[ROWS];
    double x[1][ROWS];

    ck_assert_int_eq(outcome_of(shares, noise, 0, 6), RS_FIT_CONSTANT_Y);
    memcpy(x[0], shares, sizeof shares);
    ck_assert_int_eq(outcome_of(noise[0], x, 0, 6), RS_FIT_CONSTANT_X);
    ck_assert_int_eq(outcome_of(big, noise, 0, 6), RS_FIT_OK);
    for (size_t i = 0; i < 6; i++)
        far[i] = one + 1e-12 * noise[0][i];
    ck_assert_int_eq(outcome_of(far, noise, 0, 6), RS_FIT_PERFECT);
    for (size_t i = 0; i < 6; i++)
        far[i] = one + 1e-14 * noise[0][5 - i];
    ck_assert_int_eq(outcome_of(far, noise, 0, 6), RS_FIT_OK);
}
END_TEST

/* Parts and their difference: y is explained, whatever x; x is collinear. */
START_TEST(test_explained)
{
    const double before[] = {72.3, 80.1, 65.7, 91.2, 70.8, 77.7, 68.9, 84.4};
    const double after[] = {71.9, 78.8, 66.1, 88.3, 70.2, 75.1, 69.4, 80.8};
    const double noise[] = {0.3, -1.2, 0.7, 0.1, 2.2, -0.4, 1.1, -0.8};
    double change[ROWS];
    double columns[3][ROWS];

    for (size_t i = 0; i < 8; i++)
        change[i] = after[i] - before[i];
    memcpy(columns[0], before, sizeof before);
    memcpy(columns[1], after, sizeof after);
    memcpy(columns[2], noise, sizeof noise);
    ck_assert_int_eq(outcome_of(change, columns, 2, 8), RS_FIT_Y_EXPLAINED);
    /* one part is left: the other explains it, which is a perfect fit */
    ck_assert_int_eq(outcome_of(change, columns, 1, 8), RS_FIT_PERFECT);
    memcpy(columns[2], change, sizeof change);
    ck_assert_int_eq(outcome_of(noise, columns, 2, 8), RS_FIT_COLLINEAR);
    ck_assert_int_eq(outcome_of(change, columns, 2, 8), RS_FIT_COLLINEAR);
}
END_TEST

/* A clock in microseconds and its square: noise is fitted. */
START_TEST(test_clock)
{
    const double steps[] = {1,       250000.25, 530000.5,   777777.75,
                            900000,  1100000,   1300000.25, 1500000.5,
                            1700001, 1900000.5};
    const double y[] = {0.3, -1.2, 0.7, 0.1, 2.2, -0.4, 1.1, -0.8, 0.5, -0.1};
    const double noise[] = {1.4, 0.2, -0.9, 0.8, -0.3,
                            0.6, 1.9, -1.1, 0.4, -0.7};
    double columns[3][ROWS];

    for (size_t i = 0; i < 10; i++) {
        columns[0][i] = 1.7e15 + steps[i];
        columns[1][i] = columns[0][i] * columns[0][i];
        columns[2][i] = noise[i];
    }
    ck_assert_int_eq(outcome_of(y, columns, 2, 10), RS_FIT_OK);
}
END_TEST

/* Uncorrelated small integers: the slope is 0, with covariates too. */
START_TEST(test_no_slope)
{
    const double y[] = {1, 2, 3, 4, 1, 2, 3, 4};
    const double columns[][ROWS] = {{1, 1, 1, 1, 2, 2, 2, 2},
                                    {1, -1, -1, 1, 1, -1, -1, 1}};
    struct rs_lsq_result result;

    for (size_t k = 0; k < 2; k++) {
        fit(&result, y, &columns[1 - k], k, 8, NULL);
        ck_assert_int_eq(result.outcome, RS_FIT_OK);
        ck_assert_double_eq(result.x.estimate, 0.0);
        ck_assert_double_eq(result.t, 0.0);
    }
}
END_TEST

/* x is 6 c - 7 d to the last digit, with weights over 20 decades: two heavy
 * rows settle a coefficient that the light ones need better. */
START_TEST(test_heavy_rows)
{
    const double c[] = {3, -2, 5, 1, 4, -6, 2, 7, -1, 0};
    const double d[] = {1, 4, -3, 2, 6, -5, 0, 3, -2, 7};
    const double noise[] = {0.3, -1.2, 0.7, 0.1, 2.2, -0.4, 1.1, -0.8, 0.5, 1};
    double given[ROWS];
    double columns[3][ROWS];
    struct rs_row_weights weights;
    struct rs_lsq_result result;
    double weight[ROWS];
    double root[ROWS];

    for (int decades = 0; decades <= 26; decades += 2) {
        for (size_t i = 0; i < 10; i++) {
            columns[0][i] = c[i];
            columns[1][i] = d[i];
            columns[2][i] = 6.0 * c[i] - 7.0 * d[i];
            given[i] = i < 3 ? pow(10.0, decades) : 1.0 + (double)i;
        }
        scale_weights(&weights, weight, root, given, 10);
        fit(&result, noise, (const double(*)[ROWS])columns, 2, 10, &weights);
        ck_assert_int_eq(result.outcome, RS_FIT_COLLINEAR);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_edges, sizeof edges / sizeof edges[0]},
    {&test_last_bit, 1},
    {&test_explained, 1},
    {&test_clock, 1},
    {&test_no_slope, 1},
    {&test_heavy_rows, 1},
};
SUITE(lsq_edges, tests)
