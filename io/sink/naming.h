/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NAMING_H
#define RS_NAMING_H

#include "fields.h"

#include <stdbool.h>

/*
 * What result columns are called in the style of other tools. Values are the
 * same whatever the style.
 */
enum rs_naming {
    RS_NAMING_OWN,   /* then as enum rs_tool */
    RS_NAMING_BROOM, /* R's broom: tidy() and glance() of lm */
    RS_NAMING_PLINK  /* PLINK 2: --glm and --adjust */
};

/* Bytes of a name, its end included, at most. */
enum { RS_COLUMN_NAME_SIZE = 32 };

/*
 * Writes the name of a column.
 * out         out  [RS_COLUMN_NAME_SIZE]
 * of_terms    in   in a row of --rows terms; broom calls x `term` elsewhere
 * conf_level  in   PLINK names the limits by it: L95, U95
 * Notes: unique within a style and a kind of row, capitals aside. A column
 * that the tool does not have keeps our name, for PLINK in capitals.
 */
void rs_naming_column(char *out, enum rs_naming style, enum rs_field field,
                      bool of_terms, double conf_level);

#endif
