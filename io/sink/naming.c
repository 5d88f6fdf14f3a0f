/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "naming.h"

#include <stdio.h>

/* NULL: the tool has no such column. */
static const char *const names[RS_NAMING_COUNT][RS_FIELD_COUNT] = {
    [RS_NAMING_BROOM] =
        {
            [RS_FIELD_Y] = "response",
            [RS_FIELD_X] = "term",
            [RS_FIELD_TERM] = "term",
            [RS_FIELD_N] = "nobs",
            [RS_FIELD_DF] = "df.residual",
            [RS_FIELD_BETA] = "estimate",
            [RS_FIELD_SE] = "std.error",
            [RS_FIELD_CI_LOW] = "conf.low",
            [RS_FIELD_CI_HIGH] = "conf.high",
            [RS_FIELD_STAT] = "statistic",
            [RS_FIELD_P] = "p.value",
            [RS_FIELD_R2] = "r.squared",
            [RS_FIELD_SIGMA] = "sigma",
            [RS_FIELD_AIC] = "AIC",
        },
    [RS_NAMING_PLINK] =
        {
            [RS_FIELD_Y] = "PHENO",
            [RS_FIELD_X] = "ID",
            [RS_FIELD_TERM] = "TEST",
            [RS_FIELD_N] = "OBS_CT",
            [RS_FIELD_BETA] = "BETA",
            [RS_FIELD_SE] = "SE",
            [RS_FIELD_STAT] = "T_STAT",
            [RS_FIELD_P] = "P",
            [RS_FIELD_NEG_LOG10_P] = "NEG_LOG10_P",
            [RS_FIELD_P_BONFERRONI] = "BONF",
            [RS_FIELD_P_HOLM] = "HOLM",
            [RS_FIELD_P_BH] = "FDR_BH",
            [RS_FIELD_P_BY] = "FDR_BY",
            [RS_FIELD_P_PERM] = "EMP2",
            [RS_FIELD_STATUS] = "ERRCODE",
        },
};

/* Letters of ASCII only: names have no others. */
static void capitals(char *text)
{
    for (; *text != '\0'; text++)
        if (*text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
}

void rs_naming_column(char *out, enum rs_naming style, enum rs_field field,
                      bool of_terms, double conf_level)
{
    const char *name = names[style][field];

    if (style == RS_NAMING_PLINK &&
        (field == RS_FIELD_CI_LOW || field == RS_FIELD_CI_HIGH)) {
        (void)snprintf(out, RS_COLUMN_NAME_SIZE, "%c%.10g",
                       field == RS_FIELD_CI_LOW ? 'L' : 'U',
                       100.0 * conf_level);
        return;
    }
    if (style == RS_NAMING_BROOM && field == RS_FIELD_X && of_terms)
        name = "x"; /* `term` is the coefficient's there */
    (void)snprintf(out, RS_COLUMN_NAME_SIZE, "%s",
                   name != NULL ? name : rs_fields[field].name);
    if (name == NULL && style == RS_NAMING_PLINK)
        capitals(out);
}
