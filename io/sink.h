/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SINK_H
#define RS_SINK_H

#include "dataset.h"
#include "error.h"
#include "fit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A sink: where result rows end up. One file per sink, one
 * `const struct rs_sink_ops` in it.
 *
 * The life of a sink crosses processes. It is made before the workers are
 * forked (new: nothing is opened, nothing created). Workers only encode:
 * row_bound and encode turn rows into bytes. The parent opens it after the
 * fork, writes the bytes of the workers in order, and finishes or abandons
 * it. After `finish` the result is whole under its own name; after `abandon`
 * what stands is a whole prefix and does not bear the final name.
 */

/* What every sink is told about the rows. Borrowed for the sink's life. */
struct rs_sink_config {
    const struct rs_dataset *data; /* names of the columns */
    const enum rs_field *fields;   /* [n_fields] columns of a row, in order */
    size_t n_fields;
    double conf_level;
    const char *model_name;
    int digits;       /* significant digits, 0 = shortest exact text */
    char delimiter;   /* text sinks */
    const char *path; /* NULL or "-": standard output */
    bool force;       /* replace an existing output */
    bool durable;     /* fsync before success */
};

struct rs_sink;

struct rs_sink_ops {
    const char *name;

    /* Upper bound of a row's bytes. y, x: columns of the dataset. */
    size_t (*row_bound)(const struct rs_sink *sink, size_t y, size_t x);
    /* Writes one row to out; returns its bytes. Worker side. */
    size_t (*encode)(const struct rs_sink *sink, char *out, size_t y, size_t x,
                     const struct rs_fit *fit);

    /* Parent side. Creates the output and writes what precedes the rows. */
    enum rs_status (*open)(struct rs_sink *sink, struct rs_error *err);
    /* Adds whole encoded rows. */
    enum rs_status (*write)(struct rs_sink *sink, const void *bytes,
                            size_t n_bytes, struct rs_error *err);
    /* Makes everything final; every write error has shown itself by now. */
    enum rs_status (*finish)(struct rs_sink *sink, struct rs_error *err);
    /* Leaves a whole prefix behind. */
    void (*abandon)(struct rs_sink *sink);
    /* Frees; abandons first when the sink is open. */
    void (*free)(struct rs_sink *sink);
};

struct rs_sink {
    const struct rs_sink_ops *ops;
};

/*
 * Delimited text (CSV with RFC 4180 quoting; tab-separated likewise).
 * Owns: the caller frees by ops->free. Errors: RS_ERR_OPEN when the output
 * exists and force is not set, or its folder cannot be written;
 * RS_ERR_NOMEM.
 */
enum rs_status rs_sink_text_new(struct rs_sink **out,
                                const struct rs_sink_config *config,
                                struct rs_error *err) RS_MUST_CHECK;

/* Name under which an abandoned output stands, or NULL (standard output, or
 * nothing was created). */
const char *rs_sink_text_partial(const struct rs_sink *sink);

#endif
