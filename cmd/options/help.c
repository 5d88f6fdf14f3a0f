/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "help.h"

#include "wrapped.h"

#include <string.h>

enum { HELP_INDENT = 27 };

void rs_help_short(FILE *out)
{
    (void)fputs(
        "regsweep regresses every dependent column of a table on every "
        "independent one.\n"
        "\n"
        "  regsweep run survey.csv -y wellbeing -x 'diet_*' -c age,sex\n"
        "  regsweep describe survey.csv\n"
        "\n"
        "Try 'regsweep --help'.\n",
        out);
}

void rs_help_exit(void)
{
    (void)fputs("Exit status:\n"
                "  0  every pair has its row in the output\n"
                "  1  the run failed; what was written is a valid prefix\n"
                "  2  wrong options or names\n"
                "  3  wrong input data, or warnings with --strict\n"
                "  4  finished, but some pairs were lost with their worker\n",
                stdout);
}

void rs_help_lists(void)
{
    rs_wrapped_print(
        "COLS is a list separated by commas: names, globs (diet_*), ranges "
        "(a:b, #3:#7), numbered names (PC{1:10}), positions (#3), exclusions "
        "(!id), and @FILE with a name a line. An exact name wins over a "
        "pattern; write \\, for a comma in a name.",
        0, 0);
}

void rs_help_program(const struct rs_command *commands, size_t n)
{
    (void)fputs("Usage: regsweep COMMAND [OPTION]... [FILE]\n"
                "Regress every dependent column of a CSV on every "
                "independent one, in parallel.\n\nCommands:\n",
                stdout);
    for (size_t i = 0; i < n; i++)
        (void)printf("  %-10s %s\n", commands[i].name, commands[i].help);
    (void)fputs(
        "\n'regsweep COMMAND --help' lists the options of a command, 'regsweep "
        "help TOPIC'\nsays more of an option or a result column.\n\n",
        stdout);
    rs_help_exit();
    (void)fputs(
        "\n"
        "Examples:\n"
        "  regsweep run survey.csv -y wellbeing -x 'diet_*' -c age,sex\n"
        "  regsweep run genes.tsv.gz -y 'GENE*' -x 'SNP*' --q-max 0.05 -o "
        "hits.db\n"
        "\n"
        "Full documentation: man regsweep, and the pages that it lists.\n",
        stdout);
}

void rs_help_option(const struct rs_setting *option)
{
    char left[64];
    char letter[8] = "    ";
    int used = 0;

    if (option->letter != 0)
        (void)snprintf(letter, sizeof letter, "-%c, ", option->letter);
    used = snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name,
                    option->arg != NULL ? " " : "",
                    option->arg != NULL ? option->arg : "");
    (void)fputs(left, stdout);
    rs_wrapped_print(option->help, HELP_INDENT, (size_t)used);
}

void rs_help_command(const struct rs_command *command)
{
    const char *section = NULL;

    (void)printf("Usage: regsweep %s [OPTION]... %s\n%s\n", command->name,
                 command->operands, command->help);
    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *option = &rs_setting_table[i];
        if ((option->commands & command->bit) == 0)
            continue;
        if (section == NULL || strcmp(section, option->section) != 0) {
            section = option->section;
            (void)printf("\n%s:\n", section);
        }
        rs_help_option(option);
    }
    if (command->bit != RS_CMD_DESCRIBE) {
        (void)putchar('\n');
        rs_help_lists();
    }
}
