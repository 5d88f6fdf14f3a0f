/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "covariate_notices.h"

#include "covariate_use.h"
#include "human.h"
#include "mem.h"
#include "name_list.h"
#include "shortage.h"

#include <stdlib.h>

#define WARN(...) rs_notices_add(notices, RS_NOTICE_WARNING, err, __VA_ARGS__)

/* Why covariates are left out whole. */
enum left { CONSTANT, EXPLAINED, LEVELS_EXPLAINED, N_LEFT };

static void note_left(struct rs_name_list *left, const struct rs_column *column,
                      const struct rs_covariate_use *use)
{
    if (use->infinite)
        return;
    if (use->constant)
        rs_name_list_add(&left[CONSTANT], column->name);
    else if (use->n_dropped > 0 && use->n_dropped == use->n_columns)
        rs_name_list_add(
            &left[column->factor == NULL ? EXPLAINED : LEVELS_EXPLAINED],
            column->name);
}

/* One line for all of a kind: behind an id there may be tens. */
static enum rs_status tell_left(struct rs_notices *notices, enum left kind,
                                struct rs_name_list *names,
                                struct rs_error *err)
{
    static const char *const of_one[N_LEFT] = {
        "left out: covariate '%s', which is constant",
        "left out: covariate '%s', which earlier ones explain to within its "
        "rounding",
        "left out: covariate '%s', which earlier ones explain"};
    static const char *const of_more[N_LEFT] = {
        "left out: covariates %s, which are constant",
        "left out: covariates %s, which earlier ones explain to within their "
        "rounding",
        "left out: covariates %s, which earlier ones explain"};

    if (names->of == 0)
        return RS_OK;
    return WARN(names->of == 1 ? of_one[kind] : of_more[kind],
                rs_name_list_end(names));
}

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
    if (use->constant || use->n_dropped == 0 ||
        use->n_dropped == use->n_columns)
        return RS_OK;
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
    struct rs_name_list left[N_LEFT] = {0};
    size_t n = 0;
    enum rs_status status = RS_ERR_NOMEM;

    if (uses != NULL)
        status = rs_covariate_uses(uses, &n, spec, err);
    if (status == RS_OK && n == 0 && spec->n_covariates > 0) {
        *none = true;
        status = tell_no_rows(notices, spec, err);
    }
    for (size_t i = 0; i < spec->n_covariates && status == RS_OK; i++) {
        const struct rs_column *column =
            &spec->data->columns[spec->covariates[i]];
        note_left(left, column, &uses[i]);
        status = tell_use(notices, column, &uses[i], err);
    }
    for (int kind = 0; kind < N_LEFT && status == RS_OK; kind++)
        status = tell_left(notices, (enum left)kind, &left[kind], err);
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
