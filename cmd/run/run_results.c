/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_results.h"

#include "run_parts.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ---- parts ------------------------------------------------------- */

/* Parts as they are worked on, one after another. */
struct looking {
    const struct rs_run *run;
    struct rs_part_view view;
};

static enum rs_status enter(void *ctx, struct rs_p_sample_run *out, size_t part,
                            struct rs_error *err)
{
    struct looking *looking = ctx;
    const struct rs_engine_env *env = &looking->view.part.env;
    enum rs_status status =
        rs_part_view_look(&looking->view, &looking->run->parts[part], err);

    *out = (struct rs_p_sample_run){env->plan, env->model, env->spec};
    return status;
}

enum rs_status rs_run_lambda(struct rs_lambda *out, const struct rs_run *run,
                             struct rs_error *err)
{
    struct looking looking = {.run = run};
    const struct rs_p_samples_run again = {&looking, run->input.data, enter};
    enum rs_status status =
        rs_p_samples_lambda(out, &run->samples, &run->stats.tally, &again, err);

    rs_part_view_clear(&looking.view);
    return status;
}

/* ---- effective number of tests ----------------------------------- */

/* True when both lists are the same, as those of --pairs unique are. */
static bool is_one_list(const struct rs_input *input)
{
    return input->n_y == input->n_x &&
           memcmp(input->y, input->x, input->n_y * sizeof *input->y) == 0;
}

static double tests_of(double y, double x, bool one_list)
{
    return one_list ? fmax(0.5 * y * (y - 1.0), 1.0) : y * x;
}

static enum rs_status find_m_eff(struct rs_run_m_eff *out,
                                 const struct rs_run *run,
                                 const struct rs_dataset *data,
                                 struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    bool one_list = is_one_list(input);
    struct rs_m_eff *y = &out->y;
    struct rs_m_eff *x = &out->x;
    enum rs_status status = rs_m_eff(y, data, input->y, input->n_y, err);

    if (status == RS_OK)
        status = rs_m_eff(x, data, input->x, input->n_x, err);
    if (status != RS_OK)
        return status;
    out->together = (run->plans->pairs == RS_PAIRS_ALL ||
                     run->plans->pairs == RS_PAIRS_UNIQUE) &&
                    y->nyholt * x->nyholt > 0.0;
    out->nyholt = tests_of(y->nyholt, x->nyholt, one_list);
    out->li_ji = tests_of(y->li_ji, x->li_ji, one_list);
    return RS_OK;
}

enum rs_status rs_run_m_eff(struct rs_run_m_eff *out, const struct rs_run *run,
                            size_t part, struct rs_error *err)
{
    struct rs_part_view view = {0};
    enum rs_status status = rs_part_view_look(&view, &run->parts[part], err);

    if (status == RS_OK)
        status = find_m_eff(out, run, view.part.env.spec->data, err);
    rs_part_view_clear(&view);
    return status;
}

/* ---- the engines against each other ------------------------------ */

/* Adds what was found in another part; true when that has the largest
 * difference. */
static bool merge(struct rs_verify *into, const struct rs_verify *more)
{
    bool larger = into->n_pairs == 0 || more->largest > into->largest;

    into->n_pairs += more->n_pairs;
    into->n_differ += more->n_differ;
    into->largest_p = fmax(into->largest_p, more->largest_p);
    if (larger) {
        into->largest = more->largest;
        into->y_ix = more->y_ix;
        into->x_ix = more->x_ix;
        into->field = more->field;
    }
    return larger;
}

enum rs_status rs_run_verify(struct rs_verify *out, size_t *part,
                             const struct rs_run *run, struct rs_error *err)
{
    uint64_t wanted = run->settings->running.verify;
    uint64_t all = rs_run_n_tests(run);
    uint64_t before = 0; /* pairs of the parts before, and their share */
    uint64_t share = 0;
    struct rs_part_view view = {0};
    enum rs_status status = RS_OK;

    *out = (struct rs_verify){0};
    *part = 0;
    /* the exact engine has no pairs that are pooled */
    for (size_t i = 0; i < rs_run_n_own_parts(run) && status == RS_OK; i++) {
        const struct rs_run_part *at = &view.part;
        struct rs_verify own;
        uint64_t own_share = 0;
        before += run->plans[i].n_pairs;
        own_share =
            (uint64_t)ceil((double)wanted * ((double)before / (double)all)) -
            share;
        share += own_share;
        if (own_share == 0)
            continue;
        status = rs_part_view_enter(&view, &run->parts[i], 1, err);
        if (status == RS_OK)
            status = rs_verify(&own, at->engine, &at->env, at->prepared,
                               own_share, 1, err);
        if (status == RS_OK && merge(out, &own))
            *part = i;
    }
    rs_part_view_clear(&view);
    return status;
}

enum rs_status rs_run_verify_judge(const struct rs_verify *found,
                                   struct rs_error *err)
{
    static const double allowed = 1e-10;
    static const double allowed_p = 1e-12;

    if (found->n_differ > 0 || !(found->largest <= allowed) ||
        !(found->largest_p <= allowed_p))
        return rs_error_set(err, RS_ERR_INTERNAL,
                            "verify: the engines differ by more than %g, in "
                            "p by more than %g times its condition in t, or "
                            "in the status of %" PRIu64 " pairs",
                            allowed, allowed_p, found->n_differ);
    return RS_OK;
}

/* ---- what is left ------------------------------------------------ */

uint64_t rs_run_pairs_left(uint64_t *n_rows, const struct rs_run *run,
                           bool piped)
{
    uint64_t n_tiles = run->sink->ops->left(run->sink, n_rows);
    uint64_t pairs = rs_run_pairs_before(run, n_tiles);

    if (piped)
        *n_rows = 0;
    if (run->keep.top_of != RS_TOP_NONE)
        return 0; /* rows of the best come when all is tested */
    if (run->asked.rows == RS_ROWS_PAIRS && !rs_keep_some(&run->keep)) {
        pairs += *n_rows;
        *n_rows = 0;
    }
    return pairs;
}
