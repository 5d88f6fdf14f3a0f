/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_INPUT_H
#define RS_INPUT_H

#include "dataset.h"
#include "missing.h"
#include "notices.h"
#include "pairs.h"
#include "reading.h"
#include "roles.h"
#include "transformed.h"

/* The columns of a role. */
struct rs_role_columns {
    size_t *columns; /* [n] of the dataset */
    size_t n;
};

/* A set of covariates. */
struct rs_model_set {
    char *name;
    size_t *covariates; /* [n] columns of the dataset */
    size_t n;
};

/*
 * From the command line to a loaded dataset: open the files, choose the
 * columns, read them, see to types, categories, transforms and missing values.
 */
struct rs_input {
    struct rs_dataset *data;
    size_t *y; /* [n_y] columns of data */
    size_t n_y;
    size_t *x; /* [n_x] */
    size_t n_x;
    enum rs_pairs pairs;
    struct rs_pair_list list; /* of these: columns of data */
    size_t *covariates;       /* [n_covariates] of all sets */
    size_t n_covariates;
    size_t n_common;           /* that are in every set, the first ones */
    struct rs_model_set *sets; /* [n_sets]; 0: one without a name, of all */
    const char **set_names;    /* [n_sets] theirs */
    size_t n_sets;
    uint64_t n_rows_uncompared; /* that lacked covariates of some set */
    struct rs_role_columns roles[RS_N_ROLES]; /* a column is maybe in several */
    bool weighted;
    size_t weights;     /* column of data, when weighted */
    size_t *weights_of; /* [columns of data] the weights that each has of its
                           own, or RS_NO_COLUMN; NULL: none has any */
    uint64_t n_where_dropped; /* rows that --where left out */
    bool *told; /* [columns of data] that a pattern brought and that are left
                   out, with a warning; NULL: none */
    struct rs_transformed transforms;
    struct rs_row_groups groups; /* of rows; none: all are together */
    size_t n_groups_dropped;     /* of which no row is complete */
    struct rs_missing_done missing;
    uint64_t n_bytes;          /* of the input */
    char *hash;                /* of the files; NULL: not known */
    struct rs_notices notices; /* of the input, and of the run with it */
};

/*
 * Loads the input of a sweep.
 * source  in  read in place of files, and closed, also after an error; NULL
 * hash    in  whether the hash of the files is wanted
 * Owns: rs_input_clear, also after an error, with the notices alone then.
 * Errors: those of source.h, select.h, missing.h; also
 * RS_ERR_MALFORMED at the first offending cell when a column that must be
 * numeric is text.
 */
enum rs_status rs_input_load(struct rs_input *out,
                             const struct rs_settings *settings,
                             struct rs_source *source, unsigned n_threads,
                             bool hash, struct rs_error *err) RS_MUST_CHECK;
void rs_input_clear(struct rs_input *input);

#endif
