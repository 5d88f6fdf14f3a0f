/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "family_map.h"

#include "mem.h"

#include <stdlib.h>

/* Numbers by key: the class of a part, by group and set, and a column. */
struct numbers {
    size_t *of; /* [n_classes][n_columns] 1 + the number; 0: none yet */
    size_t n_classes, n_columns;
};

/* The list by whose columns families are told apart; NULL: by none. */
static const size_t *list_of(size_t *n, enum rs_family family,
                             const struct rs_family_part *part)
{
    if (((unsigned)family & RS_FAMILY_Y) != 0) {
        *n = part->n_y;
        return part->y;
    }
    if (((unsigned)family & RS_FAMILY_X) != 0) {
        *n = part->n_x;
        return part->x;
    }
    *n = 1;
    return NULL;
}

static size_t largest(size_t a, size_t b)
{
    return a > b ? a : b;
}

static enum rs_status numbers_init(struct numbers *out, enum rs_family family,
                                   const struct rs_family_part *parts, size_t n,
                                   size_t *n_sets, struct rs_error *err)
{
    size_t n_groups = 1;
    size_t cells = 0;

    *out = (struct numbers){.n_columns = 1};
    *n_sets = 1;
    for (size_t p = 0; p < n; p++) {
        size_t n_list = 0;
        const size_t *list = list_of(&n_list, family, &parts[p]);
        if (((unsigned)family & RS_FAMILY_GROUP) != 0)
            n_groups = largest(n_groups, parts[p].group + 1);
        if (((unsigned)family & RS_FAMILY_SET) != 0)
            *n_sets = largest(*n_sets, parts[p].set + 1);
        for (size_t i = 0; list != NULL && i < n_list; i++)
            out->n_columns = largest(out->n_columns, list[i] + 1);
    }
    out->n_classes = (1 + n_groups) * *n_sets;
    if (!rs_size_mul(&cells, out->n_classes, out->n_columns))
        return rs_error_set(err, RS_ERR_NOMEM, "too many families");
    out->of = rs_alloc(cells, sizeof *out->of, err);
    return out->of == NULL ? RS_ERR_NOMEM : RS_OK;
}

static size_t class_of(enum rs_family family, const struct rs_family_part *part,
                       size_t n_sets)
{
    size_t group = ((unsigned)family & RS_FAMILY_GROUP) != 0 ? part->group : 0;
    size_t set = ((unsigned)family & RS_FAMILY_SET) != 0 ? part->set : 0;

    return part->pooled ? set : (1 + group) * n_sets + set;
}

/* The cells of listed pairs, x by x. */
static enum rs_status list_by_x(struct rs_family_block *block,
                                const struct rs_family_part *part,
                                struct rs_error *err)
{
    uint64_t n = part->starts[part->n_y];
    uint64_t *starts = rs_alloc(part->n_x + 2, sizeof *starts, err);

    block->x_starts = starts;
    block->x_cells = rs_alloc(n, sizeof *block->x_cells, err);
    if (starts == NULL || block->x_cells == NULL)
        return RS_ERR_NOMEM;
    for (uint64_t k = 0; k < n; k++)
        starts[part->listed[k] + 2]++;
    for (size_t j = 0; j < part->n_x; j++)
        starts[j + 2] += starts[j + 1];
    for (uint64_t k = 0; k < n; k++)
        block->x_cells[starts[part->listed[k] + 1]++] = k;
    return RS_OK;
}

/* Numbers the families of a part. */
static enum rs_status add_part(struct rs_family_map *map, size_t p,
                               struct numbers *numbers,
                               const struct rs_family_part *part, size_t class,
                               struct rs_error *err)
{
    struct rs_family_block *block = &map->blocks[p];
    size_t n = 0;
    const size_t *list = list_of(&n, map->family, part);

    block->n_y = part->starts == NULL ? part->n_y : part->starts[part->n_y];
    block->n_x = part->matched || part->starts != NULL ? 1 : part->n_x;
    block->matched = part->matched;
    block->starts = part->starts;
    block->first = map->n_cells;
    block->n_of = n;
    block->of = rs_alloc(n, sizeof *block->of, err);
    if (block->of == NULL)
        return RS_ERR_NOMEM;
    map->n_cells += block->n_y * block->n_x;
    for (size_t i = 0; i < n; i++) {
        size_t column = list == NULL ? 0 : list[i];
        size_t *number = &numbers->of[class * numbers->n_columns + column];
        if (*number == 0)
            *number = ++map->n;
        block->of[i] = *number - 1;
    }
    return part->starts != NULL && ((unsigned)map->family & RS_FAMILY_X) != 0
               ? list_by_x(block, part, err)
               : RS_OK;
}

enum rs_status rs_family_map_init(struct rs_family_map *map,
                                  enum rs_family family,
                                  const struct rs_family_part *parts, size_t n,
                                  struct rs_error *err)
{
    struct numbers numbers = {0};
    size_t n_sets = 1;
    enum rs_status status =
        numbers_init(&numbers, family, parts, n, &n_sets, err);

    *map = (struct rs_family_map){.family = family, .n_parts = n};
    if (status == RS_OK) {
        map->blocks = rs_alloc(n, sizeof *map->blocks, err);
        if (map->blocks == NULL)
            status = RS_ERR_NOMEM;
    }
    for (size_t p = 0; p < n && status == RS_OK; p++)
        status = add_part(map, p, &numbers, &parts[p],
                          class_of(family, &parts[p], n_sets), err);
    free(numbers.of);
    return status;
}

void rs_family_map_clear(struct rs_family_map *map)
{
    for (size_t p = 0; map->blocks != NULL && p < map->n_parts; p++) {
        free(map->blocks[p].of);
        free(map->blocks[p].x_starts);
        free(map->blocks[p].x_cells);
    }
    free(map->blocks);
    *map = (struct rs_family_map){0};
}
