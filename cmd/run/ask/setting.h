/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SETTING_H
#define RS_SETTING_H

#include "error.h"

#include <stddef.h>

/* A row of the table of settings (setting_rows.h); their values are in
 * settings.h. */

/* Which subcommands know a setting; a set of bits. */
enum rs_command_bit { RS_CMD_RUN = 1, RS_CMD_DESCRIBE = 2, RS_CMD_BENCH = 4 };

/* Kinds of settings. */
enum rs_setting_kind {
    RS_SETTING_FLAG,
    RS_SETTING_TEXT, /* NULL: not given */
    RS_SETTING_LIST,
    RS_SETTING_CHAR,   /* one byte, or the words tab, comma, ... */
    RS_SETTING_CHOICE, /* index of the word in `choices` */
    RS_SETTING_COUNT,  /* within [least, most] */
    RS_SETTING_REAL    /* within (least, most) */
};

/* How many rows the table has. */
enum {
#define SECTION(section, heading)
#define ROW(...)  +1
#define ALSO(...) +1
#define END(section)
    RS_N_SETTINGS =
#include "setting_rows.h"
#undef SECTION
#undef ROW
#undef ALSO
#undef END
};

struct rs_setting {
    const char *name; /* as an option without its dashes */
    char letter;      /* short form, 0 = none */
    const char *arg;  /* name of the argument, NULL for a flag */
    enum rs_setting_kind kind;
    unsigned commands;   /* set of enum rs_command_bit */
    const char *section; /* heading in help and man page */
    size_t offset;       /* of the field in struct rs_settings */
    const char *preset;  /* value where none is given; NULL: 0, none */
    const char *choices; /* "a|b|c" for RS_SETTING_CHOICE */
    double least, most;  /* for counts and reals */
    const char *help;    /* one line, no capital, no full stop */
    const char *man;     /* more for the man page, NULL = none */
};

extern const struct rs_setting rs_setting_table[RS_N_SETTINGS];

#endif
