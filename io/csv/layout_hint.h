/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LAYOUT_HINT_H
#define RS_LAYOUT_HINT_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * How a file seems to be laid out that is refused, or has not the columns that
 * one expects: what to type. Only a guess, by the first lines: nothing is read
 * so by itself.
 */
struct rs_layout {
    char delimiter;  /* 0: as it was read; RS_CSV_BLANKS */
    char comment[3]; /* what lines of comment begin with; "": there are none */
    size_t n_skip;   /* lines above the header */
    bool last_empty; /* the last field of every line, but the header's */
    bool
        last_nameless; /* the last field of the header, which is one too many */
    bool row_names;    /* the header lacks a name, and it is none of these */
};

/* How the first lines were read. */
struct rs_layout_lines {
    const char *bytes; /* [n] from the header on */
    size_t n;
    size_t n_above; /* lines of the file above these */
    char delimiter;
    bool is_found; /* by the lines themselves: it was not asked for */
    bool has_header;
    bool drops_last;  /* read with {trailing-delimiter} */
    bool names_first; /* read with {row-names} */
};

/*
 * Finds a layout by which all lines that follow the header have as many fields,
 * two at least, and the header has them too.
 * Returns false where there is none, and where they are read by it already.
 */
bool rs_layout_find(struct rs_layout *out, const struct rs_layout_lines *lines);

/* Adds to an error `; reasons: options`, as far as there is room. */
void rs_layout_offer(struct rs_error *err, const struct rs_layout *layout);

#endif
