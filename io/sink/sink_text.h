/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SINK_TEXT_H
#define RS_SINK_TEXT_H

#include "output_kind.h"

/*
 * Delimited text: CSV with RFC 4180 quoting, tab-separated likewise, and CSV as
 * Excel wants it where the decimal mark is a comma: semicolons, decimal commas,
 * a byte order mark, without which it takes UTF-8 for something else. Errors
 * of make: RS_ERR_OPEN when the output exists and force is not set, or its
 * folder cannot be written; RS_ERR_NOMEM.
 */
extern const struct rs_output_kind rs_output_csv;
extern const struct rs_output_kind rs_output_tsv;
extern const struct rs_output_kind rs_output_excel;

#endif
