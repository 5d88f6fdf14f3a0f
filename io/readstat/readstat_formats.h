/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_READSTAT_FORMATS_H
#define RS_READSTAT_FORMATS_H

#include "readstat_library.h"
#include "time_units.h"

#include <stdbool.h>

/* A format that libreadstat reads. */
struct rs_readstat_format {
    const char *what; /* as in messages: "a Stata file" */
    bool (*is)(const unsigned char *head, size_t n);
    enum rs_program program;
    size_t parse;   /* offset of its parser in struct rs_readstat_library */
    bool transport; /* of SAS: fixed records of 80 bytes */
    bool exact;     /* whole parts are read: of a part, an end is missing */
};

/* The format of a file that begins so; NULL: it is none of them. */
const struct rs_readstat_format *
rs_readstat_format_of(const unsigned char *head, size_t n);

#endif
