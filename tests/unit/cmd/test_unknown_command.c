/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command_table.h"
#include "run_suite.h"
#include "unknown_command.h"

#include <stdio.h>
#include <string.h>

START_TEST(words_lead_to_commands)
{
    for (size_t i = 0; i < rs_n_command_words; i++)
        ck_assert_msg(rs_command_find(rs_command_words[i].command) != NULL ||
                          strcmp(rs_command_words[i].command, "help") == 0,
                      "no command %s", rs_command_words[i].command);
}
END_TEST

START_TEST(words_are_no_commands)
{
    for (size_t i = 0; i < rs_n_command_words; i++)
        for (const char *at = rs_command_words[i].words; *at != '\0';) {
            char word[32];
            size_t len = strcspn(at, "|");
            (void)snprintf(word, sizeof word, "%.*s", (int)len, at);
            ck_assert_msg(rs_command_find(word) == NULL, "%s", word);
            at += len + (at[len] == '|' ? 1 : 0);
        }
}
END_TEST

static const struct suite_test tests[] = {
    {&words_lead_to_commands, 1},
    {&words_are_no_commands, 1},
};
SUITE(unknown_command, tests)
