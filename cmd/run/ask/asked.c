/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "asked.h"

#include "errors.h"
#include "models.h"
#include "pool_groups.h"
#include "value_ask.h"

#include <string.h>

static enum rs_status find_errors(struct rs_asked *asked, struct rs_error *err)
{
    const char *se = asked->settings->modelling.se;
    bool survey = asked->settings->modelling.survey;

    asked->errors = rs_errors_find(survey ? "survey" : se);
    if (asked->errors != NULL &&
        (survey || (asked->errors->asks & RS_ERRORS_OF_DESIGN) == 0))
        return RS_OK;
    return rs_value_refuse_named("se", se, err);
}

enum rs_status rs_asked_model(struct rs_asked *asked, struct rs_error *err)
{
    const struct rs_settings *settings = asked->settings;
    const struct {
        bool wanted;
        unsigned what;
        const char *setting;
    } wants[] = {
        {settings->writing.rows != RS_ROWS_OF_PAIRS, RS_CAN_TERMS, "rows"},
        {settings->selecting.weights.n > 0, RS_CAN_WEIGHTS, "weights"},
        {settings->selecting.weights_for.n > 0, RS_CAN_WEIGHTS, "weights-for"},
        {settings->testing.permute > 0, RS_CAN_PERMUTE, "permute"},
        {settings->testing.bootstrap > 0, RS_CAN_BOOTSTRAP, "bootstrap"},
        {settings->selecting.covariates.n > 0, RS_CAN_COVARIATES, "covariates"},
        {settings->modelling.model_sets.n > 0, RS_CAN_COVARIATES, "model-set"},
        {settings->modelling.compare, RS_CAN_LINE, "compare"},
        {strcmp(settings->modelling.se, "classical") != 0, RS_CAN_LINE, "se"},
        {settings->modelling.survey, RS_CAN_LINE, "survey"},
        {settings->modelling.no_intercept, RS_CAN_LINE, "no-intercept"},
        {settings->keeping.r2_min > 0.0, RS_CAN_LINE, "r2-min"},
        {settings->keeping.partial_r2_min > 0.0, RS_CAN_TILE, "partial-r2-min"},
        {rs_settings_given(settings,
                           offsetof(struct rs_settings, modelling.conf_level)),
         RS_CAN_LINE, "conf-level"},
        {settings->selecting.pool_groups != RS_POOLING_NONE, RS_CAN_LINE,
         "pool-groups"},
        {settings->modelling.interact.n > 0, RS_CAN_BLOCKS, "interact"},
        {settings->modelling.poly > 0, RS_CAN_BLOCKS, "poly"},
    };
    enum rs_status status = RS_OK;

    asked->model = rs_model_find(settings->modelling.model);
    if (asked->model == NULL)
        return rs_value_refuse_named("model", settings->modelling.model, err);
    for (size_t i = 0; i < sizeof wants / sizeof wants[0]; i++)
        if (status == RS_OK && wants[i].wanted)
            status = rs_model_require(asked->model, wants[i].what,
                                      wants[i].setting, err);
    return status == RS_OK ? find_errors(asked, err) : status;
}

enum rs_status rs_asked_output(struct rs_asked *asked, struct rs_error *err)
{
    const struct rs_writing_settings *writing = &asked->settings->writing;
    static const unsigned sets[] = {
        [RS_ROWS_OF_PAIRS] = RS_ROWS_PAIRS,
        [RS_ROWS_OF_TERMS] = RS_ROWS_TERMS,
        [RS_ROWS_OF_BOTH] = RS_ROWS_PAIRS | RS_ROWS_TERMS,
    };

    asked->rows = sets[writing->rows];
    return rs_target_find(&asked->target, writing, err);
}

enum rs_status rs_asked_adjust(struct rs_asked *asked, struct rs_error *err)
{
    const struct rs_testing_settings *testing = &asked->settings->testing;
    enum rs_status status = rs_adjust_list_read(&asked->adjust, testing, err);

    return status == RS_OK
               ? rs_family_read(&asked->family, testing->family, err)
               : status;
}

/* The columns of a pair that something fills. */
static struct rs_available available_of(const struct rs_asked *asked)
{
    const struct rs_testing_settings *testing = &asked->settings->testing;
    struct rs_available available = rs_result_columns_of(RS_ROWS_PAIRS);

    for (int i = 0; i < RS_ADJUST_COUNT; i++)
        available.fields[RS_FIELD_P_BONFERRONI + i] =
            (asked->adjust.methods & rs_adjust_bit((enum rs_adjust)i)) != 0;
    for (int i = RS_FIELD_POOLED; i <= RS_FIELD_I2; i++)
        available.fields[i] =
            asked->settings->selecting.pool_groups != RS_POOLING_NONE;
    available.fields[RS_FIELD_P_PERM] = testing->permute > 0;
    /* all that such a model finds */
    available.also[RS_FIELD_R] = (asked->model->can & RS_CAN_LINE) == 0;
    for (int i = RS_FIELD_BOOT_LOW; i <= RS_FIELD_BCA_HIGH; i++)
        available.fields[i] = testing->bootstrap > 0;
    available.fields[RS_FIELD_D_BETA] = asked->settings->modelling.compare;
    available.fields[RS_FIELD_D_R2] = asked->settings->modelling.compare;
    return available;
}

/* What rows of categories, and of F, need to be understood. Tables of a
 * database have it, for the runs that are still to be appended. */
static void show_also(struct rs_available *available,
                      const struct rs_row_kinds *kinds, bool always)
{
    bool levels = kinds->levels || always;

    available->also[RS_FIELD_LEVEL] = levels;
    available->also[RS_FIELD_REFERENCE] = levels;
    available->also[RS_FIELD_DF1] = levels || kinds->f;
    available->always[RS_FIELD_LEVEL] = always;
    available->always[RS_FIELD_REFERENCE] = always;
    available->always[RS_FIELD_DF1] = always;
}

/* What is known of the rows, and so of the meaning of their columns.
 * rows  in  RS_NAMES_PAIRS or RS_NAMES_TERMS
 * f     in  some are tested by F */
static struct rs_naming naming_of(const struct rs_asked *asked, unsigned rows,
                                  bool f)
{
    const struct rs_settings *settings = asked->settings;
    const struct rs_selecting_settings *selecting = &settings->selecting;
    bool line = (asked->model->can & RS_CAN_LINE) != 0;
    bool weighted = selecting->weights.n > 0 || selecting->weights_for.n > 0;
    /* of rank correlations one is z, and none has such a tool */
    bool z = !line || selecting->pool_groups != RS_POOLING_NONE;
    bool counted = (asked->errors->asks &
                    (RS_ERRORS_OF_CLUSTERS | RS_ERRORS_OF_DESIGN)) != 0;
    unsigned facts = rows | (z || f ? 0U : RS_NAMES_T) |
                     (z ? 0U : RS_NAMES_T_OR_F) |
                     (weighted ? 0U : RS_NAMES_UNWEIGHTED) |
                     (counted ? 0U : RS_NAMES_RESIDUAL_DF);

    if (line && asked->errors->meat == NULL)
        facts |= RS_NAMES_CLASSICAL;
    return (struct rs_naming){
        .style = (enum rs_naming_style)settings->writing.naming,
        .facts = facts,
        .conf_level = settings->modelling.conf_level,
    };
}

/* --columns are those of the rows of pairs where there are any. */
enum rs_status rs_asked_show(struct rs_asked *asked,
                             const struct rs_row_kinds *kinds,
                             struct rs_error *err)
{
    const struct rs_writing_settings *writing = &asked->settings->writing;
    struct rs_available of_pairs = available_of(asked);
    struct rs_available of_terms = rs_result_columns_of(RS_ROWS_TERMS);
    struct rs_naming as_pairs = naming_of(asked, RS_NAMES_PAIRS, kinds->f);
    struct rs_naming as_terms =
        naming_of(asked, RS_NAMES_TERMS, kinds->f_of_terms);
    bool pairs = (asked->rows & RS_ROWS_PAIRS) != 0;
    bool runs = rs_output_can(asked->target.kind, RS_OUTPUT_RUNS);
    enum rs_status status = RS_OK;

    if ((asked->model->can & RS_CAN_LINE) != 0) {
        of_pairs.first = rs_naming_shown(&as_pairs);
        of_terms.first = rs_naming_shown(&as_terms);
    }
    show_also(&of_pairs, kinds, runs);
    show_also(&of_terms, kinds, runs);
    if (pairs)
        status = rs_result_columns_parse(&asked->columns, writing->columns,
                                         &of_pairs, err);
    if (status == RS_OK && (asked->rows & RS_ROWS_TERMS) != 0)
        status = rs_result_columns_parse(&asked->term_columns,
                                         pairs ? NULL : writing->columns,
                                         &of_terms, err);
    rs_result_columns_name(&asked->columns, &as_pairs);
    rs_result_columns_name(&asked->term_columns, &as_terms);
    return status;
}

enum rs_status rs_asked_columns(struct rs_asked *asked, struct rs_error *err)
{
    const struct rs_row_kinds unknown = {false, false, false};

    return rs_asked_show(asked, &unknown, err);
}

bool rs_asked_shows(const struct rs_asked *asked, int first, int last)
{
    const struct rs_result_columns *sets[] = {&asked->columns,
                                              &asked->term_columns};

    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < sets[k]->n; i++)
            if ((int)sets[k]->fields[i] >= first &&
                (int)sets[k]->fields[i] <= last)
                return true;
    return false;
}
