/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes a man page with what the table of settings says. Run by the Makefile:
 *     optiondoc TEMPLATE
 * In TEMPLATE a line `@OPTIONS run@` is replaced by the options of `run`, and
 * `@TRANSFORMS@` by the transforms that there are.
 */
#include "command_table.h"
#include "transform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- man page ---------------------------------------------------- */

/* Text for roff: backslashes and dashes are escaped, and a line must not
 * begin with a control character. */
static void put_roff(const char *text)
{
    if (*text == '.' || *text == '\'')
        (void)fputs("\\&", stdout);
    for (; *text != '\0'; text++) {
        if (*text == '\\')
            (void)fputs("\\e", stdout);
        else if (*text == '-')
            (void)fputs("\\-", stdout);
        else
            (void)putchar(*text);
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

static int man_options(const char *name)
{
    const struct rs_command *command = rs_command_find(name);
    const char *section = NULL;

    if (command == NULL) {
        (void)fprintf(stderr, "optiondoc: no command '%s'\n", name);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *option = &rs_setting_table[i];
        if ((option->commands & command->bit) == 0)
            continue;
        if (section == NULL || strcmp(section, option->section) != 0) {
            section = option->section;
            (void)printf(".SS %s\n", section);
        }
        man_option(option);
    }
    return EXIT_SUCCESS;
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

static int write_man(const char *template)
{
    static const char mark[] = "@OPTIONS ";
    static const char transforms[] = "@TRANSFORMS@\n";
    char line[4096];
    int result = EXIT_SUCCESS;
    FILE *in = fopen(template, "r");

    if (in == NULL) {
        perror(template);
        return EXIT_FAILURE;
    }
    while (fgets(line, sizeof line, in) != NULL && result == EXIT_SUCCESS) {
        if (strcmp(line, transforms) == 0) {
            man_transforms();
            continue;
        }
        if (strncmp(line, mark, sizeof mark - 1) != 0) {
            (void)fputs(line, stdout);
            continue;
        }
        line[strcspn(line + 1, "@\n") + 1] = '\0';
        result = man_options(line + sizeof mark - 1);
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
