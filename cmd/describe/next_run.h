/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NEXT_RUN_H
#define RS_NEXT_RUN_H

#include "facts.h"
#include "settings.h"
#include "table.h"

/*
 * A sweep that could be the next command: the files and how they are read as
 * here, a y and few x of columns that look measured, and a covariate of few
 * levels. Nothing is known of what is meant: it is a command that works.
 * facts  in   [n]
 * table  in   that they are of: what two columns are called, in one file or
 *             two, no command can name
 * out    out  text of the command, quoted for a shell, the caller's to free;
 *             NULL: no columns are for it
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_next_run(char **out, const struct rs_facts *facts, size_t n,
                           const struct rs_table *table,
                           const struct rs_settings *settings,
                           struct rs_error *err) RS_MUST_CHECK;

#endif
