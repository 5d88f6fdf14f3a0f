/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hints.h"

#include "bad_cells.h"
#include "cell_hint.h"
#include "cells_ask.h"
#include "human.h"
#include "message.h"
#include "numtext.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_TEXT = RS_ERROR_TEXT / 4,
    MOST_WORDS = 3,  /* that are named */
    LEAST_CODES = 3, /* fewer numbers need no categories */
    LEVEL_SHOWN = 40 /* bytes of a cell in a hint */
};

/* ---- a list of hints --------------------------------------------- */

/* Adds one; the format is one of rs_error_set. */
static enum rs_status RS_PRINTF(3, 4)
    add(struct rs_facts *facts, struct rs_error *err, const char *fmt, ...)
{
    char marked[RS_ERROR_TEXT];
    char shown[RS_ERROR_TEXT];
    char **hints =
        realloc(facts->hints, (facts->n_hints + 1) * sizeof *facts->hints);
    va_list args;

    if (hints == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    facts->hints = hints;
    va_start(args, fmt);
    rs_error_text(marked, fmt, args);
    va_end(args);
    rs_message_options(shown, marked);
    hints[facts->n_hints] = rs_text_copy(shown, strlen(shown), err);
    if (hints[facts->n_hints] == NULL)
        return RS_ERR_NOMEM;
    facts->n_hints++;
    return RS_OK;
}

/* ---- cells that are no numbers ----------------------------------- */

/* Text by few cells. */
static enum rs_status tell_bad(struct rs_facts *facts,
                               const struct rs_table *table,
                               struct rs_error *err)
{
    struct rs_bad_cells bad;
    char format[RS_ERROR_TEXT];

    if (!facts->bad)
        return RS_OK;
    rs_bad_cells_find(&bad, facts->column, table);
    (void)snprintf(format, sizeof format, "%%s (%%s: '%%s'%s)", bad.cure);
    return add(facts, err, format, bad.count, bad.place, bad.first, bad.value);
}

/* Hints are of one kind where one setting reads the cells of both. */
static int kind_of(enum rs_cell_hint hint)
{
    if (hint == RS_HINT_FALSE)
        return RS_HINT_TRUE;
    return hint > RS_HINT_THOUSANDS && hint <= RS_HINT_BLANKS
               ? RS_HINT_THOUSANDS
               : (int)hint;
}

/* Whether a cell can stand where others are of this kind. */
static bool is_like(const char *cell, int kind, char decimal)
{
    enum rs_cell_hint hint = rs_cell_hint(cell, decimal);

    return kind_of(hint) == kind || rs_cells_missing_word(cell) ||
           (kind == RS_HINT_THOUSANDS && hint == RS_HINT_NUMBER);
}

/* What the cells of a text column seem to be: what its first cell does, where
 * the first, middle and last of its levels are like it. */
static enum rs_cell_hint hint_of_all(const struct rs_facts *facts, char decimal)
{
    const struct rs_column *column = facts->column;
    const struct rs_factor *factor = column->factor;
    enum rs_cell_hint hint = rs_cell_hint(column->fault.text, decimal);

    if (column->fault.line == 0 || hint == RS_HINT_NUMBER)
        return RS_HINT_NONE;
    if (factor == NULL || factor->n_levels == 0)
        return hint;
    for (size_t i = 0; i < 3; i++) {
        const char *level = factor->levels[i * (factor->n_levels - 1) / 2];
        if (!is_like(level, kind_of(hint), decimal))
            return RS_HINT_NONE;
    }
    return hint;
}

static enum rs_status tell_what_text_is(struct rs_facts *facts,
                                        const struct rs_table *table,
                                        struct rs_error *err)
{
    const struct rs_column *column = facts->column;
    enum rs_cell_hint hint = RS_HINT_NONE;
    char format[RS_ERROR_TEXT];
    char name[NAME_TEXT];

    if (column->type == RS_TYPE_NUMERIC || facts->bad)
        return RS_OK;
    if (column->labelled.all)
        return add(facts, err,
                   "words of the file for numbers: {no-labels} takes the "
                   "numbers");
    if (column->fault.kind == RS_FAULT_OUT_OF_RANGE)
        return add(facts, err,
                   "line %" PRIu64 ": '%s' is beyond the range of "
                   "a double",
                   column->fault.line, column->fault.text);
    hint = hint_of_all(facts, rs_table_decimal(table));
    if (hint == RS_HINT_NONE)
        return RS_OK;
    facts->looks = hint == RS_HINT_DATE || hint == RS_HINT_SLASHES
                       ? RS_LOOKS_LIKE_DATES
                       : RS_LOOKS_WELL; /* of numbers no two need be alike */
    rs_cell_hint_column(name, sizeof name, column->name);
    (void)snprintf(format, sizeof format, "'%%s' %s",
                   rs_cell_hint_formats[hint]);
    return add(facts, err, format, column->fault.text, name);
}

/* Cells of text that mean missing where the others are numbers. */
static enum rs_status tell_missing_words(struct rs_facts *facts,
                                         struct rs_error *err)
{
    const struct rs_factor *factor = facts->column->factor;
    char words[MOST_WORDS * LEVEL_SHOWN] = "";
    size_t used = 0;
    size_t n = 0;
    struct rs_human count;

    if (facts->n_missing_words == 0 || facts->bad)
        return RS_OK;
    for (size_t i = 0; factor != NULL && i < factor->n_levels; i++)
        if (rs_cells_missing_word(factor->levels[i]) && n++ < MOST_WORDS)
            used += (size_t)snprintf(words + used, sizeof words - used, "%s%s",
                                     used > 0 ? "," : "", factor->levels[i]);
    (void)rs_human_count(&count, facts->n_missing_words);
    if (n == 0 || n > MOST_WORDS)
        return add(facts, err, "%s cell%s NULL, n/a or the like, as text",
                   count.text, facts->n_missing_words == 1 ? " says" : "s say");
    return add(facts, err,
               "%s cell%s '%s', as text ({na} '+%s' makes %s missing)",
               count.text, facts->n_missing_words == 1 ? " says" : "s say",
               words, words, facts->n_missing_words == 1 ? "it" : "them");
}

/* ---- what columns look like -------------------------------------- */

static enum rs_status tell_looks(struct rs_facts *facts, struct rs_error *err)
{
    const struct rs_column *column = facts->column;
    bool numeric = column->type == RS_TYPE_NUMERIC;
    char out[RS_EXCLUSIONS_TEXT] = "";

    if (facts->looks != RS_LOOKS_LIKE_ID)
        return RS_OK;
    if (!rs_exclusion_add(out, column->name))
        return add(facts, err, "looks like %s",
                   numeric ? "row numbers or an id" : "an id");
    return add(facts, err, "looks like %s ({x} '%s' leaves it out)",
               numeric ? "row numbers or an id" : "an id", out);
}

/* Columns that have nothing to tell in a model. */
static enum rs_status tell_constant(struct rs_facts *facts,
                                    struct rs_error *err)
{
    if (facts->n_present == 0)
        return add(facts, err, "no cell has a value");
    if (facts->n_distinct == 1)
        return add(facts, err, "constant: all cells say the same");
    return RS_OK;
}

/* Few whole numbers, which may be codes. */
static enum rs_status tell_codes(struct rs_facts *facts, struct rs_error *err)
{
    const struct rs_column *column = facts->column;
    char values[RS_FACTS_VALUES * (RS_NUMTEXT_MAX + 2)] = "";
    char name[NAME_TEXT];
    size_t used = 0;
    size_t n = facts->n_distinct;

    if (column->type != RS_TYPE_NUMERIC || n < LEAST_CODES ||
        n > RS_FACTS_VALUES || 2 * n > facts->n_present || column->unit != NULL)
        return RS_OK;
    for (size_t i = 0; i < n; i++) {
        if (facts->values[i] != floor(facts->values[i]))
            return RS_OK;
        used += i > 0 ? (size_t)snprintf(values + used, 2, " ") : 0;
        used += rs_number_write(values + used, facts->values[i]);
        values[used] = '\0';
    }
    rs_cell_hint_column(name, sizeof name, column->name);
    return add(facts, err,
               "values %s ({factor} %s, if they are codes of categories)",
               values, name);
}

static enum rs_status tell_many_levels(struct rs_facts *facts,
                                       struct rs_error *err)
{
    if (facts->column->type == RS_TYPE_NUMERIC || facts->bad ||
        facts->looks != RS_LOOKS_WELL || facts->n_distinct <= RS_FACTS_LEVELS)
        return RS_OK;
    return add(facts, err,
               "more than %d levels: a pattern of {x} leaves it out "
               "({max-levels})",
               (int)RS_FACTS_LEVELS);
}

/* ---- what numbers do not show ------------------------------------ */

static enum rs_status tell_labelled(struct rs_facts *facts,
                                    struct rs_error *err)
{
    const struct rs_labelled *some = &facts->column->labelled;
    char value[RS_NUMTEXT_MAX + 1];
    char name[NAME_TEXT];

    if (some->n == 0 || some->all)
        return RS_OK;
    rs_cell_hint_column(name, sizeof name, facts->column->name);
    value[rs_number_write(value, some->value)] = '\0';
    return add(facts, err,
               "%" PRIu64 " cell%s a label, as %s '%s' ({na} %s=+%s makes such "
               "cells missing)",
               some->n, some->n == 1 ? " has" : "s have", value, some->label,
               name, value);
}

/* "2 infinite, 1 rounded": cells that a double holds otherwise. */
static enum rs_status tell_lost(struct rs_facts *facts, struct rs_error *err)
{
    const struct rs_column *column = facts->column;
    const struct {
        uint64_t n;
        const char *what;
    } kinds[] = {{column->n_infinite, "infinite"},
                 {column->loss.n_rounded, "rounded"},
                 {column->loss.n_too_small, "too small for a double"}};
    char text[NAME_TEXT] = "";
    size_t used = 0;

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].n > 0)
            used += (size_t)snprintf(text + used, sizeof text - used,
                                     "%s%" PRIu64 " %s", used > 0 ? ", " : "",
                                     kinds[i].n, kinds[i].what);
    return used == 0 ? RS_OK : add(facts, err, "%s", text);
}

/* "-9, -8 stand in 12 cells": numbers that seem to say that one is missing. */
static enum rs_status tell_missing_codes(struct rs_facts *facts,
                                         struct rs_error *err)
{
    const struct rs_missing_codes *codes = &facts->codes;
    char shown[RS_MISSING_CODE_TEXT] = "";
    char texts[RS_MISSING_CODE_TEXT];
    char na[RS_MISSING_CODE_TEXT];
    size_t n_cells = 0;
    struct rs_human count;

    if (codes->n == 0)
        return RS_OK;
    for (size_t i = 0; i < codes->n; i++)
        n_cells += codes->n_cells[i];
    rs_missing_codes_write(shown, codes, ", ");
    rs_missing_codes_write(texts, codes, ",");
    rs_missing_na(na, facts->column->name, texts);
    return add(facts, err,
               "%s stand%s in %s cells, far from the rest: {na} %s makes %s "
               "missing",
               shown, codes->n == 1 ? "s" : "", rs_human_count(&count, n_cells),
               na, codes->n == 1 ? "it" : "them");
}

static enum rs_status tell_numbers(struct rs_facts *facts, struct rs_error *err)
{
    enum rs_status status = tell_codes(facts, err);

    if (status == RS_OK && facts->column->unit != NULL &&
        facts->column->type == RS_TYPE_NUMERIC)
        status = add(facts, err, "%s", facts->column->unit);
    if (status == RS_OK)
        status = tell_labelled(facts, err);
    if (status == RS_OK)
        status = tell_missing_codes(facts, err);
    return status == RS_OK ? tell_lost(facts, err) : status;
}

enum rs_status rs_hints_find(struct rs_facts *facts,
                             const struct rs_table *table, struct rs_error *err)
{
    enum rs_status status = tell_bad(facts, table, err);

    if (status == RS_OK)
        status = tell_what_text_is(facts, table, err);
    if (status == RS_OK)
        status = tell_missing_words(facts, err);
    if (status == RS_OK)
        status = tell_looks(facts, err);
    if (status == RS_OK)
        status = tell_constant(facts, err);
    if (status == RS_OK)
        status = tell_many_levels(facts, err);
    return status == RS_OK ? tell_numbers(facts, err) : status;
}
