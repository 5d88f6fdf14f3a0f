/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "naming.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- the table --------------------------------------------------- */

#define PAIRS       RS_NAMES_PAIRS
#define TERMS       RS_NAMES_TERMS
#define T           RS_NAMES_T
#define T_OR_F      RS_NAMES_T_OR_F
#define UNWEIGHTED  RS_NAMES_UNWEIGHTED
#define CLASSICAL   RS_NAMES_CLASSICAL
#define RESIDUAL_DF RS_NAMES_RESIDUAL_DF

const struct rs_naming_row rs_naming_rows[] = {
#define NAME(style, field, only, name, man)                                    \
    {RS_NAMING_##style, RS_FIELD_##field, only, name, man},
#define LACK(style, name, man)                                                 \
    {RS_NAMING_##style, RS_FIELD_COUNT, 0, name, man},
#define SHOW(...)
#include "naming_rows.h"
#undef NAME
#undef LACK
#undef SHOW
};
const size_t rs_n_naming_rows =
    sizeof rs_naming_rows / sizeof rs_naming_rows[0];

/* Fields as numbers: a static table of a list within a list. */
enum { MOST_SHOWN = 12 };

static const struct {
    enum rs_naming_style style;
    unsigned only;
    enum rs_field fields[MOST_SHOWN];
} shown[] = {
#define Y            RS_FIELD_Y
#define X            RS_FIELD_X
#define TERM         RS_FIELD_TERM
#define N            RS_FIELD_N
#define DF           RS_FIELD_DF
#define BETA         RS_FIELD_BETA
#define SE           RS_FIELD_SE
#define CI_LOW       RS_FIELD_CI_LOW
#define CI_HIGH      RS_FIELD_CI_HIGH
#define STAT         RS_FIELD_STAT
#define P            RS_FIELD_P
#define R2           RS_FIELD_R2
#define SIGMA        RS_FIELD_SIGMA
#define MEAN_Y       RS_FIELD_MEAN_Y
#define SCORE_SE     RS_FIELD_SCORE_SE
#define SCORE_CHISQ  RS_FIELD_SCORE_CHISQ
#define SCORE_LOG10P RS_FIELD_SCORE_LOG10P
#define NAME(...)
#define LACK(...)
#define SHOW(style, only, ...)                                                 \
    {RS_NAMING_##style, only, {__VA_ARGS__, RS_FIELD_COUNT}},
#include "naming_rows.h"
};

/* ---- names ------------------------------------------------------- */

/* Letters of ASCII only: names have no others. */
static void capitals(char *text)
{
    for (; *text != '\0'; text++)
        if (*text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
}

/* What a letter behind $ stands for. */
static double figure_of(char letter, double conf_level)
{
    switch (letter) {
    case 'l':
        return (1.0 - conf_level) / 2.0;
    case 'u':
        return (1.0 + conf_level) / 2.0;
    case 'L':
        return 50.0 * (1.0 - conf_level);
    case 'U':
        return 50.0 * (1.0 + conf_level);
    default:
        return 100.0 * conf_level;
    }
}

/* A name of the table, its figures put in. */
static void put_name(char *out, const char *name, double conf_level)
{
    size_t len = strcspn(name, "$");

    if (name[len] == '\0')
        (void)snprintf(out, RS_COLUMN_NAME_SIZE, "%s", name);
    else
        (void)snprintf(out, RS_COLUMN_NAME_SIZE, "%.*s%.10g%s", (int)len, name,
                       figure_of(name[len + 1], conf_level), name + len + 2);
}

static void put_own(char *out, enum rs_naming_style style, enum rs_field field)
{
    (void)snprintf(out, RS_COLUMN_NAME_SIZE, "%s", rs_fields[field].name);
    if (style == RS_NAMING_PLINK)
        capitals(out);
}

void rs_naming_column(char *out, const struct rs_naming *naming,
                      enum rs_field field)
{
    for (size_t i = 0; i < rs_n_naming_rows; i++) {
        const struct rs_naming_row *row = &rs_naming_rows[i];
        if (row->style == naming->style && row->field == field &&
            (row->only & ~naming->facts) == 0) {
            put_name(out, row->name, naming->conf_level);
            return;
        }
    }
    put_own(out, naming->style, field);
}

const enum rs_field *rs_naming_shown(const struct rs_naming *naming)
{
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        if (shown[i].style == naming->style &&
            (shown[i].only & ~naming->facts) == 0)
            return shown[i].fields;
    return NULL;
}

bool rs_naming_takes(enum rs_naming_style style, double conf_level,
                     const char *name)
{
    char taken[RS_COLUMN_NAME_SIZE];

    for (int field = 0; field < RS_FIELD_COUNT; field++)
        if (strcasecmp(name, rs_fields[field].name) == 0)
            return true;
    for (size_t i = 0; i < rs_n_naming_rows; i++) {
        const struct rs_naming_row *row = &rs_naming_rows[i];
        if (row->style != style || row->field == RS_FIELD_COUNT)
            continue;
        put_name(taken, row->name, conf_level);
        if (strcasecmp(name, taken) == 0)
            return true;
    }
    return false;
}
