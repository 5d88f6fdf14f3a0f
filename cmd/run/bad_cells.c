/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bad_cells.h"

#include "cell_hint.h"
#include "human.h"
#include "visible.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool rs_bad_cells_has(const struct rs_column *column)
{
    return column->type == RS_TYPE_TEXT && !column->wordy &&
           column->n_words > 0;
}

static void put_count(struct rs_bad_cells *out, const struct rs_column *column)
{
    bool beyond = column->fault.kind == RS_FAULT_OUT_OF_RANGE;
    bool one = column->n_words == 1;
    struct rs_human n;
    struct rs_human of;

    (void)snprintf(out->count, sizeof out->count, "%s of %s cells %s %s",
                   rs_human_count(&n, column->n_words),
                   rs_human_count(&of, column->n_cells), one ? "is" : "are",
                   beyond ? "beyond the range of a double"
                   : one  ? "no number"
                          : "no numbers");
}

static void put_place(struct rs_bad_cells *out, const struct rs_column *column,
                      const struct rs_table *table)
{
    uint64_t line = 0;
    const char *path = rs_table_header(&line, table) != NULL
                           ? NULL
                           : rs_table_path(table, column->file_ix);
    size_t used = 0;

    if (path != NULL)
        used = (size_t)snprintf(out->place, sizeof out->place, "%.60s, ", path);
    used += (size_t)snprintf(out->place + used, sizeof out->place - used,
                             "line %" PRIu64, column->fault.line);
    if (column->fault.field > 0)
        (void)snprintf(out->place + used, sizeof out->place - used,
                       ", field %zu", column->fault.field);
}

/* Whether a list of {na} in quotes has a text as it is. */
static bool can_be_listed(const char *text)
{
    char shown[4 * RS_WORDS_BYTES];

    (void)rs_visible_copy(shown, sizeof shown, text);
    return text[0] != '\0' && strpbrk(text, ",'=") == NULL &&
           strcmp(text, shown) == 0;
}

/* The words as a value of {na}, sorted, as threads find them in any order.
 * false: they cannot be given, or should be read. */
static bool put_na(struct rs_bad_cells *out, const struct rs_column *column,
                   char decimal)
{
    const struct rs_words *words = column->words;
    const char *sorted[RS_WORDS_MOST];
    size_t used = 0;

    if (words == NULL || words->n > RS_WORDS_MOST)
        return false;
    for (unsigned i = 0; i < words->n; i++) {
        unsigned at = i;
        if (!can_be_listed(words->texts[i]) ||
            rs_cell_hint(words->texts[i], decimal) != RS_HINT_NONE)
            return false;
        for (; at > 0 && strcmp(sorted[at - 1], words->texts[i]) > 0; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = words->texts[i];
    }
    for (unsigned i = 0; i < words->n; i++)
        used += (size_t)snprintf(out->value + used, sizeof out->value - used,
                                 "%s%s", i == 0 ? "+" : ",", sorted[i]);
    return words->n > 0;
}

static void put_cure(struct rs_bad_cells *out, const struct rs_column *column,
                     char decimal)
{
    enum rs_cell_hint hint = rs_cell_hint(column->fault.text, decimal);

    if (hint != RS_HINT_NONE) {
        (void)snprintf(out->cure, sizeof out->cure, " %s",
                       rs_cell_hint_formats[hint]);
        rs_cell_hint_column(out->value, sizeof out->value, column->name);
        return;
    }
    (void)snprintf(out->cure, sizeof out->cure, "%s",
                   !put_na(out, column, decimal) ? "%.0s"
                   : column->n_words == 1 ? "; {na} '%s' makes it missing"
                                          : "; {na} '%s' makes them missing");
}

void rs_bad_cells_find(struct rs_bad_cells *out, const struct rs_column *column,
                       const struct rs_table *table)
{
    memset(out, 0, sizeof *out);
    out->first = column->fault.text;
    put_count(out, column);
    put_place(out, column, table);
    put_cure(out, column, rs_table_decimal(table));
}
