/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "covariate_report.h"

#include "covariate_use.h"
#include "human.h"
#include "mem.h"
#include "message.h"

#include <stdlib.h>

static void print_use(const struct rs_column *column,
                      const struct rs_covariate_use *use)
{
    struct rs_human n;
    struct rs_human of;

    if (use->infinite)
        rs_message("covariate '%s' has infinite values: no pair can be fitted",
                   column->name);
    else if (use->constant)
        rs_message("left out: covariate '%s', which is constant", column->name);
    else if (use->n_dropped == 0)
        return;
    else if (use->n_dropped == use->n_columns)
        rs_message("left out: covariate '%s', which earlier ones explain%s",
                   column->name,
                   column->factor == NULL ? " to within its rounding" : "");
    else
        rs_message("left out: %s of %s levels of covariate '%s', which "
                   "earlier covariates explain",
                   rs_human_count(&n, use->n_dropped),
                   rs_human_count(&of, use->n_columns + 1), column->name);
}

/* No row has all covariates: the one that lacks most is named. */
static void print_no_rows(const struct rs_spec *spec)
{
    const struct rs_column *most = &spec->data->columns[spec->covariates[0]];
    struct rs_human n;

    for (size_t i = 1; i < spec->n_covariates; i++) {
        const struct rs_column *column =
            &spec->data->columns[spec->covariates[i]];
        if (column->n_missing > most->n_missing)
            most = column;
    }
    rs_message("no row has all covariates%s: '%s' is missing in %s of %s",
               spec->weights == NULL ? "" : " and a weight above 0", most->name,
               rs_human_count(&n, most->n_missing),
               rs_human_count(&(struct rs_human){{0}}, spec->data->n_rows));
}

enum rs_status rs_covariate_report(const struct rs_spec *spec,
                                   struct rs_error *err)
{
    struct rs_covariate_use *uses =
        rs_alloc(spec->n_covariates, sizeof *uses, err);
    size_t n = 0;
    enum rs_status status = RS_ERR_NOMEM;

    if (uses != NULL)
        status = rs_covariate_uses(uses, &n, spec, err);
    if (status == RS_OK && n == 0 && spec->n_covariates > 0)
        print_no_rows(spec);
    for (size_t i = 0; i < spec->n_covariates && status == RS_OK; i++)
        print_use(&spec->data->columns[spec->covariates[i]], &uses[i]);
    free(uses);
    return status;
}
