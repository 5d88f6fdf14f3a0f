/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "covariate_notices.h"

#include "covariate_use.h"
#include "human.h"
#include "mem.h"
#include "shortage.h"

#include <stdlib.h>

#define WARN(...) rs_notices_add(notices, RS_NOTICE_WARNING, err, __VA_ARGS__)

static enum rs_status tell_use(struct rs_notices *notices,
                               const struct rs_column *column,
                               const struct rs_covariate_use *use,
                               struct rs_error *err)
{
    struct rs_human n;
    struct rs_human of;

    if (use->infinite)
        return WARN("covariate '%s' has infinite values: no pair can be "
                    "fitted ({na} '+inf,-inf' makes them missing)",
                    column->name);
    if (use->constant)
        return WARN("left out: covariate '%s', which is constant",
                    column->name);
    if (use->n_dropped == 0)
        return RS_OK;
    if (use->n_dropped == use->n_columns)
        return WARN("left out: covariate '%s', which earlier ones explain%s",
                    column->name,
                    column->factor == NULL ? " to within its rounding" : "");
    return WARN("left out: %s of %s levels of covariate '%s', which earlier "
                "covariates explain",
                rs_human_count(&n, use->n_dropped),
                rs_human_count(&of, use->n_columns + 1), column->name);
}

/* No row has all covariates: the one that lacks most is named. */
static enum rs_status tell_no_rows(struct rs_notices *notices,
                                   const struct rs_spec *spec,
                                   struct rs_error *err)
{
    const struct rs_column *most = &spec->data->columns[spec->covariates[0]];
    struct rs_human n;
    struct rs_human of;

    for (size_t i = 1; i < spec->n_covariates; i++) {
        const struct rs_column *column =
            &spec->data->columns[spec->covariates[i]];
        if (column->n_missing > most->n_missing)
            most = column;
    }
    return WARN("no row has all covariates%s: '%s' is missing in %s of %s "
                "(leave it out of {covariates})",
                spec->weights == NULL ? "" : " and a weight above 0",
                most->name, rs_human_count(&n, most->n_missing),
                rs_human_count(&of, spec->data->n_rows));
}

enum rs_status rs_covariate_notices(struct rs_notices *notices, bool *none,
                                    const struct rs_spec *spec,
                                    struct rs_error *err)
{
    struct rs_covariate_use *uses =
        rs_alloc(spec->n_covariates, sizeof *uses, err);
    size_t n = 0;
    enum rs_status status = RS_ERR_NOMEM;

    if (uses != NULL)
        status = rs_covariate_uses(uses, &n, spec, err);
    if (status == RS_OK && n == 0 && spec->n_covariates > 0) {
        *none = true;
        status = tell_no_rows(notices, spec, err);
    }
    for (size_t i = 0; i < spec->n_covariates && status == RS_OK; i++)
        status = tell_use(notices, &spec->data->columns[spec->covariates[i]],
                          &uses[i], err);
    free(uses);
    return status;
}

enum rs_status rs_shortage_notice(struct rs_notices *notices, bool *found,
                                  const struct rs_spec *spec,
                                  struct rs_error *err)
{
    struct rs_shortage shortage;
    bool is_short = false;
    const char *name = NULL;
    struct rs_human levels;
    struct rs_human rows;
    struct rs_human rank;
    enum rs_status status = rs_shortage_find(&shortage, &is_short, spec, err);

    if (status != RS_OK || !is_short)
        return status;
    *found = true;
    name = spec->data->columns[shortage.column].name;
    (void)rs_human_count(&levels, shortage.levels);
    (void)rs_human_count(&rows, shortage.rows);
    if (shortage.levels + 1 < shortage.rank)
        return WARN("no pair has a degree of freedom left: the covariates "
                    "have %s coefficients in the %s rows that have them all "
                    "(covariate '%s' alone has %s levels)",
                    rs_human_count(&rank, shortage.rank), rows.text, name,
                    levels.text);
    return WARN("no pair has a degree of freedom left: covariate '%s' has %s "
                "level%s in the %s row%s that have all covariates",
                name, levels.text, rs_plural(shortage.levels), rows.text,
                rs_plural(shortage.rows));
}
