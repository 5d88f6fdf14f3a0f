/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RULES_H
#define RS_RULES_H

#include "asked.h"

/*
 * Which settings go together, for all commands in one table. A rule that is
 * broken is an error of the whole run before anything is read; the first one
 * of the table is told.
 *
 * NEEDS     a setting that is given needs one of the others
 * EXCLUDES  a setting that is given goes with none of the others; without
 *           others, it does not go at all
 * FINDS     no rule of its own: finds what later ones look at, and tells a
 *           value that means nothing
 * A rule of no setting holds for whatever is given. Each holds for its
 * commands, and where its condition does.
 */
enum rs_rule_kind { RS_RULE_NEEDS, RS_RULE_EXCLUDES, RS_RULE_FINDS };

enum { RS_RULE_OTHERS = 5 };

struct rs_rule {
    enum rs_rule_kind kind;
    unsigned commands;             /* set of enum rs_command_bit */
    size_t setting;                /* offset of its field; 0: none */
    size_t others[RS_RULE_OTHERS]; /* likewise; 0 behind the last one */
    bool (*when)(const struct rs_asked *asked); /* NULL: always */
    const char *text; /* format of the error, of the command's name and of
                         what the kind of output is, where that is found */
    enum rs_status (*find)(struct rs_asked *asked, struct rs_error *err);
};

/* The table. Exported for tests. */
extern const struct rs_rule rs_rules[];
extern const size_t rs_n_rules;

/* The rules at the head of the table that are of all commands: what parsing
 * ends with. Errors: RS_ERR_USAGE. */
enum rs_status rs_rules_check_settings(const struct rs_settings *settings,
                                       struct rs_error *err) RS_MUST_CHECK;

/*
 * All other rules of the settings' command.
 * out  out  what the settings of a run or bench ask for; borrows from them.
 *           Not to be moved: the names of its columns are within.
 * Errors: RS_ERR_USAGE.
 */
enum rs_status rs_rules_check(struct rs_asked *out,
                              const struct rs_settings *settings,
                              struct rs_error *err) RS_MUST_CHECK;

/* The name of a command; of several bits, "describe". */
const char *rs_command_bit_name(unsigned command);

#endif
