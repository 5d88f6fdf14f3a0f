/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FACT_FIELDS_H
#define RS_FACT_FIELDS_H

#include "facts.h"

/* A fact as it is printed. */
enum rs_fact_kind {
    RS_FACT_NONE, /* there is none */
    RS_FACT_TEXT,
    RS_FACT_COUNT,
    RS_FACT_REAL,
    RS_FACT_LIST
};

struct rs_fact {
    enum rs_fact_kind kind;
    const char *text; /* borrowed from the facts, as texts are */
    uint64_t count;
    double real;
    const char *const *texts; /* [n] */
    size_t n;
    const char *between; /* items of a list in one cell: "," (where those in an
                            item are `\,`), or else */
};

/* Where a field stands in the table for people. */
enum rs_fact_place {
    RS_FACT_NAME, /* at the left, and cut */
    RS_FACT_LEFT,
    RS_FACT_RIGHT,
    RS_FACT_NUMBER, /* at the right, in as few digits as need be; of text, the
                       levels stand there */
    RS_FACT_BELOW,
    RS_FACT_HIDDEN /* for programs only */
};

/* The fields of a description, in order: for all who print any. */
struct rs_fact_field {
    const char *name;
    enum rs_fact_place place;
    void (*get)(struct rs_fact *out, const struct rs_facts *facts);
};

enum { RS_N_FACT_FIELDS = 24 };
extern const struct rs_fact_field rs_fact_fields[RS_N_FACT_FIELDS];

#endif
