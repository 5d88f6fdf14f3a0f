/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mem.h"
#include "permute_shared.h"
#include "tile_prepare.h"

#include <stdlib.h>

/* ---- requests ---------------------------------------------------- */

static enum rs_status check_complete(const struct rs_dataset *data,
                                     const size_t *columns, size_t n,
                                     struct rs_error *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct rs_column *column = &data->columns[columns[i]];
        if (column->n_missing == 0)
            continue;
        if (column->n_missing == data->n_rows)
            return rs_error_set(err, RS_ERR_INCONSISTENT,
                                "column '%s' has no values; {permute} needs "
                                "some in every column",
                                column->name == NULL ? "" : column->name);
        return rs_error_set(
            err, RS_ERR_INCONSISTENT,
            "column '%s' has missing values; {permute} needs the same rows "
            "in all pairs: use {missing} listwise or mean",
            column->name == NULL ? "" : column->name);
    }
    return RS_OK;
}

/* An x of several columns takes part by its tiles, which models have with an
 * intercept; what stands beside its test is taken out by the basis, which is
 * not all of the covariates where factors are absorbed. */
static enum rs_status check_blocks(const struct rs_spec *spec,
                                   const struct rs_plan *plan,
                                   struct rs_error *err)
{
    bool absorbs = false;

    for (size_t i = 0; i < spec->n_covariates; i++)
        absorbs = absorbs || rs_base_absorbs(spec, i);
    for (size_t i = 0; i < plan->n_x; i++) {
        const char *name = spec->data->columns[plan->x[i]].name;
        if (!spec->intercept && rs_tile_is_bundle(spec, plan->x[i]))
            return rs_error_set(err, RS_ERR_USAGE,
                                "{permute}: '%s' brings several columns to a "
                                "model, which needs an intercept then",
                                name);
        if (absorbs && rs_block_of(spec, plan->x[i]).n_beside > 0)
            return rs_error_set(err, RS_ERR_USAGE,
                                "{permute}: columns of '%s' stand beside the "
                                "test, which does not go with a covariate of "
                                "more than %d levels",
                                name, RS_FEW_LEVELS);
    }
    return RS_OK;
}

enum rs_status rs_permute_check(const struct rs_engine_env *env,
                                const struct rs_permute_ask *ask,
                                struct rs_error *err)
{
    const struct rs_spec *spec = env->spec;
    const struct rs_plan *plan = env->plan;
    enum rs_status status =
        rs_model_require(env->model, RS_CAN_PERMUTE, "permute", err);

    if (status != RS_OK)
        return status;
    if (spec->weights != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{permute} does not go with {weights}: residuals "
                            "of weighted rows are not exchangeable");
    if (ask->n_permutations == 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{permute} needs at least one permutation");
    if (spec->data->n_rows > UINT32_MAX)
        return rs_error_set(err, RS_ERR_INCONSISTENT,
                            "{permute}: too many rows");
    status =
        check_complete(spec->data, spec->covariates, spec->n_covariates, err);
    if (status == RS_OK)
        status = check_complete(spec->data, plan->y, plan->n_y, err);
    if (status == RS_OK)
        status = check_complete(spec->data, plan->x, plan->n_x, err);
    return status == RS_OK ? check_blocks(spec, plan, err) : status;
}

/* ---- columns ----------------------------------------------------- */

/* Storage to prepare columns that plain arithmetic is not good enough for. */
struct exact {
    struct rs_lsq *lsq;
    struct rs_lsq_column column;
    double *residuals; /* [n] */
};

static void exact_clear(struct exact *exact)
{
    rs_lsq_free(exact->lsq);
    rs_lsq_column_clear(&exact->column);
    free(exact->residuals);
}

static enum rs_status exact_init(struct exact *exact,
                                 struct rs_permute *permute,
                                 struct rs_error *err)
{
    const struct rs_base_columns *base = &permute->data.basis.base;
    enum rs_status status = rs_base_column_init(base, &exact->column, err);

    exact->residuals = rs_alloc(permute->n, sizeof *exact->residuals, err);
    if (exact->residuals == NULL)
        status = RS_ERR_NOMEM;
    if (status == RS_OK)
        status = rs_lsq_new(&exact->lsq, permute->n, base->n_max,
                            base->spec.intercept, err);
    if (status == RS_OK)
        rs_base_lend_lsq(base, exact->lsq);
    return status;
}

/* Fills in a column of the panels by the exact engine's means. Returns false
 * when it leaves nothing. */
static bool fill_exactly(struct exact *exact, struct rs_permute *permute,
                         struct rs_tile_side *side, size_t ix, size_t column)
{
    struct rs_base_columns *base = &permute->data.basis.base;
    double *panels = side->panels.base;
    double *out =
        panels + ix / side->width * side->width * permute->n + ix % side->width;
    struct rs_lsq_residual residual;

    rs_base_prepare(base, &exact->column, base->rows, column);
    if (!exact->column.finite || exact->column.constant ||
        !rs_lsq_residuals(exact->lsq, exact->residuals, &residual,
                          &exact->column) ||
        residual.explained)
        return false;
    for (size_t i = 0; i < permute->n; i++)
        out[i * side->width] = exact->residuals[i] / residual.norm;
    return true;
}

/* Whether an x has two values, or a factor's codes. */
static bool varies(const struct rs_dataset *data, size_t column)
{
    const struct rs_column *x = &data->columns[column];

    for (size_t i = 1; i < data->n_rows; i++)
        if (x->factor != NULL ? x->factor->codes[i] != x->factor->codes[0]
                              : x->values[i] != x->values[0])
            return true;
    return false;
}

/* Counts those x of several columns that are not there but may have tests. */
static void count_left_out(struct rs_permute *permute)
{
    const struct rs_spec *spec = &permute->data.basis.base.spec;
    const size_t *x = permute->plan->x;

    for (size_t i = 0; i < permute->plan->n_x && permute->any_test; i++)
        permute->n_left_out += !permute->x_part[i] &&
                               rs_tile_is_bundle(spec, x[i]) &&
                               varies(spec->data, x[i]);
}

static enum rs_status take_part(struct rs_permute *permute,
                                struct rs_tile_side *side, bool *part,
                                const size_t *columns, struct rs_error *err)
{
    struct exact exact = {0};
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < side->n && status == RS_OK; i++) {
        enum rs_tile_kind kind = side->columns[i].kind;
        part[i] = permute->any_test &&
                  (kind == RS_TILE_PLAIN || kind == RS_TILE_BUNDLE);
        if (!permute->any_test || kind != RS_TILE_EXACT ||
            rs_tile_is_bundle(&permute->data.basis.base.spec, columns[i]))
            continue;
        if (exact.lsq == NULL)
            status = exact_init(&exact, permute, err);
        if (status == RS_OK)
            part[i] = fill_exactly(&exact, permute, side, i, columns[i]);
    }
    exact_clear(&exact);
    return status;
}

/* The vectors to project on, row by row. The intercept is not among them:
 * what is orthogonal to it stays so under every permutation. */
static enum rs_status copy_vectors(struct rs_permute *permute,
                                   struct rs_error *err)
{
    const struct rs_basis *basis = &permute->data.basis;
    size_t k = basis->n_vectors - basis->n_levels;

    permute->n_project = k;
    permute->project = rs_alloc(permute->n * k, sizeof *permute->project, err);
    if (permute->project == NULL)
        return RS_ERR_NOMEM;
    for (size_t l = 0; l < k; l++)
        for (size_t i = 0; i < permute->n; i++)
            permute->project[i * k + l] =
                basis->vectors[(basis->n_levels + l) * basis->n + i];
    return RS_OK;
}

/* True when no column has to be filled in. */
static bool is_complete(const struct rs_tile_side *side)
{
    for (size_t i = 0; i < side->n; i++)
        if (side->columns[i].kind == RS_TILE_EXACT)
            return false;
    return true;
}

/* Takes the columns that are there, if they will do, or prepares them. */
static enum rs_status take_columns(struct rs_permute *permute,
                                   const struct rs_engine_env *env,
                                   unsigned n_threads, struct rs_error *err)
{
    const struct rs_tile_data *columns = permute->ask.columns;

    permute->lent = columns != NULL && !columns->single &&
                    is_complete(&columns->y) && is_complete(&columns->x);
    if (permute->lent) {
        permute->data = *columns;
        return RS_OK;
    }
    return rs_tile_data_init(&permute->data, env->spec, env->plan, env->kernel,
                             RS_TILE_STORE, n_threads, err);
}

void rs_permute_drop(struct rs_permute *permute)
{
    if (permute->lent)
        permute->data = (struct rs_tile_data){0};
    else
        rs_tile_data_clear(&permute->data);
    permute->lent = false;
}

static enum rs_status prepare(struct rs_permute *permute,
                              const struct rs_engine_env *env,
                              unsigned n_threads, struct rs_error *err)
{
    struct rs_tile_data *data = &permute->data;
    const struct rs_plan *plan = permute->plan;
    enum rs_status status = take_columns(permute, env, n_threads, err);

    if (status != RS_OK)
        return status;
    permute->any_test = data->basis.finite &&
                        permute->n >= data->basis.rank + 2 &&
                        permute->n >= env->spec->min_n;
    permute->df = (double)permute->n - (double)data->basis.rank - 1.0;
    status = copy_vectors(permute, err);
    if (status == RS_OK)
        status = take_part(permute, &data->x, permute->x_part, plan->x, err);
    if (status == RS_OK)
        count_left_out(permute);
    if (status == RS_OK) /* may be the same panels, and then the same bits */
        status = take_part(permute, &data->y, permute->y_part, plan->y, err);
    return status;
}

/* ---- life -------------------------------------------------------- */

void rs_permute_free(struct rs_permute *permute)
{
    if (permute == NULL)
        return;
    rs_permute_drop(permute);
    free(permute->y_part);
    free(permute->x_part);
    free(permute->project);
    free(permute->maxima);
    if (permute->ask.joint == NULL) {
        rs_permute_joint_free(permute->joint);
        rs_family_map_clear(&permute->own);
    }
    free(permute);
}

static size_t count_families(const struct rs_plan *plan, enum rs_family family)
{
    return family == RS_FAMILY_Y   ? plan->n_y
           : family == RS_FAMILY_X ? plan->n_x
                                   : 1;
}

/* The maxima of all parts, which are its own where there is no other. */
static enum rs_status take_joint(struct rs_permute *permute,
                                 struct rs_error *err)
{
    const struct rs_plan *plan = permute->plan;
    const struct rs_family_part all = {
        .y = plan->y,
        .x = plan->x,
        .n_y = plan->n_y,
        .n_x = plan->n_x,
        .matched = plan->pairs == RS_PAIRS_MATCHED,
        .starts = plan->listed == NULL ? NULL : plan->before_y,
        .listed = plan->listed};
    enum rs_status status = RS_OK;

    permute->joint = permute->ask.joint;
    if (permute->joint != NULL)
        return RS_OK;
    status =
        rs_family_map_init(&permute->own, permute->ask.family, &all, 1, err);
    return status == RS_OK
               ? rs_permute_joint_new(&permute->joint, &permute->own,
                                      permute->ask.n_permutations, err)
               : status;
}

static enum rs_status allocate(struct rs_permute *permute,
                               const struct rs_engine_env *env,
                               struct rs_error *err)
{
    const struct rs_plan *plan = permute->plan;
    size_t n_maxima = 0;
    bool bundles = rs_tile_count_bundles(env->spec, plan) > 0;

    permute->n_families = count_families(plan, permute->ask.family);
    permute->n_values = (bundles ? 2 : 1) * permute->n_families;
    permute->y_part = rs_alloc(plan->n_y, sizeof(bool), err);
    permute->x_part = rs_alloc(plan->n_x, sizeof(bool), err);
    if (!rs_size_mul(&n_maxima, permute->n_values, permute->ask.n_permutations))
        return rs_error_set(err, RS_ERR_NOMEM, "too many permutations");
    permute->maxima = rs_alloc(n_maxima, sizeof *permute->maxima, err);
    if (permute->maxima == NULL || permute->y_part == NULL ||
        permute->x_part == NULL)
        return RS_ERR_NOMEM;
    return take_joint(permute, err);
}

enum rs_status rs_permute_new(struct rs_permute **out,
                              const struct rs_engine_env *env,
                              const struct rs_permute_ask *ask,
                              unsigned n_threads, struct rs_error *err)
{
    struct rs_permute *permute = NULL;
    enum rs_status status = rs_permute_check(env, ask, err);

    if (status != RS_OK)
        return status;
    permute = rs_alloc(1, sizeof *permute, err);
    if (permute == NULL)
        return RS_ERR_NOMEM;
    permute->plan = env->plan;
    permute->ask = *ask;
    permute->n = (uint32_t)env->spec->data->n_rows;
    permute->n_threads = n_threads;
    status = allocate(permute, env, err);
    if (status == RS_OK)
        status = prepare(permute, env, n_threads, err);
    if (status == RS_OK)
        *out = permute;
    else
        rs_permute_free(permute);
    return status;
}

size_t rs_permute_families(const struct rs_permute *permute)
{
    return permute->n_families;
}

size_t rs_permute_left_out(const struct rs_permute *permute)
{
    return permute->n_left_out;
}

size_t rs_permute_bytes(const struct rs_permute *permute)
{
    return permute->n_values * permute->ask.n_permutations * sizeof(double);
}
