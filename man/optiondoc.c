/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes a man page with what the table of settings says. Run by the Makefile:
 *     optiondoc TEMPLATE
 * In TEMPLATE a line `@OPTIONS run@` is replaced by the options of `run`.
 * Several commands may have an option: it is described where the first of them
 * is, and `@SHARED describe@` lists those of `describe` that are described
 * elsewhere. `@TRANSFORMS@` are the transforms that there are.
 */
#include "command_table.h"
#include "transform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- man page ---------------------------------------------------- */

static void put_char(char c)
{
    if (c == '\\')
        (void)fputs("\\e", stdout);
    else if (c == '-')
        (void)fputs("\\-", stdout);
    else
        (void)putchar(c);
}

/* The length of the option, or name of one of our pages, that text begins with;
 * 0: it does not. */
static size_t bold_length(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t len = strspn(text, letters);

    if (strncmp(text, "--", 2) == 0)
        return len > 2 ? len : 0;
    return strncmp(text, "regsweep", 8) == 0 && text[len] == '(' ? len : 0;
}

/* Text for roff: backslashes and dashes are escaped, and a line must not
 * begin with a control character. */
static void put_roff(const char *text)
{
    bool begins = true;

    if (*text == '.' || *text == '\'')
        (void)fputs("\\&", stdout);
    while (*text != '\0') {
        size_t bold = begins ? bold_length(text) : 0;
        if (bold > 0)
            (void)fputs("\\fB", stdout);
        for (size_t i = 0; i < bold; i++)
            put_char(*text++);
        if (bold > 0)
            (void)fputs("\\fP", stdout);
        else
            put_char(*text++);
        begins = strchr(" ('\"", text[-1]) != NULL;
    }
}

static void man_option(const struct rs_setting *option)
{
    (void)fputs(".TP\n", stdout);
    (void)fputs(option->arg != NULL ? ".BR " : ".B ", stdout);
    (void)putchar('"');
    if (option->letter != 0)
        (void)printf("\\-%c, ", option->letter);
    (void)fputs("\\-\\-", stdout);
    put_roff(option->name);
    (void)putchar('"');
    if (option->arg != NULL)
        (void)printf(" \" \\fI%s\\fP\"", option->arg);
    (void)putchar('\n');
    put_roff(option->help);
    (void)fputs(".\n", stdout);
    if (option->choices != NULL) {
        (void)printf("%s is one of\n.BR ", option->arg);
        put_roff(option->choices);
        (void)fputs(" .\n", stdout);
    }
    if (option->man != NULL) {
        put_roff(option->man);
        (void)putchar('\n');
    }
}

/* Options of a command that this page describes, or those that it shares with
 * an earlier one. */
static bool is_own(const struct rs_setting *option,
                   const struct rs_command *command)
{
    for (size_t c = 0; c < rs_command_count; c++)
        if ((option->commands & rs_command_table[c].bit) != 0)
            return &rs_command_table[c] == command;
    return false;
}

static void man_options(const struct rs_command *command)
{
    const char *section = NULL;

    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *option = &rs_setting_table[i];
        if (!is_own(option, command))
            continue;
        if (section == NULL || strcmp(section, option->section) != 0) {
            section = option->section;
            (void)printf(".SS %s\n", section);
        }
        man_option(option);
    }
}

static void man_shared(const struct rs_command *command)
{
    const char *section = NULL;

    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *option = &rs_setting_table[i];
        if ((option->commands & command->bit) == 0 || is_own(option, command))
            continue;
        if (section == NULL || strcmp(section, option->section) != 0) {
            (void)printf("%s.TP\n%s\n", section == NULL ? "" : "\n",
                         option->section);
            section = option->section;
        } else {
            (void)puts(",");
        }
        (void)fputs("\\fB", stdout);
        if (option->letter != 0)
            (void)printf("\\-%c\\fP, \\fB", option->letter);
        (void)fputs("\\-\\-", stdout);
        put_roff(option->name);
        (void)fputs("\\fP", stdout);
    }
    (void)putchar('\n');
}

static void man_transforms(void)
{
    for (size_t i = 0; rs_transforms[i] != NULL; i++) {
        const struct rs_transform_number *number = rs_transforms[i]->number;
        (void)fputs(number == NULL ? ".TP\n.B " : ".TP\n.BI ", stdout);
        put_roff(rs_transforms[i]->name);
        if (number != NULL)
            (void)printf(": %s", number->letter);
        (void)putchar('\n');
        put_roff(rs_transforms[i]->help);
        if (number != NULL) {
            (void)printf("; %s is ", number->letter);
            put_roff(number->allowed);
        }
        (void)putchar('\n');
    }
}

/* A line `@WHAT command@` of a template; whether it is one. */
static bool man_directive(char *line, const char *what,
                          void (*write)(const struct rs_command *), int *result)
{
    const struct rs_command *command = NULL;
    size_t len = strlen(what);

    if (line[0] != '@' || strncmp(line + 1, what, len) != 0 ||
        line[len + 1] != ' ')
        return false;
    line[strcspn(line + 1, "@\n") + 1] = '\0';
    command = rs_command_find(line + len + 2);
    if (command == NULL) {
        (void)fprintf(stderr, "optiondoc: no command '%s'\n", line + len + 2);
        *result = EXIT_FAILURE;
    } else {
        write(command);
    }
    return true;
}

static int write_man(const char *template)
{
    char line[4096];
    int result = EXIT_SUCCESS;
    FILE *in = fopen(template, "r");

    if (in == NULL) {
        perror(template);
        return EXIT_FAILURE;
    }
    while (fgets(line, sizeof line, in) != NULL && result == EXIT_SUCCESS) {
        if (strcmp(line, "@TRANSFORMS@\n") == 0)
            man_transforms();
        else if (!man_directive(line, "OPTIONS", man_options, &result) &&
                 !man_directive(line, "SHARED", man_shared, &result))
            (void)fputs(line, stdout);
    }
    (void)fclose(in);
    return result;
}

int main(int argc, char **argv)
{
    int result = EXIT_FAILURE;

    if (argc == 2)
        result = write_man(argv[1]);
    else
        (void)fputs("usage: optiondoc TEMPLATE\n", stderr);
    return fflush(stdout) == 0 ? result : EXIT_FAILURE;
}
