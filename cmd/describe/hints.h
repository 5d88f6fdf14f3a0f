/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_HINTS_H
#define RS_HINTS_H

#include "facts.h"

/*
 * What to know of a column before it is used, and what to type: cells that
 * are no numbers, in the words of a run (bad_cells.h, cell_hint.h); ids and
 * dates, by the rules that warn in a run (look.h); and what else numbers or
 * levels do not show.
 * facts  inout  all but hints; gets these
 * Owns: rs_facts_clear, also after an error. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_hints_find(struct rs_facts *facts,
                             const struct rs_table *table,
                             struct rs_error *err) RS_MUST_CHECK;

#endif
