/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TRANSPOSED_LAYOUT_H
#define RS_TRANSPOSED_LAYOUT_H

#include "error.h"

#include <stddef.h>

/*
 * Which fields of a table with one variable a line are what: some leading
 * ones, the variable's name among them, then its samples. By default the name
 * is the first field, and the only leading one. Some files are known by their
 * headers: PLINK's .traw (a row of transposed_layout.c each).
 */
struct rs_transposed_layout {
    size_t name;       /* field of the variable's name, from 0 */
    size_t leading;    /* fields before the first sample, at least name + 1 */
    const char *known; /* what the file is, known by its header; NULL */
    const char *head;  /* the header's word for the name; borrowed */
};

/* What is asked for. */
struct rs_transposed_options {
    const char *name_column; /* the header's word for the field of the name;
                                NULL: not given */
    size_t leading;          /* 0: not given */
};

/*
 * Finds the layout. A file that is known by its header keeps its own where it
 * has no field of the name that is asked for.
 * header  in  [n] its fields
 * Errors: RS_ERR_USAGE when there is no such field, or when it is none of the
 * leading ones; RS_ERR_MALFORMED when two have its name; RS_ERR_NOMEM.
 */
enum rs_status
rs_transposed_layout_find(struct rs_transposed_layout *out,
                          const char *const *header, size_t n,
                          const struct rs_transposed_options *options,
                          struct rs_error *err) RS_MUST_CHECK;

/* What a file is, by its header; NULL: nobody knows. header: [n] */
const char *rs_transposed_known(const char *const *header, size_t n);

#endif
