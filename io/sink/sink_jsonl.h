/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SINK_JSONL_H
#define RS_SINK_JSONL_H

#include "output_kind.h"

/*
 * JSON Lines: an object for each row, its keys the names of the columns; what
 * is not available is null. A byte of a name that is not UTF-8 becomes U+FFFD.
 * Errors of make: RS_ERR_OPEN when the output exists and force is not set, or
 * its folder cannot be written; RS_ERR_NOMEM.
 */
extern const struct rs_output_kind rs_output_jsonl;

#endif
