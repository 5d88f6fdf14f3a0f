/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_complete.h"

#include "command_table.h"
#include "complete.h"
#include "shell_quote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_bash(const struct rs_candidates *candidates,
                       const struct rs_shell_line *line, const char *breaks)
{
    for (size_t i = 0; i < candidates->n; i++) {
        const char *text = candidates->items[i].text;
        char *quoted = malloc(rs_bash_quoted_room(line, text));
        if (quoted == NULL)
            return;
        rs_bash_quoted(quoted, line, breaks, candidates->kept, text);
        (void)puts(quoted);
        free(quoted);
    }
}

/* Characters: bytes that do not continue one. */
static int width_of(const char *text)
{
    int n = 0;

    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

static int widest(const struct rs_candidates *candidates)
{
    int width = 0;

    for (size_t i = 0; i < candidates->n; i++) {
        int w = width_of(candidates->items[i].text);
        width = w > width ? w : width;
    }
    return width;
}

static void print_zsh(const struct rs_candidates *candidates)
{
    int width = widest(candidates);

    for (size_t i = 0; i < candidates->n; i++) {
        const struct rs_candidate *one = &candidates->items[i];
        (void)printf("%.*s%s\t%s", (int)candidates->kept, candidates->word,
                     one->text, one->text);
        if (one->help != NULL)
            (void)printf("%*s  -- %s", width - width_of(one->text), "",
                         one->help);
        (void)putchar('\n');
    }
}

static void print_fish(const struct rs_candidates *candidates)
{
    for (size_t i = 0; i < candidates->n; i++) {
        const struct rs_candidate *one = &candidates->items[i];
        (void)printf("%.*s%s%s%s\n", (int)candidates->kept, candidates->word,
                     one->text, one->help != NULL ? "\t" : "",
                     one->help != NULL ? one->help : "");
    }
}

void rs_cmd_complete(int n, const char *const *args)
{
    struct rs_shell_line line = {0};
    struct rs_candidates candidates = {0};
    struct rs_error err = {0};
    enum rs_shell shell = n < 3 ? RS_N_SHELLS : rs_shell_of(args[0]);

    if (shell == RS_N_SHELLS ||
        strncmp(args[1], args[2], strlen(args[1])) != 0 ||
        rs_shell_line_split(&line, shell, args[2], strlen(args[1]), &err) !=
            RS_OK ||
        rs_complete(&candidates, &line, rs_command_table, rs_command_count,
                    &err) != RS_OK)
        goto done;
    if (shell == RS_BASH)
        print_bash(&candidates, &line, n > 3 ? args[3] : "");
    else if (shell == RS_ZSH)
        print_zsh(&candidates);
    else
        print_fish(&candidates);
done:
    rs_candidates_clear(&candidates);
    rs_shell_line_clear(&line);
}
