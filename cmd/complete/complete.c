/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "complete.h"

#include "complete_columns.h"
#include "complete_files.h"
#include "complete_value.h"
#include "help_topic.h"
#include "typed.h"

#include <stdio.h>
#include <string.h>

/* ---- options ----------------------------------------------------- */

/* The long ones: letters would be in their way. A letter that is typed is
 * whole. */
static enum rs_status add_options(struct rs_candidates *out, unsigned command,
                                  struct rs_error *err)
{
    enum rs_status status = RS_OK;
    char letter[3] = "-";

    for (size_t i = 0; i < RS_N_SETTINGS && status == RS_OK; i++) {
        const struct rs_setting *setting = &rs_setting_table[i];
        const struct rs_candidate_text name = {"--", setting->name, "",
                                               setting->help};
        if ((setting->commands & command) == 0)
            continue;
        status = rs_candidates_add(out, &name, err);
        letter[1] = setting->letter;
        if (status == RS_OK && setting->letter != 0 &&
            strcmp(out->word, letter) == 0)
            status = rs_candidates_add_word(out, letter, setting->help, err);
    }
    return status;
}

/* ---- the first word, and help ------------------------------------ */

static enum rs_status add_commands(struct rs_candidates *out,
                                   const struct rs_command *commands, size_t n,
                                   struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < n && status == RS_OK; i++)
        status = rs_candidates_add_word(out, commands[i].name, commands[i].help,
                                        err);
    return status;
}

static enum rs_status add_first(struct rs_candidates *out,
                                const struct rs_command *commands, size_t n,
                                struct rs_error *err)
{
    static const struct rs_candidate others[] = {
        {"help", "what there is, or one topic"},
        {"--help", "what there is"},
        {"--version", "print the version and stop"},
    };
    enum rs_status status = add_commands(out, commands, n, err);

    for (size_t i = 0; i < sizeof others / sizeof others[0] && status == RS_OK;
         i++)
        if (others[i].text[0] != '-' || out->word[0] == '-')
            status = rs_candidates_add_word(out, others[i].text, others[i].help,
                                            err);
    return status;
}

/* Each once: a name may be another option of another command. */
static bool is_first(size_t setting)
{
    for (size_t i = 0; i < setting; i++)
        if (strcmp(rs_setting_table[i].name, rs_setting_table[setting].name) ==
            0)
            return false;
    return true;
}

static enum rs_status add_topics(struct rs_candidates *out,
                                 const struct rs_command *commands, size_t n,
                                 struct rs_error *err)
{
    enum rs_status status = add_commands(out, commands, n, err);

    for (size_t i = 0; status == RS_OK && rs_help_topic_name(i) != NULL; i++)
        status = rs_candidates_add_word(out, rs_help_topic_name(i), NULL, err);
    for (size_t i = 0; i < RS_N_SETTINGS && status == RS_OK; i++)
        if (is_first(i))
            status = rs_candidates_add_word(out, rs_setting_table[i].name,
                                            rs_setting_table[i].help, err);
    return status;
}

/* ---- the others -------------------------------------------------- */

static enum rs_status complete_word(struct rs_candidates *out,
                                    const struct rs_typed *typed,
                                    struct rs_error *err)
{
    out->kept = typed->value_at;
    if (typed->setting != NULL)
        return rs_complete_value(out, typed, err);
    if (out->word[0] == '-' && !typed->no_options)
        return add_options(out, typed->command->bit, err);
    return rs_complete_files(out, true, err);
}

/* Assignments that stand before the program. */
static size_t find_program(const struct rs_shell_line *line)
{
    size_t at = 0;

    while (at < line->n_before && strchr(line->words[at], '=') != NULL)
        at++;
    return at;
}

enum rs_status rs_complete(struct rs_candidates *out,
                           const struct rs_shell_line *line,
                           const struct rs_command *commands, size_t n,
                           struct rs_error *err)
{
    size_t at = find_program(line) + 1; /* the subcommand */
    const struct rs_command *command = NULL;
    struct rs_typed typed;
    enum rs_status status = RS_OK;

    rs_candidates_init(out, line->current);
    if (line->redirected || at > line->n_before)
        return RS_OK;
    if (at == line->n_before)
        return add_first(out, commands, n, err);
    if (strcmp(line->words[at], "help") == 0)
        return add_topics(out, commands, n, err);
    for (size_t i = 0; i < n; i++)
        if (strcmp(commands[i].name, line->words[at]) == 0)
            command = &commands[i];
    if (command == NULL)
        return RS_OK;
    status = rs_typed_read(&typed, command, line, at + 1, err);
    if (status == RS_OK)
        status = complete_word(out, &typed, err);
    rs_typed_clear(&typed);
    return status;
}
