/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes the table of settings as completions of a shell. Run by the Makefile:
 *     optiondoc bash | zsh | fish
 */
#include "command_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_words(const char *choices)
{
    for (; *choices != '\0'; choices++)
        (void)putchar(*choices == '|' ? ' ' : *choices);
}

/* What may follow an option; commands differ in it. */
static void bash_choices(const struct rs_command *command)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *option = &rs_setting_table[i];
        if ((option->commands & command->bit) == 0 || option->choices == NULL)
            continue;
        (void)printf("    %s:--%s) COMPREPLY=($(compgen -W '", command->name,
                     option->name);
        put_words(option->choices);
        (void)fputs("' -- \"$cur\")); return ;;\n", stdout);
    }
}

static void write_bash(void)
{
    (void)fputs("# bash completion for regsweep\n"
                "_regsweep() {\n"
                "    local cur=${COMP_WORDS[COMP_CWORD]} "
                "prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                "    local command=${COMP_WORDS[1]}\n"
                "    COMPREPLY=()\n"
                "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                "        COMPREPLY=($(compgen -W '--help --version",
                stdout);
    for (size_t c = 0; c < rs_command_count; c++)
        (void)printf(" %s", rs_command_table[c].name);
    (void)fputs("' -- \"$cur\"))\n        return\n    fi\n"
                "    case $command:$prev in\n",
                stdout);
    for (size_t c = 0; c < rs_command_count; c++)
        bash_choices(&rs_command_table[c]);
    (void)fputs("    esac\n    case $command:$cur in\n", stdout);
    for (size_t c = 0; c < rs_command_count; c++) {
        (void)printf("    %s:-*) COMPREPLY=($(compgen -W '",
                     rs_command_table[c].name);
        for (size_t i = 0; i < RS_N_SETTINGS; i++)
            if ((rs_setting_table[i].commands & rs_command_table[c].bit) != 0)
                (void)printf("--%s ", rs_setting_table[i].name);
        (void)fputs("' -- \"$cur\")) ;;\n", stdout);
    }
    (void)fputs("    *) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
                "    esac\n}\ncomplete -F _regsweep regsweep\n",
                stdout);
}

/* A help text inside single quotes, brackets escaped for zsh. */
static void put_quoted(const char *text, const char *escape)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            (void)fputs("'\\'", stdout);
        else if (strchr(escape, *text) != NULL)
            (void)putchar('\\');
        (void)putchar(*text);
    }
}

static void zsh_option(const struct rs_setting *option)
{
    (void)fputs("        '", stdout);
    if (option->kind == RS_SETTING_LIST)
        (void)putchar('*');
    (void)printf("--%s[", option->name);
    put_quoted(option->help, "[]:");
    (void)putchar(']');
    if (option->arg != NULL)
        (void)printf(":%s:", option->arg);
    if (option->choices != NULL) {
        (void)putchar('(');
        put_words(option->choices);
        (void)putchar(')');
    }
    (void)fputs("' \\\n", stdout);
}

static void write_zsh(void)
{
    (void)fputs("#compdef regsweep\n_regsweep() {\n"
                "    if (( CURRENT == 2 )); then\n        compadd",
                stdout);
    for (size_t c = 0; c < rs_command_count; c++)
        (void)printf(" %s", rs_command_table[c].name);
    (void)fputs("\n        return\n    fi\n    case $words[2] in\n", stdout);
    for (size_t c = 0; c < rs_command_count; c++) {
        (void)printf("    %s) shift words; (( CURRENT-- )); _arguments \\\n",
                     rs_command_table[c].name);
        for (size_t i = 0; i < RS_N_SETTINGS; i++)
            if ((rs_setting_table[i].commands & rs_command_table[c].bit) != 0)
                zsh_option(&rs_setting_table[i]);
        (void)fputs("        '*:file:_files' ;;\n", stdout);
    }
    (void)fputs("    esac\n}\n_regsweep \"$@\"\n", stdout);
}

static void fish_option(const struct rs_command *command,
                        const struct rs_setting *option)
{
    (void)printf("complete -c regsweep -n '__fish_seen_subcommand_from %s' "
                 "-l %s",
                 command->name, option->name);
    if (option->letter != 0)
        (void)printf(" -s %c", option->letter);
    if (option->arg != NULL)
        (void)fputs(" -r", stdout);
    if (option->choices != NULL) {
        (void)fputs(" -fa '", stdout);
        put_words(option->choices);
        (void)putchar('\'');
    }
    (void)fputs(" -d '", stdout);
    put_quoted(option->help, "");
    (void)fputs("'\n", stdout);
}

static void write_fish(void)
{
    for (size_t c = 0; c < rs_command_count; c++) {
        const struct rs_command *command = &rs_command_table[c];
        (void)printf("complete -c regsweep -n __fish_use_subcommand -fa %s "
                     "-d '",
                     command->name);
        put_quoted(command->help, "");
        (void)fputs("'\n", stdout);
        for (size_t i = 0; i < RS_N_SETTINGS; i++)
            if ((rs_setting_table[i].commands & command->bit) != 0)
                fish_option(command, &rs_setting_table[i]);
    }
}

int main(int argc, char **argv)
{
    const char *form = argc > 1 ? argv[1] : "";
    int result = EXIT_SUCCESS;

    if (strcmp(form, "bash") == 0)
        write_bash();
    else if (strcmp(form, "zsh") == 0)
        write_zsh();
    else if (strcmp(form, "fish") == 0)
        write_fish();
    else {
        (void)fputs("usage: optiondoc bash | zsh | fish\n", stderr);
        return EXIT_FAILURE;
    }
    if (fflush(stdout) != 0)
        result = EXIT_FAILURE;
    return result;
}
