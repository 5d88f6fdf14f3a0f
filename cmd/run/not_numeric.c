/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "not_numeric.h"

#include "bad_cells.h"

/* Most cells are numbers. */
#define SOME "{%s}: column '%s' is not numeric: %s ('%s'"
#define CURE "; {na} '%s' makes %s missing"
/* Most are not. */
#define TEXT       "{%s}: column '%s' is not numeric: '%s' is %s"
#define CATEGORIES "{factor} makes it categories"

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

static enum rs_status refuse(const struct rs_column *column,
                             const struct rs_table *table, const char *setting,
                             bool x, struct rs_error *err)
{
    if (column->labelled.all)
        (void)rs_error_set(err, RS_ERR_MALFORMED,
                           TEXT "; {no-labels} takes the numbers", setting,
                           column->name, column->fault.text, "a label");
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
