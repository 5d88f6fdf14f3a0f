/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "covariate_use.h"

#include "base_lsq.h"
#include "mem.h"
#include "row.h"

#include <string.h>

/* The covariate that a term belongs to. */
static size_t covariate_of(const struct rs_spec *spec, size_t term)
{
    size_t end = RS_TERM_COVARIATES;

    for (size_t i = 0; i < spec->n_covariates; i++) {
        end += rs_covariate_terms(spec, i);
        if (term < end)
            return i;
    }
    return spec->n_covariates;
}

/* Of the columns that stand beside the absorbed factors. */
static void count_columns(struct rs_covariate_use *uses,
                          const struct rs_base_columns *base,
                          const struct rs_lsq *lsq)
{
    size_t kept = 0;

    for (size_t j = 0; j < base->n_used; j++) {
        struct rs_covariate_use *use =
            &uses[covariate_of(&base->spec, base->terms[j])];
        use->infinite = use->infinite || !base->use[j]->finite;
        use->constant = base->use[j]->constant;
        if (use->infinite || use->constant)
            continue;
        use->n_columns++;
        if (kept < rs_lsq_base_rank(lsq) && rs_lsq_base_column(lsq, kept) == j)
            kept++;
        else if (base->order.n == 0 || !base->order.kept[j])
            use->n_dropped++;
    }
}

/* Levels that are dropped in place of covariates before them. */
static void count_ends(struct rs_covariate_use *uses,
                       const struct rs_base_columns *base)
{
    for (size_t p = 0; p < base->order.n; p++)
        uses[covariate_of(&base->spec, base->order.ends[p])].n_dropped++;
}

/* Of the levels of an absorbed factor. */
static void count_levels(struct rs_covariate_use *use,
                         struct rs_base_columns *base, size_t factor,
                         size_t n_levels)
{
    for (size_t level = 0; level < n_levels; level++) {
        enum rs_level_state state =
            rs_absorb_level(base->absorb, factor, level, &base->intercept);
        if (state == RS_LEVEL_FITTED || state == RS_LEVEL_DROPPED)
            use->n_columns++;
        if (state == RS_LEVEL_DROPPED)
            use->n_dropped++;
    }
}

static void count_absorbed(struct rs_covariate_use *uses,
                           struct rs_base_columns *base)
{
    const struct rs_spec *spec = &base->spec;
    size_t factor = 0;

    for (size_t i = 0; i < spec->n_covariates && base->settled; i++)
        if (rs_base_absorbs(spec, i))
            count_levels(&uses[i], base, factor++, rs_covariate_terms(spec, i));
}

/* A factor of one level has no column. */
static void find_single(struct rs_covariate_use *uses,
                        const struct rs_spec *spec)
{
    for (size_t i = 0; i < spec->n_covariates; i++)
        if (rs_covariate_factor(spec, i) != NULL)
            uses[i].constant = uses[i].n_columns == 0;
}

enum rs_status rs_covariate_uses(struct rs_covariate_use *uses, size_t *n,
                                 const struct rs_spec *spec,
                                 struct rs_error *err)
{
    struct rs_base_columns base;
    struct rs_lsq *lsq = NULL;
    enum rs_status status = rs_base_columns_init(&base, spec, err);

    *n = 0;
    memset(uses, 0, spec->n_covariates * sizeof *uses);
    if (status != RS_OK)
        return status;
    *n = base.n;
    rs_base_columns_set(&base, base.rows, base.n);
    if (base.n > 0)
        status = rs_lsq_new(&lsq, base.n, base.n_used, spec->intercept, err);
    if (lsq != NULL) {
        rs_base_to_lsq(&base, lsq);
        count_columns(uses, &base, lsq);
        count_absorbed(uses, &base);
        count_ends(uses, &base);
        find_single(uses, spec);
    }
    rs_lsq_free(lsq);
    rs_base_columns_clear(&base);
    return status;
}
