/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RECORD_INDEX_H
#define RS_RECORD_INDEX_H

#include "csv_internal.h"

/*
 * Where each record of an input begins, and the field that names it: what a
 * table with one variable a line needs to know before it is read. Private to
 * the reader of such tables.
 */

struct rs_record {
    uint64_t offset; /* of its first byte that is not blank */
    uint64_t line;   /* physical line of it, from 1 */
    char *name;      /* the field that names it; "" where there is none */
};

struct rs_record_index {
    size_t n;
    struct rs_record *records; /* [n + 1]; the last is the end of the input */
};

/*
 * Indexes the records behind the header, in parallel, and cuts the input to
 * chunks: first_row and n_rows of a chunk count records then. Only what is
 * well-formed is told rightly; the walk over the records finds what is not.
 * name_field  in  field of the name, from 0
 * Owns: rs_record_index_clear, which does nothing on a zeroed one.
 * Errors: RS_ERR_READ, RS_ERR_NOMEM.
 */
enum rs_status rs_record_index_init(struct rs_record_index *out,
                                    struct rs_csv *csv, size_t name_field,
                                    struct rs_error *err) RS_MUST_CHECK;
void rs_record_index_clear(struct rs_record_index *index);

#endif
