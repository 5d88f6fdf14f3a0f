/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "not_numeric.h"

#include "bad_cells.h"
#include "cell_hint.h"

#include <stdio.h>

/* Fields before the samples, as files have them. */
enum { MOST_LEADING = 10 };

static size_t field_of(const struct rs_column *column)
{
    return column->fault.field > 0 ? column->fault.field : column->file_ix + 1;
}

/* Most cells are numbers. */
static enum rs_status refuse_some(const struct rs_column *column,
                                  const struct rs_table *table,
                                  const char *setting, bool x,
                                  struct rs_error *err)
{
    struct rs_bad_cells bad;
    char format[RS_ERROR_TEXT];

    rs_bad_cells_find(&bad, column, table);
    (void)snprintf(format, sizeof format,
                   "{%%s}: column '%%s' is not numeric: %%s ('%%s'%s%s)",
                   bad.cure, x ? "; {factor} makes it categories" : "");
    return rs_error_set_at(
        err, RS_ERR_MALFORMED, rs_table_path(table, column->file_ix),
        column->fault.line, field_of(column), format, setting, column->name,
        bad.count, bad.first, bad.value);
}

/* Few are. */
static enum rs_status refuse_text(const struct rs_column *column,
                                  const struct rs_table *table,
                                  const char *setting, bool x,
                                  struct rs_error *err)
{
    enum rs_cell_hint hint =
        rs_cell_hint(column->fault.text, rs_table_decimal(table));
    char format[RS_ERROR_TEXT];
    char name[RS_ERROR_TEXT / 4];

    rs_cell_hint_column(name, sizeof name, column->name);
    (void)snprintf(format, sizeof format,
                   "{%%s}: column '%%s' is not numeric: '%%s' %s%s",
                   column->fault.kind == RS_FAULT_OUT_OF_RANGE
                       ? "is beyond the range of a double"
                       : rs_cell_hint_formats[hint],
                   x ? " ({factor} makes it categories)" : "");
    return rs_error_set_at(err, RS_ERR_MALFORMED,
                           rs_table_path(table, column->file_ix),
                           column->fault.line, field_of(column), format,
                           setting, column->name, column->fault.text, name);
}

/* Numbers, all of which have words. */
static enum rs_status refuse_label(const struct rs_column *column,
                                   const struct rs_table *table,
                                   const char *setting, struct rs_error *err)
{
    return rs_error_set_at(err, RS_ERR_MALFORMED,
                           rs_table_path(table, column->file_ix), 0, 0,
                           "{%s}: column '%s' is not numeric: '%s' is a label; "
                           "{no-labels} takes the numbers",
                           setting, column->name, column->fault.text);
}

/* The sample in whose place a word stands that may be no sample's: one of the
 * first fields of a file with a variable a line. NULL: there is none. */
static const char *doubtful_sample(const struct rs_column *column,
                                   const struct rs_table *table)
{
    const struct rs_fault *fault = &column->fault;
    char c = fault->text[0];
    bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

    return is_word && fault->field > 0 && fault->field <= MOST_LEADING
               ? rs_table_sample(table, column->file_ix, fault->field)
               : NULL;
}

static enum rs_status refuse_sample(const struct rs_column *column,
                                    const struct rs_table *table,
                                    const char *setting, const char *sample,
                                    struct rs_error *err)
{
    return rs_error_set_at(
        err, RS_ERR_MALFORMED, rs_table_path(table, column->file_ix),
        column->fault.line, column->fault.field,
        "{%s}: column '%s' is not numeric: '%s' is not a "
        "number in '%s' ({leading} %zu if that is no sample)",
        setting, column->name, column->fault.text, sample, column->fault.field);
}

static enum rs_status refuse(const struct rs_column *column,
                             const struct rs_table *table, const char *setting,
                             bool x, struct rs_error *err)
{
    const char *sample = doubtful_sample(column, table);

    if (column->labelled.all)
        return refuse_label(column, table, setting, err);
    if (sample != NULL)
        return refuse_sample(column, table, setting, sample, err);
    return rs_bad_cells_has(column)
               ? refuse_some(column, table, setting, x, err)
               : refuse_text(column, table, setting, x, err);
}

enum rs_status rs_not_numeric(const struct rs_column *column,
                              const struct rs_table *table, const char *setting,
                              struct rs_error *err)
{
    return refuse(column, table, setting, false, err);
}

enum rs_status rs_not_numeric_x(const struct rs_column *column,
                                const struct rs_table *table,
                                struct rs_error *err)
{
    return refuse(column, table, "independent", true, err);
}
