/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readstat_formats.h"

#include <stddef.h>
#include <string.h>

static bool begins(const unsigned char *head, size_t n, const char *with,
                   size_t len)
{
    return n >= len && memcmp(head, with, len) == 0;
}

/* Version 5 and 6, and version 8 and 9. */
static bool is_xport(const unsigned char *head, size_t n)
{
    static const char v5[] = "HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!";
    static const char v8[] = "HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!";

    return begins(head, n, v5, sizeof v5 - 1) ||
           begins(head, n, v8, sizeof v8 - 1);
}

static bool is_sas7bdat(const unsigned char *head, size_t n)
{
    static const char magic[] =
        "\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92"
        "\x08\0\x09\xc7\x31\x8c\x18\x1f\x10\x11";

    return begins(head, n, magic, sizeof magic - 1);
}

/* As it is, and compressed by zlib (.zsav). */
static bool is_sav(const unsigned char *head, size_t n)
{
    return begins(head, n, "$FL2", 4) || begins(head, n, "$FL3", 4);
}

/* Behind five lines of 40 characters and a table of 256, with line ends. */
static bool is_por(const unsigned char *head, size_t n)
{
    static const char signature[] = "SPSSPORT";
    size_t len = sizeof signature - 1;

    for (size_t at = 456; at + len <= n && at <= 475; at++)
        if (memcmp(head + at, signature, len) == 0)
            return true;
    return false;
}

/* Releases 104 to 115 begin with their number and the order of bytes; later
 * ones look like XML. */
static bool is_dta(const unsigned char *head, size_t n)
{
    static const char later[] = "<stata_dta>";

    return begins(head, n, later, sizeof later - 1) ||
           (n >= 4 && head[0] >= 104 && head[0] <= 115 &&
            (head[1] == 1 || head[1] == 2) && head[2] == 1 && head[3] == 0);
}

#define PARSER(name) offsetof(struct rs_readstat_library, parse_##name)

static const struct rs_readstat_format formats[] = {
    {"a SAS transport file", is_xport, RS_PROGRAM_SAS, PARSER(xport), true,
     false},
    {"a SAS file", is_sas7bdat, RS_PROGRAM_SAS, PARSER(sas7bdat), false, false},
    {"an SPSS file", is_sav, RS_PROGRAM_SPSS, PARSER(sav), false, false},
    {"an SPSS portable file", is_por, RS_PROGRAM_SPSS, PARSER(por), false,
     false},
    {"a Stata file", is_dta, RS_PROGRAM_STATA, PARSER(dta), false, true},
};

const struct rs_readstat_format *
rs_readstat_format_of(const unsigned char *head, size_t n)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (formats[i].is(head, n))
            return &formats[i];
    return NULL;
}
