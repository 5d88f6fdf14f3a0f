/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SELECT_PATTERN_H
#define RS_SELECT_PATTERN_H

#include "name_index.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * One pattern of a selection against the header: #3, #3:#7, a:b, p{1:10}q,
 * globs (see select.h). Private to the selection.
 */
enum rs_pattern_result {
    RS_PATTERN_HIT,
    RS_PATTERN_MISS,     /* nothing of that kind in the header */
    RS_PATTERN_POSITION, /* #n beyond the last column, or #0 */
    RS_PATTERN_BACKWARDS /* a range whose end comes before its beginning */
};

enum { RS_PATTERN_NAME = 256 };

struct rs_pattern_hits {
    size_t *columns; /* [names->n], the caller's; the first n are set */
    size_t n;
    bool by_pattern;               /* globs and ranges of columns */
    char missing[RS_PATTERN_NAME]; /* MISS of p{a:b}q: the first name that is
                                      not there; "" otherwise */
};

/* Fills hits with what text matches, in the order to be taken. */
enum rs_pattern_result rs_pattern_match(struct rs_pattern_hits *hits,
                                        const struct rs_name_index *names,
                                        const char *text);

#endif
