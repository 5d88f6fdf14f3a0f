/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TARGET_H
#define RS_TARGET_H

#include "settings.h"

/*
 * What -o and --format ask for: the kind of output, and where it is.
 */
enum rs_target_kind {
    RS_TARGET_TEXT,     /* CSV, TSV */
    RS_TARGET_JSONL,    /* an object a line */
    RS_TARGET_SQLITE,   /* path: the database's file */
    RS_TARGET_POSTGRES, /* path: the connection string */
    RS_TARGET_NPY       /* a matrix */
};

enum rs_packing_kind { RS_PACKING_NONE, RS_PACKING_GZIP, RS_PACKING_ZSTD };

struct rs_target {
    enum rs_target_kind kind;
    enum rs_packing_kind packing;
    char delimiter;   /* of text */
    const char *path; /* NULL: standard output */
};

/*
 * Finds the kind of output: by --format, or by how FILE begins and ends.
 * Errors: RS_ERR_USAGE when the two contradict each other, or when other
 * options do not go with the kind.
 */
enum rs_status rs_target_find(struct rs_target *out,
                              const struct rs_settings *settings,
                              struct rs_error *err) RS_MUST_CHECK;

/* True when the output can hold several runs, and notes of them. */
bool rs_target_is_database(const struct rs_target *target);

#endif
