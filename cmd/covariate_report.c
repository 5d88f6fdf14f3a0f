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

    if (use->constant)
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

enum rs_status rs_covariate_report(const struct rs_model_spec *spec,
                                   struct rs_error *err)
{
    struct rs_covariate_use *uses =
        rs_alloc(spec->n_covariates, sizeof *uses, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (uses != NULL)
        status = rs_covariate_uses(uses, spec, err);
    for (size_t i = 0; i < spec->n_covariates && status == RS_OK; i++)
        print_use(&spec->data->columns[spec->covariates[i]], &uses[i]);
    free(uses);
    return status;
}
