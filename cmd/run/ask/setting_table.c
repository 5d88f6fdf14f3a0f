/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings.h"

#include "naming.h"
#include "output_kinds.h"

#define ALL    (RS_CMD_RUN | RS_CMD_DESCRIBE | RS_CMD_BENCH)
#define SWEEPS (RS_CMD_RUN | RS_CMD_BENCH)
#define RUN    RS_CMD_RUN
#define BENCH  RS_CMD_BENCH

/* The headings, by the names of their sections. */
#define SECTION(section, heading) static const char in_##section[] = heading;
#define ROW(...)
#define ALSO(...)
#define END(section)
#include "setting_rows.h"
#undef SECTION
#undef ROW
#undef ALSO
#undef END

const struct rs_setting rs_setting_table[RS_N_SETTINGS] = {
#define SECTION(section, heading)
#define ROW(kind, section, field, name, letter, argument, commands, preset,    \
            choices, least, most, help, man)                                   \
    {name,                                                                     \
     letter,                                                                   \
     argument,                                                                 \
     RS_SETTING_##kind,                                                        \
     commands,                                                                 \
     in_##section,                                                             \
     offsetof(struct rs_settings, section.field),                              \
     preset,                                                                   \
     choices,                                                                  \
     least,                                                                    \
     most,                                                                     \
     help,                                                                     \
     man},
#define ALSO ROW
#define END(section)
#include "setting_rows.h"
};
