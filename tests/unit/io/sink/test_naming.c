/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "naming.h"
#include "run_suite.h"

#include <string.h>
#include <strings.h>

/* No two columns of a row have one name, not even in a database, which does
 * not tell capitals from small letters; none needs quotes in a CSV. Cochran's Q
 * is the one that differs from another by a capital only: a database refuses
 * both together. */
static bool same(const char *a, const char *b)
{
    return strcmp(a, "Q") == 0 || strcmp(b, "Q") == 0 ? strcmp(a, b) == 0
                                                      : strcasecmp(a, b) == 0;
}

/* `facts` of rows of pairs or of terms */
static void check_unique(struct rs_naming naming)
{
    char names[RS_FIELD_COUNT][RS_COLUMN_NAME_SIZE];
    bool terms = (naming.facts & RS_NAMES_TERMS) != 0;

    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        rs_naming_column(names[i], &naming, (enum rs_field)i);
        ck_assert_uint_gt(strlen(names[i]), 0);
        ck_assert_uint_lt(strlen(names[i]), RS_COLUMN_NAME_SIZE - 1);
        ck_assert_ptr_null(strpbrk(names[i], ",;\t\"\n"));
        ck_assert_int_ne(names[i][0], ' ');
        ck_assert_int_ne(names[i][strlen(names[i]) - 1], ' ');
        ck_assert(rs_naming_takes(naming.style, naming.conf_level, names[i]));
        if (i == RS_FIELD_TERM && !terms)
            continue; /* is in no row of a pair */
        for (int j = 0; j < i; j++)
            ck_assert_msg(
                (j == RS_FIELD_TERM && !terms) || !same(names[i], names[j]),
                "two columns '%s' in style %d", names[i], (int)naming.style);
    }
}

START_TEST(test_unique)
{
    unsigned rest = 0;

    for (int style = 0; style < RS_N_NAMINGS; style++)
        for (rest = 0; rest < 32; rest++) {
            unsigned facts = rest * RS_NAMES_T;
            struct rs_naming naming = {(enum rs_naming_style)style,
                                       facts | RS_NAMES_PAIRS, 0.9999999999};
            check_unique(naming);
            naming.facts = facts | RS_NAMES_TERMS;
            check_unique(naming);
        }
}
END_TEST

START_TEST(test_own)
{
    struct rs_naming naming = {RS_NAMING_OWN, ~0U, 0.95};
    char name[RS_COLUMN_NAME_SIZE];

    for (int i = 0; i < RS_FIELD_COUNT; i++) {
        rs_naming_column(name, &naming, (enum rs_field)i);
        ck_assert_str_eq(name, rs_fields[i].name);
    }
    ck_assert_ptr_null(rs_naming_shown(&naming));
}
END_TEST

/* With all facts but rows of terms, and without those of `never`. */
static void check_name(enum rs_naming_style style, enum rs_field field,
                       unsigned never, double level, const char *wanted)
{
    struct rs_naming naming = {style, ~(RS_NAMES_TERMS | never), level};
    char name[RS_COLUMN_NAME_SIZE];

    if ((never & RS_NAMES_PAIRS) != 0)
        naming.facts |= RS_NAMES_TERMS;
    rs_naming_column(name, &naming, field);
    ck_assert_str_eq(name, wanted);
}

START_TEST(test_names)
{
    enum { TERMS = RS_NAMES_PAIRS };

    check_name(RS_NAMING_BROOM, RS_FIELD_X, 0, 0.95, "term");
    check_name(RS_NAMING_BROOM, RS_FIELD_X, TERMS, 0.95, "x");
    check_name(RS_NAMING_BROOM, RS_FIELD_TERM, TERMS, 0.95, "term");
    check_name(RS_NAMING_BROOM, RS_FIELD_SE, TERMS, 0.95, "std.error");
    check_name(RS_NAMING_BROOM, RS_FIELD_NEG_LOG10_P, 0, 0.95, "neg_log10_p");
    check_name(RS_NAMING_PLINK, RS_FIELD_N, 0, 0.95, "OBS_CT");
    check_name(RS_NAMING_PLINK, RS_FIELD_BCA_HIGH, 0, 0.95, "BCA_HIGH");
    check_name(RS_NAMING_STATSMODELS, RS_FIELD_CI_LOW, 0, 0.95, "[0.025");
    check_name(RS_NAMING_STATSMODELS, RS_FIELD_CI_HIGH, TERMS, 0.9, "0.95]");
    check_name(RS_NAMING_FIXEST, RS_FIELD_CI_LOW, 0, 0.95, "2.5 %");
    check_name(RS_NAMING_FIXEST, RS_FIELD_CI_HIGH, 0, 0.999, "99.95 %");
    check_name(RS_NAMING_REGENIE, RS_FIELD_SCORE_CHISQ, 0, 0.95, "CHISQ");
}
END_TEST

/* What means another thing has our name. */
START_TEST(test_meant)
{
    enum { F = RS_NAMES_T, Z = RS_NAMES_T | RS_NAMES_T_OR_F };

    check_name(RS_NAMING_PLINK, RS_FIELD_STAT, 0, 0.95, "T_STAT");
    check_name(RS_NAMING_PLINK, RS_FIELD_STAT, F, 0.95, "T_OR_F_STAT");
    check_name(RS_NAMING_PLINK, RS_FIELD_STAT, Z, 0.95, "STAT");
    check_name(RS_NAMING_PLINK, RS_FIELD_CI_LOW, 0, 0.95, "CI_LOW");
    check_name(RS_NAMING_PLINK, RS_FIELD_STATUS, 0, 0.95, "STATUS");
    check_name(RS_NAMING_LIMMA, RS_FIELD_STAT, 0, 0.95, "stat");
    check_name(RS_NAMING_LIMMA, RS_FIELD_P, 0, 0.95, "p");
    check_name(RS_NAMING_LIMMA, RS_FIELD_P_BH, 0, 0.95, "p_bh");
    check_name(RS_NAMING_LIMMA, RS_FIELD_MEAN_Y, 0, 0.95, "AveExpr");
    check_name(RS_NAMING_LIMMA, RS_FIELD_MEAN_Y, RS_NAMES_UNWEIGHTED, 0.95,
               "mean_y");
    check_name(RS_NAMING_LIMMA, RS_FIELD_DF, RS_NAMES_RESIDUAL_DF, 0.95, "df");
    check_name(RS_NAMING_MATRIXEQTL, RS_FIELD_STAT, F, 0.95, "stat");
    check_name(RS_NAMING_STATSMODELS, RS_FIELD_P, F, 0.95, "p");
    check_name(RS_NAMING_STATSMODELS, RS_FIELD_AIC, 0, 0.95, "aic");
    check_name(RS_NAMING_STATSMODELS, RS_FIELD_F, 0, 0.95, "F-statistic");
    check_name(RS_NAMING_STATSMODELS, RS_FIELD_F, RS_NAMES_CLASSICAL, 0.95,
               "f");
    check_name(RS_NAMING_REGENIE, RS_FIELD_STAT, 0, 0.95, "stat");
    check_name(RS_NAMING_REGENIE, RS_FIELD_P, 0, 0.95, "p");
}
END_TEST

START_TEST(test_shown)
{
    static const enum rs_field wanted[] = {RS_FIELD_X,    RS_FIELD_Y,
                                           RS_FIELD_BETA, RS_FIELD_STAT,
                                           RS_FIELD_P,    RS_FIELD_COUNT};
    struct rs_naming naming = {RS_NAMING_MATRIXEQTL, RS_NAMES_PAIRS, 0.95};
    const enum rs_field *shown = rs_naming_shown(&naming);

    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        ck_assert_int_eq(shown[i], wanted[i]);
    naming.facts = RS_NAMES_TERMS;
    ck_assert_ptr_null(rs_naming_shown(&naming));
    naming.style = RS_NAMING_REGENIE;
    naming.facts = RS_NAMES_PAIRS | RS_NAMES_T;
    ck_assert_ptr_null(rs_naming_shown(&naming)); /* robust errors */
    naming.facts |= RS_NAMES_CLASSICAL;
    ck_assert_ptr_nonnull(rs_naming_shown(&naming));
}
END_TEST

static const struct suite_test tests[] = {
    {&test_unique, 1}, {&test_own, 1},   {&test_names, 1},
    {&test_meant, 1},  {&test_shown, 1},
};
SUITE(naming, tests)
