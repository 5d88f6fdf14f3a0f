/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_list.h"

#include "mem.h"

#include <stdlib.h>

/* ---- pairs ------------------------------------------------------- */

/* Where columns of the dataset are. */
struct places {
    uint32_t *x; /* [n] 1 + place in the plan's x; 0: not there */
    size_t *y;   /* [n] 1 + row of the list; 0: none */
    bool *is_covariate;
    size_t n;
};

static size_t past(size_t n, size_t column)
{
    return column >= n ? column + 1 : n;
}

/* One more than the highest column that is named. */
static size_t count_columns(const struct rs_plan *plan,
                            const struct rs_plan_ask *ask)
{
    const struct rs_pair_list *list = ask->list;
    size_t n = 0;

    for (size_t i = 0; i < plan->n_y; i++)
        n = past(n, plan->y[i]);
    for (size_t j = 0; j < plan->n_x; j++)
        n = past(n, plan->x[j]);
    for (size_t i = 0; i < ask->n_covariates; i++)
        n = past(n, ask->covariates[i]);
    for (size_t i = 0; i < list->n_y; i++)
        n = past(n, list->y[i]);
    for (uint64_t k = 0; k < list->starts[list->n_y]; k++)
        n = past(n, list->x[k]);
    return n;
}

static enum rs_status find_places(struct places *out,
                                  const struct rs_plan *plan,
                                  const struct rs_plan_ask *ask,
                                  struct rs_error *err)
{
    out->n = count_columns(plan, ask);
    if (out->n >= UINT32_MAX)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{pairs}: too many columns for a list");
    out->x = rs_alloc(out->n, sizeof *out->x, err);
    out->y = rs_alloc(out->n, sizeof *out->y, err);
    out->is_covariate = rs_alloc(out->n, sizeof *out->is_covariate, err);
    if (out->x == NULL || out->y == NULL || out->is_covariate == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < plan->n_x; j++)
        out->x[plan->x[j]] = (uint32_t)j + 1;
    for (size_t i = 0; i < ask->list->n_y; i++)
        out->y[ask->list->y[i]] = i + 1;
    for (size_t i = 0; i < ask->n_covariates; i++)
        out->is_covariate[ask->covariates[i]] = true;
    return RS_OK;
}

static void clear_places(struct places *places)
{
    free(places->x);
    free(places->y);
    free(places->is_covariate);
}

static int compare(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;

    return a < b ? -1 : a > b;
}

static void sort_row(uint32_t *row, size_t n)
{
    size_t i = 1;

    while (i < n && row[i - 1] < row[i])
        i++;
    if (i < n)
        qsort(row, n, sizeof *row, compare);
}

/* The pairs of y i, behind those of the y before. */
static void take_row(struct rs_plan *plan, const struct rs_pair_list *list,
                     const struct places *places, size_t i)
{
    uint64_t n = plan->before_y[i];
    size_t row = places->y[plan->y[i]];

    for (uint64_t k = row == 0 ? 0 : list->starts[row - 1];
         row != 0 && k < list->starts[row]; k++) {
        size_t column = list->x[k];
        if (column == plan->y[i])
            plan->n_self++;
        else if (places->x[column] != 0)
            plan->listed[n++] = places->x[column] - 1;
        else if (places->is_covariate[column])
            plan->n_covariate++;
    }
    sort_row(plan->listed + plan->before_y[i], n - plan->before_y[i]);
    plan->before_y[i + 1] = n;
}

enum rs_status rs_plan_take_list(struct rs_plan *plan,
                                 const struct rs_plan_ask *ask,
                                 struct rs_error *err)
{
    const struct rs_pair_list *list = ask->list;
    struct places places = {0};
    enum rs_status status = find_places(&places, plan, ask, err);

    if (status != RS_OK)
        goto done;
    plan->listed = rs_alloc(list->starts[list->n_y], sizeof(uint32_t), err);
    if (plan->listed == NULL) {
        status = RS_ERR_NOMEM;
        goto done;
    }
    for (size_t i = 0; i < plan->n_y; i++)
        take_row(plan, list, &places, i);
    plan->n_pairs = plan->before_y[plan->n_y];
    for (size_t i = 0; i < ask->n_y; i++) {
        size_t row = places.y[ask->y[i]];
        if (row != 0 && places.is_covariate[ask->y[i]])
            plan->n_covariate += list->starts[row] - list->starts[row - 1];
    }
done:
    clear_places(&places);
    return status;
}

/* ---- looking up -------------------------------------------------- */

/* The first of the pairs [low, high), of one row, at x or behind it. */
static uint64_t first_from(const struct rs_plan *plan, uint64_t low,
                           uint64_t high, uint64_t x)
{
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (plan->listed[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint64_t rs_plan_listed_from(const struct rs_plan *plan, size_t y_ix,
                             size_t x_ix)
{
    return first_from(plan, plan->before_y[y_ix], plan->before_y[y_ix + 1],
                      x_ix);
}

size_t rs_plan_next_listed(const struct rs_plan *plan, size_t y_ix, size_t x_ix)
{
    uint64_t pair = rs_plan_listed_from(plan, y_ix, x_ix);

    return pair < plan->before_y[y_ix + 1] ? plan->listed[pair] : plan->n_x;
}

size_t rs_plan_most_listed(const struct rs_plan *plan)
{
    return (size_t)plan->tiles->most;
}

/* ---- tiles ------------------------------------------------------- */

/* A row of tiles as it is cut. */
struct cutting {
    const struct rs_plan *plan;
    size_t y0, y1;
    uint64_t *at;   /* [tile_y] the next pair of each row */
    uint64_t *next; /* [tile_y] the first behind the tile */
};

static void begin_strip(struct cutting *cut, size_t down)
{
    const struct rs_plan *plan = cut->plan;

    cut->y0 = down * plan->tile_y;
    cut->y1 =
        plan->n_y - cut->y0 < plan->tile_y ? plan->n_y : cut->y0 + plan->tile_y;
    for (size_t i = cut->y0; i < cut->y1; i++)
        cut->at[i - cut->y0] = plan->before_y[i];
}

/* The first column that is left; false: none is. */
static bool find_first(uint32_t *x0, const struct cutting *cut)
{
    const struct rs_plan *plan = cut->plan;
    bool any = false;

    for (size_t i = cut->y0; i < cut->y1; i++) {
        uint64_t at = cut->at[i - cut->y0];
        if (at == plan->before_y[i + 1] || (any && plan->listed[at] >= *x0))
            continue;
        *x0 = plan->listed[at];
        any = true;
    }
    return any;
}

/* Finds what is left of the columns before x1; returns how many pairs. */
static uint64_t find_next(const struct cutting *cut, uint64_t x1)
{
    uint64_t n = 0;

    for (size_t k = 0; k < cut->y1 - cut->y0; k++) {
        uint64_t end = cut->plan->before_y[cut->y0 + k + 1];
        cut->next[k] = first_from(cut->plan, cut->at[k], end, x1);
        n += cut->next[k] - cut->at[k];
    }
    return n;
}

/* The next tile; returns its pairs, 0: there is none. */
static uint64_t cut_tile(struct rs_plan_span *span, struct cutting *cut,
                         size_t most)
{
    uint64_t width = cut->plan->tile_x;
    uint64_t n = 0;

    *span = (struct rs_plan_span){0};
    if (!find_first(&span->x0, cut))
        return 0;
    n = find_next(cut, span->x0 + width);
    while (most > 0 && n > most && width > 1) {
        width = (width + 1) / 2;
        n = find_next(cut, span->x0 + width);
    }
    for (size_t k = 0; k < cut->y1 - cut->y0; k++) {
        uint32_t x1 = cut->next[k] == cut->at[k]
                          ? 0
                          : cut->plan->listed[cut->next[k] - 1] + 1;
        span->x1 = x1 > span->x1 ? x1 : span->x1;
        cut->at[k] = cut->next[k];
    }
    return n;
}

/* Counts the tiles, and puts them where there is room for them. */
static void cut_all(struct rs_plan_tiles *out, struct cutting *cut, size_t most)
{
    struct rs_plan_span span;
    uint64_t n = 0;
    uint64_t pairs = 0;

    for (size_t down = 0; down < cut->plan->tiles_down; down++) {
        out->starts[down] = n;
        begin_strip(cut, down);
        for (pairs = cut_tile(&span, cut, most); pairs > 0;
             pairs = cut_tile(&span, cut, most)) {
            if (out->spans != NULL)
                out->spans[n] = span;
            out->most = pairs > out->most ? pairs : out->most;
            n++;
        }
    }
    out->starts[cut->plan->tiles_down] = n;
}

enum rs_status rs_plan_cut_list(struct rs_plan *plan, size_t most_pairs,
                                struct rs_error *err)
{
    struct cutting cut = {.plan = plan};
    struct rs_plan_tiles *tiles = rs_alloc(1, sizeof *tiles, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (tiles == NULL)
        return RS_ERR_NOMEM;
    tiles->starts = rs_alloc(plan->tiles_down + 1, sizeof *tiles->starts, err);
    cut.at = rs_alloc(plan->tile_y, sizeof *cut.at, err);
    cut.next = rs_alloc(plan->tile_y, sizeof *cut.next, err);
    if (tiles->starts == NULL || cut.at == NULL || cut.next == NULL)
        goto done;
    cut_all(tiles, &cut, most_pairs);
    plan->n_tiles = tiles->starts[plan->tiles_down];
    tiles->spans = rs_alloc(plan->n_tiles, sizeof *tiles->spans, err);
    if (tiles->spans == NULL)
        goto done;
    cut_all(tiles, &cut, most_pairs);
    status = RS_OK;
done:
    free(cut.at);
    free(cut.next);
    if (status != RS_OK) {
        rs_plan_free_tiles(tiles);
        tiles = NULL;
    }
    plan->tiles = tiles;
    return status;
}

void rs_plan_free_tiles(struct rs_plan_tiles *tiles)
{
    if (tiles == NULL)
        return;
    free(tiles->starts);
    free(tiles->spans);
    free(tiles);
}

struct rs_tile rs_plan_listed_tile(const struct rs_plan *plan, uint64_t tile)
{
    const struct rs_plan_tiles *tiles = plan->tiles;
    struct rs_plan_span span = tiles->spans[tile];
    struct rs_tile out = {.x0 = span.x0, .x1 = span.x1};

    out.y0 =
        rs_plan_row_of(tiles->starts, plan->tiles_down, tile) * plan->tile_y;
    out.y1 =
        plan->n_y - out.y0 < plan->tile_y ? plan->n_y : out.y0 + plan->tile_y;
    return out;
}
