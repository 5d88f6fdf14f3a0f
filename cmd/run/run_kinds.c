/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_kinds.h"

#include "block.h"
#include "mem.h"

#include <stdlib.h>

/* --compare: with the first set's model of the same pair. */
static void compare(struct rs_run_kind *kind, const struct rs_run *run)
{
    const struct rs_model_set *first = &run->input.sets[0];

    kind->compared = (struct rs_compared){
        .model = run->asked.model,
        .first = first->covariates,
        .n_first = first->n,
        .filled = run->input.missing.filled,
    };
    kind->compare = rs_compared_adder(&kind->compared);
}

/* ---- columns of the same weights --------------------------------- */

/* Weights that columns have of their own, RS_NO_COLUMN among them. */
struct classes {
    size_t *weights; /* [n] in the order of their first columns */
    size_t n;
};

static size_t own_weights(const struct rs_input *input, size_t column)
{
    return input->weights_of == NULL ? RS_NO_COLUMN : input->weights_of[column];
}

static enum rs_status find_classes(struct classes *out,
                                   const struct rs_input *input,
                                   const size_t *columns, size_t n,
                                   struct rs_error *err)
{
    out->n = 0;
    out->weights = rs_alloc(n, sizeof *out->weights, err);
    if (out->weights == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++) {
        size_t own = own_weights(input, columns[i]);
        size_t k = 0;
        while (k < out->n && out->weights[k] != own)
            k++;
        if (k == out->n)
            out->weights[out->n++] = own;
    }
    return RS_OK;
}

static bool is_matched(const struct rs_run *run)
{
    return run->input.pairs == RS_PAIRS_MATCHED &&
           run->input.n_y == run->input.n_x;
}

/* Takes the columns of both classes; of matched pairs those whose both are. */
static enum rs_status take_columns(struct rs_run_kind *kind,
                                   const struct rs_run *run, size_t of_y,
                                   size_t of_x, struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    bool matched = is_matched(run);

    kind->y = rs_alloc(input->n_y, sizeof *kind->y, err);
    kind->x = rs_alloc(input->n_x, sizeof *kind->x, err);
    if (kind->y == NULL || kind->x == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < input->n_y; i++)
        if (own_weights(input, input->y[i]) == of_y &&
            (!matched || own_weights(input, input->x[i]) == of_x))
            kind->y[kind->n_y++] = input->y[i];
    for (size_t j = 0; j < input->n_x; j++)
        if (own_weights(input, input->x[j]) == of_x &&
            (!matched || own_weights(input, input->y[j]) == of_y))
            kind->x[kind->n_x++] = input->x[j];
    return RS_OK;
}

static bool is_covariate(const struct rs_run_kind *kind, size_t column)
{
    for (size_t i = 0; i < kind->spec.n_covariates; i++)
        if (kind->spec.covariates[i] == column)
            return true;
    return false;
}

/* Whether it has one of the list. */
static bool has_listed(const struct rs_run_kind *kind,
                       const struct rs_input *input)
{
    const struct rs_pair_list *list = &input->list;

    for (size_t i = 0; i < list->n_y && kind->n_y > 0 && kind->n_x > 0; i++) {
        size_t y = list->y[i];
        if (is_covariate(kind, y) ||
            own_weights(input, y) != own_weights(input, kind->y[0]))
            continue;
        for (uint64_t k = list->starts[i]; k < list->starts[i + 1]; k++)
            if (list->x[k] != y && !is_covariate(kind, list->x[k]) &&
                own_weights(input, list->x[k]) ==
                    own_weights(input, kind->x[0]))
                return true;
    }
    return false;
}

/* Whether the kind has a pair of two columns. */
static bool has_pair(const struct rs_run_kind *kind, const struct rs_run *run)
{
    bool matched = is_matched(run);

    if (run->input.pairs == RS_PAIRS_LIST)
        return has_listed(kind, &run->input);
    for (size_t i = 0; i < kind->n_y; i++)
        for (size_t j = 0; j < kind->n_x && !is_covariate(kind, kind->y[i]);
             j++)
            if ((!matched || i == j) && kind->x[j] != kind->y[i] &&
                !is_covariate(kind, kind->x[j]))
                return true;
    return false;
}

/* The weights of pairs of both classes. */
static enum rs_status set_weights(struct rs_run_kind *kind,
                                  const struct rs_run *run, size_t of_y,
                                  size_t of_x, struct rs_error *err)
{
    const struct rs_column *columns = run->input.data->columns;

    if (of_y == RS_NO_COLUMN && of_x == RS_NO_COLUMN)
        return RS_OK;
    if (of_y != RS_NO_COLUMN && of_x != RS_NO_COLUMN && of_y != of_x &&
        has_pair(kind, run))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{weights-for}: '%s' has the weights '%s', and "
                            "'%s' has '%s'; a pair has one",
                            columns[kind->y[0]].name, columns[of_y].name,
                            columns[kind->x[0]].name, columns[of_x].name);
    kind->weights = of_y != RS_NO_COLUMN ? of_y : of_x;
    kind->spec.weights = &kind->weights;
    return RS_OK;
}

/* ---- kinds ------------------------------------------------------- */

static enum rs_status make_kind(struct rs_run_kind *kind,
                                const struct rs_run *run, size_t set,
                                size_t of_y, size_t of_x, struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    enum rs_status status = take_columns(kind, run, of_y, of_x, err);

    kind->set = set;
    kind->spec = run->spec;
    if (input->n_sets > 0) {
        kind->spec.covariates = input->sets[set].covariates;
        kind->spec.n_covariates = input->sets[set].n;
    }
    if (status == RS_OK)
        status = set_weights(kind, run, of_y, of_x, err);
    if (set > 0 && run->settings->modelling.compare)
        compare(kind, run);
    return status;
}

static void clear_kind(struct rs_run_kind *kind)
{
    rs_plan_clear(&kind->plan);
    rs_plan_clear(&kind->first);
    free(kind->y);
    free(kind->x);
    *kind = (struct rs_run_kind){0};
}

/* The kinds of a set: of each class of y with each of x, if it has pairs. The
 * last of all stays where no other has: its plan says why there are none. */
static enum rs_status add_kinds(struct rs_run *run, size_t set,
                                const struct classes *y,
                                const struct classes *x, struct rs_error *err)
{
    bool last = set + 1 >= run->input.n_sets;
    size_t n = y->n * x->n;
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < n && status == RS_OK; i++) {
        struct rs_run_kind *kind = &run->kinds[run->n_kinds++];
        bool only = last && i + 1 == n && run->n_kinds == 1;
        status = make_kind(kind, run, set, y->weights[i / x->n],
                           x->weights[i % x->n], err);
        if (status != RS_OK || only || has_pair(kind, run))
            continue;
        clear_kind(kind);
        run->n_kinds--;
    }
    return status;
}

enum rs_status rs_run_kinds_new(struct rs_run *run, struct rs_error *err)
{
    const struct rs_input *input = &run->input;
    size_t n_sets = input->n_sets == 0 ? 1 : input->n_sets;
    struct classes y = {0};
    struct classes x = {0};
    enum rs_status status = find_classes(&y, input, input->y, input->n_y, err);

    if (status == RS_OK)
        status = find_classes(&x, input, input->x, input->n_x, err);
    if (status == RS_OK) {
        run->kinds = rs_alloc(n_sets * y.n * x.n, sizeof *run->kinds, err);
        status = run->kinds == NULL ? RS_ERR_NOMEM : RS_OK;
    }
    for (size_t k = 0; k < n_sets && status == RS_OK; k++)
        status = add_kinds(run, k, &y, &x, err);
    free(y.weights);
    free(x.weights);
    return status;
}

void rs_run_kinds_clear(struct rs_run *run)
{
    for (size_t k = 0; k < run->n_kinds; k++)
        clear_kind(&run->kinds[k]);
    free(run->kinds);
    run->kinds = NULL;
    run->n_kinds = 0;
}

enum rs_status rs_run_kinds_name(struct rs_run *run, struct rs_error *err)
{
    struct rs_term_names *names = &run->term_names;
    enum rs_status status = rs_term_names_init(names, &run->kinds[0].spec, err);

    for (size_t k = 1; k < run->n_kinds && status == RS_OK; k++) {
        struct rs_run_kind *kind = &run->kinds[k];
        struct rs_term_names own = {0};
        if (kind->set == kind[-1].set) {
            kind->term_shift = kind[-1].term_shift;
            continue;
        }
        status = rs_term_names_init(&own, &kind->spec, err);
        if (status == RS_OK)
            status = rs_term_names_join(names, &kind->term_shift, &own, err);
    }
    for (size_t i = 0; i < run->n_parts; i++)
        run->parts[i].term_shift =
            rs_run_kind_of(run, &run->parts[i])->term_shift;
    return status;
}

static enum rs_status make_plan(struct rs_plan *plan, const struct rs_run *run,
                                const struct rs_run_kind *kind,
                                struct rs_error *err)
{
    const size_t *filled = run->input.missing.filled;
    const struct rs_plan_ask ask = {
        .pairs = run->input.pairs,
        .list = &run->input.list,
        .y = kind->y,
        .x = kind->x,
        .n_y = kind->n_y,
        .n_x = kind->n_x,
        .covariates = kind->spec.covariates,
        .n_covariates = kind->spec.n_covariates,
        .shape = {1, 1},
    };
    enum rs_status status = rs_plan_init(plan, &ask, err);

    if (status == RS_OK && filled != NULL)
        rs_plan_replace_x(plan, filled);
    return status;
}

enum rs_status rs_run_kinds_plan(struct rs_run *run, bool first,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < run->n_kinds && status == RS_OK; k++) {
        struct rs_run_kind *kind = &run->kinds[k];
        status = make_plan(first ? &kind->first : &kind->plan, run, kind, err);
    }
    return status;
}

bool rs_run_kinds_f(const struct rs_run *run, size_t x)
{
    bool f = false;

    for (size_t k = 0; k < run->n_kinds && !f; k++)
        f = rs_block_of(&run->kinds[k].spec, x).by_f;
    return f;
}

const struct rs_run_kind *rs_run_kind_of(const struct rs_run *run,
                                         const struct rs_run_part *part)
{
    return &run->kinds[part->number % run->n_kinds];
}
