/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_WHERE_H
#define RS_WHERE_H

#include "column_choice.h"
#include "input.h"

/*
 * --where: leaves out the rows for which the conditions do not hold, as if the
 * file had none of them: levels that no other row has go too. What is a
 * number, and what text, is said by all rows of the file. Of a survey the other
 * rows, and their levels, stay, with a weight of 0: the rest is a domain.
 * Errors: RS_ERR_MALFORMED or RS_ERR_USAGE where a column and what it is
 * compared with are not of one kind; RS_ERR_INCONSISTENT when no row is left;
 * RS_ERR_NOMEM.
 */
enum rs_status rs_where_apply(struct rs_input *input,
                              const struct rs_column_choice *choice,
                              const struct rs_table *table, bool survey,
                              unsigned n_threads,
                              struct rs_error *err) RS_MUST_CHECK;

#endif
