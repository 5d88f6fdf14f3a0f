/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "not_numeric.h"

#include "bad_cells.h"

/* Most cells are numbers. */
#define SOME "{%s}: column '%s' is not numeric: %s ('%s'"
#define CURE "; {na} '%s' makes %s missing"
/* Most are not. */
#define TEXT       "{%s}: column '%s' is not numeric: '%s' is %s"
#define CATEGORIES "{factor} makes it categories"

/* Fields before the samples, as files have them. */
enum { MOST_LEADING = 10 };

/* Where the cell stands. */
static enum rs_status at_cell(struct rs_error *err,
                              const struct rs_column *column,
                              const struct rs_table *table)
{
    const struct rs_fault *fault = &column->fault;

    if (err == NULL)
        return RS_ERR_MALFORMED;
    err->line = fault->line;
    err->column = fault->field > 0 ? fault->field : column->file_ix + 1;
    return rs_error_in_file(err, RS_ERR_MALFORMED,
                            rs_table_path(table, column->file_ix));
}

/* Of a column of numbers, but for some cells. */
static void set_some(struct rs_error *err, const struct rs_column *column,
                     const struct rs_table *table, const char *setting, bool x)
{
    struct rs_bad_cells bad;

    rs_bad_cells_find(&bad, column, table);
    if (bad.na[0] != '\0' && x)
        (void)rs_error_set(err, RS_ERR_MALFORMED, SOME CURE ", " CATEGORIES ")",
                           setting, column->name, bad.count, bad.first, bad.na,
                           bad.them);
    else if (bad.na[0] != '\0')
        (void)rs_error_set(err, RS_ERR_MALFORMED, SOME CURE ")", setting,
                           column->name, bad.count, bad.first, bad.na,
                           bad.them);
    else
        (void)rs_error_set(err, RS_ERR_MALFORMED,
                           x ? SOME "; " CATEGORIES ")" : SOME ")", setting,
                           column->name, bad.count, bad.first);
}

static void set_text(struct rs_error *err, const struct rs_column *column,
                     const char *setting, bool x)
{
    (void)rs_error_set(err, RS_ERR_MALFORMED,
                       x ? TEXT " (" CATEGORIES ")" : TEXT, setting,
                       column->name, column->fault.text,
                       column->fault.kind == RS_FAULT_OUT_OF_RANGE
                           ? "beyond the range of a double"
                           : "not a number");
}

/* The sample in whose place a word stands that may be no sample's: one of the
 * first fields of a file with a variable a line. NULL: there is none. */
static const char *doubtful_sample(const struct rs_column *column,
                                   const struct rs_table *table)
{
    const struct rs_fault *fault = &column->fault;
    const char *sample =
        fault->field > 0 && fault->field <= MOST_LEADING
            ? rs_table_sample(table, column->file_ix, fault->field)
            : NULL;
    char c = fault->text[0];
    bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

    return is_word ? sample : NULL;
}

static void set_sample(struct rs_error *err, const struct rs_column *column,
                       const char *setting, const char *sample)
{
    (void)rs_error_set(err, RS_ERR_MALFORMED,
                       "{%s}: column '%s' is not numeric: '%s' is not a number "
                       "in '%s' ({leading} %zu if that is no sample)",
                       setting, column->name, column->fault.text, sample,
                       column->fault.field);
}

static enum rs_status refuse(const struct rs_column *column,
                             const struct rs_table *table, const char *setting,
                             bool x, struct rs_error *err)
{
    const char *sample = doubtful_sample(column, table);

    if (sample != NULL)
        set_sample(err, column, setting, sample);
    else if (rs_bad_cells_has(column))
        set_some(err, column, table, setting, x);
    else
        set_text(err, column, setting, x);
    return at_cell(err, column, table);
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
