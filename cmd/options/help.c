/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "help.h"

#include <string.h>

enum { HELP_INDENT = 27, HELP_WIDTH = 79 };

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

void rs_help_program(const struct rs_command *commands, size_t n)
{
    (void)fputs("Usage: regsweep COMMAND [OPTION]... [FILE]\n"
                "Regress every dependent column of a CSV on every "
                "independent one, in parallel.\n\nCommands:\n",
                stdout);
    for (size_t i = 0; i < n; i++)
        (void)printf("  %-10s %s\n", commands[i].name, commands[i].help);
    (void)fputs(
        "\n'regsweep COMMAND --help' lists the options of a command.\n"
        "\n"
        "Exit status:\n"
        "  0  every pair has its row in the output\n"
        "  1  the run failed; what was written is a valid prefix\n"
        "  2  wrong options or names\n"
        "  3  wrong input data\n"
        "  4  finished, but some pairs were lost with their worker\n"
        "\n"
        "Examples:\n"
        "  regsweep run survey.csv -y wellbeing -x 'diet_*' -c age,sex\n"
        "  regsweep run genes.tsv.gz -y 'GENE*' -x 'SNP*' --q-max 0.05 -o "
        "hits.db\n"
        "\n"
        "Full documentation: man regsweep, man regsweep-output.\n",
        stdout);
}

/* Prints text from column HELP_INDENT on, broken at blanks. */
static void print_wrapped(const char *text, size_t used)
{
    size_t column = used;

    if (used + 2 > HELP_INDENT) {
        (void)putchar('\n');
        column = 0;
    }
    (void)printf("%*s", (int)(HELP_INDENT - column), "");
    column = HELP_INDENT;
    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        bool first = column == HELP_INDENT;
        if (!first && column + 1 + word > HELP_WIDTH) {
            (void)printf("\n%*s", HELP_INDENT, "");
            column = HELP_INDENT;
            first = true;
        }
        (void)printf("%s%.*s", first ? "" : " ", (int)word, text);
        column += word + (first ? 0 : 1);
        text += word + strspn(text + word, " ");
    }
    (void)putchar('\n');
}

static void print_option(const struct rs_setting *option)
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
    print_wrapped(option->help, (size_t)used);
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
        print_option(option);
    }
    if (command->bit != RS_CMD_DESCRIBE)
        (void)fputs(
            "\nCOLS is a list separated by commas: names, globs (diet_*), "
            "ranges (a:b, #3:#7),\nnumbered names (PC{1:10}), positions "
            "(#3), exclusions (!id), and @FILE\nwith a name a line. An exact "
            "name wins over a pattern; write \\, for a comma in a\nname.\n",
            stdout);
}
