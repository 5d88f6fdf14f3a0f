/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unknown_command.h"

#include "command_table.h"
#include "message.h"
#include "name_index.h"
#include "near_file.h"
#include "run_info.h"
#include "value_ask.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const struct rs_command_words rs_command_words[] = {
    {"run", "fit|regress|regression|lm|glm|ols|sweep|assoc|associate|test|"
            "start|exec|analyze|analyse|scan|model|ewas|gwas|phewas|linear|reg|"
            "corr|correlate|estimate|go"},
    {"describe", "info|head|summary|summarize|summarise|show|stat|stats|desc|"
                 "columns|cols|names|ls|list|inspect|peek|view|glimpse|str|"
                 "schema|header|headers|check|profile|explore|file|cat"},
    {"bench", "perf|benchmark|time|speed|timing|measure"},
    {"help", "man|manual|usage|doc|docs|options|commands"},
};
const size_t rs_n_command_words =
    sizeof rs_command_words / sizeof rs_command_words[0];

/* The command that a word means; NULL: none. */
static const char *find_meant(const char *word)
{
    const char *names[RS_COMMANDS_MOST + 1];
    size_t near = 0;
    size_t n = 0;

    for (size_t i = 0; i < rs_n_command_words; i++)
        if (rs_value_is_among(rs_command_words[i].words, word))
            return rs_command_words[i].command;
    for (; n < rs_command_count; n++)
        names[n] = rs_command_table[n].name;
    names[n++] = "help";
    near = rs_names_nearest(word, names, n);
    return near < n ? names[near] : NULL;
}

static void say_commands(const char *word)
{
    char list[128] = "";

    for (size_t i = 0; i < rs_command_count; i++) {
        size_t used = strlen(list);
        (void)snprintf(list + used, sizeof list - used, "%s, ",
                       rs_command_table[i].name);
    }
    rs_message("unknown command '%s'; there are %shelp", word, list);
}

/* Of a file, or a name like one. */
static bool say_file(const char *word)
{
    struct stat st;
    char near[512] = "";

    if (stat(word, &st) == 0) {
        char *typed = rs_command_text(&word, 1, NULL);
        const char *file = typed == NULL ? word : typed;
        rs_message("'%s' is a file, and a command comes first: regsweep "
                   "describe %s, or regsweep run %s -y COLS",
                   word, file, file);
        free(typed);
        return true;
    }
    if (strpbrk(word, "./") == NULL || strstr(word, "://") != NULL)
        return false;
    rs_near_file(near, sizeof near, word);
    rs_message("'%s' is no command, and no file%s%s%s", word,
               near[0] == '\0' ? "" : "; did you mean '", near,
               near[0] == '\0' ? "" : "'?");
    return true;
}

int rs_unknown_command(const char *word)
{
    const char *meant = find_meant(word);
    const char *command = "";
    const char *blank = "";

    if (word[0] == '-') {
        rs_message("'%s': a command comes first: regsweep run FILE -y COLS",
                   word);
    } else if (say_file(word)) {
        command = "";
    } else if (meant != NULL) {
        rs_message("unknown command '%s'; did you mean '%s'?", word, meant);
        command = strcmp(meant, "help") == 0 ? "" : meant;
        blank = command[0] == '\0' ? "" : " ";
    } else {
        say_commands(word);
    }
    rs_message("try 'regsweep %s%s--help'", command, blank);
    return RS_EXIT_USAGE;
}
