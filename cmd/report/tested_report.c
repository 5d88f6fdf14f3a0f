/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tested_report.h"

#include "errors.h"
#include "human.h"
#include "run_kinds.h"

#include <stdio.h>
#include <string.h>

static void interaction_text(char *text, const struct rs_run *run)
{
    const char *z = run->input.data->columns[*run->spec.interact].name;

    if (run->spec.test_all)
        (void)snprintf(text, RS_TESTED_TEXT, "x and x:%.60s together", z);
    else
        (void)snprintf(text, RS_TESTED_TEXT,
                       "x:%.60s, how much the effect of x depends on '%.60s'",
                       z, z);
}

bool rs_tested_text(char *text, const struct rs_run *run)
{
    const char *model = run->asked.model->name;

    if (run->spec.interact != NULL)
        interaction_text(text, run);
    else if (run->spec.poly > 1 && run->spec.test_all)
        (void)snprintf(text, RS_TESTED_TEXT, "x to x^%u together",
                       run->spec.poly);
    else if (run->spec.poly > 1)
        (void)snprintf(text, RS_TESTED_TEXT, "x^%u, beside the lower powers",
                       run->spec.poly);
    else if ((run->asked.model->can & RS_CAN_LINE) == 0)
        (void)snprintf(text, RS_TESTED_TEXT, "the rank correlation (%s)",
                       model);
    else
        return false;
    return true;
}

/* Adds `, WORDS 'NAME'` of a column; RS_NO_COLUMN: nothing. */
static void add_column(char *text, const struct rs_run *run, const char *words,
                       size_t column)
{
    size_t used = strlen(text);

    if (column != RS_NO_COLUMN)
        (void)snprintf(text + used, RS_TESTED_TEXT - used, "%s '%.60s'", words,
                       run->input.data->columns[column].name);
}

static void survey_text(char *text, const struct rs_run *run)
{
    const struct rs_errors_ask *ask = &run->errors_ask;
    const struct rs_dataset *data = run->input.data;
    size_t n_strata = ask->strata == RS_NO_COLUMN
                          ? 1
                          : data->columns[ask->strata].levels->n_levels;
    size_t n_psus = 0;
    struct rs_human strata;
    struct rs_human psus;

    for (size_t s = 0; s < n_strata; s++)
        n_psus += run->n_psus[s];
    (void)snprintf(
        text, RS_TESTED_TEXT, "of a survey of %s PSU%s in %s strat%s%s",
        rs_human_count(&psus, n_psus), rs_plural(n_psus),
        rs_human_count(&strata, n_strata), n_strata == 1 ? "um" : "a",
        run->input.weighted || run->input.weights_of != NULL
            ? ""
            : ", each row of the same weight");
}

bool rs_errors_text(char *text, const struct rs_run *run)
{
    const struct rs_errors_ask *ask = &run->errors_ask;
    const struct rs_errors_kind *kind = rs_errors_of(&run->spec);

    if (!rs_errors_robust(&run->spec))
        return false;
    if ((kind->asks & RS_ERRORS_OF_DESIGN) != 0) {
        survey_text(text, run);
        return true;
    }
    (void)snprintf(text, RS_TESTED_TEXT, "%s", kind->name);
    for (size_t c = 0; c < ask->n_clusters; c++)
        add_column(text, run, c == 0 ? ", by" : " and", ask->clusters[c]);
    if ((kind->asks & RS_ERRORS_OF_LAGS) != 0)
        (void)snprintf(text, RS_TESTED_TEXT, "%s, lag %zu", kind->name,
                       ask->lag);
    add_column(text, run, ", in the order of", ask->time);
    return true;
}

bool rs_unpooled_text(char *text, const struct rs_run *run)
{
    const struct rs_input *input = &run->input;
    size_t n = 0;
    size_t first = 0;
    char more[48] = "";
    struct rs_human text_n;

    if (run->settings->selecting.pool_groups == RS_POOLING_NONE)
        return false;
    for (size_t i = input->n_x; i-- > 0;)
        if (rs_run_kinds_f(run, input->x[i])) {
            first = input->x[i];
            n++;
        }
    if (n > 1)
        (void)snprintf(more, sizeof more, " and %s more x",
                       rs_human_count(&text_n, n - 1));
    if (n > 0)
        (void)snprintf(text, RS_TESTED_TEXT,
                       "'%.60s'%s, tested by F, which has no slope",
                       input->data->columns[first].name, more);
    return n > 0;
}
