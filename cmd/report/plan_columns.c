/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_columns.h"

#include "categories.h"
#include "human.h"
#include "message.h"
#include "visible.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 10, LABEL = 13, WIDTH = 79, NAME = 400 };

/* ---- lists of names ---------------------------------------------- */

/* Where the next word of a line goes. */
struct line {
    size_t used; /* columns so far */
};

/* Adds a word, in a new line where this one is full. */
static void put_word(struct line *line, const char *word, const char *after)
{
    const char *at = word;
    char piece[RS_VISIBLE_PIECE];
    size_t width = strlen(after);
    size_t n = 0;

    while ((n = rs_visible_next(piece, &at)) > 0)
        width += n;
    if (line->used > LABEL && line->used + 1 + width > WIDTH) {
        (void)printf("\n%*s", LABEL, "");
        line->used = LABEL;
    } else if (line->used > LABEL) {
        (void)putchar(' ');
        line->used++;
    }
    for (at = word; rs_visible_next(piece, &at) > 0;)
        (void)fputs(piece, stdout);
    (void)fputs(after, stdout);
    line->used += width;
}

/* `LABEL  N: a, b, c and 7 more`; n = 0: nothing. */
static void print_names(const char *label, const struct rs_run *run,
                        const size_t *columns, size_t n)
{
    bool all = run->settings->informing.verbose || n <= MOST_NAMES + 1;
    size_t shown = all ? n : MOST_NAMES;
    struct line line = {LABEL};
    struct rs_human text;
    char more[64];

    if (n == 0)
        return;
    (void)printf("%-*s", LABEL, label);
    (void)snprintf(more, sizeof more, "%s:", rs_human_count(&text, n));
    put_word(&line, more, "");
    for (size_t i = 0; i < shown; i++)
        put_word(&line, run->input.data->columns[columns[i]].name,
                 i + 1 < shown ? "," : "");
    if (shown < n) {
        (void)snprintf(more, sizeof more, "and %s more (-v: all)",
                       rs_human_count(&text, n - shown));
        put_word(&line, more, "");
    }
    (void)putchar('\n');
}

/* ---- rows, groups, sets ------------------------------------------ */

/* How many groups there are, and how large. */
static void print_groups(const struct rs_run *run)
{
    const struct rs_row_groups *groups = &run->input.groups;
    size_t least = SIZE_MAX;
    size_t most = 0;
    struct rs_human n;
    struct rs_human from;
    struct rs_human to;

    for (size_t g = 0; g < groups->n; g++) {
        least = groups->rows[g].n < least ? groups->rows[g].n : least;
        most = groups->rows[g].n > most ? groups->rows[g].n : most;
    }
    if (groups->n > 0)
        (void)printf("groups       %s, of %s to %s rows\n",
                     rs_human_count(&n, groups->n),
                     rs_human_count(&from, least), rs_human_count(&to, most));
}

static void print_sets(const struct rs_run *run)
{
    const struct rs_input *input = &run->input;

    for (size_t k = 0; k < input->n_sets; k++)
        (void)printf("%s%s%s", k == 0 ? "sets         " : ", ",
                     input->set_names[k], k + 1 == input->n_sets ? "\n" : "");
}

static enum rs_status print_levels(const struct rs_run *run,
                                   struct rs_error *err)
{
    bool all = run->settings->informing.verbose;
    size_t *columns = NULL;
    size_t n = 0;
    struct rs_human more;
    enum rs_status status = rs_categories_of(&columns, &n, &run->input, err);

    for (size_t i = 0; i < n && status == RS_OK; i++) {
        char text[RS_CATEGORY_TEXT];
        if (i == MOST_NAMES && !all) {
            (void)printf("             and of %s more columns (-v: all)\n",
                         rs_human_count(&more, n - i));
            break;
        }
        rs_category_text(text, &run->input.data->columns[columns[i]]);
        (void)printf("%-*s%s\n", LABEL, i == 0 ? "categories" : "", text);
    }
    free(columns);
    return status;
}

/* ---- what is left out -------------------------------------------- */

static void print_left(uint64_t n, const char *what, const char *why)
{
    struct rs_human text;

    if (n > 0)
        (void)printf("left out     %s %s%s %s\n", rs_human_count(&text, n),
                     what, rs_plural(n), why);
}

static void print_left_out(const struct rs_run *run)
{
    const struct rs_input *input = &run->input;
    uint64_t n_self = 0;
    uint64_t n_covariate = 0;

    for (size_t i = 0; i < run->n_parts; i++) {
        n_self += run->plans[i].n_self;
        n_covariate += run->plans[i].n_covariate;
    }
    print_left(input->n_where_dropped, "row",
               "for which --where does not hold");
    print_left(input->groups.n_dropped, "row", "without a group");
    print_left(input->n_rows_uncompared, "row",
               "without the covariates of all sets");
    print_left(input->missing.n_rows_dropped, "row",
               "with a missing value (--missing)");
    print_left(input->n_groups_dropped, "group", "without a complete row");
    print_left(n_self, "pair", "of a column with itself");
    print_left(n_covariate, "pair", "with a covariate as x or y");
}

/* A line, broken at its blanks. text: lost */
static void print_text(const char *label, char *text)
{
    struct line line = {LABEL};
    char *rest = NULL;

    (void)printf("%-*s", LABEL, label);
    for (char *word = strtok_r(text, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest))
        put_word(&line, word, "");
    (void)putchar('\n');
}

/* What else is told of the input. */
static void print_notes(const struct rs_notices *notices)
{
    for (size_t i = 0; i < notices->n; i++) {
        char text[RS_ERROR_TEXT];
        if (notices->list[i].kind != RS_NOTICE_NOTE)
            continue;
        rs_message_options(text, notices->list[i].text);
        print_text("note", text);
    }
}

enum rs_status rs_plan_columns_print(const struct rs_run *run,
                                     struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    struct rs_human n;
    enum rs_status status = RS_OK;

    (void)printf("rows         %s\n", rs_human_count(&n, input->data->n_rows));
    print_names("dependent", run, input->y, input->n_y);
    print_names("independent", run, input->x, input->n_x);
    print_names("covariates", run, input->covariates, input->n_covariates);
    for (int role = 0; role < RS_N_ROLES; role++)
        print_names(rs_roles[role].setting, run, input->roles[role].columns,
                    input->roles[role].n);
    print_sets(run);
    print_groups(run);
    status = print_levels(run, err);
    print_left_out(run);
    print_notes(&input->notices);
    return status;
}
