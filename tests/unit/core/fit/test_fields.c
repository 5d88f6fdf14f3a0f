/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row.h"
#include "run_suite.h"

#include <math.h>

/* ---- the table --------------------------------------------------- */

START_TEST(test_names)
{
    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        const struct rs_field_info *info = &rs_fields[i];
        ck_assert_ptr_nonnull(info->name);
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(info->name, rs_fields[j].name);
        for (int j = 0; info->group != NULL && j < RS_FIELD_COUNT; j++)
            ck_assert_str_ne(info->group, rs_fields[j].name);
    }
    ck_assert_ptr_nonnull(rs_fields[RS_FIELD_COUNT - 1].man);
}
END_TEST

/* What a word of --columns stands for are neighbours. */
START_TEST(test_groups)
{
    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        const char *group = rs_fields[i].group;
        bool ended = false;
        for (int j = i; group != NULL && j < RS_FIELD_COUNT; j++) {
            bool same = rs_fields[j].group != NULL &&
                        strcmp(rs_fields[j].group, group) == 0;
            ck_assert_msg(!(same && ended), "%s", group);
            ended = !same;
        }
    }
}
END_TEST

/* Rows show only what they can have, and something adds what is added. */
START_TEST(test_whole)
{
    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        const struct rs_field_info *info = &rs_fields[i];
        bool added = i >= RS_ADDED_FIRST && i < RS_ADDED_FIRST + RS_N_ADDED;
        ck_assert_uint_ne(info->rows, 0);
        ck_assert_uint_eq(info->shown & ~info->rows, 0);
        ck_assert_int_eq(info->source == RS_FROM_ADDED, added);
        ck_assert(added ? info->need != RS_NEED_NOTHING
                        : info->need <= RS_NEED_POOL);
        if (info->need == RS_NEED_NAMED)
            ck_assert(info->group != NULL && info->shown == 0);
        ck_assert_int_eq(info->source == RS_FROM_VALUE, info->value != NULL);
        ck_assert_int_eq(info->offset != 0, info->source == RS_FROM_COUNT ||
                                                info->source == RS_FROM_MEMBER);
    }
}
END_TEST

/* ---- values ------------------------------------------------------ */

static struct rs_fit made_fit(void)
{
    struct rs_fit fit;

    rs_fit_clear(&fit, RS_FIT_OK, 20);
    fit.df = 17.0;
    fit.intercept = 3.0;
    fit.beta = -0.5;
    fit.se = 0.25;
    fit.stat = -2.0;
    fit.r2 = 0.25;
    fit.sigma = 1.5;
    fit.n_coef = 3.0;
    fit.pooled = 3.0;
    fit.pooled_tau2 = 0.25;
    fit.pooled_q = 4.0;
    rs_fit_find_p(&fit);
    return fit;
}

/* Every number of a row, by its column: that of the fit, or what was added. */
START_TEST(test_rows)
{
    static const double level = 0.9;
    const struct rs_fit fit = made_fit();
    double added[RS_N_ADDED];
    struct rs_row row = {0, 1, RS_NO_TERM, &fit, added, 0, NULL};

    for (int i = 0; i < RS_N_ADDED; i++)
        added[i] = 100.0 + i;
    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        struct rs_row_column column = rs_row_column_of((enum rs_field)i);
        double of_fit = rs_fit_value(&fit, (enum rs_field)i, level);
        if (rs_source_is_text(column.source)) {
            ck_assert_double_nan(of_fit);
        } else if (column.source == RS_FROM_COUNT) {
            ck_assert_uint_eq(rs_row_count(&row, &column), (uint64_t)of_fit);
        } else if (column.source == RS_FROM_ADDED) {
            ck_assert_double_eq(rs_row_number(&row, &column, level),
                                100.0 + i - RS_ADDED_FIRST);
            ck_assert_double_nan(of_fit);
            row.added = NULL;
            ck_assert_double_nan(rs_row_number(&row, &column, level));
            row.added = added;
        } else {
            ck_assert_double_eq(rs_row_number(&row, &column, level), of_fit);
        }
    }
}
END_TEST

/* R: with t = -2, df = 17, n = 20, sigma = 1.5, 3 coefficients. */
static const struct {
    enum rs_field field;
    double value;
} wanted[] = {
    {RS_FIELD_N, 20.0},
    {RS_FIELD_DF, 17.0},
    {RS_FIELD_DF1, 1.0},
    {RS_FIELD_INTERCEPT, 3.0},
    {RS_FIELD_BETA, -0.5},
    {RS_FIELD_SE, 0.25},
    {RS_FIELD_STAT, -2.0},
    {RS_FIELD_R2, 0.25},
    {RS_FIELD_SIGMA, 1.5},
    {RS_FIELD_P, 0.06173861},           /* 2 * pt(-2, 17) */
    {RS_FIELD_NEG_LOG10_P, 1.20944318}, /* -log10 of it */
    {RS_FIELD_CI_LOW, -0.93490168},     /* -0.5 - 0.25 * qt(0.95, 17) */
    {RS_FIELD_CI_HIGH, -0.06509832},
    {RS_FIELD_R, -0.43643578},     /* -2 / sqrt(4 + 17) */
    {RS_FIELD_R_LOW, -0.70593447}, /* tanh(atanh(r) - qnorm(0.95) / 4) */
    {RS_FIELD_R_HIGH, -0.05654565},
    {RS_FIELD_PARTIAL_R2, 0.19047619},   /* 4 / (4 + 17) */
    {RS_FIELD_SCORE_CHISQ, 3.42857143},  /* 18 of it */
    {RS_FIELD_SCORE_LOG10P, 1.19329440}, /* R: pchisq() of that, and -log10 */
    {RS_FIELD_SCORE_SE, 0.27003086},     /* 0.5 / sqrt(3.42857143) */
    {RS_FIELD_AIC, 77.7257671}, /* 20 (log(2 pi 17 2.25 / 20) + 1) + 8 */
    {RS_FIELD_BIC, 81.7086962}, /* and 4 log(20) in the place of 8 */
    {RS_FIELD_LOGLIK, -34.86288355},
    {RS_FIELD_ADJ_R2, 0.16176471}, /* 1 - 0.75 19 / 17 */
    {RS_FIELD_F, 2.83333333},      /* 0.25 / 0.75 17 / 2 */
    {RS_FIELD_F_P, 0.08670033},    /* pf(2.83333333, 2, 17, lower = FALSE) */
};

START_TEST(test_values)
{
    const struct rs_fit fit = made_fit();

    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        ck_assert_double_eq_tol(rs_fit_value(&fit, wanted[i].field, 0.9),
                                wanted[i].value, 1e-7);
}
END_TEST

/* Numbers that a test has not are empty; r near 1 keeps its digits. */
START_TEST(test_undefined)
{
    struct rs_fit fit = made_fit();

    fit.statistic = RS_STAT_F;
    fit.df1 = 2.0;
    fit.r = 0.5;
    ck_assert_double_nan(rs_fit_value(&fit, RS_FIELD_R_LOW, 0.9));
    ck_assert_double_eq(rs_fit_value(&fit, RS_FIELD_PARTIAL_R2, 0.9), 0.25);
    ck_assert_double_nan(rs_fit_value(&fit, RS_FIELD_SCORE_CHISQ, 0.9));
    fit.statistic = RS_STAT_Z;
    ck_assert_double_nan(rs_fit_value(&fit, RS_FIELD_R_HIGH, 0.9));
    ck_assert_double_nan(rs_fit_value(&fit, RS_FIELD_SCORE_LOG10P, 0.9));
    ck_assert_double_nan(rs_fit_value(&fit, RS_FIELD_PARTIAL_R2, 0.9));
    fit = made_fit();
    fit.df = 1.0;
    ck_assert_double_nan(rs_fit_value(&fit, RS_FIELD_R_LOW, 0.9));
    fit = made_fit();
    fit.stat = 1e9;
    fit.n_coef = 2.0;
    fit.df = 18.0;
    ck_assert_double_eq_tol(1.0 - rs_fit_value(&fit, RS_FIELD_R_LOW, 0.9),
                            7.9944e-17, 1.2e-16);
    ck_assert_double_eq(rs_fit_value(&fit, RS_FIELD_F, 0.9), 1e18);
    rs_fit_clear(&fit, RS_FIT_COLLINEAR, 9);
    for (int field = RS_FIELD_R_LOW; field <= RS_FIELD_LOGLIK; field++)
        ck_assert_double_nan(rs_fit_value(&fit, (enum rs_field)field, 0.9));
}
END_TEST

/* The score test is of least squares, whatever the standard errors are: these
 * have another t, and say what r is. */
START_TEST(test_score)
{
    const struct rs_fit classical = made_fit();
    struct rs_fit robust = made_fit();

    robust.r = rs_fit_r(&classical);
    robust.se = 0.125;
    robust.stat = -4.0;
    for (int field = RS_FIELD_SCORE_SE; field <= RS_FIELD_SCORE_LOG10P; field++)
        ck_assert_double_eq_tol(
            rs_fit_value(&robust, (enum rs_field)field, 0.9),
            rs_fit_value(&classical, (enum rs_field)field, 0.9), 1e-14);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_score, 1}, {&test_names, 1},  {&test_groups, 1},    {&test_whole, 1},
    {&test_rows, 1},  {&test_values, 1}, {&test_undefined, 1},
};
SUITE(fields, tests)
