/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FACTS_ROWS_H
#define RS_FACTS_ROWS_H

#include "facts.h"
#include "settings.h"

/*
 * A description for programs, on standard output: all fields of
 * fact_fields.h, names and numbers whole. JSON has lists, and null where there
 * is nothing; in csv and tsv levels are joined by commas, a comma in one being
 * `\,` and a backslash `\\`, and hints by "; ".
 */

/* The header, where the format has one. */
void rs_facts_rows_begin(enum rs_format format);

/* The row of a column. Errors: RS_ERR_NOMEM. */
enum rs_status rs_facts_row_print(const struct rs_facts *facts,
                                  enum rs_format format,
                                  struct rs_error *err) RS_MUST_CHECK;

#endif
