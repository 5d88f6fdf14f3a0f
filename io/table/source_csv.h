/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SOURCE_CSV_H
#define RS_SOURCE_CSV_H

#include "source_ops.h"

/* Delimited text with one row a record (csv_read.h). */
extern const struct rs_source_ops rs_source_csv;

#endif
