/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "naming.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static_assert(RS_NAMING_PLINK - RS_NAMING_BROOM == RS_TOOL_PLINK,
              "styles follow each other as tools do");

/* Letters of ASCII only: names have no others. */
static void capitals(char *text)
{
    for (; *text != '\0'; text++)
        if (*text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
}

static const char *name_in(enum rs_naming style, enum rs_field field,
                           bool of_terms)
{
    if (style == RS_NAMING_OWN)
        return rs_fields[field].name;
    if (style == RS_NAMING_BROOM && field == RS_FIELD_X && of_terms)
        return "x"; /* `term` is the coefficient's there */
    return rs_fields[field].elsewhere[style - RS_NAMING_BROOM];
}

void rs_naming_column(char *out, enum rs_naming style, enum rs_field field,
                      bool of_terms, double conf_level)
{
    const char *name = name_in(style, field, of_terms);
    size_t len = name == NULL ? 0 : strcspn(name, "%");

    if (name != NULL && name[len] == '%')
        (void)snprintf(out, RS_COLUMN_NAME_SIZE, "%.*s%.10g", (int)len, name,
                       100.0 * conf_level);
    else
        (void)snprintf(out, RS_COLUMN_NAME_SIZE, "%s",
                       name != NULL ? name : rs_fields[field].name);
    if (name == NULL && style == RS_NAMING_PLINK)
        capitals(out);
}
