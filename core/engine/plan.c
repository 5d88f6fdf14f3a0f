/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan.h"

#include "mem.h"
#include "plan_list.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static size_t ceil_div(size_t a, size_t b)
{
    return a / b + (a % b != 0);
}

static bool is_covariate(const struct rs_plan_ask *ask, size_t column)
{
    for (size_t i = 0; i < ask->n_covariates; i++)
        if (ask->covariates[i] == column)
            return true;
    return false;
}

/* Copies a list without the covariates; returns how many are left. */
static size_t without(size_t *out, const size_t *list, size_t n,
                      const struct rs_plan_ask *ask)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (!is_covariate(ask, list[i]))
            out[kept++] = list[i];
    return kept;
}

/* Copies matched lists without the pairs that hold a covariate. */
static void keep_matched(struct rs_plan *plan, const struct rs_plan_ask *ask)
{
    size_t kept = 0;

    for (size_t i = 0; i < ask->n_y; i++) {
        if (is_covariate(ask, ask->y[i]) || is_covariate(ask, ask->x[i]))
            continue;
        plan->y[kept] = ask->y[i];
        plan->x[kept] = ask->x[i];
        kept++;
    }
    plan->n_y = kept;
    plan->n_x = kept;
    plan->n_covariate = ask->n_y - kept;
}

/* Cells of a grid of n_y x n_x before anything is left out. */
static uint64_t count_cells(enum rs_pairs pairs, size_t n_y, size_t n_x)
{
    switch (pairs) {
    case RS_PAIRS_UNIQUE:
        return n_y == 0 ? 0 : (uint64_t)n_y * (n_y - 1) / 2;
    case RS_PAIRS_MATCHED:
        return n_y;
    case RS_PAIRS_ALL:
    case RS_PAIRS_LIST: /* counts by itself */
        break;
    }
    return (uint64_t)n_y * n_x;
}

static enum rs_status check_lists(const struct rs_plan_ask *ask,
                                  struct rs_error *err)
{
    if (ask->pairs == RS_PAIRS_MATCHED && ask->n_y != ask->n_x)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{pairs} matched: %zu dependent columns but %zu "
                            "independent ones",
                            ask->n_y, ask->n_x);
    if (ask->pairs == RS_PAIRS_UNIQUE &&
        (ask->n_y != ask->n_x ||
         memcmp(ask->y, ask->x, ask->n_y * sizeof *ask->y) != 0))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{pairs} unique: works within one list; give {y} "
                            "only, or the same list as {x}");
    return RS_OK;
}

/* Position of each dependent among the independents: y x self_x.  */
static enum rs_status find_self(struct rs_plan *plan, struct rs_error *err)
{
    size_t highest = 0;
    size_t *place = NULL;

    for (size_t j = 0; j < plan->n_x; j++)
        highest = plan->x[j] > highest ? plan->x[j] : highest;
    place = rs_alloc(highest + 1, sizeof *place, err);
    if (place == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < plan->n_x; j++)
        place[plan->x[j]] = j + 1;
    for (size_t i = 0; i < plan->n_y; i++) {
        size_t column = plan->y[i];
        bool found = column <= highest && place[column] != 0;
        plan->self_x[i] = found ? place[column] - 1 : plan->n_x;
    }
    free(place);
    return RS_OK;
}

static uint64_t pairs_in_row(const struct rs_plan *plan, size_t i)
{
    switch (plan->pairs) {
    case RS_PAIRS_UNIQUE:
        return plan->n_x - 1 - i;
    case RS_PAIRS_MATCHED:
        return plan->self_x[i] == i ? 0 : 1;
    case RS_PAIRS_ALL:
    case RS_PAIRS_LIST: /* has counted them */
        break;
    }
    return plan->n_x - (plan->self_x[i] < plan->n_x ? 1 : 0);
}

static void count_pairs(struct rs_plan *plan)
{
    for (size_t i = 0; i < plan->n_y; i++)
        plan->before_y[i + 1] = plan->before_y[i] + pairs_in_row(plan, i);
    plan->n_pairs = plan->before_y[plan->n_y];
    plan->n_self =
        count_cells(plan->pairs, plan->n_y, plan->n_x) - plan->n_pairs;
}

static enum rs_status cut_tiles(struct rs_plan *plan,
                                struct rs_tile_shape shape,
                                struct rs_error *err)
{
    bool matched = plan->pairs == RS_PAIRS_MATCHED;

    plan->tile_y = shape.y < plan->n_y ? shape.y : plan->n_y;
    plan->tile_x = shape.x < plan->n_x && !matched ? shape.x : plan->n_x;
    plan->tiles_wide = ceil_div(plan->n_x, plan->tile_x);
    plan->tiles_down = ceil_div(plan->n_y, plan->tile_y);
    plan->n_tiles = (uint64_t)plan->tiles_down * plan->tiles_wide;
    return plan->pairs == RS_PAIRS_LIST
               ? rs_plan_cut_list(plan, shape.pairs, err)
               : RS_OK;
}

/* The lists of a plan, in their order. */
static void take_lists(struct rs_plan *plan, const struct rs_plan_ask *ask)
{
    if (ask->pairs == RS_PAIRS_MATCHED) {
        keep_matched(plan, ask);
        return;
    }
    plan->n_y = without(plan->y, ask->y, ask->n_y, ask);
    plan->n_x = without(plan->x, ask->x, ask->n_x, ask);
    if (ask->pairs == RS_PAIRS_LIST)
        return;
    plan->n_covariate = count_cells(ask->pairs, ask->n_y, ask->n_x) -
                        count_cells(ask->pairs, plan->n_y, plan->n_x);
}

enum rs_status rs_plan_init(struct rs_plan *plan, const struct rs_plan_ask *ask,
                            struct rs_error *err)
{
    enum rs_status status = check_lists(ask, err);

    memset(plan, 0, sizeof *plan);
    if (status != RS_OK)
        return status;
    plan->pairs = ask->pairs;
    plan->y = rs_alloc(ask->n_y, sizeof *plan->y, err);
    plan->x = rs_alloc(ask->n_x, sizeof *plan->x, err);
    plan->self_x = rs_alloc(ask->n_y, sizeof *plan->self_x, err);
    plan->before_y = rs_alloc(ask->n_y + 1, sizeof *plan->before_y, err);
    if (plan->y == NULL || plan->x == NULL || plan->self_x == NULL ||
        plan->before_y == NULL) {
        status = RS_ERR_NOMEM;
        goto done;
    }
    take_lists(plan, ask);
    if (plan->n_y > 0 && plan->n_x > 0) {
        status = find_self(plan, err);
        if (status == RS_OK && plan->pairs == RS_PAIRS_LIST)
            status = rs_plan_take_list(plan, ask, err);
        if (status != RS_OK)
            goto done;
        if (plan->pairs != RS_PAIRS_LIST)
            count_pairs(plan);
    }
    if (plan->n_pairs == 0) {
        status = rs_error_set(err, RS_ERR_USAGE,
                              "no pair to fit: every dependent is its own "
                              "independent or a covariate");
        goto done;
    }
    status = cut_tiles(plan, ask->shape, err);
done:
    if (status != RS_OK)
        rs_plan_clear(plan);
    return status;
}

enum rs_status rs_plan_reshape(struct rs_plan *out, const struct rs_plan *plan,
                               struct rs_tile_shape shape, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    *out = *plan;
    out->tiles = NULL;
    status = cut_tiles(out, shape, err);
    if (status != RS_OK)
        memset(out, 0, sizeof *out);
    return status;
}

void rs_plan_clear_reshaped(struct rs_plan *plan)
{
    rs_plan_free_tiles(plan->tiles);
    memset(plan, 0, sizeof *plan);
}

void rs_plan_replace_x(struct rs_plan *plan, const size_t *by)
{
    for (size_t j = 0; j < plan->n_x; j++)
        plan->x[j] = by[plan->x[j]];
}

void rs_plan_clear(struct rs_plan *plan)
{
    free(plan->y);
    free(plan->x);
    free(plan->self_x);
    free(plan->before_y);
    free(plan->listed);
    rs_plan_free_tiles(plan->tiles);
    memset(plan, 0, sizeof *plan);
}

size_t *rs_plan_columns(const struct rs_plan *plan, struct rs_error *err)
{
    size_t *columns = rs_alloc(plan->n_y + plan->n_x, sizeof *columns, err);

    if (columns != NULL) {
        memcpy(columns, plan->y, plan->n_y * sizeof *columns);
        memcpy(columns + plan->n_y, plan->x, plan->n_x * sizeof *columns);
    }
    return columns;
}

struct rs_tile rs_plan_tile(const struct rs_plan *plan, uint64_t tile)
{
    size_t down = (size_t)(tile / plan->tiles_wide);
    size_t across = (size_t)(tile % plan->tiles_wide);
    struct rs_tile cells = {.y0 = down * plan->tile_y,
                            .x0 = across * plan->tile_x};

    assert(tile < plan->n_tiles);
    if (plan->pairs == RS_PAIRS_LIST)
        return rs_plan_listed_tile(plan, tile);
    cells.y1 = cells.y0 + plan->tile_y;
    if (cells.y1 > plan->n_y)
        cells.y1 = plan->n_y;
    cells.x1 = cells.x0 + plan->tile_x;
    if (cells.x1 > plan->n_x)
        cells.x1 = plan->n_x;
    if (plan->pairs == RS_PAIRS_MATCHED) {
        cells.x0 = cells.y0;
        cells.x1 = cells.y1;
    }
    return cells;
}

bool rs_plan_has(const struct rs_plan *plan, size_t y_ix, size_t x_ix)
{
    switch (plan->pairs) {
    case RS_PAIRS_UNIQUE:
        return x_ix > y_ix;
    case RS_PAIRS_MATCHED:
        return x_ix == y_ix && plan->self_x[y_ix] != x_ix;
    case RS_PAIRS_LIST:
        return rs_plan_next_listed(plan, y_ix, x_ix) == x_ix;
    case RS_PAIRS_ALL:
        break;
    }
    return plan->self_x[y_ix] != x_ix;
}

size_t rs_plan_next_of_some(const struct rs_plan *plan, size_t y_ix,
                            size_t x_ix)
{
    if (plan->pairs == RS_PAIRS_UNIQUE)
        return x_ix > y_ix ? x_ix : y_ix + 1;
    if (plan->pairs == RS_PAIRS_MATCHED)
        return x_ix <= y_ix && plan->self_x[y_ix] != y_ix ? y_ix : plan->n_x;
    return rs_plan_next_listed(plan, y_ix, x_ix);
}

size_t rs_plan_most_pairs(const struct rs_plan *plan)
{
    if (plan->pairs == RS_PAIRS_LIST)
        return rs_plan_most_listed(plan);
    return plan->tile_y * (plan->pairs == RS_PAIRS_MATCHED ? 1 : plan->tile_x);
}

uint64_t rs_plan_pair(const struct rs_plan *plan, size_t y_ix, size_t x_ix)
{
    uint64_t before = plan->before_y[y_ix];

    assert(rs_plan_has(plan, y_ix, x_ix));
    switch (plan->pairs) {
    case RS_PAIRS_UNIQUE:
        return before + (x_ix - y_ix - 1);
    case RS_PAIRS_MATCHED:
        return before;
    case RS_PAIRS_LIST:
        return rs_plan_listed_from(plan, y_ix, x_ix);
    case RS_PAIRS_ALL:
        break;
    }
    return before + x_ix - (plan->self_x[y_ix] < x_ix ? 1 : 0);
}

/* Pairs of row i left of column x1. */
static uint64_t pairs_left_of(const struct rs_plan *plan, size_t i, size_t x1)
{
    switch (plan->pairs) {
    case RS_PAIRS_UNIQUE:
        return x1 > i + 1 ? x1 - i - 1 : 0;
    case RS_PAIRS_MATCHED:
        return x1 > i && plan->self_x[i] != i ? 1 : 0;
    case RS_PAIRS_LIST:
        return rs_plan_listed_from(plan, i, x1) - plan->before_y[i];
    case RS_PAIRS_ALL:
        break;
    }
    return x1 - (plan->self_x[i] < x1 ? 1 : 0);
}

uint64_t rs_plan_pairs_left(const struct rs_plan *plan, size_t y_ix,
                            size_t x_ix)
{
    return plan->before_y[y_ix] + pairs_left_of(plan, y_ix, x_ix);
}

uint64_t rs_plan_pairs_before(const struct rs_plan *plan, uint64_t tiles)
{
    struct rs_tile last;
    uint64_t n = 0;

    assert(tiles <= plan->n_tiles);
    if (tiles == 0)
        return 0;
    last = rs_plan_tile(plan, tiles - 1);
    n = plan->before_y[last.y0];
    for (size_t i = last.y0; i < last.y1; i++)
        n += pairs_left_of(plan, i, last.x1);
    return n;
}

void rs_plan_cell(size_t *y_ix, size_t *x_ix, const struct rs_plan *plan,
                  uint64_t pair)
{
    size_t row = rs_plan_row_of(plan->before_y, plan->n_y, pair);
    size_t in_row = (size_t)(pair - plan->before_y[row]);

    assert(pair < plan->n_pairs);
    *y_ix = row;
    switch (plan->pairs) {
    case RS_PAIRS_UNIQUE:
        *x_ix = row + 1 + in_row;
        return;
    case RS_PAIRS_MATCHED:
        *x_ix = row;
        return;
    case RS_PAIRS_LIST:
        *x_ix = plan->listed[pair];
        return;
    case RS_PAIRS_ALL:
        break;
    }
    *x_ix = in_row + (plan->self_x[row] <= in_row ? 1 : 0);
}
