/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_look.h"

#include "covariate_notices.h"
#include "human.h"
#include "mem.h"

#include <stdio.h>

/* ---- covariates -------------------------------------------------- */

/* Each set has models of its own; what two of them share is told once. */
static enum rs_status look_at_sets(struct rs_run *run, struct rs_spec *spec,
                                   struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    struct rs_notices all = {0};
    bool none = false;
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < input->n_sets && status == RS_OK; k++) {
        spec->covariates = input->sets[k].covariates;
        spec->n_covariates = input->sets[k].n;
        status = rs_covariate_notices(&all, &none, spec, err);
    }
    for (size_t i = 0; i < all.n && status == RS_OK; i++)
        status = rs_notices_take(&run->input.notices, &all.list[i], err);
    rs_notices_clear(&all);
    return status;
}

enum rs_status rs_run_look(struct rs_run *run, struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    struct rs_spec spec;
    enum rs_status status = RS_OK;

    if (input->n_covariates == 0)
        return RS_OK;
    rs_run_assemble(run);
    spec = run->spec;
    if (input->n_sets > 0)
        return look_at_sets(run, &spec, err);
    status =
        rs_covariate_notices(&run->input.notices, &run->is_short, &spec, err);
    if (status == RS_OK && input->groups.n == 0 && input->weights_of == NULL)
        status =
            rs_shortage_notice(&run->input.notices, &run->is_short, &spec, err);
    return status;
}

/* ---- families ---------------------------------------------------- */

enum rs_status rs_run_look_at_families(struct rs_run *run, struct rs_error *err)
{
    const struct rs_corrections *corrections = &run->corrections;
    struct rs_families_pi0 pi0;
    struct rs_human n;
    struct rs_human of;

    if (corrections->families == NULL ||
        (corrections->methods & rs_adjust_bit(RS_ADJUST_STOREY)) == 0)
        return RS_OK;
    pi0 = rs_families_pi0(corrections->families);
    if (pi0.n_unsound == 0)
        return RS_OK;
    if (pi0.n == 1)
        return rs_notices_add(
            &run->input.notices, RS_NOTICE_WARNING, err,
            "q: the p of %s test%s give no sound estimate of pi0; it is taken "
            "as 1, so that q is as p_bh ({adjust} bh says so)",
            rs_human_count(&n, rs_families_tests(corrections->families)),
            rs_plural(rs_families_tests(corrections->families)));
    return rs_notices_add(
        &run->input.notices, RS_NOTICE_WARNING, err,
        "q: in %s of %s families the p give no sound estimate of pi0; it is "
        "taken as 1, so that q is as p_bh there ({adjust} bh says so)",
        rs_human_count(&n, pi0.n_unsound), rs_human_count(&of, pi0.n));
}

/* ---- results ----------------------------------------------------- */

/* Why pairs have an outcome, and what helps; NULL: it says enough. */
static const char *const causes[RS_FIT_N_OUTCOMES] = {
    [RS_FIT_N_TOO_SMALL] =
        "too few rows have y, x and all covariates ('regsweep describe' "
        "counts missing cells; fewer {covariates} leave more rows)",
    [RS_FIT_CONSTANT_X] = "x has one value in their rows",
    [RS_FIT_CONSTANT_Y] = "y has one value in their rows",
    [RS_FIT_COLLINEAR] = "the covariates explain x (leave out of {covariates} "
                         "what says the same)",
    [RS_FIT_Y_EXPLAINED] = "the covariates explain y (leave out of "
                           "{covariates} what says the same)",
    [RS_FIT_PERFECT] = "y is a sum of x and covariates, to the last digit "
                       "(is x made of y?)",
    [RS_FIT_NON_FINITE] = "there are infinite values, or results beyond a "
                          "double ({na} '+inf,-inf' makes the first missing, "
                          "{transform} scales)",
    [RS_FIT_LEVERAGE_ONE] = "some row is alone with its level or value, so "
                            "that its residual is 0 ({se} hc1 needs no "
                            "leverages)",
    [RS_FIT_ONE_CLUSTER] = "their rows are of one cluster ({cluster} needs a "
                           "column of several values)",
    [RS_FIT_NO_VARIANCE] = "the variance that was estimated is not positive "
                           "(a smaller {lag}, or more clusters)",
    [RS_FIT_LONELY_PSU] = "a stratum has one PSU alone ({lonely} says what to "
                          "make of it)",
    [RS_FIT_NO_REFERENCE] = "their rows lack the reference level ({ref} names "
                            "another)",
};

enum rs_status rs_run_look_back(struct rs_run *run, struct rs_error *err)
{
    const struct rs_tally *tally = &run->stats.tally;
    enum rs_outcome most = RS_FIT_OK;
    uint64_t n = 0;
    char format[RS_ERROR_TEXT];

    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++) {
        n += tally->outcomes[i];
        if (i > RS_FIT_OK && tally->outcomes[i] > tally->outcomes[most])
            most = (enum rs_outcome)i;
    }
    if (n == 0 || tally->outcomes[RS_FIT_OK] > 0 || causes[most] == NULL ||
        (most == RS_FIT_N_TOO_SMALL && run->is_short))
        return RS_OK;
    (void)snprintf(format, sizeof format,
                   "no pair has a p; the status%s is %%s: %s",
                   tally->outcomes[most] == n ? "" : " of most", causes[most]);
    return rs_notices_add(&run->input.notices, RS_NOTICE_WARNING, err, format,
                          rs_outcome_name(most));
}
