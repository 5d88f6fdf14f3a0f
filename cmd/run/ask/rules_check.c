/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules.h"

#include "rules_shared.h"

const char *rs_command_bit_name(unsigned command)
{
    return command == RS_CMD_RUN     ? "run"
           : command == RS_CMD_BENCH ? "bench"
                                     : "describe";
}

static const char *kind_name(const struct rs_asked *asked)
{
    return asked->target.kind == NULL ? "" : asked->target.kind->what;
}

static bool is_broken(const struct rs_rule *rule, const struct rs_asked *asked)
{
    const struct rs_settings *settings = asked->settings;
    size_t n_given = 0;
    size_t n = 0;

    if (rule->setting != 0 && !rs_settings_given(settings, rule->setting))
        return false;
    for (; n < RS_RULE_OTHERS && rule->others[n] != 0; n++)
        n_given += rs_settings_given(settings, rule->others[n]);
    return rule->kind == RS_RULE_NEEDS ? n_given == 0 : n == 0 || n_given > 0;
}

/* The rules [first, end). */
static enum rs_status check(struct rs_asked *asked, size_t first, size_t end,
                            struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = first; i < end && status == RS_OK; i++) {
        const struct rs_rule *rule = &rs_rules[i];
        if ((rule->commands & asked->settings->command) == 0)
            continue;
        if (rule->kind != RS_RULE_FINDS && !is_broken(rule, asked))
            continue;
        if (rule->when != NULL && !rule->when(asked))
            continue;
        status =
            rule->kind == RS_RULE_FINDS
                ? rule->find(asked, err)
                : rs_error_set(err, RS_ERR_USAGE, rule->text,
                               rs_command_bit_name(asked->settings->command),
                               kind_name(asked));
    }
    return status;
}

/* How many stand at the head of the table that are of all commands. */
static size_t count_of_all(void)
{
    size_t n = 0;

    while (rs_rules[n].commands == RS_CMD_ALL)
        n++;
    return n;
}

enum rs_status rs_rules_check_settings(const struct rs_settings *settings,
                                       struct rs_error *err)
{
    struct rs_asked asked = {.settings = settings};

    return check(&asked, 0, count_of_all(), err);
}

enum rs_status rs_rules_check(struct rs_asked *out,
                              const struct rs_settings *settings,
                              struct rs_error *err)
{
    *out = (struct rs_asked){.settings = settings};
    return check(out, count_of_all(), rs_n_rules, err);
}
