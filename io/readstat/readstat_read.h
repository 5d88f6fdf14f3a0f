/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_READSTAT_READ_H
#define RS_READSTAT_READ_H

#include "bytes.h"
#include "cell_rule.h"
#include "dataset.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Files of SAS (transport, versions 5 and 8; sas7bdat), SPSS (sav, zsav, por)
 * and Stata (dta), by libreadstat.
 *
 * Numbers are taken as they are stored; dates and times too, as what their
 * program counts. System missing, tagged (.a, .b) and user-defined missing
 * values are missing; so is what a rule (cell_rule.h) calls missing everywhere.
 * A string column is text, whatever its strings look like.
 *
 * A column all of whose cells have a value label is text, that of the labels:
 * its levels are those that occur, in the order of what they stand for. Where
 * some cells have none the numbers stay, and struct rs_labelled tells.
 *
 * Refused: files that are cut or damaged, as far as libreadstat or the size
 * shows it, transport files with several datasets, and those without a row.
 */
struct rs_readstat;

struct rs_readstat_options {
    struct rs_cell_rule cells; /* of all columns, unless rs_readstat_set_rules;
                                  only what means missing counts */
    bool no_labels;            /* numbers stay numbers */
};

/* Whether a file that begins so is one of them. */
bool rs_readstat_is(const unsigned char *head, size_t n);

/*
 * Reads what there is to know before the cells.
 * bytes  inout  taken over, also after an error; its path lives until close
 * Owns: rs_readstat_close. Errors: RS_ERR_OPEN without the library,
 * RS_ERR_READ, RS_ERR_MALFORMED, RS_ERR_NOMEM; *out is NULL then.
 */
enum rs_status rs_readstat_open(struct rs_readstat **out,
                                struct rs_bytes *bytes,
                                const struct rs_readstat_options *options,
                                struct rs_error *err) RS_MUST_CHECK;

/* Number of columns, and their names [n_columns] (borrowed, until close). */
size_t rs_readstat_n_columns(const struct rs_readstat *self);
const char *const *rs_readstat_names(const struct rs_readstat *self);

/* What means missing in each column; before a load. Errors: RS_ERR_USAGE for a
 * rule that reads texts as numbers; RS_ERR_NOMEM. */
enum rs_status rs_readstat_set_rules(struct rs_readstat *self,
                                     const struct rs_column_rules *rules,
                                     struct rs_error *err) RS_MUST_CHECK;

/* As rs_source_load and rs_source_load_factors; errors as open. */
enum rs_status rs_readstat_load(struct rs_dataset **out,
                                struct rs_readstat *self, const size_t *columns,
                                size_t n, struct rs_error *err) RS_MUST_CHECK;
enum rs_status rs_readstat_load_factors(struct rs_readstat *self,
                                        struct rs_dataset *data,
                                        const struct rs_factors_ask *ask,
                                        struct rs_error *err) RS_MUST_CHECK;

/* Closes and frees; NULL allowed. */
void rs_readstat_close(struct rs_readstat *self);

#endif
