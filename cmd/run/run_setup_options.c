/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_setup.h"

#include "models.h"

#include <stdlib.h>

/*
 * What can be said of the options before anything is read.
 */

/* A number of the environment, within [0, most]; *out stays as it is when
 * there is none. */
static enum rs_status environment_number(double *out, const char *name,
                                         double most, struct rs_error *err)
{
    const char *text = getenv(name);
    char *end = NULL;

    if (text == NULL || text[0] == '\0')
        return RS_OK;
    *out = strtod(text, &end);
    if (*end != '\0' || !(*out >= 0.0 && *out <= most))
        return rs_error_set(err, RS_ERR_USAGE,
                            "%s: '%s' is not a number from 0 to %g", name, text,
                            most);
    return RS_OK;
}

/* How a database is written; the defaults are right outside tests, or where
 * rows must be seen at once. */
static enum rs_status read_environment(struct rs_run_setup *setup,
                                       struct rs_error *err)
{
    double bytes = 0.0;
    enum rs_status status = RS_OK;

    setup->retry_seconds = 60.0;
    status = environment_number(&setup->retry_seconds, "REGSWEEP_DB_RETRY",
                                86400.0, err);
    if (status == RS_OK)
        status = environment_number(&bytes, "REGSWEEP_DB_BATCH", 0x1p30, err);
    setup->batch_bytes = (size_t)bytes;
    return status;
}

/* What the options ask of the model, before anything is read. */
static enum rs_status check_model(const struct rs_model *model,
                                  const struct rs_settings *settings,
                                  struct rs_error *err)
{
    const struct {
        bool wanted;
        unsigned what;
        const char *setting;
    } asked[] = {
        {settings->writing.rows != RS_ROWS_OF_PAIRS, RS_CAN_TERMS, "rows"},
        {settings->selecting.weights.n > 0, RS_CAN_WEIGHTS, "weights"},
        {settings->testing.permute > 0, RS_CAN_PERMUTE, "permute"},
        {settings->testing.bootstrap > 0, RS_CAN_BOOTSTRAP, "bootstrap"},
    };
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        if (status == RS_OK && asked[i].wanted)
            status =
                rs_model_require(model, asked[i].what, asked[i].setting, err);
    return status;
}

/* --rows, and whether it goes with the kind of output. */
static enum rs_status find_rows(struct rs_run_setup *setup,
                                const struct rs_settings *settings,
                                struct rs_error *err)
{
    static const unsigned sets[] = {
        [RS_ROWS_OF_PAIRS] = RS_ROWS_PAIRS,
        [RS_ROWS_OF_TERMS] = RS_ROWS_TERMS,
        [RS_ROWS_OF_BOTH] = RS_ROWS_PAIRS | RS_ROWS_TERMS,
    };
    enum rs_target_kind kind = setup->target.kind;

    setup->rows = sets[settings->writing.rows];
    if (setup->rows == RS_ROWS_PAIRS)
        return RS_OK;
    if (kind == RS_TARGET_NPY)
        return rs_error_set(err, RS_ERR_USAGE,
                            "--rows: a matrix has one value for each pair");
    if (settings->writing.rows == RS_ROWS_OF_BOTH && kind != RS_TARGET_SQLITE &&
        kind != RS_TARGET_POSTGRES)
        return rs_error_set(err, RS_ERR_USAGE,
                            "--rows both fills two tables of a database; "
                            "write a text file by --rows pairs and another "
                            "by --rows terms");
    if (settings->writing.rows == RS_ROWS_OF_TERMS &&
        (settings->testing.adjust != NULL || settings->testing.permute > 0 ||
         settings->testing.bootstrap > 0))
        return rs_error_set(err, RS_ERR_USAGE,
                            "--rows terms: %s has columns in the rows of "
                            "pairs only (--rows pairs, or both)",
                            settings->testing.adjust != NULL ? "--adjust"
                            : settings->testing.permute > 0  ? "--permute"
                                                             : "--bootstrap");
    return RS_OK;
}

/* --columns are those of the rows of pairs where there are any. */
static enum rs_status find_columns(struct rs_run_setup *setup,
                                   const struct rs_settings *settings,
                                   struct rs_error *err)
{
    const struct rs_available of_terms = rs_result_columns_of_terms();
    struct rs_available available = {.terms = false};
    bool pairs = (setup->rows & RS_ROWS_PAIRS) != 0;
    enum rs_status status = RS_OK;

    for (int field = 0; field < RS_FIELD_COUNT; field++)
        available.fields[field] = rs_fields[field].need == RS_NEED_NOTHING;
    status =
        rs_corrections_options(&setup->corrections, settings, &available, err);
    if (status == RS_OK && pairs)
        status = rs_result_columns_parse(
            &setup->columns, settings->writing.columns, &available, err);
    if (status == RS_OK && (setup->rows & RS_ROWS_TERMS) != 0)
        status = rs_result_columns_parse(
            &setup->term_columns, pairs ? NULL : settings->writing.columns,
            &of_terms, err);
    rs_result_columns_name(&setup->columns,
                           (enum rs_naming)settings->writing.naming, false,
                           settings->modelling.conf_level);
    rs_result_columns_name(&setup->term_columns,
                           (enum rs_naming)settings->writing.naming, true,
                           settings->modelling.conf_level);
    return status;
}

/* Whether the result has one of the columns from first to last. */
static bool shows(const struct rs_run_setup *setup, int first, int last)
{
    const struct rs_result_columns *sets[] = {&setup->columns,
                                              &setup->term_columns};

    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < sets[k]->n; i++)
            if ((int)sets[k]->fields[i] >= first &&
                (int)sets[k]->fields[i] <= last)
                return true;
    return false;
}

static enum rs_status unused(const char *option, enum rs_field field,
                             struct rs_error *err)
{
    return rs_error_set(err, RS_ERR_USAGE,
                        "%s: --columns leaves out '%s', so that nothing of "
                        "it would be seen",
                        option, rs_fields[field].name);
}

/* An option that costs time, or that somebody relies on, must show. */
static enum rs_status check_shown(const struct rs_run_setup *setup,
                                  const struct rs_settings *settings,
                                  struct rs_error *err)
{
    if (settings->testing.adjust != NULL && !(settings->testing.q_max < 1.0) &&
        !settings->informing.summary &&
        !shows(setup, RS_FIELD_P_BONFERRONI,
               RS_FIELD_P_BONFERRONI + RS_ADJUST_COUNT - 1))
        return unused("--adjust",
                      (enum rs_field)(RS_FIELD_P_BONFERRONI +
                                      (int)setup->corrections.q_method),
                      err);
    if (settings->testing.permute > 0 &&
        !shows(setup, RS_FIELD_P_PERM, RS_FIELD_P_PERM))
        return unused("--permute", RS_FIELD_P_PERM, err);
    if (settings->testing.bootstrap > 0 &&
        !shows(setup, RS_FIELD_BOOT_LOW, RS_FIELD_BCA_HIGH))
        return unused("--bootstrap", RS_FIELD_BOOT_LOW, err);
    if (RS_GIVEN(settings, modelling.conf_level) &&
        settings->testing.bootstrap == 0 &&
        !shows(setup, RS_FIELD_CI_LOW, RS_FIELD_CI_HIGH))
        return rs_error_set(err, RS_ERR_USAGE,
                            "--conf-level: the result has no confidence "
                            "limits; add --columns +ci");
    return RS_OK;
}

/* What a matrix can hold. */
static enum rs_status check_matrix(struct rs_run_setup *setup,
                                   const struct rs_settings *settings,
                                   struct rs_error *err)
{
    const struct rs_result_columns *columns = &setup->columns;

    if (settings->keeping.top > 0 || settings->keeping.top_per_y > 0 ||
        settings->keeping.top_per_x > 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "--top does not go with a matrix (npy); --p-max "
                            "and --r2-min do");
    if (settings->writing.columns == NULL || columns->n != 1)
        return rs_error_set(err, RS_ERR_USAGE,
                            "--columns: a matrix (npy) has one number of "
                            "every pair; name one column, such as --columns "
                            "beta");
    if (rs_fields[columns->fields[0]].kind == RS_KIND_TEXT)
        return rs_error_set(err, RS_ERR_USAGE,
                            "--columns: a matrix (npy) has numbers, and '%s' "
                            "is a text",
                            columns->names[0]);
    if (rs_fields[columns->fields[0]].need != RS_NEED_NOTHING &&
        rs_fields[columns->fields[0]].need != RS_NEED_ADJUST)
        return rs_error_set(err, RS_ERR_USAGE,
                            "--columns: a matrix (npy) cannot hold '%s'",
                            columns->names[0]);
    if (settings->writing.digits > 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "--digits does not go with a matrix (npy)");
    if (RS_GIVEN(settings, writing.naming))
        return rs_error_set(err, RS_ERR_USAGE,
                            "--naming does not go with a matrix (npy), which "
                            "has no names of result columns");
    setup->values.field = rs_fields[columns->fields[0]].need == RS_NEED_ADJUST
                              ? RS_VALUE_LOG_P /* until rs_run_setup_finish */
                              : (int)columns->fields[0];
    return RS_OK;
}

enum rs_status rs_run_setup_options(struct rs_run_setup *setup,
                                    const struct rs_settings *settings,
                                    struct rs_error *err)
{
    enum rs_status status = RS_OK;

    setup->model = rs_model_find(settings->modelling.model);
    if (setup->model == NULL)
        return rs_error_set(err, RS_ERR_USAGE, "--model: no model '%s'",
                            settings->modelling.model);
    status = check_model(setup->model, settings, err);
    if (status == RS_OK)
        status = rs_target_find(&setup->target, settings, err);
    if (status == RS_OK)
        status = read_environment(setup, err);
    if (status == RS_OK)
        status = find_rows(setup, settings, err);
    if (status == RS_OK)
        status = find_columns(setup, settings, err);
    if (status == RS_OK && setup->target.kind == RS_TARGET_NPY)
        status = check_matrix(setup, settings, err);
    if (status == RS_OK)
        status = check_shown(setup, settings, err);
    return status;
}
