/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OUTPUT_KINDS_H
#define RS_OUTPUT_KINDS_H

#include "output_kind.h"

/*
 * The table of all kinds of output.
 */

/* The kinds that --format can name, as one text: what stands before them,
 * between them, and before the last. */
#define RS_OUTPUT_FORMATS(first, between, last)                                \
    first "csv" between "tsv" between "excel" between "jsonl" between          \
          "sqlite" last "npy"

/* Those of RS_OUTPUT_FORMATS, in this order, then those that are known by
 * their names alone; NULL at the end. The first is what an output is that no
 * mark tells. */
extern const struct rs_output_kind *const rs_output_kinds[];

/*
 * The kind whose mark a name has; NULL: it has none.
 * beginning  out  bytes of the mark, where the name begins with it; else 0
 * kinds      in   NULL at the end
 * len        in   bytes of path before the ending that says how it is
 *                 compressed
 */
const struct rs_output_kind *
rs_output_kind_of(size_t *beginning, const struct rs_output_kind *const *kinds,
                  const char *path, size_t len);

#endif
