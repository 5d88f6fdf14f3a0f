/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_describe.h"

#include "cpus.h"
#include "joined_notes.h"
#include "lost_digits_report.h"
#include "mem.h"
#include "message.h"
#include "moments.h"
#include "notices_report.h"
#include "numtext.h"
#include "reading.h"
#include "rules.h"
#include "visible.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    N_FIELDS = 10,
    LABEL = 9,
    FIELD_CAP = 200,
    LEVELS_WIDTH = 60,
    MOST_LEVELS = 50
};

static const char *const titles[N_FIELDS] = {"column", "type", "n",   "missing",
                                             "mean",   "sd",   "min", "max",
                                             "note",   "label"};

/* One line of the result, as texts. */
struct line {
    char field[N_FIELDS][FIELD_CAP];
};

static void put_number(char *out, double value, bool exact)
{
    if (!isfinite(value))
        out[0] = '\0';
    else if (!exact)
        (void)snprintf(out, FIELD_CAP, "%.6g", value);
    else
        out[rs_number_write(out, value)] = '\0';
}

/* Adds to a note: "2 infinite, 1 rounded". */
static void add_note(char *note, uint64_t n, const char *what)
{
    size_t used = strlen(note);

    if (n > 0)
        (void)snprintf(note + used, FIELD_CAP - used, "%s%" PRIu64 " %s",
                       used > 0 ? ", " : "", n, what);
}

/* "3 levels: a, b, c", as far as there is room. */
static void put_levels(char *out, const struct rs_factor *factor)
{
    size_t used =
        (size_t)snprintf(out, FIELD_CAP, "%zu level%s", factor->n_levels,
                         factor->n_levels == 1 ? "" : "s");

    for (size_t k = 0; k < factor->n_levels; k++) {
        const char *level = factor->levels[k];
        bool fits = used + strlen(level) < LEVELS_WIDTH;
        used += (size_t)snprintf(out + used, FIELD_CAP - used, "%s%s",
                                 k == 0 ? ": " : ", ", fits ? level : "...");
        if (!fits)
            return;
    }
}

/* "1 labelled: 999 'refused'". */
static void put_labelled(char *out, const struct rs_labelled *some)
{
    char value[RS_NUMTEXT_MAX + 1];

    value[rs_number_write(value, some->value)] = '\0';
    (void)snprintf(out, FIELD_CAP, "%" PRIu64 " labelled: %s '%s'%s", some->n,
                   value, some->label, some->n > 1 ? ", ..." : "");
}

static void put_note(char *out, const struct rs_column *column)
{
    if (column->factor != NULL)
        put_levels(out, column->factor);
    else if (column->type != RS_TYPE_NUMERIC && column->fault.line == 0)
        (void)snprintf(out, FIELD_CAP, "'%s', ...", column->fault.text);
    else if (column->type != RS_TYPE_NUMERIC)
        (void)snprintf(out, FIELD_CAP, "line %" PRIu64 ": '%s'%s",
                       column->fault.line, column->fault.text,
                       column->fault.kind == RS_FAULT_OUT_OF_RANGE
                           ? " is out of range"
                           : "");
    if (column->unit != NULL && column->type == RS_TYPE_NUMERIC)
        (void)snprintf(out, FIELD_CAP, "%s", column->unit);
    if (column->labelled.n > 0 && !column->labelled.all)
        put_labelled(out, &column->labelled);
    add_note(out, column->n_infinite, "infinite");
    add_note(out, column->loss.n_rounded, "rounded");
    add_note(out, column->loss.n_too_small, "too small");
}

/* people: numbers are short, and texts as visible.h shows them. */
static void fill_line(struct line *out, const struct rs_column *column,
                      size_t n_rows, double *buffer, bool people)
{
    bool numeric = column->type == RS_TYPE_NUMERIC;
    struct rs_moments m = {0, NAN, NAN, NAN, NAN};
    char note[FIELD_CAP] = "";

    memset(out, 0, sizeof *out);
    (void)snprintf(out->field[1], FIELD_CAP, numeric ? "numeric" : "text");
    (void)snprintf(out->field[2], FIELD_CAP, "%zu", n_rows - column->n_missing);
    (void)snprintf(out->field[3], FIELD_CAP, "%zu", column->n_missing);
    if (numeric)
        rs_moments_of(&m, column, n_rows, buffer);
    put_number(out->field[4], m.mean, !people);
    put_number(out->field[5], m.sd, !people);
    put_number(out->field[6], m.min, !people);
    put_number(out->field[7], m.max, !people);
    put_note(note, column);
    (void)rs_visible_copy(out->field[LABEL], FIELD_CAP,
                          column->label == NULL ? "" : column->label);
    if (people) {
        (void)rs_visible_copy(out->field[0], FIELD_CAP, column->name);
        (void)rs_visible_copy(out->field[8], FIELD_CAP, note);
    } else { /* the name is taken from the column, whole */
        memcpy(out->field[8], note, FIELD_CAP);
    }
}

/* Characters of a text, for alignment: bytes that do not continue one. */
static int width_of(const char *text)
{
    int n = 0;

    for (const char *s = text; *s != '\0'; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

/* Labels have a field only where a column has one. */
static size_t count_fields(const struct rs_dataset *data)
{
    for (size_t j = 0; j < data->n_columns; j++)
        if (data->columns[j].label != NULL)
            return N_FIELDS;
    return N_FIELDS - 1;
}

static void print_table(const struct line *lines, size_t n, size_t n_fields)
{
    int width[N_FIELDS];

    for (size_t f = 0; f < n_fields; f++) {
        width[f] = width_of(titles[f]);
        for (size_t i = 0; i < n; i++) {
            int w = width_of(lines[i].field[f]);
            width[f] = w > width[f] ? w : width[f];
        }
    }
    for (size_t i = 0; i <= n; i++) {
        for (size_t f = 0; f < n_fields; f++) {
            const char *text = i == 0 ? titles[f] : lines[i - 1].field[f];
            int pad = width[f] - width_of(text);
            if (f + 1 == LABEL && i > 0 && lines[i - 1].field[LABEL][0] == '\0')
                pad = 0;
            if (f == n_fields - 1) /* no blanks at the end of a line */
                (void)printf("%s%s", text[0] == '\0' ? "" : "  ", text);
            else if (f < 2 || f + 1 == LABEL)
                (void)printf("%s%s%*s", f > 0 ? "  " : "", text, pad, "");
            else
                (void)printf("  %*s%s", pad, "", text);
        }
        (void)putchar('\n');
    }
}

static void print_cell(const char *text, char delimiter)
{
    bool quote =
        strpbrk(text, "\"\r\n") != NULL || strchr(text, delimiter) != NULL;

    if (quote)
        (void)putchar('"');
    for (const char *s = text; *s != '\0'; s++) {
        if (*s == '"')
            (void)putchar('"');
        (void)putchar(*s);
    }
    if (quote)
        (void)putchar('"');
}

static void print_delimited(const struct line *lines,
                            const struct rs_dataset *data, char delimiter)
{
    size_t n_fields = count_fields(data);

    for (size_t i = 0; i <= data->n_columns; i++)
        for (size_t f = 0; f < n_fields; f++) {
            const char *text = i == 0   ? titles[f]
                               : f == 0 ? data->columns[i - 1].name
                                        : lines[i - 1].field[f];
            print_cell(text, delimiter);
            (void)putchar(f == n_fields - 1 ? '\n' : delimiter);
        }
}

/* Reads the levels of what -x would take as categories by a pattern. */
static enum rs_status load_levels(struct rs_table *table,
                                  struct rs_dataset *data, struct rs_error *err)
{
    size_t *columns = rs_alloc(data->n_columns, sizeof *columns, err);
    struct rs_factors_ask ask = {.columns = columns, .most = MOST_LEVELS};
    enum rs_status status = RS_ERR_NOMEM;

    if (columns == NULL)
        return status;
    for (size_t j = 0; j < data->n_columns; j++)
        if (data->columns[j].type == RS_TYPE_TEXT && data->columns[j].wordy)
            columns[ask.n++] = j;
    status = ask.n == 0 ? RS_OK : rs_table_load_factors(table, data, &ask, err);
    free(columns);
    return status;
}

static enum rs_status load_all(struct rs_dataset **out,
                               struct rs_notices *notices,
                               struct rs_lost_digits *lost,
                               const struct rs_settings *settings,
                               struct rs_error *err)
{
    struct rs_table *table = NULL;
    size_t *columns = NULL;
    size_t n = 0;
    unsigned n_threads = settings->running.jobs > 0
                             ? (unsigned)settings->running.jobs
                             : rs_cpus_usable();
    enum rs_status status =
        rs_reading_open(&table, settings, n_threads, NULL, err);

    if (status != RS_OK)
        return status;
    n = rs_table_n_columns(table);
    columns = rs_alloc(n, sizeof *columns, err);
    if (columns == NULL) {
        status = RS_ERR_NOMEM;
        goto done;
    }
    for (size_t j = 0; j < n; j++)
        columns[j] = j;
    status = rs_table_load(out, table, columns, n, err);
    if (status == RS_OK)
        status = rs_joined_notes(notices, table, err);
    if (status == RS_OK)
        status = rs_lost_digits_find(lost, table, *out, err);
    if (status == RS_OK)
        status = load_levels(table, *out, err);
done:
    free(columns);
    rs_table_close(table);
    return status;
}

static enum rs_status describe(const struct rs_settings *settings,
                               const struct rs_dataset *data,
                               struct rs_error *err)
{
    bool people = settings->writing.format == RS_FORMAT_AUTO;
    struct line *lines = rs_alloc(data->n_columns, sizeof *lines, err);
    double *buffer = rs_alloc(data->n_rows, sizeof *buffer, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (lines == NULL || buffer == NULL)
        goto done;
    for (size_t j = 0; j < data->n_columns; j++)
        fill_line(&lines[j], &data->columns[j], data->n_rows, buffer, people);
    if (people)
        print_table(lines, data->n_columns, count_fields(data));
    else
        print_delimited(lines, data,
                        settings->writing.format == RS_FORMAT_TSV ? '\t' : ',');
    if (!settings->informing.quiet)
        rs_message("%zu rows, %zu columns", data->n_rows, data->n_columns);
    status = RS_OK;
done:
    free(lines);
    free(buffer);
    return status;
}

int rs_cmd_describe(const struct rs_settings *settings)
{
    struct rs_asked asked;
    struct rs_dataset *data = NULL;
    struct rs_notices notices = {0};
    struct rs_lost_digits lost = {0};
    struct rs_error err = {0};
    enum rs_status status = rs_rules_check(&asked, settings, &err);

    if (status == RS_OK)
        status = load_all(&data, &notices, &lost, settings, &err);
    if (status == RS_OK)
        status = describe(settings, data, &err);
    if (status == RS_OK)
        rs_notices_print_notes(&notices, &settings->informing);
    if (status == RS_OK)
        rs_notices_tell_warnings(&notices, &settings->informing);
    if (status == RS_OK && !settings->informing.quiet)
        rs_lost_digits_print(&lost);
    rs_dataset_free(data);
    rs_notices_clear(&notices);
    rs_lost_digits_clear(&lost);
    if (status == RS_OK)
        return RS_EXIT_OK;
    rs_message_error(&err);
    return status == RS_ERR_OPEN || status == RS_ERR_READ ? RS_EXIT_INPUT
                                                          : rs_exit_for(&err);
}
