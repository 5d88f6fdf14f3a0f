/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules_shared.h"

#include "outputs_meet.h"

#include <string.h>

static bool can(const struct rs_asked *asked, unsigned what)
{
    return rs_output_can(asked->target.kind, what);
}

bool rs_when_to_stdout(const struct rs_asked *asked)
{
    return strcmp(asked->settings->writing.output, "-") == 0;
}

bool rs_when_to_database(const struct rs_asked *asked)
{
    return can(asked, RS_OUTPUT_RUNS);
}

bool rs_when_to_no_database(const struct rs_asked *asked)
{
    return !can(asked, RS_OUTPUT_RUNS);
}

/* A remark that nobody would find again. */
bool rs_when_unkept_note(const struct rs_asked *asked)
{
    return rs_when_to_no_database(asked) &&
           asked->settings->informing.log == NULL;
}

bool rs_when_logs_to_stdout(const struct rs_asked *asked)
{
    const char *log = asked->settings->informing.log;

    return log[0] == '\0' || rs_outfile_is_stdout(log);
}

bool rs_when_logs_to_output(const struct rs_asked *asked)
{
    return rs_outputs_meet(asked->settings->informing.log, asked->target.path);
}

bool rs_when_to_no_digits(const struct rs_asked *asked)
{
    return !can(asked, RS_OUTPUT_DIGITS);
}

/* To a database that has no texts of them. */
bool rs_when_to_numbers(const struct rs_asked *asked)
{
    return rs_when_to_database(asked) && rs_when_to_no_digits(asked);
}

bool rs_when_to_matrix(const struct rs_asked *asked)
{
    return can(asked, RS_OUTPUT_MATRIX);
}

bool rs_when_list_to_matrix(const struct rs_asked *asked)
{
    return rs_when_listed(asked) && rs_when_to_matrix(asked);
}

bool rs_when_to_no_rows(const struct rs_asked *asked)
{
    return !can(asked, RS_OUTPUT_ROWS);
}

bool rs_when_terms(const struct rs_asked *asked)
{
    return asked->rows != RS_ROWS_PAIRS;
}

bool rs_when_terms_to_no_rows(const struct rs_asked *asked)
{
    return rs_when_terms(asked) && rs_when_to_no_rows(asked);
}

bool rs_when_both_to_one(const struct rs_asked *asked)
{
    return asked->settings->writing.rows == RS_ROWS_OF_BOTH &&
           !can(asked, RS_OUTPUT_BOTH);
}

bool rs_when_terms_alone(const struct rs_asked *asked)
{
    return asked->rows == RS_ROWS_TERMS;
}

bool rs_when_pairs_alone(const struct rs_asked *asked)
{
    return !rs_when_terms(asked);
}

/* Measures of least squares, of a model that fits none. */
bool rs_when_measures_ranks(const struct rs_asked *asked)
{
    return (asked->model->can & RS_CAN_LINE) == 0 &&
           rs_asked_shows(asked, RS_FIELD_STD_BETA, RS_FIELD_DROPPED);
}

bool rs_when_hides_p_perm(const struct rs_asked *asked)
{
    return !rs_asked_shows(asked, RS_FIELD_P_PERM, RS_FIELD_P_PERM);
}

bool rs_when_hides_boot(const struct rs_asked *asked)
{
    return !rs_asked_shows(asked, RS_FIELD_BOOT_LOW, RS_FIELD_BCA_HIGH);
}

/* No intervals of a level, whose are also the bootstrap's. */
bool rs_when_hides_limits(const struct rs_asked *asked)
{
    return asked->settings->testing.bootstrap == 0 &&
           !rs_asked_shows(asked, RS_FIELD_CI_LOW, RS_FIELD_CI_HIGH) &&
           !rs_asked_shows(asked, RS_FIELD_R_LOW, RS_FIELD_R_HIGH);
}

enum rs_status rs_check_place(struct rs_asked *asked, struct rs_error *err)
{
    return rs_target_check_place(&asked->target, err);
}

/* Whether a column is of a line of y on x. */
static bool is_of_line(enum rs_field field)
{
    switch (field) {
    case RS_FIELD_INTERCEPT:
    case RS_FIELD_BETA:
    case RS_FIELD_SE:
    case RS_FIELD_CI_LOW:
    case RS_FIELD_CI_HIGH:
    case RS_FIELD_R_LOW:
    case RS_FIELD_R_HIGH:
    case RS_FIELD_R2:
    case RS_FIELD_ADJ_R2:
    case RS_FIELD_F:
    case RS_FIELD_F_P:
    case RS_FIELD_SIGMA:
    case RS_FIELD_AIC:
    case RS_FIELD_BIC:
    case RS_FIELD_LOGLIK:
        return true;
    default:
        return false;
    }
}

/* What a matrix is of: one column, and no names of it. */
enum rs_status rs_check_cells(struct rs_asked *asked, struct rs_error *err)
{
    const struct rs_result_columns *columns = &asked->columns;
    enum rs_field field = columns->fields[0];
    const char *what = asked->target.kind->what;

    if (asked->settings->writing.columns == NULL || columns->n != 1)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{columns}: %s has one number of every pair; "
                            "name one column, such as {columns} beta",
                            what);
    if (rs_source_is_text(rs_fields[field].source))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{columns}: %s has numbers, and '%s' is a text",
                            what, columns->names[0]);
    if ((asked->model->can & RS_CAN_LINE) == 0 && is_of_line(field))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{columns}: model '%s' has no '%s'",
                            asked->model->name, rs_fields[field].name);
    if (rs_fields[field].source == RS_FROM_ADDED &&
        rs_fields[field].need != RS_NEED_ADJUST)
        return rs_error_set(err, RS_ERR_USAGE, "{columns}: %s cannot hold '%s'",
                            what, columns->names[0]);
    return RS_OK;
}

/* Adjusted p that nobody sees, nor a condition or the table of the summary. */
enum rs_status rs_check_adjust(struct rs_asked *asked, struct rs_error *err)
{
    const struct rs_settings *settings = asked->settings;
    int first = RS_FIELD_P_BONFERRONI;

    if (settings->testing.adjust == NULL || settings->testing.q_max < 1.0 ||
        settings->informing.summary ||
        rs_asked_shows(asked, first, first + RS_ADJUST_COUNT - 1))
        return RS_OK;
    return rs_error_set(err, RS_ERR_USAGE,
                        "{adjust}: {columns} leaves out '%s', so that nothing "
                        "of it would be seen",
                        rs_fields[first + (int)asked->adjust.q_method].name);
}
