/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "family_strips.h"

#include "mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* True when a family has columns of a part, whose cells do not lie together. */
static bool by_columns(const struct rs_family_map *map,
                       const struct rs_family_block *block)
{
    return ((unsigned)map->family & RS_FAMILY_X) != 0 && !block->matched &&
           block->starts == NULL;
}

static size_t strip_cells(const struct rs_family_map *map,
                          const struct rs_family_block *block, size_t line)
{
    if (rs_family_of_parts(map->family))
        return block->n_y * block->n_x;
    if (block->x_starts != NULL)
        return block->x_starts[line + 1] - block->x_starts[line];
    if (block->starts != NULL)
        return block->starts[line + 1] - block->starts[line];
    return by_columns(map, block) ? block->n_y : block->n_x;
}

/* Counts the strips of each family, and puts them. */
enum rs_status rs_family_strips_init(struct rs_family_strips *self,
                                     const struct rs_family_map *map,
                                     struct rs_error *err)
{
    size_t n = 0;

    for (size_t p = 0; p < map->n_parts; p++)
        n += map->blocks[p].n_of;
    self->map = map;
    self->starts = rs_alloc(map->n + 2, sizeof *self->starts, err);
    self->strips = rs_alloc(n, sizeof *self->strips, err);
    if (self->starts == NULL || self->strips == NULL)
        return RS_ERR_NOMEM;
    for (size_t p = 0; p < map->n_parts; p++)
        for (size_t i = 0; i < map->blocks[p].n_of; i++)
            self->starts[map->blocks[p].of[i] + 2]++;
    for (size_t f = 0; f < map->n; f++)
        self->starts[f + 2] += self->starts[f + 1];
    for (size_t p = 0; p < map->n_parts; p++)
        for (size_t i = 0; i < map->blocks[p].n_of; i++)
            self->strips[self->starts[map->blocks[p].of[i] + 1]++] =
                (struct rs_family_strip){p, i};
    return RS_OK;
}

void rs_family_strips_clear(struct rs_family_strips *self)
{
    free(self->starts);
    free(self->strips);
    *self = (struct rs_family_strips){0};
}

size_t rs_family_strips_cells(const struct rs_family_strips *self,
                              size_t family)
{
    size_t n = 0;

    for (size_t k = self->starts[family]; k < self->starts[family + 1]; k++)
        n += strip_cells(self->map, &self->map->blocks[self->strips[k].part],
                         self->strips[k].line);
    return n;
}

/* Some families as their cells are taken. */
struct taking {
    const struct rs_family_strip *next[RS_FAMILIES_AT_ONCE]; /* of each */
    const struct rs_family_strip *end[RS_FAMILIES_AT_ONCE];
    double *to[RS_FAMILIES_AT_ONCE];
    size_t n; /* families */
};

static bool is_at(const struct taking *taking, size_t k, size_t part)
{
    return taking->next[k] < taking->end[k] && taking->next[k]->part == part;
}

/* The least part that is left; SIZE_MAX: none. */
static size_t next_part(const struct taking *taking)
{
    size_t part = SIZE_MAX;

    for (size_t k = 0; k < taking->n; k++)
        if (taking->next[k] < taking->end[k] && taking->next[k]->part < part)
            part = taking->next[k]->part;
    return part;
}

/* Takes a strip of listed pairs: of a y, whose cells lie together, or an x. */
static void take_listed(struct taking *taking, size_t k,
                        const struct rs_family_map *map,
                        const struct rs_family_block *block,
                        const double *cells)
{
    size_t line = taking->next[k]->line;
    size_t n = strip_cells(map, block, line);
    const uint64_t *of_x =
        block->x_cells == NULL ? NULL : &block->x_cells[block->x_starts[line]];

    if (of_x == NULL)
        memcpy(taking->to[k], &cells[block->starts[line]], n * sizeof *cells);
    for (size_t i = 0; of_x != NULL && i < n; i++)
        taking->to[k][i] = cells[of_x[i]];
    taking->to[k] += n;
}

/* Takes the strips of a part, row by row where they are columns of it. */
static void take_part(struct taking *taking, const struct rs_family_map *map,
                      const double *cells, size_t part)
{
    const struct rs_family_block *block = &map->blocks[part];
    bool columns = by_columns(map, block);
    bool listed = block->starts != NULL && !rs_family_of_parts(map->family);
    size_t together = columns || listed ? 1 : strip_cells(map, block, 0);
    size_t n_rows = columns ? block->n_y : 1;

    cells += block->first;
    for (size_t i = 0; i < n_rows; i++)
        for (size_t k = 0; k < taking->n; k++) {
            if (!is_at(taking, k, part))
                continue;
            if (listed) {
                take_listed(taking, k, map, block, cells);
                continue;
            }
            memcpy(taking->to[k],
                   &cells[i * block->n_x + taking->next[k]->line * together],
                   together * sizeof *cells);
            taking->to[k] += together;
        }
    for (size_t k = 0; k < taking->n; k++)
        if (is_at(taking, k, part))
            taking->next[k]++;
}

void rs_family_strips_take(const struct rs_family_strips *self, double *out,
                           const size_t *starts, const double *cells,
                           size_t first, size_t count)
{
    struct taking taking = {.n = count};

    for (size_t k = 0; k < count; k++) {
        taking.next[k] = &self->strips[self->starts[first + k]];
        taking.end[k] = &self->strips[self->starts[first + k + 1]];
        taking.to[k] = out + starts[k];
    }
    for (size_t p = next_part(&taking); p != SIZE_MAX; p = next_part(&taking))
        take_part(&taking, self->map, cells, p);
}
