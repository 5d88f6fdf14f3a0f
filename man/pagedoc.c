/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes the table of settings into a man page. Run by the Makefile:
 *     pagedoc TEMPLATE
 * In TEMPLATE a line `@OPTIONS describe@` is replaced by the options of
 * `describe` that `run` has not, and `@SHARED describe@` by the names of those
 * that it has: they are described with `@OPTIONS run@`, once. `@TRANSFORMS@`
 * are the transforms that there are.
 */
#include "command_table.h"
#include "transform.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts ------------------------------------------------------- */

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

/* ---- options ----------------------------------------------------- */

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Whether a word of len bytes stands in a text by itself. */
static bool has_word(const char *text, const char *word, size_t len)
{
    for (const char *at = text; *at != '\0'; at++)
        if (strncmp(at, word, len) == 0 && !is_letter(at[len]) &&
            (at == text || !is_letter(at[-1])))
            return true;
    return false;
}

/* The values of an option, where its line of help does not name them all. */
static void man_choices(const struct rs_setting *option)
{
    const char *choice = option->choices;
    bool named = true;

    while (choice != NULL && *choice != '\0') {
        size_t len = strcspn(choice, "|");
        named = named && has_word(option->help, choice, len);
        choice += len + (choice[len] == '|');
    }
    if (named)
        return;
    (void)printf("\\fI%s\\fP: ", option->arg);
    for (choice = option->choices; *choice != '\0'; choice++)
        if (*choice == '|')
            (void)fputs(", ", stdout);
        else
            put_char(*choice);
    (void)puts(".");
}

/* What there is to say of an option on the page of a command, a section of
 * which needs no name of a page. */
static void man_text(const char *text, const struct rs_command *command)
{
    char here[64];
    char left[1024];
    const char *at = NULL;

    (void)snprintf(here, sizeof here, " in regsweep-%s(1)", command->name);
    at = strstr(text, here);
    if (at == NULL) {
        put_roff(text);
    } else {
        (void)snprintf(left, sizeof left, "%.*s%s", (int)(at - text), text,
                       at + strlen(here));
        put_roff(left);
    }
    (void)putchar('\n');
}

static void man_option(const struct rs_setting *option,
                       const struct rs_command *command)
{
    size_t len = strlen(option->help);

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
    (void)puts(option->help[len - 1] == '.' ? "" : ".");
    man_choices(option);
    if (option->man != NULL)
        man_text(option->man, command);
}

/* Whether the page of a command describes an option: what `run` has is
 * described there alone. */
static bool is_own(const struct rs_setting *option,
                   const struct rs_command *command)
{
    return command->bit == RS_CMD_RUN || (option->commands & RS_CMD_RUN) == 0;
}

static void man_options(const struct rs_command *command)
{
    const char *section = NULL;

    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *option = &rs_setting_table[i];
        if ((option->commands & command->bit) == 0 || !is_own(option, command))
            continue;
        if (section == NULL || strcmp(section, option->section) != 0) {
            section = option->section;
            (void)printf(".SS %s\n", section);
        }
        man_option(option, command);
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

/* ---- templates --------------------------------------------------- */

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
        (void)fprintf(stderr, "pagedoc: no command '%s'\n", line + len + 2);
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
        (void)fputs("usage: pagedoc TEMPLATE\n", stderr);
    return fflush(stdout) != 0 ? EXIT_FAILURE : result;
}
