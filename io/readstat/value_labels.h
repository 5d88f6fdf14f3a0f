/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_VALUE_LABELS_H
#define RS_VALUE_LABELS_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* Words for values: 1 'Male', 2 'Female'. */
struct rs_value_label {
    double number;
    char *text; /* in place of a number; NULL: it is one */
    char *label;
};

struct rs_value_labels {
    char *name;
    struct rs_value_label *list; /* [n] */
    size_t n;
};

/* Sets of them, as a file has them. All zero: none. */
struct rs_label_sets {
    struct rs_value_labels *sets; /* [n] */
    size_t n;
};

/*
 * Adds a label to the set of a name, the one added to last or a new one.
 * value  in  what it is of, number or text; copied as label is
 * Owns: rs_label_sets_clear. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_label_sets_add(struct rs_label_sets *sets, const char *name,
                                 const struct rs_value_label *value,
                                 struct rs_error *err) RS_MUST_CHECK;

/* Sorts sets and labels, when all are there: for the functions below. */
void rs_label_sets_sort(struct rs_label_sets *sets);

/* The set of a name; NULL: there is none. */
const struct rs_value_labels *
rs_label_sets_find(const struct rs_label_sets *sets, const char *name);

/* The label of a number or, where text is not NULL, of a text; NULL: none. */
const struct rs_value_label *
rs_value_labels_find(const struct rs_value_labels *labels, double number,
                     const char *text);

void rs_label_sets_clear(struct rs_label_sets *sets);

#endif
