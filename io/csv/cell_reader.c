/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell_reader.h"

#include "cell_words.h"
#include "dataset_new.h"
#include "mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts ------------------------------------------------------- */

static enum rs_status copy_texts(struct rs_cell_texts *out,
                                 const char *const *texts, size_t n,
                                 struct rs_error *err)
{
    out->texts = rs_alloc(n, sizeof *out->texts, err);
    if (out->texts == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++) {
        out->texts[i] = rs_text_copy(texts[i], strlen(texts[i]), err);
        if (out->texts[i] == NULL)
            return RS_ERR_NOMEM;
        out->n++;
        if (texts[i][0] == '\0')
            out->empty = true;
        else
            out->first[(unsigned char)texts[i][0]] = true;
    }
    return RS_OK;
}

static bool is_among(const struct rs_cell_texts *texts, const char *text,
                     size_t len)
{
    if (len == 0)
        return texts->empty;
    if (!texts->first[(unsigned char)text[0]])
        return false;
    for (size_t i = 0; i < texts->n; i++)
        if (strlen(texts->texts[i]) == len &&
            memcmp(texts->texts[i], text, len) == 0)
            return true;
    return false;
}

static void clear_texts(struct rs_cell_texts *texts)
{
    for (size_t i = 0; i < texts->n; i++)
        free(texts->texts[i]);
    free(texts->texts);
}

/* ---- rules ------------------------------------------------------- */

/* The numbers among the texts that mean missing. */
static enum rs_status find_values(struct rs_cell_reader *cells,
                                  struct rs_error *err)
{
    cells->values = rs_alloc(cells->na.n, sizeof *cells->values, err);
    if (cells->values == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < cells->na.n; i++) {
        const char *text = cells->na.texts[i];
        enum rs_number_result result =
            rs_number_read(&cells->values[cells->n_values], text, strlen(text),
                           cells->decimal);
        if (result == RS_NUMBER_OK || result == RS_NUMBER_ROUNDED)
            cells->n_values++;
    }
    return RS_OK;
}

/* No number that rs_numbers_read takes begins with one: asked beforehand, as
 * it would be long about finding that out. */
static bool is_letter(size_t byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

enum rs_status rs_cell_reader_init(struct rs_cell_reader *out,
                                   const struct rs_cell_rule *rule,
                                   char delimiter, char decimal,
                                   struct rs_error *err)
{
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    out->loose = rule->loose;
    out->truth = rule->truth;
    out->dates = rule->dates;
    out->decimal = decimal;
    out->format = (struct rs_number_format){delimiter, decimal, out->special};
    status = copy_texts(&out->na, rule->na, rule->n_na, err);
    if (status == RS_OK)
        status = copy_texts(&out->among, rule->among, rule->n_among, err);
    if (status == RS_OK)
        status = find_values(out, err);
    for (size_t c = 0; c < sizeof out->special; c++) /* 20240131 is a date */
        out->special[c] = out->dates || out->na.first[c] || is_letter(c);
    return status;
}

void rs_cell_reader_clear(struct rs_cell_reader *cells)
{
    clear_texts(&cells->na);
    clear_texts(&cells->among);
    free(cells->values);
    memset(cells, 0, sizeof *cells);
}

enum rs_status rs_cell_readers_set(struct rs_cell_readers *list,
                                   const struct rs_column_rules *rules,
                                   size_t n_columns, char delimiter,
                                   char decimal, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    rs_cell_readers_clear(list);
    list->cells = rs_alloc(rules->n, sizeof *list->cells, err);
    if (list->cells == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < rules->n && status == RS_OK; i++) {
        list->cells[i] = rs_alloc(1, sizeof **list->cells, err);
        if (list->cells[i] == NULL)
            return RS_ERR_NOMEM;
        list->n++;
        status = rs_cell_reader_init(list->cells[i], &rules->rules[i],
                                     delimiter, decimal, err);
    }
    if (status != RS_OK || rules->of == NULL)
        return status;
    list->of = rs_alloc(n_columns, sizeof *list->of, err);
    if (list->of == NULL)
        return RS_ERR_NOMEM;
    memcpy(list->of, rules->of, n_columns * sizeof *list->of);
    return RS_OK;
}

void rs_cell_readers_clear(struct rs_cell_readers *list)
{
    for (size_t i = 0; i < list->n; i++) {
        rs_cell_reader_clear(list->cells[i]);
        free(list->cells[i]);
    }
    free(list->cells);
    free(list->of);
    memset(list, 0, sizeof *list);
}

/* ---- cells ------------------------------------------------------- */

bool rs_cell_is_na(const struct rs_cell_reader *cells, const char *text,
                   size_t len)
{
    return is_among(&cells->na, text, len);
}

/* Whether a text, but for blanks around it, means missing among numbers. */
static bool is_na_within_blanks(const struct rs_cell_reader *cells,
                                const char *text, size_t len)
{
    while (len > 0 && *text == ' ') {
        text++;
        len--;
    }
    while (len > 0 && text[len - 1] == ' ')
        len--;
    return is_among(&cells->na, text, len) ||
           is_among(&cells->among, text, len);
}

static bool is_value(const struct rs_cell_reader *cells, double value)
{
    for (size_t i = 0; i < cells->n_values; i++)
        if (cells->values[i] == value)
            return true;
    return false;
}

/* A cell that is no plain number, as one; 0: it is none in any way. */
static size_t to_number(char *out, const struct rs_cell_reader *cells,
                        const char *text, size_t len)
{
    size_t n = 0;

    if (cells->truth)
        n = rs_cell_truth(out, text, len);
    if (cells->dates)
        return rs_cell_date(out, text, len, cells->decimal);
    if (cells->loose && n == 0)
        n = rs_cell_loose(out, text, len, cells->decimal);
    return n;
}

/*
 * What a cell that does not mean missing everywhere says.
 * number  inout  [*len] its text, of its number where it is written otherwise,
 *                in room then
 * Returns NAN where it means missing among numbers.
 */
static enum rs_number_result read_cell(double *value, const char **number,
                                       size_t *len, char *room,
                                       const struct rs_cell_reader *cells)
{
    enum rs_number_result result =
        rs_number_read(value, *number, *len, cells->decimal);
    size_t n = 0;

    if (cells->dates && result != RS_NUMBER_NAN)
        result = RS_NUMBER_INVALID;
    if (result != RS_NUMBER_INVALID)
        return result;
    if (cells->loose ? is_na_within_blanks(cells, *number, *len)
                     : is_among(&cells->among, *number, *len))
        return RS_NUMBER_NAN;
    n = to_number(room, cells, *number, *len);
    if (n == 0)
        return RS_NUMBER_INVALID;
    *number = room;
    *len = n;
    return rs_number_read(value, room, n, cells->decimal);
}

double rs_cell_number(enum rs_fault_kind *fault,
                      const struct rs_cell_reader *cells, const char *text,
                      size_t len)
{
    char room[RS_CELL_ROOM];
    double value = 0.0;

    *fault = RS_FAULT_NONE;
    if (rs_cell_is_na(cells, text, len))
        return NAN;
    switch (read_cell(&value, &text, &len, room, cells)) {
    case RS_NUMBER_OK:
        return value;
    case RS_NUMBER_ROUNDED:
        *fault = is_value(cells, value) ? RS_FAULT_NONE : RS_FAULT_ROUNDED;
        return value;
    case RS_NUMBER_TOO_SMALL:
        *fault = is_value(cells, value) ? RS_FAULT_NONE : RS_FAULT_TOO_SMALL;
        return value;
    case RS_NUMBER_NAN:
        return rs_nan_word();
    case RS_NUMBER_OUT_OF_RANGE:
        *fault = RS_FAULT_OUT_OF_RANGE;
        return rs_nan_beyond();
    case RS_NUMBER_INVALID:
        break;
    }
    *fault = RS_FAULT_NOT_A_NUMBER;
    return rs_nan_text();
}

void rs_cell_drop_values(double *values, size_t n,
                         const struct rs_cell_reader *cells)
{
    for (size_t k = 0; k < cells->n_values; k++)
        for (size_t i = 0; i < n; i++)
            values[i] = values[i] == cells->values[k] ? NAN : values[i];
}

/* Whether a cell of a column of numbers that is not missing everywhere is its
 * own level, or the word nan, by its first byte. */
static bool is_own_level(const struct rs_cell_reader *cells, const char *text)
{
    return !cells->loose && !cells->truth && !cells->dates &&
           cells->n_values == 0 && !cells->among.first[(unsigned char)*text];
}

const char *rs_cell_level(size_t *len, char *room,
                          const struct rs_cell_reader *cells,
                          enum rs_level_rule rule, const char *text)
{
    double value = 0.0;

    if (rs_cell_is_na(cells, text, *len))
        return NULL;
    if (rule == RS_LEVEL_TEXT || is_own_level(cells, text))
        return text;
    if (read_cell(&value, &text, len, room, cells) == RS_NUMBER_NAN ||
        is_value(cells, value))
        return NULL;
    return text;
}
