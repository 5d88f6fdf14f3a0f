/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SINK_H
#define RS_SINK_H

#include "dataset.h"
#include "error.h"
#include "labels.h"
#include "outfile.h"
#include "pack.h"
#include "row.h"
#include "tally.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A sink: where result rows end up. One file per sink, with one
 * `const struct rs_sink_ops` in it, and the kind of output that it is
 * (output_kind.h).
 *
 * The life of a sink crosses processes. It is made before the workers are
 * forked (new: nothing is opened, nothing created). Workers only encode:
 * row_bound and encode turn rows into bytes. The parent opens it after the
 * fork, writes the bytes of the workers in order, and finishes or abandons
 * it. After `finish` the result is whole under its own name; after `abandon`
 * what stands is a whole prefix and says so: a file does not bear its final
 * name, a run in a database is marked as incomplete.
 */

/* What a database notes of a run. Borrowed for the sink's life. */
struct rs_run_info {
    const char *command;    /* the command line, one text */
    const char *program;    /* name and version */
    const char *libraries;  /* names and versions */
    const char *input;      /* names of the files, one text */
    const char *input_hash; /* of their bytes; NULL: not known */
    const char *notes;      /* what came of the input; NULL: nothing to tell */
    const char *note;       /* the user's own; NULL: none */
    uint64_t n_pairs;       /* of the plan */
    uint64_t n_tiles;
};

/* The columns of a kind of rows, in order. */
struct rs_row_columns {
    const enum rs_field *fields; /* [n] */
    const char *const *names;    /* [n] as they are to be called */
    size_t n;
};

/* What the rows are. All is borrowed for the sink's life. */
struct rs_rows_shape {
    const struct rs_dataset *data; /* names of the columns */
    struct rs_labels labels;       /* columns before all others */
    bool labels_later; /* which, is known only when the input is read; until
                          then a table that is there is not compared */
    unsigned which;    /* set of RS_ROWS_ */
    struct rs_row_columns pairs;
    struct rs_row_columns terms; /* n = 0: no such rows */
    size_t n_kinds;              /* of parts, which follow one another */
    const bool *together;        /* [n_kinds][columns of data] of an x: several
                                    coefficients of it are tested together; NULL: of
                                    none */
    const char *const *term_texts; /* [n_term_texts] names of coefficients;
                                      that of RS_TERM_X is NULL: the name of
                                      the column x */
    size_t n_term_texts;
    const char *const *term_levels;     /* [n_term_texts] the level that a term
                                           is of, and the one that this is */
    const char *const *term_references; /* compared with; NULL: none. NULL:
                                           they are not known */
    size_t n_covariates;                /* of all models together */
    double conf_level;
    const char *model_name;
    int digits; /* significant digits, 0 = shortest exact text */
    bool bom;   /* text begins with U+FEFF */
};

/* Where they go, and what may happen to what is there. */
struct rs_place {
    const char *path;                    /* NULL or "-": standard output */
    const char *table;                   /* databases; NULL: "fits" */
    const struct rs_packing *packing;    /* sinks of lines; NULL: none */
    const struct rs_input_files *inputs; /* never written to; NULL allowed */
    bool force;                          /* replace an existing output */
    bool append;            /* databases: add a run to what is there */
    bool durable;           /* fsync before success */
    const atomic_int *stop; /* non-zero: waits end. NULL allowed */
};

/* How one speaks with a server. */
struct rs_server {
    double retry_seconds; /* to reach one again that was lost; 0: not at all */
    size_t batch_bytes;   /* of rows in a transaction; 0: as the sink likes */
};

/* What every sink is told. */
struct rs_sink_config {
    struct rs_rows_shape rows;
    struct rs_place place;
    struct rs_server server;
    const struct rs_run_info *info; /* databases; NULL allowed elsewhere */
};

/* What is said of the output's file. */
static inline struct rs_outfile_options
rs_place_outfile(const struct rs_place *place)
{
    return (struct rs_outfile_options){
        place->path, place->force, place->durable, place->inputs, place->stop};
}

struct rs_sink;

/* open, settle, finish, abandon and partial may be NULL: there is nothing to
 * do; left and free where nobody asks for them. */
struct rs_sink_ops {
    /* Upper bound of a row's bytes, its terms' rows likewise (of each). y,
     * x: columns of the dataset. */
    size_t (*row_bound)(const struct rs_sink *sink, size_t y, size_t x);
    /* Writes one row to out; returns its bytes. Worker side. */
    size_t (*encode)(const struct rs_sink *sink, char *out,
                     const struct rs_row *row);

    /* Parent side. Creates the output and writes what precedes the rows. */
    enum rs_status (*open)(struct rs_sink *sink, struct rs_error *err);
    /* Adds whole encoded rows. */
    enum rs_status (*write)(struct rs_sink *sink, const void *bytes,
                            size_t n_bytes, struct rs_error *err);
    /* Adds encoded rows that sink->packing has packed: whole pieces. NULL
     * where sinks have no packing. */
    enum rs_status (*write_packed)(struct rs_sink *sink, const void *bytes,
                                   size_t n_bytes, struct rs_error *err);
    /* The bytes, just written by `write`, do not end a tile: if nothing else
     * follows, their rows are to be counted. NULL: the sink does not care. */
    void (*unsettled)(struct rs_sink *sink, const void *bytes, size_t n_bytes);
    /* All rows of the first n_tiles tiles are written: a place to commit, or
     * to go back to: what an abandoned output holds ends at the last of
     * these. n_tiles never falls. */
    enum rs_status (*settle)(struct rs_sink *sink, uint64_t n_tiles,
                             struct rs_error *err);
    /* What `finish` takes its time for, as a stage of the progress; NULL:
     * nothing. */
    const char *finishing;
    /* Makes everything final; every write error has shown itself by now.
     * tally: of the whole run. */
    enum rs_status (*finish)(struct rs_sink *sink, const struct rs_tally *tally,
                             struct rs_error *err);
    /* Leaves a whole prefix behind. tally: of what was settled; NULL: not
     * known. */
    void (*abandon)(struct rs_sink *sink, const struct rs_tally *tally);
    /* What an abandoned output is called, for people; NULL: nothing was
     * created, or there is no name; of a database: it is not known what it
     * holds. */
    const char *(*partial)(const struct rs_sink *sink);
    /* The tiles whose rows an abandoned output holds. n_rows: whole rows
     * behind these, which could not be taken back. NULL: not known. */
    uint64_t (*left)(const struct rs_sink *sink, uint64_t *n_rows);
    /* Frees; abandons first when the sink is open. */
    void (*free)(struct rs_sink *sink);
};

struct rs_sink {
    const struct rs_sink_ops *ops;
    /* The rows are to be packed, by workers as far as possible; the sink packs
     * what comes by `write`. NULL: they are not. */
    const struct rs_packing *packing;
};

#endif
