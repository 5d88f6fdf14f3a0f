/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_describe.h"

#include "column_list.h"
#include "cpus.h"
#include "facts.h"
#include "facts_rows.h"
#include "facts_table.h"
#include "hints.h"
#include "human.h"
#include "joined_notes.h"
#include "lost_digits_report.h"
#include "mem.h"
#include "message.h"
#include "next_run.h"
#include "notices_report.h"
#include "reading.h"
#include "rules.h"

#include <stdio.h>
#include <stdlib.h>

/* Columns that people are shown unless they want all. */
enum { FIRST_COLUMNS = 100, WIDTH = 80, INDENT = 2 };

/* What is described. */
struct described {
    struct rs_table *table;
    struct rs_dataset *data;
    size_t n_columns;       /* of the table */
    size_t n_shown;         /* the first of data */
    struct rs_facts *facts; /* [n_shown] */
    struct rs_notices notices;
    struct rs_lost_digits lost;
};

static void clear(struct described *described)
{
    for (size_t j = 0; described->facts != NULL && j < described->n_shown; j++)
        rs_facts_clear(&described->facts[j]);
    free(described->facts);
    rs_lost_digits_clear(&described->lost);
    rs_notices_clear(&described->notices);
    rs_dataset_free(described->data);
    rs_table_close(described->table);
}

/* ---- reading ----------------------------------------------------- */

/* Text of the columns that are shown, as categories. */
static enum rs_status load_levels(struct described *described,
                                  struct rs_error *err)
{
    struct rs_dataset *data = described->data;
    size_t *columns = rs_alloc(described->n_shown, sizeof *columns, err);
    struct rs_factors_ask ask = {.columns = columns,
                                 .most = rs_facts_most_levels(data)};
    enum rs_status status = RS_OK;

    if (columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < described->n_shown; j++)
        if (data->columns[j].type == RS_TYPE_TEXT)
            columns[ask.n++] = j;
    if (ask.n > 0)
        status = rs_table_load_factors(described->table, data, &ask, err);
    free(columns);
    return status;
}

/* The columns that are asked for, all without {only}. */
static enum rs_status load_columns(struct described *described,
                                   const struct rs_list *list,
                                   struct rs_error *err)
{
    size_t n = described->n_columns;
    struct rs_selection selection = {0};
    size_t *all = NULL;
    enum rs_status status = RS_ERR_NOMEM;

    if (list->n > 0) {
        status =
            rs_column_list(&selection, described->table, list, "only", err);
        if (status == RS_OK)
            status = rs_table_load(&described->data, described->table,
                                   selection.columns, selection.n, err);
        rs_selection_clear(&selection);
        return status;
    }
    all = rs_alloc(n, sizeof *all, err);
    if (all == NULL)
        return status;
    for (size_t j = 0; j < n; j++)
        all[j] = j;
    status = rs_table_load(&described->data, described->table, all, n, err);
    free(all);
    return status;
}

static size_t count_shown(const struct described *described,
                          const struct rs_settings *settings)
{
    size_t n = described->data->n_columns;
    bool first = settings->writing.format == RS_FORMAT_AUTO &&
                 !settings->informing.verbose && n > FIRST_COLUMNS;

    return first ? FIRST_COLUMNS : n;
}

static enum rs_status load(struct described *described,
                           const struct rs_settings *settings,
                           struct rs_error *err)
{
    unsigned n_threads = settings->running.jobs > 0
                             ? (unsigned)settings->running.jobs
                             : rs_cpus_usable();
    enum rs_status status =
        rs_reading_open(&described->table, settings, n_threads, NULL, err);

    if (status != RS_OK)
        return status;
    described->n_columns = rs_table_n_columns(described->table);
    status = load_columns(described, &settings->selecting.described, err);
    if (status != RS_OK)
        return status;
    described->n_shown = count_shown(described, settings);
    status = rs_joined_notes(&described->notices, described->table, err);
    if (status == RS_OK)
        status = rs_lost_digits_find(&described->lost, described->table,
                                     described->data, err);
    return status == RS_OK ? load_levels(described, err) : status;
}

/* ---- facts ------------------------------------------------------- */

static enum rs_status find_facts(struct described *described,
                                 struct rs_error *err)
{
    struct rs_facts_source source = {.table = described->table,
                                     .data = described->data};
    enum rs_status status = RS_ERR_NOMEM;

    described->facts =
        rs_alloc(described->n_shown, sizeof *described->facts, err);
    source.buffer = rs_alloc(source.data->n_rows, sizeof *source.buffer, err);
    source.met = rs_alloc(1, sizeof *source.met, err);
    if (described->facts == NULL || source.buffer == NULL || source.met == NULL)
        goto done;
    status = RS_OK;
    for (size_t j = 0; j < described->n_shown && status == RS_OK; j++) {
        rs_facts_find(&described->facts[j], &source, j);
        status = rs_hints_find(&described->facts[j], source.table, err);
    }
done:
    free(source.buffer);
    free(source.met);
    return status;
}

/* ---- printing ---------------------------------------------------- */

/* What the table does not show. */
static void print_left_out(const struct described *described)
{
    const struct rs_dataset *data = described->data;
    size_t n = data->n_columns - described->n_shown;
    size_t n_text = 0;
    struct rs_human left;
    struct rs_human text;

    if (n == 0)
        return;
    for (size_t j = described->n_shown; j < data->n_columns; j++)
        n_text += data->columns[j].type == RS_TYPE_TEXT;
    (void)printf("... and %s more column%s, %s of them text (-v shows all, "
                 "--only COLS some)\n",
                 rs_human_count(&left, n), rs_plural(n),
                 rs_human_count(&text, n_text));
}

/* Bytes up to the next option that begins outside quotes, or the end. */
static size_t piece_of(const char *text)
{
    bool quoted = false;
    size_t n = 0;

    for (; text[n] != '\0'; n++) {
        if (n > 0 && !quoted && text[n] == ' ' && text[n + 1] == '-')
            break;
        if (!quoted && text[n] == '\\')
            n++;
        else if (text[n] == '\'')
            quoted = !quoted;
    }
    return n;
}

/* A command, broken before an option where it is too wide. */
static void print_command(const char *text)
{
    size_t at = 2 * INDENT - 1; /* as of a line that is begun */

    (void)printf("%*s", INDENT, "");
    while (*text != '\0') {
        size_t n = piece_of(text);
        if (at + n + 2 > WIDTH && at >= 2 * INDENT) {
            (void)printf(" \\\n%*s", 2 * INDENT - 1, "");
            at = 2 * INDENT - 1;
        }
        (void)printf("%.*s", (int)n, text);
        at += n;
        text += n;
    }
    (void)putchar('\n');
}

static enum rs_status print_next(const struct described *described,
                                 const struct rs_settings *settings,
                                 struct rs_error *err)
{
    char *next = NULL;
    enum rs_status status =
        rs_next_run(&next, described->facts, described->n_shown,
                    described->table, settings, err);

    if (status == RS_OK && next != NULL) {
        (void)printf("\nA sweep to begin with:\n");
        print_command(next);
    }
    free(next);
    return status;
}

static enum rs_status print_table(const struct described *described,
                                  const struct rs_settings *settings,
                                  struct rs_error *err)
{
    rs_facts_table_print(described->facts, described->n_shown);
    print_left_out(described);
    return settings->informing.quiet ? RS_OK
                                     : print_next(described, settings, err);
}

static enum rs_status print_rows(const struct described *described,
                                 enum rs_format format, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    rs_facts_rows_begin(format);
    for (size_t j = 0; j < described->n_shown && status == RS_OK; j++)
        status = rs_facts_row_print(&described->facts[j], format, err);
    return status;
}

/* What is said of it on standard error. */
static void tell(struct described *described,
                 const struct rs_informing_settings *settings)
{
    size_t n_rows = described->data->n_rows;
    size_t n = described->n_columns;
    struct rs_human rows;
    struct rs_human columns;

    if (!settings->quiet)
        rs_message("%s row%s, %s column%s", rs_human_count(&rows, n_rows),
                   rs_plural(n_rows), rs_human_count(&columns, n),
                   rs_plural(n));
    rs_notices_print_notes(&described->notices, settings);
    rs_notices_tell_warnings(&described->notices, settings);
    if (!settings->quiet)
        rs_lost_digits_print(&described->lost);
}

int rs_cmd_describe(const struct rs_settings *settings)
{
    enum rs_format format = (enum rs_format)settings->writing.format;
    struct rs_asked asked;
    struct described described = {0};
    struct rs_error err = {0};
    enum rs_status status = rs_rules_check(&asked, settings, &err);

    if (status == RS_OK)
        status = load(&described, settings, &err);
    if (status == RS_OK)
        status = find_facts(&described, &err);
    if (status == RS_OK)
        status = format == RS_FORMAT_AUTO
                     ? print_table(&described, settings, &err)
                     : print_rows(&described, format, &err);
    if (status == RS_OK)
        tell(&described, &settings->informing);
    clear(&described);
    if (status == RS_OK)
        return RS_EXIT_OK;
    rs_message_error(&err);
    return status == RS_ERR_OPEN || status == RS_ERR_READ ? RS_EXIT_INPUT
                                                          : rs_exit_for(&err);
}
